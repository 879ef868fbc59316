"""Tables of the catalog (SQLAlchemy Core), the same for SQLite and PostgreSQL.

Changing a table means adding a migration (``kb/catalog/steps.py``) and
raising ``SCHEMA_VERSION``. JSON columns hold UTF-8 JSON text.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

SCHEMA_VERSION = 15
PASSAGES_VERSION = 6
"""The schema version that last changed what the search index takes from the catalog."""

metadata = MetaData()

LONG = BigInteger().with_variant(Integer, "sqlite")
"""Sizes and times in nanoseconds: SQLite's INTEGER is long enough, PostgreSQL's is not."""


def cascade(target: str) -> ForeignKey:
    """A row goes with the one it points at (``documents.id``)."""
    return ForeignKey(target, ondelete="CASCADE")


meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String, nullable=False),
    Column("finished", String),
    Column("status", String, nullable=False),  # running, queued, done, interrupted, died
    Column("pid", Integer),
    Column("counts", JSON, nullable=False),
)

# One row per file ever seen: what ``unchanged`` and ``failed`` are decided from.
files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("sha256", String),
    Column("size", LONG),
    Column("mtime_ns", LONG),
    Column("stamp", String, nullable=False),  # reader, describe and model versions
    # done; failed; same: another path has this very content, which holds the documents
    Column("status", String, nullable=False),
    Column("reason", Text),
    Column("seconds", Float),
    Column("run_id", Integer, ForeignKey("runs.id")),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # What makes it the same document on the next run: its address, else path#part.
    Column("key", Text, nullable=False, unique=True),
    Column("file_id", Integer, ForeignKey("files.id")),
    Column("path", Text, nullable=False),
    Column("part", Text),
    Column("sha256", String, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("format", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("date", String),
    Column("doc_type", String),
    Column("institution", Text),
    Column("institution_id", String),
    Column("institution_found", String),  # as ``found_id`` elsewhere
    Column("address", Text),
    Column("language", String),
    Column("level", String),
    Column("region", Text),
    Column("number", Text),
    Column("stage", String),
    Column("draft", Boolean),
    Column("views", Integer),
    Column("page_count", Integer, nullable=False),
    Column("ocr_pages", Integer, nullable=False),
    Column("group_id", Integer),  # near-duplicates share the smallest document id
    Column("signature", LargeBinary),  # MinHash of the text
    Column("evidence", JSON, nullable=False),  # field -> {rule, evidence}
    Column("metadata", JSON, nullable=False),
    Column("outline", JSON, nullable=False),  # [[title, page, level], ...]
    Column("warnings", JSON, nullable=False),
    # The day its source took it back (it stays citable), and whether staff took it out: in both
    # cases what was found in it lies in ``shelved`` and counts for nothing.
    Column("withdrawn", String),
    Column("removed", Boolean, nullable=False, server_default=false()),
    Column("added", String, nullable=False),
    Column("updated", String, nullable=False),
    Column("run_id", Integer, ForeignKey("runs.id")),
)
Index("documents_date", documents.c.date)
Index("documents_group", documents.c.group_id)
Index("documents_file", documents.c.file_id)

document_years = Table(
    "document_years",
    metadata,
    Column("document_id", Integer, cascade("documents.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
)
Index("document_years_year", document_years.c.year)

# An earlier version of a document, whole, as JSON: kept when an address brings new content.
history = Table(
    "history",
    metadata,
    Column("document_id", Integer, cascade("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("replaced", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", JSON, nullable=False),  # document row and page texts
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("label", String),
    Column("section", Text),
    Column("text", Text, nullable=False),
    Column("method", String, nullable=False),
    Column("ocr_confidence", Float),
    UniqueConstraint("document_id", "number"),
    sqlite_autoincrement=True,  # a passage id is never given twice
)

tables = Table(
    "tables",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("caption", Text),
    Column("header_rows", Integer, nullable=False),
    Column("rows", JSON, nullable=False),
)
Index("tables_document", tables.c.document_id, tables.c.page)

indicators = Table(
    "indicators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("norm", Text, nullable=False),  # the same indicator in other words meets here
    Column("unit", Text),
    Column("kind", String, nullable=False),  # baseline, target, realisation
    Column("year", Integer, nullable=False),
    Column("value", Float),  # none for what is no number: "WTP", "5-7"
    Column("value_text", Text, nullable=False),
    Column("agency", Text),
    Column("table_position", Integer),
    Column("row", Integer),
    Column("quarter", Integer),  # 1 to 4; none for a number of the whole year
)
Index("indicators_norm", indicators.c.norm, indicators.c.year)
Index("indicators_document", indicators.c.document_id)

entities = Table(
    "entities",
    metadata,
    Column("id", String, primary_key=True),  # person:..., institution:..., place:<kode>
    Column("type", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("region", String),  # Kemendagri code
    Column("origin", String, nullable=False),  # authority, text, staff
    Column("parent", String),
    # Set by a merge. Rows that named this entity then point at the one it was merged
    # into (and keep this id in ``found_id``), so readers only follow it for old links.
    Column("merged_into", String),
    Column("hidden", Boolean, nullable=False, server_default=false()),  # hidden by staff
    Column("mention_count", Integer, nullable=False, default=0),
    Column("document_count", Integer, nullable=False, default=0),
    Column("first_date", String),
    Column("last_date", String),
)
Index("entities_type", entities.c.type, entities.c.mention_count)

aliases = Table(
    "aliases",
    metadata,
    Column("entity_id", String, cascade("entities.id"), primary_key=True),
    Column("alias", Text, primary_key=True),
    Column("norm", Text, nullable=False),
    Column("origin", String, nullable=False),
)
Index("aliases_norm", aliases.c.norm)

mentions = Table(
    "mentions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("surface", Text, nullable=False),
    Column("label", String, nullable=False),
    Column("entity_id", String, ForeignKey("entities.id")),
    Column("found_id", String),  # what the text was linked to, where a merge moved it
    Column("method", String, nullable=False),
    Column("confidence", Float, nullable=False),
)
# Covers who is named on a page, and who with whom.
Index("mentions_document", mentions.c.document_id, mentions.c.page, mentions.c.entity_id)
# Covers where an entity is named: its pages and documents come from the index alone.
Index("mentions_entity", mentions.c.entity_id, mentions.c.document_id, mentions.c.page)

# Who each document names, as it tells by itself: what linking across documents is worked
# out from, whatever came first. ``kb/ingest/linking.py`` sets ``entity_id`` and ``method``.
sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("local_id", String, nullable=False),  # the id its name alone gives
    Column("name", Text, nullable=False),
    Column("names", JSON, nullable=False),
    Column("region", String),
    Column("offices", JSON, nullable=False),  # [[role, institution, status], ...]
    Column("entity_id", String, nullable=False),
    Column("method", String, nullable=False),
)
Index("sightings_document", sightings.c.document_id)
Index("sightings_local", sightings.c.local_id)
Index("sightings_entity", sightings.c.entity_id)

# What sightings that may be one have in common: a name, its spellings, an office.
sighting_keys = Table(
    "sighting_keys",
    metadata,
    Column("key", String, primary_key=True),
    Column("sighting_id", Integer, cascade("sightings.id"), primary_key=True),
)
Index("sighting_keys_sighting", sighting_keys.c.sighting_id)

# Keys whose sightings changed since they were linked; written and emptied as ``index_queue``.
link_queue = Table("link_queue", metadata, Column("key", String, primary_key=True))

# Mentions counted by document, written with the document: what the pages of entities,
# timelines and counts by year read instead of every single mention.
entity_documents = Table(
    "entity_documents",
    metadata,
    Column("entity_id", String, ForeignKey("entities.id"), primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), primary_key=True),
    Column("mentions", Integer, nullable=False),
    Column("page", Integer, nullable=False),  # the first page that names it
    sqlite_with_rowid=False,
)
Index("entity_documents_document", entity_documents.c.document_id)

offices = Table(
    "offices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", String, ForeignKey("entities.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("institution", Text),
    Column("institution_id", String, ForeignKey("entities.id")),
    Column("status", String, nullable=False),
    # A term known from the authority file has from/to; an office found in a text has a date.
    Column("date_from", String),
    Column("date_to", String),
    Column("date", String),
    Column("document_id", Integer, cascade("documents.id")),
    Column("page", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("origin", String, nullable=False),  # authority, text, staff
    Column("source", Text),
    Column("found_id", String),
    Column("institution_found", String),
    Column("method", String, nullable=False),
    Column("confidence", Float, nullable=False),
)
Index("offices_person", offices.c.person_id, offices.c.date)
Index("offices_institution", offices.c.institution_id)
Index("offices_document", offices.c.document_id)

statements = Table(
    "statements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("speaker", Text),
    Column("speaker_id", String, ForeignKey("entities.id")),
    Column("role", Text),
    Column("institution", Text),
    Column("institution_id", String, ForeignKey("entities.id")),
    Column("cue", Text),
    Column("date", String),
    Column("found_id", String),
    Column("institution_found", String),
    Column("method", String, nullable=False),
    Column("confidence", Float, nullable=False),
    sqlite_autoincrement=True,  # nor is a number that people copy as an address
)
Index("statements_document", statements.c.document_id)
Index("statements_speaker", statements.c.speaker_id, statements.c.date)
Index("statements_institution", statements.c.institution_id)
Index("statements_date", statements.c.date)

# The one record of what people decided (``judgements.py``): applied again after every ingest, so
# that it stays; never deleted, so that who decided what when can be told of every state.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    # merge, rename, hide, apart, split, untag, field, remove, withdraw, page, mention, office,
    # statement, indicator, direction, alias, seen
    Column("kind", String, nullable=False),
    Column("target", Text, nullable=False),
    Column("value", JSON, nullable=False),
    Column("at", String, nullable=False),
    Column("by", Text),
    Column("uid", String),  # the same in every base that shares it
    Column("document", Text),  # key of the document it is about; none: of all
    Column("reason", Text),
    Column("undone", String),  # when it was taken back; it counts for nothing then
    Column("undone_by", Text),
    Column("problem", Text),  # why what it is about could not be found again
)
Index("corrections_uid", corrections.c.uid, unique=True)
Index("corrections_document", corrections.c.document)

# What judgements changed in a document, as it was: for taking them back (``found.py``). The row
# went (``whole``), or the columns in ``cut``; neither: the row was put there.
untagged = Table(
    "untagged",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("correction_id", Integer, nullable=False),
    Column("document_id", Integer, cascade("documents.id"), nullable=False),
    Column("table_name", String, nullable=False),  # mentions, offices ..., documents
    Column("whole", Boolean, nullable=False),
    Column("cut", String, nullable=False),  # names with a space between
    Column("content", JSON, nullable=False),
)
Index("untagged_correction", untagged.c.correction_id)
Index("untagged_document", untagged.c.document_id)

# Documents whose passages the search index must take in again (or forget, where the
# document is gone). Written in the transaction that changes the document and emptied
# after the index has committed: a crash in between leaves the list of what to redo.
index_queue = Table(
    "index_queue",
    metadata,
    Column("document_id", Integer, primary_key=True, autoincrement=False),
)

# Bands of the MinHash signatures: documents that share one are compared whole. The
# number of the band stands in the upper half of the value.
bands = Table(
    "bands",
    metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("document_id", Integer, cascade("documents.id"), primary_key=True),
)
Index("bands_document", bands.c.document_id)
