"""Training texts as the encoder reads them: windows of pieces, each with its label."""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kb.encoder.labels import LABELS
from kb.encoder.names import WINDOW, pack
from kb.encoder.pieces import Pieces
from kb.lab.corpora import MarkedText

UPPER, LOWER, WITHOUT_COMMAS = 0.04, 0.06, 0.06
"""Shares of texts wholly in capitals, in lower case, and with their commas left out."""
_NUMBER = {label: number for number, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of a few lines (without the marks of both ends) and the number of each label."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]


def careless(marked: MarkedText, rng: random.Random) -> MarkedText:
    """The text, now and then with a habit that hides its names."""
    roll = rng.random()
    if roll < UPPER + LOWER:
        text = marked.text.upper() if roll < UPPER else marked.text.lower()
        if len(text) == len(marked.text):
            return MarkedText(text, marked.spans, marked.source)
    elif roll < UPPER + LOWER + WITHOUT_COMMAS:
        return _without_commas(marked)
    return marked


def _without_commas(marked: MarkedText) -> MarkedText:
    gone = [m.start() for m in re.finditer(r",(?= )", marked.text)]
    spans = tuple(
        (start - bisect_left(gone, start), end - bisect_left(gone, end), label)
        for start, end, label in marked.spans
    )
    return MarkedText(re.sub(r",(?= )", "", marked.text), spans, marked.source)


def windows(pieces: Pieces, marked: MarkedText) -> list[Window]:
    """Windows of one text: as many of its lines as fit."""
    lines: list[tuple[list[int], list[int]]] = []
    at = 0
    spans = list(marked.spans)
    for line in marked.text.split("\n"):
        if line.strip():
            cut = pieces.cut(line)
            labels = _labels([(a + at, b + at) for a, b in cut.offsets], marked.text, spans)
            lines.append((cut.ids, labels))
        at += len(line) + 1
    out = []
    for group in pack([len(ids) for ids, _ in lines]):
        ids = [n for k, a, b in group for n in lines[k][0][a:b]]
        labels = [n for k, a, b in group for n in lines[k][1][a:b]]
        assert len(ids) <= WINDOW
        out.append(Window(tuple(ids), tuple(labels)))
    return out


def _labels(
    offsets: Sequence[tuple[int, int]], text: str, spans: Sequence[tuple[int, int, str]]
) -> list[int]:
    """Labels of pieces: B for the first with a character of the name, I for the others."""
    out = [_NUMBER["O"]] * len(offsets)
    k, opened = 0, -1
    for i, (start, end) in enumerate(offsets):
        while start < end and text[start].isspace():
            start += 1
        while k < len(spans) and spans[k][1] <= start:
            k += 1
        if k < len(spans) and spans[k][0] < end and start < end:
            out[i] = _NUMBER[("I-" if opened == k else "B-") + spans[k][2]]
            opened = k
    return out
