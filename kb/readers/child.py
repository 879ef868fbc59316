"""The reading child: takes one question at a time from standard input, answers on standard output.

Run as ``python -m kb.sandbox kb.readers.child``: without network and without a right to write.
When standard input closes, because the parent is gone, the child ends at once.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from pathlib import Path

from kb.errors import KBError, NotFound, PasswordNeeded
from kb.pipe import BadMessage, Receiver, own_pipes, send
from kb.readers import ocr
from kb.readers.dispatch import read
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
    Reason,
    Refused,
)
from kb.readers.sniff import sniff
from kb.readers.storable import storable, storable_text


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


def main() -> None:
    incoming, outgoing = own_pipes()
    receive: Receiver[Question] = Receiver(incoming, Question)
    questions: queue.Queue[Question] = queue.Queue()

    def listen() -> None:
        while True:
            try:
                questions.put(receive())
            except (EOFError, OSError, BadMessage):
                os._exit(0)

    def tell(message: Answer) -> None:
        send(outgoing, message)

    def keep(folder: Path, key: str, entry: bytes) -> None:
        tell(Keep(key, entry))

    def beat(stage: str, done: int, of: int) -> None:
        tell(Beat("ocr" if stage == "ocr" else "page", done, of))

    def answer(question: Question) -> Answer:
        if isinstance(question, DrawPage | PlaceWords):
            from kb.readers.pdf import draw_page, place_words
            from kb.readers.photo import as_pdf

            made = as_pdf(question.path) if sniff(question.path) == "picture" else None
            asked = (question.path, question.page, question.drawing, made)
            if isinstance(question, PlaceWords):
                return Placed(place_words(*asked))
            return Picture(*draw_page(*asked))
        return Documents(tuple(map(storable, read(question.path, question.options, beat))))

    ocr.keep = keep
    threading.Thread(target=listen, daemon=True).start()
    while True:
        question = questions.get()
        limit_memory(question.memory_mb)
        try:
            tell(answer(question))
        except KBError as error:
            tell(Refused(_reason(error), storable_text(str(error))[:2000]))
        except MemoryError:
            tell(OutOfMemory())
        except OSError:
            os._exit(0)  # the parent is gone
        except Exception as error:
            told = f"damaged: the reader failed ({type(error).__name__})."
            tell(Refused("ReadError", told))


def _reason(error: KBError) -> Reason:
    if isinstance(error, PasswordNeeded):
        return "PasswordNeeded"
    return "NotFound" if isinstance(error, NotFound) else "ReadError"


if __name__ == "__main__":
    main()
