"""Catalogs as earlier versions made them, frozen: what a migration must take over."""

from __future__ import annotations

import contextlib
import sqlite3

from kb.config import Settings

VERSION_1 = """
CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE runs (
    id INTEGER NOT NULL,
    started VARCHAR NOT NULL,
    finished VARCHAR,
    status VARCHAR NOT NULL,
    pid INTEGER,
    counts JSON NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE entities (
    id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    name TEXT NOT NULL,
    region VARCHAR,
    origin VARCHAR NOT NULL,
    parent VARCHAR,
    merged_into VARCHAR,
    mention_count INTEGER NOT NULL,
    document_count INTEGER NOT NULL,
    first_date VARCHAR,
    last_date VARCHAR,
    PRIMARY KEY (id)
);

CREATE INDEX entities_type ON entities (type, mention_count);

CREATE TABLE corrections (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    target TEXT NOT NULL,
    value JSON NOT NULL,
    at VARCHAR NOT NULL,
    "by" TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE files (
    id INTEGER NOT NULL,
    path TEXT NOT NULL,
    sha256 VARCHAR,
    size INTEGER,
    mtime_ns INTEGER,
    stamp VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    reason TEXT,
    seconds FLOAT,
    run_id INTEGER,
    PRIMARY KEY (id),
    UNIQUE (path),
    FOREIGN KEY(run_id) REFERENCES runs (id)
);

CREATE TABLE aliases (
    entity_id VARCHAR NOT NULL,
    alias TEXT NOT NULL,
    norm TEXT NOT NULL,
    origin VARCHAR NOT NULL,
    PRIMARY KEY (entity_id, alias),
    FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE
);

CREATE INDEX aliases_norm ON aliases (norm);

CREATE TABLE documents (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    file_id INTEGER,
    path TEXT NOT NULL,
    part TEXT,
    sha256 VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    format VARCHAR NOT NULL,
    title TEXT NOT NULL,
    date VARCHAR,
    doc_type VARCHAR,
    institution TEXT,
    institution_id VARCHAR,
    address TEXT,
    language VARCHAR,
    level VARCHAR,
    region TEXT,
    number TEXT,
    stage VARCHAR,
    draft BOOLEAN,
    views INTEGER,
    page_count INTEGER NOT NULL,
    ocr_pages INTEGER NOT NULL,
    group_id INTEGER,
    signature BLOB,
    evidence JSON NOT NULL,
    metadata JSON NOT NULL,
    outline JSON NOT NULL,
    warnings JSON NOT NULL,
    added VARCHAR NOT NULL,
    updated VARCHAR NOT NULL,
    run_id INTEGER,
    PRIMARY KEY (id),
    UNIQUE ("key"),
    FOREIGN KEY(file_id) REFERENCES files (id),
    FOREIGN KEY(run_id) REFERENCES runs (id)
);

CREATE INDEX documents_date ON documents (date);

CREATE INDEX documents_group ON documents (group_id);

CREATE INDEX documents_file ON documents (file_id);

CREATE TABLE document_years (
    document_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    PRIMARY KEY (document_id, year),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX document_years_year ON document_years (year);

CREATE TABLE history (
    document_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    replaced VARCHAR NOT NULL,
    title TEXT NOT NULL,
    content JSON NOT NULL,
    PRIMARY KEY (document_id, version),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE pages (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    label VARCHAR,
    section TEXT,
    text TEXT NOT NULL,
    method VARCHAR NOT NULL,
    ocr_confidence FLOAT,
    UNIQUE (document_id, number),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE tables (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    position INTEGER NOT NULL,
    caption TEXT,
    header_rows INTEGER NOT NULL,
    rows JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX tables_document ON tables (document_id, page);

CREATE TABLE indicators (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    name TEXT NOT NULL,
    norm TEXT NOT NULL,
    unit TEXT,
    kind VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    value FLOAT NOT NULL,
    value_text TEXT NOT NULL,
    agency TEXT,
    table_position INTEGER,
    "row" INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX indicators_document ON indicators (document_id);

CREATE INDEX indicators_norm ON indicators (norm, year);

CREATE TABLE mentions (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT NOT NULL,
    label VARCHAR NOT NULL,
    entity_id VARCHAR,
    method VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    FOREIGN KEY(entity_id) REFERENCES entities (id)
);

CREATE INDEX mentions_document ON mentions (document_id, page);

CREATE INDEX mentions_entity ON mentions (entity_id);

CREATE TABLE offices (
    id INTEGER NOT NULL,
    person_id VARCHAR NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    institution TEXT,
    institution_id VARCHAR,
    status VARCHAR NOT NULL,
    date_from VARCHAR,
    date_to VARCHAR,
    date VARCHAR,
    document_id INTEGER,
    page INTEGER,
    start INTEGER,
    "end" INTEGER,
    origin VARCHAR NOT NULL,
    source TEXT,
    method VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(person_id) REFERENCES entities (id),
    FOREIGN KEY(institution_id) REFERENCES entities (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX offices_person ON offices (person_id);

CREATE INDEX offices_document ON offices (document_id);

CREATE TABLE statements (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    page INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT,
    speaker_id VARCHAR,
    role TEXT,
    institution TEXT,
    institution_id VARCHAR,
    cue TEXT,
    date VARCHAR,
    method VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    FOREIGN KEY(speaker_id) REFERENCES entities (id),
    FOREIGN KEY(institution_id) REFERENCES entities (id)
);

CREATE INDEX statements_speaker ON statements (speaker_id, date);

CREATE INDEX statements_document ON statements (document_id);

CREATE INDEX statements_date ON statements (date);

INSERT INTO meta (key, value) VALUES ('schema_version', '1');
INSERT INTO runs (id, started, status, counts) VALUES (1, '2026-01-01', 'done', '{}');
INSERT INTO files (id, path, stamp, status, run_id) VALUES (1, '/lama.html', '1', 'done', 1);
INSERT INTO documents (id, key, file_id, path, sha256, text_hash, version, format, title,
    page_count, ocr_pages, evidence, metadata, outline, warnings, added, updated, run_id)
VALUES (3, '/lama.html', 1, '/lama.html', 'aa', 'bb', 1, 'portal', 'Berita lama',
    1, 0, '{}', '{}', '[]', '[]', '2026-01-01', '2026-01-01', 1);
INSERT INTO pages (id, document_id, number, text, method)
VALUES (7, 3, 1, 'Isi berita lama', 'text');
INSERT INTO entities (id, type, name, origin, mention_count, document_count)
VALUES ('person:ani', 'person', 'Ani', 'text', 1, 1);
INSERT INTO mentions (document_id, page, start, "end", surface, label, entity_id, method,
    confidence)
VALUES (3, 1, 0, 3, 'Isi', 'PER', 'person:ani', 't', 1.0);
"""


def make_old(settings: Settings) -> None:
    """The catalog of version 1, where these settings say."""
    if not settings.catalog:
        settings.home.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(settings.catalog_path)) as raw:
            raw.executescript(VERSION_1)
        return
    import psycopg

    told = VERSION_1
    for ours, theirs in (
        ("id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "id SERIAL PRIMARY KEY"),
        ("    id INTEGER NOT NULL,", "    id SERIAL NOT NULL,"),
        ("BLOB", "BYTEA"),
        ("FLOAT", "DOUBLE PRECISION"),
    ):
        told = told.replace(ours, theirs)
    with psycopg.connect(settings.catalog.replace("+psycopg", "")) as connection:
        connection.execute(told)  # type: ignore[arg-type]
