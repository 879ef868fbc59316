"""Regions on a map with the same counts in a table beside it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.authority import geography
from kb.explore import views as v
from kb.web import nav, state
from kb.web.parts import maps
from kb.web.parts.cards import num
from kb.web.safe import plain
from kb.web.state import t

COUNTRY = "id"
ROWS = 200
MARGIN = 0.45
"""Share of a province's span left free on each side, so that its coast can be seen."""


def region_map(found: v.PlaceMap, *, counted: str, key: str) -> None:
    """The map of ``found``; ``counted`` says what its numbers count.

    Which part is shown stands in the address (``peta``): a province's code or the country.
    """
    shown = [found.centre, *found.points] if found.centre else list(found.points)
    part = _part(found, shown)
    inside = [p for p in shown if part == COUNTRY or _province(p) == part]
    wide, narrow = st.columns([2, 1], gap="medium")
    with wide:
        event: Any = st.altair_chart(
            maps.place_map(
                _dots(found, shown, counted),
                _box(part, inside),
                {
                    "region": t("map.region"),
                    "province": t("map.province"),
                    "centre": t("map.centre"),
                },
                select="place",
            ),
            on_select="rerun",
            key=f"map_{key}_{part}",
            alt=t("map.alt", count=num(len(inside))),
        )
    picked = [str(p.get("id")) for p in event.selection.get("place", []) if p.get("id")]
    with narrow:
        picked += _table([p for p in inside if p is not found.centre], counted, key)
    st.caption(f"{t('map.counts', counted=counted)} {t('map.points')} {geography.CREDIT}.")
    here = found.centre.entity_id if found.centre else None
    if picked and picked[0] != here:
        nav.go("entitas", id=picked[0])


def _part(found: v.PlaceMap, shown: list[v.MapPoint]) -> str:
    """The province the map shows, or the country; chosen where there is a choice."""
    weight: dict[str, int] = {}
    for point in shown:
        weight[_province(point)] = weight.get(_province(point), 0) + point.count
    options = [COUNTRY, *sorted(weight, key=lambda code: -weight[code])]
    usual = COUNTRY
    if found.centre is not None:
        usual = _province(found.centre)
    elif weight and 2 * weight[options[1]] >= sum(weight.values()):
        usual = options[1]
    part = state.choice("peta", options, usual)
    st.selectbox(
        t("map.part"),
        options,
        format_func=_part_name,
        width=320,
        **state.bound(
            "map_part", part, lambda x: state.update({"peta": None if x == usual else str(x)})
        ),
    )
    return part


def _part_name(code: str) -> str:
    from kb import authority

    place = authority.load().place(code)
    return place.bare if place else t("map.country")


def _province(point: v.MapPoint) -> str:
    return point.entity_id.partition(":")[2][:2]


def _box(part: str, inside: list[v.MapPoint]) -> geography.Box:
    if part == COUNTRY:
        return geography.INDONESIA
    codes = {p.entity_id.partition(":")[2] for p in inside}
    codes |= {code for code in geography.spots() if code.startswith(f"{part}.")}
    return geography.box_around([geography.spots()[code] for code in codes], margin=MARGIN)


def _dots(found: v.PlaceMap, shown: list[v.MapPoint], counted: str) -> list[maps.Dot]:
    most = max((p.count for p in shown), default=1)
    dots = []
    for point in shown:
        centre = point is found.centre
        kind: maps.Kind = "province" if point.level == "provinsi" else "region"
        name = plain(point.name)
        dots.append(
            maps.Dot(
                id=point.entity_id,
                name=name,
                short=name.replace("Kabupaten ", "Kab. ").removeprefix("Provinsi "),
                lat=point.lat,
                lon=point.lon,
                size=most / 2 if centre else point.count,
                said=t("map.centre") if centre else f"{num(point.count)} {counted}",
                kind="centre" if centre else kind,
            )
        )
    return dots


def _table(points: list[v.MapPoint], counted: str, key: str) -> list[str]:
    """The counts as a table; the id of the row that was chosen."""
    if not points:
        st.markdown(f":gray[{t('map.nothing')}]")
        return []
    rows = points[:ROWS]
    chosen: Any = st.dataframe(
        {t("map.place"): [plain(p.name) for p in rows], counted: [p.count for p in rows]},
        hide_index=True,
        height=maps.HEIGHT,
        on_select="rerun",
        selection_mode="single-row",
        key=f"map_table_{key}",
    )
    return [rows[i].entity_id for i in chosen.selection.rows if i < len(rows)]
