"""Vectors of passages on disk: 8-bit numbers, compared exactly with the kernels of ``numkong``.

``current.json`` in the folder names the parts in use, the encoder and the catalog they are
of. A part is one file of rows; a change writes new parts beside the old ones and replaces
``current.json`` in one step, so that a crash leaves the state before or after it, and
readers see either. Rows of one passage stand together.

One pass over all rows answers a question exactly, under any filter: 6.5 ms of one processor
for 150,000 rows (a search tree of near neighbours would answer a narrow filter wrongly or
slowly, and the pass is short up to millions of rows).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
CURRENT = "current.json"
FORMAT = 1
PART_ROWS = 65_536
"""Rows of one file, 27 MB: what a change may have to write again."""

ROW = np.dtype(
    [
        ("passage", "<i8"),
        ("document", "<i8"),
        ("page", "<i4"),
        ("start", "<i4"),
        ("end", "<i4"),
        ("scale", "<f4"),
        ("vector", "i1", (WIDTH,)),
    ]
)
"""One window: where it stands, and its vector; ``scale`` brings that to length 1."""

Rows = NDArray[np.void]
Ids = NDArray[np.int64]
Place = tuple[int, int, int, int]
"""Document, page, start and end."""


def rows_of(
    passage: int,
    document: int,
    page: int,
    spans: Sequence[tuple[int, int]],
    vectors: NDArray[np.float32],
) -> Rows:
    """The rows of one passage, whose windows ``spans`` have the given vectors of length 1."""
    rows = np.zeros(len(spans), dtype=ROW)
    rows["passage"], rows["document"], rows["page"] = passage, document, page
    rows["start"] = [start for start, _ in spans]
    rows["end"] = [end for _, end in spans]
    rows["vector"] = _rounded(vectors)
    lengths = np.linalg.norm(rows["vector"].astype(np.float32), axis=1)
    rows["scale"] = 1.0 / np.maximum(lengths, 1.0)
    return rows


def _rounded(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    whole: NDArray[np.int8] = np.rint(vectors * (127.0 / np.maximum(largest, 1e-12))).astype(
        np.int8
    )
    return whole


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a question each passage is; passages ascend by their place in the files."""

    passage: Ids
    document: Ids
    page: Ids
    readable: NDArray[np.bool_]
    """Whether any of it was read: a page without text has a vector of nothing."""
    cosine: NDArray[np.float32]
    """Of the passage's nearest window, -1 to 1."""
    ascending: Ids
    """Places of the passages by their ids."""
    window: Callable[[int], tuple[int, int]]
    """Start and end of the nearest window of the passage at a place, in its text."""


class _Part:
    """The vectors of one file, and which of its windows are of one passage."""

    def __init__(self, rows: Rows) -> None:
        # Contiguous copies: a row's vector does not start where the kernels like it.
        self.vectors: NDArray[np.int8] = np.ascontiguousarray(rows["vector"])
        self.scales: NDArray[np.float32] = np.ascontiguousarray(rows["scale"])
        self.passage: Ids = np.asarray(rows["passage"])
        change = np.flatnonzero(np.diff(self.passage)) + 1
        self.first: Ids = np.concatenate(([0], change)) if len(rows) else change
        self.windows: Ids = np.diff(np.append(self.first, len(rows)))

    @cached_property
    def _further(self) -> tuple[tuple[Ids, Ids], ...]:
        """Of the second, third ... windows: the places of their passages, and their rows."""
        found = []
        for number in range(1, int(self.windows.max(initial=0))):
            places = np.flatnonzero(self.windows > number)
            found.append((places, self.first[places] + number))
        return tuple(found)

    def best(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """The greatest of each passage. ``np.maximum.reduceat`` takes as long as the products;
        most passages have one window to three, so that few rounds over all do it in a tenth.
        """
        out = cosines[self.first]
        for places, rows in self._further:
            if len(places) == len(out):
                np.maximum(out, cosines[rows], out=out)
            else:
                out[places] = np.maximum(out[places], cosines[rows])
        return out


class Vectors:
    """One state of the folder, open for reading."""

    def __init__(self, folder: Path, parts: Sequence[str] = (), stamp: str = "") -> None:
        self.stamp = stamp
        self.version = tuple(parts)
        files = [np.load(folder / name, mmap_mode="r") for name in parts]
        self._parts = [_Part(file) for file in files]
        self._starts = np.cumsum([0, *(len(part.passage) for part in self._parts)])
        self._row_passage = _joined([part.passage for part in self._parts])
        self._first = _joined(
            [part.first + at for part, at in zip(self._parts, self._starts, strict=False)]
        )
        self.passages: Ids = self._row_passage[self._first]
        self._sorted: Ids = np.argsort(self.passages, kind="stable")
        self._columns = {
            name: _joined([file[name].astype(np.int64) for file in files])
            for name in ("document", "page", "start", "end")
        }
        self._document: Ids = self._columns["document"][self._first]
        self._page: Ids = self._columns["page"][self._first]
        # A page without text has one window, an empty one.
        self._readable = (self._columns["end"] > self._columns["start"])[self._first]

    def __len__(self) -> int:
        """Windows."""
        return len(self._row_passage)

    def passage_at(self, document: int, page: int) -> int | None:
        """The passage that is this page, where it has vectors."""
        known = self._columns
        rows = np.flatnonzero((known["document"] == document) & (known["page"] == page))
        return int(self._row_passage[rows[0]]) if len(rows) else None

    def of(self, passage: int) -> NDArray[np.float32] | None:
        """The vector of a passage: the mean of its windows' vectors, of length 1; ``None``
        where it has none."""
        at = np.searchsorted(self.passages, passage, sorter=self._sorted)
        if at == len(self.passages) or self.passages[self._sorted[at]] != passage:
            return None
        part, mine = self._windows_of(int(self._sorted[at]))
        total = (part.vectors[mine] * part.scales[mine, None]).sum(axis=0, dtype=np.float32)
        length = float(np.linalg.norm(total))
        if not length:
            return None
        whole: NDArray[np.float32] = (total / length).astype(np.float32)
        return whole

    def like(self, vector: NDArray[np.float32], *, centred: bool = False) -> Likeness:
        """How like each passage is to a vector of length 1.

        ``centred``: what all vectors here have in common (their mean) is taken from both
        first, so that the cosine tells what is theirs: the vectors of this encoder lie in a
        narrow cone (Ethayarajh 2019), and style weighs as much as matter in it.
        """
        cosines = self._centred(vector) if centred and len(self) else _plain(vector)
        best = [part.best(cosines(part, slice(None))) for part in self._parts]
        starts, ends = self._columns["start"], self._columns["end"]

        def window(place: int) -> tuple[int, int]:
            part, mine = self._windows_of(place)
            row = self._first[place] + int(cosines(part, mine).argmax())
            return int(starts[row]), int(ends[row])

        return Likeness(
            self.passages,
            self._document,
            self._page,
            self._readable,
            np.concatenate([np.empty(0, np.float32), *best]),
            self._sorted,
            window,
        )

    def _windows_of(self, place: int) -> tuple[_Part, slice]:
        """The part that holds the passage at a place, and its rows there."""
        row = int(self._first[place])
        number = int(np.searchsorted(self._starts, row, side="right")) - 1
        part, at = self._parts[number], row - int(self._starts[number])
        return part, slice(at, at + int(part.windows[np.searchsorted(part.first, at)]))

    @cached_property
    def _mean(self) -> NDArray[np.float32]:
        total = np.zeros(WIDTH, dtype=np.float64)
        for part in self._parts:
            for at in range(0, len(part.vectors), 8192):
                rows = slice(at, at + 8192)
                total += part.scales[rows] @ part.vectors[rows].astype(np.float32)
        mean: NDArray[np.float32] = (total / len(self)).astype(np.float32)
        return mean

    def _centred(self, vector: NDArray[np.float32]) -> _Cosines:
        mean = self._mean
        own = vector - mean
        length = max(float(np.linalg.norm(own)), 1e-6)
        common = max(float(np.linalg.norm(mean)), 1e-6)
        to_own, to_mean = _plain(own), _plain(mean)

        def cosines(part: _Part, rows: slice) -> NDArray[np.float32]:
            product = to_own(part, rows) * length - float(own @ mean)
            square = 1.0 - 2.0 * to_mean(part, rows) * common + common**2
            found: NDArray[np.float32] = product / (length * np.sqrt(np.maximum(square, 1e-6)))
            return found.astype(np.float32)

        return cosines


_Cosines = Callable[[_Part, slice], NDArray[np.float32]]


def _joined(arrays: Sequence[Ids]) -> Ids:
    return np.concatenate([np.empty(0, np.int64), *arrays])


def _plain(vector: NDArray[np.float32]) -> _Cosines:
    """Cosines of rows of a part with a vector."""
    import numkong

    asked = _rounded(vector.reshape(1, WIDTH).astype(np.float32))
    length = max(float(np.linalg.norm(asked.astype(np.float32))), 1.0)

    def cosines(part: _Part, rows: slice) -> NDArray[np.float32]:
        # Single floats hold the products: they are below 384 x 127 x 127, which is below 2^24.
        found: NDArray[np.float32] = np.asarray(
            numkong.cdist(asked, part.vectors[rows], metric="dot", out_dtype="float32")
        )[0]
        return found * (part.scales[rows] / np.float32(length))

    return cosines


@dataclass(frozen=True, slots=True)
class _State:
    stamp: str
    parts: tuple[str, ...]


def _read(folder: Path) -> _State:
    try:
        raw = json.loads((folder / CURRENT).read_text(encoding="utf-8"))
        if raw["format"] == FORMAT:
            return _State(str(raw["stamp"]), tuple(map(str, raw["parts"])))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _State("", ())


def state(folder: Path) -> tuple[str, tuple[str, ...]]:
    """What tells two states of the folder apart; cheap."""
    found = _read(folder)
    return found.stamp, found.parts


def known_passages(folder: Path, stamp: str) -> set[int]:
    """Passages that have vectors of this ``stamp``."""
    found = _read(folder)
    known: set[int] = set()
    if found.stamp == stamp:
        for name in found.parts:
            with contextlib.suppress(OSError, ValueError):
                known.update(np.load(folder / name, mmap_mode="r")["passage"].tolist())
    return known


def open_vectors(folder: Path, stamp: str) -> Vectors:
    """The vectors in ``folder``; none where they are missing, damaged or of another ``stamp``."""
    for _ in range(3):  # a writer may take away a part between the two readings
        found = _read(folder)
        if found.stamp != stamp:
            break
        with contextlib.suppress(OSError, ValueError):
            return Vectors(folder, found.parts, stamp)
    return Vectors(folder, (), stamp)


class Writer:
    """Changes the folder; one at a time (``kb.ingest.embedding`` sees to that)."""

    def __init__(self, folder: Path, stamp: str) -> None:
        self._folder = folder
        self._stamp = stamp
        found = _read(folder)
        self._parts: list[str] = []
        if found.stamp == stamp and all((folder / name).is_file() for name in found.parts):
            self._parts = list(found.parts)
        elif found.parts:
            self._publish()  # of another encoder or catalog: no longer of use

    def passages(self) -> set[int]:
        """Passages that have vectors."""
        found: set[int] = set()
        for name in self._parts:
            found.update(np.load(self._folder / name, mmap_mode="r")["passage"].tolist())
        return found

    def places(self) -> dict[int, Place]:
        """Where the first window of each passage stands."""
        found: dict[int, Place] = {}
        for name in self._parts:
            rows = np.load(self._folder / name, mmap_mode="r")
            columns = (rows[c].tolist() for c in ("passage", "document", "page", "start", "end"))
            for passage, *place in zip(*columns, strict=True):
                document, page, start, end = place
                found.setdefault(passage, (document, page, start, end))
        return found

    def add(self, rows: Sequence[Rows]) -> None:
        """Add the rows of passages that have none yet; durable when it returns."""
        new = [part for part in rows if len(part)]
        if not new:
            return
        added = np.concatenate(new)
        if self._parts:
            last = np.load(self._folder / self._parts[-1])
            if len(last) + len(added) <= PART_ROWS:
                added = np.concatenate((last, added))
                self._parts.pop()
        self._parts.append(self._write(added))
        self._publish()

    def remove(self, passages: Collection[int]) -> int:
        """Take passages away; returns how many rows that were."""
        wanted = np.fromiter(passages, dtype=np.int64, count=len(passages))
        gone = 0
        parts: list[str] = []
        for name in self._parts:
            rows = np.load(self._folder / name, mmap_mode="r")
            drop = np.isin(rows["passage"], wanted)
            if not drop.any():
                parts.append(name)
                continue
            gone += int(drop.sum())
            if not drop.all():
                parts.append(self._write(rows[~drop]))
        if gone:
            self._parts = parts
            self._publish()
        return gone

    def _write(self, rows: Rows) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"rows-{secrets.token_hex(6)}.npy"
        with (self._folder / f"{name}.new").open("wb") as file:
            np.save(file, rows)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self._folder / f"{name}.new", self._folder / name)
        return name

    def _publish(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f"{CURRENT}.new"
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            json.dump({"format": FORMAT, "stamp": self._stamp, "parts": self._parts}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self._folder / CURRENT)
        for path in self._folder.glob("rows-*"):
            if path.name not in self._parts:
                with contextlib.suppress(OSError):  # open elsewhere (Windows): the next time
                    path.unlink()
