"""Regions on a map with the same counts in a list beside it."""

from __future__ import annotations

import streamlit as st

from kb.authority import geography
from kb.explore import views as v
from kb.web import nav, state
from kb.web.parts import maps
from kb.web.parts.cards import num
from kb.web.parts.drawing import figure, legend, section
from kb.web.safe import html
from kb.web.state import t

COUNTRY = "id"
ROWS = 100
MARGIN = 0.3
"""Share of a province's span left free on each side, so that its coast can be seen."""


def region_map(found: v.PlaceMap, *, title: str, counted: str, note: str = "") -> None:
    """The map of ``found``; ``counted`` says what its numbers count, ``note`` what it shows.

    Which part is shown stands in the address (``peta``): a province's code or the country.
    """
    shown = [found.centre, *found.points] if found.centre else list(found.points)
    with st.container(
        horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"
    ):
        st.html(section(title), width="content")
        part = _part(found, shown)
    inside = [p for p in shown if part == COUNTRY or _province(p) == part]
    dots = _dots(found, shown, counted)
    drawn = maps.place_map(dots, _box(part, inside), t("map.alt", count=num(len(inside))))
    names = {"region": t("map.region"), "province": t("map.province"), "centre": t("map.centre")}
    used = [kind for kind in names if any(dot.kind == kind for dot in dots)]
    keys = legend([(names[kind], maps.COLOURS[kind]) for kind in used])
    rows = _list([p for p in inside if p is not found.centre], counted)
    said = f'<p class="kb-note">{html(note)}</p>' if note else ""
    named = f"{found.centre.name}: {title}" if found.centre else title
    credit = f"{t('map.counts', counted=counted)} {t('map.points')} {geography.CREDIT}."
    st.html(
        f'{said}<div class="kb-map-and-list">{figure(keys + drawn, title=named, source=credit)}'
        f"{rows}</div>"
        f'<p class="kb-note">{html(credit)}</p>'
    )


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
        label_visibility="collapsed",
        width=240,
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
        said = t("map.centre") if centre else f"{num(point.count)} {counted}"
        dots.append(
            maps.Dot(
                address=nav.href("entitas", id=point.entity_id),
                id=point.entity_id,
                short=point.name.replace("Kabupaten ", "Kab. ").removeprefix("Provinsi "),
                lat=point.lat,
                lon=point.lon,
                size=most / 2 if centre else point.count,
                said=f"{point.name}: {said}",
                kind="centre" if centre else kind,
            )
        )
    return dots


def _list(points: list[v.MapPoint], counted: str) -> str:
    """The counts as a list of links."""
    if not points:
        return f'<p class="kb-note">{html(t("map.nothing"))}</p>'
    most = max(p.count for p in points) or 1
    rows = "".join(
        "<li>"
        + nav.anchor(
            nav.href("entitas", id=p.entity_id),
            f"<span>{html(p.name)}</span><small>{num(p.count)}</small>"
            f'<i style="width:{100 * p.count / most:.0f}%"></i>',
            mark=f"map-{p.entity_id}",
        )
        + "</li>"
        for p in points[:ROWS]
    )
    label = html(counted)
    return (
        f'<div class="kb-beside"><p class="kb-axis-name">{label}</p>'
        f'<ul class="kb-measures" aria-label="{label}">{rows}</ul></div>'
    )
