"""Other ways to write what was typed: figures, words written together or apart.

Each is a stretch of the words of a query with plans that do as well as all of these words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kb.search.language.analysis import fold, split
from kb.search.language.figures import figures, incomplete_dates
from kb.search.lexicon import Lexicon
from kb.search.tree import Node, Word


class Known(Protocol):
    """The words of an index."""

    def frequency(self, word: str) -> int: ...

    def lexicon(self) -> Lexicon: ...


Parts = tuple[tuple[str, str, int, int], ...]

BOUND = ("antar", "anti", "e", "multi", "non", "pasca", "pra", "semi", "sub")
"""Written together with the next word (Ejaan Bahasa Indonesia V, 2022), and often apart."""
MIN_JOINED = 8
MIN_HALF = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_DOUBLED = re.compile(r"([a-z]{3,})2")


def split_word(text: str) -> tuple[Parts, tuple[str, ...]]:
    """Parts and whole forms of one typed word, several runs joined."""
    found = split(text.strip("-/.,&'’‘`‐‑–:;!?…"))
    return found.parts[:16], found.whole


def single(node: Node) -> str | None:
    """The folded word of a plain one-word node, else ``None``."""
    if isinstance(node, Word) and not node.field and not node.exact:
        parts = split_word(node.text)[0]
        if len(parts) == 1:
            return parts[0][0]
    return None


def figure_stretches(children: Sequence[Node]) -> dict[int, tuple[int, str]]:
    """Stretches of a query that write a number or a date, by their begin: end and term."""
    words = [
        fold(node.text).strip(".;:!?()") if isinstance(node, Word) and not node.field else None
        for node in children
    ]
    found = {start: (end, term) for start, end, term in figures(words)}
    found.update({start: (end, term) for start, end, term in incomplete_dates(words)})
    return found


def joined(one: str | None, two: str | None, known: Known, shortest: int = 3) -> str | None:
    """``kerja`` and ``sama`` as one word, where the corpus writes it so."""
    if not one or not two or min(len(one), len(two)) < shortest:
        return None
    word = one + two
    return word if word.isalpha() and known.frequency(word) else None


def halves(word: str, known: Known) -> tuple[str, str] | None:
    """The two words that ``kerjasama`` is written for, where the corpus has both.

    A word more frequent than its halves is a word of its own (``pembangunan``).
    """
    best: tuple[int, tuple[str, str]] | None = None
    if not word.isalpha() or not word.isascii():
        return None
    own = known.frequency(word)
    for at in range(1, len(word) - 2):
        one, two = word[:at], word[at:]
        bound = one in BOUND
        if not bound and (len(word) < MIN_JOINED or min(at, len(two)) < MIN_HALF):
            continue
        least = min(known.frequency(one), known.frequency(two))
        if least and (bound or least >= own) and (best is None or least > best[0]):
            best = least, (one, two)
    return best[1] if best else None


def undoubled(word: str) -> str:
    """``buku2`` as ``buku``; any other word as it is."""
    match = _DOUBLED.fullmatch(word)
    return match.group(1) if match else word


def is_span(parts: Sequence[str]) -> bool:
    """True for the years a period runs between: ``2013-2018`` heads a table as its columns."""
    return (
        len(parts) == 2
        and all(map(_YEAR.fullmatch, parts))
        and 0 < int(parts[1]) - int(parts[0]) <= 20
    )


def is_count(word: str) -> bool:
    """True for digits that a text may write in words; years are not."""
    return word.isascii() and word.isdigit() and not _YEAR.fullmatch(word)
