"""Where the name of a body ends and that of its head begins, and what a degree tells.

In "ketua KNPI SBT Din Kelian" and "Sekretaris Dinas Kesehatan Elwana, SKM" body and person stand
side by side in capitals, and the models make one name of them. Behind a post a body ends with its
region, or with the last word of its own before a name that a degree follows. Who bears a degree
is a person ("Camat Muhtar, S.Sos").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words, either
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import heads, is_region
from kb.nlp.names.spans import moved

_POST = re.compile(
    rf"(?<![\w-])(?:{either('beside.txt', 'headships')})(?:\s(?:umum|harian|I{{1,3}}))?\s$",
    re.IGNORECASE,
)
_REACH = 32
"""Characters before a body in which the post stands."""
_DEGREE = re.compile(r",?\s?([A-Z][A-Za-z]{0,4}(?:\.\s?[A-Za-z]{1,4})*)\.?(?=[\s,.;)]|$)")
_REGION = re.compile(either("beside.txt", "regions_always"))
_PERSON = re.compile(r"[A-Z][a-z'’]{2,}|[A-Z]\.|[A-Z][a-z]\.")
_MOST = 4
"""Words of a name at most. Set by hand; no command measured it."""


def part_bodies(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with heads of bodies apart from their bodies, left to right, and with places
    and bodies of one word that bear a degree as persons."""
    out: list[Mention] = []
    for mention in mentions:
        if mention.label != "PER" and _is_learned(text, mention):
            mention = replace(mention, label="PER")
        out.extend(_parted(text, mention) if mention.label == "ORG" else [mention])
    return out


def _degree(text: str, end: int) -> bool:
    found = _DEGREE.match(text, end)
    if found is None:
        return False
    written = found[1]
    marked = "." in written or text[end : end + 1] == ","
    return marked and norm(written).replace(" ", "") in lexicon().degrees


def _is_learned(text: str, mention: Mention) -> bool:
    word = mention.surface
    if not word.isalpha() or not word[0].isupper() or (word.isupper() and len(word) < _MOST):
        return False
    return not is_region(word.title()) and _degree(text, mention.end)


def _parted(text: str, mention: Mention) -> list[Mention]:
    words = mention.surface.split(" ")
    if len(words) < 3 or not _POST.search(text, max(0, mention.start - _REACH), mention.start):
        return [mention]
    at = _person_at(words, _degree(text, mention.end))
    if at is None:
        return [mention]
    start = mention.start + len(" ".join(words[:at])) + 1
    body = moved(text, mention, mention.start, start - 1)
    return [body, replace(moved(text, mention, start, mention.end), label="PER")]


def _person_at(words: Sequence[str], degree: bool) -> int | None:
    """The number of the first word of a person's name at the end of a body's, if one is there."""
    for at in range(2, len(words)):
        rest = words[at:]
        if len(rest) > _MOST or not all(map(_may_be_name, rest)):
            continue
        if degree and len(rest) <= 2 and norm(words[0]) in heads():
            return at
        if len(rest) > 1 and _ends_region(words[:at]):
            return at
    return None


def _ends_region(words: Sequence[str]) -> bool:
    last = words[-1]
    return bool(_REGION.fullmatch(last)) or is_region(last) or is_region(" ".join(words[-2:]))


def _may_be_name(word: str) -> bool:
    low = norm(word)
    return bool(_PERSON.fullmatch(word)) and not (
        low in common_words()
        or low in lexicon().org_words
        or low in heads()
        or low in TYPE_WORDS
        or is_region(word)
    )
