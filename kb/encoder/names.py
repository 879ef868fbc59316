"""Labels of names for the words of a text, by the copy of the encoder tuned for names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.encoder.labels import LABELS
from kb.encoder.pieces import Pieces
from kb.encoder.session import Session
from kb.encoder.table import Table

NAMES_FILE = "names.onnx"
WINDOW = 254
"""Pieces read at once, several lines of a document (as in training)."""

Floats = npt.NDArray[np.float32]


def pack(lengths: Sequence[int]) -> Iterator[list[tuple[int, int, int]]]:
    """Lines into windows, in order: (number of the line, from piece, to piece).

    A line longer than a window is cut; otherwise a line stands whole in one window.
    """
    group: list[tuple[int, int, int]] = []
    room = WINDOW
    for k, length in enumerate(lengths):
        if group and length > room:
            yield group
            group, room = [], WINDOW
        for start in range(0, length, WINDOW):
            end = min(start + WINDOW, length)
            if end - start > room:
                yield group
                group, room = [], WINDOW
            group.append((k, start, end))
            room -= end - start
    if group:
        yield group


class NamesEncoder:
    """Chances of the labels of words; make it with ``kb.encoder.load_names``."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._pieces = Pieces(folder)
        table = Table(folder)
        self._session = Session(folder / NAMES_FILE, table, self._pieces.padding, threads)

    def read(
        self, lines: Sequence[str], words: Sequence[Sequence[tuple[int, int]]]
    ) -> list[Floats]:
        """Logarithms of the chances of ``LABELS`` for each word of each line.

        Args:
            lines: lines of one document, in order; those around a line help to read it.
            words: for each line, where its words stand in it (start, end).
        """
        cuts = [self._pieces.cut(line) for line in lines]
        groups = list(pack([len(cut.ids) for cut in cuts]))
        rows = [
            [self._pieces.first, *(n for k, a, b in group for n in cuts[k].ids[a:b]),
             self._pieces.last]
            for group in groups
        ]  # fmt: skip
        parts: list[list[Floats]] = [[] for _ in lines]
        for group, scores in zip(groups, self._session.vectors(rows), strict=True):
            at = 1
            for k, a, b in group:
                parts[k].append(scores[at : at + b - a, : len(LABELS)])
                at += b - a
        return [
            _of_words(_logarithms(np.concatenate(found)), cut.offsets, line)
            if found
            else _nothing(len(line))
            for found, cut, line in zip(parts, cuts, words, strict=True)
        ]


def _nothing(words: int) -> Floats:
    out = np.full((words, len(LABELS)), -20.0, dtype=np.float32)
    out[:, 0] = 0
    return out


def _logarithms(scores: Floats) -> Floats:
    top = scores - scores.max(axis=1, keepdims=True)
    out: Floats = top - np.log(np.exp(top).sum(axis=1, keepdims=True))
    return out


def _of_words(
    pieces: Floats, offsets: Sequence[tuple[int, int]], words: Sequence[tuple[int, int]]
) -> Floats:
    """What the first piece with a character of a word says of it."""
    out = _nothing(len(words))
    k = 0
    for i, (start, end) in enumerate(words):
        while k < len(offsets) and offsets[k][1] <= start:
            k += 1
        if k < len(offsets) and offsets[k][0] < end:
            out[i] = pieces[k]
    return out
