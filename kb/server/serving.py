"""The server itself: Streamlit's application behind the guard, under uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.config import Settings
from kb.errors import ConfigError
from kb.server import hosts
from kb.server.guard import Guard, Limits

if TYPE_CHECKING:
    from streamlit.web.server.starlette import App

PING_SECONDS = 25.0
"""A page whose browser is gone is found out after two of these."""
MESSAGE_BYTES = 2 << 20
"""The longest message of a browser: the state of its widgets."""
NEVER_CACHED = 1 << 40
"""Bytes from which Streamlit's browser half would keep a message to be referred to. What it
keeps is thrown out after two runs, though a run already under way may refer to it: two clicks
in a hurry ("Cached ForwardMsg MISS") then end the connection for good, the page with it. Seen
once in a hundred hasty ways back from a citation."""
DESCRIPTORS = 8192
GOODBYE_SECONDS = 5

Option = str | int | bool | list[str]

log = logging.getLogger("kb.server")


def options(host: str, port: int, settings: Settings) -> dict[str, Option]:
    """Streamlit's settings the app is safe with, by their names; ``kb serve`` decides them."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.maxUploadSize": settings.upload_mb,
        "server.disconnectedSessionTTL": 60,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showSidebarNavigation": False,
        "runner.postScriptGC": False,
        "global.minCachedMessageSize": NEVER_CACHED,
        # Of the organisation's accounts (st.login): with the base, or beside the app.
        "secrets.files": [
            str(settings.home / "secrets.toml"),
            str(Path.cwd() / ".streamlit" / "secrets.toml"),
        ],
    }


def tell(chosen: Mapping[str, Option]) -> None:
    """Have Streamlit read ``.streamlit/config.toml`` again, with these settings above all others.

    The one way besides its own command line that it hears: environment variables reach it
    through the options of ``streamlit run`` alone.
    """
    from streamlit.web.bootstrap import load_config_options

    load_config_options({name.replace(".", "_"): value for name, value in chosen.items()})


def application(app_file: Path, settings: Settings, bind: str) -> Guard:
    """The whole of what is served, as an ASGI application."""
    import streamlit as st

    from kb.server import periodic, routes, timetable, vectors
    from kb.server.sessions import Uploads, keep_sweeping
    from kb.web import base, staff

    doors = routes.doors(settings, base.kb, settings.address)

    @contextlib.asynccontextmanager
    async def alive(app: App) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(keep_sweeping(_runtime()))
        try:
            async with doors.alive():
                with (
                    periodic.keeping("timetable", partial(timetable.look_unless_workers, settings)),
                    periodic.keeping("vectors", partial(vectors.look, settings)),
                ):
                    yield
        finally:
            sweeping.cancel()

    app = st.App(app_file, routes=doors.routes, lifespan=alive)
    megabyte = 1 << 20
    return Guard(
        app,
        names=hosts.allowed(bind, settings.hosts.split(",")),
        is_staff=staff.is_staff,
        held=lambda: Uploads(_runtime()),
        limits=Limits(
            file=settings.upload_mb * megabyte,
            session=2 * settings.upload_mb * megabyte,
            all=4 * settings.upload_mb * megabyte,
        ),
        bodies=routes.BODIES,
    )


def _runtime() -> Any:
    from streamlit.runtime import get_instance

    return get_instance()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises ``ConfigError`` where that cannot be."""
    # Named as TCP, or asyncio takes it for something else and leaves Nagle's algorithm on: each
    # answer in two pieces then waits 40 ms (benchmarks/doors.py, one client: a page 64 -> 20 ms).
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # elsewhere a port in TIME_WAIT counts as free
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(256)
    except OSError as error:
        made.close()
        raise ConfigError(
            f"Nothing can listen on {host} port {port} ({error.strerror}); "
            "name another with --host and --port."
        ) from None
    return made


def serve(app_file: Path, settings: Settings, host: str, port: int) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    import uvicorn

    from kb.server.patience import PatientProtocol

    _more_descriptors()
    app = application(app_file, settings, host)
    tell(options(host, port, settings))  # after: what stands beside the app's file is read too
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="websockets-sansio",
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
        h11_max_incomplete_event_size=32 << 10,
        proxy_headers=True,
        forwarded_allow_ips=settings.proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        lifespan="on",
    )
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):  # Streamlit turns them on
        logging.getLogger(name).setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, _end)
    with contextlib.suppress(KeyboardInterrupt), listening(host, port) as made:
        uvicorn.Server(config).run(sockets=[made])


def _end(number: int, frame: object) -> None:
    raise SystemExit(0)


def _more_descriptors() -> None:
    """As many open files as the system lets this process have, up to ``DESCRIPTORS``."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
