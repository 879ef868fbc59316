"""Worker processes under supervision: replaced when they die, killed when they hang."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import psutil

from kb.ingest import messages
from kb.ingest.messages import (
    Answer,
    Broken,
    Document,
    Failed,
    GoHome,
    Order,
    Progress,
    ReadThis,
    Refusal,
)
from kb.ingest.stages import Limits, Stages
from kb.model import Known
from kb.pipe import Gone, Message, Supervised
from kb.readers.options import ReadOptions

START_SECONDS = 180.0
"""A worker still loading its models is given up after this long without any progress: without
having used the processor. A clock alone gave up healthy workers on a busy machine."""
_STARTING_CPU = 0.05
"""Processor seconds that count as progress."""
MAX_BAD_STARTS = 3
PAGE_SECONDS = 0.5
"""Silence allowed for each page of a document that is being tagged."""
_WATCH_SECONDS = 1.0


@dataclass(slots=True, eq=False)
class Worker:
    """One process and the file it has in hand."""

    child: Supervised[Answer]
    ready: bool = False
    path: str | None = None
    since: float = 0.0
    beat: float = field(default_factory=time.monotonic)
    cpu: float = 0.0
    """Processor seconds when it last made progress in starting."""
    allowance: float = 0.0
    """Seconds of silence allowed on top: tagging a long document says nothing."""
    verdict: str | None = None
    """Why the pool killed it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one worker sent; or that it ``died``, killed for what it did, or ``ended``, nobody
    here knows why (values: the reason and the exit code)."""

    worker: Worker
    kind: Literal["ready", "beat", "document", "refused", "failed", "died", "ended"]
    values: tuple[Any, ...] = ()


class WorkersBroken(RuntimeError):
    """Workers cannot start; the message is what the last one said."""


class Pool:
    """A fixed number of workers. Close it, or use it as a context manager."""

    def __init__(
        self,
        count: int,
        stages: Stages,
        options: ReadOptions,
        limits: Limits,
        region: str,
        *,
        silence: float,
        memory_mb: int,
    ) -> None:
        self._order = Order(messages.names(stages), options, limits, region)
        self._silence = silence
        self._memory = memory_mb * 1024 * 1024
        self._bad_starts = 0
        self._watched = time.monotonic()
        self._answers: queue.Queue[tuple[Any, Answer | Gone]] = queue.Queue(2 * count)
        self.workers: list[Worker] = [self._start() for _ in range(count)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> Worker:
        # The queue is short, so a fast worker waits.
        worker = Worker(Supervised("kb.ingest.worker", Answer, self._answers))
        self._send(worker, self._order)
        return worker

    def _send(self, worker: Worker, message: Message) -> None:
        with contextlib.suppress(OSError):  # ``events`` will say that it died
            worker.child.tell(message)

    @property
    def idle(self) -> list[Worker]:
        """Workers that wait for a file."""
        return [worker for worker in self.workers if worker.ready and worker.path is None]

    @property
    def busy(self) -> list[Worker]:
        """Workers that have a file in hand."""
        return [worker for worker in self.workers if worker.path is not None]

    def give(
        self, worker: Worker, path: str, known: Known | None = None, name: str | None = None
    ) -> None:
        """Send a file to an idle worker; ``name``: what it is called where it is a copy."""
        worker.path = path
        worker.since = worker.beat = time.monotonic()
        worker.allowance = 0.0
        self._send(worker, ReadThis(Path(path), known, name))

    def release(self, worker: Worker) -> None:
        """The worker's file is settled."""
        worker.path = None

    def events(self, seconds: float) -> Iterator[Event]:
        """What workers sent, after at most ``seconds`` of silence.

        A dead worker gives one ``died`` or ``ended`` event with its file still in hand, and
        has been replaced by the time the next event is asked for. Raises ``WorkersBroken`` where
        workers die one after the other without ever being ready.
        """
        try:
            child, message = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._watch()
            return
        worker = next((worker for worker in self.workers if worker.child is child), None)
        if worker is not None:
            yield self._take(worker, message)
        self._watch()

    def _take(self, worker: Worker, message: Answer | Gone) -> Event:
        worker.beat = time.monotonic()
        if isinstance(message, Gone):
            if message.nonsense:
                told = f"damaged: its result cannot be taken over ({message.nonsense})."
                worker.verdict = worker.verdict or told
            return self._died(worker)
        if isinstance(message, Broken):
            raise WorkersBroken(message.reason)
        if isinstance(message, Progress):
            worker.allowance = message.pages * PAGE_SECONDS
            return Event(worker, "beat", (message.page, message.pages))
        if isinstance(message, Document):
            return Event(worker, "document", (message.tagged, message.last, message.seconds))
        if isinstance(message, Refusal):
            return Event(worker, "refused", (message.part, message.reason))
        if isinstance(message, Failed):
            return Event(worker, "failed", (message.reason, message.seconds))
        worker.ready = True
        self._bad_starts = 0
        return Event(worker, "ready")

    def _died(self, worker: Worker) -> Event:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.child.process.wait(timeout=5)
        code = worker.child.process.poll()
        known = worker.verdict is not None
        if worker.verdict is None:
            worker.verdict = f"damaged: the reading process ended while reading it (exit {code})."
        if not worker.ready:
            self._bad_starts += 1
            if self._bad_starts >= MAX_BAD_STARTS:
                raise WorkersBroken(f"Reading processes end as soon as they start (exit {code}).")
        worker.child.close()
        self.workers[self.workers.index(worker)] = self._start()
        return Event(worker, "died" if known else "ended", (worker.verdict, code))

    def _watch(self) -> None:
        """Kill what is silent for too long or takes too much memory."""
        now = time.monotonic()
        if now - self._watched < _WATCH_SECONDS:
            return
        self._watched = now
        for worker in self.workers:
            if worker.path is None:
                if not worker.ready:
                    self._watch_start(worker, now)
                continue
            if now - worker.beat > self._silence + worker.allowance:
                worker.verdict = (
                    f"too slow: no progress for {self._silence:.0f} seconds; "
                    "raise read_seconds in kb.toml or split the file."
                )
                worker.child.kill()
                continue
            with contextlib.suppress(psutil.Error):
                if worker.child.memory_mb() * 2**20 > self._memory:
                    worker.verdict = (
                        f"too much memory: reading it took more than "
                        f"{self._memory // 2**20} MB; split the file."
                    )
                    worker.child.kill()

    def _watch_start(self, worker: Worker, now: float) -> None:
        with contextlib.suppress(psutil.Error):
            used = worker.child.cpu_seconds()
            if used - worker.cpu > _STARTING_CPU:
                worker.cpu, worker.beat = used, now
        if now - worker.beat > START_SECONDS:
            worker.child.kill()

    def close(self, *, now: bool = False) -> None:
        """Let idle workers go home; kill the busy ones (and all with ``now``)."""
        for worker in self.workers:
            worker.child.deafen()
            if worker.ready and worker.path is None and not now:
                self._send(worker, GoHome())
            else:
                worker.child.kill()
        for worker in self.workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.child.process.wait(timeout=3)
            worker.child.close()
        self.workers = []
