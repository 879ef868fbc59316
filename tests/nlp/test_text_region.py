"""The region of a text, and the bodies a bare name means there."""

from __future__ import annotations

import pytest

from kb.model import TagContext
from kb.nlp.linking.institutions import InstitutionLinker
from kb.nlp.regions import document_region
from tests.nlp.marked import unmark

BANTEN = TagContext(home="Provinsi Banten")


@pytest.mark.parametrize(
    ("marked", "context", "code"),
    [
        # the dateline, before what is named more often
        ("{L:JEPARA} - {O:Bappeda Kota Semarang} dan {L:Kota Semarang} hadir.", BANTEN, "33.20"),
        # a dateline that two regions of one province share: the one named, or the province
        ("{L:SERANG} - Warga {L:Kota Serang} antre di {L:Jakarta}.", None, "36.73"),
        ("{L:SERANG} - Warga antre.", None, "36"),
        # what the text names, before any home region
        ("Warga {L:Kabupaten Blora} antre.", BANTEN, "33.16"),
        # the home region only where the settings give one and the text none
        ("Warga antre di {O:Bappeda}.", BANTEN, "36"),
        ("Warga antre di {O:Bappeda}.", None, None),
        # what the document says of itself, before all
        ("{L:JEPARA} - Warga antre.", TagContext(region="Kabupaten Kudus"), "33.19"),
    ],
)
def test_the_region_of_a_text(marked: str, context: TagContext | None, code: str | None) -> None:
    _, mentions = unmark(marked)
    assert document_region(context, mentions, None) == code


def _linked(names: list[str], region: str | None) -> list[str]:
    linker = InstitutionLinker(region, {})
    linker.expect(names)
    return [linker.link(name).entity_id for name in names]


def test_a_bare_name_is_the_body_the_text_names_with_its_region() -> None:
    ids = _linked(["Bawaslu", "Bawaslu Provinsi Banten", "Bawaslu"], "36")
    assert ids == ["institution:bawaslu@36"] * 3


def test_a_bare_name_stays_national_where_the_text_names_two() -> None:
    names = ["Bawaslu", "Bawaslu Provinsi Banten", "Bawaslu Kabupaten Lebak"]
    assert _linked(names, None)[0] == "institution:bawaslu"


def test_a_bare_agency_without_any_region_stays_open() -> None:
    linker = InstitutionLinker(None, {})
    linker.expect(["Dinas Kesehatan"])
    ref = linker.link("Dinas Kesehatan")
    assert (ref.region, ref.method) == (None, "no region known")
    assert ref.confidence < 0.5
