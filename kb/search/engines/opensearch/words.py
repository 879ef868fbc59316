"""The words of an index and in how many passages they stand, as a log beside the index.

OpenSearch does not tell the words of a text field. Each commit adds one entry, the words of
its passages; a reader takes the entries it has not seen, so that a commit costs it next to
nothing. Many entries are put together by the writer. What is deleted is not subtracted: words
that only deleted passages had are offered until the index is built anew, and counts are upper
bounds (they choose among words that fit a pattern; passages found are counted exactly).
"""

from __future__ import annotations

import base64
import secrets
import threading
import time
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec
from opensearchpy import OpenSearch

from kb.search.damage import reading
from kb.search.lexicon import Lexicon, merge_counts

MOST_ENTRIES = 48
"""More entries than this are put together into one."""
ENTRY_WORDS = 300_000
"""Words in one entry, some 2 MB."""
MOST_LISTED = 10_000


def _pack(counts: Mapping[str, int]) -> str:
    return base64.b64encode(zlib.compress(msgspec.json.encode(counts), 6)).decode("ascii")


def _unpack(blob: str) -> dict[str, int]:
    with reading(ValueError, zlib.error, msgspec.DecodeError, TypeError):
        return msgspec.json.decode(zlib.decompress(base64.b64decode(blob)), type=dict[str, int])


class WordLog:
    """The log of one index. Safe between threads."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client = client
        self._index = index
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._counts: dict[str, int] = {}
        self._lexicon = Lexicon({})

    def lexicon(self) -> Lexicon:
        """All words as of now."""
        with self._lock:
            self._catch_up()
            return self._lexicon

    def _ids(self) -> list[str]:
        asked = {
            "query": {"match_all": {}},
            "size": MOST_LISTED,
            "sort": [{"at": "asc"}],
            "_source": False,
            "docvalue_fields": ["at"],
        }
        found = self._client.search(index=self._index, body=asked)
        return [hit["_id"] for hit in found["hits"]["hits"]]

    def _catch_up(self) -> None:
        ids = self._ids()
        if not self._seen <= set(ids):  # put together since
            self._seen, self._counts = set(), {}
        new = [one for one in ids if one not in self._seen]
        if not new:
            return
        for one in new:
            entry = self._client.get(index=self._index, id=one)
            self._counts = merge_counts([self._counts, _unpack(entry["_source"]["counts"])])
            self._seen.add(one)
        self._lexicon = Lexicon(self._counts)

    def add(self, counts: Mapping[str, int]) -> None:
        """One more entry (several, of many words), seen by all from now on."""
        if not counts:
            return
        self._write(counts)
        with self._lock:
            ids = self._ids()
            if len(ids) <= MOST_ENTRIES:
                return
            self._catch_up()
            whole = dict(self._counts)
        self._write(whole)
        gone: list[dict[str, Any]] = [{"delete": {"_id": one}} for one in ids]
        self._client.bulk(index=self._index, body=gone, params={"refresh": "true"})

    def _write(self, counts: Mapping[str, int]) -> None:
        words = list(counts)
        for start in range(0, len(words), ENTRY_WORDS):
            part = {word: counts[word] for word in words[start : start + ENTRY_WORDS]}
            at = f"{time.time_ns():020d}{secrets.token_hex(4)}"
            entry = {"at": at, "counts": _pack(part)}
            self._client.index(index=self._index, id=at, body=entry, params={"refresh": "true"})
