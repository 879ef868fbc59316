"""Every correction is one judgement: it holds when the text is read anew, and comes apart in any
order."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from catalog_samples import Put, document, state
from sqlalchemy import select, update

from kb.catalog import Catalog, TaggedDocument, added, corrections, judgements, rulings
from kb.catalog.anchors import anchor, find
from kb.catalog.schema import (
    documents,
    entities,
    entity_documents,
    indicators,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.errors import NotFound, Overtaken, QueryError
from kb.model import Office, Statement, TagResult

BUDI, SARI = "person:budi-santoso", "person:sari-dewi"
TEXT = "Kemarin Gubernur Budi Santoso hadir bersama Sari Dewi di Serang."
NOW = "2026-02-01T00:00:00"


def page(text: str, *, shift: int = 0) -> TaggedDocument:
    """A document whose office and statement stand at their words."""
    made = document(text, path="/1.html")
    name = text.index("Budi Santoso")
    office = Office(
        "Budi Santoso",
        "Gubernur",
        "Banten",
        start=name - len("Gubernur "),
        end=name + len("Budi Santoso"),
        person_id=BUDI,
    )
    said = Statement("direct", name, len(text), text[name:], "Budi Santoso", "Gubernur", BUDI)
    tags = TagResult(made.tags[0].mentions, (office,), (said,), made.tags[0].entities)
    return replace(made, tags=(tags,))


@pytest.fixture
def stored(put: Put) -> Put:
    put(page(TEXT), state("/1.html", sha="1"))
    put(document("Gubernur Budi Santoso pulang.", path="/2.html"), state("/2.html", sha="2"))
    return put


TABLES = (mentions, offices, statements, indicators, documents, entities, entity_documents)


def snapshot(catalog: Catalog, *, ids: bool = True) -> dict[str, list[Any]]:
    with catalog.read() as connection:
        return {
            table.name: sorted(
                (
                    tuple(v for c, v in row._mapping.items() if ids or c != "id")
                    for row in connection.execute(select(table))
                ),
                key=str,
            )
            for table in TABLES
        }


def number(catalog: Catalog, kind: str, words: str, document_id: int = 1) -> int:
    with catalog.read() as connection:
        return int(rulings.look_up(connection, kind, document_id, words)[0]["id"])


def decide(catalog: Catalog, kind: str, words: str, to: dict[str, Any] | None, **more: Any) -> int:
    row = number(catalog, kind, words)
    with catalog.write() as connection:
        return rulings.decide(connection, kind, row, to, now=NOW, **more)


def one(catalog: Catalog, table: Any, document_id: int = 1) -> list[Any]:
    with catalog.read() as connection:
        query = select(table).where(table.c.document_id == document_id).order_by(table.c.id)
        return list(connection.execute(query))


TEN: list[tuple[str, str, dict[str, Any] | None]] = [
    ("office", "Budi Santoso", {"role": "Wakil Gubernur"}),
    ("office", "Budi Santoso", {"status": "mantan"}),
    ("office", "Budi Santoso", {"person_id": SARI}),
    ("statement", "hadir", {"speaker": "Sari Dewi", "speaker_id": SARI}),
    ("statement", "hadir", {"kind": "indirect"}),
    ("mention", "Sari Dewi", {"entity_id": BUDI}),
    ("mention", "Sari Dewi", {"end": TEXT.index(" Dewi"), "surface": "Sari"}),
    ("indicator", "Angka kemiskinan", {"value": 5.9, "value_text": "5,9"}),
    ("mention", "Serang", None),
    ("statement", "hadir", None),
]


def decide_all(catalog: Catalog) -> list[int]:
    numbers = [decide(catalog, kind, words, to) for kind, words, to in TEN]
    with catalog.write() as connection:
        field = rulings.set_field(connection, 1, "date", "2020-05-06", now=NOW)
        rows = [{"role": "Gubernur", "institution": "Banten", "status": "definitif"}]
        term = rulings.decide_term(connection, BUDI, rows, None, now=NOW)
    return [*numbers, field, term]


def test_each_is_taken_back_to_the_letter_in_any_order(catalog: Catalog, stored: Put) -> None:
    before = snapshot(catalog)
    numbers = decide_all(catalog)
    after = snapshot(catalog)
    assert all(after[t] != before[t] for t in ("mentions", "offices", "statements", "indicators"))
    for order in (list, reversed, lambda many: [*many[1::2], *many[::2]]):
        for correction in order(numbers):
            with catalog.write() as connection:
                corrections.undo(connection, correction, now=NOW, by="sari")
        assert snapshot(catalog) == before
        with catalog.read() as connection:
            assert connection.execute(select(untagged)).all() == []
            told = judgements.everything(connection)
        assert all(row.undone and row.undone_by == "sari" for row in told), "nothing is forgotten"
        numbers = decide_all(catalog)
        assert snapshot(catalog) == after


@pytest.mark.parametrize("pair", list(itertools.permutations(range(3))))
def test_three_undone_in_another_order_leave_the_rest(
    catalog: Catalog, stored: Put, pair: tuple[int, ...]
) -> None:
    numbers = [decide(catalog, *TEN[i]) for i in (0, 3, 6)]
    keep = decide(catalog, "office", "Budi Santoso", {"status": "mantan"})
    with catalog.write() as connection:
        for i in pair:
            corrections.undo(connection, numbers[i])
    office = one(catalog, offices)[0]
    assert (office.role, office.status, office.confidence) == ("Gubernur", "mantan", 1.0)
    assert one(catalog, statements)[0].speaker_id == BUDI
    with catalog.write() as connection:
        corrections.undo(connection, keep)
    assert one(catalog, offices)[0].status == "definitif"


@pytest.mark.parametrize("ahead", ["", "Berita baru: "])
def test_what_was_decided_holds_when_the_text_is_read_and_tagged_again(
    catalog: Catalog, stored: Put, ahead: str
) -> None:
    decide_all(catalog)
    shown = snapshot(catalog, ids=False)
    stored(page(ahead + TEXT), state("/1.html", sha="1" + ahead, stamp="2"))
    again = snapshot(catalog, ids=False)
    if not ahead:
        for name in ("mentions", "offices", "statements", "indicators"):
            assert again[name] == shown[name]
    sari = next(m for m in one(catalog, mentions) if m.surface == "Sari")
    assert sari.start == len(ahead) + TEXT.index("Sari")
    assert sari.entity_id == BUDI
    assert one(catalog, statements) == []
    assert one(catalog, indicators)[0].value == 5.9
    with catalog.read() as connection:
        assert not any(row.problem for row in judgements.everything(connection))
        key = connection.execute(select(documents.c.date).where(documents.c.id == 1)).scalar_one()
    assert key == "2020-05-06"
    assert all(row.date == "2020-05-06" for row in one(catalog, offices))


def test_undone_after_a_new_reading_it_gives_what_the_machine_found_then(
    catalog: Catalog, stored: Put
) -> None:
    numbers = decide_all(catalog)
    moved = page("Berita baru: " + TEXT)
    stored(moved, state("/1.html", sha="3", stamp="2"))
    with catalog.write() as connection:
        for correction in numbers[2:] + numbers[:2]:
            corrections.undo(connection, correction)
    decided = snapshot(catalog, ids=False)
    stored(moved, state("/1.html", sha="3", stamp="3"))
    machine = snapshot(catalog, ids=False)
    for name in ("mentions", "offices", "statements", "indicators"):
        assert decided[name] == machine[name]


def test_what_a_new_tagger_misses_stands_as_it_was_affirmed(catalog: Catalog, stored: Put) -> None:
    decide(catalog, "office", "Budi Santoso", {"role": "Wakil Gubernur"})
    decide(catalog, "statement", "hadir", {"speaker": "Sari Dewi", "speaker_id": SARI})
    bare = replace(page(TEXT), tags=(TagResult((), (), (), ()),))
    stored(bare, state("/1.html", sha="1", stamp="9"))
    office, said = one(catalog, offices)[0], one(catalog, statements)[0]
    assert (office.role, office.person_id, office.method) == ("Wakil Gubernur", BUDI, "staff")
    assert TEXT[office.start : office.end] == "Gubernur Budi Santoso"
    assert (said.speaker_id, said.kind) == (SARI, "direct")


def test_words_that_are_gone_are_told(catalog: Catalog, stored: Put) -> None:
    correction = decide(catalog, "office", "Budi Santoso", {"role": "Wakil Gubernur"})
    figure = decide(catalog, "indicator", "Angka kemiskinan", None)
    other = replace(document("Berita lain sama sekali.", path="/1.html"), indicators=())
    stored(other, state("/1.html", sha="8"))
    with catalog.read() as connection:
        told = {row.id: row.problem for row in judgements.everything(connection)}
    assert told[correction] == "the words it is about stand no longer in the document"
    assert told[figure] == "the document's tables give no such number any more"
    stored(page(TEXT), state("/1.html", sha="9"))
    assert one(catalog, offices)[0].role == "Wakil Gubernur", "it waited for its words"
    with catalog.read() as connection:
        assert not any(row.problem for row in judgements.everything(connection))


def test_words_staff_tagged_themselves(catalog: Catalog, stored: Put) -> None:
    start = TEXT.index("Kemarin")
    before = snapshot(catalog)
    with catalog.write() as connection:
        correction = added.tag(
            connection, 1, 1, start, start + 7, label="PER", entity_id=SARI, now=NOW
        )
        with pytest.raises(QueryError, match="tagged already"):
            added.tag(connection, 1, 1, start, start + 3, label="PER", entity_id=SARI, now=NOW)
        with pytest.raises(QueryError, match="has no words"):
            added.tag(connection, 1, 1, 900, 910, label="PER", entity_id=SARI, now=NOW)
    stored(page(TEXT), state("/1.html", sha="1", stamp="2"))
    theirs = {m.surface for m in one(catalog, mentions) if m.entity_id == SARI}
    assert theirs == {"Kemarin", "Sari Dewi"}
    with catalog.write() as connection:
        corrections.undo(connection, correction)
    assert len(one(catalog, mentions)) == len(before["mentions"]) - 1


def test_an_office_rejected_for_good_is_rejected_in_later_texts(
    catalog: Catalog, stored: Put
) -> None:
    wording = {"role": "gubernur", "institution": "Banten", "status": "definitif"}
    with catalog.write() as connection:
        correction = rulings.decide_term(connection, BUDI, [wording], None, now=NOW)
    stored(document("Gubernur Budi Santoso rapat.", path="/3.html"), state("/3.html", sha="3"))
    with catalog.read() as connection:
        assert connection.execute(select(offices)).all() == []
    with catalog.write() as connection:
        corrections.undo(connection, correction)
    with catalog.read() as connection:
        assert len(connection.execute(select(offices)).all()) == 3


def test_the_second_editor_is_told_and_nothing_is_lost(catalog: Catalog, stored: Put) -> None:
    seen = {"speaker": "Budi Santoso", "kind": "direct"}
    to = {"speaker": "Sari Dewi", "speaker_id": SARI}
    decide(catalog, "statement", "hadir", to, by="Ani", seen=seen)
    with pytest.raises(Overtaken, match="Ani changed it"):
        decide(catalog, "statement", "hadir", {"speaker": "Warga"}, by="Beno", seen=seen)
    assert one(catalog, statements)[0].speaker == "Sari Dewi"
    row = number(catalog, "office", "Budi Santoso")
    decide(catalog, "office", "Budi Santoso", None, by="Ani")
    with catalog.write() as connection, pytest.raises(Overtaken, match="Ani rejected"):
        rulings.decide(connection, "office", row, {"role": "Bupati"}, now=NOW, by="Beno")
    with catalog.read() as connection:
        assert len(judgements.everything(connection)) == 2


def test_what_makes_no_sense_is_refused(catalog: Catalog, stored: Put) -> None:
    with pytest.raises(QueryError, match="so already"):
        decide(catalog, "statement", "hadir", {"kind": "direct"})
    with pytest.raises(QueryError, match="cannot be changed"):
        decide(catalog, "statement", "hadir", {"document_id": 2})
    with catalog.write() as connection:
        with pytest.raises(NotFound, match="no office 99"):
            rulings.decide(connection, "office", 99, None, now=NOW)
        done = rulings.decide(connection, "office", 1, None, now=NOW)
        corrections.undo(connection, done, by="Ani")
        with pytest.raises(QueryError, match="taken back already by Ani"):
            corrections.undo(connection, done)


def test_a_removed_document_comes_back_as_it_was_decided(catalog: Catalog, stored: Put) -> None:
    from kb.catalog import shelving

    decide_all(catalog)
    with catalog.write() as connection:
        connection.execute(update(documents).where(documents.c.id == 1).values(title="Judul"))
    shown = snapshot(catalog, ids=False)
    with catalog.write() as connection:
        correction = shelving.remove(connection, 1, "ganda", now=NOW, by=None)
    assert one(catalog, mentions) == []
    with catalog.write() as connection:
        corrections.undo(connection, correction)
    again = snapshot(catalog, ids=False)
    for name in ("mentions", "offices", "statements", "indicators", "documents"):
        assert again[name] == shown[name]


def test_a_merge_leads_what_staff_chose(catalog: Catalog, stored: Put) -> None:
    decide(catalog, "statement", "hadir", {"speaker": "Sari Dewi", "speaker_id": SARI})
    with catalog.write() as connection:
        merged = corrections.merge(connection, SARI, BUDI, now=NOW)
    assert one(catalog, statements)[0].speaker_id == BUDI
    with catalog.write() as connection:
        corrections.undo(connection, merged)
    assert one(catalog, statements)[0].speaker_id == SARI


def test_an_anchor_tells_places_with_the_same_words_apart() -> None:
    text = "Kepala Dinas Sari hadir. Kepala Dinas Sari pulang."
    second = text.index("Sari", 20)
    kept = anchor(text, 1, second, second + 4)
    assert find({1: "X. " + text}, kept).start == second + 3  # type: ignore[union-attr]
    assert find({1: text[:24], 2: text[24:]}, kept).page == 2  # type: ignore[union-attr]
    assert find({1: "Sari Ayu tampil di Jakarta.", 3: "Sari."}, kept) is None
    assert find({2: "Sari Ayu tampil di Jakarta."}, kept) is None
    assert find({1: "Tidak ada."}, kept) is None


def test_a_line_break_that_moved_is_no_other_word() -> None:
    text = "Gubernur Budi\nSantoso hadir."
    kept = anchor(text, 1, 9, 21)
    assert find({1: "Gubernur  Budi Santoso hadir."}, kept).start == 10  # type: ignore[union-attr]


def test_a_mention_of_another_type_keeps_its_words(catalog: Catalog, stored: Put) -> None:
    decide(catalog, "mention", "Serang", {"label": "ORG"})
    assert next(m for m in one(catalog, mentions) if m.surface == "Serang").label == "ORG"
