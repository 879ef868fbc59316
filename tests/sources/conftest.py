"""A home whose sources may ask this machine, and a site served on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from guests import patient, real_read, unread
from served import Served

from kb.catalog import Catalog
from kb.config import Settings
from kb.sources import book
from kb.sources.fetching import Fetcher
from kb.sources.manners import Manners
from kb.sources.report import Outcome
from kb.sources.syncing import sync


@pytest.fixture
def site() -> Iterator[Served]:
    served = Served()
    yield served
    served.close()


@pytest.fixture
def settings(tmp_path: Path, catalog_address: str) -> Settings:
    """Loopback is allowed by name, pauses are none."""
    found = Settings(home=tmp_path / "basis", private_hosts="127.0.0.1", contact="arsip@contoh.id")
    found = replace(found, catalog=catalog_address)
    found = replace(found, fetch_pause=0.0, fetch_mb=1)
    with Catalog.open(found, write=True):
        pass
    return found


Syncing = Callable[..., Outcome]


@pytest.fixture
def fetch(settings: Settings) -> Syncing:
    """Sync the one source there is without reading what comes."""

    def run(**options: object) -> Outcome:
        return sync(settings, make=patient, read=unread, **options)[0]  # type: ignore[arg-type]

    return run


@pytest.fixture
def bring_in(settings: Settings) -> Syncing:
    """Sync the one source there is and read what comes."""

    def run(**options: object) -> Outcome:
        return sync(settings, make=patient, read=real_read, **options)[0]  # type: ignore[arg-type]

    return run


@pytest.fixture
def add(settings: Settings) -> Callable[..., str]:
    """Keep an address as a source; what was found."""

    def run(address: str, **options: str) -> str:
        with patient(settings, Manners(0.0, 10_000)) as fetcher:
            source, told = book.add(settings, address, fetcher=fetcher, **options)  # type: ignore[arg-type]
        return f"{source.kind}: {told}"

    return run


@pytest.fixture
def fetcher(settings: Settings) -> Iterator[Fetcher]:
    with patient(settings, Manners(0.0, 10_000)) as made:
        yield made
