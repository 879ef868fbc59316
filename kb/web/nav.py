"""The pages, their addresses, and links between them that stay within the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import streamlit as st

from kb.web import state
from kb.web.safe import html
from kb.web.state import t

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

START = "beranda"
"""The page that needs no name in the address."""
Params = str | int | Sequence[str] | None


def build(pages: Mapping[str, Callable[[], None]], hidden: Sequence[str] = ()) -> StreamlitPage:
    """The page the address names; without a name ``START``, or what Cari shows where the address
    asks for words: a way on to Cari's own would be one that Back falls into again."""

    def start() -> None:
        pages["cari" if state.text("q") else START]()

    built: dict[str, StreamlitPage] = {}
    for name, show in pages.items():
        visibility: Literal["visible", "hidden"] = "hidden" if name in hidden else "visible"
        built[name] = st.Page(
            start if name == START else show,
            title=t(f"nav.{name}"),
            url_path=name,
            default=name == START,
            visibility=visibility,
        )
    return st.navigation(list(built.values()), position="top")


def href(name: str, **params: Params) -> str:
    """The address of a page with its state, relative to any page of the app."""
    query = urlencode(state.here(**params), doseq=True)
    path = "./" if name == START else name
    return f"{path}?{query}" if query else path


def changed(changes: Mapping[str, Params]) -> str:
    """The address of this page with ``changes`` to its state; ``None`` takes a parameter out."""
    kept = {name: state.values(name) for name in st.query_params}
    address = state.here(**{**kept, **changes})
    return "?" + urlencode(address, doseq=True)


def anchor(
    address: str,
    content: str,
    *,
    style: str = "",
    label: str = "",
    mark: str = "",
    current: bool = False,
    expanded: bool | None = None,
    stop: bool = True,
) -> str:
    """A link as HTML that opens within the session (``parts/links.js``).

    ``content`` is HTML: escape document text first. ``label`` is its name where the content
    does not say enough. ``mark`` tells the same link apart in the next run, to keep the focus.
    ``expanded`` is given for one that folds something. ``stop`` is False for one of a row that
    arrow keys walk: no Tab stop of its own.
    """
    attributes = {
        "class": style,
        "href": address,
        "aria-label": label,
        "title": label,
        "data-k": mark,
        "aria-current": "true" if current else "",
        "aria-expanded": "" if expanded is None else str(expanded).lower(),
        "tabindex": "" if stop else "-1",
    }
    given = "".join(f' {name}="{html(value)}"' for name, value in attributes.items() if value)
    return f"<a{given}>{content}</a>"
