"""The reading child: takes one job at a time from standard input, answers on standard output.

Run as ``python -m kb.readers.child``. Messages are pickles with a length in front. When
standard input closes, because the parent is gone, the child ends at once.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import sys
import threading
from pathlib import Path
from typing import IO, Any

from kb.errors import KBError
from kb.readers.dispatch import read
from kb.readers.drawing import Box, Drawing


def send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next message. Raises ``EOFError`` where the stream has ended."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (size,) = struct.unpack("<Q", head)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def limit_memory(memory_mb: int) -> None:
    """Caps the address space where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    import psutil

    room = int(psutil.Process().memory_info().vms) + (memory_mb << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        room = min(room, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (room, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw(path: Path, page: int, request: Drawing) -> tuple[bytes, list[list[Box]]]:
    """See ``kb.readers.pdf.draw_page``."""
    from kb.readers.pdf import draw_page
    from kb.readers.sniff import sniff

    if sniff(path) == "picture":
        from kb.readers.photo import as_pdf

        return draw_page(path, page, request, as_pdf(path))
    return draw_page(path, page, request)


def main() -> None:
    # Libraries in C may print: the answers go through a descriptor of their own.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    jobs: queue.Queue[Any] = queue.Queue()

    def listen() -> None:
        while True:
            try:
                jobs.put(receive(sys.stdin.buffer))
            except (EOFError, OSError, pickle.UnpicklingError):
                os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        work, arguments, memory_mb = jobs.get()
        limit_memory(memory_mb)

        def beat(kind: str, done: int, of: int) -> None:
            send(answers, ("beat", kind, done, of))

        try:
            if work == "draw":
                message: tuple[Any, ...] = ("done", draw(*arguments))
            else:
                path, options = arguments
                message = ("done", list(read(path, options, beat)))
        except KBError as error:
            message = ("error", type(error).__name__, str(error))
        except MemoryError:
            message = ("memory",)
        except Exception as error:
            message = ("error", False, f"damaged: the reader failed ({type(error).__name__}).")
        try:
            send(answers, message)
        except MemoryError:
            send(answers, ("memory",))


if __name__ == "__main__":
    main()
