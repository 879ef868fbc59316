"""Titles set in capitals, written as people write them."""

from __future__ import annotations

import re
from functools import cache

from kb import authority
from kb.authority import norm


def title_case(text: str) -> str:
    """``PEMERINTAH PROVINSI BANTEN`` -> ``Pemerintah Provinsi Banten``; text that is not all
    capitals, abbreviations and words with small letters stay as they are, but for a region or
    the like set in capitals behind them."""
    words = text.split()
    letters = [char for char in text if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < 0.75 * len(letters):
        calm = _SHOUTED.sub(lambda run: _calm(run.group(0)), " ".join(words))
        return _links().sub(lambda match: match.group(0).lower(), calm)
    text = " ".join(_word(word, index == 0) for index, word in enumerate(words))
    return re.sub(r"\bdalam (?=Negeri\b)", "Dalam ", text)


_SHOUTED = re.compile(r"(?<!\S)[A-Z]{3,}(?: [A-Z]{3,})+(?!\S)")
LOUD = 7
"""Letters of a word in capitals that is no short form. Set by hand; no command measured it."""


def _calm(run: str) -> str:
    """Words in capitals within a line of other writing (``Dinas Sosial PROVINSI SUMATERA
    UTARA``) as the rest of it is written; short forms stay."""
    if not any(len(word) >= LOUD for word in run.split()):
        return run
    return " ".join(_word(word, False) for word in run.split())


def _word(word: str, first: bool) -> str:
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda m: _piece(m.group(0), word, first), word)


def _piece(piece: str, word: str, first: bool) -> str:
    if not piece.isupper():
        return piece
    low = piece.lower()
    if low in _listed("small") and not first:
        return low
    written = _written().get(low)
    if written is not None:
        return written
    if piece in _listed("capitals") or (
        re.fullmatch(r"\([\w-]+\)[.,;:]?", word) and len(piece) > 1
    ):
        return piece
    if not re.search(r"[AEIOU]", piece) and len(piece) > 1:
        return piece  # cannot be said as a word
    if re.fullmatch(r"[IVXL]+", piece) and len(piece) <= 5:
        return piece
    return piece.capitalize()


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(authority.load().docwords[name])


@cache
def _links() -> re.Pattern[str]:
    """Words between others that no title sets with a capital letter."""
    words = "|".join(word.capitalize() for word in authority.load().docwords["small_between"])
    return re.compile(rf"(?<=[\w,)] )(?:{words})(?= [A-Z(])")


@cache
def _written() -> dict[str, str]:
    """How known short forms are written: ``rpjmd`` -> ``RPJMD``, ``bappeda`` -> ``Bappeda``."""
    known = authority.load()
    forms = {norm(group[0]): group[0] for group in known.abbreviations if group[0].isalpha()}
    for entry in known.doctypes.values():
        for word in re.split(r"[/ -]", entry["label"]):
            if word.isupper() or word in {"LKjIP", "Renja", "Renstra"}:
                forms[norm(word)] = word
    return forms
