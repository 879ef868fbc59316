"""Judgements go from one base to another as a file, each once, and hold there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_base import make

from kb.config import Settings
from kb.errors import KBError, NotFound, QueryError
from kb.explore import open_kb
from kb.staff import Desk

pytestmark = pytest.mark.slow


def base(folder: Path) -> Desk:
    settings = Settings(folder / "index")
    make(settings, folder)
    return Desk(settings, "Sari")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Desk, Desk]:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    return base(tmp_path / "a"), base(tmp_path / "b")


def state(desk: Desk) -> list[tuple[object, ...]]:
    with open_kb(desk.settings) as kb:
        said = kb.statements(limit=100).statements
        return [
            *((s.text, s.speaker, s.kind, s.role) for s in said),
            *((d, kb.document(d).title, kb.document(d).years) for d in (1, 2, 3)),
            *((e.name, e.mentions) for e in kb.entities(limit=100).entities),
        ]


def decide(desk: Desk) -> list[int]:
    with open_kb(desk.settings) as kb:
        said = kb.statements(limit=100).statements
    return [
        desk.statement(said[0].statement_id, speaker="Bagus Pradana", reason="=salah").number,
        desk.reject("statement", said[1].statement_id).number,
        desk.describe(1, {"title": "Judul, yang “benar”", "years": [2020]}).number,
        desk.merge("person:tono-raharja", "person:bagus-pradana").number,
        desk.untag("person:bagus-pradana", document=2).number,
    ]


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_base_takes_over_what_another_decided(
    two: tuple[Desk, Desk], tmp_path: Path, ending: str
) -> None:
    one, other = two
    untouched = state(one)
    numbers = decide(one)
    assert state(one) != untouched
    assert state(other) == untouched
    file = tmp_path / f"putusan{ending}"
    assert one.export(file) == 6, "title and years are two"
    taken = other.take_in(file)
    assert (taken.new, taken.known, taken.waiting) == (6, 0, 0)
    assert state(other) == state(one)
    assert other.take_in(file).known == 6
    one.undo(numbers[0], by="Beno")
    one.export(file)
    again = other.take_in(file)
    assert (again.new, again.known, again.undone) == (0, 6, 1)
    assert state(other) == state(one)
    with open_kb(other.settings) as kb:
        (undone,) = [c for c in kb.corrections(undone=True) if c.undone]
    assert (undone.by, undone.reason, undone.undone_by) == ("Sari", "=salah", "Beno")


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_names_given_and_taken_away_go_along(
    two: tuple[Desk, Desk], tmp_path: Path, ending: str
) -> None:
    one, other = two
    given = one.alias("Bagus Pradana", "Uda Beni").number
    one.alias("Tono Raharja", "Uda Togar")
    one.alias("Tono Raharja", "Uda Togar", remove=True)
    file = tmp_path / f"putusan{ending}"
    one.export(file)
    assert other.take_in(file).new == 3

    def found() -> list[int]:
        with open_kb(other.settings) as kb:
            return [kb.entities(name).total for name in ("Uda Beni", "Uda Togar")]

    assert found() == [1, 0]
    one.undo(given)
    one.export(file)
    assert other.take_in(file).undone == 1
    assert found() == [0, 0]


def test_a_name_of_a_file_must_be_one(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = two
    one.alias("Bagus Pradana", "Uda Beni")
    file = tmp_path / "a.jsonl"
    one.export(file)
    entry = json.loads(file.read_text(encoding="utf-8"))
    for wrong in ({"alias": " . "}, {"gone": "ya"}):
        broken = entry | {"value": entry["value"] | wrong}
        file.write_text(json.dumps(broken), encoding="utf-8")
        with pytest.raises(QueryError, match="gives no name"):
            other.take_in(file)


def test_what_is_about_a_document_that_is_not_here_waits(
    two: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = two
    one.set_field(1, "title", "Judul baru")
    file = tmp_path / "a.jsonl"
    one.export(file)
    entry = json.loads(file.read_text(encoding="utf-8"))
    entry |= {"document": "/lain.html", "target": "/lain.html"}
    file.write_text(json.dumps(entry), encoding="utf-8")
    other.take_in(file)
    with open_kb(other.settings) as kb:
        assert kb.document(1).title == "Judul baru", "the same text under another path"
    entry |= {"uid": "lain", "text_hash": "tidak ada"}
    file.write_text(json.dumps(entry), encoding="utf-8")
    assert other.take_in(file).waiting == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("kata", "Line 2 is not JSON"),
        ("[]", "Line 2 is no JSON object"),
        ('{"uid": 3}', "Line 2 of x.jsonl is no judgement"),
        ('{"uid": "a", "kind": "drop", "target": "", "at": "1", "value": {}}', "unknown kind"),
        ('{"uid": "a", "kind": "field", "target": "", "at": "1", "value": {}}', "lacks field"),
        ('{"uid": "a", "kind": "field", "target": "", "at": "1", "value": 1}', "no value"),
    ],
)
def test_a_file_that_is_none_changes_nothing(
    two: tuple[Desk, Desk], tmp_path: Path, line: str, told: str
) -> None:
    one, other = two
    one.set_field(1, "title", "Judul baru")
    file = tmp_path / "x.jsonl"
    one.export(file)
    file.write_text(file.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    before = state(other)
    with pytest.raises(QueryError, match=told):
        other.take_in(file)
    assert state(other) == before
    with pytest.raises(QueryError, match="neither"):
        other.take_in(tmp_path / "x.txt")


def test_a_speaker_brings_the_office_that_the_document_gives(two: tuple[Desk, Desk]) -> None:
    desk, _ = two
    with open_kb(desk.settings) as kb:
        said = kb.statements(limit=100).statements[0]
    kept = desk.statement(said.statement_id, speaker="Orang Tak Dikenal")
    with open_kb(desk.settings) as kb:
        now = next(s for s in kb.statements(limit=100).statements if s.text == said.text)
        mark = kb.corrected([said.document_id])["statements", now.statement_id]
    assert (now.speaker, now.speaker_id, now.role) == ("Orang Tak Dikenal", None, None)
    assert (mark.correction_id, mark.by) == (kept.number, "Sari")
    assert ("speaker", said.speaker, "Orang Tak Dikenal") in mark.changes
    with pytest.raises(QueryError, match="no kind"):
        desk.statement(said.statement_id, kind="lisan")


def test_rows_are_found_by_their_words(two: tuple[Desk, Desk]) -> None:
    desk, _ = two
    with open_kb(desk.settings) as kb:
        said = kb.statements(limit=100).statements[0]
    words = said.text[:25]
    assert desk.find("statement", said.document_id, words) == said.statement_id
    with pytest.raises(NotFound, match="has no statement"):
        desk.find("statement", said.document_id, "kata yang tidak ada")
    with pytest.raises(KBError):
        desk.find("statement", 999, "kata")
