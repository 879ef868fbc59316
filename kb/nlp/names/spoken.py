"""Single names that speak or are spoken of as persons are persons throughout the text.

A model that reads a line at a time takes ``Ganendra`` in "dukungan Ganendra menguat" for a body.
Where the text says "kata Ganendra" or "Pak Ganendra", or has the whole name of somebody so
called, it is the person there, too. Regions, known bodies and what is shouted stay what they are;
many bear the name of a place, so that a full name alone makes no place a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, either, name_parts
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import heads, is_region, listed
from kb.nlp.same_person import nicknames

SURE = 0.75
"""Chance from which a person's name vouches for its parts, as in ``consistency``. Set by hand; no
command measured it."""
FIRM = 0.97
"""Chance from which a name that only speaks stays what the model says. Set by hand; no command
measured it."""
SETTLED = 0.8
"""Confidence of a name the text itself decides on. Set by hand; no command measured it."""

_WORD = re.compile(r"[A-Z][a-z'’]{3,}")
_AT = re.compile(r"(?<!\w)(?:di|ke|dari|Di|Ke|Dari)\s$")
_ADDRESS = re.compile(
    rf"(?<![\w-])(?:{either('beside.txt', 'addressed')})\s([A-Z][a-z'’]{{3,}})(?! [A-Z]|[\w-])"
)


def read_spoken(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` where one word the text knows as a person is one wherever it stands alone."""
    doubted = {m.surface for m in mentions if m.label != "PER" and _WORD.fullmatch(m.surface)}
    doubted = {word for word in doubted if not _is_known(word)}
    if not doubted:
        return list(mentions)
    named = _named(text, mentions)
    spoken = set(_spoken().findall(text))
    begun = {m.start for m in mentions}
    out = []
    for mention in mentions:
        word = mention.surface
        alone = mention.label != "PER" and mention.end + 1 not in begun
        if word in doubted and alone and _is_person(text, mention, named, spoken):
            sure = max(mention.confidence, SETTLED)
            mention = replace(mention, label="PER", confidence=sure)
        out.append(mention)
    return out


def _is_person(text: str, mention: Mention, named: set[str], spoken: set[str]) -> bool:
    word = mention.surface
    if mention.label == "LOC":
        at = _AT.search(text, max(0, mention.start - 6), mention.start)
        return not at and (word in spoken or word in _ADDRESS.findall(text))
    if word in named or norm(word) in nicknames():
        return True
    firm = mention.confidence >= FIRM and word.lower() not in name_parts()
    return word in spoken and not firm


def _named(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Words that the text uses as persons' names: alone, in a full name, behind an address."""
    sure = [m for m in mentions if m.label == "PER" and m.confidence >= SURE]
    words = {word for m in sure for word in (m.surface, *m.surface.split(" ")[:1])}
    return words | set(_ADDRESS.findall(text))


def _is_known(word: str) -> bool:
    """Whether the word is a region, a known body, the head of one or an ordinary word."""
    low = norm(word)
    return (
        is_region(word)
        or low in heads()
        or low in lexicon().org_words
        or low in common_words()
        or bool(authority.load().institutions.match([low])[0])
        or word in listed()
    )


@lru_cache(maxsize=1)
def _spoken() -> re.Pattern[str]:
    """A reporting verb and the single name behind it (``kata Ganendra``)."""
    cues = "|".join(sorted(lexicon().name_cues - {"menurut"}, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{cues})\s([A-Z][a-z'’]{{3,}})(?! [A-Z]|[\w-])")
