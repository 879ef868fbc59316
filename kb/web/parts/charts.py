"""Charts: years as bars, series as lines, offices and events on a time axis.

Altair charts take their colours from Streamlit's theme; labels reach them as data,
never as markup.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from kb.web.theme import SERIES_COLOURS, ink

HEIGHT = 180
QUIET = "#8a938f"
"""Bars that only give the measure of others."""


def year_bars(
    counts: Sequence[tuple[int, int]],
    *,
    year: str,
    count: str,
    select: str | None = None,
    colour: str = SERIES_COLOURS[0],
) -> Any:
    """Bars by year. With ``select`` a click on a bar is a selection of that name."""
    frame = pd.DataFrame(counts, columns=["year", "count"])
    chart = (
        alt.Chart(frame)
        .mark_bar(color=colour, cursor="pointer" if select else "default", width={"band": 0.7})
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
            tooltip=[alt.Tooltip("year:O", title=year), alt.Tooltip("count:Q", title=count)],
        )
        .properties(height=HEIGHT)
    )
    if select:
        chart = chart.add_params(alt.selection_point(select, fields=["year"], toggle=False))
    return chart


def grouped_bars(frame: pd.DataFrame, labels: dict[str, str]) -> Any:
    """Bars of ``label`` side by side for each ``year``, their height ``value``."""
    order = list(dict.fromkeys(frame["label"]))
    return (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            xOffset=alt.XOffset("label:N", sort=order),
            y=alt.Y("value:Q", title=labels["count"], axis=alt.Axis(tickMinStep=1, tickCount=4)),
            color=alt.Color(
                "label:N",
                title=None,
                scale=alt.Scale(domain=order, range=list(SERIES_COLOURS)),
                legend=alt.Legend(orient="top", labelLimit=260),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("year:O", title=labels["year"]),
                alt.Tooltip("value:Q", title=labels["count"]),
            ],
        )
        .properties(height=HEIGHT + 40)
    )


def lines(
    frame: pd.DataFrame, *, value: str, title: str, percent: bool, labels: dict[str, str]
) -> Any:
    """One line for each ``label`` over ``year``; the tooltip shows the denominator."""
    axis = alt.Axis(format=".0%" if percent else "d", tickCount=5)
    order = list(dict.fromkeys(frame["label"]))
    return (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=55), strokeWidth=2.2)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y(f"{value}:Q", title=title, axis=axis),
            color=alt.Color(
                "label:N",
                title=None,
                sort=order,
                scale=alt.Scale(domain=order, range=list(SERIES_COLOURS)),
                legend=alt.Legend(orient="top", labelLimit=150, columns=3),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("year:O", title=labels["year"]),
                alt.Tooltip("count:Q", title=labels["count"]),
                alt.Tooltip("total:Q", title=labels["total"]),
                alt.Tooltip("share:Q", title="%", format=".2%"),
            ],
        )
        .properties(height=320)
    )


def colours_of(groups: Iterable[str]) -> dict[str, str]:
    """The colour of each group of ``spans``, in the order of their first bar."""
    return dict(zip(dict.fromkeys(groups), itertools.cycle(SERIES_COLOURS), strict=False))


def spans(frame: pd.DataFrame, colour: str) -> Any:
    """A Gantt-like chart of ``label, begin, end, group, since, until, open``.

    ``begin`` and ``end`` are ISO days; ``since`` and ``until`` say the same in words for the
    tooltip. ``open`` is any of ``<`` (the begin is not stated) and ``>`` (no end is), drawn
    as an arrow. ``group`` gives the colour, ``colour`` its heading. The legend is the page's
    (``colours_of``): one inside starts beside the long labels and is cut on a phone.
    """
    data = frame.assign(begin=pd.to_datetime(frame["begin"]), end=pd.to_datetime(frame["end"]))
    order = list(data.sort_values("begin")["label"].drop_duplicates())
    colours = colours_of(data["group"])
    base = alt.Chart(data).encode(
        y=alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=260)),
        color=alt.Color(
            "group:N",
            title=None,
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("group:N", title=colour),
            alt.Tooltip("since:N", title=" "),
            alt.Tooltip("until:N", title=" "),
        ],
    )
    span = max((data["end"].max() - data["begin"].min()).days, 365)
    year = alt.Axis(format="%Y", tickCount={"interval": "year", "step": max(1, span // 3650)})
    layers = [
        base.mark_bar(cornerRadius=3, height=16).encode(
            x=alt.X("begin:T", title=None, axis=year, scale=alt.Scale(padding=16)), x2="end:T"
        )
    ]
    for sign, where, shape in (("<", "begin", "triangle-left"), (">", "end", "triangle-right")):
        ends = base.transform_filter(f"indexof(datum.open, '{sign}') >= 0")
        layers.append(
            ends.mark_point(
                shape=shape,
                size=150,
                filled=True,
                opacity=1,
                xOffset=-4 if sign == "<" else 4,
            ).encode(x=alt.X(f"{where}:T"))
        )
    return alt.layer(*layers).properties(height=34 * len(order) + 80)


def events(frame: pd.DataFrame, select: str) -> Any:
    """Events (``n, date, kind, title``) as points on a time axis one can drag and zoom.

    A click on a point is a selection called ``select`` that holds its ``n``.
    """
    data = frame.assign(date=pd.to_datetime(frame["date"]))
    kinds = list(dict.fromkeys(data["kind"]))
    return (
        alt.Chart(data)
        .mark_circle(size=120, opacity=0.7, cursor="pointer")
        .encode(
            x=alt.X(
                "date:T",
                title=None,
                axis=alt.Axis(format="%m/%Y", labelOverlap=True),
                scale=alt.Scale(padding=24),
            ),
            y=alt.Y("kind:N", title=None, sort=kinds, axis=alt.Axis(labelLimit=160)),
            color=alt.Color(
                "kind:N", legend=None, scale=alt.Scale(domain=kinds, range=list(SERIES_COLOURS))
            ),
            tooltip=[
                alt.Tooltip("date:T", title=" ", format="%d-%m-%Y"),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("title:N", title=" "),
            ],
        )
        .add_params(alt.selection_point(select, fields=["n"], toggle=False))
        .properties(height=60 * len(kinds) + 60)
        .interactive(bind_y=False)
    )


def target_and_realisation(frame: pd.DataFrame, labels: dict[str, str], unit: str | None) -> Any:
    """``year, kind, value, value_text``: realisation as bars, target as ticks and a line."""
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit or None, scale=alt.Scale(zero=False)),
        tooltip=[
            alt.Tooltip("year:O", title=labels["year"]),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("value_text:N", title=" "),
            alt.Tooltip("page:N", title=labels["page"]),
        ],
    )
    colour = alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(
            domain=[labels["baseline"], labels["target"], labels["realisation"]],
            range=[SERIES_COLOURS[4], SERIES_COLOURS[1], SERIES_COLOURS[0]],
        ),
        legend=alt.Legend(orient="top"),
    )
    return (
        base.mark_line(point=alt.OverlayMarkDef(size=80), strokeWidth=2.2)
        .encode(color=colour)
        .properties(height=300)
    )


def network(nodes: pd.DataFrame, edges: pd.DataFrame, pages: str) -> Any:
    """A graph already laid out: nodes ``x, y, name, type, size``; edges ``x, y, x2, y2, pages``."""
    lines_ = (
        alt.Chart(edges)
        .mark_rule(color="#888888", opacity=0.45)
        .encode(
            x=alt.X("x:Q", axis=None),
            y=alt.Y("y:Q", axis=None),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("pages:Q", legend=None, scale=alt.Scale(range=[0.6, 5])),
        )
    )
    base = alt.Chart(nodes).encode(x=alt.X("x:Q", axis=None), y=alt.Y("y:Q", axis=None))
    dots = (
        base.mark_circle(opacity=0.95, cursor="pointer")
        .encode(
            size=alt.Size("size:Q", legend=None, scale=alt.Scale(range=[120, 900])),
            color=alt.Color(
                "type:N",
                title=None,
                scale=alt.Scale(range=[SERIES_COLOURS[2], SERIES_COLOURS[1], SERIES_COLOURS[0]]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("size:Q", title=pages)],
        )
        .add_params(alt.selection_point("node", fields=["id"], toggle=False))
    )
    names = base.mark_text(dy=-16, fontSize=12, color=ink(), limit=170).encode(text="name:N")
    return (lines_ + dots + names).properties(height=430)
