"""Files into the knowledge base: many reading processes, one writer, nothing lost.

The verbs are loaded when first used: a reading process needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.ingest.checking import check
    from kb.ingest.mending import rebuild, sync
    from kb.ingest.report import Failure, IngestReport, Problem, Progress
    from kb.ingest.runner import ingest
    from kb.ingest.stopping import stoppable

__all__ = [
    "Failure",
    "IngestReport",
    "Problem",
    "Progress",
    "check",
    "ingest",
    "rebuild",
    "stoppable",
    "sync",
]

_HOMES = {
    "Failure": "report",
    "IngestReport": "report",
    "Problem": "report",
    "Progress": "report",
    "check": "checking",
    "ingest": "runner",
    "rebuild": "mending",
    "stoppable": "stopping",
    "sync": "mending",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kb.ingest' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kb.ingest.{_HOMES[name]}"), name)
