"""Reports that introduce a quotation: ``X mengatakan, "..."``, ``Sekda Demak: "..."``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.nlp.statements.before_verb import speaker_before
from kb.nlp.statements.crowds import crowd_ahead
from kb.nlp.statements.masked import MASK, WORD, View, unmarked
from kb.nlp.statements.people import INTERVIEWED, LAST, People, Ref
from kb.nlp.statements.quotes import Quote
from kb.nlp.statements.refs import Found, phrase_ref, speaker_after
from kb.nlp.statements.unannounced import capitals, closes_line

PAUSES = (",", ":", ";")
NAMELY = re.compile(
    r"\b(?:bahwa|yaitu|yakni|pokoknya|sbb"
    r"|d(?:en)?ga?n\s+(?:kalimat|kata-kata|pertanyaan|teriakan|ucapan))\Z",
    re.IGNORECASE,
)
"""What introduces words as a colon does (``berpesan kepada warga yakni "..."``)."""
SHORT = 4
_FEW = 3
_APPOSED = 3
"""Words between a name and its colon. Set by hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Told:
    """The cue of a quotation."""

    ref: Ref
    cue: str | None
    place: int
    end: int
    method: str
    confidence: float


def find_ahead(view: View, people: People, start: int, quote: Quote, words: int) -> Told | None:
    """A report that introduces the quotation."""
    cues = view.cues
    pre = unmarked(view.masked[start : quote.outer_start]).rstrip()
    if not pre or MASK in pre[-1:]:
        return None
    opened = pre.endswith(PAUSES) or bool(NAMELY.search(pre))
    colon = pre.endswith(":")
    end = start + len(pre)
    last = WORD.findall(pre)[-1:]
    said = bool(last) and last[0].casefold() in cues.anything | cues.answering
    if not opened and words < (2 if said else 3):
        return None
    tokens = list(WORD.finditer(view.masked, start, end))
    reach = 14 if opened else 3
    if colon and pre.strip(" *•-–—:").casefold() in cues.answer_labels:
        return Told(INTERVIEWED, None, start, quote.outer_end, "answer", 0.85)
    for word in reversed(tokens[-reach:]):
        low = word.group().casefold()
        if view.mention_at(word.start()) is not None:
            continue
        bare = low.removesuffix("nya")
        if low in cues.active or (colon and low in cues.acts):
            if not colon and not NAMELY.search(pre) and len(tokens) and word.end() < end - 40:
                break
            who = speaker_before(view, people, start, word.start())
            return Told(who.ref, word.group(), word.start(), quote.outer_end, "cue-quote", 0.95)
        if low in cues.passive or (bare in cues.passive and low.endswith("nya")):
            who = (
                Found(LAST, word.end()) if bare != low else speaker_after(view, people, word.end())
            )
            return Told(who.ref, word.group(), word.start(), quote.outer_end, "cue-quote", 0.93)
        if cues.is_nya(low) or low in cues.roots:
            nya = cues.is_nya(low)
            who = Found(LAST, word.end()) if nya else speaker_after(view, people, word.end())
            bare_root = who.ref is LAST and view.masked[word.end() : end].strip(" ,:;") == ""
            subject = who
            if nya or bare_root:
                subject = speaker_before(view, people, start, word.start())
            if subject.ref.kind == "person" or (bare_root and subject.ref.kind != "none"):
                who = (
                    subject  # 'Bu RT Aminah langsung nyuci katanya, "..."', 'Ibu itu teriak "..."'
                )
            return Told(who.ref, word.group(), word.start(), quote.outer_end, "cue-quote", 0.9)
        if low in ("menurut", "menurutnya"):
            who = Found(LAST, 0) if bare != low else speaker_after(view, people, word.end())
            return Told(who.ref, word.group(), word.start(), quote.outer_end, "cue-quote", 0.9)
    if colon and words >= 2 and not view.masked[view.line(start)[0] : start].strip():
        label = pre.rstrip(": ").strip(" *•-–—")
        named = WORD.findall(label)
        while named and named[0].casefold() in cues.labels:
            label = label[len(named.pop(0)) :].lstrip()
        office = people.title_of(label) is not None or (
            bool(named) and named[0].casefold() in cues.describing
        )
        plain = not any(view.is_verb(w) for w in named)
        persons = view.between(start, end, "PER")
        if len(named) == 1 and label.isupper() and people.named(label) is not None:
            return Told(Ref("phrase", label), None, start, quote.outer_end, "colon", 0.8)
        if office and plain and not persons and len(named) <= 8:  # 'Sekda Demak: "..."'
            ref = phrase_ref(label, people, view)
            return Told(ref, None, start, quote.outer_end, "colon", 0.75)
    if colon and words >= SHORT:
        persons = view.between(start, end, "PER")
        behind = WORD.findall(view.masked, persons[-1].end, end) if persons else []
        plain = len(behind) <= _APPOSED and not any(
            view.is_verb(w.casefold()) or w.casefold() in cues.stops for w in behind
        )
        if persons and plain:  # 'Gek Intan kelas 8B: "..."'
            ref = Ref("person", persons[-1].surface, persons[-1])
            return Told(ref, None, persons[-1].start, quote.outer_end, "colon", 0.8)
    crowd = crowd_ahead(view, pre, start) if colon and words >= _FEW else None
    if crowd is not None:
        return Told(crowd[0], None, crowd[1], quote.outer_end, "colon", 0.75)
    apposed = _apposed(view, start, end) if pre.endswith(",") and words >= _FEW else None
    if apposed is not None:
        return Told(apposed, None, start, quote.outer_end, "comma", 0.7)
    title = capitals(view, quote) > words / 2 and not view.shouting
    if pre.endswith(",") and words >= SHORT and closes_line(view, quote) and not title:
        who = speaker_before(view, people, start, end)
        if who.ref.kind == "person":  # 'Pak Camat juga hadir, "warga tolong lapor"'
            return Told(who.ref, None, who.place, quote.outer_end, "comma", 0.7)
    return None


def _apposed(view: View, start: int, end: int) -> Ref | None:
    """Who is named between commas right before a quotation (``pemilik kios, X, "..."``)."""
    persons = view.between(start, end, "PER")
    if not persons or view.masked[persons[-1].end : end].strip() != ",":
        return None
    before = view.masked[start : persons[-1].start].rpartition(",")
    near = len(before[2].split()) <= 1
    return Ref("person", persons[-1].surface, persons[-1]) if before[1] and near else None
