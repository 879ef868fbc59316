"""Names found once are found again in the same document.

A model that reads one line at a time may miss a name it has found elsewhere in
the same text. Names it was sure of are looked for again: whole names of any
type, and the parts of a person's name that press texts use as short form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kb.model import Label, Mention
from kb.nlp.names.conventions import generic
from kb.nlp.names.initials import settle_initials
from kb.nlp.names.posts import in_title

SURE = 0.75
"""Mean marginal from which a mention may vouch for others. Set by hand; no command measured it."""

_WORD = re.compile(r"\w+(?:['’`.-]\w+)*")
_SHORT = re.compile(r"\w \(([A-Z][A-Z\d-]{2,9})\)")
"""The short form that a name of several words has in brackets."""
_PARTICLES = frozenset(
    {"bin", "binti", "van", "dari", "al", "abdul", "muhammad", "siti", "sri", "nur", "andi"}
)


def _votes(mentions: Sequence[Mention]) -> dict[str, dict[Label, float]]:
    votes: dict[str, dict[Label, float]] = defaultdict(lambda: defaultdict(float))
    for mention in mentions:
        if mention.confidence >= SURE:
            votes[mention.surface][mention.label] += mention.confidence
    return votes


def _wanted(mentions: Sequence[Mention]) -> Mapping[str, Label]:
    """Surfaces to look for: sure names with one label, and short forms of persons."""
    wanted: dict[str, Label] = {}
    votes = _votes(mentions)
    for surface, labels in votes.items():
        if len(labels) == 1 and len(surface) > 2 and surface[0].isupper() and "\n" not in surface:
            wanted[surface] = next(iter(labels))
    for mention in mentions:
        short = _SHORT.search(mention.surface)
        if short and mention.label != "PER" and short[1].lower() not in generic():
            wanted.setdefault(short[1], mention.label)
    for mention in mentions:
        if mention.label != "PER" or mention.confidence < SURE or " " not in mention.surface:
            continue
        for part in mention.surface.split(" "):
            if (
                len(part) > 3
                and part[0].isupper()
                and part.isalpha()
                and part.lower() not in _PARTICLES
            ):
                wanted.setdefault(part, "PER")
    return wanted


def _again(text: str, start: int, end: int, label: Label) -> Mention:
    return Mention(start, end, text[start:end], label, method="consistency", confidence=0.6)


def _free(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    at = 0
    for mention in mentions:
        if mention.start > at:
            yield at, mention.start
        at = max(at, mention.end)
    if at < len(text):
        yield at, len(text)


def repeat_names(
    text: str, mentions: Sequence[Mention], known: Sequence[Mention] = ()
) -> list[Mention]:
    """Mentions plus further occurrences of their names, left to right, no overlaps.

    Args:
        known: mentions of earlier pages of the same document.

    Returns:
        The mentions; added ones have method ``consistency`` and confidence 0.6.
    """
    mentions = settle_initials(text, mentions)
    wanted = _wanted([*known, *mentions])
    if not wanted:
        return list(mentions)
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in sorted(wanted, key=len, reverse=True):
        first = _RUN.match(name)
        by_first[first.group() if first else name[0]].append(name)
    added: list[Mention] = []
    for start, end in _free(text, mentions):
        for at, surface in _found(text, start, end, by_first):
            label = wanted[surface]
            if label == "ORG" and in_title(text, at, surface):
                continue
            if label != "PER" or not _beside_capital(text, at, at + len(surface)):
                added.append(_again(text, at, at + len(surface), label))
    return sorted([*mentions, *added], key=lambda mention: mention.start)


_RUN = re.compile(r"\w+")
_BEGIN = re.compile(r"(?<![\w.@/-])[^\W\d_]\w*")
_GOES_ON = re.compile(r"[\w@/-]")
_PAIR = re.compile(r"-[A-Z][a-z]{3,}(?![\w-])")
"""The second of a pair of candidates (``Ganendra-Mahesa``)."""


def _found(
    text: str, start: int, end: int, by_first: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """Where one of the names stands as whole words in ``text[start:end]``, longest first.

    ``by_first`` holds the names by their first word, so that one pattern serves every text.
    """
    done = start
    for begin in _BEGIN.finditer(text, start, end):
        at = begin.start()
        if at < done:
            continue
        for name in by_first.get(begin.group(), ()):
            after = at + len(name)
            goes_on = _GOES_ON.match(text, after, end) and not _PAIR.match(text, after, end)
            if text.startswith(name, at, end) and not goes_on:
                yield at, name
                done = after
                break


_CAPITAL_BEFORE = re.compile(r"(\S*\s)?([A-Z][\w.'’-]*) $")
_ADDRESS = frozenset({"Pak", "Bu", "Bapak", "Ibu", "Menurut", "Kata", "H.", "Hj.", "H", "Hj"})


def _beside_capital(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word touches the place: then it is a part of another name."""
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if following and following.group()[:1].isupper():
        return True
    before = _CAPITAL_BEFORE.search(text, max(0, start - 40), start)
    if before is None or before.group(2) in _ADDRESS:
        return False
    lead = before.group(1) or "."
    return lead.rstrip()[-1:] not in set('.!?"“”:') and "\n" not in lead
