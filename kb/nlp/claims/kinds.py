"""Whether a figure was reached, is aimed at, is a change, or stands there to compare with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.authority.claims import any_of, load_claim_words
from kb.model import Claim, ClaimKind
from kb.nlp.claims.counted import COUNTS, is_plain
from kb.nlp.claims.figures import Figure
from kb.nlp.claims.periods import CAME_FROM, Period
from kb.nlp.claims.subjects import Subject
from kb.nlp.claims.words import words_of

_CONTRAST = re.compile(r"\b(?:tetapi|tapi|namun|sedangkan|sementara)\b")
_OUT_OF = re.compile(r"\s*dari\s")
_OWN_WORK = re.compile(r"\b(?:kami|kita|ditambah|tambah|menambah)\b")
_THIS_YEAR = re.compile(r"\btahun\s+ini\b")
_LISTED = re.compile(r"\s*(?:,|dan\b|serta\b|,\s*dan\b)")
_GROWTH = re.compile(r"(?:laju\s+)?pertumbuhan\s+\w")
_AND = re.compile(r"\b(?:dan|serta)\s+((?:[a-z]+\s+)*)\Z")
_LISTED_WORDS = 2
"""Set by hand; no command measured it."""
_INFINITIVES = frozenset(
    ["meraih", "mencatat", "mencatatkan", "membukukan", "menyisakan", "rampung", "tuntas"]
)
_LEVELS = frozenset(["ekonomi", "lapangan", "lpe", "pdb", "pdrb", "perekonomian", "sektor"])
"""What of which the growth is a level, not a change: it is measured as growth."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentence says around one figure; offsets are those of ``text``."""

    text: str
    start: int
    end: int
    figure: Figure
    subject: Subject
    since: int
    """Where the figure before it ends."""
    when: Period | None
    before: Claim | None
    """The claim before it in the sentence."""
    date: str | None


def kind_of(told: Told) -> ClaimKind:
    """The kind of one figure, by the words between it and the figure before it."""
    words, text, figure, subject = load_claim_words(), told.text, told.figure, told.subject
    ahead = text[told.since : figure.start].lower()
    if told.since <= subject.start < figure.start:  # its own words say nothing of the kind
        ahead = (text[told.since : subject.start] + " " + text[subject.end : figure.start]).lower()
    ahead = _CONTRAST.split(ahead)[-1]  # "sudah memenuhi target, tetapi masih 27 persen"
    whole = text[told.start : told.end].lower()
    name = [w.low for w in words_of(text, subject.start, subject.end)] or [""]
    moved = _last(ahead, words.up, words.down)
    measured = text[subject.start : subject.end].lower()
    other = told.before is not None and told.before.subject_start != subject.start
    if other and any_of(words.elsewhere).search(measured):
        return "comparison"
    if _arrives_alone(told, ahead):
        ahead = _clause_before(told) + " " + ahead
    elif _compares(ahead, whole, figure, moved) and not (
        CAME_FROM.search(ahead) and any_of(words.planned).search(measured)
    ):
        return "comparison"
    aimed, done = _last(ahead, words.target, words.demanded), _last(ahead, words.reached)
    if 0 <= aimed < done:
        done = _last(ahead, words.reached - _INFINITIVES)  # "optimistis meraih 45 medali"
    if aimed >= 0 and done <= aimed:
        return "target"
    year = told.when.value[:4] if told.when is not None else None
    if year and told.date and year > told.date[:4]:
        return "target"
    if done < 0 and moved < 0 and _THIS_YEAR.search(ahead) and _OWN_WORK.search(ahead):
        return "target"
    if figure.unit == "kali":
        return "change"
    if moved >= 0 and _last(ahead, words.arrives) <= moved:
        return "change"
    if _GROWTH.match(measured) and not {*_LEVELS, "penduduk"} & set(name):
        return "change"
    if name[0] in words.rise or (figure.unit == "poin" and not is_plain(text, subject, words)):
        return "change"
    if re.search(r"\btumbuh\b", ahead) and not _LEVELS & set(name):
        return "change"
    if done >= 0:
        return "reached"
    if name[0] in ("total", "jumlah") and len(name) > 1:
        name = name[1:]  # "dari total pagu Rp 351 miliar"
    clitic = name[0].removesuffix("nya")
    if (name[0] in words.planned or clitic in words.planned) and _last(ahead, words.spent) < 0:
        return "target"
    if any_of(words.planned).search(ahead) and _OUT_OF.match(ahead):
        return "target"  # "45 persen dari anggaran sebesar ..."
    if told.before is not None and told.before.kind == "target" and _LISTED.match(ahead):
        return "target"
    if told.before is not None and told.before.kind == "target" and _goes_on(told):
        return "target"
    return "reached"


def _arrives_alone(told: Told, ahead: str) -> bool:
    """``dari 72 menjadi 85 persen``: what the sentence says before the first holds of both."""
    before = told.before
    if before is None or before.value_end != told.since or before.kind != "comparison":
        return False
    return ahead.strip() in load_claim_words().arrives


def _clause_before(told: Told) -> str:
    before = told.before
    assert before is not None
    said = told.text[told.start : before.value_start].lower()
    return _last_clause(said)


def _last_clause(said: str) -> str:
    return re.split(r"[;:.]\s|,\s", said)[-1]


def _goes_on(told: Told) -> bool:
    """``pembangunan 45 ruang kelas dan rehabilitasi 120 ruang kelas``: one list."""
    match = _AND.search(told.text[told.since : told.figure.start].lower())
    if match is None or told.before is None:
        return False
    between = match.group(1).split()
    words = load_claim_words()
    return len(between) <= _LISTED_WORDS and not any(
        word in words.links or word in words.reached or word in words.now for word in between
    )


def _last(said: str, *words: frozenset[str]) -> int:
    """Where the last of ``words`` begins in ``said``; -1 for none."""
    return max((m.start() for m in any_of(*words).finditer(said)), default=-1)


def _compares(ahead: str, whole: str, figure: Figure, moved: int) -> bool:
    words = load_claim_words()
    if any_of(words.elsewhere).search(ahead) and _last(ahead, words.target) < 0:
        return True
    if CAME_FROM.search(ahead):
        # "dari 176 SD, yang terakreditasi 93": the whole of a part
        counted = figure.unit is None or figure.unit in COUNTS
        return not counted or _last(whole, words.up, words.down, words.arrives) >= 0
    comma = ahead.rfind(", ") + 1
    cue = _last(ahead[comma:], words.comparison)
    return cue >= 0 and cue + comma > moved and _last(ahead[comma:], words.target) < 0


def is_negative(ahead: str) -> bool:
    """Whether the words before a figure turn it negative (``terkontraksi``)."""
    return any_of(load_claim_words().negative).search(ahead.lower()) is not None


def compared(claims: Sequence[Claim], before: Claim | None, date: str | None) -> list[Claim]:
    """Of one thing measured twice, the earlier figure is what the later one is compared to.

    ``before`` is the last claim of the sentence before.
    """
    out = list(claims)
    for at, one in enumerate(out):
        if one.kind != "reached" or one.period is None:
            continue
        others = [*out[:at], *out[at + 1 :]]
        if before is not None and one.subject_start == before.subject_start:
            others.append(before)
        for other in others:
            same = other.subject_start == one.subject_start and other.unit == one.unit
            if other.kind != "reached" or not same:
                continue
            later = other.period or (date or "")[:4]  # of no period: as it stands
            if one.period[:4] < later[:4] or (other.period and one.period < other.period):
                out[at] = replace(one, kind="comparison")
    return out


def later(claims: Sequence[Claim], text: str) -> list[Claim]:
    """A change without a period has that of the level it led to: ``berkurang 4,2 ribu orang
    menjadi 258,9 ribu orang pada Maret 2024``."""
    out = list(claims)
    arrives = any_of(load_claim_words().arrives)
    for at, (one, next_one) in enumerate(pairwise(claims)):
        same = one.subject_start == next_one.subject_start
        if one.kind == "change" and one.period is None and next_one.period and same:
            between = text[one.value_end : next_one.value_start].lower()
            if arrives.search(between) and "," not in between:
                out[at] = replace(one, period=next_one.period, period_origin=next_one.period_origin)
    return out
