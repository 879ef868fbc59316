"""Dated events on an axis one can drag and zoom; each point opens its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files

import streamlit as st

from kb.web import state
from kb.web.safe import plain
from kb.web.state import t


@dataclass(frozen=True, slots=True)
class Point:
    """One event to draw."""

    date: str
    """The day, ``YYYY-MM-DD``."""
    kind: int
    """Which line it stands on."""
    said: str
    """Its date and title."""
    address: str
    """Where it leads; empty where there is nothing to open."""


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


_render = st.components.v2.component(
    "kb_timeline",
    html="<div class='kb-line'></div>",
    css=_asset("events.css"),
    js=_asset("events.js"),
)


def event_line(points: Sequence[Point], kinds: Mapping[str, str], key: str) -> None:
    """The events in order of date on one axis; ``kinds`` names its lines, with their colours."""
    words: Mapping[str, str] = {
        name: t(f"timeline.{name}") for name in ("alt", "closer", "wider", "all")
    }
    _render(
        key=key,
        data={
            "points": [asdict(p) | {"said": plain(p.said)} for p in points],
            "kinds": [{"name": plain(n), "colour": colour} for n, colour in kinds.items()],
            "words": dict(words),
            "language": state.language(),
        },
        height="content",
    )
