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
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.words import sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon

OFTEN = 3
"""Times a word must stand in the text to be counted. Set by hand; no command measured it."""
SURE = 0.97
"""Found once with this chance, the word stays a name, however the text uses it elsewhere. Set by
hand; no command measured it."""

_WORD = re.compile(r"(?<![\w-])[^\W\d_][\w-]*")


def drop_ordinary(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without institutions and places of one word that the text mostly uses as
    an ordinary word."""
    alone = {m.surface for m in mentions if _may_be_ordinary(m)}
    if not alone:
        return list(mentions)
    stands = Counter(_WORD.findall(text))
    found: Counter[str] = Counter()
    for mention in mentions:
        if mention.method != "consistency":
            found.update(_WORD.findall(mention.surface))
            if mention.confidence >= SURE:
                alone.discard(mention.surface)
    shouted = sum(text.count(c) for c in "aeiou") < sum(text.count(c) for c in "AEIOU")
    ordinary = {
        word
        for word in alone
        if (stands[word] >= OFTEN and 2 * found[word] < stands[word])
        or (not shouted and word[:1].isupper() and stands[word.lower()])
    }
    return [m for m in mentions if m.surface not in ordinary or m.label == "PER"]


def _may_be_ordinary(mention: Mention) -> bool:
    if mention.label == "PER" or not _WORD.fullmatch(mention.surface):
        return False
    word = norm(mention.surface)
    known = authority.load()
    return not (
        mention.surface.islower()
        or word in lexicon().bare_places
        or known.institutions.match([word])[0]
        or mention.surface in _groups()
    )


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    lines = [line for section in sections("agencies.txt").values() for line in section]
    return frozenset(form.strip() for line in lines for form in line.split("|"))
