"""Reads files and draws pages in a supervised child process with limits of time and memory.

One child serves a process and is used again for the next file; it is killed and
replaced when a file makes it too slow, too big, or crash.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from kb.errors import KBError, NotFound, PasswordNeeded, ReadError
from kb.model import SourceDocument
from kb.pipe import Gone, Supervised
from kb.readers.dispatch import read
from kb.readers.drawing import Box, Drawing, Places
from kb.readers.formats import PLAIN
from kb.readers.messages import (
    Answer,
    Beat,
    Documents,
    DrawPage,
    Keep,
    OutOfMemory,
    Picture,
    Placed,
    PlaceWords,
    Question,
    ReadFile,
    Reason,
    Refused,
)
from kb.readers.ocr import write_entry
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


class _Child(Supervised[Answer]):
    """One running child; ``files`` it has served."""

    def __init__(self) -> None:
        super().__init__("kb.readers.child", Answer, walled=True)
        self.files = 0

    def __hash__(self) -> int:
        return id(self)


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
            if child.running:
                return child
            child.close()
    return _Child()


def _give_back(child: _Child, memory_mb: int) -> None:
    child.files += 1
    try:
        worn = child.files >= FILES_PER_CHILD or child.memory_mb() > 0.5 * memory_mb
    except psutil.Error:
        worn = True
    if worn:
        child.close()
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
        child.close()


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
    answer = _ask(ReadFile(path.absolute(), options, memory_mb), limits, options.cache, progress)
    if not isinstance(answer, Documents):
        raise _crashed()
    return list(answer.documents)


def draw_isolated(
    path: Path, page: int, request: Drawing, *, seconds: float, memory_mb: int
) -> tuple[bytes, list[list[Box]]]:
    """The page (from 1) as PNG and the boxes of ``request.spans``, drawn within limits.

    ``seconds`` is processor time (four times that by the clock). As many pages are drawn
    at once as there are cores. Raises ``ReadError``, ``PasswordNeeded`` or ``NotFound``.
    """
    with _drawing:
        limits = _Limits(seconds, memory_mb, 0.0)
        question = DrawPage(Path(path).absolute(), page, request, memory_mb)
        answer = _ask(question, limits, None, None)
    if not isinstance(answer, Picture):
        raise _crashed()
    return answer.png, answer.boxes


def place_isolated(
    path: Path, page: int, request: Drawing, *, seconds: float, memory_mb: int
) -> Places:
    """Where the words of the page (from 1) and ``request.spans`` stand on its picture; limits
    and errors are those of ``draw_isolated``."""
    with _drawing:
        limits = _Limits(seconds, memory_mb, 0.0)
        question = PlaceWords(Path(path).absolute(), page, request, memory_mb)
        answer = _ask(question, limits, None, None)
    if not isinstance(answer, Placed):
        raise _crashed()
    return answer.places


_drawing = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))
_KINDS: dict[Reason, type[KBError]] = {
    "ReadError": ReadError,
    "PasswordNeeded": PasswordNeeded,
    "NotFound": NotFound,
}


@dataclass(frozen=True, slots=True)
class _Limits:
    seconds: float
    memory_mb: int
    ocr_seconds: float


def _ask(
    question: Question, limits: _Limits, cache: Path | None, progress: Progress | None
) -> Documents | Picture | Placed:
    """A child's answer. A child that ended by itself need not have done so for the file's
    sake (memory was short, somebody ended it): another one is asked once more."""
    try:
        return _ask_one(question, limits, cache, progress)
    except _Ended:
        return _ask_one(question, limits, cache, progress)


def _ask_one(
    question: Question, limits: _Limits, cache: Path | None, progress: Progress | None
) -> Documents | Picture | Placed:
    """The child is kept for the next question where it did well."""
    child = _take()
    try:
        answer = _converse(child, question, limits, cache, progress)
    except _Refused as refused:
        _give_back(child, limits.memory_mb)
        raise refused.error from None
    except BaseException:
        child.close()
        raise
    _give_back(child, limits.memory_mb)
    return answer


class _Refused(Exception):
    """The child answered with a reason and lives on."""

    def __init__(self, error: KBError) -> None:
        self.error = error


def _converse(
    child: _Child,
    question: Question,
    limits: _Limits,
    cache: Path | None,
    progress: Progress | None,
) -> Documents | Picture | Placed:
    try:
        child.tell(question)
    except OSError:
        raise _ended(child) from None
    clock = _Clock(child, limits.seconds, limits.ocr_seconds)
    while True:
        try:
            _, message = child.answers.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            _look(child, clock, limits.memory_mb)
            continue
        if isinstance(message, Beat | Keep):
            _look(child, clock, limits.memory_mb)
        if isinstance(message, Beat):
            clock.beat(message.stage)
            if progress is not None:
                progress(message.stage, message.done, message.of)
        elif isinstance(message, Keep):
            if cache is not None:
                write_entry(cache, message.key, message.entry)
        elif isinstance(message, Refused):
            raise _Refused(_KINDS[message.reason](message.sentence))
        elif isinstance(message, OutOfMemory):
            raise ReadError(f"too much memory: the file needs more than {limits.memory_mb} MiB.")
        elif isinstance(message, Gone):
            raise _ended(child)
        else:
            return message


class _Ended(ReadError):
    """The child is gone and said nothing."""


def _ended(child: _Child) -> _Ended:
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=5)
    if child.process.poll() == -int(getattr(signal, "SIGKILL", 9)):
        return _Ended(
            "killed: the system ended the reader of this file twice, most likely because memory "
            "ran out; free some and run it again."
        )
    return _Ended(str(_crashed()))


def _crashed() -> ReadError:
    return ReadError("damaged: the reader crashed on this file; fetch it again.")


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
