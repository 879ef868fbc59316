"""Names that are not as they are meant: too long by what stands behind them, or misprinted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words, sections
from kb.model import Mention
from kb.nlp.lines import line_at
from kb.nlp.linking.halves import BRACKET, region_of, words_of
from kb.nlp.names.headlines import is_headline

_VERB = re.compile(r"(?:Me[mn]|Ber|Ter|Di)[a-z]{3,}")
_BARE_VERB = re.compile(r"[A-Z][a-z]{3,}kan")
_MISPRINT = 5
"""Letters of a word that may be misprinted, at least. Set by hand; no command measured it."""


def overlong(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Normal forms of names that go on into what stands behind them wherever they are written:
    into the verb of a headline (``Bank Laut Naikkan Bunga``), an ordinary word behind a region
    or the name of a person."""
    said = frozenset(word for word in words_of(text) if word.islower())
    people = {m.surface for m in mentions if m.label == "PER" and " " in m.surface}
    out: dict[str, bool] = {}
    for mention in mentions:
        key = norm(BRACKET.sub(" ", mention.surface))
        loud = is_headline(line_at(text, mention.start)) and _runs_on(mention.surface, said)
        person = any(mention.surface.endswith(f" {name}") for name in people)
        out[key] = out.get(key, True) and (loud or person)
    return frozenset(key for key, so in out.items() if so)


def _runs_on(name: str, said: Collection[str]) -> bool:
    """Whether a name of a headline holds a verb, or an ordinary word behind a region."""
    words = tuple(words_of(name))
    verbs = frozenset(sections("beside.txt")["headline"])
    for at, word in enumerate(words[1:], start=1):
        if word in verbs or _is_verb(word, said):
            return True
        ordinary = word.lower() in said and word.lower() in common_words()
        if ordinary and word.lower() not in TYPE_WORDS and region_of(words[:at]):
            return True
    return False


def _is_verb(word: str, said: Collection[str]) -> bool:
    if _BARE_VERB.fullmatch(word):  # "Naikkan" of a headline where the text has "menaikkan"
        return any(one.startswith("me") and one.endswith(word[1:]) for one in said)
    return _VERB.fullmatch(word) is not None and word.lower() in common_words()


def misprints(counts: Mapping[str, int], known: Collection[str]) -> Mapping[str, str]:
    """Name -> the name it is a misprint of: one letter of one long word is another, missing or
    too much, or two have changed places, and it is written seldomer or, the other being known,
    no oftener.

    Args:
        counts: normal forms of names with the mentions of each.
        known: those of them that are known and so no misprints.
    """
    out: dict[str, str] = {}
    for name, count in counts.items():
        if name in known:
            continue
        right = [
            other
            for other, often in counts.items()
            if other != name and often >= count + (other not in known) and _misprinted(name, other)
        ]
        if len(right) == 1:
            out[name] = right[0]
    return out


def _misprinted(wrong: str, name: str) -> bool:
    mine, its = wrong.split(), name.split()
    if len(mine) != len(its):
        return False
    unlike = [(a, b) for a, b in zip(mine, its, strict=True) if a != b]
    return len(unlike) == 1 and _one_letter(*unlike[0])


def _one_letter(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _MISPRINT or a[0] != b[0] or not (a + b).isalpha():
        return False
    if len(a) == len(b):
        at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] + a[at[1]] == b[at[1]] + b[at[0]]
        return len(at) == 1 or swapped
    few, many = sorted((a, b), key=len)
    return len(many) - len(few) == 1 and any(
        few == many[:i] + many[i + 1 :] for i in range(len(many))
    )
