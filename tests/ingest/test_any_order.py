"""The same files in any order give the same base."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import real_servers
from ingest_fakes import write_files
from sqlalchemy import select

from kb import readers
from kb.catalog import Catalog, TaggedDocument, corrections, shelving
from kb.catalog import writes_files as book
from kb.catalog.records import FileState
from kb.catalog.schema import (
    aliases,
    documents,
    entities,
    mentions,
    offices,
    sightings,
    statements,
)
from kb.catalog.writes import address_key, write_document
from kb.catalog.writes_entities import EntityStore, remove_orphans
from kb.config import Settings
from kb.ingest.linking import evidence, load_authority, settle_links
from kb.ingest.stages import prepare_fast
from kb.readers.options import ReadOptions

NOW = "2026-01-01T00:00:00+00:00"

NTT = "Kabupaten Sumba Timur, Provinsi Nusa Tenggara Timur"
ARTICLES = {
    "a.jsonl": ("2022-01-04", "LEBAK - Bupati Lebak Wiranata Kusumajaya membuka pasar murah."),
    "b.jsonl": ("2023-03-05", "LEBAK - Bupati Lebak H. Wiranata Kusumajaya meninjau jembatan."),
    "c.jsonl": ("2023-03-06", f"WAINGAPU - Kapolres Sumba Timur Wiranata Kusumajaya di {NTT}."),
    "d.jsonl": ("2023-04-06", f"WAINGAPU - Wiranata Kusumajaya menyapa warga {NTT}."),
    "e.jsonl": ("2023-05-06", "LEBAK - Bupati Lebak Wiranata Kusumadjaja hadir di Lebak."),
    "f.jsonl": (
        "2021-05-06",
        'WAINGAPU - "Aman," kata Kapolres Sumba Timur Wiranata Kusumajaya di Waingapu.',
    ),
    "g.jsonl": ("2022-08-01", "LEBAK - Forum Warga Sehat (FWS) Lebak bertemu warga."),
    "h.jsonl": ("2022-09-01", "LEBAK - FWS bertemu Bupati Lebak Wiranata di Pasar Kandang Sapi."),
    "i.jsonl": ("2022-09-02", "LEBAK - FORUM WARGA SEHAT rapat di PASAR KANDANG SAPI, Lebak."),
}


def base(settings: Settings) -> dict[str, Any]:
    """Everything that linking decides, by the names of the files instead of row numbers."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        files = {
            row.id: (Path(row.path).name, row.part)
            for row in connection.execute(
                select(documents.c.id, documents.c.path, documents.c.part)
            )
        }
        out: dict[str, Any] = {
            "entities": sorted(map(str, connection.execute(select(entities)))),
            "aliases": sorted(map(str, connection.execute(select(aliases)))),
        }
        for table in (mentions, offices, statements, sightings):
            columns = [c for c in table.c if c.name not in ("id", "document_id")]
            out[table.name] = sorted(
                f"{files.get(row.document_id)} {row[1:]}"
                for row in connection.execute(select(table.c.document_id, *columns))
            )
    return out


def read(paths: Sequence[Path]) -> list[tuple[Path, TaggedDocument]]:
    """Every document of the files, tagged: by itself, so once is enough for every order."""
    return [
        (path, prepare_fast(source, "", lambda page, pages: None))
        for path in paths
        for source in readers.read(path, ReadOptions())
    ]


def built(
    home: Path, batches: Sequence[Sequence[tuple[Path, TaggedDocument]]], database: str = "sqlite"
) -> dict[str, Any]:
    """A base of these documents, as ingests of these batches one after the other leave it."""
    with real_servers.catalog_address(database) as address:
        return _built(Settings(home=home, catalog=address), batches)


def _built(
    settings: Settings, batches: Sequence[Sequence[tuple[Path, TaggedDocument]]]
) -> dict[str, Any]:
    with Catalog.open(settings, write=True) as catalog:
        for batch in batches:
            with catalog.write() as connection:
                run = book.start_run(connection, now=NOW, pid=1)
                load_authority(connection)
                for path, tagged in batch:
                    file = FileState(str(path), tagged.text_hash, 1, 1, "1")
                    number = book.file_id(connection, file, run)
                    store = EntityStore(evidence)
                    write_document(
                        connection, store, tagged, file, file_id=number, run_id=run, now=NOW
                    )
            settle_links(catalog, run)
            with catalog.write() as connection:
                corrections.reapply(connection)
                remove_orphans(connection)
    return base(settings)


@pytest.mark.parametrize("database", real_servers.DATABASES)
def test_any_order_gives_the_same_base(tmp_path: Path, database: str) -> None:
    lines = {
        name: json.dumps(
            {"url": f"https://x.example/{name}", "title": "Berita", "date": day, "text": text}
        )
        for name, (day, text) in ARTICLES.items()
    }
    write_files(tmp_path / "in", lines)
    told = read(sorted((tmp_path / "in").iterdir()))
    once = built(tmp_path / "once", [told], database)
    assert built(tmp_path / "back", [[one] for one in reversed(told)], database) == once
    for seed in range(5):
        mixed = random.Random(seed).sample(told, len(told))
        assert built(tmp_path / str(seed), [mixed[:4], mixed[4:]], database) == once, seed
    full = {one for one in people(once) if "kusuma" in one}
    assert len(full) == 2, f"a regent here and a police chief there: {full}"


def test_a_withdrawn_document_tells_nothing_and_comes_back(tmp_path: Path) -> None:
    """Links are as if it were not there, and as before once it is there again."""
    days = {"a.jsonl": "2022-01-04", "b.jsonl": "2023-03-05"}
    lines = {
        name: json.dumps({"url": f"https://x.example/{name}", "title": "T", "date": day, "text": w})
        for (name, day), w in zip(
            days.items(),
            (ARTICLES["f.jsonl"][1], ARTICLES["a.jsonl"][1]),
            strict=True,
        )
    }
    write_files(tmp_path / "in", lines)
    told = read(sorted((tmp_path / "in").iterdir()))
    settings = Settings(home=tmp_path / "home")
    before = _built(settings, [told])
    alone = built(tmp_path / "alone", [told[1:]])
    key = "https://x.example/a.jsonl"
    with Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            assert shelving.withdraw(connection, address_key(key) or key, "2026-01-02") == 1
        settle_links(catalog, 1)
        assert people(base(settings)) == people(alone)
        with catalog.write() as connection:
            shelving.come_back(connection, address_key(key) or key)
        settle_links(catalog, 1)
    assert people(base(settings)) == people(before)


def people(found: dict[str, Any]) -> set[str]:
    """Ids that mentions of the regent's name point at."""
    return {one for row in found["mentions"] for one in re.findall(r"person:wiranata[^']*", row)}


@pytest.mark.slow
def test_the_sample_corpus_in_any_order(tmp_path: Path) -> None:
    told = read(sorted((Path(__file__).resolve().parents[2] / "sample_docs/artikel").iterdir()))
    once = built(tmp_path / "once", [told])
    mixed = random.Random(7).sample(told, len(told))
    half = len(told) // 2
    assert built(tmp_path / "two", [mixed[:half], mixed[half:]]) == once
