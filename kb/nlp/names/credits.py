"""Who made a text: datelines within a line, labels of a footer, sources in brackets.

Feeds lose the line breaks, so that dateline and footer stand within the running text: ``Jakarta
(ANTARA) -``, ``... Kabupaten Lebak Pewarta: Rina Editor: Budi Copyright © ANTARA 2025``. A label
ends the name before it and is followed by a person; behind the sign of copyright stands a medium.
``UIN Siber Cirebon (Bandung) –`` is a desk and the place it reports from, ``(MC Kominfo)`` one at
the end; the address of a government's site is no medium.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words, either, sections
from kb.model import Label, Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import first_word, heads, is_region
from kb.nlp.names.spans import moved, ruled

BELIEVED = 0.8
"""Chance from which a body behind a label stays one ("Editor: Humas"). Set by hand; no command
measured it."""

_LIST = "beside.txt"
_LABEL = re.compile(rf"(?<!\w)(?:{either(_LIST, 'credits')})\s?:\s?")
_RIGHTS = r"(?:Copyright|COPYRIGHT|Hak Cipta)(?!\w)"
_ENDS = re.compile(rf"\s?(?:(?:{either(_LIST, 'credits')})\s?:|{_RIGHTS})")
_BEHIND = re.compile(rf"\s?(?:(?:{either(_LIST, 'credits')})|{_RIGHTS})(?!\w)")
_NAME = re.compile(r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,4}")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|\d")
_COPYRIGHT = re.compile(
    rf"(?:{_RIGHTS}\s?(?:©|\([cC]\))?|©)\s?([A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}})(?=,? (?:19|20)\d\d)"
)
_NEWSROOM = re.compile(r"(?<!\w)Kantor Berita [A-Z]\w+(?: [A-Z]\w+)?(?!\w)")
_AGENCY = re.compile(
    rf"(?<![\w.])(?P<place>[A-Z][\w-]*(?: [A-Z][\w-]*){{0,3}}) "
    rf"\((?P<agency>{either(_LIST, 'agencies')})\)\s?[–—-]{{1,2}}\s?(?=[\"“]?[A-Z\d])"
)
_DESK = re.compile(
    r"^(?P<desk>[A-Z][^\n()]{2,60}) \((?P<place>[A-Z][^\n()]{2,30})\)\s?[–—-]\s", re.M
)
_SITE = re.compile(
    r"\((?:[Ss]umber ?: ?)?((?![\w.-]+\.(?:go|ac|or|sch|desa)\.id)"
    r"(?:[\w-]+\.)+(?:com|net|co\.id|id))\)\s*(?=\n|$)"
)
_CENTER = re.compile(
    r"(?:\(\s?|^|© ?)((?:MC|Mc)(?:\.? |-)[A-Z]\w+(?: [A-Z]\w+){0,3})(?=\s?\)|\s*$)", re.M
)
"""A government's media center as the source (``(MC Kominfo)``)."""


def read_credits(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with those who made the text, left to right, no overlaps."""
    out = _ended(text, mentions)
    for desk in _DESK.finditer(text):
        out = _desk(text, out, desk)
    for line in _AGENCY.finditer(text):
        out = _put(text, out, *line.span("agency"), "ORG")
        out = _dateline(text, out, *line.span("place"))
    for label in _LABEL.finditer(text):
        out = _credited(text, out, label.end())
    for pattern in (_COPYRIGHT, _SITE, _CENTER):
        for medium in pattern.finditer(text):
            out = _put(text, out, *medium.span(1), "ORG")
    for room in _NEWSROOM.finditer(text):
        out = _put(text, out, *room.span(), "ORG")
    return sorted(out, key=lambda m: m.start)


def _ended(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` that end where a label begins; a label itself is no name."""
    out = []
    for mention in mentions:
        label = _ENDS.search(text, mention.start, min(len(text), mention.end + 16))
        if label is None or label.start() >= mention.end:
            label = _last(text, mention)
        if label is None:
            out.append(mention)
        elif label.start() > mention.start:
            out.append(moved(text, mention, mention.start, label.start()))
    return out


def _last(text: str, mention: Mention) -> re.Match[str] | None:
    """The label or mark of rights that the name was taken to end with."""
    for label in _BEHIND.finditer(text, mention.start, mention.end):
        rest = text[label.end() : label.end() + 3]
        if label.end() == mention.end and re.match(r"\s?[:©(]", rest):
            return label
    return None


def _desk(text: str, mentions: list[Mention], desk: re.Match[str]) -> list[Mention]:
    """A body and, in brackets before a dash, the place it reports from."""
    whole = [m for m in mentions if m.start < desk.end("place") and desk.start("desk") < m.end]
    place = desk["place"]
    first = first_word(desk["desk"])
    body = first in heads() or any(m.label == "ORG" for m in whole)
    if not body or not is_region(place) or is_region(desk["desk"]):
        return mentions
    if any(m.start < desk.start("desk") or m.end > desk.end("place") + 1 for m in whole):
        return mentions
    sure = max([m.confidence for m in whole], default=0.0)
    kept = [m for m in mentions if m not in whole]
    kept.append(ruled(text, *desk.span("desk"), "ORG", max(sure, BELIEVED)))
    return [*kept, ruled(text, *desk.span("place"), "LOC", BELIEVED)]


def _dateline(text: str, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """The place of a dateline that begins within a line: the longest region it ends with."""
    if any(m.start < end and start < m.end for m in mentions):
        return mentions
    while start < end and not _is_place(text[start:end]):
        start = text.find(" ", start, end) + 1 or end
    return [*mentions, ruled(text, start, end, "LOC")] if start < end else mentions


def _is_place(name: str) -> bool:
    kind, _, bare = norm(name).partition(" ")
    known = authority.load().places.by_norm
    return is_region(name) or norm(name) in known or (kind in TYPE_WORDS and bare in known)


def _credited(text: str, mentions: list[Mention], at: int) -> list[Mention]:
    """The person behind a label."""
    name = _NAME.match(text, at)
    if name is None:
        return mentions
    stop = _BEHIND.search(text, at, name.end() + 1)
    end = stop.start() if stop else name.end()
    words = text[at:end].split()
    if not words or not _may_be_person(words):
        return mentions
    while len(words[-1]) > 2 and words[-1].endswith("."):
        words[-1] = words[-1][:-1]
    end = at + len(" ".join(words))
    over = [m for m in mentions if m.start < end and at < m.end]
    if any(m.end > end or m.start < at for m in over):
        return mentions
    if any(m.label == "ORG" and m.confidence >= BELIEVED for m in over):
        return mentions
    return [
        replace(m, method="rule") if m.start == at else m
        for m in _put(text, mentions, at, end, "PER")
    ]


def _may_be_person(words: Sequence[str]) -> bool:
    lex = lexicon()
    first = norm(words[0])
    if first in heads() or first in _desks() or _INNER_CAPITAL.search(" ".join(words)):
        return False
    if words[0].isupper() and len(words) == 1:
        return False
    return not any(w.lower() in common_words() or norm(w) in lex.org_words for w in words[:2])


@lru_cache(maxsize=1)
def _desks() -> frozenset[str]:
    """Desks and accounts that sign texts and are no persons, in lower case."""
    return frozenset(sections(_LIST)["desks"])


def _put(text: str, mentions: list[Mention], start: int, end: int, label: Label) -> list[Mention]:
    """``mentions`` with exactly this span, unless a longer one covers it."""
    over = [m for m in mentions if m.start < end and start < m.end]
    if any(m.start < start or m.end > end for m in over):
        return mentions
    kept = [m for m in mentions if m not in over]
    same = [m for m in over if (m.start, m.end, m.label) == (start, end, label)]
    return [*kept, *(same or [ruled(text, start, end, label)])]
