"""Documents that their sources took back: in no index of the base, found where they are asked for.

They are few. The first question makes a small base of them, which serves until another document
goes or comes back.
"""

from __future__ import annotations

import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kb.catalog import reads
from kb.catalog.reading.typed import Reading
from kb.explore.sources import Sources

if TYPE_CHECKING:
    from kb.search.aside import Aside
    from kb.search.engine import SearchEngine


class Withdrawn(Sources):
    """The same base, its index with the pages of withdrawn documents in place of all others."""

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
        self._base: TakenBack | None = None

    def base(self) -> TakenBack:
        """The base of what is withdrawn now."""
        with self._building:
            with self.read() as connection:
                wanted = reads.withdrawn_documents(connection)
                if self._base is None or wanted != self._base.holds:
                    # The one before goes when the last question to it is answered.
                    self._base = TakenBack(self, connection, wanted)
            return self._base

    def engine(self) -> SearchEngine:
        """The index of what is withdrawn now."""
        return self.base().engine()

    def resolve(self, field: str, text: str) -> Sequence[str]:
        """Whom a name in a query stands for, among those the withdrawn documents name."""
        return self.base().resolve(field, text)

    def refresh(self) -> bool:
        """Nothing to do: every question looks for what is withdrawn by then."""
        return False

    def close(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None


class TakenBack(Sources):
    """A base of the withdrawn documents alone, with all that was found in them."""

    def __init__(self, whole: Sources, connection: Reading, holds: list[tuple[int, str]]) -> None:
        from kb.catalog.taken_back import catalog_of_withdrawn

        folder = tempfile.TemporaryDirectory(prefix="kb-withdrawn-", ignore_cleanup_errors=True)
        self._gone = weakref.finalize(self, folder.cleanup)
        home = Path(folder.name)
        catalog_of_withdrawn(connection, whole.settings, home).close()
        super().__init__(replace(whole.settings, home=home, catalog="", engine="whoosh"))
        self.holds = holds
        self._index: Aside | None = None

    def engine(self) -> SearchEngine:
        """Its index."""
        with self._lock:
            if self._index is None:
                from kb.search.aside import Aside

                with self.read() as connection:
                    passages = reads.passages(connection, [n for n, _ in self.holds])
                    self._index = Aside(self.catalog.texts, passages, resolve=self.resolve)
            return self._index.engine

    def refresh(self) -> bool:
        """Nothing to do: it does not change."""
        return False

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None
        super().close()
        self._gone()


def withdrawn(whole: Sources) -> Sources:
    """The base with the documents that their sources took back in place of all others."""
    return whole.beside(Withdrawn)


def seen(whole: Sources, *, withdrawn: bool) -> Sources:
    """The base, or (``withdrawn``) that of the documents their sources took back alone, with
    the statements and entities in them."""
    if not withdrawn:
        return whole
    beside = whole.beside(Withdrawn)
    assert isinstance(beside, Withdrawn)
    return beside.base()
