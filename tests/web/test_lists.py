"""Bars, page links and links of this page as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb.web.parts.bars import year_bars

Links = Callable[[Any], list[tuple[str, str]]]


def _pages(pages: int) -> None:
    from kb.web import state
    from kb.web.parts.paging import page_links

    page_links(pages, state.whole("p", 1))


@pytest.mark.parametrize(
    ("pages", "current", "expected"),
    [
        (1, 1, []),
        (3, 1, ["1", "2", "3", ">"]),
        (9, 1, ["1", "2", "3", "9", ">"]),
        (9, 5, ["<", "1", "2", "3", "4", "5", "6", "7", "8", "9", ">"]),
        (90, 45, ["<", "1", "43", "44", "45", "46", "47", "90", ">"]),
        (90, 90, ["<", "1", "88", "89", "90"]),
    ],
)
def test_page_links(links: Links, pages: int, current: int, expected: list[str]) -> None:
    at = AppTest.from_function(_pages, kwargs={"pages": pages})
    at.query_params["p"] = str(current)
    at.query_params["q"] = "a&b"
    found = links(at.run())
    turns = {"Halaman sebelumnya": "<", "Halaman berikutnya": ">"}
    assert [turns.get(label, label) for label, _ in found] == expected
    addresses = dict(found)
    if expected:
        assert addresses["1"] == "?q=a%26b", "the first page has no number, the rest is kept"
        last = expected[-1] if expected[-1] != ">" else expected[-2]
        assert addresses[last] == f"?p={last}&q=a%26b"


def _bars(counts: list[tuple[int, int]], **options: Any) -> str:
    return year_bars(
        counts, label="Tahun", what="halaman", address=lambda year: f"?t={year}", **options
    )


def test_bars_are_links_that_say_year_and_count() -> None:
    bars = _bars([(2021, 5), (2023, 1000)])
    labels = re.findall(r'href="\?t=(\d+)" aria-label="([^"]+)"', bars)
    assert labels == [("2021", "2021: 5 halaman"), ("2023", "2023: 1.000 halaman")]
    assert bars.count("<li>") == 3, "the year between keeps its room"
    heights = [float(h) for h in re.findall(r"height:([\d.]+)%", bars)]
    assert heights == [3, 100], "one hit is seen beside a thousand"


def test_one_bar_is_a_tab_stop_and_the_chosen_one_where_there_is() -> None:
    def stops(bars: str) -> list[str]:
        anchors = re.findall(r"<a [^>]*>", bars)
        return [re.findall(r"t=(\d+)", a)[0] for a in anchors if "tabindex" not in a]

    counts = [(year, year - 2000) for year in range(2010, 2020)]
    assert stops(_bars(counts)) == ["2019"]
    assert stops(_bars(counts, chosen={"2012"})) == ["2012"]
    assert 'aria-current="true"' in _bars(counts, chosen={"2012"})


def test_many_years_leave_out_the_empty_ones() -> None:
    bars = _bars([(1945, 1), (2045, 1)])
    assert bars.count("<li>") == 2
