"""Beranda: what this base holds and where to start."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import cards, charts
from kb.web.parts.cards import day, num
from kb.web.parts.searchbox import search_box
from kb.web.safe import html, md
from kb.web.state import t


def _numbers(home: v.HomeView) -> None:
    numbers = [
        (home.documents, "documents"),
        (home.passages, "pages"),
        (home.officials, "officials"),
        (home.institutions, "institutions"),
        (home.statements, "statements"),
        (home.indicators, "indicators"),
    ]
    cells = "".join(
        f'<div><div class="kb-number">{num(value)}</div>'
        f'<div class="kb-muted">{html(t(f"home.{name}"))}</div></div>'
        for value, name in numbers
    )
    st.html(f'<div style="display:flex;flex-wrap:wrap;gap:1.2rem 2.6rem">{cells}</div>')


def show() -> None:
    """The page."""
    heading(t("app.name"), t("app.tagline"))
    home = kb().home()
    if not home.documents:
        st.info(t("app.no_base"))
        return
    search_box("", on_search_page=False)
    if home.examples:
        with st.container(
            horizontal=True, gap="small", vertical_alignment="center", key="badges_examples"
        ):
            label = f'<span class="kb-muted">{html(t("home.examples"))}</span>'
            st.html(label, width="content")
            for example in home.examples[:6]:
                nav.link("cari", md(example), q=example)
    st.space("small")
    _numbers(home)
    st.space("small")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("home.latest"), anchor=False)
        cards.document_lines(home.latest[:8], "latest")
    with right:
        if home.most_mentioned:
            month = day(home.month)
            st.subheader(t("home.most", month=month), anchor=False)
            cards.badges(home.most_mentioned, "most", limit=12)
        st.subheader(t("home.by_type"), anchor=False)
        with st.container(key="lines_types"):
            for facet in home.by_type[:14]:
                count = f":gray[{num(facet.documents)}]"
                nav.link("cari", f"{md(facet.label)} {count}", jenis=facet.value)
    years = [(y.year, y.count) for y in home.by_year]
    if years:
        st.subheader(t("home.by_year"), anchor=False)
        st.altair_chart(charts.year_bars(years, year=t("search.year"), count=t("home.documents")))
    span = (
        t("home.range", first=day(home.first_date), last=day(home.last_date))
        if home.first_date
        else ""
    )
    updated = t("home.updated", when=day(home.updated[:10])) if home.updated else ""
    st.html(cards.meta([span, updated]))
