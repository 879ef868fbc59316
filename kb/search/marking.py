"""Marks the hits of a query in a text, and cuts snippets around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kb.model import MARK_END, MARK_START
from kb.search.language.affixes import stems_to
from kb.search.language.analysis import cut, figure_spans, held_by_family, runs
from kb.search.plan import Marks

Span = tuple[int, int]

SNIPPET_CHARS = 260
MANY_HINTS = 200
"""With more strings to look for, reading the whole text is quicker."""
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")
_FOLDED = re.compile(r"[^\x00-\x7f]|['`]")
"""What the analysis folds or drops, so that a word need not hold the form it is found by."""
_THOUSANDS = re.compile(r"\d\.\d{3}")
_PLAIN_NUMBER = re.compile(r"\d{4,}(\.\d+)?")


class _Hints:
    """Finds the stretches of a text in which one of some forms may stand.

    A page has hundreds of words and a query asks for few: looking for strings that every
    word of a family holds is many times quicker than a look at each word.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        forms = set(forms)
        self._strings = {hint for form in forms for hint in held_by_family(form)}
        self._numbers = any(map(_PLAIN_NUMBER.fullmatch, forms))

    def stretches(self, text: str, low: str) -> list[Span]:
        """Stretches between spaces, left to right; ``low`` is ``text`` in lower case."""
        if len(self._strings) > MANY_HINTS:
            return [(0, len(text))]
        found: dict[int, int] = {}
        for at in self._places(low):
            start = at
            while start and not text[start - 1].isspace():
                start -= 1
            if start not in found:
                space = _SPACE.search(text, at)
                found[start] = space.start() if space else len(text)
        return sorted(found.items())

    def _places(self, low: str) -> Iterator[int]:
        for hint in self._strings:
            at = low.find(hint)
            while at >= 0:
                yield at
                at = low.find(hint, at + len(hint))
        for pattern in (_FOLDED, _THOUSANDS) if self._numbers else (_FOLDED,):
            yield from (match.start() for match in pattern.finditer(low))


_hints = lru_cache(maxsize=4096)(lambda form: _Hints((form,)))


def _lowered(text: str) -> str:
    """``text`` in lower case, character by character."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


class Marker:
    """Finds the hits of one query in any number of texts."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._hints = _Hints(marks.stems | marks.surfaces)

    def spans(self, text: str) -> list[Span]:
        """Stretches of ``text`` that are hits, left to right, touching ones joined."""
        low = _lowered(text)
        found: list[Span] = []
        for start, end in self._hints.stretches(text, low):
            for run in runs(text, start, end):
                found += self._inside(run[0], run.start())
        for form, phrases in enumerate((self._marks.phrases, self._marks.stem_phrases)):
            for phrase in phrases:
                found += _phrase_spans(text, low, phrase, form)
        figures = {figure for figure in self._marks.figures if not _written(figure, low)}
        if figures:
            found += figure_spans(text, figures)
        return _joined(found)

    def _inside(self, run: str, base: int) -> list[Span]:
        parts, whole = cut(run)
        if not self._marks.surfaces.isdisjoint(whole):
            return [(base, base + len(run))]
        return [(base + start, base + end) for word, start, end in parts if self._is_hit(word)]

    def _is_hit(self, word: str) -> bool:
        marks = self._marks
        return word in marks.surfaces or any(stems_to(word, root) for root in marks.stems)


class OnceMarker(Marker):
    """Finds the hits of a text once, for the few texts of one search."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self._found: dict[str, list[Span]] = {}

    def spans(self, text: str) -> list[Span]:
        """As ``Marker.spans``."""
        if text not in self._found:
            self._found[text] = super().spans(text)
        return self._found[text]


def _written(figure: str, low: str) -> bool:
    """True where the text has the figure as it was typed."""
    return re.search(rf"(?<!\w){re.escape(figure)}(?!\w)", low) is not None


def _phrase_spans(text: str, low: str, phrase: tuple[str, ...], form: int) -> Iterator[Span]:
    """Where the words of ``phrase`` stand side by side, as surfaces (``form`` 0) or stems (1)."""
    # The longest word is the rarest: most texts need no further look.
    ordered = sorted(phrase, key=len, reverse=True)
    if not all(_hints(word).stretches(text, low) for word in ordered):
        return
    is_form = stems_to if form else str.__eq__
    size = len(phrase)
    for start, end in _hints(phrase[0]).stretches(text, low):
        words = list(_words(text, start, end, size - 1))
        for at in range(len(words) - size + 1):
            here = words[at : at + size]
            if here[0][1] < end and all(
                is_form(word[0], wanted) for word, wanted in zip(here, phrase, strict=True)
            ):
                yield here[0][1], here[-1][2]


def _words(text: str, start: int, end: int, more: int) -> Iterator[tuple[str, int, int]]:
    """Surface and place of the words from ``start`` to ``end``, and ``more`` after."""
    for run in runs(text, start):
        for surface, a, b in cut(run[0])[0]:
            if run.start() + a >= end:
                if not more:
                    return
                more -= 1
            yield surface, run.start() + a, run.start() + b


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
