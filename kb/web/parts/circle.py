"""Who appears with whom: a graph whose points open, and the same as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.parts.cards import num
from kb.web.parts.drawing import figure, legend, picture, point
from kb.web.parts.toggles import tabs
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

NODES = 16
"""Names around the one in the middle; ``charts.css`` has a rule for each."""
CLOSEST = 8
"""Of them on a phone, where more could not be read."""
TIES = 20
"""Ties among the others that are drawn: the closest, or nothing can be told apart."""
VIEWS = ("graph", "table")
ROWS = 40
COLOURS = {
    "person": SERIES_COLOURS[1],
    "institution": SERIES_COLOURS[2],
    "place": SERIES_COLOURS[0],
}
WIDE, HIGH = 1050.0, 470.0
"""Units of the drawing, about the pixels it has on a desk."""
NARROW, TALL = 370.0, 430.0
"""The same on a phone."""

Places = dict[str, tuple[float, float]]
"""Where each entity stands, from 0 to 1 across and down."""


def together(page: v.EntityPage) -> None:
    """The circle of an entity; which view is shown stands in the address (``tampil``)."""
    if not page.co_occurring:
        return
    chosen = state.choice("tampil", VIEWS, "graph")
    views = tabs(
        {view: t(f"entities.{view}") for view in VIEWS},
        chosen,
        label=t("entities.co"),
        parameter="tampil",
    )
    if chosen == "graph":
        title = f"{page.summary.name}: {t('entities.co')}"
        drawn = figure(_graph(page.summary.entity_id), title=title)
    else:
        drawn = table(page.co_occurring)
    st.html(
        f'<div class="kb-head kb-section"><h2>{html(t("entities.co"))}</h2>'
        f"{views}</div>"
        f'{drawn}<p class="kb-note">{html(t("entities.co_help"))}</p>'
    )


def table(others: Sequence[v.CoOccurrence]) -> str:
    """Names with the pages and documents they share, as HTML."""
    head = "".join(
        f"<th{number}>{html(word)}</th>"
        for word, number in (
            (t("entities.name"), ""),
            (t("entities.type"), ""),
            (t("entities.pages").capitalize(), ' class="kb-figure-cell"'),
            (t("home.documents").capitalize(), ' class="kb-figure-cell"'),
        )
    )
    rows = "".join(
        "<tr><td>"
        + nav.anchor(nav.href("entitas", id=o.entity_id), html(o.name), mark=o.entity_id)
        + f"</td><td>{html(t(f'entities.type_{o.type}'))}</td>"
        f'<td class="kb-figure-cell">{num(o.pages)}</td>'
        f'<td class="kb-figure-cell">{num(o.documents)}</td></tr>'
        for o in others[:ROWS]
    )
    return f'<table class="kb-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _graph(entity: str) -> str:
    graph = kb().graph(entity, limit=NODES)
    if len(graph.nodes) < 2:
        return ""
    centre, *others = graph.nodes
    wide = {centre.entity_id: (0.5, 0.5)} | _rings(others, WIDE, HIGH)
    narrow = {centre.entity_id: (0.5, 0.5)} | _rings(others[:CLOSEST], NARROW, TALL)
    ties = graph.edges[: len(others) + TIES]
    number = {node.entity_id: n for n, node in enumerate(graph.nodes)}
    most = max(pages for _, _, pages in ties)
    drawing = picture(_lines(ties, wide, most, WIDE, HIGH), WIDE, HIGH, "kb-ties kb-on-desk")
    drawing += picture(
        _lines(ties, narrow, most, NARROW, TALL), NARROW, TALL, "kb-ties kb-on-phone"
    )
    biggest = max(node.pages for node in others)
    nodes = ""
    for node in graph.nodes:
        own = [tie for tie in ties if node.entity_id in tie[:2]]
        n = number[node.entity_id]
        if n:
            lines = _lines(own, wide, most, WIDE, HIGH, COLOURS[node.type])
            drawing += picture(lines, WIDE, HIGH, f"kb-ties kb-on-desk kb-own e{n}")
        tied = {number[e] for tie in own for e in tie[:2] if e in number}
        nodes += _node(node, n, tied, wide, narrow, biggest)
    kinds = dict.fromkeys(node.type for node in graph.nodes)
    keys = legend([(t(f"entities.type_{kind}"), COLOURS[kind]) for kind in kinds])
    return (
        f'{keys}<div class="kb-net" role="group" aria-label="{html(t("entities.co"))}">'
        f"{drawing}<ul>{nodes}</ul></div>"
    )


def _rings(others: Sequence[v.CoOccurrence], width: float, height: float) -> Places:
    """Places around the middle, in two rings where there are many: names need room."""
    # Kinds stand together, so that a circle can be read.
    ordered = sorted(others, key=lambda n: (n.type, -n.pages))
    places: Places = {}
    room = 70 if width > 600 else 52  # for the words under and beside a point
    for i, node in enumerate(ordered):
        angle = 2 * math.pi * (i + 0.5) / len(ordered)
        reach = 0.6 if len(ordered) > CLOSEST and i % 2 else 1.0
        x = 0.5 + reach * (0.5 - room / width) * math.cos(angle)
        y = 0.48 + reach * (0.5 - 44 / height) * math.sin(angle)
        places[node.entity_id] = (round(x, 4), round(y, 4))
    return places


def _lines(
    ties: Sequence[tuple[str, str, int]],
    places: Places,
    most: int,
    width: float,
    height: float,
    colour: str = "#8a938f",
) -> str:
    drawn = []
    for one, other, pages in ties:
        if one in places and other in places:
            (x, y), (x2, y2) = places[one], places[other]
            thick = 0.6 + 2.6 * math.sqrt(pages / most)
            drawn.append(
                f"<path d='M{x * width:.0f} {y * height:.0f}L{x2 * width:.0f} {y2 * height:.0f}' "
                f"stroke-width='{thick:.1f}'/>"
            )
    return f"<g stroke='{colour}' stroke-linecap='round'>{''.join(drawn)}</g>"


def _node(
    node: v.CoOccurrence,
    n: int,
    tied: set[int],
    wide: Places,
    narrow: Places,
    biggest: int,
) -> str:
    x, y = wide[node.entity_id]
    place = f"--x:{100 * x:.2f}%;--y:{100 * y:.2f}%;--c:{COLOURS[node.type]}"
    small = narrow.get(node.entity_id)
    if small is not None:
        place += f";--u:{100 * small[0]:.2f}%;--v:{100 * small[1]:.2f}%"
    size = 30 if n == 0 else 12 + 14 * math.sqrt(node.pages / biggest)
    place += f";--s:{size:.0f}px"
    shared = f"{num(node.pages)} {t('entities.pages')}"
    ties = "".join(f" t{k}" for k in sorted(tied))
    style = f"kb-node n{n}{ties}" + ("" if small is not None else " kb-on-desk")
    return (
        "<li>"
        + point(
            nav.href("entitas", id=node.entity_id) if n else None,
            f"{node.name}: {shared}",
            place=place,
            style=style + (" kb-leftwards" if x > 0.5 else ""),
            inner=f"<i></i><span>{html(node.name)}</span>",
        )
        + "</li>"
    )
