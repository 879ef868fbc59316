"""Worker processes under supervision: replaced when they die, killed when they hang."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil

from kb.ingest.stages import Limits, Stages
from kb.readers.child import receive, send
from kb.readers.options import ReadOptions

START_SECONDS = 180.0
"""A worker that has not loaded its models after this long is given up."""
MAX_BAD_STARTS = 3
PAGE_SECONDS = 0.5
"""Silence allowed for each page of a document that is being tagged."""
_WATCH_SECONDS = 1.0


@dataclass(slots=True, eq=False)
class Worker:
    """One process and the file it has in hand."""

    process: subprocess.Popen[bytes]
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
    """What one worker sent: ``ready``, ``beat``, ``document``, ``refused``, ``failed``; ``died``
    where it was killed for what it did, ``ended`` where nobody here knows why."""

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
        self._order = (stages, options, limits, region)
        self._silence = silence
        self._memory = memory_mb * 1024 * 1024
        self._bad_starts = 0
        self._watched = time.monotonic()
        self._closed = threading.Event()
        self._answers: queue.Queue[tuple[Worker, tuple[Any, ...]]] = queue.Queue(2 * count)
        self.workers: list[Worker] = [self._start() for _ in range(count)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> Worker:
        paths = [path for path in sys.path if path]
        with _without_interrupts():
            process = subprocess.Popen(
                [sys.executable, "-m", "kb.ingest.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
            )
        worker = Worker(process)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        self._send(worker, self._order)
        return worker

    def _send(self, worker: Worker, message: object) -> None:
        assert worker.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # ``events`` will say that it died
            send(worker.process.stdin, message)

    def _listen(self, worker: Worker) -> None:
        """Hand on what one worker sends; the queue is short, so a fast worker waits."""
        stream = worker.process.stdout
        assert stream is not None
        message: tuple[Any, ...] = ()
        while message[:1] != ("gone",):
            try:
                message = receive(stream)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                message = ("gone",)
            except Exception as error:
                message = ("gone", f"damaged: its result cannot be taken over ({error!r}).")
            while not self._closed.is_set():
                with contextlib.suppress(queue.Full):
                    self._answers.put((worker, message), timeout=0.2)
                    break
            if self._closed.is_set():
                return

    @property
    def idle(self) -> list[Worker]:
        """Workers that wait for a file."""
        return [worker for worker in self.workers if worker.ready and worker.path is None]

    @property
    def busy(self) -> list[Worker]:
        """Workers that have a file in hand."""
        return [worker for worker in self.workers if worker.path is not None]

    def give(self, worker: Worker, path: str) -> None:
        """Send a file to an idle worker."""
        worker.path = path
        worker.since = worker.beat = time.monotonic()
        worker.allowance = 0.0
        self._send(worker, path)

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
            worker, message = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._watch()
            return
        if worker in self.workers:
            yield self._take(worker, message)
        self._watch()

    def _take(self, worker: Worker, message: tuple[Any, ...]) -> Event:
        kind, *values = message
        worker.beat = time.monotonic()
        if kind == "gone":
            worker.verdict = worker.verdict or (values[0] if values else None)
            return self._died(worker)
        if kind == "broken":
            raise WorkersBroken(values[0])
        if kind == "beat":
            worker.allowance = values[1] * PAGE_SECONDS
        if kind == "ready":
            worker.ready = True
            self._bad_starts = 0
        return Event(worker, kind, tuple(values))

    def _died(self, worker: Worker) -> Event:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(timeout=5)
        code = worker.process.poll()
        known = worker.verdict is not None
        if worker.verdict is None:
            worker.verdict = f"damaged: the reading process ended while reading it (exit {code})."
        if not worker.ready:
            self._bad_starts += 1
            if self._bad_starts >= MAX_BAD_STARTS:
                raise WorkersBroken(f"Reading processes end as soon as they start (exit {code}).")
        self._discard(worker)
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
        """End a worker and what it started; its listener then reports the end."""
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(worker.process.pid).children(recursive=True)
            worker.process.kill()
            for child in children:
                with contextlib.suppress(psutil.Error):
                    child.kill()

    def _discard(self, worker: Worker) -> None:
        if worker.process.poll() is None:
            self._kill(worker)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(timeout=30)  # a dying process may wait for the disk
        for stream in (worker.process.stdin, worker.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()

    def close(self, *, now: bool = False) -> None:
        """Let idle workers go home; kill the busy ones (and all with ``now``)."""
        self._closed.set()
        for worker in self.workers:
            if worker.ready and worker.path is None and not now:
                self._send(worker, None)
            else:
                self._kill(worker)
        for worker in self.workers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(timeout=3)
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
