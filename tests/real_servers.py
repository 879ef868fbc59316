"""Where the tests marked ``server`` find their servers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import servers


def address(name: str, variable: str) -> str:
    """Where a server of ``tools/servers.py`` answers; skips, or in CI fails, where none does.

    A test or fixture that asks for it is marked ``server``.
    """
    found = os.environ.get(variable) or (servers.environment(name) or {}).get(variable)
    if found is None:
        why = f"{name} does not run: python tools/servers.py up {name}"
        if os.environ.get("KB_CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


DATABASES = ("sqlite", pytest.param("postgres", marks=pytest.mark.server))
"""What a fixture is parametrised by where a catalog may lie in either."""


@contextmanager
def catalog_address(database: str) -> Iterator[str]:
    """The setting ``catalog`` for a new, empty catalog, gone when the block ends."""
    if database == "sqlite":
        yield ""
        return
    import psycopg

    whole = address("postgres", "KB_TEST_POSTGRES")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(whole.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]
        yield f"{whole}?options=-csearch_path%3D{name}"
        connection.execute(f"DROP SCHEMA {name} CASCADE")  # type: ignore[arg-type]
