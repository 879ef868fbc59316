"""Training texts as the encoder reads them: windows of pieces, each with its label."""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.encoder.labels import HEADS
from kb.encoder.names import WINDOW, pack
from kb.encoder.pieces import Pieces
from kb.lab.corpora import MarkedText, Span
from kb.lab.templates.words import sections

UPPER, LOWER, WITHOUT_COMMAS, GLUED = 0.04, 0.07, 0.05, 0.04
"""Shares of texts wholly in capitals, in lower case, with their commas left out, and with names
glued to the words beside them."""
SMALL_TYPES, SMALL_NAMES, ADJACENT = 0.08, 0.05, 0.06
"""Shares of texts whose type words (``desa``, ``dinas``), whose names begin in lower case, and
whose neighbouring names have lost the comma between them."""
IGNORED, NO_PERSON = -100, -1
"""Instead of a label: nothing is known; anything but a person."""
_NUMBERS = [{label: number for number, label in enumerate(labels)} for labels in HEADS]
_TYPES = frozenset(sections("lists.txt")["types"])


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of a few lines (without the marks of both ends) and, for each head, the number of
    each label."""

    ids: tuple[int, ...]
    labels: tuple[tuple[int, ...], ...]


def careless(marked: MarkedText, rng: random.Random) -> MarkedText:
    """The text, now and then with a habit that hides its names."""
    roll = rng.random()
    text, spans = marked.text, marked.spans
    for share, habit in _HABITS:
        if roll < share:
            changed = habit(text, spans, rng)
            if isinstance(changed, list):
                return _without(marked, changed)
            return replace(marked, text=changed) if len(changed) == len(text) else marked
        roll -= share
    return marked


_Spans = Sequence[Span]


def _commas(text: str, spans: _Spans, rng: random.Random) -> list[int]:
    return [m.start() for m in re.finditer(r",(?= )", text)]


def _glued(text: str, spans: _Spans, rng: random.Random) -> list[int]:
    ends = [start - 1 for start, _, _ in spans] + [end for _, end, _ in spans]
    spaces = sorted({k for k in ends if text[k : k + 1] == " "})
    return [k for k in spaces if rng.random() < 0.4]


def _between(text: str, spans: _Spans, rng: random.Random) -> list[int]:
    return [
        end for (_, end, _), (start, _, _) in pairwise(spans)
        if text[end:start] == ", " and rng.random() < 0.8
    ]  # fmt: skip


def _small_types(text: str, spans: _Spans, rng: random.Random) -> str:
    out = list(text)
    for start, end, label in spans:
        first, _, rest = text[start:end].partition(" ")
        if label != "PER" and rest and first.lower() in _TYPES and rng.random() < 0.7:
            out[start] = text[start].lower()
    return "".join(out)


def _small_names(text: str, spans: _Spans, rng: random.Random) -> str:
    out = list(text)
    for start, end, label in spans:
        if rng.random() < (0.15 if label == "PER" else 0.4):
            out[start:end] = text[start:end].lower()
    return "".join(out)


_HABITS: tuple[tuple[float, Callable[[str, _Spans, random.Random], str | list[int]]], ...] = (
    (UPPER, lambda text, spans, rng: text.upper()),
    (LOWER, lambda text, spans, rng: text.lower()),
    (WITHOUT_COMMAS, _commas),
    (GLUED, _glued),
    (SMALL_TYPES, _small_types),
    (SMALL_NAMES, _small_names),
    (ADJACENT, _between),
)
"""Habits with their shares: the text anew, or places of the characters that are gone."""


def _without(marked: MarkedText, gone: Sequence[int]) -> MarkedText:
    """The text without the characters at these places, left to right."""
    left_out = frozenset(gone)

    def moved(spans: _Spans) -> tuple[Span, ...]:
        return tuple(
            (start - bisect_left(gone, start), end - bisect_left(gone, end), label)
            for start, end, label in spans
        )

    return replace(
        marked,
        text="".join(char for k, char in enumerate(marked.text) if k not in left_out),
        spans=moved(marked.spans),
        posts=None if marked.posts is None else moved(marked.posts),
        reports=None if marked.reports is None else moved(marked.reports),
    )


def windows(pieces: Pieces, marked: MarkedText) -> list[Window]:
    """Windows of one text: as many of its lines as fit."""
    lines: list[tuple[list[int], list[list[int]]]] = []
    at = 0
    for line in marked.text.split("\n"):
        if line.strip():
            cut = pieces.cut(line)
            offsets = [(a + at, b + at) for a, b in cut.offsets]
            rows = [
                _labels(offsets, marked.text, spans, numbers)
                for spans, numbers in zip(
                    (marked.spans, marked.posts, marked.reports), _NUMBERS, strict=True
                )
            ]
            if marked.persons_only:
                rows[0] = [number or NO_PERSON for number in rows[0]]
            lines.append((cut.ids, rows))
        at += len(line) + 1
    out = []
    for group in pack([len(ids) for ids, _ in lines]):
        ids = [n for k, a, b in group for n in lines[k][0][a:b]]
        labels = tuple(
            tuple(n for k, a, b in group for n in lines[k][1][head][a:b])
            for head in range(len(HEADS))
        )
        assert len(ids) <= WINDOW
        out.append(Window(tuple(ids), labels))
    return out


def _labels(
    offsets: Sequence[tuple[int, int]], text: str, spans: _Spans | None, numbers: dict[str, int]
) -> list[int]:
    """Labels of pieces: B for the first with a character of the span, I for the others."""
    if spans is None:
        return [IGNORED] * len(offsets)
    out = [numbers["O"]] * len(offsets)
    k, opened = 0, -1
    for i, (start, end) in enumerate(offsets):
        while start < end and text[start].isspace():
            start += 1
        while k < len(spans) and spans[k][1] <= start:
            k += 1
        if k < len(spans) and spans[k][0] < end and start < end:
            label = spans[k][2]
            out[i] = IGNORED if label == "?" else numbers[("I-" if opened == k else "B-") + label]
            opened = k
    return out
