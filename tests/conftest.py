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
