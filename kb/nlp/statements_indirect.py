"""Reported speech: an explicit cue, its speaker, and the reported words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kb.authority import norm
from kb.model import StatementKind
from kb.nlp.speakers import LAST, NOBODY, People, Ref
from kb.nlp.statements_refs import Found, speaker_after, speaker_before
from kb.nlp.statements_text import MASK, WORD, Sentence, View, is_headline

_THAT = re.compile(r"\s*,?\s*(?:bahwa(?:s+an?n?ya)?|jika|kalau)\b\s*,?\s*", re.IGNORECASE)
_LATE_THAT = re.compile(r"[,\s]bahwa(?:s+an?n?ya)?\b\s*,?\s*", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s*,?\s*(?:(?:saat|usai|seusai|ketika|kepada|di|dalam|pada|melalui|sambil|seraya|lewat|via|singkat)\b"
    r"|(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b|\()",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"[.!?]\s*(?:\*+\s*\(?[\w./ ]{0,24}\)?|\([\w./ ]{1,24}\))\*?\s*\Z")
_ANOTHER = re.compile(
    r"(?:Hal|Pendapat|Pernyataan|Keluhan|Harapan|Tanggapan|Apresiasi|Dukungan|Suara|Kritik)\b[^.,]{0,40}"
    r"\b(?:datang|disampaikan|muncul|dilontarkan|dikemukakan|diutarakan)\s+(?:langsung\s+)?(?:dari|oleh)\s"
)
_BEHIND_VERB = re.compile(r"(?:\s+(?:pula|juga|lagi|kembali))+(?=\s*,|\s+bahwa)", re.IGNORECASE)
_PLAIN_NYA = frozenset(("nilai", "pesan", "kesan", "janji", "ajar", "tanya", "semangat", "usul"))
_LETTER = re.compile(r"[^\W_]")


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
    weak: bool = False
    """A subject that does nothing to do with speech."""


def indirect_candidates(
    view: View, people: People, taken: Collection[int] = ()
) -> Iterator[Candidate]:
    """Reported statements and floor-taking subjects, sentence by sentence.

    ``taken`` are the offsets of cues that belong to quotations.
    """
    for sentence in view.sentences:
        start, end = _bounds(view, sentence)
        if start >= end or is_headline(view.text[start:end]):
            continue
        yield from _of_sentence(view, people, start, end, taken)


def _bounds(view: View, sentence: Sentence) -> tuple[int, int]:
    """The sentence without white space and without quotations at its edges."""
    start, end = sentence.start, sentence.end
    while start < end and (view.masked[start].isspace() or view.masked[start] in MASK + "*•-–—"):
        start += 1
    while end > start and (view.masked[end - 1].isspace() or view.masked[end - 1] == MASK):
        end -= 1
    return start, end


def _of_sentence(
    view: View, people: People, start: int, end: int, taken: Collection[int]
) -> Iterator[Candidate]:
    final = _final(view, people, start, end)
    if final is not None and final.place not in taken:
        yield final
        return
    found = [
        candidate
        for finder in (_according, _passive, _inserted, _active)
        if (candidate := finder(view, people, start, end)) is not None
    ]
    found = [c for c in found if c.place not in taken]
    source = _ANOTHER.match(view.masked, start, end)
    if source and not found:
        who = speaker_after(view, people, source.end())
        if who.ref.kind in ("person", "title"):
            found.append(Candidate(source.end(), who.ref, method="introduced"))
    reports = [c for c in found if c.kind is not None]
    if reports:
        first = min(reports, key=lambda c: c.place)
        yield from (c for c in found if c.kind is None and c.place < first.place)
        yield first
        return
    yield from found
    if not found and not any(start <= place < end for place in taken):
        subject = _subject(view, people, start, end)
        if subject is not None:
            yield subject


def _content(view: View, start: int, end: int) -> tuple[int, int] | None:
    """Trim the reported words; ``None`` if too little is left."""
    that = _THAT.match(view.masked, start, end)
    if that:
        start = that.end()
    byline = _BYLINE.search(view.masked, start, end)
    if byline:
        end = byline.start() + 1
    while start < end and view.text[start] in " ,:;-–—":
        start += 1
    while end > start and view.text[end - 1].isspace():
        end -= 1
    if len(WORD.findall(view.masked, start, end)) < 2 and not re.search(r"\d", view.masked[start:end]):
        return None
    return start, end


def _free(view: View, place: int) -> bool:
    """Whether a word at ``place`` lies outside every mention."""
    return view.mention_at(place) is None


def _next_char(view: View, place: int, end: int) -> str:
    while place < end and view.masked[place] == " ":
        place += 1
    return view.masked[place] if place < end else ""


# --- "..., kata dia." ---------------------------------------------------------------


def _final(view: View, people: People, start: int, end: int) -> Candidate | None:
    """A cue behind the reported words: ``Jalan itu akan diperbaiki, kata dia.``"""
    cues = view.cues
    for comma in reversed(view.clause_commas(start, end)):
        word = WORD.match(view.masked, _skip(view, comma + 1))
        if word is None:
            continue
        low = word.group().casefold()
        if low in ("masih", "demikian", "begitu"):
            word = WORD.match(view.masked, _skip(view, word.end())) or word
            low = word.group().casefold()
        nya = low.endswith("nya") and (low[:-3] in cues.between_commas or low == "menurutnya")
        if not (nya or low in cues.between_commas or low == "menurut"):
            continue
        who = Found(LAST, word.end()) if nya else speaker_after(view, people, word.end())
        if not nya and who.place <= word.end() + 1 and who.ref is LAST:
            continue
        rest = view.masked[who.place : end].strip(" .,!?")
        if rest and not _TRAILING.match(view.masked, who.place, end) and not rest.startswith("("):
            continue
        begin = view.skip_connectors(start, comma)
        if MASK in view.masked[begin:comma] or not view.is_clause(begin, comma):
            continue
        content = _content(view, begin, comma)
        if content is None or len(view.masked[begin:comma].split()) < 4:
            continue
        return Candidate(
            word.start(), who.ref, "indirect", *content, word.group(), "cue-after", 0.8
        )
    return None


def _skip(view: View, place: int) -> int:
    while place < len(view.text) and view.text[place] in " \t":
        place += 1
    return place


# --- "Menurut X, ..." ---------------------------------------------------------------


def _according(view: View, people: People, start: int, end: int) -> Candidate | None:
    for word in WORD.finditer(view.masked, start, end):
        low = word.group().casefold()
        if low not in ("menurut", "menurutnya") or not _free(view, word.start()):
            continue
        if low == "menurutnya":
            who = Found(LAST, word.end())
        else:
            following = WORD.match(view.masked, _skip(view, word.end()))
            if following is None or following.group().casefold() in view.cues.not_speakers:
                continue
            who = speaker_after(view, people, word.end())
            if who.place <= following.start():
                continue
        content = _content(view, _clause_start(view, who.place, end), end)
        if content is None:
            continue
        return Candidate(word.start(), who.ref, "indirect", *content, word.group(), "according", 0.9)
    return None


def _clause_start(view: View, place: int, end: int) -> int:
    """Behind the speaker phrase: skip an apposition up to its comma."""
    text = view.masked
    rest = text[place:end]
    if rest[:1] == "(":
        close = rest.find(")")
        place += close + 1 if close >= 0 else 0
    match = re.match(r"\s*\([^)]*\)\s*", text[place:end])
    if match:
        place += match.end()
    if text[place : place + 1] != "," and not text[place:end].lstrip()[:1].islower():
        comma = view.clause_commas(place, min(end, place + 120))
        if comma and not view.is_clause(place, comma[0]):
            return comma[0] + 1
    if text[place : place + 1] == ",":
        commas = view.clause_commas(place + 1, min(end, place + 160))
        if commas and not view.is_clause(place + 1, commas[0]):
            inside = text[place + 1 : commas[0]].strip()
            degree = bool(re.fullmatch(r"[A-Z][\w.]{0,6}\.?", inside)) or bool(
                re.match(r"(?:Ketua|Kepala|Direktur|Anggota|Wakil|Warga|warga|salah|seorang)\b", inside)
            )
            if degree:
                return _clause_start(view, commas[0], end)
    return place


# --- "Dikatakan X, ..." -------------------------------------------------------------


def _passive(view: View, people: People, start: int, end: int) -> Candidate | None:
    cues = view.cues
    for word in WORD.finditer(view.masked, start, end):
        low = word.group().casefold()
        nya = low.endswith("nya") and low[:-3] in cues.passive
        if not (nya or low in cues.passive) or not _free(view, word.start()):
            continue
        if _blocked(view, start, word.start()) or _after_yang(view, start, word.start()):
            continue
        if nya:
            content = _content(view, word.end(), end)
            if content is None or not view.is_clause(*content):
                continue
            return Candidate(word.start(), LAST, "indirect", *content, word.group(), "passive", 0.85)
        behind_word = _skip_adverbs(view, word.end())
        after = _next_char(view, behind_word, end)
        led = view.skip_connectors(start, word.start())
        lead_words = [w.group().casefold() for w in WORD.finditer(view.masked, led, word.start())]
        opening = all(w in cues.according or w in cues.adverbs for w in lead_words)
        if after == "," or _THAT.match(view.masked, behind_word):
            content = _content(view, behind_word, end)
            if content is None:
                continue
            return Candidate(word.start(), LAST, "indirect", *content, word.group(), "passive", 0.75)
        who = speaker_after(view, people, word.end())
        if who.ref is LAST and not _pronoun(view, word.end()):
            continue
        if who.ref.kind == "phrase" and not who.ref.text[:1].isupper():
            continue
        topic = re.search(r"\b(?:hal|ini|itu|tersebut|demikian|senada|serupa)\b", view.masked[start : word.start()].casefold())
        late = _LATE_THAT.search(view.masked, who.place, end)
        if late and not topic:
            content = _content(view, late.end(), end)
        else:
            content = _content(view, _clause_start(view, who.place, end), end)
        before = view.masked[led : word.start()].strip(" ,")
        clear = opening or before.endswith(",") or view.masked[led : word.start()].rstrip().endswith(",")
        if content is None or topic or not (clear or late):
            return Candidate(word.start(), who.ref, method="introduced")
        behind = view.masked[who.place : end].lstrip()
        late = None if topic else late
        if not late and (not behind.startswith((",", ")", "(")) and not behind[:1].islower()):
            return Candidate(word.start(), who.ref, method="introduced")
        if not late and not opening and _TRAILING.match(view.masked, who.place, end):
            return Candidate(word.start(), who.ref, method="introduced")
        if not view.is_clause(*content):
            return Candidate(word.start(), who.ref, method="introduced")
        return Candidate(word.start(), who.ref, "indirect", *content, word.group(), "passive", 0.88)
    return None


def _after_yang(view: View, start: int, verb: int) -> bool:
    """Whether a passive verb only describes somebody (``warga yang disebut Bupati``)."""
    before = view.masked[start:verb].casefold().split()
    return before[-1:] == ["yang"] and before[-2:-1] not in (["seperti"], ["sebagaimana"])


def _skip_adverbs(view: View, place: int) -> int:
    """Offset behind ``pula``, ``juga``, ``lagi`` that follow a verb."""
    match = _BEHIND_VERB.match(view.masked, place)
    return match.end() if match else place


def _pronoun(view: View, place: int) -> bool:
    """Whether the next word is a personal pronoun."""
    word = WORD.match(view.masked, _skip(view, place))
    return word is not None and word.group().casefold() in view.cues.pronouns


# --- "Selain itu, kata X, ..." ------------------------------------------------------


def _inserted(view: View, people: People, start: int, end: int) -> Candidate | None:
    cues = view.cues
    for word in WORD.finditer(view.masked, start, end):
        low = word.group().casefold()
        nya = cues.is_nya(low) and low[:-3] not in _PLAIN_NYA
        if not (nya or low in cues.between_commas) or not _free(view, word.start()):
            continue
        before = view.masked[start : word.start()].rstrip()
        comma_before = not before or before.endswith((",", "-", "–", "—", "masih"))
        if nya:
            if not comma_before or _next_char(view, word.end(), end) != ",":
                continue
            who = Found(LAST, word.end())
        else:
            who = speaker_after(view, people, word.end())
            if who.ref is NOBODY or who.place <= word.end():
                continue
            if not comma_before and not (
                who.ref.kind in ("person", "title") or _pronoun(view, word.end())
            ):
                continue
            if low in cues.plain_words and who.ref.kind == "phrase":
                continue
            if not comma_before and _next_char(view, who.place, end) != ",":
                continue
            if who.ref.kind == "phrase" and len(who.ref.text.split()) > 8:
                continue
        content = _content(view, _clause_start(view, who.place, end), end)
        if content is None or _TRAILING.match(view.masked, content[0], end) and not (
            view.is_clause(*content) and view.masked[who.place : who.place + 1] == ","
        ):
            continue
        confidence = 0.9 if comma_before else 0.8
        return Candidate(
            word.start(), who.ref, "indirect", *content, word.group(), "inserted", confidence
        )
    return None


# --- "X mengatakan (bahwa) ..." -----------------------------------------------------


def _blocked(view: View, start: int, verb: int) -> bool:
    """Whether the words before the verb make it no report (``untuk memastikan``)."""
    words = [m.group().casefold() for m in WORD.finditer(view.masked, start, verb)]
    while words and words[-1] in view.cues.adverbs and words[-1] not in view.cues.blockers:
        words.pop()
    return bool(words) and words[-1] in view.cues.blockers


def _active(view: View, people: People, start: int, end: int) -> Candidate | None:
    cues = view.cues
    introduced: Candidate | None = None
    for word in WORD.finditer(view.masked, start, end):
        low = word.group().casefold()
        acts = low in cues.acts
        if low not in cues.active and not acts or not _free(view, word.start()):
            continue
        if low in cues.openers and not WORD.search(view.masked, start, word.start()):
            continue
        if _blocked(view, start, word.start()):
            continue
        who = speaker_before(view, people, start, word.start())
        if introduced is not None and not _own_subject(view, start, word.start()):
            continue
        if low in cues.active:
            content = _reported(view, low, word.end(), end)
            if content is not None and who.ref.kind != "none":
                sure = content[0] > word.end() + 1
                return Candidate(
                    word.start(), who.ref, "indirect", *content, word.group(), "active",
                    0.92 if sure else 0.82,
                )  # fmt: skip
        relative = view.masked[start : word.start()].rstrip().endswith(" yang")
        if introduced is None and not relative and who.ref.kind in ("person", "title"):
            introduced = Candidate(word.start(), who.ref, method="introduced")
    return introduced


def _own_subject(view: View, start: int, verb: int) -> bool:
    """Whether a later verb of the sentence has a subject of its own (``X yang mengatakan``)."""
    before = view.masked[start:verb].rstrip().casefold()
    return before.endswith(" yang") or before.split(" ")[-1] in view.cues.pronouns


def _reported(view: View, verb: str, place: int, end: int) -> tuple[int, int] | None:
    """The reported clause behind an active verb, or ``None`` if there is none."""
    cues = view.cues
    masked = view.masked
    place = _skip_adverbs(view, place)
    place_end = end
    if MASK in masked[place:end]:
        quote = masked.index(MASK, place)
        if len(WORD.findall(masked, place, quote)) < 5:
            return None
    that = _THAT.match(masked, place)
    late = _LATE_THAT.search(masked, place, min(end, place + 140))
    if that:
        return _content(view, place, place_end)
    if late and not view.is_clause(place, late.start()):
        return _content(view, late.end(), place_end)
    comma = _next_char(view, place, end) in (",", ":")
    content = _content(view, place, place_end)
    if content is None:
        return None
    first = WORD.match(masked, content[0])
    low = first.group().casefold() if first else ""
    if not comma:
        if verb in cues.strict:
            return None
        topic = low in cues.topics and verb not in cues.noun_object and verb != "mengatakan"
        if topic and low not in cues.bare_topics and _firm(view, *content):
            topic = False
        opening = [w.group().casefold() for w in WORD.finditer(masked, *content)][:5]
        urged = verb not in cues.noun_object and ("agar" in opening or "supaya" in opening)
        if topic or urged or low == "kepada":
            if late:
                return _content(view, late.end(), place_end)
            return None
        if verb in cues.careful and verb not in cues.noun_object:
            return content if view.is_clause(*content) else None
        return content
    if not _LETTER.search(masked[content[0] : content[1]]):
        return None
    return content


def _firm(view: View, start: int, end: int) -> bool:
    """Whether a topic noun is the subject of a clause (``temuan itu berasal dari``)."""
    place = view.predicate(start, end)
    if place is None:
        return False
    between = {w.group().casefold() for w in WORD.finditer(view.masked, start, place)}
    return not between & (view.cues.subordinators | {"kepada", "atas", "terkait", "soal"})


# --- who takes the floor without a report -------------------------------------------


def _subject(view: View, people: People, start: int, end: int) -> Candidate | None:
    """A sentence that opens with a person: they may speak next."""
    begin = view.skip_connectors(start, end)
    persons = view.between(begin, end, "PER")
    if not persons:
        return None
    person = persons[0]
    stretch = view.masked[begin : person.start]
    for match in WORD.finditer(stretch):
        word = match.group()
        place = begin + match.start()
        if view.mention_at(place) is not None or word != word.casefold():
            continue
        if view.is_verb(word) or word in view.cues.stops - view.cues.describing:
            return None
    if norm(stretch).startswith(("turut", "hadir", "tampak")):
        return None
    return Candidate(person.start, Ref("person", person.surface, person), method="subject", weak=True)
