"""The search engine over a tantivy folder: writes, follows commits, searches the newest."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from kb.model import Passage
from kb.search import store
from kb.search.damage import damage_is_stale
from kb.search.engine import IndexStats, TextSource
from kb.search.engines.embedded import EmbeddedEngine
from kb.search.engines.tantivy.folder import TantivyFolder, TantivySource, to_document
from kb.search.plan import Resolve

CHECK_SECONDS = 0.5
"""How often a reader looks whether another process has committed."""


class TantivyEngine(EmbeddedEngine):
    """``SearchEngine`` on tantivy."""

    name = "tantivy"

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
        self._writer: Any = None
        self._known: set[int] = set()
        with damage_is_stale():
            self._folder = TantivyFolder(self._path, create)
            self._source = self._folder.source()
        self._checked = time.monotonic()
        self._mark = self._stamp_of_commit()

    def _stamp_of_commit(self) -> tuple[int, int]:
        try:
            found = (self._path / "meta.json").stat()
        except OSError:
            return (0, 0)
        return found.st_mtime_ns, found.st_size

    def _fresh(self) -> TantivySource:
        now = time.monotonic()
        if now - self._checked > CHECK_SECONDS:
            self._checked = now
            mark = self._stamp_of_commit()
            if mark != self._mark:
                self._reload()
        return self._source

    def _reload(self) -> None:
        self._mark = self._stamp_of_commit()
        with damage_is_stale():
            self._source = self._folder.source()

    def version(self) -> Hashable:
        """The commit that searches see."""
        self._fresh()
        return self._meta.folder, self._mark

    def stats(self) -> IndexStats:
        """Counts of the newest commit."""
        source = self._fresh()
        return IndexStats(
            passages=source.count(),
            documents=source.count_documents(),
            bytes=store.size(self._path),
            stamp=self._meta.stamp,
        )

    def passage_ids(self) -> set[int]:
        """Ids of all live passages."""
        return self._fresh().passage_ids()

    # -- writing --------------------------------------------------------------------------------

    def _open_writer(self) -> Any:
        if self._writer is None:
            self._writer = self._folder.writer()
            self._reload()
            self._known = self._source.passage_ids()
        return self._writer

    def add(self, passages: Iterable[Passage]) -> int:
        """Queues passages; returns how many."""
        with self._lock:
            writer = self._open_writer()
            having = self._folder.having
            count = 0
            for passage in passages:
                if passage.passage_id in self._known:
                    writer.delete_documents_by_query(having("passage", passage.passage_id))
                self._known.add(passage.passage_id)
                writer.add_document(to_document(passage))
                count += 1
            return count

    def delete(self, document_ids: Iterable[int]) -> None:
        """Queues all passages of these documents for deletion."""
        with self._lock:
            writer = self._open_writer()
            for document in document_ids:
                writer.delete_documents_by_query(self._folder.having("document", document))

    def commit(self) -> None:
        """Makes queued changes durable and visible."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.commit()
                writer.garbage_collect_files()
                writer.wait_merging_threads()
                self._reload()

    def close(self) -> None:
        """Drops queued changes and closes the index."""
        with self._lock:
            if self._writer is not None:
                writer, self._writer = self._writer, None
                writer.rollback()
                writer.wait_merging_threads()
