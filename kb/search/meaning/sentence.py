"""The sentence of a page that is nearest to a question."""

from __future__ import annotations

import re

import numpy as np

from kb.search.marking import SNIPPET_CHARS
from kb.search.meaning.encoding import Encoder
from kb.search.meaning.windows import sentences

FEWEST_WORDS = 4
"""A line of fewer words (a heading, a cell) is no answer, where there is a longer one."""
_MARKS = re.compile("[\ue000\ue001]")


def nearest_sentence(encoder: Encoder, question: str, text: str, window: tuple[int, int]) -> str:
    """The nearest sentence of the window, and what follows, in about ``SNIPPET_CHARS``."""
    spans = sentences(text, *window)
    if not spans:
        return ""
    long = [s for s in spans if len(text[s[0] : s[1]].split()) >= FEWEST_WORDS] or spans
    near = encoder.nearness(question, [text[a:b] for a, b in long])
    start = long[int(np.argmax(near))][0]
    end = min(len(text), start + SNIPPET_CHARS)
    if end < len(text) and (space := text.rfind(" ", start + SNIPPET_CHARS // 2, end)) > 0:
        end = space
    line = " ".join(_MARKS.sub(" ", text[start:end]).split())
    return ("… " if start > 0 else "") + line + (" …" if end < len(text) else "")
