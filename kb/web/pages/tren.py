"""Tren: terms or entities over the years, with the denominators on the chart."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.web import state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import num
from kb.web.safe import plain
from kb.web.state import t

MAX_TERMS = 6
MEASURES = ("share", "count")


def terms() -> list[str]:
    """The terms in the address: entity ids as they are, words split at commas."""
    found: list[str] = []
    for value in state.values("q"):
        found.extend(part.strip() for part in value.split(",") if part.strip())
    return list(dict.fromkeys(found))[:MAX_TERMS]


def show() -> None:
    """The page."""
    heading(t("trends.title"), t("trends.intro"))
    asked = terms()
    st.text_input(
        t("trends.terms"),
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        placeholder="stunting, kemiskinan, pengangguran",
        **state.bound("trend_q", ", ".join(asked), lambda x: state.update({"q": str(x)})),
    )
    if not asked:
        st.markdown(f":gray[{t('trends.none')}]")
        return
    measure = state.choice("ukur", MEASURES, "share")
    st.segmented_control(
        t("trends.share"),
        MEASURES,
        format_func=lambda m: t(f"trends.{m}"),
        label_visibility="collapsed",
        required=True,
        **state.bound(
            "trend_by", measure, lambda m: state.update({"ukur": None if m == "share" else str(m)})
        ),
    )
    trends = kb().trends(asked)
    frame = trends.frame()
    if frame.empty or not frame["count"].sum():
        st.markdown(t("trends.empty"))
        return
    frame["label"] = frame["label"].map(plain)
    labels = {"year": t("trends.year"), "count": t("trends.axis_count"), "total": t("trends.total")}
    st.altair_chart(
        charts.lines(
            frame,
            value=measure,
            title=t(f"trends.axis_{measure}"),
            percent=measure == "share",
            labels=labels,
        )
    )
    st.caption(t("trends.counts"))
    wide = frame.pivot_table(index="year", columns="label", values="count", aggfunc="sum")
    wide[t("trends.total")] = frame.groupby("year")["total"].max()
    st.dataframe(wide.rename_axis(t("trends.year")))
    for series in trends.series:
        _split(series)


def _split(series: v.TrendSeries) -> None:
    if not series.total:
        return
    with st.expander(f"{plain(series.label)} · {num(series.total)}".replace("[", "\\[")):
        left, right = st.columns(2)
        for column, name, facets in (
            (left, "institution", series.by_institution),
            (right, "type", series.by_type),
        ):
            with column:
                st.markdown(f"**{t(f'trends.by_{name}')}**")
                st.dataframe(
                    {
                        t(f"search.{name}"): [plain(f.label) for f in facets],
                        t("trends.axis_count"): [f.count for f in facets],
                    },
                    hide_index=True,
                )
