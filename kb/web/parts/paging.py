"""Links to the other pages of a list."""

from __future__ import annotations

import streamlit as st

from kb.web import nav
from kb.web.parts.cards import num
from kb.web.safe import html
from kb.web.state import t

AROUND = 2
"""Pages offered on each side of the open one; the first and the last always are."""


def page_links(pages: int, current: int) -> None:
    """Links to the pages of the list that is open here; none where it has one page only."""
    if pages < 2:
        return
    near = range(max(1, current - AROUND), min(pages, current + AROUND) + 1)
    wanted = sorted({1, *near, pages})
    items: list[str] = []
    before = 0
    for page in wanted:
        if page - before == 2:
            items.append(_link(before + 1, current))
        elif page - before > 2:
            items.append("<span>…</span>")
        items.append(_link(page, current))
        before = page
    back = _turn(current - 1, "previous") if current > 1 else ""
    on = _turn(current + 1, "next") if current < pages else ""
    label = html(t("app.pages"))
    st.html(
        f'<nav class="kb-paging" data-top aria-label="{label}">{back}{"".join(items)}{on}</nav>'
    )


def _link(page: int, current: int) -> str:
    return nav.anchor(_address(page), num(page), mark=f"p{page}", current=page == current)


def _turn(page: int, way: str) -> str:
    label = t(f"document.{way}")
    return nav.anchor(_address(page), "", style=f"kb-i kb-i-{way}", label=label, mark=way)


def _address(page: int) -> str:
    return nav.changed({"p": page if page > 1 else None})
