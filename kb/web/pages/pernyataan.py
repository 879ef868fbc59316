"""Pernyataan: who said what, when, in which office, with the source to quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.model import Sort, StatementKind
from kb.web import nav, state
from kb.web.base import kb, settings
from kb.web.frame import heading
from kb.web.parts import feed, filters, follow, judging, keeping, on_demand
from kb.web.parts.bars import year_bars
from kb.web.parts.cards import day, num, statement_block, statement_card
from kb.web.parts.download import download
from kb.web.parts.drawing import figure
from kb.web.parts.figures import figures_of
from kb.web.parts.filters import (
    chip_link,
    drawer_button,
    named,
    show_chips,
    toggled,
    value_name,
)
from kb.web.parts.page_cite import citation
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import PAGE_SIZE, t

KINDS = ("all", "direct", "indirect")
SORTS: tuple[Sort, ...] = ("newest", "oldest")
LISTED = 12
PARAMETERS = {
    "speaker": ("tokoh", "pembicara"),
    "institution": ("lembaga",),
    "kind": ("bentuk",),
    "date": ("dari", "sampai"),
    "withdrawn": (state.WITHDRAWN,),
    "query": ("q",),
}
"""Filters, and what they are called in the address."""


def _asked() -> dict[str, Any]:
    kind = state.choice("bentuk", KINDS, "all")
    chosen: StatementKind | None = "direct" if kind == "direct" else None
    if kind == "indirect":
        chosen = "indirect"
    return {
        "speaker": _several("tokoh") or state.text("pembicara").strip() or None,
        "institution": _several("lembaga") or state.text("lembaga").strip() or None,
        "date_from": state.iso_date("dari"),
        "date_to": state.iso_date("sampai"),
        "kind": chosen,
        "withdrawn": state.text(state.WITHDRAWN) == "1",
    }


def _several(parameter: str) -> tuple[str, ...]:
    """The entities chosen with a parameter."""
    return tuple(value for value in state.values(parameter) if state.is_entity(value))


def _set(changes: dict[str, str | None]) -> None:
    state.update({**changes, "p": None})


def _form(query: str) -> None:
    st.text_input(
        t("statements.query"),
        type="search",
        icon=":material/search:",
        placeholder="",
        max_chars=state.MAX_QUERY,
        **state.bound("said_q", query, lambda x: _set({"q": str(x)})),
    )
    boxes = (names for what, names in PARAMETERS.items() if what != "query")
    set_ = any(state.text(name) for names in boxes for name in names)
    more = st.expander(t("statements.narrow"), icon=":material/tune:", expanded=set_)
    columns = more.columns([3, 3, 2, 2, 2], gap="small")
    with columns[0]:
        st.text_input(
            t("statements.speaker"),
            max_chars=200,
            **state.bound(
                "said_by",
                named("tokoh") or state.text("pembicara"),
                lambda x: _set({"pembicara": str(x).strip() or None, "tokoh": None}),
            ),
        )
    with columns[1]:
        st.text_input(
            t("statements.institution"),
            max_chars=200,
            **state.bound(
                "said_at",
                named("lembaga"),
                lambda x: _set({"lembaga": str(x).strip() or None}),
            ),
        )
    with columns[2]:
        st.selectbox(
            t("statements.kind"),
            KINDS,
            format_func=lambda k: t(f"statements.kind_{k}"),
            **state.bound(
                "said_kind",
                state.choice("bentuk", KINDS, "all"),
                lambda k: _set({"bentuk": None if k == "all" else str(k)}),
            ),
        )
    for column, parameter, label in (
        (columns[3], "dari", "statements.from"),
        (columns[4], "sampai", "statements.to"),
    ):
        with column:
            st.text_input(
                t(label),
                placeholder="2024-01",
                max_chars=10,
                **state.bound(
                    f"said_{parameter}", state.iso_date(parameter) or "", _writer(parameter)
                ),
            )


def _writer(parameter: str) -> Callable[[object], None]:
    return lambda value: _set({parameter: str(value).strip() or None})


def show() -> None:
    """The page."""
    heading(t("statements.title"), t("statements.intro"))
    query = state.text("q").strip()
    _form(query)
    asked = _asked()
    sort = next((s for s in SORTS if s == state.text("urut")), SORTS[0])
    number = state.whole("p", 1, high=100_000)
    offset = (number - 1) * PAGE_SIZE
    result = kb().statements(query or None, **asked, sort=sort, limit=PAGE_SIZE, offset=offset)
    _chips()
    if not result.total:
        st.markdown(t("statements.none"))
        _advice(result.advice)
        with st.sidebar:
            _withdrawn(asked)
        return
    if not result.statements:
        state.update({"p": None})
        st.rerun()
    with st.sidebar:
        _years(result.per_year)
        _shortcuts("speakers", [(s.name, s.count, "tokoh", s.entity_id) for s in result.speakers])
        _shortcuts(
            "institutions", [(f.label, f.count, "lembaga", f.value) for f in result.institutions]
        )
        _withdrawn(asked)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="source_tools_said"
    ):
        line = t(
            "statements.result",
            first=num(offset + 1),
            last=num(offset + len(result.statements)),
            total=num(result.total),
        )
        st.html(f'<h2 class="kb-count">{html(line)}</h2>', width="content")
        st.selectbox(
            t("search.sort"),
            SORTS,
            format_func=lambda s: t(f"search.sort_{s}"),
            label_visibility="collapsed",
            width=160,
            **state.bound(
                "said_sort", sort, lambda s: _set({"urut": None if s == SORTS[0] else str(s)})
            ),
        )
        on_demand.popover(
            t("search.export"),
            lambda: download("statements", query or None, asked | {"sort": sort}),
            icon=":material/download:",
            key="export",
        )
        if not asked["withdrawn"]:
            _follow(query, asked)
            feed.button("statements", _feed_parameters(query, asked), key="feed")
    figures = kb().claims_of_statements([s.statement_id for s in result.statements])
    marks = kb().corrected({s.document_id for s in result.statements})
    near = kb().around(result.statements)
    for position, statement in enumerate(result.statements):
        beside = figures_of(figures.get(statement.statement_id, ()))
        beside += judging.note(marks.get(("statements", statement.statement_id)))
        context = _context(statement, near.get(statement.statement_id))
        statement_card(
            statement, f"said_{position}", query or None, foot=_foot, beside=context + beside
        )
    page_links(-(-result.total // PAGE_SIZE), number)


def _withdrawn(asked: dict[str, Any]) -> None:
    if count := kb().home().withdrawn:
        filters.withdrawn(count, chosen=asked["withdrawn"])


def _context(statement: v.StatementView, near: v.Around | None) -> str:
    """The sentence before and after, folded, as HTML."""
    if near is None or not (near.before or near.after):
        return ""
    return (
        f'<details class="kb-more"><summary>{html(t("statements.context"))}</summary>'
        f'<p class="kb-context">{html(near.before)} <b>{html(statement.text)}</b>'
        f"{html(_joined(near.after))}</p></details>"
    )


def _joined(after: str) -> str:
    """With the space before it that it needs."""
    return after if after[:1] in "\"”’',.;:!?)" else f" {after}"


def _foot(statement: v.StatementView) -> None:
    key = f"tools_said_{statement.statement_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        _cite(statement)
        keeping.statement(statement)
        judging.statement(statement)
        if settings().meaning and statement.statement_id > 0:
            on_demand.popover(
                t("statements.similar"),
                lambda: _similar(statement),
                icon=":material/forum:",
                type="tertiary",
                key=f"alike_{statement.statement_id}",
            )


def _similar(statement: v.StatementView) -> None:
    """What was said to much the same effect, by whom and when."""
    found = kb().similar_statements(statement.statement_id)
    if not found:
        st.markdown(f":gray[{t('statements.similar_none')}]")
    st.html(
        "".join(
            f'<article class="kb-card">{statement_block(one.statement)}</article>' for one in found
        )
    )


def _follow(query: str, asked: dict[str, Any]) -> None:
    """Offered where those asked for are known by their ids, or by words alone."""
    who = {"speaker": state.entity("tokoh"), "institution": state.entity("lembaga")}
    if any(asked[name] not in (None, (known,)) for name, known in who.items()):
        return  # words, or several of a kind
    dates = {name: asked[name] for name in ("date_from", "date_to")}
    label = ": ".join(filter(None, [named("tokoh") or named("lembaga"), query]))
    follow.button("statements", {"query": query, **who, **dates}, label or t("statements.title"))


def _feed_parameters(query: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The list in the words of its feed's address, which knows no form of statements."""
    told = {name: asked[name] for name in asked if name not in ("kind", "withdrawn")}
    return {"q": query, **told}


def _cite(statement: v.StatementView) -> None:
    """The reference to a statement, made when somebody asks for it."""
    on_demand.popover(
        t("statements.copy"),
        lambda: citation(statement.document_id, statement=statement.statement_id),
        icon=":material/format_quote:",
        type="tertiary",
        key=f"cite_{statement.statement_id}",
    )


# --- what narrows the result --------------------------------------------------------


def _chips() -> None:
    """Filters in force; a click takes one out."""
    chips = [
        chip_link(toggled(name, value), value_name(value))
        for name in ("tokoh", "pembicara", "lembaga")
        for value in state.values(name)
        if value.strip()
    ]
    kind = state.choice("bentuk", KINDS, "all")
    if kind != "all":
        chips.append(chip_link(_without("kind"), t(f"statements.kind_{kind}")))
    ends = (state.iso_date("dari"), state.iso_date("sampai"))
    if any(ends):
        dates = " – ".join(day(end) or "…" for end in ends)
        chips.append(chip_link(_without("date"), dates))
    if state.text(state.WITHDRAWN) == "1":
        chips.append(chip_link(_without("withdrawn"), t("search.withdrawn")))
    drawer_button(len(chips))
    if chips:
        show_chips(chips)


def _without(*names: str) -> str:
    """The address of this page without these filters."""
    return nav.changed(dict.fromkeys(["p", *(x for n in names for x in PARAMETERS.get(n, ()))]))


def _advice(advice: Sequence[v.FilterAdvice]) -> None:
    """Which filter to drop, and how many statements that gives."""
    links = ""
    for one in advice:
        names = [chip.name for chip in one.filters if chip.name in PARAMETERS]
        what = ", ".join(t(f"statements.without_{name}") for name in names)
        label = t("statements.advice", what=what, count=num(one.total))
        links += f"<li>{nav.anchor(_without(*names), html(label), style='kb-i kb-i-close')}</li>"
    if links:
        with st.container(key="advice"):
            st.html(f'<ul class="kb-lines" data-top>{links}</ul>')


def _years(counts: Sequence[v.YearCount]) -> None:
    if not counts:
        return
    ends = {state.text("dari")[:4], state.text("sampai")[:4]}
    chosen = ends if len(ends) == 1 else ()
    bars = year_bars(
        [(y.year, y.count) for y in counts],
        label=t("statements.per_year"),
        what=t("home.statements"),
        address=lambda year: nav.changed({"dari": str(year), "sampai": str(year), "p": None}),
        chosen=chosen,
    )
    with st.container(key="facet_years"):
        title = t("statements.per_year")
        st.html(f"<h3>{html(title)}</h3>{figure(bars, title=title)}")


def _shortcuts(what: str, rows: Sequence[tuple[str, int, str, str]]) -> None:
    """The most frequent as links, chosen ones first: name, count, parameter, value. Several of a
    kind may be chosen; what a count says is what the value has."""
    if not rows:
        return
    items = ""
    ordered = sorted(rows, key=lambda row: row[3] not in state.values(row[2]))
    for name, count, parameter, value in ordered[:LISTED]:
        address = toggled(parameter, value, ("pembicara",) if what == "speakers" else ())
        words = f"<span>{html(name)}</span> <small>{num(count)}</small>"
        chosen = value in state.values(parameter)
        items += f"<li>{nav.anchor(address, words, mark=f'{what}-{value}', current=chosen)}</li>"
    with st.container(key=f"facet_{what}"):
        st.html(f'<h3>{html(t(f"statements.{what}"))}</h3><ul class="kb-facet">{items}</ul>')
