"""Knows which strings are Indonesian words: roots of the Sastrawi dictionary with affixes.

Used to judge text layers and to mend words that a page broke or glued together. The
root list comes with PySastrawi (MIT, after Nazief & Adriani); affixes follow the
grammar of the language.
"""

from __future__ import annotations

import re
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
_BROKEN = re.compile(
    # A sign inside a word, an undefined character, digits inside a word or letters inside
    # a number: what bad OCR leaves ("Kinerf a", "tu.juan", "20r7", "zol4").
    r"[^\W\d_][^\w\s.,;:/()&'’\"”“\-–—‘+@%*#=|<>§°²³^\\][^\W\d_]|[\ufffd\ue000-\uf8ff]"
    r"|(?<!\w)[a-z]{2,}[.,;][a-z]{2,}(?!\w)|(?<!\w)(?:\d{1,3}[a-zA-Z]\d{1,2}|[a-z]{2,}\d[a-z]*|\d+[a-z]{2,}\d+)(?!\w)"
    r"|(?<!\w)[a-z]+[A-Z]{2,}[a-z]*(?!\w)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(word for line in sections("language.txt")[section] for word in line.split())


@cache
def roots() -> frozenset[str]:
    """Root words of the Sastrawi dictionary and frequent words it lacks, lower case."""
    text = files("Sastrawi.Stemmer").joinpath("data/kata-dasar.txt").read_text("utf-8")
    found = frozenset(line.strip() for line in text.split("\n") if line.strip())
    return found | _words("indonesian")


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


def quality(text: str) -> float:
    """How much of the words of ``text`` is language, from 0 to 1.

    Counts words of three letters and more: an Indonesian word scores 1, a capitalised
    name that could be one a half, broken strings 0. Text that is plainly English scores
    by its English function words. Empty text is 0.
    """
    tokens = [token for token in _TOKEN.findall(text) if len(token) >= 3]
    if not tokens:
        return 0.0
    english = sum(token.lower() in _words("english") for token in _TOKEN.findall(text))
    if english > 0.15 * len(tokens):
        return min(1.0, 0.5 + 2 * english / len(tokens))
    score = 0.0
    for token in tokens:
        if is_word(token):
            score += 1
        elif token[0].isupper() and (token[1:].islower() or token.isupper()):
            score += 0.5
    broken = len(_BROKEN.findall(text))
    return max(0.0, (score - broken) / len(tokens))
