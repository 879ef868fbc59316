"""One hand-made base for all tests of this room, and a fresh one for tests that change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import real_servers
from made_base import make

from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb


@pytest.fixture(scope="session", params=real_servers.DATABASES)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """The hand-made base in each kind of database: only read it."""
    with real_servers.catalog_address(request.param) as address:
        settings = Settings(tmp_path_factory.mktemp("explore") / "index", catalog=address)
        make(settings, settings.home.parent)
        yield settings


@pytest.fixture(scope="session")
def kb(made: Settings) -> Iterator[KnowledgeBase]:
    with open_kb(made) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path, catalog_address: str) -> Settings:
    """Settings of a base that is not there yet."""
    return Settings(tmp_path / "index", catalog=catalog_address)


@pytest.fixture
def fresh(empty: Settings) -> Settings:
    make(empty, empty.home.parent)
    return empty


@pytest.fixture
def open_base() -> Iterator[Callable[[Settings], KnowledgeBase]]:
    """Opens bases that are closed at the end of the test."""
    opened: list[KnowledgeBase] = []

    def open_one(settings: Settings) -> KnowledgeBase:
        opened.append(open_kb(settings))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
