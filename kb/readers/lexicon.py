"""Judges text layers: how much of their words is language (``kb.authority.roots``)."""

from __future__ import annotations

import re

from kb.authority.roots import is_word, language_words

_BROKEN = re.compile(
    # A sign inside a word, an undefined character, digits inside a word or letters inside
    # a number: what bad OCR leaves ("Kinerf a", "tu.juan", "20r7", "zol4").
    r"[^\W\d_][^\w\s.,;:/()&'’\"”“\-–—‘+@%*#=|<>§°²³^\\][^\W\d_]|[\ufffd\ue000-\uf8ff]"
    r"|(?<!\w)[a-z]{2,}[.,;][a-z]{2,}(?!\w)|(?<!\w)(?:\d{1,3}[a-zA-Z]\d{1,2}|[a-z]{2,}\d[a-z]*|\d+[a-z]{2,}\d+)(?!\w)"
    r"|(?<!\w)[a-z]+[A-Z]{2,}[a-z]*(?!\w)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def quality(text: str) -> float:
    """How much of the words of ``text`` is language, from 0 to 1.

    Counts words of three letters and more: an Indonesian word scores 1, a capitalised
    name that could be one a half, broken strings 0. Text that is plainly English scores
    by its English function words. Empty text is 0.
    """
    tokens = [token for token in _TOKEN.findall(text) if len(token) >= 3]
    if not tokens:
        return 0.0
    english = sum(token.lower() in language_words("english") for token in _TOKEN.findall(text))
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
