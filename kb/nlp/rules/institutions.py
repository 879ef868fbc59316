"""Institutions by name, by head word and agency words, with their brackets and regions.

All functions take the token lists of ``language.Tokens`` and work in token positions.
"""

from __future__ import annotations

import re

from kb import authority
from kb.authority import norm
from kb.nlp.language import JOINED, LINE, PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.rules.gazetteer import (
    CODE,
    ROMAN,
    Span,
    bare,
    match_bare_place,
    match_region,
    run,
    venue_end,
)

_BOARDS = frozenset({"dpp", "dpd", "dpw", "dpc", "pac", "dpk"})
_GLUE = frozenset({",", "/", "&", "-"})
_LEVELS = frozenset({"provinsi", "kabupaten", "kota"})
MONEY = re.compile(r"^Rp\.?\d")
_TAILS = frozenset({"ri", "perwakilan", "pusat", "wilayah", "cabang", "kelas", "daerah"})


def _known(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """End of the longest institution name of the authority file at ``i``, or 0."""
    word = bare(tokens, i)
    head = word.partition(" ")[0]
    longest = lex.institution_first.get(head, 0)
    if not longest:
        return 0
    words: list[str] = []
    best = 0
    for j in run(tokens, i, longest * 2):
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
    if bare(tokens, i) in lex.unit_heads and i and bare(tokens, i - 1) in lex.before_unit:
        return 0
    end = _agency_words(tokens, i + 1, lex)
    return end if end > i + 1 else 0


def _agency_words(tokens: Tokens, start: int, lex: Lexicon) -> int:
    """End of the agency words from ``start``, over ``dan`` and commas between them."""
    end = start
    size = len(tokens)
    while end < size:
        word = tokens.lower[end]
        if tokens.gap[end] == PARAGRAPH or (
            bare(tokens, end) in _LEVELS and match_region(tokens, end, lex)
        ):
            break
        if tokens.cap[end] and (
            bare(tokens, end) in lex.org_words or ROMAN.match(tokens.words[end])
        ):
            end += 1
            continue
        step = end + 1
        if (word in ("dan", "&", "serta", "untuk") and end > start) or (
            word == "," and end > start and _list_goes_on(tokens, step, lex)
        ):
            pass
        else:
            break
        if word == "," and tokens.lower[step] in ("dan", "serta"):
            step += 1
        spelt = tokens.cap[step] or word == "dan" if step < size else False
        if spelt and bare(tokens, step) in lex.org_words:
            end = step + 1
            continue
        break
    return end


def _list_goes_on(tokens: Tokens, start: int, lex: Lexicon) -> bool:
    """True where agency words and commas from ``start`` lead to a ``dan`` + agency word."""
    for j in run(tokens, start, 12):
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
    if not tokens.cap[i] and bare(tokens, i) != "partai":
        return 0
    end = i + size
    if (
        bare(tokens, i) in _BOARDS
        and end < len(tokens)
        and tokens.gap[end] not in (JOINED, PARAGRAPH)
    ):
        return _known(tokens, end, lex) or _named(tokens, end, lex)
    while end < len(tokens) and end - i < 8:
        word = tokens.words[end]
        low = bare(tokens, end)
        if tokens.gap[end] in (JOINED, PARAGRAPH) or low in lex.calendar or MONEY.match(word):
            break
        if not (tokens.cap[end] or CODE.match(word)) or not word[0].isalnum():
            break
        if tokens.gap[end] == LINE and CODE.match(word):
            break  # the number of the next row
        if low in lex.region_types or low in lex.not_person or low in lex.titles.first_words:
            break
        if low in lex.institution_first and (tokens.words[end].isupper() or low in lex.named_first):
            break
        end += 1
    if end == i + size or _is_place(tokens, i, end):
        return 0
    return end


def _is_place(tokens: Tokens, i: int, end: int) -> bool:
    """True where the national table knows the whole name as a region (``Pondok Aren``)."""
    name = " ".join(bare(tokens, k) for k in range(i, end))
    return end - i < 5 and name in authority.load().places.by_norm


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


def _region_after(tokens: Tokens, i: int, lex: Lexicon, deep: bool = False) -> int:
    """End of a region that belongs to the institution before ``i``, or 0.

    ``deep`` allows the bare name of a kecamatan or village (``Polsek Curug``).
    """
    if i >= len(tokens) or tokens.gap[i] in (JOINED, PARAGRAPH) or not tokens.cap[i]:
        return 0
    end = match_region(tokens, i, lex) or match_bare_place(tokens, i, lex)
    if not end and deep:
        names = authority.load().places.by_norm
        words: list[str] = []
        for j in run(tokens, i, 3):
            if not tokens.cap[j] or (tokens.gap[j] == JOINED and j > i):
                break
            words.append(bare(tokens, j))
            if " ".join(words) in names:
                end = j + 1
    if end and end < len(tokens) and tokens.words[end] in ("Kota", "Metro"):
        end += 1
    return end


def _extend(tokens: Tokens, i: int, end: int, lex: Lexicon) -> int:
    """Carry an institution over its bracket, tail words, region and parent institution."""
    size = len(tokens)
    bracket = region = False
    deep = bare(tokens, end - 1) in lex.regional_heads or _is_unit(tokens, i, end, lex)
    for _ in range(6):
        if end >= size or tokens.gap[end] == PARAGRAPH:
            break
        found = 0 if bracket else _bracket(tokens, end)
        if found:
            bracket, end = True, found
            if bare(tokens, i) in lex.agency_heads:
                end = _agency_words(tokens, end, lex)
            continue
        low = bare(tokens, end)
        if low in _TAILS and tokens.gap[end] != JOINED and (tokens.cap[end] or low == "perwakilan"):
            after = end + 1
            if low in ("ri", "pusat"):
                end = after
                continue
            if low == "kelas":
                while after < size and CODE.match(tokens.words[after]):
                    after += 1
                end = after
                continue
            found = _region_after(tokens, after, lex)
            if found:
                end, region = found, True
                continue
        if low in _LEVELS and bare(tokens, i) == "dprd" and not _region_after(tokens, end, lex):
            end, region = end + 1, True
            continue
        found = 0 if region else _region_after(tokens, end, lex, deep)
        if found:
            end, region = found, True
            continue
        if not region and tokens.gap[end] != JOINED and tokens.cap[end] and low != "pemerintah":
            found, _, _ = institution_at(tokens, end, lex)
            if found:
                deep = bare(tokens, found - 1) in lex.regional_heads
                end = found
                continue
        break
    return end


def institution_at(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, str, float]:
    """End, method and confidence of the institution's own name at ``i`` (no region), or 0."""
    word = bare(tokens, i)
    head = word.partition(" ")[0]
    if word == "tim" and i + 1 < len(tokens) and tokens.words[i + 1].isupper():
        found = _known(tokens, i + 1, lex)
        if found:
            return found, "authority", 0.85
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
    return end, method, confidence


def find_venues(tokens: Tokens, taken: list[bool]) -> list[Span]:
    """Places whose name may hold an institution or an office (``Gedung DPRD Banten``).

    ``taken`` marks tokens that belong to other names; it is updated.
    """
    lex = lexicon()
    out: list[Span] = []
    for i in range(len(tokens)):
        word = bare(tokens, i)
        if taken[i] or not tokens.cap[i] or word not in lex.place_first:
            continue
        size = next(
            (
                width
                for width in (2, 1)
                if tuple(tokens.norm[i : i + width]) in lex.venues and i + width < len(tokens)
            ),
            0,
        )
        if not size or tokens.gap[i + size] in (JOINED, PARAGRAPH):
            continue
        at = i + size
        end = institution_at(tokens, at, lex)[0] if tokens.cap[at] else 0
        if not end and bare(tokens, at) in lex.titles.first_words and tokens.cap[at]:
            end = at + 1
        end = _extend(tokens, at, end, lex) if end else venue_end(tokens, i, lex)
        if not end and word.startswith(("mapol", "mako")):
            end = _region_after(tokens, at, lex, deep=True)
        if end:
            end = _bracket(tokens, end) or end
            out.append(Span(i, end, "LOC", "type word", 0.8))
            taken[i:end] = [True] * (end - i)
    return out


def find_institutions(tokens: Tokens, taken: list[bool]) -> list[Span]:
    """Every institution by name, by head word, with its bracket and region.

    ``taken`` marks tokens that belong to other names; it is updated.
    """
    lex = lexicon()
    out: list[Span] = []
    i = 0
    size = len(tokens)
    while i < size:
        if taken[i] or not (tokens.cap[i] or bare(tokens, i) == "partai"):
            i += 1
            continue
        end, method, confidence = institution_at(tokens, i, lex)
        if end:
            own, end = end, _extend(tokens, i, end, lex)
            end = min([end] + [k for k in range(i, end) if taken[k]])
            while end > i + 1 and tokens.lower[end - 1] in ("dan", ",", "&", "serta"):
                own = end = end - 1
            if end > own or _stands_alone(tokens, i, end, lex):
                first, end = _reversed_bracket(tokens, i, end, taken)
                out.append(Span(first, end, "ORG", method, confidence))
                taken[first:end] = [True] * (end - first)
            i = end
        else:
            i += 1
    return out + _abbreviations(tokens, out, taken)


def _is_unit(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """True for a hospital, prison, ... that bears the name of the place it stands in."""
    found = lex.institutions(tuple(" ".join(tokens.norm[i:end]).split()))
    return bool(found) and "unit" in found[0].scopes


def _stands_alone(tokens: Tokens, i: int, end: int, lex: Lexicon) -> bool:
    """False for what is a name only with a region or a name of its own (``Lapas``)."""
    words = tuple(" ".join(tokens.norm[i:end]).split())
    found = lex.institutions(words)
    if not found:
        return True
    if words[0] == "pemerintah" or found[0].id in ("pemkec", "pemdes", "pemkel"):
        return False
    return "unit" not in found[0].scopes


def _reversed_bracket(tokens: Tokens, i: int, end: int, taken: list[bool]) -> tuple[int, int]:
    """``BKPMD (Badan ...)``: the abbreviation before the bracket joins the name."""
    if (
        i > 1
        and end < len(tokens)
        and tokens.words[i - 1] == "("
        and tokens.words[end] == ")"
        and not taken[i - 2]
        and tokens.words[i - 2].isupper()
        and len(tokens.words[i - 2]) > 2
        and tokens.words[i - 2][0] == tokens.words[i][0]
    ):
        return i - 2, end + 1
    return i, end


def _abbreviations(tokens: Tokens, spans: list[Span], taken: list[bool]) -> list[Span]:
    """Abbreviations a name introduces in brackets, wherever else they stand."""
    short: set[str] = set()
    for span in spans:
        for k in range(span.first, span.last - 1):
            word = tokens.words[k + 1]
            if tokens.words[k] == "(" and len(word) > 2 and sum(map(str.isupper, word)) > 1:
                short.add(word)
    out = []
    for i, word in enumerate(tokens.words):
        if word in short and not taken[i]:
            out.append(Span(i, i + 1, "ORG", "abbreviation", 0.9))
            taken[i] = True
    return out
