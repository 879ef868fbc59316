"""All words of an index with the number of passages they stand in, and its titles."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.search.language.analysis import fold

MAX_EXPANSION = 64
"""A pattern or fuzzy word stands for at most this many words, the most frequent ones."""


class Lexicon:
    """Words (folded, not stemmed) in order, with their document frequencies."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.words: list[str] = sorted(counts)
        self.counts: NDArray[np.int64] = np.fromiter(
            (counts[word] for word in self.words), dtype=np.int64, count=len(self.words)
        )
        self._near: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.words)

    def count(self, word: str) -> int:
        """Passages that have ``word`` as written."""
        at = bisect_left(self.words, word)
        return int(self.counts[at]) if at < len(self.words) and self.words[at] == word else 0

    def _range(self, prefix: str) -> tuple[int, int]:
        return bisect_left(self.words, prefix), bisect_left(self.words, prefix + "\U0010ffff")

    def _most_frequent(self, rows: NDArray[np.int64], limit: int) -> list[int]:
        if len(rows) > limit:
            rows = rows[np.argsort(-self.counts[rows], kind="stable")[:limit]]
        return [int(r) for r in rows]

    def prefixed(self, prefix: str, limit: int) -> list[str]:
        """The ``limit`` most frequent words that begin with ``prefix``, most frequent first."""
        low, high = self._range(prefix)
        rows = np.arange(low, high)
        rows = rows[np.argsort(-self.counts[low:high], kind="stable")[:limit]]
        return [self.words[int(r)] for r in rows]

    def matching(self, pattern: str) -> tuple[list[str], bool]:
        """Words that fit ``pattern`` (``*``, ``?``), and whether there were too many."""
        literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
        low, high = self._range(literal) if literal else (0, len(self.words))
        if pattern == literal + "*":
            rows = np.arange(low, high)
        else:
            wild = {"*": ".*", "?": "."}
            fits = re.compile("".join(wild.get(c) or re.escape(c) for c in pattern)).fullmatch
            rows = np.fromiter((i for i in range(low, high) if fits(self.words[i])), dtype=np.int64)
        kept = self._most_frequent(rows, MAX_EXPANSION)
        return [self.words[i] for i in kept], len(rows) > len(kept)

    @cached_property
    def _by_length(self) -> dict[int, tuple[list[str], NDArray[np.uint64]]]:
        """Words of each length, and which letters each has."""
        found: dict[int, list[str]] = {}
        for word in self.words:
            if word.isalnum():
                found.setdefault(len(word), []).append(word)
        return {length: (words, _letters(words, length)) for length, words in found.items()}

    def near(self, word: str, distance: int, limit: int = MAX_EXPANSION) -> list[tuple[str, int]]:
        """Words at most ``distance`` letters away (Damerau's optimal string alignment).

        Nearest first, then most frequent; each with its distance.
        """
        with self._lock:
            known = self._near.get((word, distance))
        if known is None:
            known = self._look_near(word, distance)
            with self._lock:
                if len(self._near) > 2000:
                    self._near.clear()
                self._near[word, distance] = known
        return known[:limit]

    def _look_near(self, word: str, distance: int) -> list[tuple[str, int]]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found: list[tuple[str, int]] = []
        mine = _letters([word], len(word))[0]
        for length in range(max(1, len(word) - distance), len(word) + distance + 1):
            words, letters = self._by_length.get(length, ([], None))
            if letters is None:
                continue
            # One change of a letter takes one from the set of letters and adds one.
            alike = np.flatnonzero(np.bitwise_count(letters ^ mine) <= 2 * distance)
            some = [words[at] for at in alike.tolist()]
            near = extract(word, some, scorer=OSA.distance, score_cutoff=distance, limit=None)
            found += [(text, int(score)) for text, score, _ in near]
        return sorted(found, key=lambda pair: (pair[1], -self.count(pair[0]), pair[0]))[:200]


def _letters(words: Sequence[str], length: int) -> NDArray[np.uint64]:
    """The letters of each word as bits, some letters sharing one; all words are that long."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    bits = np.uint64(1) << (codes.astype(np.uint64) & np.uint64(63))
    letters: NDArray[np.uint64] = np.bitwise_or.reduce(bits.reshape(-1, length), axis=1)
    return letters


class TitleSource(Protocol):
    """Titles of all documents, to complete what is typed."""

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Titles that begin with the folded ``prefix`` and go on."""
        ...

    def holding(self, words: str, limit: int) -> list[str]:
        """Titles with the folded ``words`` (the last may go on) further in."""
        ...


class Titles:
    """``TitleSource`` in memory."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._pairs = sorted({(fold(title), title) for title in titles})
        self._keys = [key for key, _ in self._pairs]
        self._text = "\n" + "\n".join(self._keys)
        self._starts = np.cumsum([0, *(len(key) + 1 for key in self._keys)])

    def __len__(self) -> int:
        return len(self._pairs)

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Titles that begin with the folded ``prefix`` and go on."""
        low = bisect_left(self._keys, prefix)
        found: list[str] = []
        for key, title in self._pairs[low : low + limit + 1]:
            if not key.startswith(prefix) or len(found) == limit:
                break
            if key != prefix:
                found.append(title)
        return found

    def holding(self, words: str, limit: int) -> list[str]:
        """Titles with the folded ``words`` (the last may go on) further in."""
        found: list[str] = []
        at = self._text.find(" " + words)
        while at >= 0 and len(found) < limit:
            row = int(np.searchsorted(self._starts, at, side="right")) - 1
            found.append(self._pairs[row][1])
            following = self._text.find("\n", at)
            at = self._text.find(" " + words, following) if following >= 0 else -1
        return found


def merge_counts(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Frequencies of several segments added up."""
    total: dict[str, int] = {}
    for part in parts:
        if not total:
            total = dict(part)
            continue
        for word, count in part.items():
            total[word] = total.get(word, 0) + count
    return total
