"""Linimasa: dated events of an entity or a query on an axis one can drag and zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import pandas as pd
import streamlit as st

from kb.explore import views as v
from kb.explore.timeline import SEEN
from kb.explore.views import EventKind
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import day, entity_card, meta, num
from kb.web.parts.careers import whole
from kb.web.parts.download import download
from kb.web.parts.page_text import excerpt
from kb.web.safe import html, md, plain
from kb.web.state import t

KINDS: tuple[EventKind, ...] = get_args(EventKind)
LIMIT = 300
LISTED = 60


def _write(value: object) -> None:
    state.update({"q": str(value).strip() or None, "id": None})


def show() -> None:
    """The page."""
    heading(t("timeline.title"), t("timeline.intro"))
    entity = state.entity()
    query = state.text("q").strip()
    if entity:
        query = plain(kb().entity(entity, statements=0, documents=0, co_occurring=0).summary.name)
    st.text_input(
        t("timeline.query"),
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        **state.bound("line_q", query, _write),
    )
    subject = entity or query
    if not subject:
        st.markdown(f":gray[{t('timeline.start')}]")
        return
    kinds: Sequence[EventKind] = [k for k in KINDS if k in state.values("jenis")]
    first, last = state.iso_date("dari"), state.iso_date("sampai")
    timeline = kb().timeline(subject, date_from=first, date_to=last, kinds=kinds, limit=LIMIT)
    if timeline.entity:
        entity_card(timeline.entity, "timeline")
    _kinds(kinds)
    if timeline.span:
        _range(*timeline.span)
    if not timeline.events:
        st.markdown(t("timeline.none"))
        return
    if timeline.total > len(timeline.events):
        shown = num(len(timeline.events))
        st.caption(t("timeline.limited", shown=shown, total=num(timeline.total)))
    words = None if entity else query
    _chart(timeline, words)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("timeline.events", count=num(timeline.total)))
        with st.popover(t("search.export"), icon=":material/download:"):
            download(
                "timeline", subject, {"date_from": first, "date_to": last, "kinds": tuple(kinds)}
            )
    _list(timeline, words)


def _chart(timeline: v.Timeline, query: str | None) -> None:
    """The events as points; the one that was clicked stands below with its source."""
    frame = pd.DataFrame(
        [
            (n, whole(e.date), t(f"timeline.kind_{e.kind}"), plain(excerpt(_title(e), 90)))
            for n, e in enumerate(timeline.events)
        ],
        columns=["n", "date", "kind", "title"],
    )
    marks = f"{timeline.total}_{timeline.events[0].date}_{timeline.events[-1].date}"
    event: Any = st.altair_chart(
        charts.events(frame, select="event"),
        on_select="rerun",
        key=f"line_{marks}",
        alt=t("timeline.alt"),
    )
    picked = [p.get("n") for p in event.selection.get("event", [])]
    chosen = [timeline.events[n] for n in picked if isinstance(n, int) and n < len(frame)]
    if not chosen:
        st.caption(t("timeline.hint"))
        return
    with st.container(border=True, key="card_chosen"):
        _event(chosen[0], "chosen", query)


def _range(first: str, last: str) -> None:
    """A slider over the years (or months, where they are few) that the events span."""
    steps = _steps(first, last)
    if len(steps) < 2:
        return
    asked, until = state.iso_date("dari") or first, state.iso_date("sampai") or last
    low = next((step for step in steps if step >= asked[: len(step)]), steps[-1])
    high = next((step for step in reversed(steps) if step[: len(until)] <= until), low)
    high = max(low, high)
    key = f"line_range_{low}_{high}"  # a slider with two ends takes no value by its key

    def write() -> None:
        begin, end = st.session_state[key]
        state.update(
            {
                "dari": None if begin == steps[0] else begin,
                "sampai": None if end == steps[-1] else end,
                "n": None,
            }
        )

    st.select_slider(
        t("timeline.range"),
        steps,
        value=(low, high),
        format_func=day,
        key=key,
        on_change=write,
    )


def _steps(first: str, last: str) -> list[str]:
    """Years from first to last; months where it is at most three years."""
    begin, end = int(first[:4]), int(last[:4])
    if end - begin > 2:
        return [str(year) for year in range(begin, end + 1)]
    months = [f"{year}-{month:02d}" for year in range(begin, end + 1) for month in range(1, 13)]
    return [m for m in months if whole(first)[:7] <= m <= whole(last)[:7]]


def _title(event: v.Event) -> str:
    """The event's title; an office that texts only name says so."""
    if event.kind == "office_begin" and event.confidence <= SEEN:
        return f"{event.title} ({t('timeline.first_named')})"
    if event.kind == "office_end" and event.confidence <= SEEN:
        return f"{event.title} ({t('timeline.last_named')})"
    return event.title


def _kinds(kinds: Sequence[EventKind]) -> None:
    st.pills(
        t("entities.type"),
        list(KINDS),
        selection_mode="multi",
        format_func=lambda k: t(f"timeline.kind_{k}"),
        label_visibility="collapsed",
        **state.bound("line_kinds", list(kinds), lambda k: state.update({"jenis": list(k)})),
    )


def _list(timeline: v.Timeline, query: str | None) -> None:
    newest = list(reversed(timeline.events))
    shown = state.whole("n", LISTED, high=LIMIT)
    for position, event in enumerate(newest[:shown]):
        _event(event, f"event_{position}", query)
    if len(newest) > shown:
        st.button(
            t("search.more"), on_click=state.update, args=({"n": min(LIMIT, shown + LISTED)},)
        )


def _event(event: v.Event, key: str, query: str | None) -> None:
    when, what = st.columns([1, 5], gap="small")
    with when:
        kind = html(t(f"timeline.kind_{event.kind}"))
        st.html(f'<div class="kb-muted">{html(day(event.date))}<br>{kind}</div>')
    with what, st.container(key=f"lines_{key}"):
        title = md(excerpt(_title(event), 140))
        if event.document_id is not None:
            nav.link("dokumen", title, id=event.document_id, hal=event.page, q=query)
        elif event.entity_id:
            nav.link("entitas", title, id=event.entity_id)
        else:
            st.markdown(title)
        if event.text and event.text != event.title:
            st.html(meta([excerpt(event.text, 220)]))
