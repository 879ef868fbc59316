"""The same indicator across documents, regions kept apart, results in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_base import Doc, add

from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.explore.views import IndicatorView
from kb.model import IndicatorValue


def value(
    name: str, kind: str, year: int, number: float | None, text: str = "", agency: str | None = None
) -> IndicatorValue:
    printed = text or str(number).replace(".", ",")
    return IndicatorValue(name, "persen", kind, year, number, printed, 1, agency)  # type: ignore[arg-type]


def plan(name: str, region: str, values: tuple[IndicatorValue, ...]) -> Doc:
    issuer = f"Pemerintah {region}"
    return Doc(name, name, ("x",), f"{values[0].year}-03-01", doc_type="lppd", institution=issuer,
               institution_id=f"institution:{name}", format="pdf", indicators=values,
               region=region)  # fmt: skip


DOCS = (
    plan(
        "banten",
        "Provinsi Banten",
        (
            value("Persentase Penduduk Miskin", "target", 2024, 6.0),
            value("Persentase Penduduk Miskin, Kabupaten Lebak", "realisation", 2024, 8.5),
            value("Opini BPK", "target", 2024, None, "WTP", agency="Pemerintah Provinsi Banten"),
            value("Opini BPK", "realisation", 2024, None, "WTP", agency="BPKAD"),
            value("Opini BPK", "baseline", 2024, None, "WTP", agency="Pemerintah Provinsi Banten"),
        ),
    ),
    plan("banten-2", "Provinsi Banten", (value("Tingkat Kemiskinan", "realisation", 2024, 5.9),)),
    plan("jambi", "Provinsi Jambi", (value("Tingkat Kemiskinan", "realisation", 2024, 7.1),)),
    plan("lebak", "Kabupaten Lebak", (value("Angka Kemiskinan", "target", 2024, 8.0),)),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home: Path = tmp_path_factory.mktemp("indicators") / "index"
    add(Settings(home), DOCS, home.parent)
    with open_kb(home) as opened:
        yield opened


def numbers(view: IndicatorView) -> tuple[float | None, float | None]:
    (year,) = view.years
    target, real = year.target, year.realisation
    return target.value if target else None, real.value if real else None


@pytest.mark.parametrize("query", ["kemiskinan", "penduduk miskin", "tingkat kemiskinan"])
def test_one_indicator_of_each_region(base: KnowledgeBase, query: str) -> None:
    found = {v.region: numbers(v) for v in base.indicators(query).indicators}
    assert found == {
        "Provinsi Banten": (6.0, 5.9),
        "Provinsi Jambi": (None, 7.1),
        "Kabupaten Lebak": (8.0, 8.5),  # its own document and a table of the province
    }


@pytest.mark.parametrize(("query", "total"), [("opi", 0), ("opini", 1), ("bpk", 1), ("pk", 0)])
def test_words_are_asked_for_from_their_beginning(
    base: KnowledgeBase, query: str, total: int
) -> None:
    assert base.indicators(query).total == total


def test_a_word_of_the_region_narrows(base: KnowledgeBase) -> None:
    found = base.indicators("kemiskinan", institution="Pemerintah Provinsi Jambi")
    assert [v.region for v in found.indicators] == ["Provinsi Jambi"]


def test_results_in_words(base: KnowledgeBase) -> None:
    (view,) = base.indicators("opini").indicators
    (year,) = view.years
    assert view.agency == "BPKAD", "an agency named in a table over the issuer"
    assert year.target is not None
    assert (year.target.value, year.target.value_text, year.attainment) == (None, "WTP", None)
    assert year.others == ()
    rows = base.export_table("indicators", "opini").rows
    assert [row[6:8] for row in rows] == [(None, "WTP")] * 3


def test_pages_of_the_list(base: KnowledgeBase) -> None:
    whole = base.indicators()
    assert whole.total == 4
    parts = [base.indicators(limit=1, offset=n).indicators[0] for n in range(4)]
    assert parts == list(whole.indicators)


def test_one_unit_side_by_side(tmp_path: Path) -> None:
    def money(kind: str, number: float, unit: str) -> IndicatorValue:
        return IndicatorValue("PAD", unit, kind, 2024, number, "x", 1)  # type: ignore[arg-type]

    docs = (
        plan("lppd", "Provinsi Banten", (money("target", 8350, "Rp miliar"),)),
        plan("lppd-2", "Provinsi Banten", (money("realisation", 8287.9, "Rp Miliar"),)),
        plan("lkjip", "Provinsi Banten", (money("realisation", 8.2879e12, "rupiah"),)),
    )
    add(Settings(tmp_path / "index"), docs, tmp_path)
    with open_kb(tmp_path / "index") as opened:
        (view,) = opened.indicators("PAD").indicators
    (year,) = view.years
    assert (view.unit, numbers(view)) == ("Rp miliar", (8350, 8287.9))
    assert [(c.value, c.unit) for c in year.others] == [(8.2879e12, "rupiah")]
