"""Marks the hits of a query in a text, and cuts snippets around them."""

from __future__ import annotations

import re

from kb.model import MARK_END, MARK_START
from kb.search.analysis import runs, split
from kb.search.plan import Marks

Span = tuple[int, int]

SNIPPET_CHARS = 260
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")


def spans(marks: Marks, text: str) -> list[Span]:
    """Stretches of ``text`` that ``marks`` name, left to right, touching ones joined."""
    words: list[tuple[str, str, int, int]] = []
    found: list[Span] = []
    stems, surfaces = marks.stems, marks.surfaces
    phrases = marks.phrases or marks.stem_phrases
    for run in runs(text):
        base = run.start()
        word = split(run.group())
        if surfaces and word.whole and not surfaces.isdisjoint(word.whole):
            found.append((base, run.end()))
        for surface, stemmed, start, end in word.parts:
            if stemmed in stems or surface in surfaces:
                found.append((base + start, base + end))
            if phrases:
                words.append((surface, stemmed, base + start, base + end))
    if phrases:
        found += _phrase_spans([w[0] for w in words], words, marks.phrases)
        found += _phrase_spans([w[1] for w in words], words, marks.stem_phrases)
    return _joined(found)


def _phrase_spans(
    forms: list[str], words: list[tuple[str, str, int, int]], phrases: set[tuple[str, ...]]
) -> list[Span]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    found: list[Span] = []
    for at, form in enumerate(forms):
        found += [
            (words[at][2], words[at + len(phrase) - 1][3])
            for phrase in by_first.get(form, ())
            if tuple(forms[at : at + len(phrase)]) == phrase
        ]
    return found


def _joined(found: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _best_window(found: list[Span], text: str, size: int) -> Span:
    """The stretch of about ``size`` characters with most different hits in it."""
    if not found:
        return 0, min(len(text), size)
    best, best_value = 0, -1.0
    first = 0
    seen: dict[str, int] = {}
    length = 0
    for last, (start, end) in enumerate(found):
        word = text[start:end].casefold()
        seen[word] = seen.get(word, 0) + 1
        length += 1
        while end - found[first][0] > size and first < last:
            gone = text[found[first][0] : found[first][1]].casefold()
            seen[gone] -= 1
            if not seen[gone]:
                del seen[gone]
            length -= 1
            first += 1
        value = len(seen) + length / 1000
        if value > best_value:
            best, best_value = first, value
    start = max(0, found[best][0] - size // 5)
    return start, min(len(text), start + size)


def snippet(marks: Marks, text: str, size: int = SNIPPET_CHARS) -> str:
    """About ``size`` characters of ``text`` around its hits, as one line.

    Hits stand between ``MARK_START`` and ``MARK_END``; cut ends show an ellipsis.
    """
    found = spans(marks, text)
    start, end = _best_window(found, text, size)
    if start > 0:
        while start < end and not text[start - 1].isspace() and start > 0:
            start -= 1
            if end - start > size + 40:
                break
    if end < len(text):
        cut = text.rfind(" ", start + size // 2, end + 1)
        end = cut if cut > 0 else end
    pieces: list[str] = []
    at = start
    for a, b in found:
        if a < start or b > end:
            continue
        pieces += [_clean(text[at:a]), MARK_START, _clean(text[a:b]), MARK_END]
        at = b
    pieces.append(_clean(text[at:end]))
    line = "".join(pieces).strip()
    return ("… " if start > 0 else "") + line + (" …" if end < len(text) else "")


def _clean(text: str) -> str:
    return _SPACE.sub(" ", _MARKS.sub(" ", text))
