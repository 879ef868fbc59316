"""The process that reads, describes and tags files, one after the other.

Messages to the parent are tuples whose first item says what they are; the pipe holds
only what the parent has not taken yet, so a worker is never more than one document
ahead of the writer.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from kb.errors import KBError
from kb.ingest.stages import Limits, Stages
from kb.readers.options import ReadOptions

BEAT_SECONDS = 0.5


def serve(
    connection: Connection, stages: Stages, options: ReadOptions, limits: Limits, region: str
) -> None:
    """Read what the parent names until it says stop or is gone."""
    with contextlib.suppress(ValueError):
        # Ctrl-C reaches every process of the terminal; the parent decides what stops.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        stages.warm_up()
        connection.send(("ready",))
        while True:
            task = connection.recv()
            if task is None:
                return
            _serve_file(connection, stages, Path(task), options, limits, region)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is gone: nobody to work for
    except KBError as error:
        with contextlib.suppress(OSError):
            connection.send(("broken", str(error)))


def _serve_file(
    connection: Connection,
    stages: Stages,
    path: Path,
    options: ReadOptions,
    limits: Limits,
    region: str,
) -> None:
    started = time.monotonic()
    beat = _beat(connection)
    held = None
    try:
        for source in stages.read(path, options, limits, beat):
            if held is not None:
                connection.send(("document", held, False, time.monotonic() - started))
            connection.send(("beat", 0, len(source.pages)))
            held = stages.prepare(source, region, beat)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except KBError as error:
        connection.send(("failed", str(error), time.monotonic() - started))
    except MemoryError:
        connection.send(
            (
                "failed",
                "too much memory: reading it ran out of memory; split the file.",
                time.monotonic() - started,
            )
        )
    except Exception as error:
        # One bad file must not end the batch; its reason is listed with the file.
        reason = f"damaged: {type(error).__name__}: {error}".strip()
        connection.send(("failed", reason[:500], time.monotonic() - started))
    else:
        seconds = time.monotonic() - started
        if held is None:
            connection.send(("failed", "empty: there is no document in it.", seconds))
        else:
            connection.send(("document", held, True, seconds))


def _beat(connection: Connection) -> Callable[[int, int], None]:
    last = 0.0

    def beat(page: int, pages: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= BEAT_SECONDS:
            last = now
            connection.send(("beat", page, pages))

    return beat
