"""Filters in the sidebar: values with counts over all hits, chips for those in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.model import Facet
from kb.web import state
from kb.web.parts import charts
from kb.web.parts.cards import num
from kb.web.safe import md
from kb.web.state import FILTER_NAMES, t

SHOWN = 7
"""Values of a facet shown at once; the rest behind ``Lainnya``."""
IN_LIST = 40


def _box(facet: str, value: Facet, chosen: bool, prefix: str = "") -> None:
    name = FILTER_NAMES[facet]
    key = f"f_{prefix}{facet}_{value.value}"
    st.session_state[key] = chosen
    st.checkbox(
        f"{md(value.label)} ({num(value.count)})",  # what is read aloud: no colours in it
        key=key,
        on_change=state.toggle,
        args=(name, value.value),
    )


def facet_list(facet: str, facets: Sequence[Facet]) -> None:
    """The values of one facet as check boxes, chosen ones first."""
    chosen = set(state.values(FILTER_NAMES[facet]))
    if not facets:
        return
    with st.container(key=f"facet_{facet}", gap=None):
        st.markdown(f"**{t(f'search.{facet}')}**")
        ordered = sorted(facets, key=lambda f: f.value not in chosen)
        for value in ordered[:SHOWN]:
            _box(facet, value, value.value in chosen)
        rest = ordered[SHOWN:]
        if rest:
            with st.popover(t("search.more"), type="tertiary"):
                wanted = st.text_input(t("search.find_in"), key=f"find_{facet}", live=True)
                match = [f for f in rest if (wanted or "").casefold() in f.label.casefold()]
                for value in match[:IN_LIST]:
                    _box(facet, value, value.value in chosen, prefix="more_")


def _histogram(counts: Sequence[tuple[int, int]], chosen: set[str]) -> None:
    event: Any = st.altair_chart(
        charts.year_bars(
            counts, year=t("search.year"), count=t("entities.pages"), select="year"
        ).properties(height=110),
        on_select="rerun",
        key=f"years_{'_'.join(sorted(chosen))}",
        alt=t("search.year"),
    )
    picked = [str(p.get("year")) for p in event.selection.get("year", []) if p.get("year")]
    if picked and picked[0] not in chosen:
        state.update({"tahun": picked, "p": None})
        st.rerun()


def year_histogram(facets: Sequence[Facet]) -> None:
    """Years as bars that can be clicked, and as check boxes for the keyboard."""
    years = [f for f in facets if f.value.isdigit()]
    if not years:
        return
    chosen = set(state.values("tahun"))
    st.markdown(f"**{t('search.year')}**")
    counts = sorted((int(f.value), f.count) for f in years)
    if len(counts) > 1:
        _histogram(counts, chosen)
    # The years with most hits, newest first: a plan to 2045 must not hide this year.
    most = sorted(years, key=lambda f: (f.value not in chosen, -f.count))
    shown = sorted(most[:SHOWN], key=lambda f: (f.value not in chosen, -int(f.value)))
    with st.container(key="facet_year", gap=None):
        for value in shown:
            _box("year", value, value.value in chosen)
        rest = sorted(most[SHOWN:], key=lambda f: -int(f.value))
        if rest:
            with st.popover(t("search.more"), type="tertiary"):
                for value in rest[:IN_LIST]:
                    _box("year", value, value.value in chosen, prefix="more_")


def chips(active: Sequence[v.ActiveFilter]) -> None:
    """Filters in force; a click takes one out."""
    if not active:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for number, chip in enumerate(active):
            name = FILTER_NAMES.get(chip.name) or {"from": "dari", "to": "sampai"}.get(chip.name)
            if name is None:
                continue
            label = md(chip.label)
            if chip.name in ("from", "to"):
                label = f"{t(f'search.{chip.name}')} {label}"
            st.button(
                label,
                key=f"chip_{number}",
                icon=":material/close:",
                on_click=_drop,
                args=(name, chip.value),
            )
        if len(active) > 1:
            st.button(t("search.clear"), key="chip_all", type="tertiary", on_click=clear)


def _drop(name: str, value: str) -> None:
    if name in ("dari", "sampai"):
        state.update({name: None, "p": None})
    else:
        state.update({name: [x for x in state.values(name) if x != value], "p": None})


def clear() -> None:
    """Take out every filter; the query stays."""
    names = [*FILTER_NAMES.values(), "dari", "sampai", "p"]
    state.update(dict.fromkeys(names))
