"""Marks the hits of a query in a text, and cuts snippets around them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

from kb.model import MARK_END, MARK_START
from kb.search.analysis import different_runs, held_by_family, places, runs, split
from kb.search.plan import Marks

Span = tuple[int, int]

SNIPPET_CHARS = 260
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")


class _Vocabulary:
    """Runs of characters seen in texts, by what could be asked for to find them.

    A page has some 200 different runs and a query asks for few: with the runs of each
    form known, a page needs two set operations instead of a look at each of its runs.
    """

    MOST = 1 << 17

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._by_form: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    def asked_for(self, forms: Iterable[str], among: set[str]) -> set[str]:
        """Those of the runs ``among`` that one of ``forms`` finds."""
        forms = tuple(forms)
        hints = {hint for form in forms for hint in held_by_family(form)}
        # Stemming a whole vocabulary for one query would take seconds.
        likely = {
            run
            for run in among
            if not (run.isascii() and run.isalpha()) or _holds_any(run.lower(), hints)
        }
        with self._lock:
            new = likely - self._seen
            if new:
                if len(self._seen) > self.MOST:
                    self._seen, self._by_form, new = set(), {}, likely
                self._learn(new)
            by_form = self._by_form
            return {run for form in forms for run in by_form.get(form, ()) if run in among}

    def _learn(self, runs: set[str]) -> None:
        self._seen |= runs
        for run in runs:
            word = split(run)
            for form in {*word.whole, *(form for part in word.parts for form in part[:2])}:
                self._by_form.setdefault(form, []).append(run)


def _holds_any(word: str, hints: set[str]) -> bool:
    return any(hint in word for hint in hints)


_vocabulary = _Vocabulary()


class Marker:
    """Finds the hits of one query in any number of texts."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._wanted = marks.stems | marks.surfaces

    def spans(self, text: str) -> list[Span]:
        """Stretches of ``text`` that are hits, left to right, touching ones joined."""
        found: list[Span] = []
        there = different_runs(text)
        for run in _vocabulary.asked_for(self._wanted, there):
            for at in places(run, text):
                found += self._inside(run, at)
        if self._marks.phrases or self._marks.stem_phrases:
            found += self._phrases(text, there)
        return _joined(found)

    def _inside(self, run: str, base: int) -> list[Span]:
        marks, word = self._marks, split(run)
        if not marks.surfaces.isdisjoint(word.whole):
            return [(base, base + len(run))]
        return [
            (base + start, base + end)
            for surface, stemmed, start, end in word.parts
            if stemmed in marks.stems or surface in marks.surfaces
        ]

    def _phrases(self, text: str, there: set[str]) -> list[Span]:
        def whole(phrase: tuple[str, ...]) -> bool:
            # The longest word is the rarest: most texts need no further look.
            ordered = sorted(phrase, key=len, reverse=True)
            return all(_vocabulary.asked_for((word,), there) for word in ordered)

        phrases = set(filter(whole, self._marks.phrases))
        stem_phrases = set(filter(whole, self._marks.stem_phrases))
        if not phrases and not stem_phrases:
            return []
        words = [
            (surface, stemmed, run.start() + start, run.start() + end)
            for run in runs(text)
            for surface, stemmed, start, end in split(run[0]).parts
        ]
        found = _phrase_spans([w[0] for w in words], words, phrases)
        return found + _phrase_spans([w[1] for w in words], words, stem_phrases)


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


def snippet(marker: Marker, text: str, size: int = SNIPPET_CHARS) -> str:
    """About ``size`` characters of ``text`` around its hits, as one line.

    Hits stand between ``MARK_START`` and ``MARK_END``; cut ends show an ellipsis.
    """
    found = marker.spans(text)
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
