"""Which of two names of an agency the document itself bears out."""

from __future__ import annotations

from rapidfuzz import fuzz

from kb.authority import norm

ALIKE = 75
"""Likeness (rapidfuzz token set ratio) from which two names are one, written twice. Set by hand;
no command measured it."""
OFTEN = 3
"""Times that the text says a name which counts against the title page's. Set by hand; no command
measured it."""


def borne_out(name: str, other: str, text: str) -> bool:
    """True where ``other`` is the ``name`` of a title page as the ``text`` has it: a cover's
    letters fell apart ("Dinas Per", "Dinas Perikanan dan Kelautan") or were misread, so that
    the text says the one nowhere and the other often."""
    short, long = norm(name), norm(other)
    if not short or short == long:
        return False
    said = f" {norm(text)} "
    alone = said.count(f" {short} ")
    if long.startswith(short) and long[len(short) :][:1].isalpha():
        return f" {long} " in said and alone <= 1
    return (
        alone <= 1
        and said.count(f" {long} ") >= OFTEN
        and fuzz.token_set_ratio(short, long) >= ALIKE
    )
