"""Klaim: figures that were said, each beside what documents print of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import on_demand
from kb.web.parts.bars import year_bars
from kb.web.parts.cards import num
from kb.web.parts.download import download
from kb.web.parts.figures import claim_card
from kb.web.parts.filters import named
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import PAGE_SIZE, t

AGREEMENTS = ("all", "paired", "same", "differs")
KINDS = ("all", "reached", "target", "change", "comparison")


def show() -> None:
    """The page."""
    heading(t("claims.title"), t("claims.intro"))
    query = state.text("q").strip()
    wanted = _form(query)
    number = state.whole("p", 1, high=100_000)
    offset = (number - 1) * PAGE_SIZE
    result = kb().claims(query or None, **wanted, limit=PAGE_SIZE, offset=offset)
    if result.total and not result.claims:
        state.update({"p": None})
        st.rerun()
    if not result.claims:
        st.markdown(t("claims.none"))
        if wanted and (rest := kb().claims(query or None, limit=1).total):
            st.markdown(t("claims.unfiltered", total=num(rest)))
        return
    with st.sidebar:
        _years(result.per_year)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        line = t("claims.total", total=num(result.total))
        st.html(f'<h2 class="kb-count">{html(line)}</h2>', width="content")
        on_demand.popover(
            t("search.export"),
            lambda: download("claims", query or None, wanted),
            key="export",
            icon=":material/download:",
        )
    with st.container(key="lines_claims"):
        st.html("".join(claim_card(claim, query or None) for claim in result.claims))
    page_links(-(-result.total // PAGE_SIZE), number)


def _form(query: str) -> dict[str, Any]:
    """The boxes; what is asked for beside the words."""
    year = state.whole("tahun", 0, high=2100)
    agreement = state.choice("cocok", AGREEMENTS, "all")
    kind = state.choice("jenis", KINDS, "all")
    official = state.entity("tokoh") or state.text("oleh").strip() or None
    st.text_input(
        t("claims.query"),
        type="search",
        icon=":material/search:",
        placeholder="stunting",
        max_chars=state.MAX_QUERY,
        **state.bound("claim_q", query, lambda x: _set({"q": str(x).strip() or None})),
    )
    who, beside, what, when = st.columns([3, 3, 2, 1], gap="small")
    with who:
        st.text_input(
            t("claims.official"),
            max_chars=200,
            **state.bound(
                "claim_by",
                named("tokoh") or state.text("oleh"),
                lambda x: _set({"oleh": str(x).strip() or None, "tokoh": None}),
            ),
        )
    with beside:
        st.selectbox(
            t("claims.agreement"),
            AGREEMENTS,
            format_func=lambda k: t(f"claims.only_{k}"),
            **state.bound("claim_agree", agreement, _chooser("cocok")),
        )
    with what:
        st.selectbox(
            t("claims.kind"),
            KINDS,
            format_func=lambda k: t(f"claims.kind_{k}"),
            **state.bound("claim_kind", kind, _chooser("jenis")),
        )
    with when:
        st.text_input(
            t("indicators.year").capitalize(),
            max_chars=4,
            placeholder="2024",
            **state.bound(
                "claim_year", str(year or ""), lambda x: _set({"tahun": str(x).strip() or None})
            ),
        )
    wanted: dict[str, Any] = {
        "official": official,
        "agreement": None if agreement == "all" else agreement,
        "kind": None if kind == "all" else kind,
        "years": (year,) if year else None,
    }
    return {name: value for name, value in wanted.items() if value}


def _years(counts: Sequence[v.YearCount]) -> None:
    """Claims by the year of their documents."""
    if not counts:
        return
    bars = year_bars(
        [(y.year, y.count) for y in counts],
        label=t("claims.per_year"),
        what=t("claims.title"),
        address=lambda year: nav.changed({"tahun": str(year), "p": None}),
        chosen=(state.text("tahun"),),
    )
    with st.container(key="facet_years"):
        st.html(f"<h3>{html(t('claims.per_year'))}</h3>{bars}")


def _chooser(parameter: str) -> Callable[[object], None]:
    return lambda value: _set({parameter: None if value == "all" else str(value)})


def _set(changes: dict[str, str | None]) -> None:
    state.update({**changes, "p": None})
