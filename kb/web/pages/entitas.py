"""Entitas: browse and search people, institutions and places; one page for each."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.pages import kelola
from kb.web.parts import cards, careers, charts, circle, mend, places
from kb.web.parts.cards import day, entity_card, meta, num, statement_card
from kb.web.parts.download import download
from kb.web.safe import html, md, plain
from kb.web.state import t

Sort = Literal["mentions", "name", "recent"]
TYPES: tuple[v.EntityKind, ...] = ("official", "person", "institution", "place")
PAGE = 20
HOLDERS = 12
"""Holders of an office shown: the latest."""
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
        placeholder="",
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
    if kind == "place" and not query:
        mapped = kb().place_map()
        if mapped.points:
            st.subheader(t("map.title_all"), anchor=False)
            places.region_map(mapped, counted=t("entities.mentions"), key="all")
    number = state.whole("p", 1, high=10_000)
    sort = next((s for s in SORTS if s == state.text("urut")), SORTS[0])
    found = kb().entities(
        query or None, type=kind, sort=sort, limit=PAGE, offset=(number - 1) * PAGE
    )
    if found.total and not found.entities:
        state.update({"p": None})
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("entities.total", total=num(found.total)))
        st.selectbox(
            t("search.sort"),
            SORTS,
            format_func=lambda s: t(f"entities.sort_{s}"),
            label_visibility="collapsed",
            width=220,
            **state.bound(
                "entity_sort",
                sort,
                lambda s: state.update({"urut": None if s == SORTS[0] else str(s), "p": None}),
            ),
        )
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
    if kelola.allowed():
        mend.mend(page)
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
    _where(page)
    circle.together(page)
    _said(page)
    if page.documents:
        st.subheader(t("entities.documents"), anchor=False)
        cards.document_lines(page.documents, "entity")


def _title(page: v.EntityPage) -> None:
    summary = page.summary
    st.html(f'<h1 class="kb-text" style="font-size:1.7rem;margin:0">{html(summary.name)}</h1>')
    st.html(meta(_facts(page)))
    if summary.aliases:
        st.html(meta([f"{t('entities.aliases')}: {'; '.join(summary.aliases[:12])}"]))
    above = page.path or ([page.parent] if page.parent else [])
    if above:
        st.html(f'<span class="kb-muted">{html(t("entities.inside"))}</span>')
        cards.badges(above, "above")
    if page.children:
        with st.expander(t("entities.children")):
            cards.badges(page.children, "children", limit=40)


def _facts(page: v.EntityPage) -> list[str | None]:
    """What stands under a name: kind, office, counts, dates."""
    summary = page.summary
    kind = "official" if summary.official else summary.type
    seen = None
    if summary.first:
        seen = t("entities.first_last", first=day(summary.first), last=day(summary.last))
    return [
        t(f"entities.one_{kind}"),
        cards.term_line(summary.office) if summary.office else None,
        t("search.entity_line", documents=num(summary.documents), mentions=num(summary.mentions)),
        seen,
        t("entities.authority") if summary.authority else None,
        t("entities.code", code=page.code) if page.code else None,
    ]


def _offices(page: v.EntityPage) -> None:
    st.subheader(t("entities.offices"), anchor=False)
    if not page.offices:
        st.markdown(f":gray[{t('entities.offices_none')}]")
        return
    careers.gantt([(x.label, x.status, x) for x in page.offices], t("entities.status"))
    for position, term in enumerate(page.offices):
        _term(term, position)


def _term(term: v.OfficeTerm, position: int) -> None:
    source = t("entities.authority") if term.origin == "authority" else None
    sure = t("statements.confidence", value=num(100 * term.confidence)) if not source else None
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"term_{position}"
    ):
        st.html(meta([cards.term_line(term), source, sure]), width="content")
        if not term.evidence:
            return
        shown = st.popover(
            f"{t('entities.evidence')} ({num(term.evidence_count)})",
            type="tertiary",
            on_change="rerun",
            key=f"evidence_{position}",
        )
        if not shown.open:
            return
        with shown:
            for proof in term.evidence:
                nav.link(
                    "dokumen",
                    f"{md(day(proof.date))} · {md(proof.title)}",
                    id=proof.document_id,
                    hal=proof.page,
                )
                st.html(meta([proof.text]))


def _holders(page: v.EntityPage) -> None:
    st.subheader(t("entities.holders"), anchor=False)
    latest = sorted(page.holders, key=lambda h: h.term.end or "9999", reverse=True)[:HOLDERS]
    shown = sorted(latest, key=lambda h: (h.term.begin or "9999", h.person.name))
    careers.gantt(
        [(f"{h.person.name} · {h.term.role}", h.term.status, h.term) for h in shown],
        t("entities.status"),
    )
    with st.container(key="lines_holders", gap="small"):
        for holder in shown:
            nav.link("entitas", md(holder.person.name), id=holder.person.entity_id)
            st.html(meta([cards.term_line(holder.term)]))
    if len(page.holders) > len(shown):
        st.caption(t("entities.holders_more", count=num(len(page.holders) - len(shown))))


def _where(page: v.EntityPage) -> None:
    if page.summary.type != "place":
        return
    found = kb().place_map(page.summary.entity_id)
    if found.centre is None:
        return
    st.subheader(t("map.title_around"), anchor=False)
    if not found.exact:
        st.markdown(t("map.stands_for", place=md(page.summary.name), region=md(found.centre.name)))
    places.region_map(found, counted=t("map.pages_both"), key="around")


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
    one, two = comparison.pages
    with st.container(horizontal=True, gap="small", key="badges_compare"):
        nav.link(
            "entitas",
            t("entities.swap"),
            icon=":material/swap_horiz:",
            id=two.summary.entity_id,
            id2=one.summary.entity_id,
        )
        ids = [p.summary.entity_id for p in comparison.pages]
        nav.link("tren", t("nav.tren"), icon=":material/show_chart:", q=ids)
    for column, page in zip(st.columns(2, gap="large"), comparison.pages, strict=True):
        with column, st.container(border=True):
            with st.container(key=f"title_side_{page.summary.entity_id}"):
                nav.link("entitas", md(page.summary.name), id=page.summary.entity_id)
            st.html(meta(_facts(page)))
    held = [(x.label, p.summary.name, x) for p in comparison.pages for x in p.offices]
    if held:
        st.subheader(t("entities.offices"), anchor=False)
        careers.gantt(held, t("entities.type_person"))
    frame = comparison.frame()
    if not frame.empty:
        st.subheader(t("entities.mentions_per_year"), anchor=False)
        long = frame.rename_axis("year").reset_index().melt("year", var_name="label")
        long["label"] = long["label"].map(plain)
        labels = {"year": t("search.year"), "count": t("entities.mentions")}
        st.altair_chart(charts.grouped_bars(long, labels))
    st.subheader(t("entities.together_title"), anchor=False)
    if comparison.together_pages:
        st.markdown(t("entities.together", count=num(comparison.together_pages)))
    else:
        st.markdown(t("entities.never_together"))
    cards.document_lines(comparison.together, "together")
    if comparison.shared:
        st.markdown(f"**{t('entities.shared')}**")
        cards.badges(
            [v.EntityBadge(c.entity_id, c.type, c.name, c.pages) for c in comparison.shared],
            "shared",
            limit=16,
        )
