"""Tren: terms or entities over the years, with the denominators on the chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from kb.explore import views as v
from kb.model import Facet, Filters
from kb.web import state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import num
from kb.web.safe import md, plain
from kb.web.state import t

MAX_TERMS = 5
MEASURES = ("share", "count")
By = Literal["covered", "published"]
YEARS_BY: tuple[By, ...] = ("covered", "published")
OFFERED = 30
"""Institutions and types offered as filters: those with most hits."""
NAMES = 3
"""Entities offered for a term that may be a name."""


def terms() -> list[str]:
    """The terms in the address: entity ids as they are, words split at commas."""
    found: list[str] = []
    for value in state.values("q"):
        found.extend(part.strip() for part in value.split(",") if part.strip())
    return list(dict.fromkeys(found))[:MAX_TERMS]


def _write(asked: Sequence[str]) -> None:
    state.update({"q": list(dict.fromkeys(asked))[:MAX_TERMS]})


def _add() -> None:
    given = str(st.session_state.get("trend_add") or "")
    new = [part.strip() for part in given.split(",") if part.strip()]
    _write([*terms(), *new])
    st.session_state["trend_add"] = ""


def _drop(term: str) -> None:
    _write([x for x in terms() if x != term])


def _swap(term: str, entity: str) -> None:
    _write([entity if x == term else x for x in terms()])


def show() -> None:
    """The page."""
    heading(t("trends.title"), t("trends.intro"))
    asked = terms()
    st.text_input(
        t("trends.terms", most=MAX_TERMS),
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        placeholder="stunting, kemiskinan, pengangguran" if not asked else t("trends.add"),
        key="trend_add",
        on_change=_add,
        disabled=len(asked) >= MAX_TERMS,
    )
    if not asked:
        st.markdown(f":gray[{t('trends.none')}]")
        return
    by = next((b for b in YEARS_BY if b == state.text("menurut")), YEARS_BY[0])
    wanted = state.search_state().filters
    trends = kb().trends(asked, institutions=wanted.institutions, types=wanted.types, by=by)
    _chosen(trends)
    _filters(trends, wanted, by)
    frame = trends.frame()
    if frame.empty or not frame["count"].sum():
        st.markdown(t("trends.empty"))
        return
    measure = state.choice("ukur", MEASURES, MEASURES[0])
    st.segmented_control(
        t("trends.share"),
        MEASURES,
        format_func=lambda m: t(f"trends.{m}"),
        label_visibility="collapsed",
        required=True,
        **state.bound(
            "trend_by",
            measure,
            lambda m: state.update({"ukur": None if m == MEASURES[0] else str(m)}),
        ),
    )
    frame["label"] = frame["label"].map(plain)
    labels = {"year": t("trends.year"), "count": t("trends.axis_count"), "total": t("trends.total")}
    st.altair_chart(
        charts.lines(
            frame,
            value=measure,
            title=t(f"trends.axis_{measure}"),
            percent=measure == "share",
            labels=labels,
        ),
        alt=t("trends.alt"),
    )
    totals = frame.groupby("year")["total"].max()
    st.markdown(f":gray[{t('trends.denominator')}]")
    st.altair_chart(
        charts.year_bars(
            list(zip(totals.index.tolist(), totals.tolist(), strict=True)),
            year=t("trends.year"),
            count=t("trends.total"),
            colour=charts.QUIET,
        ).properties(height=90),
        alt=t("trends.denominator"),
    )
    st.caption(t(f"trends.counts_{by}"))
    wide = frame.pivot_table(index="year", columns="label", values="count", aggfunc="sum")
    wide[t("trends.total")] = totals
    st.dataframe(wide.rename_axis(t("trends.year")))
    for position, series in enumerate(trends.series):
        _split(series, position)


def _chosen(trends: v.Trends) -> None:
    """The terms as chips to take out, and names that a term may mean."""
    with st.container(horizontal=True, gap="small", key="chips"):
        for position, series in enumerate(trends.series):
            st.button(
                md(series.label),
                key=f"term_{position}",
                icon=":material/close:",
                help=t("trends.drop"),
                on_click=_drop,
                args=(series.term,),
            )
    words = [s.term for s in trends.series if s.entity_id is None]
    offers = [
        (word, entity)
        for word in words
        for entity in kb().entities(word, limit=NAMES).entities
        if entity.mentions
    ]
    if not offers:
        return
    with st.popover(t("trends.as_name"), type="tertiary"):
        for position, (word, entity) in enumerate(offers):
            st.button(
                f"{md(word)} → {md(entity.name)} :gray[{num(entity.mentions)}]",
                key=f"swap_{position}",
                type="tertiary",
                on_click=_swap,
                args=(word, entity.entity_id),
            )


def _filters(trends: v.Trends, wanted: Filters, by: By) -> None:
    left, middle, right = st.columns([3, 3, 2], gap="small")
    for column, name, parameter, chosen in (
        (left, "institution", "lembaga", list(wanted.institutions)),
        (middle, "type", "jenis", list(wanted.types)),
    ):
        offered = _offered(trends, name, chosen)
        with column:
            st.multiselect(
                t(f"search.{name}"),
                list(offered),
                format_func=_labelled(offered),
                placeholder=t("trends.all"),
                **state.bound(f"trend_{name}", chosen, _filter_writer(parameter)),
            )
    with right:
        st.selectbox(
            t("trends.years_by"),
            YEARS_BY,
            format_func=lambda b: t(f"trends.by_{b}"),
            **state.bound(
                "trend_years",
                by,
                lambda b: state.update({"menurut": None if b == YEARS_BY[0] else str(b)}),
            ),
        )


def _labelled(labels: dict[str, str]) -> Callable[[str], str]:
    return lambda value: plain(labels.get(value, value))


def _filter_writer(parameter: str) -> Callable[[Sequence[object]], None]:
    def write(values: Sequence[object]) -> None:
        state.update({parameter: [str(value) for value in values]})

    return write


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


def _split(series: v.TrendSeries, position: int) -> None:
    if not series.total:
        return
    box = st.expander(
        t("trends.split", term=md(series.label), count=num(series.total)),
        on_change="rerun",
        key=f"split_{position}",
    )
    if not box.open:
        return
    with box:
        left, right = st.columns(2)
        for column, name, facets in (
            (left, "institution", series.by_institution),
            (right, "type", series.by_type),
        ):
            with column:
                st.markdown(f"**{t(f'trends.by_{name}')}**")
                _facets(name, facets)


def _facets(name: str, facets: Sequence[Facet]) -> None:
    st.dataframe(
        {
            t(f"search.{name}"): [plain(f.label) for f in facets],
            t("trends.axis_count"): [f.count for f in facets],
        },
        hide_index=True,
    )
