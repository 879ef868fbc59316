BEGIN TRANSACTION;
CREATE TABLE aliases (
    entity_id VARCHAR NOT NULL,
    alias TEXT NOT NULL,
    norm TEXT NOT NULL,
    origin VARCHAR NOT NULL,
    PRIMARY KEY (entity_id, alias),
    FOREIGN KEY(entity_id) REFERENCES entities (id) ON DELETE CASCADE
);
CREATE TABLE bands (value BIGINT NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, PRIMARY KEY (value, document_id));
CREATE TABLE claims (id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, subject TEXT NOT NULL, subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL, norm TEXT NOT NULL, value_text TEXT NOT NULL, value_start INTEGER NOT NULL, value_end INTEGER NOT NULL, number FLOAT NOT NULL, unit VARCHAR, kind VARCHAR NOT NULL, period VARCHAR, year INTEGER, period_origin VARCHAR NOT NULL, region TEXT, region_code VARCHAR, institution TEXT, date VARCHAR, method VARCHAR NOT NULL, confidence FLOAT NOT NULL, PRIMARY KEY (id));
CREATE TABLE collected (collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE, kept_id INTEGER NOT NULL REFERENCES kept (id) ON DELETE CASCADE, at VARCHAR NOT NULL, PRIMARY KEY (collection_id, kept_id));
CREATE TABLE collections (id INTEGER NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, shared BOOLEAN NOT NULL, created VARCHAR NOT NULL, changed VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE TABLE corrections (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    target TEXT NOT NULL,
    value JSON NOT NULL,
    at VARCHAR NOT NULL,
    "by" TEXT, uid VARCHAR, document TEXT, reason TEXT, undone VARCHAR, undone_by TEXT, problem TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE document_years (
    document_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    PRIMARY KEY (document_id, year),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
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
    run_id INTEGER, institution_found VARCHAR, withdrawn VARCHAR, removed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (id),
    UNIQUE ("key"),
    FOREIGN KEY(file_id) REFERENCES files (id),
    FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "documents" VALUES(3,'/lama.html',1,'/lama.html',NULL,'aa','bb',1,'portal','Berita lama',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,0,NULL,NULL,'{}','{}','[]','[]','2026-01-01','2026-01-01',1,NULL,NULL,0);
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
    last_date VARCHAR, hidden BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (id)
);
INSERT INTO "entities" VALUES('person:ani','person','Ani',NULL,'text',NULL,NULL,1,1,NULL,NULL,0);
CREATE TABLE entity_documents (entity_id VARCHAR NOT NULL REFERENCES entities (id), document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, mentions INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (entity_id, document_id)) WITHOUT ROWID;
INSERT INTO "entity_documents" VALUES('person:ani',3,1,1);
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
INSERT INTO "files" VALUES(1,'/lama.html',NULL,NULL,NULL,'1','done',NULL,NULL,1);
CREATE TABLE finds (id INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE, key TEXT NOT NULL, address TEXT NOT NULL, title TEXT, published VARCHAR, section TEXT, changed VARCHAR, state VARCHAR NOT NULL, reason TEXT, etag TEXT, modified TEXT, sha256 VARCHAR, checked VARCHAR, first_seen VARCHAR NOT NULL, listed INTEGER NOT NULL, strikes INTEGER NOT NULL, tries INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (source_id, key));
CREATE TABLE follow_matches (follow_id INTEGER NOT NULL REFERENCES follows (id) ON DELETE CASCADE, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, at VARCHAR NOT NULL, sent VARCHAR, PRIMARY KEY (follow_id, document_id));
CREATE TABLE followers (id INTEGER NOT NULL, created VARCHAR NOT NULL, language VARCHAR NOT NULL, email TEXT, asked VARCHAR, confirmed VARCHAR, every VARCHAR NOT NULL, webhook TEXT, secret VARCHAR, sent VARCHAR, tried VARCHAR, problem TEXT, failures INTEGER NOT NULL, PRIMARY KEY (id));
CREATE TABLE follows (id INTEGER NOT NULL, follower_id INTEGER NOT NULL REFERENCES followers (id) ON DELETE CASCADE, kind VARCHAR NOT NULL, query JSON NOT NULL, label TEXT NOT NULL, created VARCHAR NOT NULL, since INTEGER NOT NULL, seen VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE TABLE former_statements (id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, place JSON NOT NULL, PRIMARY KEY (id));
CREATE TABLE handed (path TEXT NOT NULL, run_id INTEGER NOT NULL REFERENCES runs (id), sha256 VARCHAR NOT NULL, size BIGINT NOT NULL, changed BIGINT NOT NULL, touched BIGINT NOT NULL, modified BIGINT NOT NULL, copy TEXT, state VARCHAR NOT NULL, begun INTEGER NOT NULL, tries INTEGER NOT NULL, reason TEXT, host TEXT, at VARCHAR NOT NULL, documents INTEGER NOT NULL, pages INTEGER NOT NULL, PRIMARY KEY (path));
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
CREATE TABLE hosts (host VARCHAR NOT NULL, day VARCHAR NOT NULL, requests INTEGER NOT NULL, wait_until VARCHAR, robots TEXT, robots_at VARCHAR, PRIMARY KEY (host));
CREATE TABLE index_queue (document_id INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "index_queue" VALUES(3);
CREATE TABLE "indicators" (id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, page INTEGER NOT NULL, name TEXT NOT NULL, norm TEXT NOT NULL, unit TEXT, kind VARCHAR NOT NULL, year INTEGER NOT NULL, value FLOAT, value_text TEXT NOT NULL, agency TEXT, table_position INTEGER, "row" INTEGER, quarter INTEGER, PRIMARY KEY (id));
CREATE TABLE kept (id INTEGER NOT NULL, owner TEXT NOT NULL, document TEXT NOT NULL, text_hash VARCHAR, kind VARCHAR NOT NULL, mark VARCHAR NOT NULL, place JSON NOT NULL, title TEXT NOT NULL, starred BOOLEAN NOT NULL, note TEXT NOT NULL, created VARCHAR NOT NULL, changed VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (owner, document, mark));
CREATE TABLE link_queue (key VARCHAR NOT NULL, PRIMARY KEY (key));
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
    confidence FLOAT NOT NULL, found_id VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE,
    FOREIGN KEY(entity_id) REFERENCES entities (id)
);
INSERT INTO "mentions" VALUES(1,3,1,0,3,'Isi','PER','person:ani','t',1.0,NULL);
CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','15');
INSERT INTO "meta" VALUES('revision','1');
INSERT INTO "meta" VALUES('uuid','fb3000ccf7b24371bcc1afda27c845b0');
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
    confidence FLOAT NOT NULL, found_id VARCHAR, institution_found VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(person_id) REFERENCES entities (id),
    FOREIGN KEY(institution_id) REFERENCES entities (id),
    FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE TABLE originals (id INTEGER NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL, sha256 VARCHAR NOT NULL, path TEXT NOT NULL, at VARCHAR NOT NULL, last VARCHAR NOT NULL, status INTEGER NOT NULL, headers JSON NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (key, sha256));
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
INSERT INTO "pages" VALUES(7,3,1,NULL,NULL,'Isi berita lama','text',NULL);
CREATE TABLE runs (
    id INTEGER NOT NULL,
    started VARCHAR NOT NULL,
    finished VARCHAR,
    status VARCHAR NOT NULL,
    pid INTEGER,
    counts JSON NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES(1,'2026-01-01',NULL,'done',NULL,'{}');
CREATE TABLE shelved (id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, table_name VARCHAR NOT NULL, content JSON NOT NULL, PRIMARY KEY (id));
CREATE TABLE sighting_keys (key VARCHAR NOT NULL, sighting_id INTEGER NOT NULL REFERENCES sightings (id) ON DELETE CASCADE, PRIMARY KEY (key, sighting_id));
CREATE TABLE sightings (id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, local_id VARCHAR NOT NULL, name TEXT NOT NULL, names JSON NOT NULL, region VARCHAR, offices JSON NOT NULL, entity_id VARCHAR NOT NULL, method VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE TABLE sources (id INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, address TEXT NOT NULL, options JSON NOT NULL, timetable VARCHAR, cursor JSON NOT NULL, added VARCHAR NOT NULL, last_run VARCHAR, last_good VARCHAR, failures INTEGER NOT NULL, problem TEXT, counts JSON NOT NULL, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE "statements" (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, page INTEGER NOT NULL, kind VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, speaker TEXT, speaker_id VARCHAR REFERENCES entities (id), role TEXT, institution TEXT, institution_id VARCHAR REFERENCES entities (id), cue TEXT, date VARCHAR, found_id VARCHAR, institution_found VARCHAR, method VARCHAR NOT NULL, confidence FLOAT NOT NULL);
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
CREATE TABLE untagged (id INTEGER NOT NULL, correction_id INTEGER NOT NULL, document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, table_name VARCHAR NOT NULL, whole BOOLEAN NOT NULL, cut VARCHAR NOT NULL, content JSON NOT NULL, PRIMARY KEY (id));
CREATE TABLE views_seen (key VARCHAR NOT NULL, at VARCHAR NOT NULL, views INTEGER NOT NULL, PRIMARY KEY (key, at));
CREATE INDEX entities_type ON entities (type, mention_count);
CREATE INDEX aliases_norm ON aliases (norm);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_group ON documents (group_id);
CREATE INDEX documents_file ON documents (file_id);
CREATE INDEX document_years_year ON document_years (year);
CREATE INDEX tables_document ON tables (document_id, page);
CREATE INDEX offices_document ON offices (document_id);
CREATE INDEX bands_document ON bands (document_id);
CREATE INDEX mentions_entity ON mentions (entity_id, document_id, page);
CREATE INDEX offices_person ON offices (person_id, date);
CREATE INDEX offices_institution ON offices (institution_id);
CREATE INDEX entity_documents_document ON entity_documents (document_id);
CREATE INDEX mentions_document ON mentions (document_id, page, entity_id);
CREATE INDEX untagged_correction ON untagged (correction_id);
CREATE INDEX untagged_document ON untagged (document_id);
CREATE INDEX indicators_norm ON indicators (norm, year);
CREATE INDEX indicators_document ON indicators (document_id);
CREATE INDEX finds_state ON finds (source_id, state);
CREATE INDEX finds_key ON finds (key);
CREATE INDEX originals_path ON originals (path);
CREATE INDEX shelved_document ON shelved (document_id);
CREATE INDEX follows_follower ON follows (follower_id);
CREATE INDEX follow_matches_document ON follow_matches (document_id);
CREATE INDEX sightings_document ON sightings (document_id);
CREATE INDEX sightings_local ON sightings (local_id);
CREATE INDEX sightings_entity ON sightings (entity_id);
CREATE INDEX sighting_keys_sighting ON sighting_keys (sighting_id);
CREATE INDEX claims_document ON claims (document_id, page);
CREATE INDEX claims_norm ON claims (norm);
CREATE INDEX claims_year ON claims (year);
CREATE UNIQUE INDEX corrections_uid ON corrections (uid);
CREATE INDEX corrections_document ON corrections (document);
CREATE INDEX handed_run ON handed (run_id, state);
CREATE INDEX handed_state ON handed (state);
CREATE INDEX handed_sha256 ON handed (sha256);
CREATE INDEX collections_owner ON collections (owner);
CREATE INDEX collected_kept ON collected (kept_id);
CREATE INDEX former_statements_document ON former_statements (document_id);
CREATE INDEX statements_document ON statements (document_id);
CREATE INDEX statements_speaker ON statements (speaker_id, date);
CREATE INDEX statements_institution ON statements (institution_id);
CREATE INDEX statements_date ON statements (date);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pages',7);
INSERT INTO "sqlite_sequence" VALUES('statements',0);
COMMIT;
