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

UPPER, LOWER, WITHOUT_COMMAS, GLUED = 0.04, 0.09, 0.06, 0.04
"""Shares of texts wholly in capitals, in lower case, with their commas left out, and with names
glued to the words beside them."""
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
        return _without(marked, [m.start() for m in re.finditer(r",(?= )", marked.text)])
    elif roll < UPPER + LOWER + WITHOUT_COMMAS + GLUED:
        ends = [start - 1 for start, _, _ in marked.spans] + [end for _, end, _ in marked.spans]
        spaces = sorted({k for k in ends if marked.text[k : k + 1] == " "})
        return _without(marked, [k for k in spaces if rng.random() < 0.4])
    return marked


def _without(marked: MarkedText, gone: Sequence[int]) -> MarkedText:
    """The text without the characters at these places, left to right."""
    left_out = frozenset(gone)
    spans = tuple(
        (start - bisect_left(gone, start), end - bisect_left(gone, end), label)
        for start, end, label in marked.spans
    )
    text = "".join(char for k, char in enumerate(marked.text) if k not in left_out)
    return MarkedText(text, spans, marked.source)


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
