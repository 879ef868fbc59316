"""Kings and courts: titles stay outside a name, numerals belong to it.

``KGPA Tedjowulan``, ``Sri Susuhunan Pakubuwono XIII`` and ``GKR Timoer`` are persons whatever the
models made of the letters; ``PB XIII`` is one where the text speaks of that dynasty. A court that
acts (``Raja Keraton Surakarta``, ``pihak Keraton Surakarta``) is a body throughout the text; one
that is only stood in stays a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, either, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import is_region
from kb.nlp.names.spans import moved, ruled

BORN = 0.8
"""Confidence of a name behind a title of birth that no model has found. Set by hand; no command
measured it."""

_LIST = "beside.txt"
_TITLES = rf"(?:(?:{either(_LIST, 'crowns')}) )+"
_TITLE = re.compile(rf"(?<![\w.]){_TITLES}(?=[A-Z])")
_NAME = re.compile(r"[A-Z][\w'’]*(?: [A-Z][\w'’]*){0,4}")
_NUMERAL = re.compile(r"(?: \([A-Z]{2}\))? (?:[IVX]{2,5}|I|V|X)(?!\w)")
_COURT = re.compile(
    r"(?<!\w)(?:Ke?raton (?:(?:Kasunanan|Kesultanan) )?|Kasunanan |Kesultanan )(?=[A-Z])"
)
_SEAT = re.compile(r"(?: Hadiningrat)?")
_ACTS = re.compile(
    rf"(?:{either(_LIST, 'of_court')})\s(?:Ke?raton|Kasunanan|Kesultanan)\s(?=[A-Z])"
)


def read_crowns(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with kings and courts, left to right, no overlaps."""
    out = list(mentions)
    for title in _TITLE.finditer(text):
        out = _titled(text, out, title.start(), title.end())
    for start, end in _numbered(text):
        out = _put(text, out, start, end)
    return sorted(_courts(text, out), key=lambda m: m.start)


def _titled(text: str, mentions: list[Mention], start: int, begin: int) -> list[Mention]:
    """The person behind a title of birth or of a king."""
    found = _NAME.match(text, begin)
    if found is None or is_region(found.group()):
        return mentions
    over = sorted(
        (m for m in mentions if m.start < found.end() and start < m.end), key=lambda m: m.start
    )
    if any(m.start < start for m in over):
        return mentions
    at, end = begin, begin
    for mention in over:
        if mention.start > at + 1:
            break
        at = end = max(end, mention.end)
    if end <= begin:
        end = _plain_end(text, found)
    # A place or body begins with these letters, too ("KPH Pekalongan Barat").
    name = text[begin:end]
    if end <= begin or norm(name) in authority.load().places.by_norm or is_region(name):
        return mentions
    number = _NUMERAL.match(text, end)
    end = number.end() if number else end
    gone = [m for m in over if m.start < end]
    sure = max([m.confidence for m in gone if m.label == "PER"], default=0.0)
    kept = [m for m in mentions if m not in gone]
    if len(gone) == 1 and gone[0].label == "PER":
        return [*kept, moved(text, gone[0], begin, end)]
    return [*kept, ruled(text, begin, end, "PER", max(sure, BORN))]


def _plain_end(text: str, found: re.Match[str]) -> int:
    """Where the name ends that no model has found: before an ordinary word or a post."""
    at = found.start()
    end = at
    titles = lexicon().titles.first_words
    for word in found.group().split(" "):
        if word.lower() in common_words() or norm(word) in titles:
            break
        end = at + len(word)
        at = end + 1
    return end


@lru_cache(maxsize=1)
def _dynasties() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The initials of each dynasty's kings, and what its text calls them in full."""
    rows = ([form.strip() for form in line.split("|")] for line in sections(_LIST)["dynasties"])
    return tuple(
        (short, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)"))
        for short, *forms in rows
    )


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    """Kings with their numerals: ``Pakubuwono (PB) XIII``, and ``PB XIII`` in such a text."""
    for short, full in _dynasties():
        known = False
        for name in full.finditer(text):
            known = True
            number = _NUMERAL.match(text, name.end())
            if number:
                yield name.start(), number.end()
        if known:
            pattern = rf"(?<![\w.]){short} (?:[IVX]{{1,5}})(?!\w)"
            yield from (m.span() for m in re.finditer(pattern, text))


def _put(text: str, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """``mentions`` with the king at ``text[start:end]``, unless he is a part of another name."""
    over = [m for m in mentions if m.start < end and start < m.end]
    if any(m.start < start and (m.label != "PER" or m.end > end) for m in over):
        return mentions
    kept = [m for m in mentions if m not in over]
    front = min([start, *(m.start for m in over if m.label == "PER")])
    return [*kept, ruled(text, front, end, "PER")]


def _courts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``Keraton Kasunanan Surakarta Hadiningrat`` as one name, and a body where the court acts."""
    acts = bool(_ACTS.search(text))
    out = list(mentions)
    for court in _COURT.finditer(text):
        inside = [m for m in out if m.start <= court.end() < m.end and m.label != "PER"]
        if len(inside) != 1:
            continue
        found = inside[0]
        if found.start < court.start():
            continue
        seat = _SEAT.match(text, found.end)
        end = seat.end() if seat else found.end
        whole = moved(text, found, court.start(), end)
        kept = [m for m in out if m is not found]
        if any(m.start < end and court.start() < m.end for m in kept):
            continue
        out = [*kept, replace(whole, label="ORG") if acts else whole]
    return out
