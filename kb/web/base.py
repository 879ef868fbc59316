"""The knowledge base this server shows, opened once for all sessions."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from kb.config import Settings, load_settings
from kb.explore import KnowledgeBase, open_kb

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("kb.web")


@st.cache_resource(show_spinner=False, max_entries=4)
def _open(home: str) -> KnowledgeBase:
    base = open_kb(home)
    if base.index_problem:
        log.warning("rebuilding the search index: %s", base.index_problem)
        from kb.ingest import rebuild

        rebuild(base.settings)
        base.refresh()
    return base


def settings() -> Settings:
    """The settings of the knowledge base being served."""
    return load_settings()


def kb() -> KnowledgeBase:
    """The open knowledge base; sees what was ingested since the last run."""
    base = _open(str(settings().home))
    base.refresh()
    return base


def when_changed(make: Callable[[], None]) -> None:
    """Run ``make`` (a change to the base) and show its result on the next run."""
    from kb.ingest import sync

    make()
    sync(settings())  # a correction reaches the search index at once
    st.cache_data.clear()
    kb().refresh()
