"""What was reported: where the reported clause begins and ends, and whether there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import StatementKind
from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import Ref

THAT = re.compile(
    r"\s*,?\s*(?:bahwa(?:s+an?n?ya)?|kalau|kalo|jika(?![^.,\n]*,))\b\s*,?\s*", re.IGNORECASE
)
BAHWA = re.compile(r"\s*,?\s*bahwa(?:s+an?n?ya)?\b\s*,?\s*", re.IGNORECASE)
_QUESTIONS = frozenset(
    {"apa", "apakah", "bagaimana", "berapa", "kapan", "kenapa", "mengapa", "siapa"}
)
_ABOUT = frozenset({"kepada", "mengenai", "perihal", "tentang"})
LATE_THAT = re.compile(r"[,\s]bahwa(?:s+an?n?ya)?\b\s*,?\s*", re.IGNORECASE)
TRAILING = re.compile(
    r"\s*,?\s*(?:(?:saat|usai|seusai|ketika|kepada|di|dalam|pada|melalui|sambil|seraya|lewat|via"
    r"|singkat|mengakhiri|menutup|sewaktu|selepas|waktu\s+me[a-z]+"
    r"|di(?:akhir|awal|sela(?:-sela)?|hadapan|depan|tengah))\b"
    r"|(?<!,\s)(?:sebelum|sesudah|setelah)\b"
    r"|(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b|\()",
    re.IGNORECASE,
)
"""What stands behind a speaker without being a clause: place, time, audience."""
_BYLINE = re.compile(r"[.!?]\s*(?:\*+\s*\(?[\w./ ]{0,24}\)?|\([\w./ ]{1,24}\))\*?\s*\Z")
_BEHIND_VERB = re.compile(
    r"(?:\s+(?:pula|juga|lagi|kembali))+(?=\s*,|\s+(?:agar|bahwa|supaya))", re.IGNORECASE
)
_DEGREE = re.compile(
    r"[A-Z][\w.]{0,6}\.?\Z|(?:Ketua|Kepala|Direktur|Anggota|Wakil|Warga|warga|salah|seorang)\b"
)
_TO_SOMEBODY = re.compile(r"\s*(?:kepada|pada)\s[^,.:;]{3,90}?\s(?=(?:agar|supaya|untuk)\s)")
"""An audience before what it is told (``berpesan kepada para santri untuk ...``)."""
_POINTED = re.compile(
    r"[^,.;]{20,220}\b(?:ini|itu|tersebut)\s(?:(?:juga|akan|telah|sudah|bisa|dapat|masih)\s)*"
    r"(?P<verb>[a-z]{5,})\b"
)
"""A long subject that ``ini`` or ``itu`` closes, and the word behind it."""
_LATE_VERB = re.compile(
    r"(?P<subject>[^;.]{40,240}?)\s(?:akan|belum|bisa|dapat|harus|masih|sudah|telah|tidak)\s"
    r"(?P<verb>[a-z]{5,})\b"
)
_ASIDE = re.compile(
    r"\b(?:agar|bahwa|jika|kalau|karena|ketika|saat|sebelum|setelah|supaya|untuk|yang)\b"
)
_EQUATED = re.compile(r"[^,.;]{10,220}\s(?:adalah|ialah)\s")
_SETTING = re.compile(
    r"\s*(?:bersama|dari|selaku|kepada|saat|usai|ketika|di|dalam|pada|melalui|lewat)\s"
)
_MEANWHILE = re.compile(
    r"\s*,\s*(?:sambil|seraya|sembari)\s+me[a-z]+[^,]*\Z"
    r"|\s*,\s*dan\s+(?:sesudah|setelah)\s+itu\b"
)
_FIRM = 6
"""Words before which a state is the predicate of a topic. Set by hand; no command measured it."""
_APPOSED = 5
"""Words that say what somebody is, behind the first. Set by hand; no command measured it."""
_OWN_CUE = 8
"""Words before a cue that opens a sentence. Set by hand; no command measured it."""
_WISH = re.compile(r"\b(?:agar|supaya)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:dan|serta|sekaligus)(?:\s+(?:juga|turut))?\s+([a-z]{5,})\b")
_WHO = re.compile(r"\s*yang\s")
_SAYS_TOO = re.compile(r"\s+me[a-z]{4,},")
_BRACKET = re.compile(r"\s*\([^)]*\)\s*")
_TOO = re.compile(r"\s*(?:pula|lagi)\b(?=[\s,])", re.IGNORECASE)
_WILL = re.compile(r"(?:(?:tak|tidak)\s+)?(?:akan|bakal)\s", re.IGNORECASE)
_ECHO = re.compile(
    r"\s*hal\s+(?:ini|itu|senada|serupa|tersebut)\s*(?:kepada|saat|ketika|usai|seusai|dalam|di|pada)\s",
    re.IGNORECASE,
)
"""``hal itu`` with an audience or a setting behind it: what was said stands elsewhere."""
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
    that = BAHWA.match(view.masked, start, end)
    if that:
        start = that.end()
    byline = _BYLINE.search(view.masked, start, end)
    if byline:
        end = byline.start() + 1
    while start < end and view.text[start] in " ,:;-–—":
        start += 1
    meanwhile = _MEANWHILE.search(view.masked, start, end)
    if meanwhile:  # "..., sambil menunjuk peta."
        end = meanwhile.start()
    while end > start and view.text[end - 1].isspace():
        end -= 1
    words = WORD.findall(view.masked, start, end)
    state = bool(words) and words[0] in view.cues.states  # "mengaku setuju"
    if len(words) < 2 and not state and not _DIGIT.search(view.masked, start, end):
        return None
    return start, end


def behind_own_cue(view: View, start: int, end: int) -> int:
    """Offset behind a report that opens the words (``Ia berharap, ...`` or ``... bahwa ...``).

    Where a cue stands behind them too, what was said begins there; ``start`` without one.
    """
    for number, word in enumerate(WORD.finditer(view.text, start, end)):
        low = word.group().casefold()
        if number > _OWN_CUE:
            break
        if low in view.cues.active | view.cues.passive:
            that = BAHWA.match(view.text, word.end(), end)
            comma = word.end() < end and view.text[word.end()] == ","
            return that.end() if that else word.end() + 1 if comma else start
    return start


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
    if commas and _apposed(view, masked[place + 1 : commas[0]].strip()):
        if view.is_clause(place + 1, commas[0]):
            return place
        return behind_speaker(view, commas[0], end)
    return place


def _apposed(view: View, words: str) -> bool:
    """Whether ``words`` between commas behind a name say what its bearer is."""
    if _DEGREE.match(words):
        return True
    first, *rest = words.split() or [""]
    someone = first in view.cues.plain_people | view.cues.parties | view.cues.characterising
    return someone and 0 < len(rest) <= _APPOSED and any(word[0].isupper() for word in rest)


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
    place = skip_adverbs(view, _behind_joined(view, place))
    if MASK in masked[place:end]:
        quote = masked.index(MASK, place)
        before = WORD.findall(masked, place, quote)
        named = any(word.casefold() in view.cues.naming for word in before[-3:])
        if len(before) < 5 and not named:  # 'tema tahun ini "..." dipilih karena'
            return None
    that = THAT.match(masked, place)
    if that:
        return trimmed(view, that.end(), end)
    colon = masked.find(":", place, min(end, place + 100))
    if colon > place + 1 and not view.is_clause(place, colon) and MASK not in masked[colon:end]:
        return trimmed(view, colon + 1, end)
    if verb in view.cues.anything and _ECHO.match(masked, place, end):
        return None  # "mengatakan hal itu kepada pewarta"
    told = _TO_SOMEBODY.match(masked, place, end) if verb in view.cues.messages else None
    if told and (verb in view.cues.stressing or not masked.startswith("untuk", told.end())):
        return trimmed(view, told.end(), end)
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


def _behind_joined(view: View, place: int) -> int:
    """Offset behind a second verb of speech (``berpesan dan meminta agar ...``)."""
    joined = _JOINED.match(view.masked, place)
    both = joined is not None and joined[1] in view.cues.active | view.cues.acts
    return joined.end() if joined is not None and both else place


def _bare_clause(view: View, verb: str, start: int, end: int) -> bool:
    """Whether words directly behind a verb (no comma, no ``bahwa``) are what was said."""
    cues = view.cues
    opening = [word.casefold() for word in WORD.findall(view.masked, start, end)[:3]]
    if opening[:1] == ["adanya"] and verb not in cues.tallies:
        return verb in cues.existence
    if verb in cues.tallies:
        return opening[:1] in (["ada"], ["adanya"], ["terdapat"])
    if verb in cues.anything:
        empty = len(opening) < 3 or opening[0] == "kepada" or cues.echoes.intersection(opening)
        return not empty or view.is_clause(start, end) or view.is_nominal_clause(start, end)
    if opening[:1] and opening[0] in _QUESTIONS:
        return True  # "bertanya siapa yang menanggung"
    if verb in cues.questions:
        return False
    if opening[:1] in (["agar"], ["supaya"]):
        return verb not in cues.proposals  # "berpesan agar warga tenang"
    if verb in cues.saying and _EQUATED.match(view.masked, start, end):
        return True  # "menyatakan informasi yang beredar ... adalah hoaks"
    if verb in cues.declaring and _is_state(view, opening):
        return True
    if _topic(view, verb, start, end):
        return False
    pronoun = len(opening) > 1 and opening[0] in cues.pronouns and opening[1] not in cues.going_on
    if pronoun and view.is_clause(start, end):
        return True  # "menimpali pihaknya meminjamkan alat"
    if verb in cues.denials:
        return view.is_clause(start, end) or _stated(view, start, end)
    if verb in cues.strict:
        acts = verb in cues.announcing and bool(opening[:1]) and view.is_verb(opening[0])
        return acts or _stated(view, start, end)
    if verb in cues.careful and verb not in cues.noun_object:
        nominal = verb in cues.saying and view.is_nominal_clause(start, end)
        return nominal or view.is_clause(start, end) or _pointed(view, verb, start, end)
    return True


def _pointed(view: View, verb: str, start: int, end: int) -> bool:
    """Whether a verb follows a long subject: one that ``ini`` closes, or one without a clause.

    ``menyampaikan pemeriksaan yang ... bagi penumpang ini meliputi skrining``, ``memastikan enam
    korban ... Kalimantan Barat dapat melanjutkan sekolah``.
    """
    if verb not in view.cues.saying:
        return False
    match = _POINTED.match(view.masked, start, end)
    if match is not None and view.is_verb(match["verb"]):
        return True
    late = _LATE_VERB.match(view.masked, start, end)
    return late is not None and not _ASIDE.search(late["subject"]) and view.is_verb(late["verb"])


def _is_state(view: View, opening: list[str]) -> bool:
    """Whether a state of the speaker opens the words (``menyatakan [diri] mundur dari ...``)."""
    first = opening[1:2] if opening[:1] == ["diri"] else opening[:1]
    return bool((view.cues.states - view.cues.topics).intersection(first))


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
    """The clause behind a verb of promising, with or without a subject of its own."""
    content = trimmed(view, place, end)
    if content is not None and _WILL.match(view.masked, content[0]):
        return content
    if content is None or THAT.match(view.masked, place):
        return None
    clause = view.is_clause(*content) or view.is_nominal_clause(*content)
    return content if clause or _stated(view, *content) else None


def given(view: View, place: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """The noun behind a verb of giving, and what it says (``memberi [jaminan] bahwa ...``)."""
    noun = WORD.match(view.masked, skip_spaces(view, place))
    if noun is None or noun.group() not in view.cues.given:
        return None
    that = LATE_THAT.search(view.masked, noun.end(), min(end, noun.end() + 60))
    if that is None or view.clause_commas(noun.end(), that.start()):
        return None
    content = trimmed(view, that.end(), end)
    return (noun.group(), content) if content is not None else None


def admitted(view: View, place: int, end: int) -> tuple[int, int] | None:
    """What ``tak menampik bahwa ...`` admits."""
    that = THAT.match(view.masked, place)
    return trimmed(view, that.end(), end) if that else None


def _topic(view: View, verb: str, start: int, end: int) -> bool:
    """Whether the words name an act, a topic or an audience, not a clause."""
    cues = view.cues
    opening = [word.casefold() for word in WORD.findall(view.masked, start, end)[:5]]
    if not opening or opening[0] in _ABOUT or opening[0] == "diri":
        return True
    if verb in cues.noun_object:
        return False
    if opening[0] == "untuk":
        return True
    wish = _WISH.search(view.masked, start, end) if {"agar", "supaya"} & set(opening) else None
    if wish is not None:  # "memastikan jalan ditutup supaya aman"
        until = wish.start()
        return verb not in cues.saying or not (
            view.is_clause(start, until) or view.is_nominal_clause(start, until)
        )
    if opening[0] not in cues.topics or verb == "mengatakan":
        return False
    return opening[0] in cues.bare_topics or not _firm(view, start, end)


def _firm(view: View, start: int, end: int) -> bool:
    """Whether a topic noun is the subject of a clause (``temuan itu berasal dari``)."""
    words = [word.casefold() for word in WORD.findall(view.masked, start, end)[:_FIRM]]
    place = view.predicate(start, end)
    if place is not None:
        words = [word.casefold() for word in WORD.findall(view.masked, start, place)]
    elif not view.cues.states.intersection(words):
        return False
    else:  # "gagasan itu lahir di warung"
        words = words[: min(words.index(word) for word in view.cues.states.intersection(words))]
    aside = view.cues.subordinators | {"kepada", "atas", "terkait", "soal"}
    return bool(words) and not aside.intersection(words)
