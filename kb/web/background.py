"""Work begun from the app: one of its kind at a time, in a thread that outlives the page view."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kb.errors import KBError, refusal

log = logging.getLogger("kb.web")


@dataclass
class Background:
    """The state of one such work; its thread writes, pages read."""

    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    """Set to end the work after what is in hand."""
    problem: str | None = None
    """Why it failed, in one sentence for who started it."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def begin(self, name: str, work: Callable[[], None], clear: Callable[[], None]) -> bool:
        """Run ``work`` in a thread called ``name``, after ``clear`` has forgotten what the last
        one left; False where one is running."""
        with self.lock:
            if self.running:
                return False
            clear()
            self.problem, self.stop = None, threading.Event()
            self.thread = threading.Thread(
                target=self._run, args=(name, work), name=name, daemon=True
            )
            self.thread.start()
            return True

    def _run(self, name: str, work: Callable[[], None]) -> None:
        try:
            work()
        except KBError as error:
            self.problem = str(error)
        except Exception as error:
            log.exception("%s from the app failed", name)
            told = refusal(error) if isinstance(error, OSError) else None
            self.problem = told or f"{type(error).__name__}: see the server's log"


Work = TypeVar("Work", bound=Background)


class OneEach(Generic[Work]):
    """The one work of a kind that each base has, shared by all sessions while the server lives."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._make = make
        self._known: dict[str, Work] = {}
        self._naming = threading.Lock()

    def __call__(self, home: str) -> Work:
        with self._naming:
            if home not in self._known:
                self._known[home] = self._make()
            return self._known[home]
