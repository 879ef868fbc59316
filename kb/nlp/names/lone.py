"""Names of one word that the text itself uses as an ordinary word.

A model that reads a line at a time takes ``UHC`` or ``Jambore`` for a name in one line and
leaves it alone in four others, and names found once are found again everywhere. The text as a
whole knows better: a word that no list has as a name, and that most lines leave alone or that
stands in lower case too, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.words import name_parts
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import listed

OFTEN = 3
"""Times a word must stand in the text to be counted. Set by hand; no command measured it."""
SURE = 0.97
"""Found once with this chance, the word stays a name, however the text uses it elsewhere. Set by
hand; no command measured it."""

_SHORT = re.compile(r"(?<= )\(([A-Z]{2,6})\)")
_REACH = 90
"""Characters before a short form in brackets in which the text spells it out."""
_SMALL = frozenset({"dan", "di", "ke", "dari", "untuk", "yang", "of", "and", "the"})
_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]*")


def drop_ordinary(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without institutions and places of one word that the text mostly uses as
    an ordinary word."""
    alone = {m.surface for m in mentions if _may_be_ordinary(m)}
    ordinary = _spelt_out(text, mentions)
    if not alone and not ordinary:
        return list(mentions)
    stands = Counter(_WORD.findall(text))
    found: Counter[str] = Counter()
    for mention in mentions:
        if mention.method != "consistency":
            found.update(_WORD.findall(mention.surface))
            if mention.confidence >= SURE:
                alone.discard(mention.surface)
    shouted = sum(text.count(c) for c in "aeiou") < sum(text.count(c) for c in "AEIOU")
    ordinary |= {
        word
        for word in alone
        if (stands[word] >= OFTEN and 2 * found[word] < stands[word])
        or (not shouted and word[:1].isupper() and stands[word.lower()])
    }
    return [m for m in mentions if m.surface not in ordinary or m.label == "PER"]


def _spelt_out(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Short forms that the text itself spells out as no institution or place, as in ``Universal
    Health Coverage (UHC)``: the words they stand for begin no name and no kind of body."""
    lex = lexicon()
    out = set()
    for found in _SHORT.finditer(text):
        size = len(found[1])
        words = list(_WORD.finditer(text, max(0, found.start() - _REACH), found.start()))
        if len(words) < size or re.search(
            r"[.,;:!?\n]", text[words[-size].start() : found.start()]
        ):
            continue
        told = [w for w in words if w.group().lower() not in _SMALL]
        for some in (told[-size:], words[-size:]):
            if "".join(w.group()[0] for w in some).upper() != found[1]:
                continue
            at, head = some[0].start(), norm(some[0].group())
            body = head in lex.institution_first or head in lex.agency_heads
            held = any(m.start <= at < m.end and m.label != "PER" for m in mentions)
            if not body and not held and head not in lex.org_words | lex.place_first:
                out.add(found[1])
    return out


def settle_regions(mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` where one word that names a region, and stands in no name of a person the
    lists or the text have, is no person."""
    full = {w for m in mentions if m.label == "PER" and " " in m.surface for w in m.surface.split()}
    places = lexicon().bare_places

    def region(mention: Mention) -> bool:
        word = norm(mention.surface)
        return (word,) in places.get(word, ()) and not (
            mention.surface in full or word in name_parts() or mention.confidence >= SURE
        )

    return [
        replace(m, label="LOC") if m.label == "PER" and m.method != "rule" and region(m) else m
        for m in mentions
    ]


def _may_be_ordinary(mention: Mention) -> bool:
    if mention.label == "PER" or not _WORD.fullmatch(mention.surface):
        return False
    word = norm(mention.surface)
    known = authority.load()
    return not (
        mention.surface.islower()
        or word in lexicon().bare_places
        or known.institutions.match([word])[0]
        or mention.surface in listed()
    )
