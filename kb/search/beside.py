"""What stands beside the words of a query on a page.

A page answers an analyst where one row or sentence says what was asked for and gives a number;
a page that has the words here and there, or lists what other pages hold, only looks like it.
Texts are read of the first ``FIRST`` passages alone, in the order that the index gives them.

Its numbers were chosen with ``kb eval search QUESTIONS --home HOME --no-meaning`` on 133 questions
of analysts on real planning documents of 19 governments, the share of pages that come first; 83
further ones were only counted (docs/accuracy.md). The documents are not ours to give on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.authority.places import LEVELS
from kb.search.clues import counted, long_forms
from kb.search.language.analysis import fold
from kb.search.language.synonyms import from_authority
from kb.search.marking import Marker, Span
from kb.search.plan import Marks
from kb.search.tree import All, Query, Word

FIRST = 10
"""Passages, or documents, whose texts are read. With 5, 20 or 30 the same pages come first
(``kb eval search``)."""
PAGES = 3
"""Pages of each document that are read where documents are asked for: as many as are shown.
Set by hand; no command measured it."""
LABEL = 6.0
"""A row whose cell says what was asked for and nothing else, in score points. By
``kb eval search``, without ``VALUE``: of 133 pages 108 come first with 0, 112 with 3, 113 with 5,
114 with 6, 115 with 8 and 114 with 10."""
UNNUMBERED = 0.5
"""The share of ``LABEL`` for a row without a number. By ``kb eval search``, without
``VALUE``: 113 pages come first with 0, 114 with .3, 115 with .6 and 1; with 1 the mean of 1 / rank
is .002 lower."""
VALUE = 1.0
"""A number within ``NEAR`` of what was asked for. By ``kb eval search`` 114 pages come first with
none, 115 with 1 to 3, 114 with 4; FacQA MRR@10 is .8918, with 1 .8936 and with 2 .8914."""
NEAR = 200
"""Characters of one row or paragraph in which words stand together. By ``kb eval search`` nothing
changes from 80 to 300 but the mean of 1 / rank, by .001."""
CONTENTS = 0.6
"""What is left of the score of a table of contents or list of tables. By ``kb eval search``
as many pages come first with 1, but 11 such lists stand among the first five of 216 questions
instead of 8."""

_YEAR = re.compile(r"(?:19|20)\d\d(?:\D(?:19|20)\d\d)?")
_DOTS = re.compile(r"(?:\. ?){5,}|…\s?…")
_FIGURE = re.compile(r"\d[\d.,]*\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CELL = " | "

MarksOf = Callable[[Word], Marks]
"""What to look for in a text for one word of the query."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of the matter of a query: what stands for it in a text, and how much it tells."""

    marks: Marks
    weight: float


class Beside:
    """Weighs texts by what stands beside the words of one query."""

    def __init__(self, asked: Sequence[Asked], years: frozenset[str]) -> None:
        self._asked = asked
        self._years = years
        self._whole = sum(word.weight for word in asked)
        self._each = [Marker(word.marks) for word in asked]
        self._said: dict[str, tuple[int, ...]] = {}

    def weighed(self, score: float, text: str, hits: Sequence[Span]) -> float:
        """``score`` with what the text adds to it; ``hits`` of the whole query stand in it."""
        if is_contents(text):
            return score * CONTENTS
        spots = [(start, end, word) for start, end in hits for word in self._words(text[start:end])]
        return score + self._shown(text, spots) if spots else score

    def _words(self, hit: str) -> tuple[int, ...]:
        """The words of the query that ``hit`` stands for."""
        found = self._said.get(hit)
        if found is None:
            each = enumerate(self._each)
            found = self._said[hit] = tuple(at for at, one in each if one.spans(hit))
        return found

    def _shown(self, text: str, spots: Sequence[tuple[int, int, int]]) -> float:
        label = value = 0.0
        at = 0
        for start, end, is_row in _stretches(text):
            here = []
            while at < len(spots) and spots[at][0] < end:
                here.append(spots[at])
                at += 1
            if not here:
                continue
            value = max(value, self._near(text, here, end, is_row))
            if is_row:
                label = max(label, self._labelled(text, here, start, end))
        return LABEL * label + VALUE * value

    def _share(self, words: set[int]) -> float:
        return sum(self._asked[word].weight for word in words) / self._whole

    def _near(
        self, text: str, here: Sequence[tuple[int, int, int]], end: int, is_row: bool
    ) -> float:
        """The share of what was asked for that stands together with a number."""
        best = 0.0
        first = 0
        for last, (_, until, _) in enumerate(here):
            while until - here[first][0] > NEAR and first < last:
                first += 1
            share = self._share({word for _, _, word in here[first : last + 1]})
            if share > best:
                beyond = end if is_row else min(end, until + NEAR // 2)
                if self._numbered(text[here[first][0] : beyond]):
                    best = share
        return best

    def _labelled(
        self, text: str, here: Sequence[tuple[int, int, int]], start: int, end: int
    ) -> float:
        """The share of what was asked for that one cell says, less what else it says."""
        best = 0.0
        at = start
        for cell in text[start:end].split(_CELL):
            until = at + len(cell)
            inside = [spot for spot in here if at <= spot[0] < until]
            if inside:
                spans = {(a, b) for a, b, _ in inside}
                said = sum(len(_WORD.findall(text[a:b])) for a, b in spans)
                share = self._share({word for _, _, word in inside})
                share *= min(1.0, said / max(1, len(_WORD.findall(cell))))
                if share > best:
                    numbered = self._numbered(text[until:end])
                    best = max(best, share if numbered else share * UNNUMBERED)
            at = until + len(_CELL)
        return best

    def _numbered(self, text: str) -> bool:
        return any(m.group() not in self._years for m in _FIGURE.finditer(text))


def beside(query: Query, marks_of: MarksOf, weight_of: Callable[[str], float]) -> Beside | None:
    """What weighs texts for ``query``; ``None`` where it is no list of words about a matter.

    ``weight_of`` says how much a folded word tells.
    """
    root = query.root
    if not isinstance(root, All) or not root.implicit:
        return None
    words = [n for n in counted(root) if isinstance(n, Word) and not n.field]
    others = {id(word): forms for some, forms in long_forms(root) for word in some}
    asked: list[Asked] = []
    years: set[str] = set()
    for word in words:
        folded = fold(word.text)
        if _YEAR.fullmatch(folded):
            years.update(re.findall(r"\d{4}", folded))
        elif not _is_whose(folded):
            marks = marks_of(word)
            marks.phrases |= {tuple(form) for form in others.get(id(word), ())}
            asked.append(Asked(marks, weight_of(folded)))
    return Beside(asked, frozenset(years)) if asked else None


def is_contents(text: str) -> bool:
    """True for a page most of whose lines lead to other pages by dots."""
    if _DOTS.search(text) is None:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    dotted = sum(_DOTS.search(line) is not None for line in lines)
    return dotted >= 5 and dotted * 3 >= len(lines)


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Rows of tables, and paragraphs between them: begin, end and whether it is a row."""
    at = 0
    begin: int | None = None
    for line in text.splitlines(keepends=True):
        is_row = _CELL in line
        if begin is not None and (is_row or not line.strip()):
            yield begin, at, False
            begin = None
        if is_row:
            yield at, at + len(line), True
        elif begin is None and line.strip():
            begin = at
        at += len(line)
    if begin is not None:
        yield begin, at, False


@cache
def _bodies() -> frozenset[str]:
    """Words that begin the names of agencies and governments."""
    from kb import authority

    bodies: list[str] = authority.load().docwords["bodies"]
    return frozenset((*bodies, *LEVELS, "pemerintah"))


def _is_whose(word: str) -> bool:
    """True for a word that says whose page is asked for: a row need not repeat it."""
    from kb import authority

    if word in _bodies() or authority.load().places.regions_named(word):
        return True
    return any(form and form[0] in _bodies() for form in from_authority().of((word,)))
