"""The knowledge base this server shows, opened once for all sessions."""

from __future__ import annotations

import gc
import logging
import threading
from typing import TYPE_CHECKING

from kb.config import Settings, load_settings
from kb.explore import KnowledgeBase, open_kb
from kb.staff import Desk
from kb.web import staff

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("kb.web")


HOMES = 4
"""Bases open at once: a server has one, tests have many."""
_opening = threading.Lock()
_bases: dict[str, KnowledgeBase] = {}
"""By home. Not one of Streamlit's caches: a browser can clear those, and each time it did
the base was opened again, its descriptors and memory left behind."""


def _open(home: str) -> KnowledgeBase:
    with _opening:
        if home not in _bases:
            _bases[home] = _opened(home)
            while len(_bases) > HOMES:
                _bases.pop(next(iter(_bases))).close()
        return _bases[home]


def _opened(home: str) -> KnowledgeBase:
    base = open_kb(home)
    if base.index_problem:
        log.warning("rebuilding the search index: %s", base.index_problem)
        from kb.ingest import rebuild

        rebuild(base.settings)
        base.refresh()
    threading.Thread(target=_warm, args=(base,), name="kb-warm", daemon=True).start()
    return base


def _warm(base: KnowledgeBase) -> None:
    """Load what the first search needs while the first page is being read; a question, so
    that the encoder is loaded where there are vectors."""
    try:
        base.search("apa program pembangunan", limit=1, entities=0)
    except Exception:  # the page that asks next tells the reader
        log.info("the first search failed", exc_info=True)
    gc.collect()
    gc.freeze()  # what is loaded now stays: collections need not look at it again


def settings() -> Settings:
    """The settings of the knowledge base being served."""
    return load_settings()


def kb() -> KnowledgeBase:
    """The open knowledge base; sees what was ingested since the last run."""
    base = _open(str(settings().home))
    base.refresh()
    return base


def desk() -> Desk:
    """Where staff decide about the base being served."""
    who = staff.person()
    return Desk(settings(), who.name if who else None)


def when_changed(make: Callable[[], None]) -> None:
    """Run ``make`` (a change to the base) and show its result on the next run."""
    make()
    kb().refresh()
