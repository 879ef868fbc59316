"""What changed in numbers from one version of a plan to another; pages that state figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_base import Doc, add

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.ingest import rebuild
from kb.model import IndicatorValue


def number(name: str, unit: str, year: int, value: float, kind: str = "target") -> IndicatorValue:
    printed = str(value).replace(".", ",")
    return IndicatorValue(name, unit, kind, year, value, printed, 1)  # type: ignore[arg-type]


def plan(
    name: str,
    kind: str,
    date: str,
    *numbers: IndicatorValue,
    issuer: str = "pemkab",
    year: int = 2025,
) -> Doc:
    return Doc(
        name, name, ("Tabel",), date, doc_type=kind, institution=issuer,
        institution_id=f"institution:{issuer}@36.02", format="pdf", region="Kabupaten Lebak",
        indicators=numbers, years=(year,),
    )  # fmt: skip


BEFORE = plan(
    "RKPD 2025", "rkpd", "2024-07-01",
    number("Prevalensi Stunting", "%", 2025, 14.0),
    number("Pendapatan Asli Daerah", "Rp (Juta)", 2025, 420_000.0),
    number("Panjang jalan rusak berat", "km", 2025, 90.0),
    number("Jumlah desa mandiri", "desa", 2025, 40.0),
    number("Indeks Inovasi Daerah", "indeks", 2025, 55.0),
)  # fmt: skip
AFTER = plan(
    "RKPD Perubahan 2025", "rkpd", "2025-07-01",
    number("Prevalensi Stunting", "%", 2025, 15.5),
    number("Pendapatan Asli Daerah", "Miliar Rp", 2025, 420.0),
    number("Jalan dalam kondisi rusak berat", "km", 2025, 75.0),
    number("Indeks Inovasi Daerah", "indeks", 2025, 55.0),
    number("Nilai MCP", "nilai", 2025, 88.0),
)  # fmt: skip
OTHERS = (
    plan("RPJMD", "rpjmd", "2023-01-01", number("Prevalensi Stunting", "%", 2025, 14.0)),
    plan(
        "RKPD lain", "rkpd", "2024-07-01", number("Prevalensi Stunting", "%", 2025, 9.0),
        issuer="pemkot",
    ),
    plan(
        "RKPD 2026", "rkpd", "2025-08-01", number("Prevalensi Stunting", "%", 2026, 13.0),
        number("Prevalensi Stunting", "%", 2025, 14.0), year=2026,
    ),
    Doc(
        "kabar.html",
        "Stunting Lebak",
        ("Stunting Lebak pada 2024 tercatat 20,1 persen.", "Terima kasih kepada semua stunting."),
        "2025-02-01",
        region="Kabupaten Lebak",
        figures=True,
    ),
)  # fmt: skip


DOCS = (BEFORE, AFTER, *OTHERS)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home: Path = tmp_path_factory.mktemp("replanned") / "index"
    add(Settings(home), DOCS, home.parent)
    rebuild(Settings(home))
    with open_kb(home) as opened:
        yield opened


def document(base: KnowledgeBase, title: str) -> int:
    number = 1 + [doc.title for doc in DOCS].index(title)
    assert base.document(number).title == title
    return number


def test_numbers_that_changed_and_indicators_that_came_and_went(base: KnowledgeBase) -> None:
    found = base.figure_changes(document(base, "RKPD 2025"), document(base, "RKPD Perubahan 2025"))
    changed = {
        c.indicator: (c.before.value, c.after.value, c.difference, c.year) for c in found.changed
    }
    assert changed == {
        "Prevalensi Stunting": (14.0, 15.5, 1.5, 2025),
        "Panjang jalan rusak berat": (90.0, 75.0, -15.0, 2025),  # worded anew
    }
    assert found.unchanged == 2  # one of them in another scale
    assert [p.indicator for p in found.added] == ["Nilai MCP"]
    assert [p.indicator for p in found.dropped] == ["Jumlah desa mandiri"]


def test_the_other_way_round_is_the_other_sign(base: KnowledgeBase) -> None:
    found = base.figure_changes(document(base, "RKPD Perubahan 2025"), document(base, "RKPD 2025"))
    differences = {c.indicator: c.difference for c in found.changed}
    assert differences["Prevalensi Stunting"] == -1.5
    assert [p.indicator for p in found.dropped] == ["Nilai MCP"]


def test_versions_of_a_plan_are_of_its_kind_issuer_and_year(base: KnowledgeBase) -> None:
    beside = base.plan_versions(document(base, "RKPD 2025"))
    assert [d.title for d in beside] == ["RKPD Perubahan 2025"]
    assert base.plan_versions(document(base, "RKPD 2026")) == ()


def test_documents_that_are_none(base: KnowledgeBase) -> None:
    with pytest.raises(NotFound):
        base.plan_versions(999)
    with pytest.raises(NotFound):
        base.figure_changes(document(base, "RPJMD"), 999)
    with pytest.raises(QueryError):
        base.figure_changes(3, 3)


def test_pages_that_state_a_figure(base: KnowledgeBase) -> None:
    whole = base.search("stunting")
    with_figures = base.search("stunting", figures=True)
    assert [(h.title, h.page) for h in with_figures.hits] == [("Stunting Lebak", 1)]
    assert whole.total == 2
    (counted,) = whole.facets["figures"]
    assert counted.count == with_figures.total
    assert [f.name for f in with_figures.filters] == ["figures"]


def test_pages_with_indicators_state_figures_too(base: KnowledgeBase) -> None:
    assert base.search("tabel", figures=True).total == base.search("tabel").total == 5


def test_after_no_hit_the_filter_may_be_dropped(base: KnowledgeBase) -> None:
    found = base.search('"terima kasih"', figures=True)
    assert found.total == 0
    assert [f.name for advice in found.advice for f in advice.filters] == ["figures"]
