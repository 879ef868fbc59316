"""Places and institutions by name: what the authority file and type words give.

All functions take the token lists of ``language.Tokens`` and return ``Span`` objects in
token positions. Nothing here looks at persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.model import Label
from kb.nlp.language import JOINED, LINE, PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon, lexicon

ROMAN = re.compile(r"^[IVX]+$")
_CODE = re.compile(r"^(?:[IVXLC]+|\d{1,4}(?:[/-][\w-]+)?)$")
_ROLE_BEFORE = frozenset(
    "kepala kabid kabag kasi kasubag kasubbag kabiro sekretaris staf plt plh pj sub".split()
)
_UNIT_HEADS = frozenset("bidang bagian seksi sub subbagian cabang divisi suku unit".split())
_GLUE = frozenset({",", "/", "&", "-"})
_TAILS = frozenset({"ri", "perwakilan", "pusat", "wilayah", "cabang", "kelas", "daerah"})


class Span(NamedTuple):
    """A name at tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    label: Label
    method: str
    confidence: float


def bare(tokens: Tokens, i: int) -> str:
    """Normal form of one token, usually one word."""
    low = tokens.lower[i]
    return low if low.isalnum() else norm(low)


def _run(tokens: Tokens, start: int, limit: int) -> Iterator[int]:
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
    for j in _run(tokens, i + 1, 5):
        if not tokens.cap[j] or tokens.gap[j] == JOINED:
            break
        names.append(bare(tokens, j))
        if places.named(" ".join(names), level=level):
            end = j + 1
    if end or level in ("provinsi", "kabupaten", "kota") or not tokens.cap[i]:
        return end
    for j in _run(tokens, i + 1, 3):
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


def _venue(tokens: Tokens, i: int, lex: Lexicon) -> int:
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
        if tokens.gap[end] in (JOINED, PARAGRAPH) or low in lex.not_person:
            break
        if not (tokens.cap[end] or (taken and _CODE.match(word))) or low in lex.calendar:
            break
        if (low in lex.region_types or low in lex.place_first) and taken:
            break
        if low in lex.region_types:
            found = match_region(tokens, end, lex)
            return found or end
        end += 1
        taken += 1
    return end if taken else 0


def _trusted(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """False for a bare name that is also a common word, without anything that backs it."""
    word = bare(tokens, i)
    if end - i > 1 or word not in lex.ambiguous:
        return True
    if i and (
        tokens.lower[i - 1] in lex.triggers
        or bare(tokens, i - 1) in lex.titles.first_words
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
            end = _venue(tokens, i, lex)
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
                        if name in places.by_norm and name not in lex.not_person:
                            span = Span(i, last, "LOC", "trigger", 0.6)
                            break
        if span is not None and not any(taken[span.first : span.last]):
            out.append(span)
            taken[span.first : span.last] = [True] * (span.last - span.first)
            i = span.last
        else:
            i += 1
    return out


# --- institutions ------------------------------------------------------------------


def _known(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of the longest institution name of the authority file at ``i``, or 0."""
    word = bare(tokens, i)
    head = word.partition(" ")[0]
    longest = lex.institution_first.get(head, 0)
    if not longest:
        return 0
    words: list[str] = []
    best = 0
    for j in _run(tokens, i, longest * 2):
        if tokens.words[j] in _GLUE:
            continue
        words.extend(bare(tokens, j).split() or [""])
        if len(words) > longest:
            break
        found = lex.institutions(tuple(words))
        if found and _case_fits(tokens, i, j + 1, " ".join(words), found[0].names):
            best = j + 1
    return best


def _case_fits(tokens: Tokens, i: int, end: int, name: str, names: tuple[str, ...]) -> bool:
    """Abbreviations in capitals must be so in the text; other names begin with one."""
    if end - i == 1:
        written = next((n for n in names if norm(n) == name), "")
        if written.isupper():
            return tokens.words[i].isupper()
    return tokens.cap[i] and (end - i == 1 or tokens.cap[end - 1])


def _agency(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of an agency named by head and agency words (``Dinas Tanaman Pangan``), or 0."""
    if bare(tokens, i) not in lex.agency_heads or not tokens.cap[i]:
        return 0
    if bare(tokens, i) in _UNIT_HEADS and i and bare(tokens, i - 1) in _ROLE_BEFORE:
        return 0
    end = _agency_words(tokens, i + 1, lex)
    return end if end > i + 1 else 0


def _agency_words(tokens: Tokens, start: int, lex: Lexicon) -> int:
    """End of the agency words from ``start``, over ``dan`` and commas between them."""
    end = start
    size = len(tokens)
    while end < size:
        word = tokens.lower[end]
        if tokens.gap[end] == PARAGRAPH:
            break
        if tokens.cap[end] and (bare(tokens, end) in lex.org_words or ROMAN.match(tokens.words[end])):
            end += 1
            continue
        step = end + 1
        if word in ("dan", "&", "serta", "untuk") and end > start:
            pass
        elif word == "," and end > start and _list_goes_on(tokens, step, lex):
            pass
        else:
            break
        if word == "," and tokens.lower[step] in ("dan", "serta"):
            step += 1
        if step < size and tokens.cap[step] and bare(tokens, step) in lex.org_words:
            end = step + 1
            continue
        break
    return end


def _list_goes_on(tokens: Tokens, start: int, lex: Lexicon) -> bool:
    """True where agency words and commas from ``start`` lead to a ``dan`` + agency word."""
    for j in _run(tokens, start, 12):
        low = tokens.lower[j]
        if low in ("dan", "serta"):
            nxt = j + 1
            return nxt < len(tokens) and tokens.cap[nxt] and bare(tokens, nxt) in lex.org_words
        if low != "," and not (tokens.cap[j] and bare(tokens, j) in lex.org_words):
            return False
    return False


def _named(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of a name behind a head that takes any capitalised words (``PT``, ...), or 0."""
    if bare(tokens, i) not in lex.named_first:
        return 0
    size = 1
    if i + 1 < len(tokens) and (bare(tokens, i), bare(tokens, i + 1)) in lex.named_heads:
        size = 2
    elif (bare(tokens, i),) not in lex.named_heads:
        return 0
    if not tokens.cap[i]:
        return 0
    end = i + size
    while end < len(tokens) and end - i < 8:
        word = tokens.words[end]
        low = bare(tokens, end)
        if tokens.gap[end] in (JOINED, PARAGRAPH) or low in lex.calendar:
            break
        if not (tokens.cap[end] or _CODE.match(word)) or not word[0].isalnum():
            break
        if low in lex.region_types or low in lex.not_person or low in lex.titles.first_words:
            break
        if low in lex.institution_first and (tokens.words[end].isupper() or low in lex.named_first):
            break
        end += 1
    return end if end > i + size else 0


def _bracket(tokens: Tokens, i: int) -> int:
    """End of an abbreviation in brackets at ``i`` (``(Bawaslu)``), or 0."""
    if i >= len(tokens) or tokens.words[i] != "(" or tokens.gap[i] == PARAGRAPH:
        return 0
    for j in range(i + 1, min(i + 6, len(tokens))):
        if tokens.words[j] == ")":
            inner = tokens.words[i + 1 : j]
            whole = inner and all(w[0].isalpha() or w in "-/&." for w in inner)
            return j + 1 if whole and any(c.isupper() for c in inner[0]) else 0
    return 0


def _region_after(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of a region that belongs to the institution before ``i``, or 0."""
    if i >= len(tokens) or tokens.gap[i] in (JOINED, PARAGRAPH) or not tokens.cap[i]:
        return 0
    end = match_region(tokens, i, lex) or match_bare_place(tokens, i, lex)
    if end and end < len(tokens) and tokens.words[end] == "Kota":
        end += 1
    return end


def _extend(tokens: Tokens, i: int, end: int, lex: Lexicon) -> int:
    """Carry an institution over its bracket, tail words, region and parent institution."""
    size = len(tokens)
    bracket = region = False
    for _ in range(6):
        if end >= size or tokens.gap[end] == PARAGRAPH:
            break
        found = 0 if bracket else _bracket(tokens, end)
        if found:
            bracket, end = True, found
            continue
        low = bare(tokens, end)
        if low in _TAILS and tokens.gap[end] != JOINED and (tokens.cap[end] or low == "perwakilan"):
            after = end + 1
            if low in ("ri", "pusat"):
                end = after
                continue
            if low == "kelas":
                while after < size and _CODE.match(tokens.words[after]):
                    after += 1
                end = after
                continue
            found = _region_after(tokens, after, lex)
            if found:
                end, region = found, True
                continue
        found = 0 if region else _region_after(tokens, end, lex)
        if found:
            end, region = found, True
            continue
        if not region and tokens.gap[end] != JOINED and tokens.cap[end]:
            found = _known(tokens, end, lex)
            if found and bare(tokens, end) not in ("pemerintah", "bank"):
                end = found
                continue
        break
    return end


def find_institutions(tokens: Tokens, taken: list[bool]) -> list[Span]:
    """Every institution by name, by head word, with its bracket and region.

    ``taken`` marks tokens that belong to other names; it is updated.
    """
    lex = lexicon()
    out: list[Span] = []
    i = 0
    size = len(tokens)
    while i < size:
        if taken[i] or not tokens.cap[i]:
            i += 1
            continue
        word = bare(tokens, i)
        head = word.partition(" ")[0]
        known = _known(tokens, i, lex) if head in lex.institution_first else 0
        end, method, confidence = known, "authority", 0.95
        if word in lex.agency_heads:
            longer = _agency(tokens, i, lex)
            if longer > end:
                end, method, confidence = longer, "agency words", 0.85
            elif known:
                end = _agency_words(tokens, known, lex)
        if word in lex.named_first:
            longer = _named(tokens, i, lex)
            if longer > end:
                end, method, confidence = longer, "head word", 0.8
        if end:
            end = _extend(tokens, i, end, lex)
            end = min([end] + [k for k in range(i, end) if taken[k]])
            out.append(Span(i, end, "ORG", method, confidence))
            taken[i:end] = [True] * (end - i)
            i = end
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
