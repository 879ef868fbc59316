"""Entitas: browse and search people, institutions and places; one page for each."""

from __future__ import annotations

import math
from datetime import date as today_of
from typing import Any

import pandas as pd
import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import cards, charts
from kb.web.parts.cards import day, entity_card, meta, num, statement_card
from kb.web.parts.download import download
from kb.web.safe import html, md, plain
from kb.web.state import t

TYPES: tuple[v.EntityKind, ...] = ("official", "person", "institution", "place")
PAGE = 20
NODES = 16


def show() -> None:
    """The page: a list, one entity, or two side by side."""
    entity = state.entity("id")
    other = state.entity("id2")
    if entity is None:
        _browse()
        return
    try:
        if other and other != entity:
            _compare(entity, other)
        else:
            _one(kb().entity(entity))
    except NotFound:
        heading()
        st.warning(t("entities.missing"), icon=":material/search_off:")
        nav.link("entitas", t("nav.entitas"))


# --- the list --------------------------------------------------------------------


def _browse() -> None:
    heading(t("entities.title"), t("entities.intro"))
    query = state.text("q").strip()
    kind = next((k for k in TYPES if k == state.text("jenis")), None)
    st.text_input(
        t("entities.find"),
        type="search",
        icon=":material/search:",
        max_chars=200,
        **state.bound("entity_q", query, lambda x: state.update({"q": str(x), "p": None})),
    )
    st.pills(
        t("entities.type"),
        TYPES,
        format_func=lambda k: t(f"entities.type_{k}"),
        label_visibility="collapsed",
        **state.bound(
            "entity_kind", kind, lambda k: state.update({"jenis": str(k) if k else None, "p": None})
        ),
    )
    number = state.whole("p", 1, high=10_000)
    found = kb().entities(query or None, type=kind, limit=PAGE, offset=(number - 1) * PAGE)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("entities.total", total=num(found.total)))
        with st.popover(t("search.export"), icon=":material/download:"):
            download("entities", query or None, {"type": kind} if kind else {})
    if not found.entities:
        st.markdown(t("entities.none"))
        return
    for position, entity in enumerate(found.entities):
        entity_card(entity, str(position))
    pages = -(-found.total // PAGE)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            turned = st.pagination(pages, default=min(number, pages), key=f"entity_pages_{number}")
        if turned != min(number, pages):
            state.update({"p": turned if turned > 1 else None})
            st.rerun()


# --- one entity ---------------------------------------------------------------------


def _one(page: v.EntityPage) -> None:
    summary = page.summary
    heading()
    _title(page)
    with st.container(horizontal=True, gap="small", key="badges_go"):
        field = {"person": "tokoh", "institution": "lembaga", "place": "tempat"}[summary.type]
        if summary.type == "institution":
            nav.link(
                "cari", t("entities.search_in"), icon=":material/search:", q=f'"{summary.name}"'
            )
        else:
            nav.link(
                "cari",
                t("entities.search_in"),
                icon=":material/search:",
                **dict[str, Any]({field: summary.entity_id}),
            )
        nav.link(
            "linimasa", t("entities.timeline"), icon=":material/timeline:", id=summary.entity_id
        )
        nav.link("tren", t("nav.tren"), icon=":material/show_chart:", q=summary.entity_id)
    _compare_form(summary)
    if summary.type == "person":
        _offices(page)
    if page.holders:
        _holders(page)
    years = [(y.year, y.count) for y in page.mentions_per_year]
    if years:
        st.subheader(t("entities.mentions_per_year"), anchor=False)
        st.altair_chart(
            charts.year_bars(years, year=t("search.year"), count=t("entities.mentions"))
        )
    _together(page)
    _said(page)
    if page.documents:
        st.subheader(t("entities.documents"), anchor=False)
        cards.document_lines(page.documents, "entity")


def _title(page: v.EntityPage) -> None:
    summary = page.summary
    st.html(f'<h1 class="kb-text" style="font-size:1.7rem;margin:0">{html(summary.name)}</h1>')
    kind = "official" if summary.official else summary.type
    seen = (
        t("entities.first_last", first=day(summary.first), last=day(summary.last))
        if summary.first
        else None
    )
    st.html(
        meta(
            [
                t(f"entities.type_{kind}"),
                cards.term_line(summary.office) if summary.office else None,
                t(
                    "search.entity_line",
                    documents=num(summary.documents),
                    mentions=num(summary.mentions),
                ),
                seen,
                t("entities.authority") if summary.authority else None,
                t("entities.code", code=page.code) if page.code else None,
            ]
        )
    )
    if summary.aliases:
        st.html(meta([f"{t('entities.aliases')}: {'; '.join(summary.aliases[:12])}"]))
    above = [*page.path, *([page.parent] if page.parent else [])]
    if above:
        st.html(f'<span class="kb-muted">{html(t("entities.inside"))}</span>')
        cards.badges(above, "above")
    if page.children:
        with st.expander(t("entities.children")):
            cards.badges(page.children, "children", limit=40)


def _offices(page: v.EntityPage) -> None:
    st.subheader(t("entities.offices"), anchor=False)
    if not page.offices:
        st.markdown(f":gray[{t('entities.offices_none')}]")
        return
    now = today_of.today().isoformat()
    rows = []
    for term in page.offices:
        begin, end = term.begin, term.end or (now if term.date_from else None)
        if begin:
            rows.append((plain(term.label), _whole(begin), _stretch(begin, end), term.status))
    if rows:
        frame = pd.DataFrame(rows, columns=["label", "begin", "end", "status"])
        labels = {k: t(f"entities.{k}") for k in ("role", "begin", "end")}
        st.altair_chart(charts.spans(frame, labels))
    for position, term in enumerate(page.offices):
        _term(term, position)


def _term(term: v.OfficeTerm, position: int) -> None:
    source = t("entities.authority") if term.origin == "authority" else None
    sure = t("statements.confidence", value=num(100 * term.confidence)) if not source else None
    st.html(meta([cards.term_line(term), source, sure]))
    if term.evidence:
        with st.expander(f"{t('entities.evidence')} ({num(term.evidence_count)})"):
            for proof in term.evidence:
                nav.link(
                    "dokumen",
                    f"{md(day(proof.date))} · {md(proof.title)}",
                    id=proof.document_id,
                    hal=proof.page,
                )
                st.html(meta([proof.text]))


def _whole(iso: str) -> str:
    """A date prefix as the first day it covers."""
    return (iso + "-01-01"[len(iso) - 4 :])[:10] if len(iso) < 10 else iso[:10]


def _stretch(begin: str, end: str | None) -> str:
    """The end of a bar: at least three weeks after its begin, so that it can be seen."""
    least = (pd.Timestamp(_whole(begin)) + pd.Timedelta(days=21)).date().isoformat()
    return max(_whole(end), least) if end else least


def _holders(page: v.EntityPage) -> None:
    st.subheader(t("entities.holders"), anchor=False)
    with st.container(gap="small"):
        for holder in page.holders[:30]:
            nav.link("entitas", md(holder.person.name), id=holder.person.entity_id)
            st.html(meta([cards.term_line(holder.term)]))


def _together(page: v.EntityPage) -> None:
    if not page.co_occurring:
        return
    st.subheader(t("entities.co"), anchor=False)
    chosen = st.segmented_control(
        t("entities.co"),
        ("graph", "table"),
        default="graph",
        required=True,
        format_func=lambda x: t(f"entities.{x}"),
        label_visibility="collapsed",
        key="co_view",
    )
    if chosen == "graph":
        _graph(page.summary.entity_id)
    else:
        st.dataframe(
            pd.DataFrame(
                [
                    (plain(c.name), t(f"entities.type_{c.type}"), c.pages, c.documents)
                    for c in page.co_occurring
                ],
                columns=[
                    t("entities.co"),
                    t("entities.type"),
                    t("entities.pages"),
                    t("home.documents"),
                ],
            ),
            hide_index=True,
        )
    cards.badges(
        [v.EntityBadge(c.entity_id, c.type, c.name, c.pages) for c in page.co_occurring],
        "together",
        limit=12,
    )
    st.caption(t("entities.co_help"))


def _graph(entity: str) -> None:
    graph = kb().graph(entity, limit=NODES)
    if len(graph.nodes) < 2:
        return
    centre, *others = graph.nodes
    places = {centre.entity_id: (0.0, 0.0)}
    for i, node in enumerate(others):
        angle = 2 * math.pi * i / len(others)
        reach = 1.0 if i % 2 else 0.68  # two rings keep the names apart
        places[node.entity_id] = (reach * math.cos(angle), reach * math.sin(angle))
    nodes = pd.DataFrame(
        [
            (
                n.entity_id,
                *places[n.entity_id],
                plain(n.name),
                t(f"entities.type_{n.type}"),
                n.pages,
            )
            for n in graph.nodes
        ],
        columns=["id", "x", "y", "name", "type", "size"],
    )
    edges = pd.DataFrame(
        [
            (*places[a], *places[b], pages)
            for a, b, pages in graph.edges
            if a in places and b in places
        ],
        columns=["x", "y", "x2", "y2", "pages"],
    )
    event: Any = st.altair_chart(
        charts.network(nodes, edges), on_select="rerun", key=f"graph_{entity}", alt=t("entities.co")
    )
    picked = [str(p.get("id")) for p in event.selection.get("node", []) if p.get("id")]
    if picked and picked[0] != entity:
        nav.go("entitas", id=picked[0])


def _said(page: v.EntityPage) -> None:
    if not page.statements:
        return
    st.subheader(t("entities.statements"), anchor=False)
    for position, statement in enumerate(page.statements[:5]):
        statement_card(statement, f"entity_{position}")
    if page.statement_count > 5:
        field = "tokoh" if page.summary.type == "person" else "lembaga"
        nav.link(
            "pernyataan",
            t("entities.all_statements", count=num(page.statement_count)),
            icon=":material/format_quote:",
            **dict[str, Any]({field: page.summary.entity_id}),
        )


# --- two side by side ------------------------------------------------------------------


def _compare_form(summary: v.EntitySummary) -> None:
    with st.popover(t("entities.compare_open"), icon=":material/compare_arrows:"):
        wanted = st.text_input(t("entities.compare_with"), key="compare_with", max_chars=200)
        if wanted:
            found = kb().entities(wanted, limit=6)
            for entity in found.entities:
                if entity.entity_id != summary.entity_id:
                    nav.link("entitas", md(entity.name), id=summary.entity_id, id2=entity.entity_id)


def _compare(left: str, right: str) -> None:
    comparison = kb().compare([left, right])
    heading(t("entities.compare"))
    for column, page in zip(st.columns(2, gap="large"), comparison.pages, strict=True):
        with column:
            nav.link("entitas", f"**{md(page.summary.name)}**", id=page.summary.entity_id)
            _title(page)
            for term in page.offices[:8]:
                st.html(meta([cards.term_line(term)]))
    frame = comparison.frame()
    if not frame.empty:
        st.subheader(t("entities.mentions_per_year"), anchor=False)
        st.bar_chart(frame.rename(columns=plain), stack=False, height=240)
    st.markdown(t("entities.together", count=num(comparison.together_pages)))
    cards.document_lines(comparison.together, "together")
    cards.badges(
        [v.EntityBadge(c.entity_id, c.type, c.name, c.pages) for c in comparison.shared],
        "shared",
        limit=16,
    )
