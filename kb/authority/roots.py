"""Which strings are Indonesian words: roots of the Sastrawi dictionary with affixes.

The root list comes with PySastrawi (MIT, after Nazief & Adriani); affixes follow the grammar
of the language.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from kb.authority.words import sections

_SUFFIX = ("nya", "lah", "kah", "pun", "ku", "mu", "kan", "an", "i")
_PREFIX = (
    "memper", "diper", "menge", "penge", "meng", "meny", "peng", "peny", "mem", "men", "pem",
    "pen", "ber", "ter", "per", "pel", "bel", "me", "di", "ke", "se", "pe", "be", "te",
)  # fmt: skip
_LOST = {"meny": "s", "peny": "s", "mem": "p", "pem": "p", "men": "t", "pen": "t", "meng": "k",
         "peng": "k"}  # fmt: skip


@cache
def language_words(section: str) -> frozenset[str]:
    """Words of a section of ``language.txt``, lower case."""
    return frozenset(word for line in sections("language.txt")[section] for word in line.split())


@cache
def roots() -> frozenset[str]:
    """Root words of the Sastrawi dictionary and frequent words it lacks, lower case."""
    text = files("Sastrawi.Stemmer").joinpath("data/kata-dasar.txt").read_text("utf-8")
    found = frozenset(line.strip() for line in text.split("\n") if line.strip())
    return found | language_words("indonesian")


@lru_cache(maxsize=100_000)
def is_word(word: str) -> bool:
    """True for an Indonesian word: a root, an affixed root, or a doubled one."""
    low = word.lower()
    if low in roots():
        return True
    if "-" in low:
        parts = low.split("-")
        return all(len(part) > 1 and is_word(part) for part in parts)
    return any(_rooted(stem) for stem in _unsuffixed(low))


def _unsuffixed(word: str) -> list[str]:
    found = [word]
    for _ in range(3):
        found += [
            stem[: -len(suffix)]
            for stem in found
            for suffix in _SUFFIX
            if stem.endswith(suffix) and len(stem) - len(suffix) >= 3
        ]
    return list(dict.fromkeys(found))


def _rooted(word: str, depth: int = 0) -> bool:
    known = roots()
    if len(word) >= 3 and word in known:
        return True
    if depth >= 3:
        return False
    for prefix in _PREFIX:
        if not word.startswith(prefix) or len(word) - len(prefix) < 3:
            continue
        rest = word[len(prefix) :]
        if len(rest) >= 4 and (rest in known or _rooted(rest, depth + 1)):
            return True
        lost = _LOST.get(prefix)
        if lost and (lost + rest in known):
            return True
    return False
