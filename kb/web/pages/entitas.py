"""Entitas: browse and search people, institutions and places; one page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.web import nav, staff, state
from kb.web.base import kb
from kb.web.frame import heading, titled
from kb.web.parts import (
    careers,
    circle,
    feed,
    filters,
    follow,
    judging,
    mend,
    on_demand,
    pair,
    places,
    proofs,
)
from kb.web.parts.bars import year_bars
from kb.web.parts.cards import (
    badge_links,
    document_lines,
    entity_block,
    meta,
    num,
    statement_block,
)
from kb.web.parts.careers import Bar
from kb.web.parts.download import download
from kb.web.parts.drawing import figure, section
from kb.web.parts.figures import claim_card
from kb.web.parts.paging import page_links
from kb.web.parts.toggles import toggles
from kb.web.safe import html
from kb.web.state import t

Sort = Literal["mentions", "name", "recent"]
TYPES: tuple[v.EntityKind, ...] = ("official", "person", "institution", "place")
PAGE = 20
HOLDERS = 12
"""Holders of an office shown: the latest."""
ALIASES = 12
SAID = 5
"""Statements shown: the latest."""
PROMISES = 5
"""Figures of an official shown: the latest."""
SORTS: tuple[Sort, ...] = ("mentions", "recent", "name")


def show() -> None:
    """The page: a list, one entity, or two side by side."""
    entity = state.entity("id")
    other = state.entity("id2")
    if entity is None:
        _browse()
        return
    try:
        if other and other != entity:
            pair.side_by_side(entity, other)
        else:
            withdrawn = state.text(state.WITHDRAWN) == "1"
            page = kb().entity(entity, withdrawn=withdrawn)
            (_taken_back if withdrawn else _one)(page)
    except NotFound:
        heading(t("entities.title"))
        st.warning(t("entities.missing"), icon=":material/search_off:")
        st.html(nav.anchor(nav.href("entitas"), html(t("nav.entitas")), style="kb-button"))


# --- the list --------------------------------------------------------------------


def _browse() -> None:
    heading(t("entities.title"), t("entities.intro"))
    query = state.text("q").strip()
    kind = next((k for k in TYPES if k == state.text("jenis")), None)
    st.text_input(
        t("entities.find"),
        placeholder=t("entities.find"),
        label_visibility="collapsed",
        type="search",
        icon=":material/search:",
        max_chars=200,
        **state.bound("entity_q", query, lambda x: state.update({"q": str(x), "p": None})),
    )
    number = state.whole("p", 1, high=10_000)
    sort = next((s for s in SORTS if s == state.text("urut")), SORTS[0])
    withdrawn = state.text(state.WITHDRAWN) == "1"
    found = kb().entities(
        query or None,
        type=kind,
        sort=sort,
        limit=PAGE,
        offset=(number - 1) * PAGE,
        withdrawn=withdrawn,
    )
    if found.total and not found.entities:
        state.update({"p": None})
        st.rerun()
    st.html(
        toggles(
            {k: t(f"entities.type_{k}") for k in TYPES},
            [kind] if kind else [],
            label=t("entities.type"),
            parameter="jenis",
        )
    )
    if count := kb().home().withdrawn:
        with st.sidebar:
            filters.withdrawn(count, chosen=withdrawn)
    if kind == "place" and not query and not withdrawn:
        mapped = kb().place_map()
        if mapped.points:
            places.region_map(mapped, title=t("map.title_all"), counted=t("entities.mentions"))
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        line = html(t("entities.total", total=num(found.total)))
        st.html(f'<h2 class="kb-count">{line}</h2>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.selectbox(
                t("search.sort"),
                SORTS,
                format_func=lambda s: t(f"entities.sort_{s}"),
                label_visibility="collapsed",
                width=180,
                **state.bound(
                    "entity_sort",
                    sort,
                    lambda s: state.update({"urut": None if s == SORTS[0] else str(s), "p": None}),
                ),
            )
            options = ({"type": kind} if kind else {}) | ({"withdrawn": True} if withdrawn else {})
            on_demand.popover(
                t("search.export"),
                lambda: download("entities", query or None, options),
                key="export",
                icon=":material/download:",
            )
    if not found.entities:
        st.markdown(t("entities.none"))
        return
    cards = "".join(entity_block(entity, withdrawn=withdrawn) for entity in found.entities)
    with st.container(key="title_entities"):
        st.html(f'<div class="kb-grid-of-cards">{cards}</div>')
    page_links(-(-found.total // PAGE), number)


# --- one entity ---------------------------------------------------------------------


def _taken_back(page: v.EntityPage) -> None:
    """What the withdrawn documents alone say of one: nothing that asks the base of all others."""
    heading()
    titled(page.summary.name)
    st.html(_title(page))
    note = html(t("entities.withdrawn"))
    back = nav.anchor(nav.changed({state.WITHDRAWN: None}), html(t("entities.not_withdrawn")))
    st.html(f'<p class="kb-warn">{note} {back}</p>')
    if page.summary.type == "person" and page.offices:
        bars = [Bar(term, html(term.label), _status(term)) for term in page.offices]
        st.html(_careers(page, t("entities.offices"), bars))
    _said(page)
    if page.documents:
        st.html(section(t("entities.documents")))
        document_lines(page.documents, "entity")


def _one(page: v.EntityPage) -> None:
    summary = page.summary
    heading()
    titled(summary.name)
    st.html(_title(page))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="actions"):
        st.html(_actions(summary), width="content")
        on_demand.popover(
            t("entities.compare_open"),
            lambda: _compare_form(summary),
            key="compare",
            icon=":material/compare_arrows:",
        )
        follow.button("entity", {"entity": summary.entity_id}, summary.name)
        feed.button(f"entities/{summary.entity_id}", {}, key="feed")
        if summary.type != "place":
            whose = "speaker" if summary.type == "person" else "institution"
            said = {whose: summary.entity_id}
            feed.button("statements", said, key="feed_said", label=t("feed.said"))
    if staff.may_mend():
        mend.mend(page)
    if summary.type == "person":
        _offices(page)
    if page.holders:
        _holders(page)
    if page.mentions_per_year:
        st.html(section(t("entities.mentions_per_year"), _years(page)))
    _where(page)
    circle.together(page)
    _said(page)
    _promised(page)
    if page.documents:
        st.html(section(t("entities.documents")))
        document_lines(page.documents, "entity")
    if page.links:
        on_demand.expander(t("entities.links"), lambda: st.html(proofs.links(page)), key="links")


def _title(page: v.EntityPage) -> str:
    summary = page.summary
    kind = "official" if summary.official else summary.type
    parts = [
        f'<p class="kb-kind kb-i kb-i-{summary.type}">{html(t(f"entities.one_{kind}"))}</p>',
        f"<h1>{html(summary.name)}</h1>",
        meta(pair.facts(page)),
    ]
    if summary.aliases:
        parts.append(meta([f"{t('entities.aliases')}: {'; '.join(summary.aliases[:ALIASES])}"]))
    above = page.path or ([page.parent] if page.parent else [])
    if above:
        inside = html(t("entities.inside"))
        parts.append(f'<div class="kb-path"><span>{inside}</span>{badge_links(above)}</div>')
    if page.children:
        parts.append(
            f'<details class="kb-more"><summary>{html(t("entities.children"))}</summary>'
            f"{badge_links(page.children, 40)}</details>"
        )
    return "".join(parts)


def _actions(summary: v.EntitySummary) -> str:
    links = (
        (pair.named_in(summary), "search", t("entities.search_in")),
        (nav.href("linimasa", id=summary.entity_id), "timeline", t("entities.timeline")),
        (nav.href("tren", q=summary.entity_id), "trend", t("nav.tren")),
    )
    drawn = "".join(
        nav.anchor(address, f"<span>{html(label)}</span>", style=f"kb-button kb-i kb-i-{icon}")
        for address, icon, label in links
    )
    return f'<div class="kb-actions">{drawn}</div>'


def _years(page: v.EntityPage) -> str:
    label = t("entities.mentions_per_year")
    drawn = year_bars(
        [(y.year, y.count) for y in page.mentions_per_year],
        label=label,
        what=t("entities.mentions"),
        address=lambda year: pair.named_in(page.summary, dari=year, sampai=year),
        tall=True,
    )
    return figure(drawn, title=f"{page.summary.name}: {label}")


def _offices(page: v.EntityPage) -> None:
    title = t("entities.offices")
    if not page.offices:
        none = html(t("entities.offices_none"))
        st.html(section(title, f'<p class="kb-muted">{none}</p>'))
        return
    bars = [Bar(term, html(term.label), _status(term)) for term in page.offices]
    st.html(_careers(page, title, bars))
    documents = {e.document_id for term in page.offices for e in term.evidence}
    judging.offices(page.summary.entity_id, page.offices, kb().corrected(documents))
    stated = sum(len(term.evidence) for term in page.offices)
    if stated:
        on_demand.expander(
            t("entities.evidence"), lambda: st.html(proofs.evidence(page.offices)), key="evidence"
        )


def _careers(page: v.EntityPage, title: str, bars: Sequence[Bar]) -> str:
    drawn = careers.gantt(bars, label=title)
    return section(title, figure(drawn, title=f"{page.summary.name}: {title}"))


def _status(term: v.OfficeTerm) -> str:
    """What a status is called."""
    return t(f"entities.status_{term.status.casefold()}")


def _holders(page: v.EntityPage) -> None:
    latest = sorted(page.holders, key=lambda h: h.term.end or "9999", reverse=True)[:HOLDERS]
    shown = sorted(latest, key=lambda h: (h.term.begin or "9999", h.person.name))
    bars = [
        Bar(
            holder.term,
            nav.anchor(nav.href("entitas", id=holder.person.entity_id), html(holder.person.name)),
            _status(holder.term),
            holder.term.label,
        )
        for holder in shown
    ]
    more = ""
    if len(page.holders) > len(shown):
        more = t("entities.holders_more", count=num(len(page.holders) - len(shown)))
        more = f'<p class="kb-note">{html(more)}</p>'
    title = t("entities.holders")
    st.html(_careers(page, title, bars) + more)


def _where(page: v.EntityPage) -> None:
    if page.summary.type != "place":
        return
    found = kb().place_map(page.summary.entity_id)
    if found.centre is None:
        return
    note = ""
    if not found.exact:
        note = t("map.stands_for", place=page.summary.name, region=found.centre.name)
    places.region_map(found, title=t("map.title_around"), counted=t("map.pages_both"), note=note)


def _said(page: v.EntityPage) -> None:
    if not page.statements:
        return
    cards = "".join(
        f'<article class="kb-card">{statement_block(statement)}</article>'
        for statement in page.statements[:SAID]
    )
    more = ""
    if page.statement_count > SAID:
        field = "tokoh" if page.summary.type == "person" else "lembaga"
        kept = {state.WITHDRAWN: state.text(state.WITHDRAWN)}
        more = nav.anchor(
            nav.href("pernyataan", **{field: page.summary.entity_id}, **kept),
            html(t("entities.all_statements", count=num(page.statement_count))),
        )
        more = f'<p class="kb-further">{more}</p>'
    with st.container(key="card_said"):
        st.html(section(t("entities.statements"), cards + more))


def _promised(page: v.EntityPage) -> None:
    """Promises and figures of an official, with what documents print of the same thing."""
    if page.summary.type != "person":
        return
    entity = page.summary.entity_id
    found = kb().claims(official=entity, limit=PROMISES)
    if not found.claims:
        return
    more = ""
    if found.total > PROMISES:
        link = nav.anchor(
            nav.href("klaim", tokoh=entity), html(t("claims.all", count=num(found.total)))
        )
        more = f'<p class="kb-further">{link}</p>'
    cards = "".join(claim_card(claim) for claim in found.claims)
    with st.container(key="card_promised"):
        st.html(section(t("claims.promises"), cards + more))


def _compare_form(summary: v.EntitySummary) -> None:
    wanted = st.text_input(t("entities.compare_with"), key="compare_with", max_chars=200)
    if not wanted:
        return
    found = [
        entity
        for entity in kb().entities(wanted, limit=7).entities
        if entity.entity_id != summary.entity_id
    ]
    links = "".join(
        "<li>"
        + nav.anchor(
            nav.href("entitas", id=summary.entity_id, id2=entity.entity_id),
            html(entity.name),
            style=f"kb-i kb-i-{entity.type}",
        )
        + "</li>"
        for entity in found
    )
    st.html(f'<ul class="kb-lines">{links}</ul>' if links else html(t("entities.none")))
