"""Reports whose verb is passive (``Dikatakan X, ...``)."""

from __future__ import annotations

import re

from kb.nlp.statements.content import (
    LATE_THAT,
    THAT,
    TRAILING,
    Candidate,
    behind_speaker,
    blocked,
    next_char,
    skip_adverbs,
    skip_spaces,
    trimmed,
)
from kb.nlp.statements.masked import WORD, View
from kb.nlp.statements.people import LAST
from kb.nlp.statements.refs import Found, speaker_after
from kb.nlp.statements.scene import Scene, SceneWord

_SUBORDINATE = re.compile(r"\b(?:jika|kalau|bila|apabila)\b[^,]*\Z", re.IGNORECASE)
_ALIKE = re.compile(r"\b(?:sama|senada|serupa)\b", re.IGNORECASE)
_TOPIC_BEFORE = re.compile(r"\b(?:hal|ini|itu|tersebut|demikian|senada|serupa)\b", re.IGNORECASE)


def passive(scene: Scene) -> Candidate | None:
    view, cues = scene.view, scene.view.cues
    for word in scene.words:
        nya = word.low.endswith("nya") and word.low[:-3] in cues.passive
        if not (nya or word.low in cues.passive):
            continue
        if blocked(view, scene.start, word.start) or _after_yang(view, scene.start, word.start):
            continue
        if nya:
            led = view.skip_connectors(scene.start, word.start)  # "Selain itu, dikatakannya ..."
            if _TOPIC_BEFORE.search(view.masked, led, word.start):
                return Candidate(word.start, LAST, method="introduced")  # "Hal itu diucapkannya"
            behind = skip_adverbs(view, word.end)
            content = trimmed(view, behind, scene.end)
            opens = word.start == led and next_char(view, behind, scene.end) == ","
            if content is not None and (opens or view.is_clause(*content)):
                return Candidate(word.start, LAST, "indirect", *content, word.text, "passive", 0.85)
            continue
        behind = skip_adverbs(view, word.end)
        if _SUBORDINATE.search(view.masked, scene.start, word.start):
            continue
        if next_char(view, behind, scene.end) == "," or THAT.match(view.masked, behind):
            content = trimmed(view, behind, scene.end)
            if content is not None:
                return Candidate(word.start, LAST, "indirect", *content, word.text, "passive", 0.75)
            continue
        who = speaker_after(view, scene.people, word.end)
        if who.ref is LAST and not pronoun_at(view, word.end):
            continue
        if who.ref.kind == "phrase" and not who.ref.text[:1].isupper():
            continue
        content = _passive_content(scene, word, who)
        if content is None:
            return Candidate(word.start, who.ref, method="introduced")
        return Candidate(word.start, who.ref, "indirect", *content, word.text, "passive", 0.88)
    return None


def _passive_content(scene: Scene, word: SceneWord, who: Found) -> tuple[int, int] | None:
    """What ``dikatakan X`` reports, or ``None`` (``Hal itu dikatakan X saat rapat.``)."""
    view, cues, end = scene.view, scene.view.cues, scene.end
    if _TOPIC_BEFORE.search(view.masked, scene.start, word.start):
        return _said_too(scene, word, who)
    led = view.skip_connectors(scene.start, word.start)
    lead = [w.casefold() for w in WORD.findall(view.masked, led, word.start)]
    opening = all(w in cues.according or w in cues.adverbs for w in lead)
    late = LATE_THAT.search(view.masked, who.place, end)
    if late:
        content = trimmed(view, late.end(), end)
        return content if content is not None and view.is_clause(*content) else None
    if not opening and not view.masked[led : word.start].rstrip().endswith(","):
        return None
    behind = view.masked[who.place : end].lstrip()
    if not behind.startswith((",", ")", "(")) and not (behind[:1].islower() or view.shouting):
        return None
    if not opening and TRAILING.match(view.masked, who.place, end):
        return None
    content = trimmed(view, behind_speaker(view, who.place, end), end)
    return content if content is not None and view.is_clause(*content) else None


def _said_too(scene: Scene, word: SceneWord, who: Found) -> tuple[int, int] | None:
    """``Hal senada dikatakan X, jalan itu sudah rusak.``: what X said as well, behind his name."""
    view, end = scene.view, scene.end
    if not _ALIKE.search(view.masked, scene.start, word.start):
        return None
    place = behind_speaker(view, who.place, end)
    if view.masked[place : place + 1] == ",":
        place += 1
    elif view.masked[place - 1 : place] != ",":
        return None
    first = WORD.match(view.masked, skip_spaces(view, place))
    low = first.group() if first is not None else ""
    if (
        TRAILING.match(view.masked, place, end)
        or view.is_verb(low)
        or low in view.cues.stops - {"bahwa"}
    ):
        return None
    content = trimmed(view, place, end)
    return content if content is not None and view.is_clause(*content) else None


def _after_yang(view: View, start: int, verb: int) -> bool:
    """Whether a passive verb only describes somebody (``warga yang disebut Bupati``)."""
    before = view.masked[max(start, verb - 40) : verb].casefold().split()
    return before[-1:] == ["yang"] and before[-2:-1] not in (["seperti"], ["sebagaimana"])


def pronoun_at(view: View, place: int) -> bool:
    """Whether the next word is a personal pronoun."""
    word = WORD.match(view.masked, skip_spaces(view, place))
    return word is not None and word.group().casefold() in view.cues.pronouns
