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
from kb.web.parts import curves, disagree, feed, judging_numbers, on_demand
from kb.web.parts.cards import meta, num
from kb.web.parts.curves import Curve, Mark
from kb.web.parts.download import download
from kb.web.parts.figures import claim_card
from kb.web.parts.filters import chip_link, show_chips, toggled, value_name
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import PAGE_SIZE, t
from kb.web.theme import SERIES_COLOURS

KINDS = ("baseline", "target", "realisation")
COLOURS = {
    "baseline": SERIES_COLOURS[4],
    "target": SERIES_COLOURS[1],
    "realisation": SERIES_COLOURS[0],
}
DIFFER = "beda"
"""The parameter that keeps what documents disagree on."""
SAID = 12
"""Figures that were said, shown with an indicator: the latest."""
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
        for cell in (*(_cell(year, kind) for kind in KINDS), *year.others)
        if cell is not None
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
    unit = f" <small>{html(indicator.unit)}</small>" if indicator.unit else ""
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
    said = _said(indicator)
    facts = meta(
        [
            indicator.region,
            f"{t('indicators.agency')}: {indicator.agency}" if indicator.agency else None,
            f"{t('indicators.names')}: {'; '.join(names[:WORDINGS])}" if names else None,
        ]
    )
    return (
        f'<article class="kb-series">{line}<div class="kb-series-body">{facts}'
        f"{_chart(indicator, said)}{_table(indicator.years)}{_said_list(said)}</div></article>"
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
    return f"{year.year}: {', '.join(parts)}"


def _said(indicator: v.IndicatorView) -> list[v.ClaimView]:
    """Figures about this indicator and region that somebody stated, oldest first."""
    found = kb().claims(indicator=indicator.name, agreement="paired", limit=SAID).claims
    own = [
        claim
        for claim in found
        if any(pair.region == indicator.region for pair in claim.pairs) and claim.period
    ]
    return sorted(own, key=lambda claim: claim.period or "")


def _said_list(said: Sequence[v.ClaimView]) -> str:
    """Who stated a figure of this, when and in which office."""
    if not said:
        return ""
    return f"<h4>{html(t('claims.said'))}</h4>" + "".join(map(claim_card, said))


def _chart(indicator: v.IndicatorView, said: Sequence[v.ClaimView] = ()) -> str:
    """Target and realisation as lines; nothing for an opinion or a grade.

    What was said stands as points of its own where it is in the indicator's unit.
    """
    lines = []
    for kind in KINDS:
        cells = [
            cell
            for year in indicator.years
            if (cell := _cell(year, kind)) is not None and cell.value is not None
        ]
        label = t(f"indicators.{kind}")
        marks = [
            Mark(
                cell.year,
                cell.value,
                f"{cell.year}, {label}: {cell.value_text} ({_source(cell)})",
                _address(cell),
            )
            for cell in cells
            if cell.value is not None
        ]
        if marks:
            lines.append(Curve(label, COLOURS[kind], marks, hollow=kind == "target"))
    if sum(len(line.marks) for line in lines) < 2:
        return ""
    spoken = [
        Mark(
            int(claim.period[:4]),
            claim.number,
            f"{claim.period[:4]}, {claim.speaker or claim.title}: {claim.value}",
            nav.href("dokumen", id=claim.document_id, hal=claim.page, q=claim.value),
        )
        for claim in said
        if claim.period and claim.unit in ("persen", "poin", None)
    ]
    if spoken:
        lines.append(Curve(t("claims.said"), SERIES_COLOURS[2], spoken, points=True))
    values = [mark.value for line in lines for mark in line.marks]
    digits = 0 if max(values) - min(values) > 10 else 2
    return curves.curves(
        lines,
        label=indicator.name,
        written=lambda x: _short(x, digits),
        key="ind",
        from_zero=False,
        low=True,
        axis=indicator.unit or "",
    )


def _short(value: float, digits: int) -> str:
    """A number of the axis: thousands of millions are not written out."""
    for size, key in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return t(f"indicators.{key}", value=num(value / size, 0 if value % size == 0 else 1))
    return num(value, 0 if value == round(value) else digits)


def _cell(year: v.IndicatorYear, kind: str) -> v.IndicatorCell | None:
    return {
        "baseline": year.baseline,
        "target": year.target,
        "realisation": year.realisation,
    }[kind]


def _source(cell: v.IndicatorCell) -> str:
    return f"{t('search.page', label=cell.page_label or cell.page)} · {cell.title}"


def _address(cell: v.IndicatorCell) -> str:
    return nav.href("dokumen", id=cell.document_id, hal=cell.page, q=cell.value_text)


def _table(years: Sequence[v.IndicatorYear]) -> str:
    """Every number with the page it stands on, one line a year."""
    kinds = [kind for kind in KINDS if any(_cell(year, kind) for year in years)]
    shares = any(year.met is not None for year in years)
    attained = html(t("indicators.attainment").capitalize())
    head = "".join(f"<th>{html(t(f'indicators.{kind}').capitalize())}</th>" for kind in kinds)
    if shares:
        head += f'<th class="kb-figure-cell">{attained}</th>'
    rows = ""
    for year in years:
        cells = "".join(_number(_cell(year, kind)) for kind in kinds)
        if shares:
            share = f"{num(100 * year.attainment, 1)} %" if year.attainment is not None else ""
            if year.met is not None:
                word = t("indicators.met" if year.met else "indicators.missed")
                share += f" <small>{html(word)}</small>"
            cells += f'<td class="kb-figure-cell" data-label="{attained}">{share}</td>'
        rows += f"<tr><th>{year.year}</th>{cells}</tr>"
        if year.others:
            rows += (
                f'<tr><td></td><td colspan="{len(kinds) + shares}"><small>'
                f"{html(t('indicators.others'))}: {'; '.join(map(_other, year.others))}"
                "</small></td></tr>"
            )
    return (
        '<div class="kb-wide"><table class="kb-table kb-numbers-of-years"><thead><tr>'
        f"<th>{html(t('indicators.year').capitalize())}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _other(cell: v.IndicatorCell) -> str:
    """A number that another document, another stage of it or a quarter states."""
    parts = [t(f"indicators.{cell.kind}")]
    if cell.quarter:
        parts.append(t("indicators.quarter", number=("I", "II", "III", "IV")[cell.quarter - 1]))
    if cell.stage == "perubahan":
        parts.append(t("indicators.changed"))
    link = nav.anchor(
        _address(cell), f"<b>{html(cell.value_text)}</b> {html(_source(cell))}",
        mark=f"other-{cell.document_id}-{cell.page}-{cell.kind}-{cell.quarter or 0}-{cell.row}",
    )  # fmt: skip
    return f"{html(' '.join(parts))} {link}"


def _number(cell: v.IndicatorCell | None) -> str:
    if cell is None:
        return "<td></td>"
    link = nav.anchor(
        _address(cell),
        f"<b>{html(cell.value_text)}</b><small>{html(_source(cell))}</small>",
        mark=f"number-{cell.kind}-{cell.year}",
    )
    label = html(t(f"indicators.{cell.kind}").capitalize())
    return f'<td data-label="{label}">{link}</td>'
