"""Statements of short marked texts: ``[name]`` is a PER mention, ``{name}`` an ORG mention.

They are those of the rules; only ``weighed`` lets the learnt weights have a say.
"""

from __future__ import annotations

import re

from kb.model import Mention, Office, Statement
from kb.nlp.language import make_nlp
from kb.nlp.statements import extract_statements, sentence_spans

NLP = make_nlp()


def read(marked: str) -> tuple[str, list[Mention]]:
    text, mentions = "", []
    for part in re.split(r"(\[[^\]]+\]|\{[^}]+\})", marked):
        label = {"[": "PER", "{": "ORG"}.get(part[:1])
        if label:
            part = part[1:-1]
            start = len(text)
            mentions.append(Mention(start, start + len(part), part, label))  # type: ignore[arg-type]
        text += part
    return text, mentions


def statements(marked: str, *offices: Office, weighed: bool = False) -> list[Statement]:
    text, mentions = read(marked)
    sentences = sentence_spans(NLP.make_doc(text))
    found = extract_statements(text, mentions, offices, sentences, weighed)
    for s in found:
        assert s.surface == text[s.start : s.end]
        assert 0 < s.confidence <= 1
        assert "/" in s.method
    return found


def told(marked: str, *offices: Office) -> list[tuple[str, str | None, str | None]]:
    return [(s.surface, s.speaker, s.cue) for s in statements(marked, *offices)]
