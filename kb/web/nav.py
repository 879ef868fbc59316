"""The pages, their addresses, and links between them that stay within the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from kb.web import state
from kb.web.state import t

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_KEY = "_kb_pages"
_HERE = "_kb_here"
Params = str | int | Sequence[str] | None


def build(pages: Mapping[str, Callable[[], None]], hidden: Sequence[str] = ()) -> StreamlitPage:
    """The page the address names. The first of ``pages`` is the start page."""
    built: dict[str, StreamlitPage] = {}
    for number, (name, show) in enumerate(pages.items()):
        visibility: Literal["visible", "hidden"] = "hidden" if name in hidden else "visible"
        built[name] = st.Page(
            show,
            title=t(f"nav.{name}"),
            url_path=name,
            default=number == 0,
            visibility=visibility,
        )
    st.session_state[_KEY] = built
    current = st.navigation(list(built.values()), position="top")
    st.session_state[_HERE] = next((n for n, p in built.items() if p == current), None)
    return current


def _address(name: str, params: Mapping[str, Params]) -> dict[str, str | list[str]]:
    """Parameters for a link; one to the page itself is marked, see ``state.arrive``."""
    address = state.here(**params)
    if st.session_state.get(_HERE) == name:
        address[state.SAME_PAGE] = "1"
    return address


def link(
    name: str,
    label: str,
    *,
    icon: str | None = None,
    help: str | None = None,
    stretch: bool = False,
    **params: Params,
) -> None:
    """A link to a page with its state in the address. ``label`` is Markdown: escape it."""
    pages: dict[str, StreamlitPage] = st.session_state.get(_KEY, {})
    if name not in pages:  # a page shown by itself, as in the tests
        st.markdown(label)
        return
    st.page_link(
        pages[name],
        label=label,
        icon=icon,
        help=help,
        width="stretch" if stretch else "content",
        query_params=_address(name, params),
    )


def go(name: str, **params: Params) -> None:
    """Leave for another page."""
    pages: dict[str, StreamlitPage] = st.session_state.get(_KEY, {})
    st.switch_page(pages[name], query_params=_address(name, params))
