"""What was reported: where the reported clause begins and ends, and whether there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import StatementKind
from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import Ref

THAT = re.compile(r"\s*,?\s*(?:bahwa(?:s+an?n?ya)?|kalau)\b\s*,?\s*", re.IGNORECASE)
_BAHWA = re.compile(r"\s*,?\s*bahwa(?:s+an?n?ya)?\b\s*,?\s*", re.IGNORECASE)
_QUESTIONS = frozenset(
    {"apa", "apakah", "bagaimana", "berapa", "kapan", "kenapa", "mengapa", "siapa"}
)
LATE_THAT = re.compile(r"[,\s]bahwa(?:s+an?n?ya)?\b\s*,?\s*", re.IGNORECASE)
TRAILING = re.compile(
    r"\s*,?\s*(?:(?:saat|usai|seusai|ketika|kepada|di|dalam|pada|melalui|sambil|seraya|lewat|via"
    r"|singkat)\b|(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b|\()",
    re.IGNORECASE,
)
"""What stands behind a speaker without being a clause: place, time, audience."""
_BYLINE = re.compile(r"[.!?]\s*(?:\*+\s*\(?[\w./ ]{0,24}\)?|\([\w./ ]{1,24}\))\*?\s*\Z")
_BEHIND_VERB = re.compile(r"(?:\s+(?:pula|juga|lagi|kembali))+(?=\s*,|\s+bahwa)", re.IGNORECASE)
_DEGREE = re.compile(
    r"[A-Z][\w.]{0,6}\.?\Z|(?:Ketua|Kepala|Direktur|Anggota|Wakil|Warga|warga|salah|seorang)\b"
)
_SETTING = re.compile(r"\s*(?:kepada|saat|usai|ketika|di|dalam|pada|melalui|lewat)\s")
_WHO = re.compile(r"\s*yang\s")
_SAYS_TOO = re.compile(r"\s+me[a-z]{4,},")
_BRACKET = re.compile(r"\s*\([^)]*\)\s*")
_TOO = re.compile(r"\s*(?:pula|lagi)\b(?=[\s,])", re.IGNORECASE)
_WILL = re.compile(r"(?:(?:tak|tidak)\s+)?(?:akan|bakal)\s", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement (or only a speaker taking the floor) before its speaker is resolved."""

    place: int
    """Offset of the cue: candidates are resolved in this order."""
    ref: Ref
    kind: StatementKind | None = None
    """``None``: no statement, but the speaker takes the floor."""
    start: int = 0
    end: int = 0
    cue: str | None = None
    method: str = ""
    confidence: float = 0.0


def trimmed(view: View, start: int, end: int) -> tuple[int, int] | None:
    """The reported words without ``bahwa``, commas and byline; ``None`` if too few are left."""
    too = _TOO.match(view.masked, start, end)
    if too:
        start = too.end()
    that = _BAHWA.match(view.masked, start, end)
    if that:
        start = that.end()
    byline = _BYLINE.search(view.masked, start, end)
    if byline:
        end = byline.start() + 1
    while start < end and view.text[start] in " ,:;-–—":
        start += 1
    while end > start and view.text[end - 1].isspace():
        end -= 1
    few = len(WORD.findall(view.masked, start, end)) < 2
    if few and not _DIGIT.search(view.masked, start, end):
        return None
    return start, end


def skip_spaces(view: View, place: int) -> int:
    """Offset of the next character that is no blank."""
    while place < len(view.text) and view.text[place] in " \t":
        place += 1
    return place


def next_char(view: View, place: int, end: int) -> str:
    """The next character that is no blank before ``end``, or nothing."""
    place = skip_spaces(view, place)
    return view.masked[place] if place < end else ""


def skip_adverbs(view: View, place: int) -> int:
    """Offset behind ``pula``, ``juga``, ``lagi`` or a manner (``enteng``) that follow a verb."""
    match = _BEHIND_VERB.match(view.masked, place)
    place = match.end() if match else place
    manner = WORD.match(view.masked, skip_spaces(view, place))
    if manner is not None and manner.group() in view.cues.manners:
        following = skip_spaces(view, manner.end())
        if WORD.match(view.masked, following) or view.masked[following : following + 1] == ",":
            return manner.end()
    return place


def behind_speaker(view: View, place: int, end: int) -> int:
    """Offset behind what follows a speaker's name: age, degree, apposition."""
    bracket = _BRACKET.match(view.masked, place, end)
    if bracket:
        place = bracket.end()
    masked = view.masked
    if _WHO.match(masked, place, end):
        commas = view.clause_commas(place, min(end, place + 160))
        return commas[0] + 1 if commas else place
    joined = _SAYS_TOO.match(masked, place, end)
    if joined:
        return joined.end()
    if masked[place : place + 1] != ",":
        if masked[place:end].lstrip()[:1].islower():
            commas = view.clause_commas(place, min(end, place + 120))
            aside = _SETTING.match(masked, place, end) and commas
            return commas[0] + 1 if aside and not view.is_clause(place, commas[0]) else place
        commas = view.clause_commas(place, min(end, place + 120))
        if commas and not view.is_clause(place, commas[0]):
            return commas[0] + 1
        return place
    commas = view.clause_commas(place + 1, min(end, place + 160))
    if commas and _DEGREE.match(masked[place + 1 : commas[0]].strip()):
        if view.is_clause(place + 1, commas[0]):
            return place
        return behind_speaker(view, commas[0], end)
    return place


def blocked(view: View, start: int, verb: int) -> bool:
    """Whether the words before a verb make it no report (``untuk memastikan``)."""
    cues = view.cues
    low = [word.casefold() for word in WORD.findall(view.masked, max(start, verb - 80), verb)]
    while low and low[-1] in cues.adverbs and low[-1] not in cues.blockers:
        low.pop()
    return bool(low) and low[-1] in cues.blockers


def reported(view: View, verb: str, place: int, end: int) -> tuple[int, int] | None:
    """The clause behind the active verb ``verb`` that ends at ``place``, or ``None``."""
    masked = view.masked
    place = skip_adverbs(view, place)
    if MASK in masked[place:end]:
        quote = masked.index(MASK, place)
        if len(WORD.findall(masked, place, quote)) < 5:
            return None
    that = THAT.match(masked, place)
    if that:
        return trimmed(view, that.end(), end)
    colon = masked.find(":", place, min(end, place + 100))
    if colon > place + 1 and not view.is_clause(place, colon) and MASK not in masked[colon:end]:
        return trimmed(view, colon + 1, end)
    late = LATE_THAT.search(masked, place, min(end, place + 140))
    if verb in view.cues.denials:  # "membantah keterangan saksi yang menyatakan bahwa ..."
        late = None
    if late and not view.is_clause(place, late.start()):
        return trimmed(view, late.end(), end)
    content = trimmed(view, place, end)
    if content is None or not _LETTER.search(masked, *content):
        return None
    if next_char(view, place, end) in (",", ":"):
        return content
    if late and _topic(view, verb, *content):
        return trimmed(view, late.end(), end)
    return content if _bare_clause(view, verb, *content) else None


def _bare_clause(view: View, verb: str, start: int, end: int) -> bool:
    """Whether words directly behind a verb (no comma, no ``bahwa``) are what was said."""
    cues = view.cues
    opening = [word.casefold() for word in WORD.findall(view.masked, start, end)[:3]]
    if verb in cues.existence and opening[:1] == ["adanya"]:
        return True
    if verb in cues.tallies:
        return opening[:1] in (["ada"], ["adanya"], ["terdapat"])
    if verb in cues.anything:
        empty = len(opening) < 3 or opening[0] == "kepada" or cues.echoes.intersection(opening)
        return not empty or view.is_clause(start, end) or view.is_nominal_clause(start, end)
    if opening[:1] and opening[0] in _QUESTIONS:
        return True  # "bertanya siapa yang menanggung"
    if _topic(view, verb, start, end):
        return False
    if verb in cues.denials:
        return view.is_clause(start, end) or _stated(view, start, end)
    if verb in cues.strict:
        return _stated(view, start, end)
    if verb in cues.careful and verb not in cues.noun_object:
        nominal = verb in cues.saying and view.is_nominal_clause(start, end)
        return nominal or view.is_clause(start, end)
    return True


def _stated(view: View, start: int, end: int) -> bool:
    """Whether the words are a clause by a sign that no noun phrase has (``belum``, ``ditunda``).

    For verbs of acts: "melanjutkan pembangunan" and "menjanjikan bantuan" report nothing.
    """
    cues = view.cues
    for number, match in enumerate(WORD.finditer(view.masked, start, end)):
        low = match.group().casefold()
        if number > 8 or low in cues.subordinators:
            return False
        passive = low.startswith("di") and view.is_verb(low)
        if match.group() == low and (low in cues.auxiliaries or low in cues.states or passive):
            return True
    return False


def promised(view: View, place: int, end: int) -> tuple[int, int] | None:
    """The clause behind a verb of promising: with a subject of its own, or with ``akan``."""
    content = trimmed(view, place, end)
    if content is not None and _WILL.match(view.masked, content[0]):
        return content
    predicate = view.predicate(*content) if content else None
    if content is None or predicate is None:
        return None
    return content if predicate > content[0] and not THAT.match(view.masked, place) else None


def admitted(view: View, place: int, end: int) -> tuple[int, int] | None:
    """What ``tak menampik bahwa ...`` admits."""
    that = THAT.match(view.masked, place)
    return trimmed(view, that.end(), end) if that else None


def _topic(view: View, verb: str, start: int, end: int) -> bool:
    """Whether the words name an act, a topic or an audience, not a clause."""
    cues = view.cues
    opening = [word.casefold() for word in WORD.findall(view.masked, start, end)[:5]]
    if not opening or opening[0] == "kepada":
        return True
    if verb in cues.noun_object:
        return False
    if "agar" in opening or "supaya" in opening or opening[0] == "untuk":
        return True
    if opening[0] not in cues.topics or verb == "mengatakan":
        return False
    return opening[0] in cues.bare_topics or not _firm(view, start, end)


def _firm(view: View, start: int, end: int) -> bool:
    """Whether a topic noun is the subject of a clause (``temuan itu berasal dari``)."""
    place = view.predicate(start, end)
    if place is None:
        return False
    between = {word.casefold() for word in WORD.findall(view.masked, start, place)}
    return not between & (view.cues.subordinators | {"kepada", "atas", "terkait", "soal"})
