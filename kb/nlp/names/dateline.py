"""Datelines: ``SINGARAJA, BALI TERKINI —`` names a place and the medium that reports.

A closed convention of press texts, so its form decides what is what where the model has
little else to go by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.model import Label, Mention
from kb.nlp.lexicon import lexicon

_WORD = r"[A-Z][\w.'’&/-]*"
_DASH = r"\s?(?:[–—]|--?|:)\s?(?=[\"“]?[A-Z\d])"
_LINE = re.compile(
    rf"^[ \t]*(?P<place>{_WORD}(?: {_WORD}){{0,3}})"
    rf"(?:, (?P<desk>{_WORD}(?: {_WORD}){{0,2}})"
    rf"| \((?P<agency>[A-Z][A-Za-z]{{2,}}(?: [A-Z]\w+)?)\)){_DASH}",
    re.MULTILINE,
)
_OFFICES = frozenset({"humas", "mc", "rls", "red", "adv", "kominfo", "diskominfo", "prokopim"})
"""Desks of a government's own press office: they say who wrote, not which medium."""


def read_datelines(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with the places and media of datelines, left to right, no overlaps."""
    out = list(mentions)
    places = authority.load().places
    for line in _LINE.finditer(text):
        name = line["place"]
        inside = [m for m in out if m.start < line.end("place") and line.start("place") < m.end]
        if norm(name).split()[0] in lexicon().titles.first_words:
            continue  # "KABID TIBUMTRANMAS, EEP SAEPUDIN:"
        known = norm(name) in places.by_norm or (len(inside) == 1 and inside[0].label == "LOC")
        if not known and (not name.isupper() or _is(inside, "ORG")):
            continue
        which = "desk" if line["desk"] else "agency"
        desk = norm(line[which])
        if not _is(inside, "LOC") and name.isupper():
            out = _put(text, out, line.start("place"), line.end("place"), "LOC")
        if desk in places.by_norm or desk.split()[0] in _OFFICES:
            continue
        out = _put(text, out, line.start(which), line.end(which), "ORG")
    return out


def _is(mentions: Sequence[Mention], label: Label) -> bool:
    return any(m.label == label for m in mentions)


def _put(
    text: str, mentions: Sequence[Mention], start: int, end: int, label: Label
) -> list[Mention]:
    """``mentions`` with exactly this span, instead of what overlaps it."""
    kept = [m for m in mentions if m.end <= start or m.start >= end]
    touched = [m for m in mentions if m not in kept]
    if len(touched) == 1 and (touched[0].start, touched[0].end) == (start, end):
        made = replace(touched[0], label=label)
    elif any(m.start < start or m.end > end for m in touched):
        return list(mentions)
    else:
        made = Mention(start, end, text[start:end], label, method="dateline", confidence=0.8)
    return sorted([*kept, made], key=lambda m: m.start)
