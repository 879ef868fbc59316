"""The doors over a hand-made base, without a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_base import make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.config import Settings, load_settings
from kb.explore import KnowledgeBase, open_kb
from kb.ingest import rebuild
from kb.server.routes import doors


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("api") / "index"
    make(Settings(home), home.parent)
    rebuild(load_settings(home))
    with open_kb(home) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(base: KnowledgeBase) -> TestClient:
    """Asks as a program would; redirects are not followed."""
    settings = Settings(base.settings.home, api_per_minute=0, publish="yes")
    app = Starlette(routes=doors(settings, lambda: base).routes)
    return TestClient(app, follow_redirects=False)
