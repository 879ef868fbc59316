"""Two entities side by side, and what the page of one says in the same words."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import careers, curves
from kb.web.parts.cards import badge_links, day, document_lines, meta, num, term_line
from kb.web.parts.careers import Bar
from kb.web.parts.drawing import figure, section
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS


def facts(page: v.EntityPage) -> list[str | None]:
    """What stands under a name: office, counts, dates."""
    summary = page.summary
    seen = None
    if summary.first:
        days = dict.fromkeys((day(summary.first), day(summary.last)))
        seen = " – ".join(one for one in days if one)
    return [
        term_line(summary.office) if summary.office else None,
        t("search.entity_line", documents=num(summary.documents), mentions=num(summary.mentions)),
        seen,
        t("entities.authority") if summary.authority else None,
        t("entities.code", code=page.code) if page.code else None,
    ]


def named_in(summary: v.EntitySummary, **more: Any) -> str:
    """The address of the documents that name an entity."""
    if summary.type == "institution":  # the filter of that name is who issued a document
        return nav.href("cari", q=f'"{summary.name}"', **more)
    field = {"person": "tokoh", "place": "tempat"}[summary.type]
    return nav.href("cari", **{field: summary.entity_id}, **more)


def side_by_side(left: str, right: str) -> None:
    """The page of two entities."""
    comparison = kb().compare([left, right])
    one, two = comparison.pages
    heading(t("entities.compare"))
    st.html(_both(one, two))
    bars = [
        Bar(term, html(term.label), page.summary.name, page.summary.name)
        for page in comparison.pages
        for term in page.offices
    ]
    if bars:
        title = t("entities.offices")
        drawn = careers.gantt(bars, label=title)
        names = f"{one.summary.name}, {two.summary.name}"
        st.html(section(title, figure(drawn, title=f"{names}: {title}")))
    drawn = _mentions(comparison)
    if drawn:
        st.html(section(t("entities.mentions_per_year"), drawn))
    st.html(section(t("entities.together_title"), f"<p>{_together(comparison)}</p>"))
    if comparison.together:
        document_lines(comparison.together, "together")
    if comparison.shared:
        shared = [v.EntityBadge(c.entity_id, c.type, c.name, c.pages) for c in comparison.shared]
        st.html(section(t("entities.shared"), badge_links(shared, 16)))


def _together(comparison: v.Comparison) -> str:
    if comparison.together_pages:
        return html(t("entities.together", count=num(comparison.together_pages)))
    return html(t("entities.never_together"))


def _both(one: v.EntityPage, two: v.EntityPage) -> str:
    ids = [one.summary.entity_id, two.summary.entity_id]
    swap = nav.anchor(
        nav.href("entitas", id=ids[1], id2=ids[0]),
        f"<span>{html(t('entities.swap'))}</span>",
        style="kb-button kb-i kb-i-swap",
    )
    trend = nav.anchor(
        nav.href("tren", q=ids),
        f"<span>{html(t('nav.tren'))}</span>",
        style="kb-button kb-i kb-i-trend",
    )
    cards = ""
    for page in (one, two):
        name = nav.anchor(
            nav.href("entitas", id=page.summary.entity_id),
            html(page.summary.name),
            style=f"kb-i kb-i-{page.summary.type}",
        )
        cards += (
            f'<article class="kb-card"><h2 class="kb-title">{name}</h2>{meta(facts(page))}'
            "</article>"
        )
    return f'<div class="kb-pair">{cards}</div><div class="kb-actions">{swap}{trend}</div>'


def _mentions(comparison: v.Comparison) -> str:
    """Mentions by year of both, on one scale."""
    years = [y.year for page in comparison.pages for y in page.mentions_per_year]
    if not years:
        return ""
    lines = []
    for position, page in enumerate(comparison.pages):
        counts = {y.year: y.count for y in page.mentions_per_year}
        marks = [
            curves.Mark(
                year,
                counts.get(year, 0),
                f"{page.summary.name}, {year}: {num(counts.get(year, 0))} {t('entities.mentions')}",
                named_in(page.summary, dari=year, sampai=year) if year in counts else None,
            )
            for year in range(min(years), max(years) + 1)
        ]
        lines.append(curves.Curve(page.summary.name, SERIES_COLOURS[position], marks))
    return curves.curves(
        lines,
        label=t("entities.mentions_per_year"),
        written=num,
        key="both",
        whole=True,
        axis=t("entities.mentions"),
    )
