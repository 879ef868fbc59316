"""The stretches of a page that get a vector each."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

WINDOW_WORDS = 200
"""Longest window. The encoder reads 510 pieces, about 300 Indonesian words, at once."""
SHORTEST = 40
"""A rest of fewer words goes with the window before it."""
VERSION = "windows 1"
"""Of the cuts made here and of what is put before them: vectors of another one are made anew."""

_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’)]))\s+(?=[\"“‘(]*[A-Z0-9])")


def windows(text: str) -> list[Span]:
    """``text`` in stretches of at most about ``WINDOW_WORDS`` words, whole paragraphs where
    they are that short, else whole sentences; in order, none empty.
    """
    found: list[Span] = []
    sizes: list[int] = []
    for (start, end), words in _parts(text):
        if found and sizes[-1] + words <= WINDOW_WORDS:
            found[-1] = (found[-1][0], end)
            sizes[-1] += words
        else:
            found.append((start, end))
            sizes.append(words)
    if len(found) > 1 and sizes[-1] < SHORTEST:
        last = found.pop()
        found[-1] = (found[-1][0], last[1])
    return found


def _parts(text: str) -> Iterator[tuple[Span, int]]:
    """Paragraphs, sentences of long paragraphs, pieces of long sentences; with their words."""
    for start, end in _between(_PARAGRAPH, text, 0, len(text)):
        words = _count(text, start, end)
        if words <= WINDOW_WORDS:
            yield (start, end), words
            continue
        for first, last in sentences(text, start, end):
            places = [m.span() for m in _WORD.finditer(text, first, last)]
            for at in range(0, len(places), WINDOW_WORDS):
                piece = places[at : at + WINDOW_WORDS]
                yield (piece[0][0], piece[-1][1]), len(piece)


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Sentences and lines of ``text[start:end]``, without the space around them."""
    return [
        sentence
        for line in _between(_PARAGRAPH, text, start, end)
        for sentence in _between(_SENTENCE, text, *line)
    ]


def _between(border: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    """What stands between the matches of ``border``, without space around, none empty."""
    edges = [start]
    for match in border.finditer(text, start, end):
        edges += [match.start(), match.end()]
    edges.append(end)
    found: list[Span] = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        part = text[first:last]
        if part.strip():
            first += len(part) - len(part.lstrip())
            found.append((first, first + len(part.strip())))
    return found


def _count(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _WORD.finditer(text, start, end))
