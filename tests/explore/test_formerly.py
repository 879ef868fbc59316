"""A statement's number is an address: it stays with its words, and is never another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_base import Doc, add
from sqlalchemy import select

from kb.catalog import Catalog, writer_lock
from kb.catalog.schema_said import former_statements
from kb.catalog.writes import delete_document
from kb.config import Settings
from kb.errors import Gone, NotFound
from kb.explore import KnowledgeBase
from kb.ingest import rebuild
from kb.staff import Desk

Open = Callable[[Settings], KnowledgeBase]
ROADS, BRIDGE = "Jalan desa diperbaiki tahun ini juga", "Jembatan dibangun lagi"
FIRST = (
    f"“{{direct person:sari-wulandari kata|{ROADS}}},” kata Sari Wulandari kepada warga. "
    f"“{{direct person:bagus-pradana kata|{BRIDGE}}},” kata Bagus Pradana."
)
DOC = Doc("a.html", "Jalan dan Jembatan", (FIRST,), "2025-02-01")
LATER = Doc(
    "b.html",
    "Puskesmas",
    ("“{direct person:tono-raharja kata|Puskesmas buka malam hari},” kata Tono Raharja.",),
    "2025-02-02",
)


@pytest.fixture
def settings(empty: Settings) -> Settings:
    add(empty, [DOC], empty.home.parent)
    return empty


def again(settings: Settings, page: str | tuple[str, ...]) -> None:
    """The document written anew, with these tags."""
    pages = (page,) if isinstance(page, str) else page
    add(settings, [replace(DOC, pages=pages)], settings.home.parent)


def numbers(kb: KnowledgeBase) -> dict[str, int]:
    kb.refresh()
    return {s.text: s.statement_id for s in kb.statements().statements}


def test_tagged_again_each_keeps_its_number(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    before = numbers(kb)
    assert set(before) == {ROADS, BRIDGE}
    again(settings, FIRST)
    assert numbers(kb) == before
    # One more before them: the others stay what they were.
    again(settings, FIRST.replace("kepada warga", "{indirect warga kata|kepada warga}"))
    after = numbers(kb)
    assert {words: after[words] for words in before} == before
    assert after["kepada warga"] > max(before.values())


def test_cut_otherwise_the_old_number_leads_to_it(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    old = numbers(kb)[ROADS]
    again(settings, FIRST.replace("tahun ini juga}", "tahun ini} juga"))
    assert ROADS not in numbers(kb)
    now = kb.statement(old)
    assert now.text == "Jalan desa diperbaiki tahun ini"
    assert now.statement_id != old
    # And when it is cut as before once more.
    again(settings, FIRST)
    assert kb.statement(old).text == ROADS
    assert kb.statement(now.statement_id).text == ROADS


def test_read_anew_it_is_found_where_it_stands_now(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    old = numbers(kb)
    again(settings, ("Sampul buku laporan tahunan.", "SIARAN PERS\n\n" + FIRST))
    now = kb.statement(old[BRIDGE])
    assert (now.text, now.page) == (BRIDGE, 2)
    assert kb.statement(old[ROADS]).text == ROADS


def test_one_that_is_gone_says_so_and_is_never_another(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    old = numbers(kb)
    plain = f"“{ROADS},” kata Sari Wulandari kepada warga."
    again(settings, plain)
    # What comes in now would have had their numbers.
    add(settings, [LATER, replace(LATER, name="c.html", title="Lain")], settings.home.parent)
    assert not set(numbers(kb).values()) & set(old.values())
    with pytest.raises(Gone, match="no longer") as told:
        kb.statement(old[ROADS])
    assert (told.value.document_id, told.value.page, told.value.words) == (1, 1, ROADS)
    with pytest.raises(Gone, match="other words") as told:
        kb.statement(old[BRIDGE])
    assert (told.value.document_id, told.value.page, told.value.words) == (1, 1, None)
    with pytest.raises(NotFound):
        kb.statement(999_999)
    again(settings, FIRST)
    assert kb.statement(old[BRIDGE]).text == BRIDGE


def test_of_a_document_that_is_away_and_comes_back(settings: Settings, open_base: Open) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    rebuild(settings)
    old = numbers(kb)
    number = desk.withdraw(1).number
    kb.refresh()
    away = kb.statement(old[ROADS])
    assert (away.text, away.statement_id < 0) == (ROADS, True)
    add(settings, [LATER], settings.home.parent)
    again(settings, FIRST)  # read again while it is away
    assert kb.statement(old[ROADS]).text == ROADS
    desk.undo(number)
    assert {words: numbers(kb)[words] for words in old} == old
    out = desk.remove(1, "ganda").number
    kb.refresh()
    with pytest.raises(NotFound) as told:
        kb.statement(old[ROADS])
    assert not isinstance(told.value, Gone), "nothing is told of what staff took out"
    desk.undo(out)
    assert {words: numbers(kb)[words] for words in old} == old


def test_what_staff_decide_leaves_the_numbers(settings: Settings, open_base: Open) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    rebuild(settings)
    old = numbers(kb)
    out = desk.reject("statement", old[BRIDGE]).number
    kb.refresh()
    with pytest.raises(Gone, match="staff") as told:
        kb.statement(old[BRIDGE])
    assert told.value.page == 1
    text = kb.page(1, 1).text
    at = text.index("kepada warga")
    added = desk.said(1, 1, at, at + 12, "Sari Wulandari").number
    made = numbers(kb)["kepada warga"]
    again(settings, FIRST)
    kb.refresh()
    assert kb.statement(made).text == "kepada warga"
    assert kb.statement(old[ROADS]).text == ROADS
    desk.undo(out)
    kb.refresh()
    assert kb.statement(old[BRIDGE]).text == BRIDGE
    assert kb.statement(made).text == "kepada warga"
    desk.undo(added)
    kb.refresh()
    with pytest.raises(Gone):
        kb.statement(made)


def test_nothing_stays_of_a_document_that_goes(settings: Settings) -> None:
    again(settings, "Tanpa kutipan.")
    with writer_lock(settings, "test"), Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            assert len(connection.execute(select(former_statements)).all()) == 2
            delete_document(connection, 1)
        with catalog.read() as connection:
            assert connection.execute(select(former_statements)).all() == []


def test_as_it_is_served(settings: Settings, open_base: Open, tmp_path: Path) -> None:
    kb = open_base(settings)
    old = numbers(kb)[ROADS]
    again(settings, FIRST.replace("tahun ini juga}", "tahun ini} juga"))
    kb.refresh()
    plain = kb.cite(1, statement=old).plain
    assert "Jalan desa diperbaiki tahun ini" in plain
