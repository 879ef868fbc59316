"""What the server does beside the app every now and then, each in a thread of its own."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator

from kb.errors import KBError

LOOK_SECONDS = 60.0
"""How often it is looked whether something is due."""

log = logging.getLogger("kb.server")


@contextlib.contextmanager
def keeping(name: str, look: Callable[[threading.Event], float | None]) -> Iterator[None]:
    """Call ``look`` every now and then until the block ends; it is told of the end.

    ``look`` may return how many seconds to wait for the next time.
    """
    stop = threading.Event()

    def work() -> None:
        pause = LOOK_SECONDS
        while not stop.wait(pause):
            pause = look(stop) or LOOK_SECONDS

    threading.Thread(target=work, name=f"kb-{name}", daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def attempt(what: str, job: Callable[[], object]) -> None:
    """Do it; where somebody else is at the base, or it fails, the next time will."""
    try:
        job()
    except KBError as error:
        log.info("%s wait: %s", what, error)
    except Exception:
        log.exception("%s failed", what)
