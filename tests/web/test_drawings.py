"""Drawings by themselves: numbers stand where they belong, and hostile names stay words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import kb.web
from kb.authority import geography
from kb.explore import views as v
from kb.web.parts import careers, circle, curves, maps
from kb.web.parts.careers import Bar
from kb.web.parts.curves import Curve, Mark
from kb.web.parts.drawing import picture, point, steps

EVIL = "<img src=x onerror=alert(1)>\"'\u202e"


def term(**given: Any) -> v.OfficeTerm:
    usual: dict[str, Any] = {
        "role": "Kepala Dinas",
        "institution": None,
        "institution_id": None,
        "status": "definitif",
        "date_from": None,
        "date_to": None,
        "first_seen": None,
        "last_seen": None,
    }
    return v.OfficeTerm(**(usual | given))


def spans(drawn: str) -> list[tuple[str, float, float]]:
    """Classes, left and width of the bars, in percent."""
    found = re.findall(
        r'<i class="(kb-span[^"]*)"[^>]*style="left:([\d.]+)%;width:([\d.]+)%', drawn
    )
    return [(kind, float(left), float(width)) for kind, left, width in found]


# --- numbers of an axis ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "whole", "expected"),
    [
        (0, 30, False, [0, 10, 20, 30]),
        (0, 3, True, [0, 1, 2, 3]),
        (0, 0, True, [0, 1]),
        (5.2, 6.9, False, [5, 5.5, 6, 6.5, 7]),
        (-3, 4, False, [-4, -2, 0, 2, 4]),
        (0, 0.284, False, [0, 0.1, 0.2, 0.3]),
        (7, 7, False, [6, 8]),
    ],
)
def test_steps_are_round_and_hold_all_numbers(
    low: float, high: float, whole: bool, expected: list[float]
) -> None:
    found = steps(low, high, most=4, whole=whole)
    assert found[0] <= low
    assert found[-1] >= high
    assert len(found) <= 6
    if (low, high) != (7, 7):
        assert found == pytest.approx(expected)


# --- offices ------------------------------------------------------------------------------


def test_bars_are_as_long_as_the_offices() -> None:
    one = term(date_from="2020-01-01", date_to="2022-01-01")
    two = term(date_from="2022-01-01", date_to="2023-01-01")
    first, second = spans(careers.gantt([Bar(one, "A", "x"), Bar(two, "B", "y")], label="l"))
    assert first[2] == pytest.approx(2 * second[2], rel=0.01)
    assert first[1] + first[2] == pytest.approx(second[1], abs=0.02)
    assert first[0] == "kb-span", "both ends are stated"


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        ({"first_seen": "2021", "last_seen": "2022"}, "kb-span kb-from kb-on"),
        ({"date_from": "2021-05"}, "kb-span kb-on"),
        ({"first_seen": "2021", "date_to": "2022-02-03"}, "kb-span kb-from"),
        (
            {"first_seen": "2021", "last_seen": "2021", "status": "mantan"},
            "kb-span kb-from kb-on kb-not-held",
        ),
    ],
)
def test_ends_that_nobody_states_are_arrows(given: dict[str, Any], shape: str) -> None:
    drawn = careers.gantt([Bar(term(**given), "A", "x")], label="l")
    assert spans(drawn)[0][0] == shape


def test_an_office_that_runs_reaches_to_today() -> None:
    running = term(date_from="2020-01-01")
    over = term(date_from="2020-01-01", date_to=date.today().isoformat())
    drawn = spans(careers.gantt([Bar(running, "A", "x"), Bar(over, "B", "x")], label="l"))
    assert drawn[0][1:] == drawn[1][1:]


def test_offices_without_dates_or_with_odd_ones_keep_their_words() -> None:
    drawn = careers.gantt(
        [Bar(term(), "Tanpa tanggal", "x"), Bar(term(first_seen="2021-02-31"), "Aneh", "x")],
        label="l",
    )
    assert "Tanpa tanggal" in drawn
    assert "Aneh" in drawn
    assert len(spans(drawn)) == 1


# --- lines ----------------------------------------------------------------------------------


def line(label: str, values: dict[int, float], address: str | None = "cari") -> Curve:
    return Curve(
        label, "#123456", [Mark(y, x, f"{label} {y}: {x}", address) for y, x in values.items()]
    )


def draw(lines: list[Curve], **given: Any) -> str:
    return curves.curves(lines, label="Naik", written=str, key="k", **given)


def points(drawn: str) -> list[tuple[float, float]]:
    """Left and bottom of the points, in percent."""
    found = re.findall(r'kb-point[^>]*style="left:([\d.]+)%;bottom:(-?[\d.]+)%', drawn)
    return [(float(x), float(y)) for x, y in found]


def test_points_stand_at_their_numbers_and_say_them() -> None:
    drawn = draw([line("a", {2020: 0, 2021: 5, 2022: 10})])
    assert points(drawn) == [(16.67, 0), (50, 50), (83.33, 100)]
    assert 'aria-label="a 2021: 5"' in drawn
    assert drawn.count('href="cari"') == 3
    path = re.search(r"points='([^']+)'", unquote(drawn))
    assert path is not None
    assert path[1] == "166.7,1000.0 500.0,500.0 833.3,0.0"


def test_years_without_a_number_keep_their_room() -> None:
    left = [x for x, _ in points(draw([line("a", {2020: 1, 2030: 2})]))]
    assert left[1] - left[0] == pytest.approx(100 * 10 / 11, abs=0.02)


def test_only_one_point_of_a_line_is_a_tab_stop() -> None:
    drawn = draw([line("a", {2020: 1, 2021: 2, 2022: 3}), line("b", {2020: 1, 2021: 1})])
    assert drawn.count('tabindex="-1"') == 3
    assert drawn.count("data-row") == 2


def test_the_foot_says_each_year_its_number() -> None:
    drawn = draw([line("a", {2020: 1, 2021: 1})], foot={2020: 4, 2021: 8}.get, foot_label="Semua")
    assert re.findall(r"<i style=\"height:([\d.]+)%\">", drawn) == ["50.0", "100.0"]
    assert "2020: </span>4" in drawn


def test_no_numbers_no_drawing() -> None:
    assert draw([line("a", {})]) == ""
    assert points(draw([line("a", {2020: 0})])) == [(50, 0)]


# --- words stay words ------------------------------------------------------------------------


def harmless(drawn: str) -> None:
    assert "<img src=x" not in drawn
    assert "\u202e" not in drawn
    outside = re.sub(r'"[^"]*"', "", drawn)
    assert "onerror" not in re.sub(r">[^<]*<", "><", outside)


def test_hostile_names_are_text() -> None:
    evil = v.CoOccurrence("person:x", "person", EVIL, 3, 2)
    harmless(draw([line(EVIL, {2020: 1, 2021: 2})], axis=EVIL, foot={}.get, foot_label=EVIL))
    harmless(circle.table([evil]))
    harmless(point("cari?q=x", EVIL, place="left:0", style="kb-point"))
    dot = maps.Dot("entitas?id=x", "x", EVIL, -6.0, 106.0, 3, EVIL, "region")
    harmless(maps.place_map([dot], geography.INDONESIA, EVIL))
    bar = Bar(term(role=EVIL, first_seen="2020", last_seen="2021"), "A", EVIL, EVIL)
    other = Bar(term(role="B", first_seen="2020"), "B", "b")
    harmless(careers.gantt([bar, other], label=EVIL))


# --- maps and graphs --------------------------------------------------------------------------


def test_dots_lie_where_the_places_do() -> None:
    west, south, east, north = geography.INDONESIA
    middle = maps.Dot("a", "a", "A", (south + north) / 2, (west + east) / 2, 1, "A", "region")
    outside = maps.Dot("b", "b", "B", 50, 0, 1, "B", "region")
    drawn = maps.place_map([middle, outside], geography.INDONESIA, "Peta")
    assert re.findall(r"left:([\d.]+)%;top:([\d.]+)%", drawn) == [("50.00", "50.00")]


def test_names_on_a_map_do_not_cover_each_other() -> None:
    box = (100.0, -10.0, 116.2, 0.0)
    dots = [
        maps.Dot(f"d{n}", f"d{n}", "Kabupaten Panjang", -5.0, 105.0 + n * 0.3, 5, "x", "region")
        for n in range(3)
    ]
    drawn = maps.place_map(dots, box, "Peta")
    assert drawn.count("kb-nameless") == 2


def test_land_beyond_the_map_is_not_sent() -> None:
    java = geography.box_around([geography.spots()["36.73"]], margin=0.3)
    drawn = unquote(maps.place_map([], java, "Peta"))
    assert "<path" in drawn
    assert len(drawn) < 20_000
    whole = unquote(maps.place_map([], geography.INDONESIA, "Peta"))
    assert len(whole) < 120_000


def test_every_node_has_its_rule_in_the_style_sheet() -> None:
    sheet = (Path(kb.web.__path__[0]) / "charts.css").read_text("utf-8")
    for n in range(1, circle.NODES + 1):
        assert f".e{n} {{" in sheet
        assert f".t{n} {{" in sheet


def test_a_picture_holds_nothing_that_ends_it() -> None:
    drawn = picture("<path d='M0 0' stroke='#fff'/>", 10, 20)
    assert re.fullmatch(r'<img alt="" class="" src="data:image/svg\+xml,[^"<>#]+">', drawn)
