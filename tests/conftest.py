"""Shared fixtures: where the sample corpus and the material to try things on are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MATERIAL = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sample_docs() -> Path:
    return ROOT / "sample_docs"


@pytest.fixture(scope="session")
def material() -> Path:
    """Folder of real material beside a developer's checkout; absent in a fresh clone."""
    if not MATERIAL.is_dir():
        pytest.skip("../shared/data is not here: real material is only beside a developer's clone")
    return MATERIAL


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base made from the sample corpus, once for the whole run: only read it."""
    from kb.config import Settings
    from kb.ingest import ingest

    home = tmp_path_factory.mktemp("contoh basis")  # a name with a space, as on people's desks
    report = ingest(Settings(home=home), [ROOT / "sample_docs"])
    assert not report.failed, report.failed
    return home
