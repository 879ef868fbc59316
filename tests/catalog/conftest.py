"""A catalog to write to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import Put, state

from kb.catalog import Catalog, FileState, TaggedDocument, Written
from kb.catalog import writes_files as book
from kb.catalog.writes import write_document
from kb.catalog.writes_entities import EntityStore
from kb.config import Settings


@pytest.fixture
def settings(tmp_path: Path, catalog_address: str) -> Settings:
    return Settings(home=tmp_path / "home", catalog=catalog_address)


@pytest.fixture
def in_file(tmp_path: Path) -> Settings:
    """Those of a catalog in a file."""
    return Settings(home=tmp_path / "home")


@pytest.fixture
def catalog(settings: Settings) -> Iterator[Catalog]:
    with Catalog.open(settings, write=True) as opened:
        yield opened


@pytest.fixture
def put(catalog: Catalog) -> Put:
    """Store one document as an ingest does."""

    def store(tagged: TaggedDocument, file: FileState | None = None) -> Written:
        given = file or state(tagged.source.path)
        with catalog.write() as connection:
            run = book.start_run(connection, now="2026-01-01T00:00:00", pid=1)
            written = write_document(
                connection,
                EntityStore(),
                tagged,
                given,
                file_id=book.file_id(connection, given, run),
                run_id=run,
                now="2026-01-01T00:00:00",
            )
            book.finish_file(connection, given, status="done", run_id=run)
        return written

    return store
