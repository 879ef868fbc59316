"""Indikator: target against realisation by year, each number with its page."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import meta, num
from kb.web.parts.download import download
from kb.web.safe import md, plain
from kb.web.state import PAGE_SIZE, t


def show() -> None:
    """The page."""
    heading(t("indicators.title"), t("indicators.intro"))
    query = state.text("q").strip()
    st.text_input(
        t("indicators.query"),
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        placeholder="tingkat kemiskinan",
        **state.bound("ind_q", query, lambda x: state.update({"q": str(x), "p": None})),
    )
    wanted = _filters()
    number = state.whole("p", 1, high=10_000)
    base = kb()
    result = base.indicators(
        query or None, **wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    if not result.indicators:
        st.markdown(t("indicators.none"))
        if wanted and (rest := base.indicators(query or None, limit=1).total):
            st.markdown(t("indicators.unfiltered", total=num(rest)))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("indicators.total", total=num(result.total)))
        with st.popover(t("search.export"), icon=":material/download:"):
            download("indicators", query or None, wanted)
    for position, indicator in enumerate(result.indicators):
        _indicator(indicator, position, opened=position < 3)
    pages = -(-result.total // PAGE_SIZE)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            turned = st.pagination(pages, default=min(number, pages), key=f"ind_pages_{number}")
        if turned != min(number, pages):
            state.update({"p": turned if turned > 1 else None})
            st.rerun()


def _filters() -> dict[str, Any]:
    """The year and institution in the address, with their boxes; only what is set."""
    year, agency = state.whole("tahun", 0, high=2100), state.text("lembaga").strip()
    left, right = st.columns([1, 3])
    with left:
        st.text_input(
            t("indicators.year").capitalize(),
            max_chars=4,
            placeholder="2024",
            **state.bound("ind_year", str(year or ""), lambda x: _set("tahun", x)),
        )
    with right:
        st.text_input(
            t("indicators.agency").capitalize(),
            max_chars=state.MAX_QUERY,
            placeholder="Dinas Kesehatan",
            **state.bound("ind_agency", agency, lambda x: _set("lembaga", x)),
        )
    wanted: dict[str, Any] = {"years": (year,)} if year else {}
    return wanted | ({"institution": agency} if agency else {})


def _set(name: str, value: object) -> None:
    state.update({name: str(value).strip() or None, "p": None})


def _cells(indicator: v.IndicatorView) -> list[v.IndicatorCell]:
    return [
        cell
        for year in indicator.years
        for cell in (year.baseline, year.target, year.realisation)
        if cell is not None
    ]


def _indicator(indicator: v.IndicatorView, position: int, *, opened: bool) -> None:
    """One indicator; its numbers are drawn when it is open, which a list of them is not."""
    unit = f" ({md(indicator.unit)})" if indicator.unit else ""
    box = st.expander(
        f"**{md(indicator.name)}**{unit}",
        expanded=opened,
        on_change="rerun",
        key=f"open_{indicator.norm}_{indicator.region}_{position}",
    )
    if box.open:
        with box:
            _numbers(indicator, position)


def _numbers(indicator: v.IndicatorView, position: int) -> None:
    names = [n for n in indicator.names if n != indicator.name]
    st.html(
        meta(
            [
                indicator.region,
                f"{t('indicators.agency')}: {indicator.agency}" if indicator.agency else None,
                f"{t('indicators.names')}: {'; '.join(names[:3])}" if names else None,
            ]
        )
    )
    cells = _cells(indicator)
    if not cells:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        labels = {
            k: t(f"indicators.{k}") for k in ("year", "page", "target", "realisation", "baseline")
        }
        frame = pd.DataFrame(
            [
                (
                    c.year,
                    labels[c.kind],
                    c.value,
                    plain(c.value_text),
                    c.page_label or str(c.page),
                )
                for c in cells
                if c.value is not None
            ],
            columns=["year", "kind", "value", "value_text", "page"],
        )
        if len(frame):  # an opinion or a grade has nothing to draw
            st.altair_chart(
                charts.target_and_realisation(frame, labels, plain(indicator.unit) or None),
                key=f"indicator_{position}",
            )
    with right:
        for row, year in enumerate(indicator.years):
            share = year.attainment
            attained = f" · {t('indicators.attainment')} {num(100 * share, 1)} %" if share else ""
            st.markdown(f"**{year.year}**:gray[{attained}]")
            with st.container(key=f"lines_{position}_{row}"):
                for cell in (year.baseline, year.target, year.realisation):
                    if cell is not None:
                        _number(cell)


def _number(cell: v.IndicatorCell) -> None:
    label = t("search.page", label=cell.page_label or cell.page)
    nav.link(
        "dokumen",
        f"{t(f'indicators.{cell.kind}')} **{md(cell.value_text)}** "
        f":gray[{md(cell.title)}, {md(label)}]",
        id=cell.document_id,
        hal=cell.page,
        q=cell.value_text,
    )
