"""Runs the command line in this process over a hand-made base."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from made_base import make

from kb.cli import main
from kb.config import Settings


@dataclass
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        lines = self.out.splitlines()
        assert len(lines) == 1, "exactly one JSON value"
        return json.loads(lines[0])


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def cli_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("cli") / "index"
    make(Settings(home), home.parent)
    return home


@pytest.fixture
def run(cli_home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("search", "jalan", "--json")`` over the shared base (or ``home=``)."""

    def call(*arguments: str, home: Path | None = None) -> Ran:
        capsys.readouterr()
        try:
            status = main([*arguments, "--home", str(home or cli_home)])
        except SystemExit as end:
            status = int(end.code or 0)
        found = capsys.readouterr()
        return Ran(status, found.out, found.err)

    return call
