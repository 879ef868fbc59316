"""What every server kind of ``tools/servers.py`` answers, and running one as another user."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol


class ServersError(Exception):
    """A server cannot be started or stopped; the message says what to do."""


class Server(Protocol):
    """One server that tests and a desk need: on loopback, in a folder of its own."""

    name: str

    def missing(self) -> str | None:
        """Why it cannot be started on this machine, with what to install; else ``None``."""

    def up(self, folder: Path) -> Mapping[str, str]:
        """Start it in ``folder`` (made, empty or from an earlier run) and wait until it answers.

        Returns the environment that leads tests to it. Starting one that runs returns the same.
        Raises ``ServersError``.
        """

    def down(self, folder: Path) -> bool:
        """Stop it; False where none ran."""

    def running(self, folder: Path) -> Mapping[str, str] | None:
        """The environment of the one that runs from ``folder``, ``None`` where none answers."""


def as_user(name: str, folder: Path) -> dict[str, Any]:
    """Arguments of ``subprocess`` that run a server which refuses an administrator.

    Where this process is none: nothing. ``folder`` is given to that user.
    """
    if os.geteuid() != 0:
        return {}
    one = pwd.getpwnam(name)
    os.chown(folder, one.pw_uid, one.pw_gid)
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": []}
