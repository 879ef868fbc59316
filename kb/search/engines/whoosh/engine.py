"""The search engine over a Whoosh folder: writes, keeps a snapshot open, searches it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Hashable, Iterable
from pathlib import Path

from kb.model import Passage
from kb.search import store
from kb.search.damage import Damaged, damage_is_stale
from kb.search.engine import IndexStats, TextSource
from kb.search.engines.embedded import EmbeddedEngine
from kb.search.engines.whoosh.folder import PassageWriter, Segment, WhooshFolder
from kb.search.engines.whoosh.snapshot import Snapshot
from kb.search.plan import Resolve

log = logging.getLogger(__name__)

CHECK_SECONDS = 0.5
"""How often a reader looks whether another process has committed."""
WARM_SECONDS = 0.3
"""How long a search waits for the new snapshot before it answers from the old one."""


class WhooshEngine(EmbeddedEngine):
    """``SearchEngine`` on Whoosh. One writer at a time, any number of readers and threads."""

    name = "whoosh"

    def __init__(
        self,
        home: Path,
        meta: store.IndexMeta,
        texts: TextSource,
        *,
        create: bool = False,
        resolve: Resolve | None = None,
    ) -> None:
        super().__init__(home, meta, texts, resolve)
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._writer: PassageWriter | None = None
        self._added: dict[int, tuple[int, int]] = {}
        self._new_documents: dict[int, set[int]] = {}
        self._checked = time.monotonic()
        with damage_is_stale():
            self._folder = WhooshFolder(self._path, create)
            self._snapshot = self._load()

    # -- reading --------------------------------------------------------------------------------

    def _load(self, old: Snapshot | None = None) -> Snapshot:
        known: dict[str, Segment] = {s.id: s for s in old.segments} if old else {}
        for attempt in range(5):
            try:
                generation, segments = self._folder.segments(known)
                return Snapshot(generation, segments)
            except Damaged as error:
                gone = isinstance(error.__cause__, FileNotFoundError)
                if attempt == 4 or not gone:
                    raise
                # A commit removed merged segments in between.
                time.sleep(0.02 * (attempt + 1))
        raise AssertionError("unreachable")

    def _fresh(self) -> Snapshot:
        """The newest snapshot that is ready; a newer one is made ready in the background.

        It is waited for a moment: after a small commit the search that follows sees it.
        """
        now = time.monotonic()
        if now - self._checked > CHECK_SECONDS and self._refreshing.acquire(blocking=False):
            self._checked = now
            try:
                changed = self._folder.generation() != self._snapshot.generation
            except Damaged:  # being replaced, or gone: the open snapshot still serves
                changed = False
            if changed:
                warming = threading.Thread(target=self._refresh, daemon=True)
                warming.start()
                warming.join(WARM_SECONDS)
            else:
                self._refreshing.release()
        return self._snapshot

    def _refresh(self) -> None:
        try:
            snapshot = self._load(self._snapshot)
            snapshot.warm()
            self._snapshot = snapshot
        except Damaged:
            log.warning("a newer commit cannot be read; serving the last one", exc_info=True)
        finally:
            self._refreshing.release()

    def version(self) -> Hashable:
        """The commit that searches see."""
        return self._meta.folder, self._fresh().generation

    def stats(self) -> IndexStats:
        """Counts of the newest commit."""
        snapshot = self._fresh()
        live = snapshot.columns.live.nonzero()[0].astype("int32")
        return IndexStats(
            passages=len(live),
            documents=snapshot.columns.count_documents(live),
            bytes=store.size(self._path),
            stamp=self._meta.stamp,
        )

    def passage_ids(self) -> set[int]:
        """Ids of all live passages."""
        columns = self._fresh().columns
        return set(columns.passage[columns.live].tolist())

    # -- writing --------------------------------------------------------------------------------

    def _open_writer(self) -> PassageWriter:
        if self._writer is None:
            with damage_is_stale():
                self._writer = self._folder.writer()
            if self._folder.generation() != self._snapshot.generation:
                self._snapshot = self._load(self._snapshot)
            columns = self._snapshot.columns
            self._rows = {
                int(passage): row
                for row, passage in enumerate(columns.passage.tolist())
                if columns.live[row]
            }
        return self._writer

    def add(self, passages: Iterable[Passage]) -> int:
        """Queues passages; returns how many."""
        with self._lock:
            writer = self._open_writer()
            count = 0
            for passage in passages:
                self._drop(passage.passage_id)
                number = writer.add_passage(passage)
                self._added[passage.passage_id] = (number, passage.document_id)
                self._new_documents.setdefault(passage.document_id, set()).add(passage.passage_id)
                count += 1
            return count

    def _drop(self, passage_id: int) -> None:
        assert self._writer is not None
        row = self._rows.pop(passage_id, None)
        if row is not None:
            self._writer.delete_document(row)
        queued = self._added.pop(passage_id, None)
        if queued is not None:
            self._writer.newsegment.delete_document(queued[0])
            self._new_documents.get(queued[1], set()).discard(passage_id)

    def delete(self, document_ids: Iterable[int]) -> None:
        """Queues all passages of these documents for deletion."""
        with self._lock, damage_is_stale():
            writer = self._open_writer()
            assert writer is not None
            columns = self._snapshot.columns
            wanted = list(document_ids)
            mask = columns.in_documents(wanted) & columns.live
            for row in mask.nonzero()[0].tolist():
                self._drop(int(columns.passage[row]))
            for document in wanted:
                for passage_id in list(self._new_documents.pop(document, ())):
                    self._drop(passage_id)

    def commit(self) -> None:
        """Makes queued changes durable and visible."""
        with self._lock:
            if self._writer is None:
                return
            with damage_is_stale():
                self._folder.commit(self._writer)
                self._forget()
                self._snapshot = self._load(self._snapshot)

    def _forget(self) -> None:
        self._writer = None
        self._added = {}
        self._new_documents = {}
        self._rows = {}

    def close(self) -> None:
        """Drops queued changes and closes the index."""
        with self._lock:
            if self._writer is not None:
                self._writer.cancel()
                self._forget()
            self._folder.close()
            self._snapshot = Snapshot(0, ())
