"""Talk between processes: typed messages over pipes, and children under supervision.

A message is four bytes of length and MessagePack (``msgspec``). What comes out of a pipe is
one of the message types the receiver named, its shape checked field by field and its size
before it is read: bytes from a process that parses hostile files can be wrong, they cannot
be code (a pickle can). Nothing else in the program reads from another process.
"""

from __future__ import annotations

import contextlib
import numbers
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

import msgspec
import psutil

MAX_BYTES = 256 << 20
"""Size of one message. Pages of text take 2-5 kB, so this is a document of 50,000 pages."""
AHEAD = 64
"""Messages a child may be ahead of who listens to it; then its writes wait."""
_HEAD = struct.Struct("<I")

M = TypeVar("M")

KEPT = frozenset(
    (
        *("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP"),
        *("SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS"),
        *("PROGRAMFILES", "LOCALAPPDATA", "USERPROFILE"),
        *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH"),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONWARNINGS", "PYTHONHASHSEED"),
        *("TESSDATA_PREFIX", "KB_TESSERACT"),
    )
)
"""Variables a child is given, with ``LC_*``, ``OMP_*`` and ``OPENBLAS_*``: what programs need
to run. Passwords and keys of the server (``KB_PASSWORDS``, ``KB_ADMIN_HASH``, cloud keys)
stay behind; what a child must know is told to it in a message."""
_KEPT_FAMILIES = ("LC_", "OMP_", "OPENBLAS_")


class Message(msgspec.Struct, frozen=True, tag=True):
    """Base of all messages; each names itself in the pipe."""


class BadMessage(Exception):
    """What came through the pipe is not one of the messages asked for."""


def _outward(value: object) -> object:
    """What MessagePack has no name for: paths, and numbers and texts of other libraries."""
    if isinstance(value, Path):
        return os.fsencode(value)  # a name on disk need not be UTF-8
    if isinstance(value, str):
        return str(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent to another process")


def _inward(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, bytes):
        return Path(os.fsdecode(value))
    raise ValueError(f"no {kind.__name__} is expected here")


_encoder = msgspec.msgpack.Encoder(enc_hook=_outward)


def send(stream: IO[bytes], message: Message) -> None:
    """Write one message. Raises ``OSError`` where nobody listens any more, ``ValueError``
    where it holds what cannot be sent (lone surrogates, too many bytes)."""
    data = _encoder.encode(message)
    if len(data) > MAX_BYTES:
        raise ValueError(f"a message of {len(data) >> 20} MiB; the limit is {MAX_BYTES >> 20}")
    stream.write(_HEAD.pack(len(data)))
    stream.write(data)
    stream.flush()


class Receiver(Generic[M]):
    """Reads messages of the given kinds (one message type, or a union of some)."""

    def __init__(self, stream: IO[bytes], kinds: Any, most: int = MAX_BYTES) -> None:
        self._stream = stream
        self._decoder: msgspec.msgpack.Decoder[M] = msgspec.msgpack.Decoder(kinds, dec_hook=_inward)
        self._most = most

    def __call__(self) -> M:
        """The next message. Raises ``EOFError`` at the end of the stream, ``BadMessage``."""
        head = self._stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            raise EOFError
        (size,) = _HEAD.unpack(head)
        if size > self._most:
            raise BadMessage(f"{size} bytes announced, at most {self._most} are taken")
        data = self._stream.read(size)
        if len(data) < size:
            raise EOFError
        try:
            return self._decoder.decode(data)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise BadMessage(str(error)) from None


def environment(**more: str) -> dict[str, str]:
    """The variables a child is given (see ``KEPT``), and ``more``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in KEPT or name.startswith(_KEPT_FAMILIES)
    }
    return {**kept, "PYTHONUTF8": "1", **more}


def own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input, and standard output for messages alone: libraries in C may print, so
    what they print goes to standard error from now on."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


class Gone(Message, frozen=True):
    """The child has ended or talks nonsense; no further message comes from it."""

    nonsense: str | None = None


class Supervised(Generic[M]):
    """A Python program in a process of its own, and the thread that listens to it.

    ``(child, message)`` is put into ``answers`` for each message, ``Gone`` last. A child that
    is ``walled`` has no network and may not write (``kb.sandbox``).
    """

    def __init__(
        self,
        module: str,
        kinds: Any,
        answers: queue.Queue[tuple[Any, M | Gone]] | None = None,
        *,
        walled: bool = False,
    ) -> None:
        self.answers: queue.Queue[tuple[Any, M | Gone]] = answers or queue.Queue(AHEAD)
        root = str(Path(__file__).resolve().parents[1])
        paths = dict.fromkeys([root, *filter(None, sys.path)])
        with _without_interrupts():
            self.process = subprocess.Popen(
                [sys.executable, "-m", *(["kb.sandbox"] if walled else []), module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(PYTHONPATH=os.pathsep.join(paths)),
            )
        assert self.process.stdout is not None
        self._watch = psutil.Process(self.process.pid)
        self._deaf = threading.Event()
        receive: Receiver[M] = Receiver(self.process.stdout, kinds)
        threading.Thread(target=self._listen, args=(receive,), daemon=True).start()

    def _listen(self, receive: Receiver[M]) -> None:
        message: M | Gone | None = None
        while not isinstance(message, Gone):
            try:
                message = receive()
            except (EOFError, OSError, ValueError):
                message = Gone()
            except BadMessage as error:
                message = Gone(nonsense=str(error))
                self.kill()
            while not self._deaf.is_set():
                with contextlib.suppress(queue.Full):
                    self.answers.put((self, message), timeout=0.2)
                    break
            if self._deaf.is_set():
                return

    def tell(self, message: Message) -> None:
        """Send it a message. Raises ``OSError`` where it has ended."""
        assert self.process.stdin is not None
        try:
            send(self.process.stdin, message)
        except ValueError:
            if not self.process.stdin.closed:
                raise
            raise BrokenPipeError from None

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def cpu(self) -> float:
        """Seconds of processor time it has used. Raises ``psutil.Error`` once it has ended."""
        times = self._watch.cpu_times()
        return float(times.user + times.system)

    def memory_mb(self) -> float:
        """Its resident memory. Raises ``psutil.Error`` once it has ended."""
        return float(self._watch.memory_info().rss) / (1 << 20)

    def cpu_seconds(self) -> float:
        """Processor time it has used. Raises ``psutil.Error`` once it has ended."""
        times = self._watch.cpu_times()
        return float(times.user + times.system)

    def kill(self) -> None:
        """End it and what it started; ``Gone`` follows."""
        family: list[psutil.Process] = []
        with contextlib.suppress(psutil.Error):
            family = self._watch.children(recursive=True)
        for member in [self._watch, *family]:
            with contextlib.suppress(psutil.Error):
                member.kill()

    def deafen(self) -> None:
        """What it still says is of no interest; nothing more is put into ``answers``."""
        self._deaf.set()

    def close(self, patience: float = 30.0) -> None:
        """End it, wait for its end (seconds; a dying process may wait for the disk) and
        close the pipes."""
        self.deafen()
        if self.running:
            self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=patience)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):
                    stream.close()


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a child that ignores Ctrl-C from its first instruction (where there is a choice):
    it reaches every process of a terminal, and the parent decides what stops."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
