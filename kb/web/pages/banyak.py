"""Banyak nama sekaligus: a pasted list, and which documents and statements name which line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from kb.errors import QueryError
from kb.explore import views as v
from kb.explore.many import LINES, Listed, listed
from kb.explore.workbook import Link, Sheet, Shown, day_or_text
from kb.web import nav
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import on_demand
from kb.web.parts.cards import num
from kb.web.parts.download import sheet_download
from kb.web.parts.feed import root
from kb.web.safe import html, md, plain
from kb.web.state import t

KEY, TEXT, FOUND, LEFT_OUT = "many_box", "many_text", "many_found", "many_left_out"
TOGETHER = 100
"""Lines asked between two looks of the progress bar."""
BYTES = 1 << 20
"""The longest list: a browser's message may be twice as long."""
SHOWN = 500
"""Lines shown on the page; files hold all."""
TITLES = 3

_render = st.components.v2.component(
    "kb_list_box",
    html=(
        '<div class="list"><label for="names"></label><textarea id="names"></textarea>'
        '<div class="row"><button type="button"></button><label>'
        '&nbsp;<input type="file" accept=".txt,.csv,.tsv"></label></div></div>'
    ),
    css=(files("kb.web.parts") / "listbox.css").read_text(encoding="utf-8"),
    js=(files("kb.web.parts") / "listbox.js").read_text(encoding="utf-8"),
)


def show() -> None:
    """The page."""
    heading(t("many.title"), t("many.intro", most=num(LINES)))
    _render(
        key=KEY,
        data={
            "label": t("many.label"),
            "button": t("many.ask"),
            "file": t("many.file"),
            "example": t("many.example"),
            "text": st.session_state.get(TEXT, ""),
            "most": BYTES,
        },
        on_list_change=_given,
    )
    given: dict[str, Any] = st.session_state.pop("many_given", {})
    if given:
        _ask(given)
    found: Sequence[v.Asked] = st.session_state.get(FOUND, ())
    if found:
        _result(found)


def _given() -> None:
    st.session_state["many_given"] = dict(st.session_state[KEY].list or {})


def _ask(given: dict[str, Any]) -> None:
    text = str(given.get("text", ""))
    if given.get("large") or len(text) > BYTES:
        st.warning(t("many.too_large"))
        return
    try:
        asked = listed(text, table=bool(given.get("table")))
    except QueryError:
        st.warning(t("many.too_many", most=num(LINES)))
        return
    lines = asked.lines
    st.session_state[TEXT] = "\n".join(lines)
    st.session_state[LEFT_OUT] = _left_out(asked)
    place = st.empty()

    def told(done: int) -> None:
        if done % TOGETHER == 0:
            said = t("many.progress", done=num(done), total=num(len(lines)))
            place.progress(done / len(lines), said)

    st.session_state[FOUND] = kb().ask_many(lines, told)
    place.empty()
    if not lines:
        st.markdown(t("many.empty"))


def _left_out(asked: Listed) -> str:
    """Lines that are not looked for, and why; nothing where all are."""
    told = [("many.twice", asked.twice), ("many.wordless", asked.wordless)]
    return " ".join(t(key, count=num(count)) for key, count in told if count)


def _result(found: Sequence[v.Asked]) -> None:
    named = sum(1 for one in found if one.pages)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tools_many"):
        line = t("many.result", named=num(named), total=num(len(found)))
        st.html(f'<h2 class="kb-count">{html(line)}</h2>', width="content")
        on_demand.popover(
            t("search.export"),
            lambda: sheet_download(export(found, root()), "many"),
            icon=":material/download:",
            key="export",
        )
    if left_out := st.session_state.get(LEFT_OUT):
        st.caption(left_out)
    names = ("words", "pages", "documents", "statements", "where")
    head = "".join(f'<th scope="col">{html(t(f"many.{name}"))}</th>' for name in names)
    ordered = sorted(found, key=lambda one: -one.documents)
    rows = "".join(map(_row, ordered[:SHOWN]))
    with st.container(key="many"):
        st.html(
            f'<div class="kb-wide"><table class="kb-table kb-many"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    if len(found) > SHOWN:
        st.markdown(md(t("many.rest", count=num(len(found) - SHOWN))))


def _row(one: v.Asked) -> str:
    phrase = f'"{one.words}"'
    words = html(one.words)
    if one.entity is not None:
        words = nav.anchor(nav.href("entitas", id=one.entity.entity_id), words)
    pages = documents = statements = "0"
    if one.pages:
        pages = nav.anchor(nav.href("cari", q=phrase), num(one.pages))
        documents = num(one.documents)
    if one.statements:
        statements = nav.anchor(nav.href("pernyataan", q=phrase), num(one.statements))
    where = "<br>".join(
        nav.anchor(
            nav.href("dokumen", id=n.document.document_id, hal=n.pages[0], q=phrase),
            html(n.document.title),
        )
        for n in one.named[:TITLES]
    )
    if not one.pages and one.entity is not None:  # only another of its names stands there
        where = _names("known", [one.entity])
    elif one.near:
        where = _names("near", one.near)
    cells = "".join(f"<td>{cell}</td>" for cell in (pages, documents, statements, where))
    return f'<tr><th scope="row">{words}</th>{cells}</tr>'


def _names(said: str, entities: Sequence[v.EntityBadge]) -> str:
    links = (nav.anchor(nav.href("entitas", id=e.entity_id), html(e.name)) for e in entities)
    return f"{html(t(f'many.{said}'))}: {', '.join(links)}"


def export(found: Sequence[v.Asked], where: str) -> Sheet:
    """A row for each document that has the words of a line; lines that none has, too."""
    columns = ("line", "documents", "statements", "known_as", "near", "title", "type", "date")
    rows: list[tuple[Shown, ...]] = []
    for one in found:
        known = one.entity.name if one.entity else None
        near = "; ".join(e.name for e in one.near) or None
        about = (plain(one.words), one.documents, one.statements, known, near)
        for named in one.named:
            d = named.document
            asked = urlencode({"id": d.document_id, "hal": named.pages[0], "q": f'"{one.words}"'})
            rows.append(
                (
                    *about,
                    Link(d.title, f"{where}/dokumen?{asked}"),
                    d.doc_type_label,
                    day_or_text(d.date),
                    ", ".join(map(str, named.pages)),
                )
            )
        if not one.named:
            rows.append((*about, None, None, None, None))
    head = tuple(t(f"columns.{name}") for name in (*columns, "on_pages"))
    return Sheet(t("columns.sheet_many"), head, tuple(rows))
