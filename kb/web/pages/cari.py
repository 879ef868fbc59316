"""Cari: one box, results by document with their best pages, filters with counts."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import filters
from kb.web.parts.cards import entity_card, meta, num, result_card, term_line
from kb.web.parts.download import download
from kb.web.parts.searchbox import search_box
from kb.web.safe import md
from kb.web.state import PAGE_SIZE, SORTS, SearchState, t


def options(found: SearchState) -> dict[str, Any]:
    """The filters as keyword arguments of ``KnowledgeBase.search``."""
    f = found.filters
    return {
        "years": f.years,
        "institutions": f.institutions,
        "officials": f.officials,
        "places": f.places,
        "types": f.types,
        "date_from": f.date_from,
        "date_to": f.date_to,
    }


def _search_for(text: str) -> None:
    state.update({"q": text.strip() or None, "p": None})


def _result_line(result: v.SearchResult) -> None:
    first = result.offset + 1
    last = result.offset + len(result.cards)
    numbers = {
        "first": num(first),
        "last": num(last),
        "documents": num(result.documents),
        "total": num(result.total),
    }
    if result.query:
        line = t("search.result", query=f"**{md(result.query)}**", **numbers)
    else:
        line = t("search.result_all", **numbers)
    st.markdown(f"{line} :gray[· {t('search.took', ms=num(result.took_ms))}]")


def _nothing(result: v.SearchResult) -> None:
    if result.query:
        st.markdown(t("search.none", query=f"**{md(result.query)}**"))
    else:
        st.markdown(t("search.none_all"))
    names = {**state.FILTER_NAMES, "from": "dari", "to": "sampai"}
    for position, advice in enumerate(result.advice):
        dropped = {names[f.name]: None for f in advice.filters if f.name in names}
        label = t(
            "search.drop",
            filters=md(", ".join(f.label for f in advice.filters)),
            documents=num(advice.documents),
            total=num(advice.total),
        )
        st.button(
            label,
            key=f"advice_{position}",
            icon=":material/filter_alt_off:",
            on_click=state.update,
            args=({**dropped, "p": None},),
        )


def _who(query: str, found: SearchState) -> None:
    asked = options(found)
    asked.pop("officials")
    speakers = kb().who_mentions(query, **asked)
    if not speakers:
        st.markdown(t("search.who_none"))
    with st.container(key="lines_who", gap="small"):
        for speaker in speakers:
            nav.link("entitas", md(speaker.official.name), id=speaker.official.entity_id)
            counts = t(
                "search.who_line", statements=num(speaker.statements), pages=num(speaker.pages)
            )
            office = speaker.official.office
            st.html(meta([term_line(office) if office else None, counts]))


def _near(query: str) -> None:
    for position, term in enumerate(kb().related_terms(query, 12)):
        wider = f"{query} {term}"
        st.button(
            md(term),
            key=f"near_{position}",
            type="tertiary",
            icon=":material/add:",
            on_click=_search_for,
            args=(wider,),
        )


def _tools(result: v.SearchResult, found: SearchState) -> None:
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="search_tools"
    ):
        sort = st.selectbox(
            t("search.sort"),
            SORTS,
            format_func=lambda s: t(f"search.sort_{s}"),
            label_visibility="collapsed",
            width=150,
            **state.bound("sort", found.sort, lambda s: state.update({"urut": str(s), "p": None})),
        )
        del sort
        with st.popover(t("search.help"), icon=":material/help:", type="tertiary"):
            st.markdown(t("search.help_text"))
        if result.total:
            if result.query:
                who = st.popover(
                    t("search.who"),
                    icon=":material/record_voice_over:",
                    on_change="rerun",
                    key="who",
                )
                if who.open:  # asked of the base only when somebody looks
                    with who:
                        _who(result.query, found)
                near = st.popover(
                    t("search.related"), icon=":material/hub:", on_change="rerun", key="near"
                )
                if near.open:
                    with near:
                        _near(result.query)
            with st.popover(t("search.export"), icon=":material/download:"):
                st.caption(t("search.export_help"))
                download("search", result.query, {**options(found), "sort": found.sort})


def _sidebar(result: v.SearchResult) -> None:
    if not any(result.facets.values()):
        return
    with st.sidebar:
        st.markdown(f"### {t('search.filters')}")
        filters.year_histogram(result.facets.get("year", ()))
        for facet in ("institution", "type", "official", "place"):
            filters.facet_list(facet, result.facets.get(facet, ()))
        st.caption(t("search.counts_are"))


def show() -> None:
    """The page."""
    found = state.search_state()
    heading()
    search_box(found.query, on_search_page=True)
    result = kb().search(
        found.query,
        **options(found),
        sort=found.sort,
        limit=PAGE_SIZE,
        offset=(found.page - 1) * PAGE_SIZE,
        group=True,
    )
    if result.documents and not result.cards and found.page > 1:  # a page past the end
        state.update({"p": None})
        st.rerun()
    _sidebar(result)
    filters.chips(result.filters)
    if result.suggestion and result.suggestion != found.query:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{t('search.suggestion')}:")
            st.button(
                md(result.suggestion),
                key="suggestion",
                type="tertiary",
                on_click=_search_for,
                args=(result.suggestion,),
            )
    _tools(result, found)
    if not result.total:
        _nothing(result)
        return
    if found.page == 1:
        for position, entity in enumerate(result.entities):
            entity_card(entity, f"top_{position}")
    _result_line(result)
    if result.relaxed:
        st.html(f'<div class="kb-warn">{t("search.relaxed")}</div>')
    for position, card in enumerate(result.cards):
        result_card(card, found.query, position)
    pages = -(-result.documents // PAGE_SIZE)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            turned = st.pagination(pages, default=min(found.page, pages), key=f"pages_{found.page}")
        if turned != min(found.page, pages):
            state.update({"p": turned if turned > 1 else None})
            st.rerun()
