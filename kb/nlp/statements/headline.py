"""What a headline reports: ``Dinkes Lebak Tegaskan Vaksin Ada``, ``Bupati Agam: Jangan Panik``."""

from __future__ import annotations

from kb.nlp.statements.before_verb import speaker_before
from kb.nlp.statements.content import Candidate, trimmed
from kb.nlp.statements.masked import MASK
from kb.nlp.statements.opening import opens_with
from kb.nlp.statements.scene import Scene

_LEAST = 3
"""Words of a report in a headline at least. Set by hand; no command measured it."""


def headline(scene: Scene) -> Candidate | None:
    """The report of a headline in capitals, or ``None``."""
    if MASK in scene.view.masked[scene.start : scene.end]:
        return None
    return _behind_verb(scene) or _behind_colon(scene)


def _behind_verb(scene: Scene) -> Candidate | None:
    """``Dinkes Lebak Tegaskan Vaksin Masih Ada``: only a clause, told by a word that is no noun."""
    view = scene.view
    for word in scene.words:
        if word.low not in view.cues.headlines or word.start == scene.start:
            continue
        content = trimmed(view, word.end, scene.end)
        if content is None or not view.is_clause(*content):
            continue
        commas = view.clause_commas(scene.start, word.start)
        start = commas[-1] + 1 if commas else scene.start  # "Bantah X, Istana Tegaskan ..."
        who = speaker_before(view, scene.people, start, word.start)
        if who.ref.kind in ("person", "title", "phrase"):
            return Candidate(word.start, who.ref, "indirect", *content, word.text, "headline", 0.8)
    return None


def _behind_colon(scene: Scene) -> Candidate | None:
    """``Panen Raya Dimulai, Bupati Agam: Harga Gabah Jangan Turun``: a person or an office, no
    more, stands between the last comma and the colon."""
    view = scene.view
    colon = view.masked.find(":", scene.start, scene.end)
    if colon < 0:
        return None
    commas = view.clause_commas(scene.start, colon)
    start = commas[-1] + 1 if commas else scene.start
    named = view.text[start:colon].strip()
    body = any(named.startswith(m.surface) for m in view.between(start, colon, "ORG"))
    ref = None if body or named.isupper() else opens_with(view, scene.people, start, colon)
    if ref is None or not view.text[start:colon].rstrip().endswith(ref.text):
        return None
    content = trimmed(view, colon + 1, scene.end)
    if content is None or len(view.text[slice(*content)].split()) < _LEAST:
        return None
    return Candidate(colon, ref, "indirect", *content, None, "headline", 0.7)
