"""The process that reads, describes and tags files, one after the other.

Run as ``python -m kb.ingest.worker``: the first message on standard input says how to
read, each later one names a file (``kb.ingest.messages``). The pipe holds only what the
parent has not taken yet, so a worker is never far ahead of the writer. When standard input
closes, because the parent is gone, the process ends at once.

It is a program of its own rather than a ``multiprocessing`` child, which would run the
caller's main module again: in the app that is the whole app.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from typing import IO

from kb.errors import KBError, refusal
from kb.ingest import messages
from kb.ingest.messages import (
    Answer,
    Broken,
    Document,
    Failed,
    Order,
    Progress,
    ReadThis,
    Ready,
    Refusal,
    Told,
)
from kb.ingest.stages import Limits, Stages, under_name, with_known
from kb.pipe import BadMessage, Receiver, own_pipes, send
from kb.readers.holders import Refused
from kb.readers.options import ReadOptions
from kb.readers.storable import storable_text

BEAT_SECONDS = 0.5


class Channel:
    """The two pipes to the parent."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._outgoing = outgoing
        self._told: queue.Queue[Told] = queue.Queue()
        receive: Receiver[Told] = Receiver(incoming, Told)
        threading.Thread(target=self._listen, args=(receive,), daemon=True).start()

    def _listen(self, receive: Receiver[Told]) -> None:
        while True:
            try:
                self._told.put(receive())
            except (EOFError, OSError, ValueError, BadMessage):
                os._exit(0)  # the parent is gone: nobody to work for

    def send(self, message: Answer) -> None:
        """Hand a message to the parent; waits where it has not taken earlier ones.

        Raises what ``kb.pipe.send`` raises for a message that cannot be sent.
        """
        try:
            send(self._outgoing, message)
        except OSError:
            os._exit(0)

    def receive(self) -> Told:
        """The next message of the parent."""
        return self._told.get()


def main() -> None:
    """Serve the parent at the other end of standard input and output."""
    with contextlib.suppress(ValueError):
        # Ctrl-C reaches every process of the terminal; the parent decides what stops.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Channel(*own_pipes())
    order = channel.receive()
    if isinstance(order, Order):
        stages = messages.stages(order.stages)
        serve(channel, stages, order.options, order.limits, order.region)


def serve(
    channel: Channel, stages: Stages, options: ReadOptions, limits: Limits, region: str
) -> None:
    """Read what the parent names until it says stop or is gone."""
    try:
        stages.warm_up()
    except Exception as error:
        channel.send(Broken(_sentence(f"{type(error).__name__}: {error}")))
        return
    channel.send(Ready())
    while isinstance(told := channel.receive(), ReadThis):
        _serve_file(channel, stages, told, options, limits, region)


def _serve_file(
    channel: Channel,
    stages: Stages,
    told: ReadThis,
    options: ReadOptions,
    limits: Limits,
    region: str,
) -> None:
    started = time.monotonic()
    beat = _beat(channel)
    held = None

    def seconds() -> float:
        return time.monotonic() - started

    try:
        for source in stages.read(told.path, options, limits, beat):
            if isinstance(source, Refused):
                if not source.harmless:
                    part = storable_text(source.part)[:1000]
                    channel.send(Refusal(part, storable_text(source.reason)[:2000]))
                continue
            source = with_known(under_name(source, told.name), told.known)
            if held is not None:
                channel.send(Document(held, last=False, seconds=seconds()))
            channel.send(Progress(0, len(source.pages)))
            held = stages.prepare(source, region, beat)
        if held is not None:
            channel.send(Document(held, last=True, seconds=seconds()))
            return
        reason = "empty: there is no document in it."
    except KBError as error:
        reason = str(error)
    except OSError as error:
        said = refusal(error)
        reason = f"no access: {said}" if said else f"damaged: {type(error).__name__}: {error}"
    except MemoryError:
        reason = "too much memory: reading it ran out of memory; split the file."
    except Exception as error:
        # One bad file must not end the batch; its reason is listed with the file.
        reason = f"damaged: {type(error).__name__}: {error}".strip()
    channel.send(Failed(_sentence(reason), seconds()))


def _sentence(text: str) -> str:
    return storable_text(text)[:500]


def _beat(channel: Channel) -> Callable[[int, int], None]:
    last = 0.0

    def beat(page: int, pages: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= BEAT_SECONDS:
            last = now
            channel.send(Progress(page, pages))

    return beat


if __name__ == "__main__":
    main()
