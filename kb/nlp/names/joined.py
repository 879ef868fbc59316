"""Names that a mark, a bracket or an "and" cuts in two, made whole again.

``Pemprov. Malut``, ``DPW. Lasqi Sultra``: a short form with a full stop belongs to what it heads.
``Kominfo (Kementerian Komunikasi dan Informatika)`` is one name as its reverse is, and what
follows the bracket belongs to it as to any. ``Dinas Kearsipan`` "dan" ``Perpustakaan Kota
Palu`` are one agency. ``Abdul Hamid (AH) Lubis`` and ``Rosdiana H. Amir`` are one person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.words import either, name_parts
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import first_word, heads, is_region
from kb.nlp.names.spans import moved, ruled

_LIST = "beside.txt"
_STOPPED = re.compile(rf"(?<![\w.])(?:{either(_LIST, 'stopped')})(\.)\s?$")
_BEHIND_STOP = re.compile(r"\.\s?([A-Z]{2,7})(?!\w)")
_KIND_CUT = re.compile(r"\s(?:Kab|Kec|Kep|Prov)\.?$")
_REGION_BEHIND = re.compile(r"\.?\s?([A-Z][a-z]+)(\s[A-Z][a-z]+){0,2}")
_LONGEST = 14
"""Characters before a name in which such a short form stands."""
_UNIT_LONGEST = 80
"""Characters before a body in which the unit of it stands."""
_SHORT_BEFORE = re.compile(r"(?<![\w.(/-])([A-Z][\w-]{1,14})\s?\(\s?$")
_BRANCH = re.compile(rf"(?<=[\w)])\s(?:{either(_LIST, 'branch')})$")
_BRANCH_PLACE = re.compile(
    rf"\s(?:{either(_LIST, 'branch')})\s(?P<town>[A-Z][a-z]+)(?P<more>\s[A-Z][a-z]+)?"
)
_BRANCH_BETWEEN = re.compile(rf"\s(?:{either(_LIST, 'branch')})\s")
_UNIT = re.compile(
    rf"(?<![\w.])({either(_LIST, 'leads')})((?:\s(?:[A-Z][\w-]*|dan|\([A-Z]\w+\)))*)\s$"
)
_NAMED = frozenset({"Laboratorium", "Fakultas"})
_FACULTY = "Fakultas"
_BARE = frozenset({"Sekretariat", "sekretariat"})
"""Leads with words of their own before the body, and those without."""
_OWNERS = {
    "Cabang": re.compile("Dinas|Kejaksaan|Pengadilan"),
    "sekretariat": re.compile("DPR"),
    "Suku": re.compile("Dinas|Badan"),
}
"""What a lead must stand before to be one."""
_TWICE = re.compile(r"-([A-Z]\w+)(?=[\s,.]|$)")
_LAST = re.compile(r"[A-Z]\w+$")
_PART = re.compile(r"-[A-Z]{2,5}(?![\w-])")
_CLOSED = re.compile(r"(?: dan(?: [A-Z][a-z]+){1,3})?\)")
_NICK = re.compile(r" \(([A-Z]{2,4})\) ")
_AFTER_NICK = re.compile(r" \(([A-Z]{2,4})\) ([A-Z][a-z]+)(?=[\s,.]|$)")
_NICK_INSIDE = re.compile(r"[A-Z][a-z’']+\) [A-Z][\w ’'-]+")
"""A nickname in brackets within a name (``Moh Ramdhan (Danny) Pomanto``), cut before it."""
_TITLE_BETWEEN = re.compile(r"\s(?:H|Hj|Hi)(?:\.\s?|\s)")
_SHORT = re.compile(rf"(?<![\w.])(?:{either(_LIST, 'short')})$")
_FAMILY = re.compile(r"\.\s?[A-Z][a-z’']+(?:\s[A-Z][a-z’']+)*")
_LAST_INITIAL = re.compile(r" [A-Z]\.(?=\s?[(,]|\s[a-z])")
_CLAN = re.compile(rf"(?:^|\s)(?:{either(_LIST, 'clans')})$")
_STOP_BEHIND = re.compile(r"\.(?=\s?[(,]|\s[a-z])")
_FIELD = re.compile(r" dan ((?:[A-Z][\w-]+ ){1,5})\(([A-Z]{3,8})\)")


def join_names(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with names that were cut as one, left to right, no overlaps."""
    out: list[Mention] = []
    for mention in mentions:
        if out and mention.start < out[-1].end:
            if mention.end <= out[-1].end or mention.label != out[-1].label:
                continue
            mention = _from(text, out.pop(), mention)
        if mention.label == "PER":
            mention = _with_nick(text, _twice(text, _with_family(text, mention)))
            mention = _with_last(text, mention)
        else:
            mention = _with_short(text, _with_stopped(text, mention, out), out)
            mention = _with_unit(text, _with_field(text, mention), out)
        while out and _is_one(text, out[-1], mention):
            mention = _from(text, out.pop(), mention)
        out.append(mention)
    return _nicknames(text, out)


def _is_one(text: str, left: Mention, right: Mention) -> bool:
    between = text[left.end : right.start]
    if len(between) > 20 or "\n" in between:
        return False
    if left.label == "PER":
        nicked = between == " (" and _NICK_INSIDE.fullmatch(right.surface)
        return right.label == "PER" and bool(nicked or _TITLE_BETWEEN.fullmatch(between))
    if left.label == "ORG" and right.label == "LOC":
        return _is_branch(left, between)
    return right.label == "ORG" and between == " dan " and _goes_on(left, right)


def _is_branch(left: Mention, between: str) -> bool:
    """``Bank Nagari Cabang`` and its town, ``Aspari (...)`` and "Cabang Padang"."""
    if between == " ":
        return bool(_BRANCH.search(left.surface)) or left.surface.endswith(")")
    return left.surface.endswith(")") and bool(_BRANCH_BETWEEN.fullmatch(between))


def _with_short(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """``Kominfo (Kementerian Komunikasi dan Informatika)``, whatever was made of ``Kominfo``."""
    if mention.label != "ORG" or text[mention.start - 1 : mention.start] != "(":
        return mention
    short = _SHORT_BEFORE.search(text, max(0, mention.start - 18), mention.start)
    closed = _CLOSED.match(text, mention.end)
    if short is None or closed is None or " " not in mention.surface:
        return mention
    letters = iter(re.sub(r"[^a-z0-9]", "", text[mention.start : closed.end()].lower()))
    wanted = re.sub(r"[^a-z0-9]", "", short[1].lower())
    if not all(any(letter == have for have in letters) for letter in wanted):
        return mention
    start = short.start()
    if before and before[-1].end > start:
        if before[-1].label != "ORG" or before[-1].end != short.end(1):
            return mention
        start = before.pop().start
    end = closed.end()
    branch = _BRANCH_PLACE.match(text, end)
    if branch is not None:
        whole = norm(branch["town"] + (branch["more"] or ""))
        more = branch["more"] and whole in authority.load().places.by_norm
        end = branch.end() if more else branch.end("town")
    return moved(text, mention, start, end)


def _with_field(text: str, mention: Mention) -> Mention:
    """``Komite Pemantau Hutan`` with the "dan Sungai (KPHS)" that its letters promise."""
    if text[mention.end : mention.end + 5] != " dan " or "(" in mention.surface:
        return mention
    field = _FIELD.match(text, mention.end)
    if field is None or " " not in mention.surface:
        return mention
    begun = [w[0].upper() for w in (*mention.surface.split(), *field[1].split()) if w[0].isupper()]
    rest = field[1][0].upper()
    letters = iter(begun)
    fits = field[2][0] == begun[0] and rest in field[2][1:]
    if not fits or not all(any(letter == have for have in letters) for letter in field[2]):
        return mention
    return replace(moved(text, mention, mention.start, field.end()), label="ORG")


def _with_unit(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """``UPT Penilaian Kompetensi`` or ``Tim Terpadu`` with the body it belongs to; and the second
    half of ``BAN-PT``."""
    if mention.label != "ORG":
        return mention
    part = _PART.match(text, mention.end) if mention.surface.isupper() else None
    if part and not re.search("[ -]", mention.surface) and not _known(part.group()[1:]):
        mention = moved(text, mention, mention.start, part.end())
    unit = _UNIT.search(text, max(0, mention.start - _UNIT_LONGEST), mention.start)
    if unit is None or (unit[1] in _NAMED and not unit[2]) or (unit[1] in _BARE and unit[2]):
        return mention
    if unit[2].endswith(" dan") and first_word(mention.surface) in heads():
        return mention
    titles = lexicon().titles.by_words
    if unit[1] == _FACULTY and any((word,) in titles for word in norm(unit[2]).split()):
        return mention
    owners = _OWNERS.get(unit[1])
    if owners is not None and not owners.match(text, unit.end(1) + 1):
        return mention
    start = unit.start()
    while before and before[-1].end > unit.start():
        faculty = unit[1] == _FACULTY and before[-1].label != "LOC"
        if not faculty and (before[-1].label != "ORG" or before[-1].start < unit.start()):
            return mention
        start = min(start, before.pop().start)
    return moved(text, mention, start, mention.end)


def _known(name: str) -> bool:
    return bool(authority.load().institutions.match([norm(name)])[0])


def _twice(text: str, mention: Mention) -> Mention:
    """``Ferdinan Basik`` with the second half of his ``Basik-Basik``."""
    again = _TWICE.match(text, mention.end)
    last = _LAST.search(mention.surface)
    if again is None or last is None or again[1] != last.group():
        return mention
    return moved(text, mention, mention.start, again.end())


def _with_nick(text: str, mention: Mention) -> Mention:
    """``Abdul Hamid`` with the ``(AH) Lubis`` behind it: the bracket has his initials."""
    nick = _AFTER_NICK.match(text, mention.end)
    if nick is None or nick[1] != "".join(w[0] for w in mention.surface.split()):
        return mention
    if nick[2].lower() not in name_parts():
        return mention
    return moved(text, mention, mention.start, nick.end())


def _goes_on(left: Mention, right: Mention) -> bool:
    """Whether an agency's field goes on behind the "dan" (``Badan Riset`` "dan" ``Inovasi``)."""
    lex = lexicon()
    words = norm(left.surface).split()
    rest = norm(right.surface).split()
    if "(" in left.surface or len(words) < 2 or not rest:
        return False
    if words[0] not in lex.agency_heads | lex.institution_first.keys() | {"departemen"}:
        return False
    if any(word in lex.bare_places for word in words[1:]):
        return False
    institutions = authority.load().institutions
    if institutions.match([*words, "dan", *rest])[1] > len(words) + 1:
        return True
    if words[0] == "kementerian" and len(rest) == 1 and right.surface.isupper():
        return not institutions.match(rest)[0]
    shouted = right.surface.isupper()
    return rest[0] in lex.org_words and rest[0] not in heads() and not shouted


def _with_stopped(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """``Pemprov.`` and ``Malut`` as the one body they name."""
    if mention.label == "PER":
        return mention
    behind = _BEHIND_STOP.match(text, mention.end) if mention.label == "ORG" else None
    if behind and _STOPPED.search(f"{mention.surface}. ") and _known(behind[1]):
        mention = moved(text, mention, mention.start, behind.end())
    if mention.label == "ORG" and _KIND_CUT.search(mention.surface):
        mention = _with_region(text, mention)
    if text[mention.start - 1 : mention.start] not in (" ", "."):
        return mention
    short = _STOPPED.search(text, max(0, mention.start - _LONGEST), mention.start)
    if short is None:
        return mention
    start = short.start()
    if before and before[-1].end > start:
        if before[-1].label != "ORG" or before[-1].end not in (short.start(1), short.end(1)):
            return mention
        start = before.pop().start
    return replace(moved(text, mention, start, mention.end), label="ORG")


def _with_region(text: str, mention: Mention) -> Mention:
    """``Dishub Prov`` with the ``. Kepri`` that a full stop parted from it."""
    behind = _REGION_BEHIND.match(text, mention.end)
    end = behind.end() if behind else mention.end
    while behind and end > behind.start(1):
        if is_region(text[behind.start(1) : end]):
            return moved(text, mention, mention.start, end)
        end = text.rfind(" ", behind.start(1), end)
    return mention


def _with_last(text: str, mention: Mention) -> Mention:
    """``Eko Prasojo`` with the ``H.`` and ``Djamal Nst`` with the stop that end the name, where
    the sentence goes on."""
    if mention.label != "PER":
        return mention
    clan = _CLAN.search(mention.surface)
    behind = (_STOP_BEHIND if clan else _LAST_INITIAL).match(text, mention.end)
    return moved(text, mention, mention.start, behind.end()) if behind else mention


def _with_family(text: str, mention: Mention) -> Mention:
    """``Ramli Dj`` with the ``. Katili`` that a full stop parted from it."""
    if mention.label != "PER" or not _SHORT.search(mention.surface):
        return mention
    family = _FAMILY.match(text, mention.end)
    return moved(text, mention, mention.start, family.end()) if family else mention


def _nicknames(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``AH Lubis`` wherever ``Abdul Hamid (AH) Lubis`` is called so."""
    out = list(mentions)
    for mention in mentions:
        nick = _NICK.search(mention.surface) if mention.label == "PER" else None
        if nick is None:
            continue
        short = f"{nick[1]} {mention.surface[nick.end() :]}"
        for found in re.finditer(rf"(?<![\w.]){re.escape(short)}(?!\w)", text):
            over = [m for m in out if m.start < found.end() and found.start() < m.end]
            if any(m.start <= found.start() and found.end() <= m.end for m in over):
                continue
            out = [m for m in out if m not in over]
            out.append(ruled(text, *found.span(), "PER"))
    return sorted(out, key=lambda m: m.start) if len(out) != len(mentions) else out


def _from(text: str, first: Mention, last: Mention) -> Mention:
    sure = min(first.confidence, last.confidence)
    return replace(
        moved(text, last, first.start, last.end),
        label="ORG" if first.label != "PER" else "PER",
        confidence=sure,
    )
