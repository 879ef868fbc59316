"""Steps from each catalog version to the next, in order.

A step is written once and never edited: it holds its own SQL and does not look at
``schema.py``, which has moved on since.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy import JSON, Boolean, Connection, column, insert, select, table, update

Step = Callable[[Connection], None]


def _to_2(connection: Connection) -> None:
    """Corrections that can be undone, an outbox for the index, MinHash bands."""
    for statement in (
        "ALTER TABLE entities ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE",
        "ALTER TABLE mentions ADD COLUMN found_id VARCHAR",
        "ALTER TABLE offices ADD COLUMN found_id VARCHAR",
        "ALTER TABLE statements ADD COLUMN found_id VARCHAR",
        "ALTER TABLE documents ADD COLUMN institution_found VARCHAR",
        "ALTER TABLE offices ADD COLUMN institution_found VARCHAR",
        "ALTER TABLE statements ADD COLUMN institution_found VARCHAR",
        "CREATE TABLE index_queue (document_id INTEGER NOT NULL PRIMARY KEY)",
        "CREATE TABLE bands (value BIGINT NOT NULL,"
        " document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " PRIMARY KEY (value, document_id))",
        "CREATE INDEX bands_document ON bands (document_id)",
        "INSERT INTO index_queue (document_id) SELECT id FROM documents",
    ):
        connection.exec_driver_sql(statement)


def _to_3(connection: Connection) -> None:
    """Indexes that cover what the pages of entities ask."""
    for statement in (
        "DROP INDEX mentions_entity",
        "CREATE INDEX mentions_entity ON mentions (entity_id, document_id, page)",
        "DROP INDEX offices_person",
        "CREATE INDEX offices_person ON offices (person_id, date)",
        "CREATE INDEX offices_institution ON offices (institution_id)",
        "CREATE INDEX statements_institution ON statements (institution_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_4(connection: Connection) -> None:
    """Mentions counted by document; an index that covers who is named on a page."""
    without_rowid = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    for statement in (
        "CREATE TABLE entity_documents (entity_id VARCHAR NOT NULL REFERENCES entities (id),"
        " document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " mentions INTEGER NOT NULL, page INTEGER NOT NULL,"
        f" PRIMARY KEY (entity_id, document_id)){without_rowid}",
        "INSERT INTO entity_documents (entity_id, document_id, mentions, page)"
        " SELECT entity_id, document_id, COUNT(*), MIN(page) FROM mentions"
        " WHERE entity_id IS NOT NULL GROUP BY entity_id, document_id",
        "CREATE INDEX entity_documents_document ON entity_documents (document_id)",
        "DROP INDEX mentions_document",
        "CREATE INDEX mentions_document ON mentions (document_id, page, entity_id)",
        "INSERT INTO meta (key, value) VALUES ('revision', '1')",
    ):
        connection.exec_driver_sql(statement)


def _to_5(connection: Connection) -> None:
    """What staff took out of the tags."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in (
        f"CREATE TABLE untagged (id {number} NOT NULL, correction_id INTEGER NOT NULL,"
        " document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " table_name VARCHAR NOT NULL, whole BOOLEAN NOT NULL, cut VARCHAR NOT NULL,"
        " content JSON NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX untagged_correction ON untagged (correction_id)",
        "CREATE INDEX untagged_document ON untagged (document_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_6(connection: Connection) -> None:
    """Targets that are no numbers ("WTP"): an indicator's value may be missing."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("ALTER TABLE indicators ALTER COLUMN value DROP NOT NULL")
        return
    # SQLite cannot take a NOT NULL away: the table is made again.
    columns = (
        "id, document_id, page, name, norm, unit, kind, year, value, value_text, agency,"
        ' table_position, "row"'
    )
    for statement in (
        "CREATE TABLE indicators_6 (id INTEGER NOT NULL, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, page INTEGER NOT NULL, name TEXT NOT NULL,"
        " norm TEXT NOT NULL, unit TEXT, kind VARCHAR NOT NULL, year INTEGER NOT NULL,"
        " value FLOAT, value_text TEXT NOT NULL, agency TEXT, table_position INTEGER,"
        ' "row" INTEGER, PRIMARY KEY (id))',
        f"INSERT INTO indicators_6 ({columns}) SELECT {columns} FROM indicators",
        "DROP TABLE indicators",
        "ALTER TABLE indicators_6 RENAME TO indicators",
        "CREATE INDEX indicators_norm ON indicators (norm, year)",
        "CREATE INDEX indicators_document ON indicators (document_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_7(connection: Connection) -> None:
    """Numbers of a quarter of the year, told from those of the whole."""
    connection.exec_driver_sql("ALTER TABLE indicators ADD COLUMN quarter INTEGER")


def _to_8(connection: Connection) -> None:
    """Sources, what they led to, the originals; documents that were withdrawn or removed."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    source = "INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE"
    for statement in (
        "ALTER TABLE documents ADD COLUMN withdrawn VARCHAR",
        "ALTER TABLE documents ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE",
        f"CREATE TABLE sources (id {number} NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL,"
        " address TEXT NOT NULL, options JSON NOT NULL, timetable VARCHAR, cursor JSON NOT NULL,"
        " added VARCHAR NOT NULL, last_run VARCHAR, last_good VARCHAR, failures INTEGER NOT NULL,"
        " problem TEXT, counts JSON NOT NULL, PRIMARY KEY (id), UNIQUE (name))",
        f"CREATE TABLE finds (id {number} NOT NULL, source_id {source}, key TEXT NOT NULL,"
        " address TEXT NOT NULL, title TEXT, published VARCHAR, section TEXT, changed VARCHAR,"
        " state VARCHAR NOT NULL, reason TEXT, etag TEXT, modified TEXT, sha256 VARCHAR,"
        " checked VARCHAR, first_seen VARCHAR NOT NULL, listed INTEGER NOT NULL,"
        " strikes INTEGER NOT NULL, tries INTEGER NOT NULL, PRIMARY KEY (id),"
        " UNIQUE (source_id, key))",
        "CREATE INDEX finds_state ON finds (source_id, state)",
        "CREATE INDEX finds_key ON finds (key)",
        f"CREATE TABLE originals (id {number} NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL,"
        " sha256 VARCHAR NOT NULL, path TEXT NOT NULL, at VARCHAR NOT NULL, last VARCHAR NOT NULL,"
        " status INTEGER NOT NULL, headers JSON NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (id),"
        " UNIQUE (key, sha256))",
        "CREATE INDEX originals_path ON originals (path)",
        "CREATE TABLE views_seen (key VARCHAR NOT NULL, at VARCHAR NOT NULL,"
        " views INTEGER NOT NULL, PRIMARY KEY (key, at))",
        "CREATE TABLE hosts (host VARCHAR NOT NULL, day VARCHAR NOT NULL,"
        " requests INTEGER NOT NULL, wait_until VARCHAR, robots TEXT, robots_at VARCHAR,"
        " PRIMARY KEY (host))",
        f"CREATE TABLE shelved (id {number} NOT NULL, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, table_name VARCHAR NOT NULL,"
        " content JSON NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX shelved_document ON shelved (document_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_9(connection: Connection) -> None:
    """What readers follow, and which documents fitted."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in (
        f"CREATE TABLE followers (id {number} NOT NULL, created VARCHAR NOT NULL,"
        " language VARCHAR NOT NULL, email TEXT, asked VARCHAR, confirmed VARCHAR,"
        " every VARCHAR NOT NULL, webhook TEXT, secret VARCHAR, sent VARCHAR, tried VARCHAR,"
        " problem TEXT, failures INTEGER NOT NULL, PRIMARY KEY (id))",
        f"CREATE TABLE follows (id {number} NOT NULL, follower_id INTEGER NOT NULL"
        " REFERENCES followers (id) ON DELETE CASCADE, kind VARCHAR NOT NULL,"
        " query JSON NOT NULL, label TEXT NOT NULL, created VARCHAR NOT NULL,"
        " since INTEGER NOT NULL, seen VARCHAR NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX follows_follower ON follows (follower_id)",
        "CREATE TABLE follow_matches (follow_id INTEGER NOT NULL"
        " REFERENCES follows (id) ON DELETE CASCADE, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, at VARCHAR NOT NULL, sent VARCHAR,"
        " PRIMARY KEY (follow_id, document_id))",
        "CREATE INDEX follow_matches_document ON follow_matches (document_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_10(connection: Connection) -> None:
    """Who each document names, kept for linking; files read again fill it."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in (
        f"CREATE TABLE sightings (id {number} NOT NULL, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, local_id VARCHAR NOT NULL,"
        " name TEXT NOT NULL, names JSON NOT NULL, region VARCHAR, offices JSON NOT NULL,"
        " entity_id VARCHAR NOT NULL, method VARCHAR NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX sightings_document ON sightings (document_id)",
        "CREATE INDEX sightings_local ON sightings (local_id)",
        "CREATE INDEX sightings_entity ON sightings (entity_id)",
        "CREATE TABLE sighting_keys (key VARCHAR NOT NULL, sighting_id INTEGER NOT NULL"
        " REFERENCES sightings (id) ON DELETE CASCADE, PRIMARY KEY (key, sighting_id))",
        "CREATE INDEX sighting_keys_sighting ON sighting_keys (sighting_id)",
        "CREATE TABLE link_queue (key VARCHAR NOT NULL, PRIMARY KEY (key))",
    ):
        connection.exec_driver_sql(statement)


def _to_11(connection: Connection) -> None:
    """Claims: figures that running text states."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in (
        f"CREATE TABLE claims (id {number} NOT NULL, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, page INTEGER NOT NULL,"
        ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,'
        " subject TEXT NOT NULL, subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL,"
        " norm TEXT NOT NULL, value_text TEXT NOT NULL, value_start INTEGER NOT NULL,"
        " value_end INTEGER NOT NULL, number FLOAT NOT NULL, unit VARCHAR, kind VARCHAR NOT NULL,"
        " period VARCHAR, year INTEGER, period_origin VARCHAR NOT NULL, region TEXT,"
        " region_code VARCHAR, institution TEXT, date VARCHAR, method VARCHAR NOT NULL,"
        " confidence FLOAT NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX claims_document ON claims (document_id, page)",
        "CREATE INDEX claims_norm ON claims (norm)",
        "CREATE INDEX claims_year ON claims (year)",
    ):
        connection.exec_driver_sql(statement)


def _to_12(connection: Connection) -> None:
    """One record of judgements: identity, reason, what was taken back; fields kept as found."""
    for statement in (
        "ALTER TABLE corrections ADD COLUMN uid VARCHAR",
        "ALTER TABLE corrections ADD COLUMN document TEXT",
        "ALTER TABLE corrections ADD COLUMN reason TEXT",
        "ALTER TABLE corrections ADD COLUMN undone VARCHAR",
        "ALTER TABLE corrections ADD COLUMN undone_by TEXT",
        "ALTER TABLE corrections ADD COLUMN problem TEXT",
        "CREATE UNIQUE INDEX corrections_uid ON corrections (uid)",
        "CREATE INDEX corrections_document ON corrections (document)",
    ):
        connection.exec_driver_sql(statement)
    names = ("id", "kind", "target", "document", "uid", "reason")
    decided = table("corrections", *map(column, names), column("value", JSON))
    stored = table("documents", column("id"), column("key"))
    log = table(
        "untagged",
        *map(column, ("correction_id", "document_id", "table_name", "cut")),
        column("whole", Boolean),
        column("content", JSON),
    )
    numbers = {row.key: row.id for row in connection.execute(select(stored.c.key, stored.c.id))}
    first: dict[str, object] = {}  # name of an entity before anybody gave it one
    for row in connection.execute(select(decided).order_by(decided.c.id)).all():
        value = dict(row.value or {})
        values: dict[str, object] = {"uid": uuid.uuid4().hex}
        if row.kind in ("field", "remove"):
            values["document"] = row.target
            values["reason"] = value.get("reason")
        elif row.kind == "untag":
            values["document"] = value.get("document")
        elif row.kind == "rename":
            machine = first.setdefault(row.target, value.get("previous"))
            values["value"] = value | {"machine": machine}
        connection.execute(update(decided).where(decided.c.id == row.id).values(values))
        if row.kind == "field" and row.target in numbers:
            entry = {
                "correction_id": row.id,
                "document_id": numbers[row.target],
                "table_name": "documents",
                "whole": False,
                "cut": value["field"],
                "content": {value["field"]: value.get("previous")},
            }
            connection.execute(insert(log).values(entry))


def _to_13(connection: Connection) -> None:
    """Files that were handed to the workers."""
    for statement in (
        "CREATE TABLE handed (path TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id),"
        " sha256 VARCHAR NOT NULL, size BIGINT NOT NULL, changed BIGINT NOT NULL,"
        " touched BIGINT NOT NULL, modified BIGINT NOT NULL, copy TEXT, state VARCHAR NOT NULL,"
        " begun INTEGER NOT NULL, tries INTEGER NOT NULL, reason TEXT, host TEXT,"
        " at VARCHAR NOT NULL, documents INTEGER NOT NULL, pages INTEGER NOT NULL,"
        " PRIMARY KEY (path))",
        "CREATE INDEX handed_run ON handed (run_id, state)",
        "CREATE INDEX handed_state ON handed (state)",
        "CREATE INDEX handed_sha256 ON handed (sha256)",
    ):
        connection.exec_driver_sql(statement)


def _to_14(connection: Connection) -> None:
    """What people keep for themselves: stars, notes, collections."""
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for statement in (
        f"CREATE TABLE kept (id {number} NOT NULL, owner TEXT NOT NULL, document TEXT NOT NULL,"
        " text_hash VARCHAR, kind VARCHAR NOT NULL, mark VARCHAR NOT NULL, place JSON NOT NULL,"
        " title TEXT NOT NULL, starred BOOLEAN NOT NULL, note TEXT NOT NULL,"
        " created VARCHAR NOT NULL, changed VARCHAR NOT NULL, PRIMARY KEY (id),"
        " UNIQUE (owner, document, mark))",
        f"CREATE TABLE collections (id {number} NOT NULL, owner TEXT NOT NULL,"
        " name TEXT NOT NULL, shared BOOLEAN NOT NULL, created VARCHAR NOT NULL,"
        " changed VARCHAR NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX collections_owner ON collections (owner)",
        "CREATE TABLE collected (collection_id INTEGER NOT NULL"
        " REFERENCES collections (id) ON DELETE CASCADE, kept_id INTEGER NOT NULL"
        " REFERENCES kept (id) ON DELETE CASCADE, at VARCHAR NOT NULL,"
        " PRIMARY KEY (collection_id, kept_id))",
        "CREATE INDEX collected_kept ON collected (kept_id)",
    ):
        connection.exec_driver_sql(statement)


def _to_15(connection: Connection) -> None:
    """A number of a statement is never given twice; those that went are kept with their words."""
    for statement in (
        "CREATE TABLE former_statements (id INTEGER NOT NULL, document_id INTEGER NOT NULL"
        " REFERENCES documents (id) ON DELETE CASCADE, place JSON NOT NULL, PRIMARY KEY (id))",
        "CREATE INDEX former_statements_document ON former_statements (document_id)",
    ):
        connection.exec_driver_sql(statement)
    if connection.dialect.name != "sqlite":
        return  # a sequence never goes back
    columns = (
        'id, document_id, page, kind, start, "end", text, speaker, speaker_id, role, institution,'
        " institution_id, cue, date, found_id, institution_found, method, confidence"
    )
    entity = "REFERENCES entities (id)"
    for statement in (
        "CREATE TABLE statements_15 (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
        " document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " page INTEGER NOT NULL, kind VARCHAR NOT NULL, start INTEGER NOT NULL,"
        ' "end" INTEGER NOT NULL, text TEXT NOT NULL, speaker TEXT,'
        f" speaker_id VARCHAR {entity}, role TEXT, institution TEXT,"
        f" institution_id VARCHAR {entity}, cue TEXT, date VARCHAR, found_id VARCHAR,"
        " institution_found VARCHAR, method VARCHAR NOT NULL, confidence FLOAT NOT NULL)",
        f"INSERT INTO statements_15 ({columns}) SELECT {columns} FROM statements",
        "DROP TABLE statements",
        "ALTER TABLE statements_15 RENAME TO statements",
        "CREATE INDEX statements_document ON statements (document_id)",
        "CREATE INDEX statements_speaker ON statements (speaker_id, date)",
        "CREATE INDEX statements_institution ON statements (institution_id)",
        "CREATE INDEX statements_date ON statements (date)",
    ):
        connection.exec_driver_sql(statement)


STEPS: Mapping[int, Step] = {
    2: _to_2,
    3: _to_3,
    4: _to_4,
    5: _to_5,
    6: _to_6,
    7: _to_7,
    8: _to_8,
    9: _to_9,
    10: _to_10,
    11: _to_11,
    12: _to_12,
    13: _to_13,
    14: _to_14,
    15: _to_15,
}
"""The step that leads *to* each version."""
