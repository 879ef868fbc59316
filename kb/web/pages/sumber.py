"""Sumber: where documents come in by themselves, what is new there and what is read most."""

from __future__ import annotations

import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading, titled
from kb.web.parts import feed
from kb.web.parts.cards import document_lines, meta, num, outside_link, popular_lines
from kb.web.parts.page_about import moment
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import t

PAGE = 20


def show() -> None:
    """The page: all sources, or one of them."""
    number = state.whole("id", 0)
    if not number:
        _listed()
        return
    page = state.whole("p", 1, high=10_000)
    try:
        found = kb().source(number, limit=PAGE, offset=(page - 1) * PAGE)
    except NotFound:
        heading(t("sources.title"))
        st.warning(t("sources.missing"), icon=":material/search_off:")
        st.html(nav.anchor(nav.href("sumber"), html(t("sources.title")), style="kb-button"))
        return
    _one(found, page)


def _listed() -> None:
    heading(t("sources.title"), t("sources.intro"))
    found = kb().sources()
    if not found:
        st.markdown(t("sources.none"))
        return
    lines = "".join(
        "<li>"
        + nav.anchor(nav.href("sumber", id=one.number), html(one.name), mark=f"source{one.number}")
        + meta(facts(one))
        + "</li>"
        for one in found
    )
    with st.container(key="lines_sources"):
        st.html(f'<ul class="kb-lines">{lines}</ul>')


def facts(source: v.SourceView) -> list[str]:
    """What a line says of a source."""
    seen = (
        t("sources.last_good", when=moment(source.last_good))
        if source.last_good
        else t("sources.never")
    )
    return [
        t(f"sources.kind_{source.kind}"),
        t("sources.documents", count=num(source.documents)),
        seen,
    ]


def _one(found: v.SourcePage, page: int) -> None:
    source = found.source
    heading()
    titled(source.name)
    st.html(f"<h1>{html(source.name)}</h1>{meta(facts(source))}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="actions"):
        feed.button(f"sources/{source.number}", {}, key="feed")
        outside_link(source.address, t("sources.open"))
    left, right = (
        st.columns([3, 2], gap="large") if found.popular else (st.container(), st.container())
    )
    with left:
        st.html(f"<h2>{html(t('sources.latest'))}</h2>")
        if found.latest:
            document_lines(found.latest, "latest")
        else:
            st.markdown(t("sources.nothing"))
        page_links(-(-source.documents // PAGE), page)
    if found.popular:
        with right:
            title, said = html(t("home.popular")), html(t("home.popular_help"))
            st.html(f'<h2>{title}</h2><p class="kb-muted">{said}</p>')
            popular_lines(found.popular, "popular")
