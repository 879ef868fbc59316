"""Two verbs of one speaker in a sentence (``X mengapresiasi warga dan berharap ...``)."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.nlp.statements.content import Candidate, reported
from kb.nlp.statements.masked import WORD, View
from kb.nlp.statements.scene import Scene

_SAID_FIRST = 3
"""Words of a report before a second verb of saying goes on. Set by hand; no command measured it."""
_SAYS_ON = re.compile(
    r"(?:,\s+(?:dan|serta)|(?P<but>,?\s+(?:tetapi|tapi|namun))|(?P<and>\s+(?:dan|serta)))"
    r"\s+(?:juga\s+|pun\s+)?(?P<cue>[a-z]{5,})\b"
)
"""A second verb of saying of the same speaker (``mengaku lupa, tetapi menyebut ...``)."""


def goes_on(scene: Scene, number: int, introduced: Candidate) -> bool:
    """``X mengapresiasi warga dan berharap ...``: the second verb is of the one introduced."""
    cues, word = scene.view.cues, scene.words[number]
    before = [w.low for w in scene.words[max(0, number - 2) : number]]
    if before[-1:] in (["juga"], ["turut"]):
        before.pop()
    first = next((w.low for w in scene.words if w.start == introduced.place), "")
    verbs = cues.beside_appeals if first in cues.appeals else cues.joined
    return before[-1:] in (["dan"], ["serta"], ["sekaligus"]) and word.low in verbs


def says_on(view: View, said: Candidate) -> list[Candidate]:
    """The first report and the second that the same speaker goes on with; none without a second.

    Of ``membenarkan kabar itu, namun menyatakan bahwa ...`` only the second is a report.
    """
    for joined in _SAYS_ON.finditer(view.masked, said.start, said.end):
        cue = joined["cue"]
        plain = joined["and"] is not None
        alone = (
            plain and cue in view.cues.anything and not view.is_clause(said.start, joined.start())
        )  # "bersedia mengumumkan lewat masjid dan mengatakan ..."
        if cue not in view.cues.active or (plain and not alone and not _own_wish(view, said, cue)):
            continue
        words = WORD.findall(view.masked, said.start, joined.start())
        if len(words) < (1 if joined["but"] or alone else _SAID_FIRST):
            continue
        content = reported(view, cue, joined.end("cue"), said.end)
        if content is None:
            continue
        second = replace(
            said, place=joined.start("cue"), start=content[0], end=content[1], cue=cue,
            method="active, joined",
        )  # fmt: skip
        if alone:
            return [second]
        whole = len(words) >= _SAID_FIRST or said.cue in view.cues.noun_object
        return [replace(said, end=joined.start()), second] if whole else [second]
    return []


def _own_wish(view: View, said: Candidate, cue: str) -> bool:
    """Whether the verb behind a bare ``dan`` is the speaker's and not of those he speaks of.

    ``mengeluh kebunnya terendam dan berharap ...`` against ``menyebut, keluarganya melapor dan
    berharap ...``.
    """
    if cue not in view.cues.wishes or said.start > said.place + len(said.cue or "") + 1:
        return False
    first = WORD.match(view.masked, said.start)
    low = first.group().casefold() if first is not None else ""
    someone = view.mention_at(said.start) is not None or low.endswith("nya")
    people = view.cues.pronouns | view.cues.plain_people | view.cues.parties | view.cues.bodies
    return not (someone or low in people)
