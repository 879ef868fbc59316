"""Tables of what people with a name keep for themselves: stars, notes, collections."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kb.catalog.schema import metadata

# A page, statement or number that somebody keeps. It names the document by its key and the words
# by an anchor (``anchors``), never by a row's number: it outlasts reading and tagging anew.
kept = Table(
    "kept",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),  # the name of an account
    Column("document", Text, nullable=False),
    Column("text_hash", String),  # finds the document where its key is another by now
    Column("kind", String, nullable=False),  # page, statement, number
    Column("mark", String, nullable=False),  # of one document: the same thing has the same
    Column("place", JSON, nullable=False),
    Column("title", Text, nullable=False),  # of the document, should it go
    Column("starred", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("created", String, nullable=False),
    Column("changed", String, nullable=False),
    UniqueConstraint("owner", "document", "mark"),
)

collections = Table(
    "collections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("shared", Boolean, nullable=False),  # seen by everybody who has an account
    Column("created", String, nullable=False),
    Column("changed", String, nullable=False),
)
Index("collections_owner", collections.c.owner)

collected = Table(
    "collected",
    metadata,
    Column(
        "collection_id",
        Integer,
        ForeignKey("collections.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("kept_id", Integer, ForeignKey("kept.id", ondelete="CASCADE"), primary_key=True),
    Column("at", String, nullable=False),
)
Index("collected_kept", collected.c.kept_id)
