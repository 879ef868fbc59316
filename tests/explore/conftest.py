"""One hand-made base for all tests of this room, and a fresh one for tests that change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_base import make

from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("explore") / "index"
    make(Settings(home), home.parent)
    return home


@pytest.fixture(scope="session")
def kb(made_home: Path) -> Iterator[KnowledgeBase]:
    with open_kb(Settings(made_home)) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    return settings


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
