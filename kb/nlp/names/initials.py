"""Initials and glued honorifics that are persons because the text spells them out.

``Rusdi Halim Nasution (RHN)``, ``RHN (Rusdi Halim Nasution)``, ``biasa dipanggil RHN``: from
there every ``RHN`` of the text is he, also "saudara RHN". The letters must stand in the name in
its order, and must be no body's and no post's. ``HM Nurdin`` is a person whose honorific is glued
to an initial. Initials that hide a name ("berinisial IS") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority.words import common_words, name_parts, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.lines import line_at
from kb.nlp.names.spans import ruled
from kb.nlp.same_person import initials

FEWEST = 3
"""Letters that speak for a name without being the first of each of its words."""
SURE = 0.75
"""Mean marginal from which a name may vouch for its initials, as for other short forms. Set by
hand; no command measured it."""

_HIDDEN = re.compile(r"[A-Z]{1,4}|[A-Z]\.")
_BRACKETED = re.compile(r"[^\n()]{0,25}? ?\(([A-Z]{2,4})\)")
_RIGHT_BEHIND = re.compile(r"(?:, ?[A-Z][\w.]{1,8}){0,3} ?\(([A-Z]{2,4})\)")
_SPELT_OUT = re.compile(r"(?:^|(?<![\w.])[a-z]\w* |[.,:;\"“(] ?)([A-Z]{2,4}) ?\($")
_INTO = re.compile(r"(?:[A-Z][^\n()]{0,90} )?(?:(?:H|Hj|Ir|Dr|Drs)\.? )?$")
_OUT_OF = re.compile(r"[^\n()]{0,90}\)")
_CALLED = re.compile(
    r"(?:(?:akrab|biasa|kerap|sering) (?:disapa|dipanggil)|(?:disapa|dipanggil) akrab)"
    r" [\"“']?([A-Z]{2,4})\b"
)
_SPEAKER = re.compile(r"^\s*([A-Z]{2,4})(?=:\s)", re.MULTILINE)
"""Initials that open a turn of an interview (``AFW: Betul.``)."""
_GLUED = re.compile(r"(?<![\w.])(K?HM|H[ABRS]) ([A-Z][a-z]{2,})(?! ?[A-Z][a-z]|[\w-])")
_NO_PERSON = re.compile(r"(?:PT|CV|UD|Jalan|Jl|Jln|Gang|Masjid|Stadion|RSUD|RS|Bandara)\.?\s$")
_OF_WHOM = re.compile(
    r"(?:[Bb]ernama|[Ss]audara|[Aa]lmarhum|[Bb]apak|[Pp]ak|[Aa]yah\w*,?|[Ii]bu\w*,?)\s$"
)


def settle_initials(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with the initials of persons the text names in full, wherever they stand, and
    without other initials taken for persons."""
    mentions = _glued(text, mentions)
    full = {initials(m.surface) for m in mentions if m.label == "PER" and " " in m.surface}
    told = set(_told(text, mentions))
    kept = [
        m
        for m in mentions
        if m.label != "PER"
        or not _HIDDEN.fullmatch(m.surface)
        or m.surface in full | told
        or _said_aloud(text, m)
    ]
    for speaker in _SPEAKER.finditer(text):
        if speaker[1] in full and not any(m.start == speaker.start(1) for m in kept):
            kept.append(_again(text, *speaker.span(1)))
    told |= {m.surface for m in kept if m.label == "PER" and _HIDDEN.fullmatch(m.surface)}
    for short in sorted(told):
        kept = _everywhere(text, kept, short)
    return sorted(kept, key=lambda m: m.start)


def _said_aloud(text: str, mention: Mention) -> bool:
    """Whether a short name that can be said as a word stands in a line all in capitals."""
    line = line_at(text, mention.start)
    aloud = len(mention.surface) >= FEWEST and re.search("[AIUEO]", mention.surface)
    return bool(aloud) and line.isupper() and len(line) > 2 * len(mention.surface)


def _told(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Initials that the text spells out as a person's, or calls one by."""
    bodies = {
        short
        for m in mentions
        if m.label != "PER" and " " in m.surface
        for short in re.findall(r"\(([A-Z]{2,4})\)", m.surface)
    }
    for mention in mentions:
        if mention.label != "PER" or not _is_sure(mention):
            continue
        name = mention.surface
        behind = _BRACKETED.match(text, mention.end)
        if behind and behind[1] == initials(name) and _is_free(behind[1], bodies):
            yield behind[1]
        behind = _RIGHT_BEHIND.match(text, mention.end)
        if behind and stand_for(behind[1], name) and _is_free(behind[1], bodies):
            yield behind[1]
        lead = text.rfind("(", max(0, mention.start - 110), mention.start)
        if lead < 0 or not _INTO.fullmatch(text[lead + 1 : mention.start]):
            continue
        before = _SPELT_OUT.search(text, max(0, lead - 24), lead + 1)
        if before is None or _OUT_OF.match(text, mention.end) is None:
            continue
        if stand_for(before[1], name) and _is_free(before[1], bodies):
            yield before[1]
    for called in _CALLED.finditer(text):
        if _is_free(called[1], bodies):
            yield called[1]


def _is_sure(mention: Mention) -> bool:
    """Whether the name is one: by chance, by a rule, or by its first word."""
    guess = mention.method.startswith("crf") and mention.confidence < SURE
    return not guess or mention.surface.partition(" ")[0].lower() in name_parts()


def stand_for(letters: str, name: str) -> bool:
    """Whether ``letters`` can be a person's initials: the first of each word of the name, or at
    least ``FEWEST`` of its letters in order, from the first on."""
    if letters == initials(name):
        return True
    if len(letters) < FEWEST or name[:1].upper() != letters[0]:
        return False
    have = iter(re.sub(r"[^A-Z]", "", name.upper()))
    return all(any(letter == other for other in have) for letter in letters)


def _is_free(letters: str, bodies: set[str]) -> bool:
    """Whether no body, post or thing is known by these letters."""
    known = authority.load()
    low = letters.lower()
    return not (
        letters in bodies
        or letters in _never()
        or known.institutions.match([low])[0]
        or (low,) in lexicon().titles.by_words
        or low in lexicon().titles.short
    )


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    parties = sections("agencies.txt")["partai"]
    short = (form.strip() for line in parties for form in line.split("|"))
    return frozenset((*sections("beside.txt")["no_initials"], *short))


def _everywhere(text: str, mentions: list[Mention], short: str) -> list[Mention]:
    """``mentions`` with ``short`` as a person wherever it stands alone."""
    out = list(mentions)
    for found in re.finditer(rf"(?<![\w.@/&-]){short}(?![\w@/&-]|\.\w)", text):
        start, end = found.span()
        over = [m for m in out if m.start < end and start < m.end]
        if any((m.start, m.end) != (start, end) for m in over) or _shouted(text, start, end):
            continue
        out = [m for m in out if m not in over]
        out.append(replace(over[0], label="PER") if over else _again(text, start, end))
    return out


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the letters are an ordinary word (``DAN``) among others in capitals."""
    if text[start:end].lower() not in common_words():
        return False
    before = re.search(r"([A-Z]{2,}) $", text[max(0, start - 30) : start])
    return bool(before or re.match(r" [A-Z]{2,}\b", text[end : end + 20]))


def _again(text: str, start: int, end: int) -> Mention:
    return replace(ruled(text, start, end, "PER"), method="consistency")


def _glued(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with ``HM Nurdin`` as one person, whatever the models made of it."""
    out = list(mentions)
    for found in _GLUED.finditer(text):
        start, end = found.span()
        over = [m for m in out if m.start < end and start < m.end]
        if any(m.start < start or not _ends(text, m, end) for m in over):
            continue
        word = found[2]
        before = text[max(0, start - 14) : start]
        others = (m.surface.split(" ") for m in mentions if m.label == "PER" and m not in over)
        elsewhere = any(word in name for name in others)
        named = elsewhere or word.lower() in name_parts() or _OF_WHOM.search(before)
        if not named or _NO_PERSON.search(before):
            continue
        out = [m for m in out if m not in over]
        sure = max([m.confidence for m in over], default=0.0)
        out.append(replace(_again(text, start, end), confidence=max(sure, 0.6)))
    return sorted(out, key=lambda m: m.start)


def _ends(text: str, mention: Mention, end: int) -> bool:
    """Whether the name ends there, but for initials in brackets."""
    return mention.end <= end or bool(re.fullmatch(r" \([A-Z]{2,4}\)", text[end : mention.end]))
