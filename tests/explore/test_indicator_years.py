"""Target against realisation: whether it was reached, and when a share says something."""

from __future__ import annotations

from typing import Literal

import pytest

from kb.explore.views import IndicatorCell, IndicatorYear


def cell(
    kind: Literal["target", "realisation"], value: float | None, unit: str | None = None
) -> IndicatorCell:
    return IndicatorCell(kind, 2024, value, str(value), 1, "x", None, 1, None, unit=unit)


def year(
    target: float | None, reached: float | None, *, falls: bool = False,
    units: tuple[str | None, str | None] = (None, None),
) -> IndicatorYear:  # fmt: skip
    return IndicatorYear(
        2024, None, cell("target", target, units[0]), cell("realisation", reached, units[1]),
        falls=falls,
    )  # fmt: skip


def test_less_may_be_better() -> None:
    stunting = year(14, 10.5, falls=True)
    assert stunting.met is True
    assert stunting.attainment == pytest.approx(1.25), "(2 x target - realisation) / target"
    assert year(14, 21, falls=True).met is False
    assert year(14, 10.5).met is False


@pytest.mark.parametrize(
    ("one", "met"),
    [
        (year(0, 3, falls=True), False),
        (year(-2.5, -2.0), True),
        (year(14, 40, falls=True), False),  # more than twice the target
    ],
)
def test_a_share_that_means_nothing_is_not_given(one: IndicatorYear, met: bool) -> None:
    assert one.attainment is None
    assert one.met is met


@pytest.mark.parametrize(
    "one",
    [
        year(None, 3),
        year(80, 60, units=("%", "orang")),
        year(3, 2, units=("peringkat", "peringkat")),
    ],
)
def test_what_cannot_be_compared_is_not(one: IndicatorYear) -> None:
    assert one.met is None
    assert one.attainment is None


def test_percent_is_written_in_many_ways() -> None:
    assert year(80, 84, units=("%", "Persen")).met is True
