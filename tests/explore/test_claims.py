"""Figures people state beside the numbers documents print, and where documents disagree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_base import Doc, add

from kb.catalog import Catalog, shelving, writer_lock
from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.explore.views import ClaimView
from kb.model import IndicatorValue

SAID = (
    "SERANG - [PER person:bagus-pradana|Bagus Pradana] menyampaikan capaian kesehatan.\n\n"
    "“{direct person:bagus-pradana kata|Prevalensi stunting kita pada 2024 turun "
    "menjadi 14,1 persen}” kata Bagus.\n\n"
    "Prevalensi stunting [LOC place:36.02|Kabupaten Lebak] pada 2024 tercatat 20,1 persen.\n\n"
    "Pemerintah menargetkan prevalensi stunting 13 persen pada 2025.\n\n"
    "Prevalensi stunting pada 2021 sebesar 24,5 persen."
)


def number(kind: str, year: int, value: float, name: str = "Prevalensi Stunting") -> IndicatorValue:
    printed = str(value).replace(".", ",")
    return IndicatorValue(name, "%", kind, year, value, printed, 1)  # type: ignore[arg-type]


def plan(name: str, kind: str, *numbers: IndicatorValue, date: str = "2025-03-01") -> Doc:
    return Doc(
        name,
        name,
        ("Tabel",),
        date,
        doc_type=kind,
        institution="Pemerintah Provinsi Banten",
        institution_id="institution:pemprov@36",
        format="pdf",
        region="Provinsi Banten",
        indicators=numbers,
    )


DOCS = (
    Doc(
        "kata.html",
        "Stunting Banten Turun",
        (SAID,),
        "2025-02-01",
        region="Provinsi Banten",
        figures=True,
    ),
    plan("LPPD 2024", "lppd", number("realisation", 2024, 14.4), number("target", 2025, 13.0)),
    plan(
        "RPJMD",
        "rpjmd",
        number("target", 2025, 12.0),
        number("baseline", 2022, 20.0),
        number("target", 2026, 11.0),
        date="2024-01-01",
    ),
    plan("Perkin 2026", "perkin", number("target", 2026, 11.0), date="2026-01-10"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("klaim") / "index"
    add(Settings(home), DOCS, home.parent)
    return home


@pytest.fixture
def base(made: Path) -> Iterator[KnowledgeBase]:
    with open_kb(Settings(made)) as opened:
        yield opened


def one(base: KnowledgeBase, value: str) -> ClaimView:
    (found,) = [c for c in base.claims(limit=50).claims if c.value == value]
    return found


def test_what_was_said_stands_beside_the_report_of_that_year(base: KnowledgeBase) -> None:
    claim = one(base, "14,1 persen")
    assert (claim.subject, claim.period, claim.kind) == ("Prevalensi stunting", "2024", "reached")
    assert claim.speaker == "Bagus Pradana"
    assert claim.statement_kind == "direct"
    (pair,) = claim.pairs
    assert (pair.cell.value_text, pair.cell.title) == ("14,4", "LPPD 2024")
    assert pair.agreement == claim.agreement == "differs"
    assert pair.difference == pytest.approx(-0.3)


def test_a_target_stands_beside_targets_only(base: KnowledgeBase) -> None:
    claim = one(base, "13 persen")
    assert claim.kind == "target"
    assert {(p.cell.title, p.agreement) for p in claim.pairs} == {
        ("LPPD 2024", "same"),
        ("RPJMD", "differs"),
    }


def test_another_region_is_no_pair(base: KnowledgeBase) -> None:
    claim = one(base, "20,1 persen")
    assert claim.region == "Kabupaten Lebak"
    assert claim.pairs == ()


def test_another_year_is_told_as_such(base: KnowledgeBase) -> None:
    claim = one(base, "24,5 persen")
    assert {p.agreement for p in claim.pairs} == {"other_year"}
    assert all(p.difference is None for p in claim.pairs)


def test_filters_hold_together(base: KnowledgeBase) -> None:
    assert base.claims(agreement="differs").total == 1
    assert base.claims(agreement="same").total == 1
    assert base.claims(years=[2024]).total == 2
    assert base.claims(kind="target").total == 1
    assert base.claims(official="Bagus Pradana").total == 1
    assert base.claims(official="Nama Yang Tidak Ada").total == 0
    assert base.claims("kabupaten lebak").total == 1
    assert base.claims(indicator="Angka Stunting", years=[2025]).total == 1


def test_pages_of_a_list_are_its_parts(base: KnowledgeBase) -> None:
    whole = base.claims(limit=50)
    parts = [c.claim_id for n in range(whole.total) for c in base.claims(limit=1, offset=n).claims]
    assert parts == [c.claim_id for c in whole.claims]


def test_a_statement_knows_its_figures(base: KnowledgeBase) -> None:
    (statement,) = base.statements("stunting").statements
    figures = base.claims_of_statements([statement.statement_id])
    assert [c.value for c in figures[statement.statement_id]] == ["14,1 persen"]


def test_what_cannot_be_asked_is_said(base: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match="no agreement"):
        base.claims(agreement="wrong")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="no kind"):
        base.claims(kind="wrong")  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="no claim"):
        base.claim(10_000)


def test_plans_that_disagree_are_shown_with_both_pages(base: KnowledgeBase) -> None:
    (found,) = base.disagreements("stunting").disagreements
    assert (found.year, found.kind) == (2025, "target")
    assert [(c.title, c.value) for c in found.cells] == [("RPJMD", 12.0), ("LPPD 2024", 13.0)]
    assert base.disagreements("stunting", years=[2026]).total == 0


def test_claims_of_a_withdrawn_document_count_for_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    (said, *_) = add(settings, DOCS, tmp_path)
    with writer_lock(settings, "test"), Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            gone = shelving.remove(connection, said, "ditarik", now="2026-01-02", by="uji")
        with open_kb(settings) as base:
            assert base.claims().total == 0
        assert gone
    with open_kb(settings) as base:
        assert base.claims().total == 0
        assert base.indicators("stunting").total == 1


def test_exports_hold_the_number_beside(base: KnowledgeBase) -> None:
    table = base.export_table("claims", None)
    row = next(r for r in table.rows if r[table.columns.index("value")] == "14,1 persen")
    told = dict(zip(table.columns, row, strict=True))
    assert (told["document_value"], told["document_title"]) == ("14,4", "LPPD 2024")
    assert told["agreement"] == "differs"
