"""What a person finds that the machine missed: statements, offices, which way is good, and what
became of a document; all of it holds when the file is read anew, and comes apart again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import made_base
import pytest

from kb.catalog import Catalog, shelving
from kb.config import Settings
from kb.errors import QueryError
from kb.explore import open_kb
from kb.explore import views as v
from kb.staff import Desk

WORDS = "Gedung berlantai empat itu dibangun selama dua tahun dengan dana daerah"
BAGUS = "person:bagus-pradana"


@pytest.fixture
def base(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "index")
    made_base.make(settings, tmp_path)
    return settings


def place(base: Settings, document: int, words: str) -> tuple[int, int, int, int]:
    with open_kb(base) as kb:
        text = kb.page(document, 1).text
    start = text.index(words)
    return document, 1, start, start + len(words)


def said(base: Settings, words: str) -> v.StatementView:
    with open_kb(base) as kb:
        return next(
            s
            for s in kb.statements(limit=50, fold=False, document=1).statements
            if words[:20] in s.text
        )


def read_anew(base: Settings, folder: Path) -> None:
    """The first document again, two words later."""
    doc = made_base.DOCS[0]
    pages = tuple(page.replace("SERANG - ", "KOTA SERANG, HARI INI - ") for page in doc.pages)
    made_base.add(base, [replace(doc, pages=pages)], folder)


def test_selected_words_become_a_statement_that_lasts(base: Settings, tmp_path: Path) -> None:
    desk = Desk(base, "Ani")
    with open_kb(base) as kb:
        before = kb.statements(limit=50, fold=False).total
    kept = desk.said(*place(base, 1, WORDS), BAGUS, kind="indirect")
    now = said(base, WORDS)
    assert (now.text, now.speaker_id, now.kind) == (WORDS, BAGUS, "indirect")
    assert now.role == "Kepala Dinas"  # as the document names it
    read_anew(base, tmp_path)
    again = said(base, WORDS)
    assert (again.text, again.speaker_id) == (WORDS, BAGUS)
    assert again.start == now.start + len("KOTA SERANG, HARI INI") - len("SERANG")
    desk.statement(again.statement_id, speaker="Warga")
    longer = place(base, 1, WORDS + ", dan akan")
    desk.statement(said(base, WORDS).statement_id, span=longer[2:])
    changed = said(base, WORDS)
    assert (changed.speaker, changed.speaker_id) == ("Warga", None)
    assert changed.text.endswith(", dan akan")
    with pytest.raises(QueryError, match="already"):
        desk.said(*place(base, 1, WORDS), BAGUS)
    with pytest.raises(QueryError, match="no kind"):
        desk.said(*place(base, 1, "SERANG"), BAGUS, kind="loud")
    with open_kb(base) as kb:
        record = [c.correction_id for c in kb.corrections()]
    desk.undo(kept.number)
    for number in record:
        if number != kept.number:
            desk.undo(number)
    with open_kb(base) as kb:
        assert kb.statements(limit=50, fold=False).total == before


def test_words_state_an_office_of_somebody_new(base: Settings, tmp_path: Path) -> None:
    desk = Desk(base, "Ani")
    kept = desk.held(
        *place(base, 1, "rumah sakit baru"),
        "Rina Kartika",
        "Direktur",
        institution="Dinas Kesehatan Provinsi Banten",
        status="Plt",
    )
    with open_kb(base) as kb:
        (term,) = kb.entity("Rina Kartika").offices
    assert (term.label, term.institution_id) == (
        "Plt Direktur Dinas Kesehatan Provinsi Banten",
        "institution:dinkes@36",
    )
    read_anew(base, tmp_path)
    with open_kb(base) as kb:
        assert [t.label for t in kb.entity("Rina Kartika").offices] == [term.label]
    with pytest.raises(QueryError, match="no status"):
        desk.held(*place(base, 1, "rumah sakit"), "Rina Kartika", "Direktur", status="Raja")
    desk.undo(kept.number)
    with open_kb(base) as kb:
        assert kb.entity("Rina Kartika").offices == ()


def test_which_way_is_good_is_decided_for_every_document(base: Settings) -> None:
    desk = Desk(base, "Ani")

    def falls() -> bool:
        with open_kb(base) as kb:
            return kb.indicators("jalan mantap").indicators[0].falls

    kept = desk.direction("Jalan Mantap", falls=True)
    assert falls()
    with pytest.raises(QueryError, match="so already"):
        desk.direction("jalan mantap", falls=True)
    with open_kb(base) as kb:
        assert kb.corrections()[0].summary == "Jalan Mantap ↓"
    desk.undo(kept.number)
    assert not falls()


def test_a_document_that_staff_withdrew_stays_so(base: Settings, tmp_path: Path) -> None:
    desk = Desk(base, "Ani")

    def counted() -> tuple[int, int]:
        with open_kb(base) as kb:
            shown = kb.documents(limit=50)[0]
            return shown, kb.statements(limit=50, fold=False).total

    before = counted()
    kept = desk.withdraw(1, reason="dibantah sendiri")
    with open_kb(base) as kb:
        assert kb.document(1).withdrawn
    less = counted()
    assert less[0] == before[0] - 1
    assert less[1] < before[1]
    with pytest.raises(QueryError, match="already"):
        desk.withdraw(1)
    read_anew(base, tmp_path)
    with Catalog.open(base, write=True) as catalog, catalog.write() as connection:
        assert shelving.come_back(connection, _key(base)) == 0  # a source that lists it still
    assert counted() == less
    desk.undo(kept.number)
    assert counted() == before


def _key(base: Settings) -> str:
    with open_kb(base) as kb:
        (one,) = kb.corrections()
    return one.target
