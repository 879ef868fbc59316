"""What is asked of the base and drawn only when somebody opens it, without the rest of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st


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
