"""Single names behind a form of address that the models left alone.

Shouted and hasty lower-case lines give the models little to go by: "KATA PAK OBAR", "wak bahar
berdiri", "Bu Cucun". What a form of address calls is a person, if it is one word that is no
office, no kind of body, no region and no ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.authority import norm
from kb.authority.words import common_words, name_parts, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import heads, is_region, listed
from kb.nlp.names.spans import ruled

_LETTERS = 3
"""Letters a name must have at least; in small letters one more. Set by hand; no command measured
it."""
_COMMON = frozenset({"bapak", "emak", "ibu", "mas"})
"""Forms that in small letters are ordinary words as well ("ibu penenun")."""
_OF_LETTERS = frozenset({"sdr", "sdri"})
"""Forms of letters and reports, which write names in capitals ("sdr. FURKAN")."""
_AFFIXED = re.compile(r"(?:me|be|pe|di|te|ke)\w{4,}|\w+(?:nya|kan|lah|kah|pun)$")
_NEXT = re.compile(r"[\w’'-]+")


def read_addressed(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with the single names that a form of address calls, left to right."""
    taken = {at for m in mentions for at in range(m.start, m.end)}
    found = [
        ruled(text, start, end, "PER")
        for start, end in _called(text)
        if taken.isdisjoint(range(start, end))
    ]
    return sorted([*mentions, *found], key=lambda m: m.start)


def _called(text: str) -> Iterator[tuple[int, int]]:
    for called in _address().finditer(text):
        name = _NEXT.match(text, called.end())
        if name is None or not _is_name(called["address"], name.group()):
            continue
        behind = _NEXT.match(text, name.end() + 1)
        if (
            behind is not None
            and text[name.end()] == " "
            and _goes_on(name.group(), behind.group())
        ):
            continue
        yield name.span()


def _is_name(address: str, word: str) -> bool:
    if not word.isalpha() or len(word) < _LETTERS + word.islower():
        return False
    alike = (address.islower() and word.islower()) or (address.isupper() and word.isupper())
    written = word.istitle() and (address[:1].isupper() or address not in _COMMON)
    named = word.isupper() and address.lower() in _OF_LETTERS
    if not (alike or written or named):
        return False
    low = norm(word)
    lex = lexicon()
    if word.islower() and low not in name_parts() and (address in _COMMON or _AFFIXED.match(low)):
        return False
    return not (
        low in common_words()
        or low in lex.not_person
        or low in lex.titles.first_words
        or low in lex.before_name
        or low in lex.address
        or low in lex.org_words
        or low in lex.region_types
        or low in heads()
        or word.title() in sections("beside.txt")["posts"]
        or word in listed()
        or is_region(word.title())
    )


def _goes_on(name: str, word: str) -> bool:
    """Whether a name of more words begins, which is for the models to end."""
    return word.istitle() and name.istitle()


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    words = sections("beside.txt")["calls"]
    forms = {form for word in words for form in (word, word.upper(), word.lower())}
    either = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<address>{either})\.?\s")
