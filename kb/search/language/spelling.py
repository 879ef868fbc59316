"""Words as many write them, in the spelling of the dictionary (``words.toml``, [spelling]).

"resiko", "beresiko" and "risiko" are one word to the index. What stands between quotation
marks is looked for as written.
"""

from __future__ import annotations

import re
from functools import cache

from kb.search.language.words import special

_PREFIXES = (
    "(?:(?:memper|mempe|menge|meng|meny|mem|men|me|di|ter|ber|be|pe|pem|pen|peng|per|ke|se)*)"
)
_SUFFIXES = "(?:an|i|kan|nya|lah|kah|pun|ku|mu)*"


@cache
def _pattern() -> re.Pattern[str]:
    longest = "|".join(sorted(special().spelling, key=len, reverse=True))
    return re.compile(f"({_PREFIXES}?)({longest})({_SUFFIXES})")


def standard(word: str) -> str:
    """The folded ``word`` with its root in standard spelling; mostly ``word`` itself."""
    match = _pattern().fullmatch(word)
    if not match:
        return word
    before, root, after = match.groups()
    return before + special().spelling[root] + after


def variants_of(root: str) -> tuple[str, ...]:
    """Roots that are written for ``root``."""
    return tuple(other for other, standard in special().spelling.items() if standard == root)
