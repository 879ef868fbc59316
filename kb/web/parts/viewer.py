"""The pages as they look, beside the text of one: zoom, scrolling on, words to select, marks."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args
from urllib.parse import urlencode

import streamlit as st

from kb.explore import views as v
from kb.explore.views.documents import PICTURE_WIDTHS, Problem
from kb.web.safe import plain
from kb.web.state import t

_BUTTONS = (
    *(("wider", "−", "-"), ("fit", "100 %", "0"), ("closer", "+", "+")),
    *(("full", "", "f"), ("flow", "", "c")),
)


def _button(name: str, sign: str, key: str) -> str:
    inside = f"<output>{sign}</output>" if name == "fit" else sign
    return f'<button type="button" data-do="{name}" data-key="{key}">{inside}</button>'


_HTML = (
    '<div class="kb-viewer"><div class="kb-zoom" role="toolbar">'
    + "".join(_button(*one) for one in _BUTTONS)
    + '</div><p class="kb-warn" role="status"></p>'
    '<div class="kb-sheet" role="region" tabindex="0"><div class="kb-leaves"></div></div></div>'
)

_render = st.components.v2.component(
    "kb_viewer",
    html=_HTML,
    js=(files(__package__) / "viewer.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def viewer(
    document: v.DocumentView,
    page: v.PageView,
    *,
    query: str | None,
    entities: bool,
    statement: int | None,
) -> None:
    """The pictures of the pages, at this one, with what was asked for marked on them."""
    made_for = {"v": document.sha256}
    asked = {
        **made_for,
        **({"q": query} if query else {}),
        **({"nama": "1"} if entities else {}),
        **({"s": str(statement)} if statement else {}),
    }
    _render(
        key="viewer",
        data={
            "at": f"gambar/{document.document_id}",
            "made": urlencode(made_for),
            "asked": urlencode(asked),
            "page": page.page,
            "count": max(1, document.page_count),
            "widths": list(PICTURE_WIDTHS),
            "alt": plain(t("document.page_of", page="%", count=document.page_count)),
            "words": {name: t(f"document.zoom_{name}") for name in ("bar", *_names())},
            "problems": {name: t(f"document.no_image_{name}") for name in get_args(Problem)},
        },
        height="content",
    )


def _names() -> tuple[str, ...]:
    return tuple(name for name, _, _ in _BUTTONS)
