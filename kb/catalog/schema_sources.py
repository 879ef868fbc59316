"""Tables of what comes in by itself: sources, finds, originals, hosts, and what was shelved."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kb.catalog.schema import LONG, cascade, metadata

# Where documents come in by themselves (``kb.sources``).
sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("address", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("timetable", String),  # "06:00" every day, "6h" every six hours
    Column("cursor", JSON, nullable=False),  # where the kind goes on the next time
    Column("added", String, nullable=False),
    Column("last_run", String),
    Column("last_good", String),
    Column("failures", Integer, nullable=False),  # runs in a row that failed
    Column("problem", Text),
    Column("counts", JSON, nullable=False),  # of the last run
)

# What a source led to: each address once, with where it stands.
finds = Table(
    "finds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", Integer, cascade("sources.id"), nullable=False),
    Column("key", Text, nullable=False),  # ``writes.address_key``, the path for a file
    Column("address", Text, nullable=False),
    Column("title", Text),
    Column("published", String),
    Column("section", Text),  # as the menu says: "SAKIP > RPJMD"
    Column("changed", String),  # as the list says
    Column("state", String, nullable=False),  # waiting, kept, refused, withdrawn
    Column("reason", Text),
    Column("etag", Text),
    Column("modified", Text),  # Last-Modified, as sent
    Column("sha256", String),
    Column("checked", String),
    Column("first_seen", String, nullable=False),
    Column("listed", Integer, nullable=False),  # the last listing of the whole that had it
    Column("strikes", Integer, nullable=False),  # answers 404 or 410 in a row
    Column("tries", Integer, nullable=False),
    UniqueConstraint("source_id", "key"),
)
Index("finds_state", finds.c.source_id, finds.c.state)
Index("finds_key", finds.c.key)

# Proof: which bytes an address gave, when first and when last.
originals = Table(
    "originals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("path", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("last", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("size", LONG, nullable=False),
    UniqueConstraint("key", "sha256"),
)
Index("originals_path", originals.c.path)

# How often a page said it was read, at each reading of ours.
views_seen = Table(
    "views_seen",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", String, primary_key=True),
    Column("views", Integer, nullable=False),
)

# What each host was asked today, and what it asks of us.
hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("wait_until", String),
    Column("robots", Text),
    Column("robots_at", String),
)

# Rows found in a document that was withdrawn or removed, for when it comes back.
shelved = Table(
    "shelved",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("table_name", String, nullable=False),
    Column("content", JSON, nullable=False),
)
Index("shelved_document", shelved.c.document_id)
