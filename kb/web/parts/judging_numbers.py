"""Perbaiki for numbers of indicators: choose one, write what is printed, or say that it is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.model import NUMBER_KINDS
from kb.web import staff
from kb.web.base import kb
from kb.web.parts import judging, keeping, on_demand
from kb.web.parts.deciding import decide
from kb.web.safe import html, plain
from kb.web.state import t

MOST = 1000
"""Indicators of a document looked through for those of one page."""
Cells = Sequence[tuple[str, v.IndicatorCell]]
"""Numbers, each with the name of its indicator."""
_TURN = "kb_number_turn"
"""Name in the session of how many numbers were decided."""


def numbers(cells: Cells, key: str) -> None:
    """The buttons for these numbers: keep one, correct one (in the mode), and who did."""
    if not cells:
        return
    told = notes(cells)
    if told:
        st.html(told)
    _buttons(lambda: cells, key)


def on_page(page: v.PageView) -> None:
    """The same for the numbers that the tables of a page give."""
    if not page.indicators:
        return
    if staff.mending():
        numbers(_of(page), f"page_{page.page}")
    else:
        _buttons(lambda: _of(page), f"page_{page.page}")


def _buttons(cells: Callable[[], Cells], key: str) -> None:
    with st.container(horizontal=True, gap="small", key=f"tools_num_{key}"):
        keeping.offer_numbers(cells, key)
        if staff.mending():
            on_demand.popover(
                t("judge.number"),
                lambda: _choose(cells(), key),
                icon=":material/build:",
                key=f"num_{key}",
            )


def _of(page: v.PageView) -> Cells:
    found = kb().indicators(document=page.document_id, limit=MOST).indicators
    return [
        (one.name, cell)
        for one in found
        for year in one.years
        for cell in (*year.cells, *year.others)
        if (cell.document_id, cell.page) == (page.document_id, page.page)
    ]


def notes(cells: Cells) -> str:
    """Where one of them stands as a person corrected it, as HTML."""
    marks = kb().corrected({cell.document_id for _, cell in cells})
    told = ""
    for name, cell in cells:
        one = marks.get(("indicators", cell.number_id))
        if one is not None and one.changes:
            told += f"<div>{html(keeping.said(name, cell))} {judging.note(one)}</div>"
    return told


def _choose(cells: Cells, key: str) -> None:
    there = {cell.number_id: (name, cell) for name, cell in cells}
    turn = st.session_state.get(_TURN, 0)
    chosen = st.selectbox(
        t("judge.which_number"),
        list(there),
        index=0 if len(there) == 1 else None,
        placeholder=t("judge.choose"),
        format_func=lambda n: keeping.said(*there[n]) if n in there else "",
        key=f"which_{key}_{turn}" if turn else f"which_{key}",
    )
    if chosen in there:
        _form(there[chosen][1])


def _form(now: v.IndicatorCell) -> None:
    number = now.number_id
    one = judging.as_seen(f"number_{number}", now)
    seen = {"value_text": one.value_text, "unit": one.unit, "kind": one.kind, "year": one.year}
    with st.form(f"form_number_{number}", border=False):
        left, right = st.columns(2)
        value = left.text_input(
            t("judge.field_value"), plain(one.value_text), max_chars=60, key=f"value_{number}"
        )
        unit = right.text_input(
            t("judge.field_unit"), plain(one.unit or ""), max_chars=60, key=f"unit_{number}"
        )
        kind = left.selectbox(
            t("judge.field_kind"),
            NUMBER_KINDS,
            index=NUMBER_KINDS.index(one.kind),
            format_func=lambda k: t(f"indicators.{k}"),
            key=f"number_kind_{number}",
        )
        year = right.text_input(
            t("judge.field_year"), str(one.year), max_chars=4, key=f"year_{number}"
        )
        reason, save, reject = judging.end(f"number_{number}", t("judge.no_number"))
    changes: dict[str, Any] = {}
    if value.strip() != plain(one.value_text):
        changes["value"] = value.strip()
    if unit.strip() != plain(one.unit or ""):
        changes["unit"] = unit.strip() or None
    if kind != one.kind:
        changes["kind"] = kind
    if year.strip() != str(one.year):
        changes["year"] = year.strip()
    if save and not changes:
        st.info(t("judge.nothing"))
    elif save:
        decide(lambda d: d.number(number, reason=reason, seen=seen, **changes), _next)
    elif reject:
        decide(lambda d: d.reject("indicator", number, reason=reason, seen=seen), _next)


def _next(_: object) -> None:
    """What was chosen is decided, and called otherwise now: another may be chosen."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def direction(one: v.IndicatorView) -> None:
    """Whether less of an indicator is better, in the mode alone."""
    if not staff.mending():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="direction"):
        said = t("judge.falls" if one.falls else "judge.rises", name=one.name)
        st.html(html(said), width="content")
        name, falls = one.name, not one.falls
        if st.button(
            t("judge.rises_do" if one.falls else "judge.falls_do"),
            key="turn_direction",
            icon=":material/swap_vert:",
            type="tertiary",
        ):
            decide(lambda d: d.direction(name, falls=falls))
