"""Beranda: what this base holds and where to start."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import follow
from kb.web.parts.bars import year_bars
from kb.web.parts.cards import (
    badge_links,
    day,
    document_lines,
    meta,
    num,
    popular_lines,
    query_links,
)
from kb.web.parts.drawing import figure
from kb.web.parts.searchbox import search_box
from kb.web.safe import html
from kb.web.state import t

POPULAR = 5
TYPES = 14
"""Document types listed at once; the rest folds out."""


def _numbers(home: v.HomeView) -> str:
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
    return f'<div class="kb-numbers">{cells}</div>'


def _types(home: v.HomeView) -> str:
    lines = [
        "<li>"
        + nav.anchor(
            nav.href("cari", jenis=facet.value),
            f"<span>{html(facet.label)}</span> <small>{num(facet.documents)}</small>",
        )
        + "</li>"
        for facet in home.by_type
    ]
    first = f'<ul class="kb-facet">{"".join(lines[:TYPES])}</ul>'
    if len(lines) <= TYPES:
        return first
    more, rest = html(t("search.more")), "".join(lines[TYPES:])
    return (
        f'{first}<details class="kb-more"><summary>{more}</summary>'
        f'<ul class="kb-facet">{rest}</ul></details>'
    )


def _years(home: v.HomeView) -> str:
    drawn = year_bars(
        [(y.year, y.count) for y in home.by_year],
        label=t("home.by_year"),
        what=t("home.documents"),
        address=lambda year: nav.href("cari", tahun=year),
        tall=True,
    )
    return figure(drawn, title=t("home.by_year"))


def show() -> None:
    """The page."""
    heading(t("app.name"), t("app.tagline"))
    home = kb().home()
    if not home.documents:
        st.info(t("app.no_base"))
        return
    search_box("", on_search_page=False)
    if home.examples:
        label = f'<span class="kb-muted">{html(t("home.examples"))}</span>'
        st.html(f'<div class="kb-examples">{label}{query_links(home.examples[:6])}</div>')
    st.space("small")
    st.html(_numbers(home))
    st.space("small")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(f"<h2>{html(t('home.latest'))}</h2>")
        document_lines(home.latest[:8], "latest")
        if home.popular:
            title, said = html(t("home.popular")), html(t("home.popular_help"))
            st.html(f'<h2>{title}</h2><p class="kb-muted">{said}</p>')
            popular_lines(home.popular[:POPULAR], "popular")
    with right:
        blocks = ""
        if home.most_mentioned:
            title = t("home.most", month=day(home.month))
            blocks = f"<h2>{html(title)}</h2>{badge_links(home.most_mentioned, 12)}"
        st.html(f"{blocks}<h2>{html(t('home.by_type'))}</h2>{_types(home)}")
    if home.by_year:
        st.html(f"<h2>{html(t('home.by_year'))}</h2>{_years(home)}")
    span = (
        t("home.range", first=day(home.first_date), last=day(home.last_date))
        if home.first_date
        else ""
    )
    updated = t("home.updated", when=day(home.updated[:10])) if home.updated else ""
    st.html(meta([span, updated]) + _doors(home))


def _doors(home: v.HomeView) -> str:
    """Where documents come from, and what was taken back."""
    links = []
    if kb().sources():
        links.append(nav.anchor(nav.href("sumber"), html(t("home.sources"))))
    if follow.token():
        links.append(nav.anchor(nav.href("ikuti"), html(t("follow.open"))))
    if home.withdrawn:
        words = html(t("home.withdrawn", count=num(home.withdrawn)))
        links.append(nav.anchor(nav.href("cari", **{state.WITHDRAWN: 1}), words))
    return f'<p class="kb-further">{" · ".join(links)}</p>' if links else ""
