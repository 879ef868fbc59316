"""Pages that a person looked at: read well enough by OCR, or not, so that no tag of them counts.

A decision is about the words that OCR gave: a page that was read anew is looked at anew.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.catalog import found, judgements

CHANGED = "the page was read anew and has other words"


def mark(text: str) -> str:
    """Tells the words of a page from any others."""
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def apply_one(connection: Connection, decision: Row[Any], document_id: int) -> None:
    """Carry out one decision in its document; counts come after."""
    value = decision.value
    text = judgements.page_texts(connection, document_id).get(int(value["page"]))
    same = text is not None and mark(text) == value["text"]
    judgements.note_problem(connection, decision, None if same else CHANGED)
    if not same or value["legible"]:
        return
    for table in found.TABLES.values():
        rows = select(table).where(
            table.c.document_id == document_id, table.c.page == int(value["page"])
        )
        for row in connection.execute(rows.order_by(table.c.id)).mappings().all():
            found.take_out(connection, decision.id, table, dict(row))
