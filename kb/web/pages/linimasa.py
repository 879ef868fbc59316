"""Linimasa: dated events of an entity or a query on an axis one can drag and zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pandas as pd
import streamlit as st

from kb.explore import views as v
from kb.explore.views import EventKind
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import day, entity_card, meta, num
from kb.web.parts.download import download
from kb.web.parts.page_text import excerpt
from kb.web.safe import html, md, plain
from kb.web.state import t

KINDS: tuple[EventKind, ...] = get_args(EventKind)
LIMIT = 300
LISTED = 60


def _write(value: object) -> None:
    state.update({"q": str(value).strip() or None, "id": None})


def _full(iso: str) -> str:
    """A date prefix as a whole date, so that it can stand on the axis."""
    return (iso + "-01-01"[len(iso) - 4 :])[:10] if len(iso) < 10 else iso[:10]


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
        return
    kinds: Sequence[EventKind] = [k for k in KINDS if k in state.values("jenis")]
    timeline = kb().timeline(
        subject,
        date_from=state.iso_date("dari"),
        date_to=state.iso_date("sampai"),
        kinds=kinds,
        limit=LIMIT,
    )
    if timeline.entity:
        entity_card(timeline.entity, "timeline")
    _kinds(kinds)
    if not timeline.events:
        st.markdown(t("timeline.none"))
        return
    if timeline.total > len(timeline.events):
        shown = num(len(timeline.events))
        st.caption(t("timeline.limited", shown=shown, total=num(timeline.total)))
    frame = pd.DataFrame(
        [
            (_full(e.date), t(f"timeline.kind_{e.kind}"), plain(excerpt(e.title, 90)))
            for e in timeline.events
        ],
        columns=["date", "kind", "title"],
    )
    st.altair_chart(charts.events(frame))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{t('timeline.events', count=num(timeline.total))} :gray[· {t('timeline.hint')}]"
        )
        with st.popover(t("search.export"), icon=":material/download:"):
            download("timeline", subject, {})
    _list(timeline, None if entity else query)


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
        when, what = st.columns([1, 5], gap="small")
        with when:
            kind = html(t(f"timeline.kind_{event.kind}"))
            st.html(f'<div class="kb-muted">{html(day(event.date))}<br>{kind}</div>')
        with what, st.container(key=f"lines_event_{position}"):
            title = md(excerpt(event.title, 140))
            if event.document_id is not None:
                nav.link("dokumen", title, id=event.document_id, hal=event.page, q=query)
            elif event.entity_id:
                nav.link("entitas", title, id=event.entity_id)
            else:
                st.markdown(title)
            if event.text and event.text != event.title:
                st.html(meta([excerpt(event.text, 220)]))
    if len(newest) > shown:
        st.button(
            t("search.more"), on_click=state.update, args=({"n": min(LIMIT, shown + LISTED)},)
        )
