"""Persons by what stands around them: titles, honorifics, ranks, degrees, reporting verbs."""

from __future__ import annotations

from kb.nlp.language import JOINED, LINE, PARAGRAPH, SPACE, Tokens
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.rules.gazetteer import Span, bare, line_is_capitals
from kb.nlp.rules.titles import TitleSpan

_LINKS = frozenset({"bin", "binti", "boru", "br", "dg", "al", "el", "van", "de", "da", "der"})
_MAX_NAME = 6


def skip_honorifics(tokens: Tokens, i: int, lex: Lexicon) -> int:
    """First position from ``i`` that is no honorific, rank or rank branch."""
    start = i
    size = len(tokens)
    while i < size and i - start < 7:
        low = bare(tokens, i).replace(" ", "")
        word = tokens.words[i]
        dotted = word.endswith(".")
        if low in lex.before_name and (
            low not in lex.name_parts or dotted or i > start or tokens.words[i].isupper()
        ):
            # A single letter is an honorific only as "H." or before a longer word.
            if low == "h" and not dotted and word != "H":
                break
            i += 1
            continue
        if word == "K." and i + 2 < size and tokens.words[i + 1] in ("H.", "H"):
            i += 2
            continue
        if low in lex.address and tokens.cap[i] and i + 1 < size and tokens.cap[i + 1]:
            i += 1
            continue
        if i > start and low in lex.rank_after and tokens.cap[i]:
            i += 1
            continue
        if word in ("(", ")") and i > start:
            inner = bare(tokens, i + 1) if word == "(" and i + 1 < size else ""
            if tokens.lower[i - 1] == "laut" and i + 2 < size and tokens.words[i + 2] == ")":
                i += 3  # "Letda Laut (P)"
                continue
            if word == ")" or inner.replace(" ", "") in lex.rank_after:
                i += 1
                continue
        if low in lex.degrees and dotted and i > start:
            i += 1
            continue
        if word in (".", ",") and i > start and _typed_close(tokens, i, lex):
            i += 1
            continue
        break
    return i


def _typed_close(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True for the stop of ``AKBP.`` and the comma of ``H,Syafrudin``."""
    if tokens.gap[i] != JOINED or tokens.lower[i - 1] not in lex.before_name:
        return False
    return tokens.words[i] == "." or (i + 1 < len(tokens) and tokens.gap[i + 1] == JOINED)


def _name_token(tokens: Tokens, i: int, taken: list[bool], lex: Lexicon) -> bool:
    word = tokens.words[i]
    if taken[i] or not tokens.cap[i] or not word[0].isalpha():
        return False
    low = tokens.lower[i]
    if low in lex.not_person or low in lex.calendar or low in lex.cue_verbs:
        return False
    if any(c.isdigit() for c in word):
        return False
    if word.isupper() and 1 < len(word) < 5 and low not in lex.name_parts and _acronym(low):
        return False
    if low.replace(".", "") in lex.before_name and low not in lex.name_parts:
        return False
    if low in lex.org_words and low not in lex.name_parts:
        return False
    return not (low in lex.region_types or low in lex.agency_heads)


def _acronym(low: str) -> bool:
    """True for letters no name has; ``HM`` and the like are honorific and initial."""
    return not any(c in "aeiouy" for c in low) and not (low[0] == "h" and len(low) < 4)


def name_end(tokens: Tokens, i: int, taken: list[bool], lex: Lexicon) -> int:
    """End of a person's name that begins at ``i``, or ``i`` where none does."""
    end = i
    size = len(tokens)
    while end < size and end - i < _MAX_NAME:
        if end > i:
            glued = tokens.gap[end] == JOINED and not tokens.words[end - 1].endswith(".")
            if glued or tokens.gap[end] in (LINE, PARAGRAPH):
                break
        if _name_token(tokens, end, taken, lex):
            low = tokens.lower[end].replace(".", "")
            if end > i and low in lex.degrees and tokens.words[end].count("."):
                break
            end += 1
            continue
        nxt = end + 1
        if (
            end > i
            and tokens.lower[end] in _LINKS
            and nxt < size
            and _name_token(tokens, nxt, taken, lex)
        ):
            end = nxt + 1
            continue
        break
    if end > i and len(tokens.words[end - 1]) < 2:  # a lone letter at the end
        return end if end - i > 1 else i
    return end


def _after_degree(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    """True where a comma and a degree stand at ``i`` (``, S.E.``)."""
    return (
        i + 1 < len(tokens)
        and tokens.words[i] == ","
        and tokens.lower[i + 1].replace(".", "").replace(" ", "") in lex.degrees
        and tokens.cap[i + 1]
    )


class _Persons:
    def __init__(self, tokens: Tokens, taken: list[bool]) -> None:
        self.tokens, self.taken, self.lex = tokens, taken, lexicon()
        self.out: list[Span] = []

    def add(self, first: int, last: int, method: str, confidence: float) -> bool:
        if last <= first or any(self.taken[first:last]):
            return False
        self.out.append(Span(first, last, "PER", method, confidence))
        self.taken[first:last] = [True] * (last - first)
        return True

    def try_at(self, i: int, method: str, confidence: float, least: int = 1) -> bool:
        if i >= len(self.tokens):
            return False
        start = skip_honorifics(self.tokens, i, self.lex)
        if start >= len(self.tokens) or (self.tokens.gap[start] == PARAGRAPH and start > i):
            return False
        end = name_end(self.tokens, start, self.taken, self.lex)
        return end - start >= least and self.add(start, end, method, confidence)


def find_persons(
    tokens: Tokens, taken: list[bool], titles: list[TitleSpan], others: list[Span]
) -> list[Span]:
    """Persons beside titles and institutions, behind honorifics, around reporting verbs,
    before degrees, and short later forms of names found so. ``taken`` is updated."""
    found = _Persons(tokens, taken)
    lex, size = found.lex, len(tokens)
    ends = {span.first: span.last for span in others}
    for i in range(size):
        for name in lex.officials.get(tokens.lower[i], ()) if tokens.cap[i] else ():
            if tuple(bare(tokens, k) for k in range(i, min(i + len(name), size))) == name:
                found.add(i, i + len(name), "authority", 0.97)
                break
    for title in titles:
        at = title.last
        while at in ends:
            at = ends[at]
        if at < size and tokens.words[at] == "," and tokens.gap[at] != PARAGRAPH:
            at += 1
        if at < size and tokens.gap[at] not in (JOINED, PARAGRAPH):
            found.try_at(at, "beside title", 0.85)
    for i in range(size):
        if taken[i]:
            continue
        low = bare(tokens, i).replace(" ", "")
        if tokens.cap[i] and (low in lex.before_name or low in lex.address):
            if len(low) > 1 or tokens.words[i] in ("H.", "H"):
                after = skip_honorifics(tokens, i, lex)
                if after > i and after < size and tokens.gap[after] not in (LINE, PARAGRAPH):
                    found.try_at(i, "honorific", 0.85)
        elif low == "dr" or low == "drg":
            found.try_at(i, "honorific", 0.8)
        elif (
            tokens.lower[i] in lex.name_cues
            and i + 1 < size
            and not (tokens.cap[i] and i and tokens.sentence[i] == tokens.sentence[i - 1])
            and tokens.lower[i + 1] not in lex.ordinary["columns"]
            and tokens.cap[i + 1]
            and tokens.gap[i + 1] == SPACE
        ):
            found.try_at(i + 1, "reporting verb", 0.75)
    for i in range(size):
        if taken[i] or not tokens.cap[i]:
            continue
        end = name_end(tokens, i, taken, lex)
        if end - i < 2 or end >= size:
            continue
        if _after_degree(tokens, end, lex):
            found.add(i, end, "degree", 0.9)
        elif tokens.lower[end] in lex.cue_verbs and not line_is_capitals(tokens, i):
            start = tokens.sentence[i] != tokens.sentence[i - 1] if i else True
            if start or tokens.words[i - 1] == ",":
                found.add(i, end, "before verb", 0.7)
    _repeat(found)
    _initials(found)
    return found.out


def _repeat(found: _Persons) -> None:
    """Later short forms: a capitalised word that is part of a longer name found."""
    tokens, lex = found.tokens, found.lex
    parts: set[str] = set()
    for span in found.out:
        for k in range(span.first, span.last):
            low = tokens.lower[k]
            if (
                len(low) > 2
                and low not in lex.name_parts
                and (low,) not in (lex.bare_places.get(low, ()))
            ):
                parts.add(low)
    i = 0
    while i < len(tokens):
        if not found.taken[i] and tokens.cap[i] and tokens.lower[i] in parts:
            end = name_end(tokens, i, found.taken, lex)
            end = max(end, i + 1)
            while end > i + 1 and tokens.lower[end - 1] not in parts:
                end -= 1
            if not line_is_capitals(tokens, i):
                found.add(i, end, "repeated", 0.75)
            i = end
        else:
            i += 1


def _initials(found: _Persons) -> None:
    """``Wahidin Halim (WH)``: the initials are a name too, here and later."""
    tokens = found.tokens
    short: set[str] = set()
    for span in list(found.out):
        i = span.last
        if i + 2 < len(tokens) and tokens.words[i] == "(" and tokens.words[i + 2] == ")":
            word = tokens.words[i + 1]
            letters = "".join(tokens.words[k][0] for k in range(span.first, span.last))
            if word.isupper() and len(word) > 1 and word == letters:
                short.add(word)
    for i, word in enumerate(tokens.words):
        if word in short and not found.taken[i]:
            found.add(i, i + 1, "initials", 0.85)
