"""Indikator: target against realisation by year, each number with its page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import disagree, feed, indicators_beside, judging_numbers, on_demand
from kb.web.parts.cards import meta, num
from kb.web.parts.download import download
from kb.web.parts.filters import chip_link, show_chips, toggled, value_name
from kb.web.parts.indicator_years import (
    chart,
    direction,
    said_list,
    said_of,
    table,
    unit_of,
)
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import PAGE_SIZE, t

DIFFER = "beda"
"""The parameter that keeps what documents disagree on."""
OPEN, NOTHING = "buka", "-"
"""The parameter that says which indicator is unfolded, and its value where none is."""
WORDINGS = 3
"""Other wordings of a name shown."""
_YEAR = re.compile(r"(?:19|20)\d{2}")


def show() -> None:
    """The page."""
    heading(t("indicators.title"), t("indicators.intro"))
    query = state.text("q").strip()
    wanted = _asked(query)
    number = state.whole("p", 1, high=10_000)
    base = kb()
    differ = state.text(DIFFER) == "1"
    st.toggle(
        t("claims.disagree"),
        **state.bound("ind_differ", differ, lambda x: _set(DIFFER, "1" if x else "")),
    )
    if differ:
        disagree.show(query or None, wanted, number)
        return
    indicators_beside.show()
    result = base.indicators(
        query or None, **wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    if result.total and not result.indicators:
        state.update({"p": None})
        st.rerun()
    if not result.indicators:
        st.markdown(t("indicators.none"))
        _advice(query, wanted)
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="tools_indicators"
    ):
        line = t("indicators.total", total=num(result.total))
        st.html(f'<h2 class="kb-count">{html(line)}</h2>', width="content")
        on_demand.popover(
            t("search.export"),
            lambda: download("indicators", query or None, wanted),
            key="export",
            icon=":material/download:",
        )
        if query:
            feed.button("indicators", {"q": query}, key="feed")
    opened = state.text(OPEN)
    keys = [_key(indicator) for indicator in result.indicators]
    if opened not in (*keys, NOTHING):
        opened = keys[0]
    for indicator, key in zip(result.indicators, keys, strict=True):
        if key == opened:
            judging_numbers.numbers(_cells(indicator), "indicator")
            judging_numbers.direction(indicator)
    with st.container(key="lines_indicators"):
        st.html(
            "".join(
                _indicator(indicator, key, opened=key == opened)
                for indicator, key in zip(result.indicators, keys, strict=True)
            )
        )
    page_links(-(-result.total // PAGE_SIZE), number)


def _cells(indicator: v.IndicatorView) -> list[tuple[str, v.IndicatorCell]]:
    """Every number of an indicator, the latest year first."""
    return [
        (indicator.name, cell)
        for year in reversed(indicator.years)
        for cell in (*year.cells, *year.others)
    ]


def _asked(query: str) -> dict[str, Any]:
    """The boxes for name, year and institution; the last two only where they are set."""
    years = tuple(int(v) for v in state.values("tahun") if _YEAR.fullmatch(v))
    agencies = tuple(v.strip() for v in state.values("lembaga") if v.strip())
    name, when, whose = st.columns([5, 1, 3], gap="small")
    with name:
        st.text_input(
            t("indicators.query"),
            icon=":material/search:",
            max_chars=state.MAX_QUERY,
            placeholder="tingkat kemiskinan",
            **state.bound("ind_q", query, lambda x: _set("q", x)),
        )
    with when:
        st.text_input(
            t("indicators.year").capitalize(),
            max_chars=60,
            placeholder=t("indicators.years_example"),
            **state.bound(
                "ind_year",
                ", ".join(map(str, years)),
                lambda x: _set("tahun", *re.findall(_YEAR, str(x))),
            ),
        )
    with whose:
        st.text_input(
            t("indicators.agency").capitalize(),
            max_chars=state.MAX_QUERY,
            placeholder=t("indicators.agencies_example"),
            **state.bound(
                "ind_agency",
                "; ".join(map(value_name, agencies)),
                lambda x: _set("lembaga", *_split(str(x), agencies)),
            ),
        )
    chips = [
        chip_link(toggled(name, value), value_name(value))
        for name, values in (("tahun", map(str, years)), ("lembaga", agencies))
        for value in values
    ]
    if chips:
        show_chips(chips)
    wanted: dict[str, Any] = {"years": years} if years else {}
    return wanted | ({"institution": agencies} if agencies else {})


def _split(typed: str, known: Sequence[str]) -> list[str]:
    """The agencies typed, between semicolons; one that was there by its id keeps it."""
    ids = {value_name(value): value for value in known}
    return [ids.get(one.strip(), one.strip()) for one in typed.split(";")]


def _set(name: str, *values: object) -> None:
    kept = [text for value in values if (text := str(value).strip())]
    state.update({name: kept or None, "p": None, OPEN: None})


def _advice(query: str, wanted: Mapping[str, Any]) -> None:
    """Which of the boxes to empty, and how many indicators that gives."""
    boxes = {"query": "q", "year": "tahun", "agency": "lembaga"}
    asked: dict[str, Any] = {
        name: value
        for name, value in (
            ("query", query),
            ("year", wanted.get("years")),
            ("agency", wanted.get("institution")),
        )
        if value
    }
    drops = [(name,) for name in asked] + ([tuple(asked)] if len(asked) > 1 else [])
    links = ""
    for drop in drops:
        rest = {name: value for name, value in asked.items() if name not in drop}
        total = (
            kb()
            .indicators(
                rest.get("query"),
                years=rest.get("year", ()),
                institution=rest.get("agency"),
                limit=1,
            )
            .total
        )
        if not total or (len(drop) > 1 and links):
            continue
        what = ", ".join(t(f"indicators.without_{name}") for name in drop)
        label = html(t("indicators.drop", what=what, count=num(total)))
        address = nav.changed({"p": None, **dict.fromkeys(boxes[name] for name in drop)})
        links += f"<li>{nav.anchor(address, label, style='kb-i kb-i-close')}</li>"
    if links:
        with st.container(key="advice"):
            st.html(f'<ul class="kb-lines" data-top>{links}</ul>')


def _key(indicator: v.IndicatorView) -> str:
    """What tells an indicator from the others of a list, for the address."""
    return f"{indicator.norm} {indicator.region or ''}".strip()


def _indicator(indicator: v.IndicatorView, key: str, *, opened: bool) -> str:
    """One indicator: a line with its latest numbers that unfolds a chart and a table."""
    unit = f" <small>{html(unit_of(indicator))}</small>" if indicator.unit else ""
    line = nav.anchor(
        nav.changed({OPEN: NOTHING if opened else key}),
        f'<h3>{html(indicator.name)}{unit}</h3><span class="kb-latest">{_latest(indicator)}</span>',
        style="kb-fold" + (" kb-open" if opened else ""),
        mark=f"fold-{key}",
        expanded=opened,
    )
    if not opened:
        return f'<article class="kb-series">{line}</article>'
    names = [n for n in indicator.names if n != indicator.name]
    said = said_of(indicator)
    facts = meta(
        [
            indicator.region,
            f"{t('indicators.agency')}: {indicator.agency}" if indicator.agency else None,
            direction(indicator) or None,
            f"{t('indicators.names')}: {'; '.join(names[:WORDINGS])}" if names else None,
        ]
    )
    return (
        f'<article class="kb-series">{line}<div class="kb-series-body">{facts}'
        f"{chart(indicator, said)}{indicators_beside.link(indicator)}{table(indicator.years)}"
        f"{said_list(said)}</div></article>"
    )


def _latest(indicator: v.IndicatorView) -> str:
    """The last realisation with its target, else the last target."""
    done = [year for year in indicator.years if year.realisation]
    year = done[-1] if done else next((y for y in reversed(indicator.years) if y.target), None)
    if year is None:
        return ""
    parts = [
        f"{html(t(f'indicators.{cell.kind}'))} <b>{html(cell.value_text)}</b>"
        for cell in (year.realisation, year.target)
        if cell is not None
    ]
    if year.met is not None:
        word = t("indicators.met" if year.met else "indicators.missed")
        parts.append(f'<em class="kb-{"met" if year.met else "missed"}">{html(word)}</em>')
    return f"{year.year}: {', '.join(parts)}"
