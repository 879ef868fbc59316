"""What is asked of the base and drawn only when somebody opens it, without the rest of the page.

Each such part is a fragment: opening it runs that part alone. Streamlit's script in the browser
gathers what happens within one turn of its event loop and asks for **one** fragment only, the
first (``scheduleFlush``: "multiple different fragmentIds detected in a single batch"). Escape on
one part and Enter on the next, typed while the browser is busy, are one turn; so are a click
outside an open window and what it clicked. The other part would stay as it was: opened and
empty, a key lost. The values of all widgets do arrive, so whichever part runs looks whether the
page shows what the reader asked for, and has it drawn anew if not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from kb.web import state

_DRAWN = "on_demand_drawn"
"""Name in the session of what the page shows: the parts (open or not), address and language."""


def begin() -> None:
    """A whole page is being drawn: nothing of it is there yet."""
    st.session_state[_DRAWN] = ({}, _asked())


def _asked() -> tuple[dict[str, list[str]], str]:
    """What a page is drawn from besides its parts."""
    return {name: state.values(name) for name in st.query_params}, state.language()


def _drawn(key: str, is_open: bool) -> None:
    """Note that a part shows what was asked of it; draw the page anew if another does not."""
    shown: dict[str, bool]
    shown, asked = st.session_state.setdefault(_DRAWN, ({}, _asked()))
    alone = key in shown  # else it is drawn with the whole page, and the others follow
    shown[key] = is_open
    if alone and (asked != _asked() or any(_is_open(k) != was for k, was in shown.items())):
        del st.session_state[_DRAWN]  # once: what is drawn now is what is asked now
        st.rerun()


def _is_open(key: str) -> bool:
    value: Any = st.session_state.get(key)
    return bool(value)


@st.fragment
def popover(
    label: str,
    draw: Callable[[], object],
    *,
    key: str,
    icon: str | None = None,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """A button that opens a small window with what ``draw`` draws."""
    box = st.popover(label, icon=icon, type=type, width="content", on_change="rerun", key=key)
    if box.open:
        with box:
            draw()
    _drawn(key, bool(box.open))


@st.fragment
def expander(
    label: str,
    draw: Callable[[], object],
    *,
    key: str,
    icon: str | None = None,
    expanded: bool = False,
) -> None:
    """A line that unfolds what ``draw`` draws."""
    box = st.expander(label, icon=icon, expanded=expanded, on_change="rerun", key=key)
    if box.open:
        with box:
            draw()
    _drawn(key, bool(box.open))
