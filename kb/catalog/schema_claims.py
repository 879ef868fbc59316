"""Table of claims: figures about measurable things, as running text states them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from kb.catalog.schema import cascade, metadata

# Who said it is the statement that covers ``value_start``: a corrected speaker is right here too.
claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),  # of the sentence
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_start", Integer, nullable=False),
    Column("subject_end", Integer, nullable=False),
    Column("norm", Text, nullable=False),  # as ``indicators.norm``, of the subject
    Column("value_text", Text, nullable=False),
    Column("value_start", Integer, nullable=False),
    Column("value_end", Integer, nullable=False),
    Column("number", Float, nullable=False),
    Column("unit", String),
    Column("kind", String, nullable=False),  # reached, target, change, comparison
    Column("period", String),
    Column("year", Integer),
    Column("period_origin", String, nullable=False),  # stated, document, carried, unknown
    Column("region", Text),
    Column("region_code", String),
    Column("institution", Text),
    Column("date", String),
    Column("method", String, nullable=False),
    Column("confidence", Float, nullable=False),
)
Index("claims_document", claims.c.document_id, claims.c.page)
Index("claims_norm", claims.c.norm)
Index("claims_year", claims.c.year)
