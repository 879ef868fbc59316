"""``kb serve``: the Streamlit app on this machine, in this process."""

from __future__ import annotations

import argparse
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import kb
from kb.catalog import Catalog
from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.config import HOME_VARIABLE
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.explore import KnowledgeBase

PORT = 8501
TRIES = 20


def app_file() -> Path:
    """``app.py`` beside the package."""
    return Path(kb.__file__).resolve().parent.parent / "app.py"


def free_port(host: str, wanted: int | None) -> int:
    """``wanted`` if nobody listens there; without a wish the first free one from 8501."""
    for port in [wanted] if wanted is not None else range(PORT, PORT + TRIES):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # elsewhere a port in TIME_WAIT counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise ConfigError(
        f"Nothing can listen on {host} port {wanted or f'{PORT} to {PORT + TRIES - 1}'}; "
        "name another with --host and --port."
    )


def serve(a: argparse.Namespace, t: Terminal) -> int:
    """Say the address, then be the app until it ends."""
    where = settings(a)
    app = app_file()
    if not app.is_file():
        raise ConfigError(f"There is no app at {app}; run from the project's folder.")
    Catalog.open(where).close()  # says so where there is none
    port = free_port(a.host, a.port)
    shown = "localhost" if a.host in ("0.0.0.0", "::") else a.host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    if t.as_json:
        t.value({"address": address, "home": str(where.home)})
    else:
        t.say(f"The app is at {address} (Ctrl-C ends it).")
    t.out.flush()
    os.environ[HOME_VARIABLE] = str(where.home)
    os.chdir(app.parent)  # where .streamlit/config.toml is
    from kb.server import serve as answer

    answer(app, where, a.host, port)
    return 0


def worker(a: argparse.Namespace, t: Terminal) -> int:
    """``kb worker``."""
    from kb.cli import queue

    where = settings(a)
    return queue.status(where, t) if a.status else queue.work(where, a, t)


def mcp(a: argparse.Namespace, t: Terminal) -> int:
    """``kb mcp``: what stands on stdout is the protocol alone."""
    from kb.api.assistant import server
    from kb.explore import open_kb

    where = settings(a)
    with open_kb(where) as base:

        def current() -> KnowledgeBase:
            base.refresh()
            return base

        server(current, where.address or f"http://127.0.0.1:{PORT}").run("stdio")
    return 0
