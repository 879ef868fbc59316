"""Habits of hasty writers that hide or stretch names, where the guide leaves no choice.

A neighbourhood with its number (``RT 02 RW 01``) is a place; a hashtag that is just a name is
one without its ``#``; a word cut at the end of a line (``Kementeri-\\nan``) is whole; a unit
of the army bears its number; ``PKK`` and ``NTB`` are names wherever they stand. What is counted
behind an agency, or an ordinary word behind a name, is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, either
from kb.model import Label, Mention
from kb.nlp.names.spans import moved, ruled

SURE = 0.75
"""Confidence from which a name found elsewhere in the text says where this one ends. Set by hand;
no command measured it."""

_NEIGHBOURHOOD = re.compile(
    r"(?<![\w/.])(?:RT|RW|rt|rw|Rt|Rw)[ .]?\d{1,3}(?:[ /,]{1,2}(?:RW|rw|Rw)[ .]?\d{1,3})?(?![\w/])"
)
_HASHTAG = re.compile(r"(?<![\w&/])#(\w{3,40})")
_UNIT = re.compile(
    rf"(?<![\w.])(?:{either('rows.txt', 'units')})\s[\dIVX]{{1,5}}(?:[-.]\d+)?"
    r"/[A-Z][\w'’]+"
    r"|(?<=Danrem\s)_N_|(?<=Pangdam\s)_N_".replace(
        "_N_", r"[\dIVX]{1,5}(?:[-.]\d+)?/[A-Z][\w'’]+(?:\s(?!TNI)[A-Z][a-z]+(?=[,.)]))?"
    )
)
_BODIES, _REGIONS = (either("beside.txt", key) for key in ("bodies_always", "regions_always"))
_SAYS = either("beside.txt", "headline")
_ALWAYS = re.compile(rf"(?:({_BODIES})|{_REGIONS})(?![\w-]|\)|\s(?!(?:{_SAYS})(?!\w))[A-Z])")
_REPUBLIC = re.compile(
    r"\b(?:HUT|Kemerdekaan|Dirgahayu|Proklamasi|Dubes)(?: [Kk]e[- ]?\d+)? (?:Kemerdekaan )?"
    r"(RI)(?![\w-])"
)
"""The republic behind what is celebrated (``HUT ke-80 RI``)."""
_INSIDE = re.compile(r"[\w.@#&/(-]")
_COUNT = re.compile(r"\s\d{1,4}\s(?:org|orang|personil|personel|pers|unit)$")


def apply_habits(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the habits of hasty writers read right, left to right, no overlaps."""
    ended = [_end_name(text, m) for m in mentions]
    whole = _hold_together(text, _mend_cuts(text, ended))
    found = _units(text, whole)
    return sorted([*found, *_numbered(text, found)], key=lambda m: m.start)


def _end_name(text: str, mention: Mention) -> Mention:
    count = _COUNT.search(mention.surface) if mention.label == "ORG" else None
    if count:
        return _cut(text, mention, mention.start + count.start())
    head, _, last = mention.surface.rpartition(" ")
    if (
        mention.label != "ORG"
        and head
        and last.islower()
        and last in common_words()
        and (head.rpartition(" ")[2][:1].isupper() or head[-1:].isdigit())
    ):
        return _cut(text, mention, mention.start + len(head))
    return mention


def _mend_cuts(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Names that end or begin within a word cut at the end of a line, with the whole word."""
    out: list[Mention] = []
    for k, mention in enumerate(mentions):
        start, end = mention.start, mention.end
        rest = re.compile(r"-\n[a-z]+").match(text, end)
        if rest and (k + 1 == len(mentions) or mentions[k + 1].start >= rest.end()):
            end = rest.end()
        begun = re.search(r"[A-Z]\w*-\n$", text[max(0, start - 24) : start])
        if begun and text[start : start + 1].islower():
            wanted = start - len(begun.group())
            start = wanted if not out or out[-1].end <= wanted else start
        out.append(moved(text, mention, start, end))
    return out


def _hold_together(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``PDAM Tirta | Handayani Suwarno`` where the text elsewhere has ``PDAM Tirta Handayani``."""
    sure = [m for m in mentions if m.label == "ORG" and m.confidence >= SURE]
    known = sorted({m.surface for m in sure if " " in m.surface}, key=len, reverse=True)
    out = list(mentions)
    for k in range(len(out) - 1):
        name, after = out[k], out[k + 1]
        if name.label != "ORG" or after.label != "PER" or after.start != name.end + 1:
            continue
        for surface in known:
            end = name.start + len(surface)
            if (
                after.start < end < after.end
                and text.startswith(surface + " ", name.start)
                and text[end + 1].isalpha()
            ):
                out[k] = _cut(text, name, end)
                out[k + 1] = replace(after, start=end + 1, surface=text[end + 1 : after.end])
                break
    return out


def _units(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    out = list(mentions)
    for unit in _UNIT.finditer(text):
        over = [m for m in out if m.start < unit.end() and unit.start() < m.end]
        if any(m.start <= unit.start() and m.end >= unit.end() and m.label == "ORG" for m in over):
            continue
        if any(m.start < unit.start() or m.end > unit.end() for m in over):
            continue
        out = [m for m in out if m not in over]
        out.append(ruled(text, unit.start(), unit.end(), "ORG"))
    return sorted(out, key=lambda m: m.start)


def _numbered(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Neighbourhoods and hashtags that nothing claims."""
    names = {_flat(m.surface): m.label for m in mentions if m.confidence >= SURE}
    found = [ruled(text, m.start(), m.end(), "LOC") for m in _NEIGHBOURHOOD.finditer(text)]
    found += [
        ruled(text, *always.span(), "ORG" if always[1] else "LOC")
        for always in _ALWAYS.finditer(text)
        if always.start() == 0 or not _INSIDE.match(text, always.start() - 1)
    ]
    found += [ruled(text, *of.span(1), "LOC") for of in _REPUBLIC.finditer(text)]
    for tag in _HASHTAG.finditer(text):
        label = _named(tag.group(1), names)
        if label is not None:
            found.append(ruled(text, tag.start(1), tag.end(1), label))
    return [m for m in found if all(m.end <= o.start or o.end <= m.start for o in mentions)]


def _named(tag: str, names: dict[str, Label]) -> Label | None:
    """What the hashtag names: a name of this text, or a large region."""
    flat = _flat(tag)
    if flat in names:
        return names[flat]
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", tag)
    bare = re.sub(r"^(?:kota|kabupaten|provinsi) ?", "", norm(spread))
    if len(bare) > 3 and authority.load().places.regions_named(bare):
        return "LOC"
    return None


def _flat(surface: str) -> str:
    return re.sub(r"[^a-z0-9]", "", surface.lower())


def _cut(text: str, mention: Mention, end: int) -> Mention:
    return moved(text, mention, mention.start, end)
