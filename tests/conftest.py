"""Shared fixtures: where the sample corpus and the material to try things on are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import real_servers

# A server of the tests makes no vectors beside them: what it serves would change under them.
os.environ.setdefault("KB_EMBED", "false")

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
    """A knowledge base made from the sample corpus, once for the whole run: only read it.

    Workers of one parallel run share it: the first makes it, the others wait.
    """
    from filelock import FileLock

    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    home = folder / "contoh basis"  # a name with a space, as on people's desks
    done = folder / "contoh basis.done"
    with FileLock(str(folder / "contoh basis.lock")):
        if not done.exists():
            _make_samples(home)
            done.touch()
    return home


def _make_samples(home: Path) -> None:
    from kb.config import Settings
    from kb.ingest import ingest

    report = ingest(Settings(home=home), [ROOT / "sample_docs"])
    assert not report.failed, report.failed


@pytest.fixture(scope="session")
def postgres_address() -> str:
    """A database of PostgreSQL in which tests may do as they like."""
    return real_servers.address("postgres", "KB_TEST_POSTGRES")


@pytest.fixture(params=real_servers.DATABASES)
def catalog_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The setting ``catalog`` of an empty catalog in each kind of database."""
    with real_servers.catalog_address(request.param) as found:
        yield found


@pytest.fixture(scope="session")
def nobody() -> dict[str, object]:
    """Arguments of ``subprocess`` that run this interpreter as a user without rights.

    Empty where the tests are no administrator's. Skips where the interpreter lies in a folder
    that others may not enter.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    someone = {"user": 65534, "group": 65534, "extra_groups": []}
    try:
        subprocess.run(
            [sys.executable, "-c", "import kb"], check=True, env=dict(os.environ), **someone
        )  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this interpreter may not be started by another user")
    return someone
