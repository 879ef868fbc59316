"""Reads files and draws pages in a supervised child process with limits of time and memory.

One child serves a process and is used again for the next file; it is killed and
replaced when a file makes it too slow, too big, or crash.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from kb.errors import KBError, NotFound, PasswordNeeded, ReadError
from kb.model import SourceDocument
from kb.readers.child import receive, send
from kb.readers.dispatch import read
from kb.readers.drawing import Box, Drawing
from kb.readers.formats import PLAIN
from kb.readers.options import ReadOptions
from kb.readers.sniff import sniff

Progress = Callable[[str, int, int], None]
"""Called with (``page`` or ``ocr``, done, of) as the child reports."""

LOOK_SECONDS = 0.1
FILES_PER_CHILD = 250
WALL_FACTOR = 4.0
"""On a busy machine a file may take this many times its seconds by the clock."""
SMALL_BYTES = 1_000_000
"""Text and HTML up to this size are read in the calling process."""


class _Child:
    """One running child and the thread that listens to it."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kb.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        )
        self.watch = psutil.Process(self.process.pid)
        self.answers: queue.Queue[Any] = queue.Queue()
        self.files = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            try:
                self.answers.put(receive(stream))
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self.answers.put(("gone",))
                return

    def cpu(self) -> float:
        times = self.watch.cpu_times()
        return float(times.user + times.system)

    def memory_mb(self) -> float:
        return float(self.watch.memory_info().rss) / (1 << 20)

    def kill(self) -> None:
        """Ends the child and what it started."""
        family: list[psutil.Process] = []
        with contextlib.suppress(psutil.Error):
            family = self.watch.children(recursive=True)
        for member in [self.watch, *family]:
            with contextlib.suppress(psutil.Error):
                member.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


_lock = threading.Lock()
_idle: list[_Child] = []
_owner = os.getpid()


def _take() -> _Child:
    global _owner
    with _lock:
        if _owner != os.getpid():  # another process: its parent's children are not its own
            _idle.clear()
            _owner = os.getpid()
        while _idle:
            child = _idle.pop()
            if child.process.poll() is None:
                return child
            child.kill()
    return _Child()


def _give_back(child: _Child, memory_mb: int) -> None:
    child.files += 1
    try:
        worn = child.files >= FILES_PER_CHILD or child.memory_mb() > 0.5 * memory_mb
    except psutil.Error:
        worn = True
    if worn:
        child.kill()
        return
    with _lock:
        _idle.append(child)


@atexit.register
def close_children() -> None:
    """Ends the idle children of this process."""
    with _lock:
        children = _idle[:] if _owner == os.getpid() else []
        _idle.clear()
    for child in children:
        child.kill()


def read_isolated(
    path: Path,
    options: ReadOptions,
    *,
    seconds: float,
    memory_mb: int,
    progress: Progress | None = None,
) -> list[SourceDocument]:
    """The documents in the file, read within limits.

    ``seconds`` is processor time for the file without OCR (four times that by the
    clock); each page of OCR has ``options.ocr_seconds`` more. ``memory_mb`` is the
    resident memory of the child. Raises ``ReadError`` with the reason.
    """
    path = Path(path)
    try:
        kind = sniff(path)
        small = path.stat().st_size <= SMALL_BYTES
    except OSError:
        raise ReadError("not found: the file is gone or may not be read.") from None
    if kind in PLAIN and small:
        return list(read(path, options))
    limits = _Limits(seconds, memory_mb, options.ocr_seconds)
    return list(_ask(("read", (path, options), memory_mb), limits, progress))


def draw_isolated(
    path: Path, page: int, request: Drawing, *, seconds: float, memory_mb: int
) -> tuple[bytes, list[list[Box]]]:
    """The page (from 1) as PNG and the boxes of ``request.spans``, drawn within limits.

    ``seconds`` is processor time (four times that by the clock). As many pages are drawn
    at once as there are cores. Raises ``ReadError``, ``PasswordNeeded`` or ``NotFound``.
    """
    with _drawing:
        limits = _Limits(seconds, memory_mb, 0.0)
        png, boxes = _ask(("draw", (Path(path), page, request), memory_mb), limits, None)
    return png, boxes


_drawing = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))
_KINDS: dict[str, type[KBError]] = {
    kind.__name__: kind for kind in (ReadError, PasswordNeeded, NotFound)
}


@dataclass(frozen=True, slots=True)
class _Limits:
    seconds: float
    memory_mb: int
    ocr_seconds: float


def _ask(message: tuple[Any, ...], limits: _Limits, progress: Progress | None) -> Any:
    """A child's answer; the child is kept for the next question where it did well."""
    child = _take()
    try:
        answer = _converse(child, message, limits, progress)
    except _Refused as refused:
        _give_back(child, limits.memory_mb)
        raise refused.error from None
    except BaseException:
        child.kill()
        raise
    _give_back(child, limits.memory_mb)
    return answer


class _Refused(Exception):
    """The child answered with a reason and lives on."""

    def __init__(self, error: KBError) -> None:
        self.error = error


def _converse(
    child: _Child, question: tuple[Any, ...], limits: _Limits, progress: Progress | None
) -> Any:
    crashed = ReadError("damaged: the reader crashed on this file; fetch it again.")
    stdin = child.process.stdin
    assert stdin is not None
    try:
        send(stdin, question)
    except OSError:
        raise crashed from None
    clock = _Clock(child, limits.seconds, limits.ocr_seconds)
    while True:
        try:
            message = child.answers.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            message = None
        if message is None or message[0] == "beat":
            _look(child, clock, limits.memory_mb)
            if message is not None:
                clock.beat(message[1])
                if progress is not None:
                    progress(message[1], message[2], message[3])
            continue
        if message[0] == "done":
            return message[1]
        if message[0] == "error":
            raise _Refused(_KINDS.get(message[1], ReadError)(message[2]))
        if message[0] == "memory":
            raise ReadError(f"too much memory: the file needs more than {limits.memory_mb} MiB.")
        raise crashed


def _look(child: _Child, clock: _Clock, memory_mb: int) -> None:
    try:
        if child.memory_mb() > memory_mb:
            raise ReadError(f"too much memory: the file needs more than {memory_mb} MiB.")
        clock.check()
    except psutil.Error:
        return  # it has just ended: the listening thread says so


class _Clock:
    """Time a file has used; time spent waiting for OCR has limits of its own."""

    def __init__(self, child: _Child, seconds: float, ocr_seconds: float) -> None:
        self.child = child
        self.seconds = seconds
        self.ocr_limit = 10 * ocr_seconds + 60
        self.cpu = child.cpu()
        self.wall = time.monotonic()
        self.used_cpu = 0.0
        self.used_wall = 0.0
        self.mode = "page"

    def _tick(self) -> tuple[float, float]:
        return self.child.cpu() - self.cpu, time.monotonic() - self.wall

    def beat(self, mode: str) -> None:
        with contextlib.suppress(psutil.Error):
            cpu, wall = self._tick()
            if self.mode == "page":
                self.used_cpu += cpu
                self.used_wall += wall
            self.cpu += cpu
            self.wall += wall
        self.mode = mode

    def check(self) -> None:
        cpu, wall = self._tick()
        if self.mode == "ocr":
            if wall > self.ocr_limit:
                raise ReadError(f"too slow: OCR gave no page for {self.ocr_limit:.0f} seconds.")
            return
        too_slow = (
            self.used_cpu + cpu > self.seconds or self.used_wall + wall > WALL_FACTOR * self.seconds
        )
        if too_slow:
            raise ReadError(f"too slow: the file was not read within {self.seconds:.0f} seconds.")
