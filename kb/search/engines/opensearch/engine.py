"""The search engine over an OpenSearch server: writes, follows commits, searches the newest."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from opensearchpy import helpers

from kb.config import Settings
from kb.errors import IndexStale, SearchDown
from kb.model import Passage
from kb.search import store
from kb.search.damage import Damaged, damage_is_stale
from kb.search.engine import IndexStats, TextSource
from kb.search.engines.embedded import SourceEngine
from kb.search.engines.opensearch.aliases import Alias, create, note
from kb.search.engines.opensearch.schema import to_document
from kb.search.engines.opensearch.server import Place, asking, connect
from kb.search.engines.opensearch.source import OpenSearchSource
from kb.search.engines.opensearch.words import WordLog
from kb.search.passages import IndexedPassage, prepare
from kb.search.plan import Resolve
from kb.search.searching import Source

T = TypeVar("T")
Action = dict[str, Any]

CHECK_SECONDS = 0.5
"""How often a reader looks whether another process has committed."""
CHUNK = 500
"""Passages sent at once, about 2 MB."""
UNDER_WAY = 2
"""Chunks being sent while the next ones are analysed."""
PATIENCE = (1, 2, 5, 10, 20)
"""Seconds between tries where a server is gone or has no room in its queue."""


class OpenSearchEngine(SourceEngine):
    """``SearchEngine`` on OpenSearch. One writer at a time, any number of readers."""

    name = "opensearch"

    def __init__(
        self,
        settings: Settings,
        meta: store.IndexMeta,
        texts: TextSource,
        *,
        create_index: bool = False,
        resolve: Resolve | None = None,
    ) -> None:
        super().__init__(texts, resolve)
        self._settings = settings
        self._meta = meta
        self._place = connect(settings)
        self._alias = Alias(settings)
        self._lock = threading.Lock()
        self._sender: _Sender | None = None
        self._log = WordLog(self._place.client, self._place.words(meta.folder))
        mark = secrets.token_hex(8)
        if create_index:
            create(self._place, meta, mark)
        else:
            found = self._alias.look()
            mark = found[1] if found and found[0] == meta else mark
        self._published = not create_index
        self._source = self._open(mark)

    def _open(self, mark: str) -> OpenSearchSource:
        self._checked = time.monotonic()
        return OpenSearchSource(self._place, self._meta.folder, mark, self._log)

    # -- reading --------------------------------------------------------------------------------

    def _fresh(self) -> OpenSearchSource:
        if time.monotonic() - self._checked > CHECK_SECONDS and self._sender is None:
            self._follow()
        return self._source

    def _follow(self) -> None:
        """Looks for another commit. Raises ``IndexStale`` where the alias names another index."""
        self._checked = time.monotonic()
        found = self._alias.look()
        if found is None or found[0] != self._meta:
            if not self._published:  # still being built
                return
            store.check(found[0] if found else None, self.name, self._meta.stamp, lambda _: True)
            assert found is not None
            self._meta = found[0]
            self._log = WordLog(self._place.client, self._place.words(self._meta.folder))
        self._published = True
        if found[1] != self._source.mark or found[0].folder not in self._source.index:
            self._source = self._open(found[1])

    def _ask(self, action: Callable[[Source], T]) -> T:
        with damage_is_stale():
            try:
                return action(self._fresh())
            except Damaged:
                # Built anew in this very moment: the one in use now answers.
                before = self._source
                self._follow()
                if self._source is before:
                    raise
                return action(self._source)

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many bodies and titles have each folded word as written."""
        wanted = list(dict.fromkeys(words))
        return self._ask(lambda _: self._source.frequencies(wanted))

    def version(self) -> Hashable:
        """The commit that searches see."""
        source = self._fresh()
        return self._meta.folder, source.mark

    def stats(self) -> IndexStats:
        """Counts of the newest commit."""
        with damage_is_stale():
            source = self._fresh()
            return IndexStats(
                passages=source.count(),
                documents=source.count_documents(),
                bytes=source.bytes(),
                stamp=self._meta.stamp,
            )

    def passage_ids(self) -> set[int]:
        """Ids of all live passages."""
        with damage_is_stale():
            return self._fresh().passage_ids()

    # -- writing --------------------------------------------------------------------------------

    def _open_sender(self) -> _Sender:
        if self._sender is None:
            index = self._place.index(self._meta.folder)
            with asking(self._place.url):  # what a writer that died had sent is to be found
                self._place.client.indices.refresh(index=index)
            self._sender = _Sender(self._place, index)
        return self._sender

    def add(self, passages: Iterable[Passage]) -> int:
        """Queues passages; returns how many."""
        with self._lock, damage_is_stale():
            sender = self._open_sender()
            count = 0
            for passage in passages:
                sender.add(passage, prepare(passage))
                count += 1
            return count

    def delete(self, document_ids: Iterable[int]) -> None:
        """Queues all passages of these documents for deletion."""
        with self._lock, damage_is_stale():
            sender = self._open_sender()
            wanted = list(document_ids)
            sender.delete(wanted, self._source.passages_of(wanted) if wanted else [])

    def commit(self) -> None:
        """Makes queued changes durable and visible."""
        with self._lock, damage_is_stale():
            if self._sender is None:
                return
            counts = self._sender.finish()
            self._sender = None
            index, client = self._place.index(self._meta.folder), self._place.client
            mark = secrets.token_hex(8)
            with asking(self._place.url):
                client.indices.refresh(index=index)
                self._log.add(counts)
                client.indices.put_mapping(index=index, body=note(self._meta, mark))
            self._source = self._open(mark)

    def close(self) -> None:
        """Drops changes that are not sent yet; those sent stay unseen until a commit."""
        with self._lock:
            if self._sender is not None:
                self._sender.drop()
                self._sender = None
        self._place.client.close()


class _Sender:
    """Sends changes in order, in chunks, while the next ones are being made."""

    def __init__(self, place: Place, index: str) -> None:
        self._place = place
        self._index = index
        self._chunk: list[Action] = []
        self._sending: list[Future[None]] = []
        self._thread = ThreadPoolExecutor(1, "sending")
        self._words: Counter[str] = Counter()
        self._new: dict[int, set[int]] = {}

    def add(self, passage: Passage, ready: IndexedPassage) -> None:
        self._new.setdefault(passage.document_id, set()).add(passage.passage_id)
        for field in (ready.text, ready.title):
            self._words.update({*field.words, *(term for _, term in field.more)})
        self._put({"_op_type": "index", "_id": passage.passage_id, **to_document(passage, ready)})

    def delete(self, documents: Iterable[int], stored: Iterable[int]) -> None:
        gone = set(stored)
        for document in documents:
            gone |= self._new.pop(document, set())
        for passage in sorted(gone):
            self._put({"_op_type": "delete", "_id": passage})

    def _put(self, action: Action) -> None:
        self._chunk.append(action)
        if len(self._chunk) >= CHUNK:
            self._send()

    def _send(self) -> None:
        if not self._chunk:
            return
        while len(self._sending) >= UNDER_WAY:
            self._sending.pop(0).result()
        self._sending.append(self._thread.submit(_bulk, self._place, self._index, self._chunk))
        self._chunk = []

    def finish(self) -> Counter[str]:
        """Waits until everything is taken in; returns how many fields have each word."""
        try:
            self._send()
            for sending in self._sending:
                sending.result()
        finally:
            self._thread.shutdown(cancel_futures=True)
        return self._words

    def drop(self) -> None:
        self._chunk = []
        self._thread.shutdown(cancel_futures=True)


def _bulk(place: Place, index: str, actions: list[Action]) -> None:
    """Sends ``actions``; the same again where a server went away in between (ids make it one).

    Raises ``SearchDown`` where no server takes them, ``IndexStale`` where one refuses some.
    """
    for seconds in (*PATIENCE, None):
        try:
            with asking(place.url):
                _, failed = helpers.bulk(
                    place.client,
                    actions,
                    index=index,
                    chunk_size=CHUNK,
                    max_retries=len(PATIENCE),
                    initial_backoff=1,
                    max_backoff=20,
                    raise_on_error=False,
                    # An index that is gone must not be made anew without its settings.
                    require_alias=False,
                )
        except SearchDown:
            if seconds is None:
                raise
            time.sleep(seconds)
            continue
        wrong = [f for f in failed if f.get("delete", {}).get("status") != 404]
        if wrong:
            raise IndexStale(
                f"The search server did not take {len(wrong)} passages ({_reason(wrong[0])}); "
                f"{store.REBUILD}."
            )
        return


def _reason(failed: Action) -> str:
    (found,) = failed.values()
    error = found.get("error", {})
    return str(error.get("reason", error)) if isinstance(error, dict) else str(error)
