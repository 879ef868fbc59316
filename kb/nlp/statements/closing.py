"""Cues behind the reported words: ``Jalan itu akan diperbaiki, kata dia.``"""

from __future__ import annotations

import re

from kb.nlp.statements.content import (
    TRAILING,
    Candidate,
    behind_own_cue,
    skip_spaces,
    trimmed,
)
from kb.nlp.statements.masked import MASK, WORD
from kb.nlp.statements.people import LAST
from kb.nlp.statements.refs import Found, speaker_after
from kb.nlp.statements.scene import Scene

_DEGREES = re.compile(r"(?:\s*,\s*[A-Z][A-Za-z]{0,5}\.[\w.]*)+")
_APPOSED = 8
"""Words behind a speaker that end the sentence. Set by hand; no command measured it."""
_LONG = 5
"""Words of a clause that a cue may close without a comma."""


def final_cue(scene: Scene) -> Candidate | None:
    """A cue behind the reported words: ``Jalan itu akan diperbaiki, kata dia.``"""
    view, cues = scene.view, scene.view.cues
    by_start = {word.start: word for word in scene.words}
    for comma in reversed(view.clause_commas(scene.start, scene.end)):
        word = by_start.get(skip_spaces(view, comma + 1))
        if word is not None and word.low in ("masih", "demikian", "begitu"):
            word = by_start.get(skip_spaces(view, word.end))
        if word is None:
            continue
        nya = word.low == "menurutnya" or (
            cues.is_nya(word.low) and word.low[:-3] in cues.between_commas
        )
        if not (nya or word.low in cues.between_commas or word.low == "menurut"):
            continue
        who = Found(LAST, word.end) if nya else speaker_after(view, scene.people, word.end)
        if not nya and who.place <= word.end + 1 and who.ref is LAST:
            continue
        rest = view.masked[who.place : scene.end].strip(" .,!?*")
        plain = not rest or TRAILING.match(view.masked, who.place, scene.end)
        named = who.ref.kind in ("person", "title") and word.low != "menurut"
        if not plain and not (named and _ends_with(scene, who)):
            continue
        begin = view.skip_connectors(scene.start, comma + 1)
        clause = view.masked[begin:comma]
        if len(rest.split()) > len(clause.split()) and view.is_clause(who.place, scene.end):
            continue
        described = who.ref.kind == "anaphor" and bool(who.ref.text)  # "aku ibu itu"
        sure_cue = nya or described or who.ref.kind in ("person", "title")
        least = 3 if sure_cue else 4
        if MASK in clause or len(clause.split()) < least:
            continue
        if not sure_cue and not view.is_clause(begin, comma):
            continue
        content = trimmed(view, behind_own_cue(view, begin, comma), comma)
        if content is not None:
            return Candidate(word.start, who.ref, "indirect", *content, word.text, "cue-after", 0.8)
    return None


def _ends_with(scene: Scene, who: Found) -> bool:
    """Whether only what the speaker is, or does meanwhile, stands behind him.

    ``kata Ruslan Ketua GPMB Jambi``, ``kata Ruslan meneruskan arahannya``.
    """
    view = scene.view
    degree = _DEGREES.match(view.masked, who.place, scene.end)
    place = degree.end() if degree else who.place
    words = WORD.findall(view.masked, place, scene.end)
    if degree and TRAILING.match(view.masked, place, scene.end):
        return True
    if not words or len(words) > _APPOSED:
        return False
    if words[0].startswith("me") and view.is_verb(words[0]):
        paused = "," in view.masked[place - 1 : place + 1]
        return not paused and not view.is_clause(
            skip_spaces(view, place) + len(words[0]), scene.end
        )
    office = (
        words[0] == "dari"
        or words[0].casefold() in scene.people.titles.first_words | view.cues.describing
    )
    return (office or words[0][0].isupper()) and not view.is_clause(place, scene.end)


def closing_cue(scene: Scene) -> Candidate | None:
    """``... memenuhi standar itu jelas Afrin.``: cue and name end the sentence, no comma."""
    view, cues = scene.view, scene.view.cues
    for word in reversed(scene.words[-8:]):
        if word.low not in cues.between_commas or word.start == scene.start:
            continue
        who = speaker_after(view, scene.people, word.end)
        if who.ref.kind != "person" or view.masked[who.place : scene.end].strip(" .,!"):
            continue
        begin = view.skip_connectors(scene.start, word.start)
        clause = view.masked[begin : word.start].rstrip()
        if MASK in clause or len(clause.split()) < _LONG or not view.is_clause(begin, word.start):
            continue
        content = trimmed(view, begin, begin + len(clause))
        if content is not None:
            return Candidate(
                word.start, who.ref, "indirect", *content, word.text, "cue-after", 0.75
            )
    return None


def behind_full_stop(scene: Scene, before: tuple[int, int] | None) -> Candidate | None:
    """``... selama 24 jam. Pungkas Aipda Bayu.``: the sentence ``before`` is what was said."""
    view, cues = scene.view, scene.view.cues
    if before is None or not scene.words or scene.words[0].start != scene.start:
        return None
    word = scene.words[0]
    nya = cues.is_nya(word.low)
    if not nya and word.low not in cues.between_commas:
        return None
    who = Found(LAST, word.end) if nya else speaker_after(view, scene.people, word.end)
    rest = view.masked[who.place : scene.end].strip(" .,!")
    if rest and (len(rest.split()) > 1 or rest not in cues.manners):
        return None
    if not nya and who.ref.kind not in ("person", "title"):
        return None
    content = trimmed(view, view.skip_connectors(*before), before[1])
    if content is None or MASK in view.masked[content[0] : content[1]]:
        return None
    return Candidate(word.start, who.ref, "indirect", *content, word.text, "cue-after", 0.7)
