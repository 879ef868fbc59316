"""The issuing institution of a document as an entity."""

from __future__ import annotations

from kb.ingest.stages import issuer, tag_context
from kb.model import Description, EntityRef, Found


def of(name: str, region: str) -> EntityRef | None:
    told = Description(
        Found("x", "test"), institution=Found(name, "test"), region=Found(region, "test")
    )
    return issuer(told, tag_context(told, ""))


def test_a_regulation_counts_for_the_government_whose_head_issued_it() -> None:
    governor = of("Gubernur Banten", "Provinsi Banten")
    government = of("Pemerintah Provinsi Banten", "Provinsi Banten")
    assert governor is not None
    assert government is not None
    assert governor.entity_id == government.entity_id
    assert "Gubernur Banten" in governor.aliases, "found by that name too"


def test_other_issuers_are_themselves() -> None:
    agency = of("Bappeda Provinsi Banten", "Provinsi Banten")
    assert agency is not None
    assert agency.name.startswith(("Bappeda", "Badan Perencanaan"))
    village = of("Kepala Desa Sukamantri", "Kabupaten Ciamis")
    assert village is not None
    assert village.entity_id == "institution:kepala-desa-sukamantri"
