"""The catalog: documents, pages, entities and what was found in them. The truth.

``Catalog.open(settings)`` reads, ``Catalog.open(settings, write=True)`` writes (the
writer holds ``writer_lock`` first). SELECTs live in ``reads*.py``, changes in
``writes*.py`` and ``corrections.py``; all are functions on a connection, so that the
caller decides what belongs into one transaction.
"""

from kb.catalog.lock import Owner, read_owner, writer_lock
from kb.catalog.records import FileState, OfficialRecord, OfficialTerm, TaggedDocument, Written
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
