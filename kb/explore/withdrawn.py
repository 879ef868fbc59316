"""Documents that their sources took back: in no index of the base, found where they are asked for.

They are few. The first question builds a small index of them, which serves until another document
goes or comes back.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from kb.catalog import reads
from kb.explore.sources import Sources

if TYPE_CHECKING:
    from kb.search.aside import Aside
    from kb.search.engine import SearchEngine


class Withdrawn(Sources):
    """The same base, with its withdrawn documents in place of all others."""

    def __init__(self, whole: Sources) -> None:
        # What ``Sources`` opens is opened already: the catalog is shared, the index is another.
        self.settings = whole.settings
        self.catalog = whole.catalog
        self._whole = whole
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._memory = OrderedDict()
        self._memory_of = None
        self._revision = None
        self._beside = None
        self._aside: Aside | None = None
        self._holds: list[tuple[int, str]] | None = None

    def engine(self) -> SearchEngine:
        """The index of what is withdrawn now."""
        with self._building:
            with self.read() as connection:
                wanted = reads.withdrawn_documents(connection)
                if self._aside is None or wanted != self._holds:
                    from kb.search.aside import Aside

                    passages = reads.passages(connection, [n for n, _ in wanted], withdrawn=True)
                    # The one before goes when the last question to it is answered.
                    self._aside = Aside(self.catalog.texts, passages, resolve=self.resolve)
                    self._holds = wanted
            return self._aside.engine

    def refresh(self) -> bool:
        """Nothing to do: every question looks for what is withdrawn by then."""
        return False

    def close(self) -> None:
        if self._aside is not None:
            self._aside.close()
            self._aside = None


def withdrawn(whole: Sources) -> Sources:
    """The base with the documents that their sources took back in place of all others."""
    return whole.beside(Withdrawn)
