"""Cues behind the reported words: ``Jalan itu akan diperbaiki, kata dia.``"""

from __future__ import annotations

from kb.nlp.statements.content import TRAILING, Candidate, skip_spaces, trimmed
from kb.nlp.statements.masked import MASK
from kb.nlp.statements.people import LAST
from kb.nlp.statements.refs import Found, speaker_after
from kb.nlp.statements.scene import Scene

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
        rest = view.masked[who.place : scene.end].strip(" .,!?")
        if rest and not TRAILING.match(view.masked, who.place, scene.end):
            continue
        begin = view.skip_connectors(scene.start, comma + 1)
        clause = view.masked[begin:comma]
        if len(rest.split()) > len(clause.split()) and view.is_clause(who.place, scene.end):
            continue
        sure_cue = nya or who.ref.kind in ("person", "title")
        least = 3 if sure_cue else 4
        if MASK in clause or len(clause.split()) < least:
            continue
        if not sure_cue and not view.is_clause(begin, comma):
            continue
        content = trimmed(view, begin, comma)
        if content is not None:
            return Candidate(word.start, who.ref, "indirect", *content, word.text, "cue-after", 0.8)
    return None


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
