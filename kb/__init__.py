"""Searchable knowledge base of Indonesian provincial government news and plans.

The public verbs, loaded when first used: ``open_kb`` (read and explore),
``ingest`` (files in), ``rebuild`` (the index again from the catalog), ``check``
(what is wrong and how to mend it), ``nlp_pipeline`` (the tagger as a spaCy pipeline) and
``load_settings``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.config import load_settings
    from kb.explore import KnowledgeBase, open_kb
    from kb.ingest import check, ingest, rebuild
    from kb.nlp import nlp_pipeline

__version__ = "0.1.0"
__all__ = [
    "KnowledgeBase",
    "check",
    "ingest",
    "load_settings",
    "nlp_pipeline",
    "open_kb",
    "rebuild",
]

_HOMES = {
    "KnowledgeBase": "kb.explore",
    "check": "kb.ingest",
    "ingest": "kb.ingest",
    "load_settings": "kb.config",
    "nlp_pipeline": "kb.nlp",
    "open_kb": "kb.explore",
    "rebuild": "kb.ingest",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kb' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
