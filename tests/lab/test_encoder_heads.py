"""What the heads for offices and reported speech learn from."""

from __future__ import annotations

import json
from pathlib import Path

from kb.lab.corpora import apart, read_gold, read_marks
from kb.lab.encoder.heads import by_rules
from kb.lab.public_sets import persons_in_lower_case

TEXT = (
    "Bupati [[LOC Lebak]] [[PER Rahmat Sanjaya]] mengatakan bahwa jalan itu selesai bulan depan. "
    "Juru timbang [[PER Wawan Gunadi]], yang berdiri di sampingnya, tertawa. "
    "Mereka lalu menyebut dua nama."
)


def test_rules_label_posts_and_reports_and_leave_open_what_they_may_have_missed() -> None:
    (found,) = by_rules([read_marks(TEXT)])
    assert found.posts is not None
    assert found.reports is not None
    posts = [(found.text[a:b], label) for a, b, label in found.posts]
    assert ("Bupati", "POST") in posts
    assert any("Juru timbang" in text for text, label in posts if label == "?")
    assert not any("Bupati" in text for text, label in posts if label == "?")
    reports = {found.text[a:b]: label for a, b, label in found.reports}
    assert reports["jalan itu selesai bulan depan."] == "REPORT"
    assert reports["Mereka lalu menyebut dua nama."] == "?"


def test_a_person_in_mid_sentence_holds_no_office() -> None:
    (found,) = by_rules([read_marks("Rumah milik [[PER Karsini]] roboh.")])
    assert found.posts == ()


def test_of_spans_that_overlap_the_known_one_stays() -> None:
    assert apart([(0, 20, "?"), (5, 8, "POST"), (6, 9, "POST")]) == (
        (0, 5, "?"),
        (5, 8, "POST"),
        (8, 20, "?"),
    )


def test_gold_finds_the_post_beside_its_holder(tmp_path: Path) -> None:
    text = "Lurah di sini banyak. Kemarin Lurah Loktabat, Nordin, bilang air surut."
    row = {
        "id": "x",
        "text": text,
        "mentions": [
            {"start": 36, "end": 44, "label": "LOC"},
            {"start": 46, "end": 52, "label": "PER"},
        ],
        "officials": [{"name": "Nordin", "role": "Lurah", "institution": "Loktabat"}],
        "statements": [{"kind": "indirect", "start": 61, "end": 71}],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = read_gold(tmp_path)
    assert found.posts == ((30, 35, "POST"),)
    assert found.reports is not None
    assert [found.text[a:b] for a, b, _ in found.reports] == ["air surut."]


def test_of_the_set_in_lower_case_the_persons_are_taken(tmp_path: Path) -> None:
    (tmp_path / "nerp").mkdir()
    lines = "amos\tB-PPL\nkenda\tI-PPL\ndi\tO\nmanado\tB-PLC\n\n" * 7
    (tmp_path / "nerp" / "train.txt").write_text(lines, encoding="utf-8")
    first, second = persons_in_lower_case(tmp_path, 5, seed=1)
    assert first.text.count("amos kenda di manado") == 6
    assert len(second.spans) == 1
    assert first.persons_only
    assert {first.text[a:b] for a, b, _ in first.spans} == {"amos kenda"}
