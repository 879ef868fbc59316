"""The subject of a scanned decree as its recitals say it again, where its head was misread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from kb.authority import norm
from kb.describe.front import Front
from kb.describe.legible import known_words, share_known

SAME = 82
"""Likeness (rapidfuzz ratio) from which two readings are of one subject."""
_SIGNS = re.compile(r"""["“”‘'|<>{}¢£—]|-\d""")


def clearer_subject(subject: str, front: Front) -> str:
    """``subject``, or its clearest repetition behind "tentang" in the first pages: the one
    more of whose words are known, without signs that no subject has."""
    if not front.scanned or len(subject) < 20:
        return subject
    known = known_words(front.tops)

    def doubt(text: str) -> float:
        return 1 - share_known(text, known) + 0.2 * len(_SIGNS.findall(text))

    own = doubt(subject)
    if not own:
        return subject
    folded = norm(subject)
    figures = set(re.findall(r"\d{4}", subject))
    others = [
        other
        for other in dict.fromkeys(_repetitions(" ".join(front.body.split()), len(subject)))
        if fuzz.ratio(norm(other), folded) >= SAME
        and _same_ends(norm(other).split(), folded.split())
        and figures <= set(re.findall(r"\d{4}", other))
    ]
    clearest = min(map(doubt, others), default=own)
    if clearest >= own:
        return subject
    alike = [other for other in others if doubt(other) <= clearest]
    return max(alike, key=lambda other: fuzz.ratio(norm(other), folded)).upper()


def _same_ends(words: list[str], others: list[str]) -> bool:
    """True where both begin and end with the same word, slips of OCR aside."""
    return all(fuzz.ratio(words[at], others[at]) >= SAME - 7 for at in (0, -1))


def _repetitions(text: str, size: int) -> Iterator[str]:
    """What stands behind each "tentang", about ``size`` characters long: up to a sign, or to a
    year that ends it."""
    for match in re.finditer(r"(?i)\btentang\s+", text):
        window = text[match.end() : match.end() + round(1.2 * size) + 12]
        for end in re.finditer(r"(?<=[\w)])(?=[,.;:]|$)|(?<=\b(?:19|20)\d\d)(?=\s)", window):
            if end.start() >= 0.8 * size:
                yield window[: end.start()]
