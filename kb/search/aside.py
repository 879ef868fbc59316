"""A small index beside the one of a base: of some passages, for as long as it is asked.

For questions to few documents that the index of the base does not hold (those withdrawn) or not
alone (those of one night). It lies in a temporary folder and goes with its owner.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from kb.model import Passage
from kb.search import store
from kb.search.engine import SearchEngine, TextSource
from kb.search.engines.whoosh.engine import WhooshEngine
from kb.search.plan import Resolve


class Aside:
    """The index of ``passages``; ``engine`` is asked as any other. Close it, or let it go."""

    def __init__(
        self, texts: TextSource, passages: Iterable[Passage], *, resolve: Resolve | None = None
    ) -> None:
        folder = tempfile.TemporaryDirectory(prefix="kb-aside-", ignore_cleanup_errors=True)
        self._gone = weakref.finalize(self, folder.cleanup)
        meta = store.new_meta("whoosh", "aside")
        self.engine: SearchEngine = WhooshEngine(
            Path(folder.name), meta, texts, create=True, resolve=resolve
        )
        self.engine.add(passages)
        self.engine.commit()

    def close(self) -> None:
        """Give folder and files back."""
        self.engine.close()
        self._gone()
