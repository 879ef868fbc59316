"""Posting lists as NumPy arrays: gathered while writing, packed for disk, decoded for search."""

from __future__ import annotations

import struct
import threading
import zlib
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.search.damage import reading

Ints = NDArray[np.int64]
Docs = NDArray[np.int32]

_HEADER = struct.Struct("<IBBBxII")
_CODES = ("<u1", "<u2", "<u4")
_FEW = 12
_CHUNK = 1_000_000

WIDTH = 65_536
"""Positions are below this, so ``document * WIDTH + position`` orders all words of a field."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where one term stands: documents ascending, times in each, and all positions in order."""

    docs: Docs
    freqs: NDArray[np.int32]
    positions: NDArray[np.uint16] | None = None

    @property
    def nbytes(self) -> int:
        extra = 0 if self.positions is None else self.positions.nbytes
        return self.docs.nbytes + self.freqs.nbytes + extra

    def keys(self) -> Ints:
        """``document * WIDTH + position`` of every occurrence, ascending."""
        if self.positions is None:
            return np.empty(0, dtype=np.int64)
        return np.repeat(self.docs.astype(np.int64) * WIDTH, self.freqs) + self.positions


def _narrow(values: NDArray[Any]) -> tuple[int, bytes]:
    top = int(values.max()) if len(values) else 0
    code = 0 if top < 256 else 1 if top < 65_536 else 2
    return code, values.astype(_CODES[code]).tobytes()


def pack(postings: Postings) -> bytes:
    """``postings`` as bytes; documents as differences, everything in the narrowest width."""
    docs, freqs = postings.docs, postings.freqs
    count = len(docs)
    gaps = docs.astype("<u4")
    gaps[1:] -= docs[:-1].astype("<u4")
    places = postings.positions
    if count < _FEW:  # most terms: not worth measuring or squeezing
        tail = b"" if places is None else places.astype("<u2").tobytes()
        first, second = gaps.tobytes(), freqs.astype("<u4").tobytes()
        header = _HEADER.pack(count, 2, 2, False, len(first) + len(second), len(tail))
        return header + first + second + tail
    doc_code, first = _narrow(gaps)
    freq_code, second = _narrow(freqs)
    head = zlib.compress(first + second, 1)
    tail = b"" if places is None else zlib.compress(places.astype("<u2").tobytes(), 1)
    return _HEADER.pack(count, doc_code, freq_code, True, len(head), len(tail)) + head + tail


def unpack(blob: bytes, *, positions: bool = False) -> Postings:
    """The postings in ``blob``. Raises ``Damaged`` where they are."""
    with reading(struct.error, zlib.error, IndexError, ValueError):
        count, doc_code, freq_code, squeezed, head_len, place_len = _HEADER.unpack_from(blob)
        start = _HEADER.size
        head = blob[start : start + head_len]
        if squeezed:
            head = zlib.decompress(head)
        gaps = np.frombuffer(head, dtype=_CODES[doc_code], count=count)
        freqs = np.frombuffer(head, dtype=_CODES[freq_code], count=count, offset=gaps.nbytes)
        places = None
        if positions:
            raw = blob[start + head_len : start + head_len + place_len]
            if squeezed and raw:
                raw = zlib.decompress(raw)
            places = np.frombuffer(raw, dtype="<u2")
    return Postings(np.cumsum(gaps, dtype=np.int32), freqs.astype(np.int32), places)


class Gatherer:
    """Postings of one field of a segment being written, in the order pages arrive.

    Four flat arrays instead of an object for each posting: sorted by term in one go.
    """

    def __init__(self, positional: bool) -> None:
        self.positional = positional
        self._ids: defaultdict[str, int] = defaultdict()
        self._ids.default_factory = self._ids.__len__
        self._terms = array("I")
        self._docs = array("I")
        self._freqs = array("I")
        self._places = array("H")

    def add(self, doc: int, places: dict[str, list[int]]) -> None:
        """One passage's terms with their positions."""
        ids = self._ids
        self._terms.extend([ids[term] for term in places])
        self._docs.extend([doc] * len(places))
        self._freqs.extend([len(found) for found in places.values()])
        extend = self._places.extend
        if self.positional:
            for found in places.values():
                extend(found)

    def add_keys(self, doc: int, terms: Sequence[str]) -> None:
        """One passage's keys, which have no positions."""
        ids = self._ids
        self._terms.extend([ids[term] for term in terms])
        self._docs.extend([doc] * len(terms))
        self._freqs.extend([1] * len(terms))

    def add_postings(self, term: str, postings: Postings) -> None:
        """A term's postings of an older segment, renumbered to the new one."""
        count = len(postings.docs)
        self._terms.extend([self._ids[term]] * count)
        self._docs.frombytes(postings.docs.astype(np.uint32).tobytes())
        self._freqs.frombytes(postings.freqs.astype(np.uint32).tobytes())
        if self.positional and postings.positions is not None:
            self._places.frombytes(postings.positions.astype(np.uint16).tobytes())

    def finish(self) -> Iterator[tuple[bytes, Postings]]:
        """Terms in byte order with their postings; the gatherer is empty afterwards."""
        if not self._terms:
            return
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        docs = np.frombuffer(self._docs, dtype=np.uint32)
        freqs = np.frombuffer(self._freqs, dtype=np.uint32).astype(np.int32)
        places = np.frombuffer(self._places, dtype=np.uint16)
        order = np.argsort(terms, kind="stable")  # documents stay ascending within a term
        bounds = np.searchsorted(terms[order], np.arange(len(self._ids) + 1))
        starts = np.zeros(len(freqs) + 1, dtype=np.int64)
        np.cumsum(freqs, out=starts[1:])
        numbers: Docs = docs[order].astype(np.int32)
        freqs, starts = freqs[order], starts[:-1][order]
        ends = np.zeros(len(freqs) + 1, dtype=np.int64)
        np.cumsum(freqs, out=ends[1:])
        sorted_places = np.empty(len(places), dtype=np.uint16)
        if self.positional:
            for low in range(0, len(freqs), _CHUNK):
                high = min(low + _CHUNK, len(freqs))
                where = spread(starts[low:high], freqs[low:high])
                sorted_places[ends[low] : ends[high]] = places[where]
        names = sorted(
            (term.encode("utf-8", "surrogatepass"), number) for term, number in self._ids.items()
        )
        for name, number in names:
            low, high = int(bounds[number]), int(bounds[number + 1])
            found = sorted_places[ends[low] : ends[high]] if self.positional else None
            yield name, Postings(numbers[low:high], freqs[low:high], found)


def spread(starts: Ints, lengths: NDArray[Any]) -> Ints:
    """Indices ``start, start + 1, ...`` of every (start, length), one after another."""
    total = int(lengths.sum())
    if total == 0:
        return np.empty(0, dtype=np.int64)
    ends = np.cumsum(lengths)
    rows: Ints = np.arange(total, dtype=np.int64)
    rows += np.repeat(starts - (ends - lengths), lengths)
    return rows


V = TypeVar("V")


class ByteBudget(Generic[V]):
    """Least recently used values up to a number of bytes. Safe between threads."""

    def __init__(self, limit: int, size: Callable[[V], int]) -> None:
        self._limit = limit
        self._size = size
        self._used = 0
        self._values: OrderedDict[Any, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any, make: Callable[[], V]) -> V:
        """The value of ``key``, made now where it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        size = self._size(value) + 200
        with self._lock:
            if key not in self._values and size <= self._limit:
                self._values[key] = value
                self._used += size
                while self._used > self._limit:
                    _, old = self._values.popitem(last=False)
                    self._used -= self._size(old) + 200
        return value
