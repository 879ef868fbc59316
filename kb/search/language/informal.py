"""Verbs as people say and type them, back in the form that documents use.

Colloquial Indonesian replaces *meng-* by a nasal alone (*nyumbang*, *ngitung*, *nulis*) and
*-kan* or *-i* by *-in* (*gantiin*). After Sneddon, "Colloquial Jakartan Indonesian" (2006),
chapter 2.
"""

from __future__ import annotations

MIN_LETTERS = 5
_VOWELS = "aiueo"
_NASALS = (
    ("nge", ("",)),
    ("ng", ("", "h", "k", "g")),
    ("ny", ("s", "c")),
    ("n", ("t", "")),
    ("m", ("p", "")),
)
"""What a nasal at the beginning may stand for."""


def formal_forms(word: str) -> list[str]:
    """Formal words that the folded ``word`` may be said for, the likeliest first."""
    if len(word) < MIN_LETTERS or not word.isalpha():
        return []
    bases = [word]
    for nasal, sounds in _NASALS:
        rest = word[len(nasal) :]
        if word.startswith(nasal) and (nasal == "nge" or rest[:1] in tuple(_VOWELS)):
            bases += [sound + rest for sound in sounds]
    forms = bases[1:]
    for base in bases:
        if base.endswith("in") and len(base) > MIN_LETTERS:
            forms += [base[:-2] + "kan", base[:-2] + "i", base[:-2]]
    return list(dict.fromkeys(form for form in forms if form != word))
