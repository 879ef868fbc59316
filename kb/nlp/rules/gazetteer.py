"""Places by name: what the authority file and type words give.

All functions take the token lists of ``language.Tokens`` and return ``Span`` objects in
token positions. Institutions are in `rules_orgs`, persons in `rules_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb import authority
from kb.authority.places import TYPE_WORDS
from kb.model import Label
from kb.nlp.language import JOINED, LINE, PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon, lexicon

ROMAN = re.compile(r"^[IVX]+$")
_CONTACT = frozenset({"fax", "no", "nomor", "telepon", "telp", "tlp"})
"""What follows the road in an address."""
CODE = re.compile(r"^(?:[IVXLC]+|\d{1,4}(?:[/-][\w-]+)?)$")


class Span(NamedTuple):
    """A name at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    label: Label
    method: str
    confidence: float


def bare(tokens: Tokens, i: int) -> str:
    """Normal form of one token, usually one word."""
    return tokens.norm[i]


def run(tokens: Tokens, start: int, limit: int) -> Iterator[int]:
    """Positions from ``start`` that continue a name: same line, no empty line between."""
    for i in range(start, min(start + limit, len(tokens))):
        if i > start and tokens.gap[i] == PARAGRAPH:
            return
        yield i


# --- places ------------------------------------------------------------------------


def match_bare_place(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of the province, kabupaten, kota or country name that begins at ``i``, or 0."""
    if not tokens.cap[i]:
        return 0
    word = bare(tokens, i)
    for name in lex.bare_places.get(word, ()):
        size = len(name)
        if i + size > len(tokens):
            continue
        if size == 1 or all(
            tokens.gap[i + k] not in (JOINED, PARAGRAPH)
            and tokens.cap[i + k]
            and bare(tokens, i + k) == name[k]
            for k in range(1, size)
        ):
            return i + size
    return 0


def match_region(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of a region with its type word (``Kota Serang``) that begins at ``i``, or 0."""
    kind = bare(tokens, i)
    if kind not in lex.region_types:
        return 0
    level = TYPE_WORDS.get(kind, "desa")
    places = authority.load().places
    names: list[str] = []
    end = 0
    for j in run(tokens, i + 1, 5):
        if not tokens.cap[j] or tokens.gap[j] == JOINED:
            break
        names.append(bare(tokens, j))
        if places.named(" ".join(names), level=level):
            end = j + 1
    if end or level in ("provinsi", "kabupaten", "kota") or not tokens.cap[i]:
        return end
    for j in run(tokens, i + 1, 3):
        word = bare(tokens, j)
        if (
            not tokens.cap[j]
            or tokens.gap[j] == JOINED
            or word in lex.region_types
            or word in lex.not_person
            or not tokens.words[j][0].isalpha()
            or word in lex.titles.first_words
        ):
            break
        end = j + 1
    return end


def venue_end(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of a road, building, river, ... that begins with its type word at ``i``, or 0."""
    size = 0
    for width in (3, 2, 1):
        if i + width <= len(tokens):
            words = tuple(bare(tokens, i + k) for k in range(width))
            if words in lex.place_types:
                size = width
                break
    if not size:
        return 0
    end = i + size
    taken = 0
    while end < len(tokens) and taken < 5:
        word = tokens.words[end]
        low = bare(tokens, end)
        if tokens.gap[end] in (JOINED, PARAGRAPH) or low in lex.not_person or low in _CONTACT:
            break
        if not (tokens.cap[end] or (taken and CODE.match(word))) or low in lex.calendar:
            break
        if (low in lex.region_types or low in lex.place_first) and taken:
            break
        if tokens.gap[end] == LINE and CODE.match(word):
            break  # the number of the next row
        if low in lex.region_types:
            found = match_region(tokens, end, lex)
            return found or end
        end += 1
        taken += 1
    if end > i + size and _is_sector(tokens, i, end, lex):
        return 0
    return end if taken else 0


def _sector_word(word: str, lex: Lexicon) -> bool:
    return word in lex.org_words or word in lex.ordinary["sector"]


def _is_sector(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """True for a government affair that begins like a place (``Lingkungan Hidup``)."""
    if bare(tokens, i) not in lex.org_words:
        return False
    return all(_sector_word(bare(tokens, k), lex) for k in range(i + 1, end))


def _trusted(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """False for a bare name that is also a common word, without anything that backs it."""
    word = bare(tokens, i)
    if end - i > 1 or word not in lex.ambiguous:
        return True
    if i and (
        tokens.lower[i - 1] in lex.triggers
        or bare(tokens, i - 1) in lex.titles.last_words
        or bare(tokens, i - 1) in lex.institution_first
    ):
        return True
    return tokens.gap[i] == PARAGRAPH and end < len(tokens) and tokens.words[end] in "-–—,("


def find_places(tokens: Tokens, taken: list[bool]) -> list[Span]:
    """Every place by type word, by the national table, or by a trigger word.

    ``taken`` marks tokens that belong to other names; it is updated.
    """
    lex = lexicon()
    places = authority.load().places
    out: list[Span] = []
    i = 0
    size = len(tokens)
    while i < size:
        if taken[i] or not tokens.words[i][0].isalpha():
            i += 1
            continue
        word = bare(tokens, i)
        span: Span | None = None
        if word in lex.region_types:
            end = match_region(tokens, i, lex)
            if end:
                span = Span(i, end, "LOC", "gazetteer", 0.95)
        if span is None and word in lex.place_first and tokens.cap[i]:
            end = venue_end(tokens, i, lex)
            if end:
                span = Span(i, end, "LOC", "type word", 0.8)
        if span is None and tokens.cap[i]:
            end = match_bare_place(tokens, i, lex)
            if end and _trusted(tokens, i, end, lex):
                span = Span(i, end, "LOC", "gazetteer", 0.9)
            elif i and (
                tokens.lower[i - 1] in lex.triggers
                or (tokens.words[i - 1] == "," and out and out[-1].last == i - 1)
            ):
                for width in (3, 2, 1):
                    last = i + width
                    if last <= size and all(
                        tokens.cap[k] and tokens.gap[k] not in (JOINED, PARAGRAPH)
                        for k in range(i + (tokens.gap[i] == JOINED), last)
                    ):
                        name = " ".join(bare(tokens, k) for k in range(i, last))
                        common = all(_sector_word(bare(tokens, k), lex) for k in range(i, last))
                        if name in places.by_norm and name not in lex.not_person and not common:
                            span = Span(i, last, "LOC", "trigger", 0.6)
                            break
        if span is not None and not any(taken[span.first : span.last]):
            out.append(span)
            taken[span.first : span.last] = [True] * (span.last - span.first)
            i = span.last
        else:
            i += 1
    return out


def line_is_capitals(tokens: Tokens, i: int) -> bool:
    """True where the line of token ``i`` is written in capitals (a heading)."""
    first = i
    while first and tokens.gap[first] not in (LINE, PARAGRAPH):
        first -= 1
    last = i + 1
    while last < len(tokens) and tokens.gap[last] not in (LINE, PARAGRAPH):
        last += 1
    letters = [w for w in tokens.words[first:last] if w.isalpha()]
    return len(letters) > 2 and sum(w.isupper() for w in letters) >= 0.8 * len(letters)
