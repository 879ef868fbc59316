"""Worker processes under supervision: replaced when they die, killed when they hang."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

import psutil

from kb.ingest.stages import Limits, Stages
from kb.ingest.worker import serve
from kb.readers.options import ReadOptions

START_SECONDS = 180.0
"""A worker that has not loaded its models after this long is given up."""
MAX_BAD_STARTS = 3
PAGE_SECONDS = 0.5
"""Silence allowed for each page of a document that is being tagged."""
_WATCH_SECONDS = 1.0


@dataclass(slots=True)
class Worker:
    """One process and the file it has in hand."""

    process: SpawnProcess
    connection: Connection
    ready: bool = False
    path: str | None = None
    since: float = 0.0
    beat: float = field(default_factory=time.monotonic)
    allowance: float = 0.0
    """Seconds of silence allowed on top: tagging a long document says nothing."""
    verdict: str | None = None
    """Why the pool killed it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one worker sent: ``ready``, ``beat``, ``document``, ``failed`` or ``died``."""

    worker: Worker
    kind: str
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
        self._context = multiprocessing.get_context("spawn")
        self._arguments = (stages, options, limits, region)
        self._silence = silence
        self._memory = memory_mb * 1024 * 1024
        self._bad_starts = 0
        self._watched = time.monotonic()
        self.workers: list[Worker] = [self._start() for _ in range(count)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, *self._arguments), name="kb-ingest-worker"
        )
        with _without_interrupts():
            process.start()
        theirs.close()
        return Worker(process, ours)

    @property
    def idle(self) -> list[Worker]:
        """Workers that wait for a file."""
        return [worker for worker in self.workers if worker.ready and worker.path is None]

    @property
    def busy(self) -> list[Worker]:
        """Workers that have a file in hand."""
        return [worker for worker in self.workers if worker.path is not None]

    def give(self, worker: Worker, path: str) -> None:
        """Send a file to an idle worker; if it just died, ``events`` will say so."""
        worker.path = path
        worker.since = worker.beat = time.monotonic()
        worker.allowance = 0.0
        with contextlib.suppress(OSError):
            worker.connection.send(path)

    def release(self, worker: Worker) -> None:
        """The worker's file is settled."""
        worker.path = None

    def events(self, seconds: float) -> Iterator[Event]:
        """What workers sent, after at most ``seconds`` of silence.

        A dead worker gives one ``died`` event with its file still in hand, and has been
        replaced by the time the next event is asked for. Raises ``WorkersBroken`` where
        workers die one after the other without ever being ready.
        """
        by_connection = {worker.connection: worker for worker in self.workers}
        for item in wait(list(by_connection), timeout=seconds):
            worker = by_connection[item]  # type: ignore[index]
            yield from self._take(worker)
        self._watch()

    def _take(self, worker: Worker) -> Iterator[Event]:
        try:
            kind, *values = worker.connection.recv()
        except (EOFError, OSError):
            yield self._died(worker)
            return
        except Exception as error:  # a message cut off by a dying worker
            worker.verdict = f"damaged: its result could not be taken over ({error})."
            self._kill(worker)
            yield self._died(worker)
            return
        worker.beat = time.monotonic()
        if kind == "broken":
            raise WorkersBroken(values[0])
        if kind == "beat":
            worker.allowance = values[1] * PAGE_SECONDS
        if kind == "ready":
            worker.ready = True
            self._bad_starts = 0
        yield Event(worker, kind, tuple(values))

    def _died(self, worker: Worker) -> Event:
        worker.process.join(timeout=5)
        code = worker.process.exitcode
        if worker.verdict is None:
            worker.verdict = f"damaged: the reading process ended while reading it (exit {code})."
        if not worker.ready:
            self._bad_starts += 1
            if self._bad_starts >= MAX_BAD_STARTS:
                raise WorkersBroken(f"Reading processes end as soon as they start (exit {code}).")
        self._discard(worker)
        self.workers[self.workers.index(worker)] = self._start()
        return Event(worker, "died", (worker.verdict,))

    def _watch(self) -> None:
        """Kill what is silent for too long or takes too much memory."""
        now = time.monotonic()
        if now - self._watched < _WATCH_SECONDS:
            return
        self._watched = now
        for worker in self.workers:
            if worker.path is None:
                if not worker.ready and now - worker.beat > START_SECONDS:
                    self._kill(worker)
                continue
            if now - worker.beat > self._silence + worker.allowance:
                worker.verdict = (
                    f"too slow: no progress for {self._silence:.0f} seconds; "
                    "raise read_seconds in kb.toml or split the file."
                )
                self._kill(worker)
                continue
            with contextlib.suppress(psutil.Error):
                used = psutil.Process(worker.process.pid).memory_info().rss
                if used > self._memory:
                    worker.verdict = (
                        f"too much memory: reading it took more than "
                        f"{self._memory // 2**20} MB; split the file."
                    )
                    self._kill(worker)

    def _kill(self, worker: Worker) -> None:
        """End a worker and what it started; its pipe then reports the end."""
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(worker.process.pid).children(recursive=True)
            worker.process.kill()
            for child in children:
                with contextlib.suppress(psutil.Error):
                    child.kill()

    def _discard(self, worker: Worker) -> None:
        worker.connection.close()
        if worker.process.is_alive():
            self._kill(worker)
        worker.process.join(timeout=5)
        with contextlib.suppress(ValueError):
            worker.process.close()

    def close(self, *, now: bool = False) -> None:
        """Let idle workers go home; kill the busy ones (and all with ``now``)."""
        for worker in self.workers:
            with contextlib.suppress(OSError):
                if worker.ready and worker.path is None and not now:
                    worker.connection.send(None)
                else:
                    self._kill(worker)
        for worker in self.workers:
            worker.process.join(timeout=2)
            self._discard(worker)
        self.workers = []


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a child that ignores Ctrl-C from its first instruction (where there is a choice)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
