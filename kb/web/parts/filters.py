"""Filters in the sidebar: values with counts over all hits, chips for those in force."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.explore import views as v
from kb.model import Facet
from kb.web import nav, state
from kb.web.base import kb
from kb.web.parts import on_demand
from kb.web.parts.bars import year_bars
from kb.web.parts.cards import num
from kb.web.safe import html, plain
from kb.web.state import FILTER_NAMES, t

SHOWN = 7
"""Values of a facet shown at once; the rest behind ``Lainnya``."""
IN_LIST = 40


def value_name(value: str) -> str:
    """What a value of a filter is called: the entity's name, or the words typed."""
    if not state.is_entity(value):
        return plain(value)
    page = kb().entity(value, statements=0, documents=0, co_occurring=0)
    return plain(page.summary.name)


def named(parameter: str) -> str:
    """What the box of a filter shows: the one value's name; nothing where several are chosen,
    which stand as chips."""
    chosen = state.values(parameter)
    return value_name(chosen[0]) if len(chosen) == 1 else ""


def toggled(name: str, value: str, drop: Sequence[str] = ()) -> str:
    """The address with ``value`` of a parameter put in or taken out; its first result page."""
    current = state.values(name)
    rest = [v for v in current if v != value]
    kept = rest if len(rest) < len(current) else [*current, value]
    return nav.changed({name: kept, "p": None, **dict.fromkeys(drop)})


def _values(facet: str, values: Sequence[Facet]) -> str:
    """Values as links that put one in or take it out, as HTML."""
    name = FILTER_NAMES[facet]
    chosen = set(state.values(name))
    items = "".join(
        "<li>"
        + nav.anchor(
            toggled(name, value.value),
            f"<span>{html(value.label)}</span> <small>{num(value.count)}</small>",
            mark=f"{facet}-{value.value}",
            current=value.value in chosen,
        )
        + "</li>"
        for value in values
    )
    return f'<ul class="kb-facet">{items}</ul>'


def facet_list(facet: str, facets: Sequence[Facet]) -> None:
    """The values of one facet, chosen ones first."""
    if not facets:
        return
    chosen = set(state.values(FILTER_NAMES[facet]))
    ordered = sorted(facets, key=lambda f: f.value not in chosen)
    _facet(facet, "", ordered[:SHOWN], ordered[SHOWN:])


def year_histogram(facets: Sequence[Facet]) -> None:
    """Years as bars that lead to that year alone, and as a list where several can be chosen."""
    years = [f for f in facets if f.value.isdigit()]
    if not years:
        return
    chosen = set(state.values("tahun"))
    bars = ""
    if len(years) > 1:
        bars = year_bars(
            [(int(f.value), f.count) for f in years],
            label=t("search.year"),
            what=t("entities.pages"),
            address=lambda year: nav.changed(
                {"tahun": None if chosen == {str(year)} else str(year), "p": None}
            ),
            chosen=chosen,
        )
    # The years with most hits, newest first: a plan to 2045 must not hide this year.
    most = sorted(years, key=lambda f: (f.value not in chosen, -f.count))
    shown = sorted(most[:SHOWN], key=lambda f: (f.value not in chosen, -int(f.value)))
    _facet("year", bars, shown, sorted(most[SHOWN:], key=lambda f: -int(f.value)))


def _facet(facet: str, above: str, shown: Sequence[Facet], rest: Sequence[Facet]) -> None:
    with st.container(key=f"facet_{facet}", gap=None):
        st.html(f"<h3>{html(t(f'search.{facet}'))}</h3>{above}{_values(facet, shown)}")
        if rest:
            on_demand.expander(t("search.more"), lambda: _rest(facet, rest), key=f"more_{facet}")


def _rest(facet: str, rest: Sequence[Facet]) -> None:
    wanted = ""
    if facet != "year":
        wanted = st.text_input(t("search.find_in"), key=f"find_{facet}", live=True) or ""
    match = [f for f in rest if wanted.casefold() in f.label.casefold()]
    st.html(_values(facet, match[:IN_LIST]))


def figures(facets: Sequence[Facet]) -> None:
    """The choice of pages that state a figure, with how many there are."""
    chosen = state.text(FILTER_NAMES["figures"]) == "1"
    count = sum(facet.count for facet in facets)
    if not count and not chosen:
        return
    words = f"<span>{html(t('search.with_figures'))}</span> <small>{num(count)}</small>"
    link = nav.anchor(
        nav.changed({FILTER_NAMES["figures"]: None if chosen else "1", "p": None}),
        words,
        mark="figures",
        current=chosen,
    )
    with st.container(key="facet_figures", gap=None):
        title = html(t("search.content"))
        st.html(f'<h3>{title}</h3><ul class="kb-facet"><li>{link}</li></ul>')


def label_of(chip: v.ActiveFilter) -> str:
    """A filter in force in the reader's language."""
    return t("search.with_figures") if chip.name == "figures" else chip.label


def withdrawn(count: int, *, chosen: bool) -> None:
    """The choice of documents that their sources took back."""
    address = nav.changed({state.WITHDRAWN: None if chosen else "1", "p": None})
    words = f"<span>{html(t('search.withdrawn'))}</span> <small>{num(count)}</small>"
    link = nav.anchor(address, words, mark="withdrawn", current=chosen)
    with st.container(key="facet_withdrawn", gap=None):
        title = html(t("search.state"))
        st.html(f'<h3>{title}</h3><ul class="kb-facet"><li>{link}</li></ul>')


def drawer_button(count: int) -> None:
    """On a phone: the button that opens the drawer with the filters, and how many are on."""
    label = f"{t('search.filters')} ({num(count)})" if count else t("search.filters")
    address = nav.changed({})
    with st.container(key="drawer"):
        st.html(
            f'<a class="kb-button kb-drawer kb-i kb-i-filter" role="button" data-drawer'
            f' href="{html(address)}"><span>{html(label)}</span></a>'
        )


def chips(active: Sequence[v.ActiveFilter], *, withdrawn: bool = False) -> None:
    """Filters in force; each is a link that takes it out."""
    links: list[str] = []
    for chip in active:
        name = FILTER_NAMES.get(chip.name) or {"from": "dari", "to": "sampai"}.get(chip.name)
        if name is None:
            continue
        label = label_of(chip)
        if chip.name in ("from", "to"):
            label = f"{t(f'search.{chip.name}')} {label}"
        rest = [x for x in state.values(name) if x != chip.value]
        links.append(chip_link(nav.changed({name: rest, "p": None}), label))
    if withdrawn:
        without = nav.changed({state.WITHDRAWN: None, "p": None})
        links.append(chip_link(without, t("search.withdrawn")))
    if links:
        show_chips(links)


def chip_link(address: str, label: str) -> str:
    """A filter in force as a link to ``address``, where it is not."""
    return nav.anchor(
        address,
        f"<span>{html(label)}</span>",
        style="kb-chip kb-i kb-i-close",
        label=t("search.without", filter=label),
    )


def show_chips(links: Sequence[str]) -> None:
    """Chips in a row, with one that takes all filters out where there are several."""
    every = ""
    if len(links) > 1:
        names = [
            *FILTER_NAMES.values(),
            state.WITHDRAWN,
            "pembicara",
            "bentuk",
            "dari",
            "sampai",
            "p",
        ]
        every = nav.anchor(nav.changed(dict.fromkeys(names)), html(t("search.clear")))
    with st.container(key="chips"):
        items = "".join(f"<li>{one}</li>" for one in (*links, every) if one)
        st.html(
            f'<ul class="kb-badges" data-top aria-label="{html(t("search.filters"))}">{items}</ul>'
        )
