"""Where the tests marked ``server`` find their servers."""

from __future__ import annotations

import os

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
