"""The queue: what the machine is least sure of, with its evidence; decided, it is asked no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_base
import pytest
from made_base import Doc, add, make
from sqlalchemy import update

from kb.catalog import Catalog
from kb.catalog.schema import offices, pages
from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.explore import views as v
from kb.ingest import rebuild
from kb.staff import Desk

SARI, OTHER = "person:sari-wulandari", "person:sari-wulandari~32"
PAIR = f"pair {SARI} {OTHER}"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """One doubt of each kind."""
    monkeypatch.setitem(made_base.NAMES, OTHER, "Sari Wulandari")
    found = Settings(tmp_path / "index")
    make(found, tmp_path)
    text = "[PER person:sari-wulandari~32|Sari Wulandari] menanam padi."
    issuer = {"institution": "Bappeda Provinsi Banten", "institution_id": "institution:bappeda@36"}
    add(found, [Doc("lain.html", "Panen", (text,), "2024-01-01", **issuer)], tmp_path)  # type: ignore[arg-type]
    with Catalog.open(found, write=True) as catalog, catalog.write() as connection:
        unsure = offices.c.person_id == "person:bagus-pradana"
        connection.execute(update(offices).where(unsure).values(confidence=0.45))
        scanned = (pages.c.document_id == 6) & (pages.c.number == 1)
        connection.execute(update(pages).where(scanned).values(method="ocr", ocr_confidence=0.5))
    rebuild(found)
    return found


@pytest.fixture
def kb(settings: Settings) -> Iterator[KnowledgeBase]:
    with open_kb(settings) as base:
        yield base


def first(kb: KnowledgeBase, kind: v.DoubtKind) -> Any:
    found = kb.doubts(kind).first
    assert found is not None
    return found.about


def left(kb: KnowledgeBase) -> dict[str, int]:
    kb.refresh()
    return {kind: count for kind, count in kb.doubts().left.items() if count}


def test_one_of_each_kind_with_its_evidence(kb: KnowledgeBase) -> None:
    assert left(kb) == {"pair": 1, "office": 1, "issuer": 1, "number": 1, "page": 1}
    pair = first(kb, "pair")
    assert (pair.one, pair.two, pair.together) == (SARI, OTHER, 0), "the one named more stays"
    assert ("name", "sari wulandari") in pair.shared
    office = first(kb, "office")
    assert (office.person.name, office.term.confidence) == ("Bagus Pradana", 0.45)
    assert office.count == len(office.evidence) == 2
    assert all(e.text in around for e, around in zip(office.evidence, office.around, strict=True))
    issuer = first(kb, "issuer")
    assert (issuer.document.title, issuer.written) == ("Pertemuan Nelayan", None)
    number = first(kb, "number").disagreement
    assert {cell.value_text for cell in number.cells} == {"95,00", "94,00"}
    page = first(kb, "page")
    assert (page.document.document_id, page.page, page.confidence) == (6, 1, 0.5)


def test_what_is_put_off_comes_after_the_others(kb: KnowledgeBase) -> None:
    seen: list[str] = []
    for _ in range(5):
        found = kb.doubts(skip=seen).first
        assert found is not None
        assert found.key not in seen
        seen.append(found.key)
    assert kb.doubts(skip=seen).first == kb.doubts().first, "then it begins anew"


def test_each_decision_ends_a_doubt_and_taken_back_it_waits_again(
    settings: Settings, kb: KnowledgeBase
) -> None:
    desk = Desk(settings, "Ani")
    office, page = first(kb, "office"), first(kb, "page")
    worded = [w.as_match() for w in office.term.wordings]
    cells = first(kb, "number").disagreement.cells
    numbers = [
        [desk.keep_apart(SARI, OTHER).number],
        [desk.term("person:bagus-pradana", worded).number],
        [desk.set_field(7, "institution", None).number],
        [desk.affirm("indicator", cell.number_id).number for cell in cells],
        [desk.page(6, 1, legible=True, seen=page.mark).number],
    ]
    assert left(kb) == {}
    assert kb.doubts().first is None
    assert [(d.name, d.count) for d in kb.doubts().deciders] == [("Ani", 6)]
    for group in numbers:
        for number in group:
            desk.undo(number)
    assert left(kb) == {"pair": 1, "office": 1, "issuer": 1, "number": 1, "page": 1}
    assert kb.doubts().deciders == (), "what was taken back counts for nobody"


def test_a_merge_or_a_rejection_ends_it_too(settings: Settings, kb: KnowledgeBase) -> None:
    desk = Desk(settings, "Ani")
    cell = first(kb, "number").disagreement.cells[0]
    desk.merge(OTHER, SARI)
    desk.reject("indicator", cell.number_id)
    desk.describe(7, {"institution": "Bappeda Provinsi Banten"})
    assert left(kb) == {"office": 1, "page": 1}
