"""PostgreSQL for tests and at the desk: a cluster of its own, on loopback."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loopback import answers, free_port
from server_kind import ServersError, as_user

_USER = "postgres"  # PostgreSQL refuses to run as root; its package makes this user
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # what is here is for trying out: a power cut may take it
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
}


def _program(name: str) -> str | None:
    """A program of the newest PostgreSQL of the machine (Debian keeps them off the path)."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = sorted(versions, key=lambda path: float(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which(name)


class Postgres:
    """``KB_TEST_POSTGRES`` is the address of a database in which tests may do as they like."""

    name = "postgres"

    def missing(self) -> str | None:
        if _program("initdb") is None:
            return "PostgreSQL is not on this machine; install it (Debian: apt install postgresql)."
        return None

    def up(self, folder: Path) -> Mapping[str, str]:
        found = self.running(folder)
        if found is not None:
            return found
        folder.mkdir(parents=True, exist_ok=True)
        someone = as_user(_USER, folder)
        data = folder / "data"
        if not (data / "PG_VERSION").is_file():
            self._run("initdb", "-A", "trust", "-U", "kb", "-E", "UTF8", "--locale=C.UTF-8",
                      "--no-sync", "-D", str(data), **someone)  # fmt: skip
        port = free_port()
        options = " ".join(f"-c {key}={value}" for key, value in _SETTINGS.items())
        self._run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "-o",
                  f"-p {port} -k {folder} {options}", "start", **someone)  # fmt: skip
        (folder / "port").write_text(str(port), encoding="utf-8")
        here = ("-h", "127.0.0.1", "-p", str(port), "-U", "kb")
        known = "SELECT 1 FROM pg_database WHERE datname = 'kb'"
        if not self._run("psql", *here, "-Atc", known, "postgres").strip():
            self._run("createdb", *here, "kb")
        return self._environment(port)

    def down(self, folder: Path) -> bool:
        if self.running(folder) is None:
            return False
        self._run("pg_ctl", "-D", str(folder / "data"), "-m", "fast", "-w", "stop",
                  **as_user(_USER, folder))  # fmt: skip
        return True

    def running(self, folder: Path) -> Mapping[str, str] | None:
        try:
            port = int((folder / "port").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        up = (folder / "data" / "postmaster.pid").exists() and answers(port)
        return self._environment(port) if up else None

    @staticmethod
    def _environment(port: int) -> Mapping[str, str]:
        return {"KB_TEST_POSTGRES": f"postgresql+psycopg://kb@127.0.0.1:{port}/kb"}

    @staticmethod
    def _run(program: str, *arguments: str, **someone: Any) -> str:
        path = _program(program)
        if path is None:
            raise ServersError(f"{program} is not on this machine; install PostgreSQL whole.")
        # Into a file, not a pipe: the server inherits it and would keep the pipe open.
        done = subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program in ("psql", "createdb") else subprocess.DEVNULL,
            stderr=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            text=True,
            cwd="/",
            **someone,
        )
        if done.returncode:
            raise ServersError(f"{program} failed: {(done.stderr or '').strip() or 'see its log'}.")
        return done.stdout or ""
