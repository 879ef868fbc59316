"""Tren: terms or entities over the years, with the denominators on the chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from kb.explore import views as v
from kb.explore.workbook import Sheet
from kb.model import Facet, Filters
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import curves, on_demand
from kb.web.parts.cards import num, query_links
from kb.web.parts.download import sheet_download
from kb.web.parts.drawing import figure
from kb.web.parts.toggles import tabs, toggles
from kb.web.safe import html, md
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

MAX_TERMS = 5
MEASURES = ("share", "count")
By = Literal["covered", "published"]
YEARS_BY: tuple[By, ...] = ("covered", "published")
OFFERED = 30
"""Institutions and types offered as filters: those with most hits."""
NAMES = 3
"""Entities offered for a term that may be a name."""
EXAMPLES = ("stunting, kemiskinan", "banjir, kekeringan", "jalan, jembatan, irigasi")


def terms() -> list[str]:
    """The terms in the address: entity ids as they are, words split at commas."""
    found: list[str] = []
    for value in state.values("q"):
        found.extend(part.strip() for part in value.split(",") if part.strip())
    return list(dict.fromkeys(found))[:MAX_TERMS]


def _add() -> None:
    given = str(st.session_state.get("trend_add") or "")
    new = [part.strip() for part in given.split(",") if part.strip()]
    state.update({"q": list(dict.fromkeys([*terms(), *new]))[:MAX_TERMS]})
    st.session_state["trend_add"] = ""


def show() -> None:
    """The page."""
    heading(t("trends.title"), t("trends.intro"))
    asked = terms()
    hint = t("trends.terms", most=MAX_TERMS)
    st.text_input(
        hint,
        icon=":material/search:",
        label_visibility="collapsed",
        max_chars=state.MAX_QUERY,
        placeholder=hint if not asked else t("trends.add"),
        key="trend_add",
        on_change=_add,
        disabled=len(asked) >= MAX_TERMS,
    )
    if not asked:
        links = query_links(EXAMPLES, to="tren")
        st.html(f'<p class="kb-muted">{html(t("trends.none"))}</p>{links}')
        return
    by = next((b for b in YEARS_BY if b == state.text("menurut")), YEARS_BY[0])
    wanted = state.search_state().filters
    trends = kb().trends(asked, institutions=wanted.institutions, types=wanted.types, by=by)
    _chosen(trends)
    _filters(trends, wanted, by)
    if not any(point.count for series in trends.series for point in series.points):
        st.markdown(t("trends.empty"))
        return
    measure = state.choice("ukur", MEASURES, MEASURES[0])
    st.html(_chart(trends, measure, by, wanted))
    st.html(_table(trends))
    on_demand.popover(
        t("search.export"),
        lambda: sheet_download(_export(trends)),
        key="export",
        icon=":material/download:",
    )
    for position, series in enumerate(trends.series):
        if series.total:
            _split(series, position)


def _chosen(trends: v.Trends) -> None:
    """The terms as chips to take out, and names that a term may mean."""
    asked = [series.term for series in trends.series]
    chips = "".join(
        "<li>"
        + nav.anchor(
            nav.changed({"q": [term for term in asked if term != series.term]}),
            f"<span>{html(series.label)}</span>",
            style="kb-chip kb-i kb-i-close",
            label=f"{t('trends.drop')}: {series.label}",
            mark=f"term-{position}",
        )
        + "</li>"
        for position, series in enumerate(trends.series)
    )
    words = [s.term for s in trends.series if s.entity_id is None]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="chips"):
        st.html(f'<ul class="kb-badges">{chips}</ul>', width="content")
        if words:
            on_demand.popover(
                t("trends.as_name"), lambda: _names(asked, words), key="names", type="tertiary"
            )


def _names(asked: Sequence[str], words: Sequence[str]) -> None:
    """Names that a word may stand for, each a link to the trend of that name."""
    links = "".join(
        "<li>"
        + nav.anchor(
            nav.changed({"q": [entity.entity_id if x == word else x for x in asked]}),
            f"{html(word)} → {html(entity.name)} <small>{num(entity.mentions)}</small>",
        )
        + "</li>"
        for word in words
        for entity in kb().entities(word, limit=NAMES).entities
        if entity.mentions
    )
    st.html(f'<ul class="kb-lines">{links}</ul>' if links else html(t("entities.none")))


def _filters(trends: v.Trends, wanted: Filters, by: By) -> None:
    """Boxes with institutions and types to narrow by, and by what a year is meant."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="narrow"):
        for name, parameter, chosen in (
            ("institution", "lembaga", list(wanted.institutions)),
            ("type", "jenis", list(wanted.types)),
        ):
            offered = _offered(trends, name, chosen)
            label = t(f"search.{name}")
            if chosen:
                label += f" ({num(len(chosen))})"
            on_demand.popover(label, _choices(name, parameter, offered, chosen), key=parameter)
        st.html(
            tabs(
                {one: t(f"trends.by_{one}") for one in YEARS_BY},
                by,
                label=t("trends.years_by"),
                parameter="menurut",
            ),
            width="content",
        )


def _choices(
    name: str, parameter: str, offered: Mapping[str, str], chosen: Sequence[str]
) -> Callable[[], object]:
    drawn = toggles(
        offered, chosen, label=t(f"search.{name}"), parameter=parameter, several=True, drop=()
    )
    return lambda: st.html(drawn or f"<p>{html(t('trends.empty'))}</p>")


def _offered(trends: v.Trends, name: str, chosen: Sequence[str]) -> dict[str, str]:
    """Values of a filter with their labels: those in force, then those with most hits."""
    labels = {f.value: f.label for f in trends.filters if f.name == name}
    counts: dict[str, int] = {}
    for series in trends.series:
        facets = series.by_institution if name == "institution" else series.by_type
        for facet in facets:
            labels.setdefault(facet.value, facet.label)
            counts[facet.value] = counts.get(facet.value, 0) + facet.count
    most = sorted(counts, key=lambda value: -counts[value])[:OFFERED]
    return {value: labels.get(value, value) for value in dict.fromkeys([*chosen, *most])}


def _chart(trends: v.Trends, measure: str, by: By, wanted: Filters) -> str:
    lines = [
        curves.Curve(
            series.label,
            SERIES_COLOURS[position],
            [
                curves.Mark(
                    point.year,
                    point.share if measure == "share" else point.count,
                    _said(series, point),
                    _pages(series, point.year, by, wanted) if point.count else None,
                )
                for point in series.points
            ],
        )
        for position, series in enumerate(trends.series)
    ]
    totals = _totals(trends)
    drawn = curves.curves(
        lines,
        label=t("trends.alt"),
        written=(lambda x: f"{num(100 * x, 0 if x * 100 == round(x * 100) else 1)} %")
        if measure == "share"
        else num,
        key="trend",
        whole=measure == "count",
        axis=t(f"trends.axis_{measure}"),
        foot=totals.get,
        foot_label=t("trends.denominator"),
        foot_written=num,
    )
    measures = tabs(
        {one: t(f"trends.{one}") for one in MEASURES},
        measure,
        label=t("trends.measure"),
        parameter="ukur",
    )
    note = html(t(f"trends.counts_{by}"))
    title = f"{t('trends.title')}: {', '.join(s.label for s in trends.series)}"
    shown = figure(drawn, title=title, source=t(f"trends.counts_{by}"))
    return f'<div class="kb-head">{measures}</div>{shown}<p class="kb-note">{note}</p>'


def _said(series: v.TrendSeries, point: v.TrendPoint) -> str:
    """``stunting, 2023: 11 dari 46 halaman (23,9 %)``."""
    return t(
        "trends.said",
        term=series.label,
        year=point.year,
        count=num(point.count),
        total=num(point.total),
        share=num(100 * point.share, 1),
    )


def _pages(series: v.TrendSeries, year: int, by: By, wanted: Filters) -> str:
    """The address of the pages that a point counts."""
    asked: dict[str, Any] = {"lembaga": wanted.institutions, "jenis": wanted.types}
    kind = (series.entity_id or "").partition(":")[0]
    field = {"person": "tokoh", "institution": "lembaga", "place": "tempat"}.get(kind)
    if field is None:
        asked["q"] = series.term
    elif asked.get(field):  # several issuers in the filter would be any of them
        asked["q"] = f'{field}:"{series.entity_id}"'
    else:
        asked[field] = series.entity_id
    when = {"tahun": year} if by == "covered" else {"dari": year, "sampai": year}
    return nav.href("cari", **asked, **when)


def _totals(trends: v.Trends) -> dict[int, int]:
    return {point.year: point.total for series in trends.series for point in series.points}


def _table(trends: v.Trends) -> str:
    totals = _totals(trends)
    counts = [{p.year: p.count for p in series.points} for series in trends.series]
    head = "".join(
        f'<th class="kb-figure-cell">{html(word)}</th>'
        for word in (*(s.label for s in trends.series), t("trends.total"))
    )
    rows = "".join(
        f"<tr><th>{year}</th>"
        + "".join(f'<td class="kb-figure-cell">{num(c.get(year, 0))}</td>' for c in counts)
        + f'<td class="kb-figure-cell">{num(totals[year])}</td></tr>'
        for year in sorted(totals)
    )
    return (
        f'<div class="kb-wide"><table class="kb-table"><thead><tr>'
        f"<th>{html(t('trends.year').capitalize())}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _export(trends: v.Trends) -> Sheet:
    return Sheet(
        t("columns.sheet_trends"),
        tuple(t(f"columns.{name}") for name in ("term", "year", "pages", "all_pages", "share")),
        tuple(
            (series.label, p.year, p.count, p.total, round(p.share, 6))
            for series in trends.series
            for p in series.points
        ),
    )


def _split(series: v.TrendSeries, position: int) -> None:
    on_demand.expander(
        t("trends.split", term=md(series.label), count=num(series.total)),
        lambda: st.html(_facets(series)),
        key=f"split_{position}",
    )


def _facets(series: v.TrendSeries) -> str:
    parts = ""
    for name, facets in (("institution", series.by_institution), ("type", series.by_type)):
        parts += f"<div><h3>{html(t(f'trends.by_{name}'))}</h3>{_measures(facets)}</div>"
    return f'<div class="kb-pair">{parts}</div>'


def _measures(facets: Sequence[Facet]) -> str:
    most = max((f.count for f in facets), default=1) or 1
    rows = "".join(
        f"<li><div><span>{html(f.label)}</span><small>{num(f.count)}</small>"
        f'<i style="width:{100 * f.count / most:.0f}%"></i></div></li>'
        for f in facets
    )
    return f'<ul class="kb-measures">{rows}</ul>'
