"""Cari: one box, results by document with their best pages, filters with counts."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading, titled
from kb.web.parts import feed, filters, follow, on_demand
from kb.web.parts.answer import answer_block
from kb.web.parts.cards import entity_block, further_block, meta, num, result_block, term_line
from kb.web.parts.download import download
from kb.web.parts.page_text import excerpt
from kb.web.parts.paging import page_links
from kb.web.parts.searchbox import search_box
from kb.web.safe import html, md
from kb.web.state import PAGE_SIZE, SORTS, SearchState, t

IN_HEADING = 90
"""Characters of the query shown in the line above the results: a pasted paragraph is no title."""
REMARKS = {
    "relaxed": "search.relaxed",
    "fuzzy": "search.note_fuzzy",
    "capped": "search.note_capped",
    "too_wide": "search.note_too_wide",
    "too_long": "search.note_too_long",
    "bad_value": "search.note_bad_value",
    "unresolved": "search.note_unresolved",
    "unknown_field": "search.note_unknown_field",
}
"""Codes of what is said above the results, and their texts."""


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
        **({"figures": True} if f.figures else {}),
        **({"withdrawn": True} if found.withdrawn else {}),
    }


def _result_line(result: v.SearchResult) -> None:
    first = result.offset + 1
    last = result.offset + len(result.cards)
    numbers = {
        "first": num(first),
        "last": num(last),
        "documents": num(result.documents),
        "total": num(result.total),
    }
    key = "search.result" if result.query else "search.result_all"
    if result.meant_documents:  # shown among them, and in no count of the words
        key = "search.result_meant"
    line = html(t(key, query="{query}", **numbers))
    line = line.replace("{query}", f"<b>{html(excerpt(result.query, IN_HEADING))}</b>")
    took = html(t("search.took", ms=num(result.took_ms)))
    st.html(f'<h2 class="kb-count">{line} <small>· {took}</small></h2>')


def _remarks(result: v.SearchResult) -> None:
    """What was searched instead, and what of the query was left out."""
    notes = [
        *result.notes,
        *(("relaxed",) if result.relaxed and "fuzzy" not in result.notes else ()),
    ]
    for code in notes:
        if code in REMARKS:
            st.html(f'<div class="kb-warn">{html(t(REMARKS[code]))}</div>')


def _meant(result: v.SearchResult, found: SearchState) -> None:
    """How many of the results do not have the words, and the switch that leaves them out."""
    if found.meaning and not result.meant:
        return
    key = "search.meant" if found.meaning else "search.words_only"
    told = html(t(key, pages=num(result.meant)))
    address = nav.changed({"makna": "0" if found.meaning else None, "p": None})
    switch = nav.anchor(
        address, html(t("search.meaning_off" if found.meaning else "search.meaning_on"))
    )
    with st.container(key="meaning"):
        st.html(f'<p class="kb-meant" data-top>{told} {switch}</p>')


def _nothing(result: v.SearchResult, found: SearchState) -> None:
    if result.query:
        st.markdown(t("search.none", query=f"**{md(excerpt(result.query, IN_HEADING))}**"))
    else:
        st.markdown(t("search.none_all"))
    names = {**state.FILTER_NAMES, "from": "dari", "to": "sampai"}
    links: list[str] = []
    if found.withdrawn:
        everything = nav.changed({state.WITHDRAWN: None, "p": None})
        label = html(t("search.drop_withdrawn"))
        links.append(f"<li>{nav.anchor(everything, label, style='kb-i kb-i-close')}</li>")
    for advice in result.advice:
        dropped = {names[f.name]: None for f in advice.filters if f.name in names}
        label = t(
            "search.drop",
            filters=", ".join(filters.label_of(f) for f in advice.filters),
            documents=num(advice.documents),
            total=num(advice.total),
        )
        address = nav.changed({**dropped, "p": None})
        links.append(f"<li>{nav.anchor(address, html(label), style='kb-i kb-i-close')}</li>")
    if links:
        with st.container(key="advice"):
            st.html(f'<ul class="kb-lines" data-top>{"".join(links)}</ul>')
    elif result.query:
        told = "search.drop_words" if " " in result.query else "search.check_spelling"
        st.html(f'<p class="kb-muted">{html(t(told))}</p>')


def _who(query: str, found: SearchState) -> None:
    asked = options(found)
    asked.pop("officials")
    asked.pop("withdrawn", None)
    speakers = kb().who_mentions(query, **asked)
    if not speakers:
        st.markdown(t("search.who_none"))
        return
    lines = ""
    for speaker in speakers:
        counts = t("search.who_line", statements=num(speaker.statements), pages=num(speaker.pages))
        office = speaker.official.office
        name = nav.anchor(
            nav.href("entitas", id=speaker.official.entity_id),
            html(speaker.official.name),
            style="kb-i kb-i-person",
        )
        lines += f"<li>{name}{meta([term_line(office) if office else None, counts])}</li>"
    st.html(f'<ul class="kb-lines">{lines}</ul>')


def _near(query: str) -> None:
    """Words that stand unusually often with the query; each narrows it."""
    links = "".join(
        f"<li>{nav.anchor(address, f'+ {html(term)}', style='kb-badge')}</li>"
        for term in kb().related_terms(query, 12)
        if (address := nav.changed({"q": f"{query} {term}", "p": None}))
    )
    st.html(f'<ul class="kb-badges" data-top>{links}</ul>')


def _tools(result: v.SearchResult, found: SearchState) -> None:
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="search_tools"
    ):
        st.selectbox(
            t("search.sort"),
            SORTS,
            format_func=lambda s: t(f"search.sort_{s}"),
            label_visibility="collapsed",
            width=150,
            **state.bound("sort", found.sort, lambda s: state.update({"urut": str(s), "p": None})),
        )
        on_demand.popover(
            t("search.help"),
            lambda: st.markdown(t("search.help_text")),
            icon=":material/help:",
            type="tertiary",
            key="help",
        )
        many = html(t("many.title"))
        st.html(nav.anchor(nav.href("banyak"), many, style="kb-link"), width="content")
        if not result.total:
            return
        if result.query and not found.withdrawn:
            on_demand.popover(
                t("search.who"),
                lambda: _who(result.query, found),
                icon=":material/record_voice_over:",
                key="who",
            )
            on_demand.popover(
                t("search.related"), lambda: _near(result.query), icon=":material/hub:", key="near"
            )
        on_demand.popover(
            t("search.export"),
            lambda: _export(result, found),
            icon=":material/download:",
            key="export",
        )
        if not found.withdrawn:
            follow.button("search", follow_query(found), _label(result))
            feed.button("search", feed_parameters(found), key="feed")


def follow_query(found: SearchState) -> dict[str, Any]:
    """The search as it is followed."""
    return {"query": found.query, **options(found)}


def _label(result: v.SearchResult) -> str:
    """The search in one line: its words, then its filters."""
    return ", ".join(filter(None, [result.query, *(filters.label_of(f) for f in result.filters)]))


def feed_parameters(found: SearchState) -> dict[str, Any]:
    """The search in the words of its feed's address."""
    return {"q": found.query, **options(found)}


def _export(result: v.SearchResult, found: SearchState) -> None:
    st.caption(t("search.export_help"))
    download("search", result.query, {**options(found), "sort": found.sort})


def _sidebar(result: v.SearchResult, found: SearchState) -> None:
    withdrawn = kb().home().withdrawn
    if not any(result.facets.values()) and not withdrawn:
        return
    with st.sidebar:
        st.html(f"<h2>{html(t('search.filters'))}</h2>")
        filters.year_histogram(result.facets.get("year", ()))
        for facet in ("institution", "type", "official", "place"):
            filters.facet_list(facet, result.facets.get(facet, ()))
        filters.figures(result.facets.get("figures", ()))
        if withdrawn:
            filters.withdrawn(withdrawn, chosen=found.withdrawn)
        st.caption(t("search.counts_are"))


def show() -> None:
    """The page."""
    found = state.search_state()
    heading(t("nav.cari"), seen=False)
    titled(found.query, t("nav.cari"))
    search_box(found.query, on_search_page=True)
    result = kb().search(
        found.query,
        **options(found),
        sort=found.sort,
        limit=PAGE_SIZE,
        offset=(found.page - 1) * PAGE_SIZE,
        group=True,
        meaning=found.meaning,
    )
    if result.documents and not result.cards and found.page > 1:  # a page past the end
        state.update({"p": None})
        st.rerun()
    _sidebar(result, found)
    filters.drawer_button(len(result.filters) + found.withdrawn)
    filters.chips(result.filters, withdrawn=found.withdrawn)
    if result.suggestion and result.suggestion != found.query:
        wanted = nav.anchor(
            nav.changed({"q": result.suggestion, "p": None}), html(result.suggestion)
        )
        st.html(f'<p class="kb-meant" data-top>{html(t("search.suggestion"))}: {wanted}?</p>')
    if result.answer:
        st.html(answer_block(result.answer))
    _tools(result, found)
    if result.total:
        _result_line(result)
        _remarks(result)
    else:
        _remarks(result)
        _nothing(result, found)
    _meant(result, found)
    if not result.cards:
        return
    blocks = [result_block(card, found.query) for card in result.cards]
    if found.page == 1:
        blocks = [entity_block(entity) for entity in result.entities] + blocks
    with st.container(key="results"):
        st.html("".join(blocks))
    if result.further:
        st.html(f'<h2 class="kb-count" data-top>{html(t("search.further"))}</h2>')
        with st.container(key="further"):
            st.html("".join(further_block(hit, found.query) for hit in result.further))
    page_links(-(-(result.documents + result.meant_documents) // PAGE_SIZE), found.page)
