"""A folder of vectors, opened again when another process has changed it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path

from kb.search.meaning.vectors import Vectors, open_vectors, state


class Kept:
    """The vectors in a folder as they are now. Threads may share it."""

    def __init__(self, folder: Path, stamp: Callable[[], str]) -> None:
        """``stamp``: what usable vectors bear (``encoding.stamp``); asked for when there
        are any."""
        self._folder = folder
        self._stamp = stamp
        self._lock = threading.Lock()
        self._vectors: Vectors | None = None
        self._state: Hashable = None

    def are_some(self) -> bool:
        """Whether there is anything in the folder; cheap."""
        return bool(state(self._folder)[1])

    def now(self) -> Vectors:
        """None of them where the folder is missing, damaged or of another stamp."""
        found = state(self._folder)
        with self._lock:
            if self._vectors is None or found != self._state:
                wanted = self._stamp() if found[1] else ""
                self._vectors = open_vectors(self._folder, wanted)
                self._state = found
            return self._vectors
