"""Table of statements that stood under a number which none has now."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, Table

from kb.catalog.schema import cascade, metadata

# A number of a statement is an address that people copy. One whose statement went when its
# document was read or tagged anew stays here with its words (``kb.catalog.numbers``).
former_statements = Table(
    "former_statements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("place", JSON, nullable=False),  # as in ``kb.catalog.anchors``
)
Index("former_statements_document", former_statements.c.document_id)
