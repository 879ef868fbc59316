"""Makes vectors of new pages in the background, in a process of its own beside the app."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
import threading
from collections.abc import Callable

from kb.config import Settings
from kb.ingest.embedding import counted, is_running
from kb.server.periodic import LOOK_SECONDS, attempt

STOP_SECONDS = 10.0

log = logging.getLogger("kb.server")


def command(settings: Settings) -> list[str]:
    """One gentle run: what it has done stays when it is ended."""
    return [sys.executable, "-m", "kb", "embed", "--gently", "--json", "--home", str(settings.home)]


def run_waiting(
    settings: Settings,
    stop: threading.Event,
    start: Callable[[list[str]], subprocess.Popen[bytes]] | None = None,
) -> bool:
    """Make vectors where pages wait for them and nobody is at it; True where it was tried.

    Returns when they are made, or soon after ``stop`` is set.
    """
    if not settings.meaning or not settings.embed:
        return False
    if not counted(settings)[1] or is_running(settings):
        return False
    process = (start or _start)(command(settings))
    while process.poll() is None:
        if stop.wait(1.0):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
    if process.returncode and not stop.is_set():
        log.warning("vectors could not be made; 'kb embed' says why")
    return True


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)


def look(settings: Settings, stop: threading.Event) -> float | None:
    """Make vectors of what came in; seconds to wait where that failed: not every minute."""
    tried: list[bool] = []
    attempt("vectors", lambda: tried.append(run_waiting(settings, stop)))
    failed = tried == [True] and counted(settings)[1] > 0
    return 10 * LOOK_SECONDS if failed else None
