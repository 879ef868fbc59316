"""Servers for tests and at the desk, on loopback: ``tools/servers.py up|down|status [NAME ...]``.

``up`` starts those named (all that this machine has: none named) and prints, a line each, the
environment that leads the tests marked ``server`` to them:

    export $(python tools/servers.py up postgres)
    pytest -m server
    python tools/servers.py down

What they keep lies below ``--folder`` (``KB_SERVERS``, else ``kb-servers`` in the folder for
temporary files), a folder a server; it may be deleted when they are down. Ends with 1 where a
server that was named cannot be had here.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from opensearch_server import OpenSearch
from postgres_server import Postgres
from server_kind import Server, ServersError

SERVERS: tuple[Server, ...] = (Postgres(), OpenSearch())


def folder() -> Path:
    """Where the servers of this machine lie."""
    named = os.environ.get("KB_SERVERS")
    return Path(named) if named else Path(tempfile.gettempdir()) / "kb-servers"


def environment(name: str) -> Mapping[str, str] | None:
    """What leads to a server that runs, ``None`` where none does."""
    (server,) = (one for one in SERVERS if one.name == name)
    return server.running(folder() / name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("verb", choices=("up", "down", "status"))
    parser.add_argument("name", nargs="*", help=", ".join(one.name for one in SERVERS))
    parser.add_argument("--folder", type=Path, default=folder())
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.name) - {one.name for one in SERVERS})
    if unknown:
        parser.error(f"there is no server {', '.join(unknown)}")
    chosen = [one for one in SERVERS if not options.name or one.name in options.name]
    failed = 0
    for server in chosen:
        try:
            failed += _do(options.verb, server, options.folder / server.name, bool(options.name))
        except ServersError as error:
            print(f"{server.name}: {error}", file=sys.stderr)
            failed += 1
    return int(failed > 0)


def _do(verb: str, server: Server, place: Path, named: bool) -> int:
    if verb == "down":
        print(f"{server.name}: {'stopped' if server.down(place) else 'did not run'}")
        return 0
    if verb == "up":
        why = server.missing()
        if why is not None:
            print(f"{server.name}: {why}", file=sys.stderr)
            return int(named)
        found: Mapping[str, str] | None = server.up(place)
    else:
        found = server.running(place)
    for key, value in (found or {}).items():
        print(f"{key}={value}")
    if found is None:
        print(f"{server.name}: is not running", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
