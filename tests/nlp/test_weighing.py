"""Learnt weights beside the rules of who speaks; invented persons."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from marked_statements import NLP, read, statements

from kb.errors import ModelError
from kb.model import Office
from kb.nlp.statements import extract_statements, sentence_spans, texts_people
from kb.nlp.statements import weights as weights_file
from kb.nlp.statements.weighing import Weighed, Weighing, way_of
from kb.nlp.statements.weights import ALWAYS, Weights, from_rows

SCENE = (
    "Camat [Udin Noor] mengatakan jalan rusak parah. Ia didampingi Lurah [Rahman Sole].\n\n"
    "“Jangan dibelikan rokok dulu,” ujarnya."
)
OFFICES = (Office("Udin Noor", "Camat", "Sekoto"), Office("Rahman Sole", "Lurah", "Bandar"))


def rows(marked: str) -> tuple[Weighing, list[Weighed]]:
    text, mentions = read(marked)
    sentences = sentence_spans(NLP.make_doc(text))
    found = extract_statements(text, mentions, OFFICES, sentences, weighed=False)
    weighing = Weighing(*texts_people(text, mentions, OFFICES, sentences), found)
    return weighing, weighing.rows()


def liking(mark: str, margin: float = 0.3) -> Weights:
    """Weights to which one mark is worth much."""
    return from_rows([mark], [ALWAYS], np.array([[3.0]]), margin)


def test_only_inferred_speakers_are_weighed() -> None:
    weighing, weighed = rows(SCENE)
    assert [way_of(s) for s in weighing.statements] == ["name", "last"]
    (row,) = weighed
    assert row.number == 1
    assert [one.name for one in weighing.contenders] == ["Udin Noor", "Rahman Sole"]
    assert row.chosen == 0
    first, second = row.marks
    assert {"chosen", "spoke last", "office", "person"} <= set(first)
    assert {"named since", "only one named since", "only new", "last in sentence"} <= set(second)
    assert "chosen" not in second
    assert {"way=last", "cue=nya", "direct", "opens line"} <= set(row.setting)


def test_whom_the_words_name_did_not_say_them() -> None:
    weighing, weighed = rows(SCENE.replace("dibelikan rokok", "seperti [Rahman Sole]"))
    (row,) = weighed
    assert [weighing.contenders[one].name for one in row.barred] == ["Rahman Sole"]


def test_a_phrase_contends_too() -> None:
    weighing, weighed = rows("[Udin Noor] datang.\n\n“Air naik semalam,” kata tuan rumah.")
    (row,) = weighed
    assert row.chosen is not None
    assert weighing.contenders[row.chosen].name == "tuan rumah"
    assert "phrase words:2" in row.setting
    assert not row.barred


@pytest.mark.parametrize("nobody", ["seorang warga", "warga", "para guru", "perwakilan pedagang"])
def test_words_for_anybody_are_nobody_named(nobody: str) -> None:
    weighing, weighed = rows(f"[Udin Noor] datang.\n\n“Air naik semalam,” kata {nobody}.")
    assert [way_of(s) for s in weighing.statements] == ["phrase"]
    assert not weighed


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("“Kami berduka,” kata keluarga [Udin Noor].", "keluarga Udin Noor"),
        ("Istri [Udin Noor] mengatakan suaminya hanyut kemarin.", "Istri Udin Noor"),
        ("“Kami berduka,” kata istri [Udin Noor], [Siti Aminah].", "Siti Aminah"),
        ("“Kami berduka,” kata istrinya [Siti Aminah].", "Siti Aminah"),
    ],
)
def test_whose_kin_speaks_is_not_who(marked: str, speaker: str) -> None:
    assert [s.speaker for s in statements(marked, weighed=True)] == [speaker]


def test_whose_mother_speaks_does_not() -> None:
    _, weighed = rows(
        "[Udin Noor] hanyut kemarin.\n\n“Anak saya baik,” kata ibunda [Udin], histeris."
    )
    (row,) = weighed
    assert row.barred == {0}
    assert liking("person", margin=0.0).other(row) is None


def test_another_speaks_only_above_the_margin() -> None:
    _, (row,) = rows(SCENE)
    other = liking("named since").other(row)
    assert other is not None
    assert other[0] == 1
    assert other[1] == pytest.approx(1 / (1 + np.exp(-3)))
    assert liking("named since", margin=0.95).other(row) is None
    assert liking("chosen").other(row) is None
    assert liking("a mark that nobody has").other(row) is None


def test_the_statement_takes_office_and_way_of_who_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kb.nlp.statements.shipped", lambda: liking("named since"))
    ruled, weighed = statements(SCENE, *OFFICES), statements(SCENE, *OFFICES, weighed=True)
    assert weighed[0] == ruled[0]
    one = weighed[1]
    assert (ruled[1].speaker, one.speaker, one.role, one.institution) == (
        "Udin Noor", "Rahman Sole", "Lurah", "Bandar",
    )  # fmt: skip
    assert one.method == "quote-nya/weighed"
    assert 0 < one.confidence < 0.9


def test_shipped_weights_hear_who_was_introduced() -> None:
    """The mother spoke, not the son she speaks of: the last who opened a line."""
    scene = (
        "Lurah [Rahman Sole] mengatakan air surut. Ia menunjuk rumah [Mariana Tuto], ibu dua anak."
        "\n\n“Semalam kami tidur di masjid,” kata [Mariana]."
    )
    assert [s.speaker for s in statements(scene, *OFFICES, weighed=True)][-1] == "Mariana Tuto"
    shipped = weights_file.shipped()
    assert 0 < shipped.margin < 1
    assert shipped.table.shape == (len(shipped.marks), len(shipped.settings))
    assert {"chosen", "named since", "spoke last"} <= set(shipped.marks)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{",
        json.dumps({"marks": ["a"], "settings": [ALWAYS], "table": [], "margin": 0.3}),
        json.dumps({"marks": ["a"], "settings": [ALWAYS], "table": [[1.0]]}),
    ],
)
def test_missing_and_damaged_weights_say_what_to_do(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "speakers.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="kb train --part speakers"):
        weights_file.read(path)
