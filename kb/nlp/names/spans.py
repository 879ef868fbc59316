"""Names moved, cut and found by the rules that read behind the models."""

from __future__ import annotations

from dataclasses import replace

from kb.model import Label, Mention

SAID = 0.6
"""Confidence of a name that a rule alone has found, as of one found by repetition. docs/model.md
has the share that is right by confidence."""


def moved(text: str, mention: Mention, start: int, end: int) -> Mention:
    """``mention`` as it stands at ``text[start:end]``; itself where it stands there already."""
    if (start, end) == (mention.start, mention.end):
        return mention
    return replace(mention, start=start, end=end, surface=text[start:end])


def ruled(text: str, start: int, end: int, label: Label, sure: float = SAID) -> Mention:
    """The name at ``text[start:end]`` that no model found, with the confidence ``sure``."""
    return Mention(start, end, text[start:end], label, method="rule", confidence=sure)
