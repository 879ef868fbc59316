"""Which name of an agency the document itself bears out: of two, or of one that its line broke."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.authority import norm
from kb.describe.body_lines import BEHIND_NAME
from kb.describe.doctype import head_type
from kb.describe.front import doc_words

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


LINES = 4
"""Lines below that the end of a broken name may stand on. Set by hand; no command measured it."""


def unbroken(name: str, below: Sequence[str], text: str) -> str:
    """The name with the line that a title page broke off it, where the ``text`` says both as one
    name again ("... Perlindungan Anak, dan Keluarga" above "Berencana"). ``below``: the lines
    from the name's first one on."""
    said = f" {norm(text)} "
    short = norm(name)
    for line in below[1:LINES]:
        rest = BEHIND_NAME.sub("", line).strip(" .,:;-")
        words = norm(rest)
        if not words or short.endswith(words):
            continue
        if not rest[:1].isalpha() or len(words.split()) > 6 or _begins_anew(words):
            return name
        if said.count(f" {short} {words} ") > 1:
            return f"{name} {rest}"
        return name
    return name


_LEVELS = frozenset(["kabupaten", "kota", "provinsi", "propinsi", "desa", "jalan", "jl", "oleh"])


def _begins_anew(words: str) -> bool:
    """True for a line that names something else: a region, another agency, a document."""
    first = words.split()[0]
    bodies = {body.split()[0] for body in doc_words()["bodies"]}
    return first in _LEVELS or first in bodies or first == "tahun" or head_type(words) is not None
