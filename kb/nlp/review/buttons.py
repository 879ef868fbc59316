"""Buttons, footers and calls to action of a site, which name nobody."""

from __future__ import annotations

from collections.abc import Sequence

from kb.authority import norm
from kb.model import Mention
from kb.nlp.lexicon import lexicon

_LONGEST = 160
"""Characters of a line of buttons, at most."""


def drop_buttons(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without the words of buttons, and without what a line of them holds.

    A line is one of buttons where two of their words stand in it, and a button's word beside
    a platform's ("Follow Instagram kami") is enough.
    """
    calls = lexicon().ordinary["buttons"]
    platforms = lexicon().ordinary["platforms"]
    lines: dict[int, bool] = {}
    out = []
    for mention in mentions:
        words = norm(mention.surface).split()
        if words and all(word in calls or word in platforms for word in words):
            continue
        start = text.rfind("\n", 0, mention.start) + 1
        if start not in lines:
            end = text.find("\n", start)
            line = text[start : end if end >= 0 else len(text)]
            said = norm(line).split() if len(line) <= _LONGEST else []
            pressed = {word for word in said if word in calls}
            lines[start] = len(pressed) > 1 or bool(pressed and platforms.intersection(said))
        if not lines[start]:
            out.append(mention)
    return out
