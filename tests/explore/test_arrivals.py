"""What sources brought and nobody looked at: seen once, it stays seen until it is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_base import ADDED, DOCS, add, make, of_sources
from sqlalchemy import update

from kb.catalog import Catalog
from kb.catalog.schema import documents
from kb.config import Settings
from kb.errors import NotFound, Overtaken
from kb.explore import KnowledgeBase, open_kb
from kb.explore import views as v
from kb.staff import Desk

Open = Callable[[Settings], KnowledgeBase]


@pytest.fixture
def settings(fresh: Settings) -> Settings:
    """A portal brought three documents, an agency one of them and another."""
    of_sources(fresh, portal=(1, 3, 5), dinkes=(2, 3))
    return fresh


def new(kb: KnowledgeBase, source: str | None = None) -> list[int]:
    kb.refresh()
    total, found = kb.new_documents(source)
    assert total == len(found)
    return [one.document.document_id for one in found]


def first(kb: KnowledgeBase) -> v.DoubtfulArrival:
    kb.refresh()
    found = kb.doubts("document").first
    assert found is not None
    assert isinstance(found.about, v.DoubtfulArrival)
    return found.about


def test_the_latest_come_first_each_as_it_was_read(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    assert new(kb) == [3, 5, 2, 1], "one that two sources led to is listed once"
    assert new(kb, "dinkes") == [2]
    about = first(kb)
    one = about.new
    assert one.document.title == "Perbaikan Jalan Provinsi Dipercepat"
    assert (one.document.date, one.years, one.version) == ("2024-02-05", (2024,), 1)
    assert one.document.institution == "Pemerintah Provinsi Banten"
    assert (one.source.name, one.arrived) == ("portal", ADDED)
    assert one.text.startswith("Gubernur Banten Sari Wulandari menegaskan")
    assert list(about.same_source) == [3, 5, 1]
    assert kb.doubts().left["document"] == 4
    with pytest.raises(NotFound):
        kb.new_documents("nobody")


def test_doubts_come_before_what_is_only_new(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    seen: list[str] = []
    kinds: list[str] = []
    for _ in range(sum(kb.doubts().left.values())):
        found = kb.doubts(skip=seen).first
        assert found is not None
        seen.append(found.key)
        kinds.append(found.kind)
    assert "document" not in kinds[:-4]
    assert kinds[-4:] == ["document"] * 4


def test_seen_is_a_judgement_that_can_be_taken_back(settings: Settings, open_base: Open) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    one = first(kb).new
    number = desk.look_at({3: one.mark}, source="portal", reason="cocok").number
    assert new(kb) == [5, 2, 1]
    (told,) = kb.corrections()
    assert (told.kind, told.by, told.reason) == ("seen", "Ani", "cocok")
    assert told.summary == "✓ Perbaikan Jalan Provinsi Dipercepat"
    assert kb.doubts().deciders[0].count == 1
    desk.undo(number)
    assert new(kb) == [3, 5, 2, 1]
    assert kb.corrections() == ()


def test_all_of_a_source_at_once_are_one_judgement(settings: Settings, open_base: Open) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    desk.look_at({5: None})
    about = first(kb)
    number = desk.look_at(about.same_source, source="portal").number
    assert new(kb) == [2]
    assert kb.corrections()[0].summary == "✓ portal (2)"
    desk.undo(number)
    assert new(kb) == [3, 2, 1], "the one that was seen alone stays seen"


def test_two_who_look_at_once(settings: Settings, open_base: Open) -> None:
    kb = open_base(settings)
    about = first(kb)
    Desk(settings, "Ani").look_at({3: about.new.mark})
    with pytest.raises(Overtaken, match="already"):
        Desk(settings, "Beno").look_at({3: about.new.mark})
    Desk(settings, "Beno").look_at(about.same_source, source="portal")
    assert [len(c.value["documents"]) for c in kb.corrections()] == [2, 1]
    with pytest.raises(NotFound):
        Desk(settings, "Beno").look_at({999: None})


def write_again(settings: Settings, number: int, **changed: object) -> None:
    """Document ``number`` is written anew, as by a newer tagger or with other content."""
    doc = replace(DOCS[number - 1], **changed)
    assert add(settings, [doc], settings.home.parent) == [number]


def test_read_again_it_stays_seen_and_with_other_content_it_is_new(
    settings: Settings, open_base: Open
) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    mark = first(kb).new.mark
    desk.look_at({3: mark})
    write_again(settings, 3)
    assert new(kb) == [5, 2, 1]
    # A newer reader gets other words out of the same file.
    longer = (*DOCS[2].pages, "Halaman yang dulu tidak terbaca.")
    write_again(settings, 3, pages=longer)
    assert new(kb) == [5, 2, 1]
    # The file itself is another, the words are not: a page that counts its readers.
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        connection.execute(update(documents).where(documents.c.id == 3).values(sha256="hari ini"))
    write_again(settings, 3)
    assert new(kb) == [5, 2, 1]
    # Both are others: its source brought another version.
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        connection.execute(update(documents).where(documents.c.id == 3).values(sha256="dulu"))
    write_again(settings, 3, name="jalan-ralat.html", pages=("Ralat: jalan itu jalan kabupaten.",))
    assert new(kb)[0] == 3
    assert first(kb).new.version > 1
    with pytest.raises(Overtaken, match="version"):
        desk.look_at({3: mark})


def test_withdrawn_it_is_not_asked_about_until_that_is_taken_back(
    settings: Settings, open_base: Open
) -> None:
    kb, desk = open_base(settings), Desk(settings, "Ani")
    number = desk.withdraw(3).number
    assert new(kb) == [5, 2, 1]
    desk.undo(number)
    assert new(kb) == [3, 5, 2, 1]


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_another_base_takes_over_what_was_seen(
    settings: Settings, tmp_path: Path, ending: str
) -> None:
    desk = Desk(settings, "Ani")
    desk.look_at({1: None})
    desk.look_at({3: None, 5: None}, source="portal")
    file = tmp_path / f"keputusan{ending}"
    assert desk.export(file) == 2
    folder = tmp_path / "lain"  # where the file of document 5 has another path, its only key
    folder.mkdir()
    other = Settings(folder / "index")
    make(other, folder)
    of_sources(other, portal=(1, 2, 3, 5))
    assert Desk(other).take_in(file).new == 2
    with open_kb(other) as kb:
        assert new(kb) == [2]
    assert Desk(other).take_in(file).known == 2
