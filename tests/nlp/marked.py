"""Texts with their names marked: ``{P:Siti}``, ``{O:Bappeda}``, ``{L:Lebak}``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from kb.model import Label, Mention

_LABELS = {"P": "PER", "O": "ORG", "L": "LOC"}
_MARK = re.compile(r"\{([POL]):([^{}]+)\}")


def unmark(marked: str) -> tuple[str, list[Mention]]:
    """The plain text and its mentions."""
    text = ""
    mentions: list[Mention] = []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        start = len(text)
        text += mark[2]
        label = cast(Label, _LABELS[mark[1]])
        mentions.append(Mention(start, len(text), mark[2], label))
        at = mark.end()
    return text + marked[at:], mentions


def remark(text: str, mentions: Iterable[Mention]) -> str:
    """The text with its mentions marked again."""
    out, at = "", 0
    for mention in mentions:
        assert mention.start >= at
        assert text[mention.start : mention.end] == mention.surface
        out += f"{text[at : mention.start]}{{{mention.label[0]}:{mention.surface}}}"
        at = mention.end
    return out + text[at:]
