"""Linimasa: dated events of an entity or a query on an axis one can drag and zoom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import streamlit as st

from kb.explore import views as v
from kb.explore.views import EventKind
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import on_demand
from kb.web.parts.cards import badge_links, day, entity_card, num
from kb.web.parts.careers import whole
from kb.web.parts.download import download
from kb.web.parts.drawing import figure
from kb.web.parts.events import Point, event_line
from kb.web.parts.page_text import excerpt
from kb.web.parts.toggles import toggles
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

KINDS: tuple[EventKind, ...] = get_args(EventKind)
LIMIT = 300
LISTED = 60
OFFERED = 8
"""Names offered where none is asked for."""


def _write(value: object) -> None:
    state.update({"q": str(value).strip() or None, "id": None, "n": None})


def show() -> None:
    """The page."""
    heading(t("timeline.title"), t("timeline.intro"))
    entity = state.entity()
    query = state.text("q").strip()
    subject = entity or query
    kinds: Sequence[EventKind] = [k for k in KINDS if k in state.values("jenis")]
    first, last = state.iso_date("dari"), state.iso_date("sampai")
    timeline = None
    if subject:
        timeline = kb().timeline(subject, date_from=first, date_to=last, kinds=kinds, limit=LIMIT)
    st.text_input(
        t("timeline.query"),
        placeholder=t("timeline.query"),
        label_visibility="collapsed",
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        **state.bound("line_q", timeline.subject if timeline and entity else query, _write),
    )
    if timeline is None:
        _start()
        return
    if timeline.entity:
        entity_card(timeline.entity, "timeline")
    _narrow(timeline, kinds)
    if not timeline.events:
        st.markdown(t("timeline.none"))
        return
    words = None if entity else query
    present = [kind for kind in KINDS if any(e.kind == kind for e in timeline.events)]
    event_line(
        [
            Point(
                whole(e.date),
                present.index(e.kind),
                f"{day(e.date)} · {excerpt(_title(e), 110)}",
                _address(e, words) or "",
            )
            for e in timeline.events
        ],
        {t(f"timeline.kind_{kind}"): SERIES_COLOURS[KINDS.index(kind)] for kind in present},
        key="line",
    )
    title = f"{t('timeline.title')}: {timeline.subject}"
    st.html(
        f'<p class="kb-note">{html(t("timeline.hint"))}</p>'
        f"{figure('', title=title, of='.st-key-line')}"
    )
    count = t("timeline.events", count=num(timeline.total))
    if timeline.total > len(timeline.events):
        shown = num(len(timeline.events))
        count = t("timeline.limited", shown=shown, total=num(timeline.total))
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.html(f"<h2>{html(count)}</h2>", width="content")
        options = {"date_from": first, "date_to": last, "kinds": tuple(kinds)}
        on_demand.popover(
            t("search.export"),
            lambda: download("timeline", subject, options),
            key="export",
            icon=":material/download:",
        )
    _list(timeline, words)


def _start() -> None:
    """What one can look at, before anything is asked."""
    found = kb().entities(type="official", limit=OFFERED).entities
    links = badge_links(
        (v.EntityBadge(e.entity_id, e.type, e.name, 1) for e in found), OFFERED, to="linimasa"
    )
    st.html(f'<p class="kb-muted">{html(t("timeline.start"))}</p>{links}')


def _narrow(timeline: v.Timeline, kinds: Sequence[EventKind]) -> None:
    """Kinds of events, and a slider over the years (or months, where they are few)."""
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with left:
        st.html(
            toggles(
                {kind: t(f"timeline.kind_{kind}") for kind in KINDS},
                kinds,
                label=t("timeline.kinds"),
                parameter="jenis",
                several=True,
                drop=("n",),
            )
        )
    steps = _steps(*timeline.span) if timeline.span else []
    if len(steps) > 1 and timeline.span is not None:
        with right:
            _range(steps, *timeline.span)


def _range(steps: Sequence[str], first: str, last: str) -> None:
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
    if event.kind == "office_named":
        return f"{event.title} ({t('timeline.first_named')})"
    return event.title


def _address(event: v.Event, query: str | None) -> str | None:
    """Where the source of an event is."""
    if event.document_id is not None:
        return nav.href("dokumen", id=event.document_id, hal=event.page, q=query)
    return nav.href("entitas", id=event.entity_id) if event.entity_id else None


def _list(timeline: v.Timeline, query: str | None) -> None:
    newest = list(reversed(timeline.events))
    shown = state.whole("n", LISTED, high=LIMIT)
    items = "".join(
        _event(event, query, f"event-{position}") for position, event in enumerate(newest[:shown])
    )
    more = ""
    if len(newest) > shown:
        address = nav.changed({"n": min(LIMIT, shown + LISTED)})
        link = nav.anchor(address, html(t("search.more")), style="kb-button", mark="more")
        more = f'<p class="kb-further">{link}</p>'
    with st.container(key="lines_events"):
        st.html(f'<ul class="kb-dated">{items}</ul>{more}')


def _event(event: v.Event, query: str | None, mark: str) -> str:
    title = html(excerpt(_title(event), 140))
    address = _address(event, query)
    if address:
        title = nav.anchor(address, title, mark=mark)
    text = ""
    if event.text and event.text != event.title:
        text = f"<p>{html(excerpt(event.text, 220))}</p>"
    kind = html(t(f"timeline.kind_{event.kind}"))
    when = f"<time>{html(day(event.date))}<small>{kind}</small></time>"
    return f"<li>{when}<div>{title}{text}</div></li>"
