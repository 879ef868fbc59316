"""Offices through time as bars, for one person or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as today_of

import pandas as pd
import streamlit as st

from kb.explore import views as v
from kb.web.parts import charts
from kb.web.parts.cards import day
from kb.web.safe import html, plain
from kb.web.state import t

LEAST_DAYS = 21
"""A bar is at least so long, or it could not be seen."""


def whole(iso: str) -> str:
    """A date prefix as the first day it covers."""
    return (iso + "-01-01"[len(iso) - 4 :])[:10] if len(iso) < 10 else iso[:10]


Bar = tuple[str, str, v.OfficeTerm]
"""What a bar is called, what gives its colour, and the term it shows."""


def gantt(terms: Sequence[Bar], heading: str) -> None:
    """Bars for ``terms``; nothing where none has a date. ``heading`` names the colours.

    What no source states is drawn with an arrow: the bar then reaches to where documents
    name the person in that office.
    """
    rows = [_row(*bar) for bar in terms if bar[2].begin]
    if not rows:
        return
    frame = pd.DataFrame(rows, columns=["label", "begin", "end", "group", "since", "until", "open"])
    colours = charts.colours_of(frame["group"])
    if len(colours) > 1:
        st.html(_legend(colours))
    st.altair_chart(charts.spans(frame, heading), alt=t("entities.offices"))
    if frame["open"].any():
        st.caption(t("entities.open_ends"))


def _legend(colours: Mapping[str, str]) -> str:
    marks = (
        f'<span><i class="kb-key" style="background:{colour}"></i>{html(group)}</span>'
        for group, colour in colours.items()
    )
    return f'<div class="kb-legend">{"".join(marks)}</div>'


def _row(label: str, group: str, term: v.OfficeTerm) -> tuple[str, str, str, str, str, str, str]:
    begin = whole(term.begin or "")
    running = term.date_from is not None and term.date_to is None
    end = today_of.today().isoformat() if running else whole(term.end or begin)
    least = (pd.Timestamp(begin) + pd.Timedelta(days=LEAST_DAYS)).date().isoformat()
    if term.date_from:
        since = t("entities.since", day=day(term.date_from))
    else:
        since = t("entities.first_named", day=day(term.first_seen))
    if term.date_to:
        until = t("entities.until", day=day(term.date_to))
    elif running:
        until = t("entities.still")
    else:
        until = t("entities.last_named", day=day(term.last_seen))
    open_ = ("" if term.date_from else "<") + ("" if term.date_to else ">")
    return (plain(label), begin, max(end, least), plain(group), since, until, open_)
