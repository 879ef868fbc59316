"""Heads of regions whose names the models missed.

``kades bercak, buhari, bilang``: the single word between commas behind the head of a village is
his name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.authority import norm
from kb.authority.words import common_words
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.spans import ruled

_HEADED = frozenset({"kecamatan dan desa", "kepala daerah", "polri", "tni"})
"""Categories of posts behind which a region or a name stands."""
_BETWEEN = re.compile(r",\s(\w{4,}),\s")
_LONGEST = 40
"""Characters of a title before a name, at most. Set by hand; no command measured it."""


def read_posted(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions``, left to right, with the heads of regions named between two commas."""
    out: list[Mention] = []
    for place, mention in enumerate(mentions):
        out.append(mention)
        if mention.label == "LOC" and _is_headed(text, mention):
            after = mentions[place + 1].start if place + 1 < len(mentions) else len(text)
            out.extend(_between_commas(text, mention, after))
    return out


def _is_headed(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _LONGEST) : mention.start]
    return _title().search(before) is not None


def _between_commas(text: str, mention: Mention, after: int) -> Iterator[Mention]:
    behind = _BETWEEN.match(text, mention.end)
    if behind is None or behind.end(1) > after:
        return
    word, low = behind[1], norm(behind[1])
    lex = lexicon()
    alike = word.islower() == mention.surface.islower() and word.isalpha()
    known = (
        low in common_words()
        or low in lex.not_person
        or low in lex.titles.first_words
        or low in lex.org_words
        or low in lex.region_types
    )
    if alike and not known:
        yield ruled(text, behind.start(1), behind.end(1), "PER")


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    names = {t.name for t in lexicon().titles.by_words.values() if t.category in _HEADED}
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})\s\Z", re.IGNORECASE)
