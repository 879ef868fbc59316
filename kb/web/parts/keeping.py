"""The button that keeps a page, statement or number: its link, a star, a note, collections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Literal
from urllib.parse import quote

import streamlit as st

from kb.errors import KBError
from kb.explore import views as v
from kb.staff import accounts
from kb.staff.keeping import NAME, NOTE, Clip, Keeper, Thing
from kb.web import nav, staff
from kb.web.base import settings
from kb.web.parts import numbers, on_demand
from kb.web.parts.cards import num
from kb.web.parts.door import enabled
from kb.web.parts.feed import root
from kb.web.safe import html, md, plain
from kb.web.state import t

_copy = st.components.v2.component(
    "kb_copy",
    html='<div class="row"><input readonly><button type="button"></button></div>',
    css=(files(__package__) / "copy_link.css").read_text(encoding="utf-8"),
    js=(files(__package__) / "copy_link.js").read_text(encoding="utf-8"),
)
Numbers = Sequence[tuple[str, v.IndicatorCell]]
"""Numbers, each with the name of its indicator."""


def keeper(who: accounts.Account) -> Keeper:
    """Where this person keeps things."""
    return Keeper(settings(), who.name)


def copy_link(address: str, key: str) -> None:
    """The address, and the button that copies it."""
    told = {
        "address": address,
        "label": t("keep.copy"),
        "done": t("keep.copied"),
        "failed": t("keep.copy_yourself"),
        "name": t("keep.link"),
    }
    _copy(key=f"copy_{key}", data=told, height="content")


def page(document: v.DocumentView, one: v.PageView) -> None:
    """The button above a page."""
    where = f"{root()}/d/{document.document_id}"
    if document.page_count > 1:
        where += f"/h/{quote(one.label or str(one.page))}"
    thing = Thing("page", document.document_id, one.page)
    who = staff.person()
    kept = keeper(who).of(thing) if who is not None else None
    _button(lambda: offer(thing, where, "page"), key="keep_page", kept=kept is not None)


def statement(one: v.StatementView) -> None:
    """The button below a statement; one of a withdrawn document has no address of its own."""
    if one.statement_id <= 0:
        return
    number = one.statement_id
    thing = Thing("statement", one.document_id, one.page, number)
    _button(
        lambda: offer(thing, f"{root()}/p/{number}", f"said_{number}"),
        key=f"keep_said_{number}",
        type="tertiary",
    )


def offer_numbers(cells: Callable[[], Numbers], key: str) -> None:
    """The button for these numbers: first which, then as with everything."""
    _button(lambda: _which(cells(), key), key=f"keep_numbers_{key}", number=True)


def _button(
    draw: Callable[[], object],
    *,
    key: str,
    kept: bool = False,
    number: bool = False,
    type: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    if staff.person() is None:
        label, icon = t("keep.link_number" if number else "keep.link"), ":material/link:"
    else:
        label = t("keep.kept" if kept else "keep.number" if number else "keep.button")
        icon = ":material/bookmark_added:" if kept else ":material/bookmark_add:"
    on_demand.popover(label, draw, icon=icon, type=type, key=key)


def _which(cells: Numbers, key: str) -> None:
    there = {cell.number_id: (name, cell) for name, cell in cells}
    chosen = st.selectbox(
        t("judge.which_number"),
        list(there),
        index=0 if len(there) == 1 else None,
        placeholder=t("judge.choose"),
        format_func=lambda n: said(*there[n]) if n in there else "",
        key=f"keep_which_{key}",
    )
    if chosen in there:
        cell = there[chosen][1]
        there_too = numbers.address(cell)
        where = f"{root()}/{there_too}"
        thing = Thing("number", cell.document_id, cell.page, cell.number_id)
        offer(thing, where, f"number_{cell.number_id}")


def said(name: str, cell: v.IndicatorCell) -> str:
    """A number in one line: what it is of, and where it stands."""
    kind = t(f"indicators.{cell.kind}")
    return plain(
        f"{name} · {cell.year} · {kind}: {cell.value_text} ({cell.title}, {numbers.page(cell)})"
    )


def offer(thing: Thing, address: str, key: str) -> None:
    """What the button opens: the link for everybody, and what a person keeps of it."""
    copy_link(address, key)
    who = staff.person()
    if who is None:
        if enabled():
            link = nav.anchor(nav.href("kelola"), html(t("keep.enter")))
            told = f"{html(t('keep.needs_name'))} {link}"
            st.html(f'<p class="kb-note kb-further">{told}</p>')
        return
    mine = keeper(who).of(thing)
    lists = {
        one.row.id: (
            one.row.name if one.row.owner == who.name else f"{one.row.name} ({one.row.owner})"
        )
        for one in keeper(who).collections()
    }
    inside = [one for one in lists if mine is not None and one in mine.collections]
    with st.form(f"form_keep_{key}", border=False):
        starred = st.toggle(
            t("keep.star"), value=mine is None or mine.row.starred, key=f"star_{key}"
        )
        note = st.text_area(
            t("keep.note"),
            plain(mine.row.note) if mine else "",
            max_chars=NOTE,
            height=90,
            help=t("keep.note_help"),
            key=f"note_{key}",
        )
        chosen = st.multiselect(
            t("keep.collections"),
            list(lists),
            default=inside,
            format_func=lambda one: plain(lists.get(one, str(one))),
            accept_new_options=True,
            placeholder=t("keep.choose"),
            key=f"lists_{key}",
        )
        save = st.form_submit_button(t("judge.save"), type="primary", key=f"save_keep_{key}")
    if save:
        _save(thing, starred, note, chosen)


def _save(thing: Thing, starred: bool, note: str, chosen: Sequence[int | str]) -> None:
    who = staff.person()
    if who is None:
        return
    known = [one for one in chosen if isinstance(one, int)]
    new = [one[:NAME] for one in chosen if isinstance(one, str)]
    try:
        kept = keeper(who).keep(thing, starred=starred, note=note, collections=known, new=new)
    except KBError as error:
        st.error(md(str(error)))
        return
    st.success(t("keep.saved") if kept else t("keep.forgotten"), icon=":material/bookmark_added:")
    st.html(nav.anchor(_open(kept), html(t("keep.open")), style="kb-button"))


def _open(kept: Clip | None) -> str:
    last = max(kept.collections, default=None) if kept is not None else None
    return nav.href("koleksi", id=last) if last is not None else nav.href("koleksi")


def told_count(count: int) -> str:
    """How much is in a collection."""
    return t("collections.count", count=num(count))
