"""Headlines in capitals, where the model cannot see where a name ends.

In "Bank Sarana Dorong Pembiayaan" every word begins in capitals. The running text of the same
document names the bank in a sentence: there its name ends, and what it is called there it is.
Behind it, only an ordinary word may stand in the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words
from kb.model import Mention
from kb.nlp.lines import line_at

LOUD = 0.8
"""Share of the longer words of a headline that begin in capitals. Set by hand; no command
measured it."""
LONGEST = 250
"""Characters of a headline, at most."""
SURE = 0.8
"""Chance from which running text says what a name of a headline is. Set by hand; no command
measured it."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def read_headlines(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` where a span of a headline ends, and is of the kind, as in running text."""
    loud = {m.start: is_headline(line_at(text, m.start)) for m in mentions}
    names = {m.surface: m for m in mentions if not loud[m.start] and " " in m.surface}
    if not names or not any(loud.values()):
        return list(mentions)
    said = frozenset(_WORD.findall(text))
    return [_read(text, m, names, said) if loud[m.start] else m for m in mentions]


def _read(text: str, mention: Mention, names: dict[str, Mention], said: frozenset[str]) -> Mention:
    surface = mention.surface
    twin = names.get(surface)
    if twin is not None:
        known = {twin.label, mention.label} == {"PER", "ORG"} and twin.confidence > SURE
        return replace(mention, label=twin.label) if known else mention
    for name in _beginnings(surface, names):
        rest = _WORD.match(surface, len(name) + 1)
        low = rest.group().lower() if rest else ""
        if low not in TYPE_WORDS and (low in common_words() or low in said):
            end = mention.start + len(name)
            label = names[name].label
            return replace(mention, end=end, surface=text[mention.start : end], label=label)
    return mention


def _beginnings(surface: str, names: Iterable[str]) -> list[str]:
    """Names that ``surface`` begins with and goes on behind, longest first."""
    return sorted((n for n in names if surface.startswith(n + " ")), key=len, reverse=True)


@lru_cache(maxsize=4096)
def is_headline(line: str) -> bool:
    """Whether nearly all words of a short line without a full stop begin in capitals."""
    if len(line) > LONGEST:
        return False
    words = _WORD.findall(line)
    loud = sum(word[0].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return 3 < len(words) <= 25 and line.rstrip()[-1:] not in ".,;" and loud >= LOUD * long
