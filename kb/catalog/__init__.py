"""The catalog: documents, pages, entities and what was found in them. The truth.

``Catalog.open(settings)`` reads, ``Catalog.open(settings, write=True)`` writes (the
writer holds ``writer_lock`` first). SELECTs live in ``reads*.py``, changes in
``writes*.py`` and ``corrections.py``; all are functions on a connection, so that the
caller decides what belongs into one transaction. Names are loaded when first used: a
reading process hands over records and needs no database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.catalog.lock import read_owner, writer_lock
    from kb.catalog.lockfile import Owner
    from kb.catalog.records import (
        FileState,
        OfficialRecord,
        OfficialTerm,
        TaggedDocument,
        Written,
    )
    from kb.catalog.store import Catalog

__all__ = [
    "Catalog",
    "FileState",
    "OfficialRecord",
    "OfficialTerm",
    "Owner",
    "TaggedDocument",
    "Written",
    "read_owner",
    "writer_lock",
]

_HOMES = {
    "Catalog": "store",
    "Owner": "lockfile",
    "read_owner": "lock",
    "writer_lock": "lock",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kb.catalog' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kb.catalog.{_HOMES.get(name, 'records')}"), name)
