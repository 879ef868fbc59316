"""The process that reads, describes and tags files, one after the other.

Run as ``python -m kb.ingest.worker``: the first message on standard input says how to
read, each later one names a file. Answers go to standard output as tuples whose first item
says what they are; the pipe holds only what the parent has not taken yet, so a worker is
never far ahead of the writer. When standard input closes, because the parent is gone, the
process ends at once.

It is a program of its own rather than a ``multiprocessing`` child, which would run the
caller's main module again: in the app that is the whole app.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kb.errors import KBError, refusal
from kb.ingest.stages import Limits, Stages
from kb.readers.child import receive, send
from kb.readers.holders import Refused
from kb.readers.options import ReadOptions

BEAT_SECONDS = 0.5


class Channel:
    """The two pipes to the parent."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._outgoing = outgoing
        self._jobs: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._listen, args=(incoming,), daemon=True).start()

    def _listen(self, incoming: IO[bytes]) -> None:
        while True:
            try:
                self._jobs.put(receive(incoming))
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                os._exit(0)  # the parent is gone: nobody to work for

    def send(self, message: object) -> None:
        """Hand a message to the parent; waits where it has not taken earlier ones."""
        try:
            send(self._outgoing, message)
        except OSError:
            os._exit(0)

    def receive(self) -> Any:
        """The next message of the parent."""
        return self._jobs.get()


def main() -> None:
    """Serve the parent at the other end of standard input and output."""
    with contextlib.suppress(ValueError):
        # Ctrl-C reaches every process of the terminal; the parent decides what stops.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries may print: the answers go through a descriptor of their own.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    channel = Channel(sys.stdin.buffer, answers)
    stages, options, limits, region = channel.receive()
    serve(channel, stages, options, limits, region)


def serve(
    channel: Channel, stages: Stages, options: ReadOptions, limits: Limits, region: str
) -> None:
    """Read what the parent names until it says stop or is gone."""
    try:
        stages.warm_up()
    except Exception as error:
        channel.send(("broken", f"{type(error).__name__}: {error}"))
        return
    channel.send(("ready",))
    while (path := channel.receive()) is not None:
        _serve_file(channel, stages, Path(path), options, limits, region)


def _serve_file(
    channel: Channel,
    stages: Stages,
    path: Path,
    options: ReadOptions,
    limits: Limits,
    region: str,
) -> None:
    started = time.monotonic()
    beat = _beat(channel)
    held = None
    try:
        for source in stages.read(path, options, limits, beat):
            if isinstance(source, Refused):
                if not source.harmless:
                    channel.send(("refused", source.part, source.reason))
                continue
            if held is not None:
                channel.send(("document", held, False, time.monotonic() - started))
            channel.send(("beat", 0, len(source.pages)))
            held = stages.prepare(source, region, beat)
    except KBError as error:
        channel.send(("failed", str(error), time.monotonic() - started))
    except OSError as error:
        told = refusal(error)
        reason = f"no access: {told}" if told else f"damaged: {type(error).__name__}: {error}"
        channel.send(("failed", reason[:500], time.monotonic() - started))
    except MemoryError:
        channel.send(
            (
                "failed",
                "too much memory: reading it ran out of memory; split the file.",
                time.monotonic() - started,
            )
        )
    except Exception as error:
        # One bad file must not end the batch; its reason is listed with the file.
        reason = f"damaged: {type(error).__name__}: {error}".strip()
        channel.send(("failed", reason[:500], time.monotonic() - started))
    else:
        seconds = time.monotonic() - started
        if held is None:
            channel.send(("failed", "empty: there is no document in it.", seconds))
        else:
            channel.send(("document", held, True, seconds))


def _beat(channel: Channel) -> Callable[[int, int], None]:
    last = 0.0

    def beat(page: int, pages: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= BEAT_SECONDS:
            last = now
            channel.send(("beat", page, pages))

    return beat


if __name__ == "__main__":
    main()
