"""What the heads for offices and reported speech learn besides our gold: what the rules find.

The rules find four fifths; where they may have missed something nothing is said (``?``), so
that the heads need not learn their gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from spacy.language import Language

from kb.lab.corpora import POST, REPORT, UNKNOWN, MarkedText, Span, apart
from kb.model import Mention, Office
from kb.nlp import pipeline
from kb.nlp.language import make_nlp, text_of
from kb.nlp.memory import Memory
from kb.nlp.offices import read_offices
from kb.nlp.statements import extract_statements, sentence_spans
from kb.nlp.statements.cues import cues

NEAR = 60
"""Characters to both sides of a person without an office in which nothing is known of posts."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _nlp() -> Language:
    pipeline.set_extensions()
    return make_nlp()


def by_rules(texts: Iterable[MarkedText]) -> list[MarkedText]:
    """The texts with the posts and reports that the rules find, given the names."""
    return [_by_rules(marked) for marked in texts]


def _by_rules(marked: MarkedText) -> MarkedText:
    doc = _nlp().make_doc(marked.text)
    doc._.kb_memory = Memory()
    mentions = [
        Mention(a, b, marked.text[a:b], label)  # type: ignore[arg-type]
        for a, b, label in marked.spans
    ]
    offices, others = read_offices(doc, mentions)
    sentences = sentence_spans(doc)
    statements = extract_statements(text_of(doc), mentions, [*offices, *others], sentences)
    posts = [span for office in offices if (span := _role_in(marked.text, office))]
    holders = {office.name.casefold() for office in [*offices, *others]}
    for mention in mentions:
        whole = " ".join(mention.surface.split()).casefold()
        bare = _bare(marked.text, mention)
        if mention.label == "PER" and not bare and not any(whole in one for one in holders):
            posts.append((mention.start - NEAR, mention.end + NEAR, UNKNOWN))
    reports = [(s.start, s.end, REPORT) for s in statements if s.kind == "indirect"]
    told = [(s.start, s.end) for s in statements]
    words = cues()
    for a, b in sentences:
        inside = any(start < b and a < end for start, end in told)
        low = (m.group().casefold() for m in _WORD.finditer(marked.text, a, b))
        if not inside and any(words.may_report(word) for word in low):
            reports.append((a, b, UNKNOWN))
    return replace(marked, posts=apart(posts), reports=apart(reports))


def _bare(text: str, person: Mention) -> bool:
    """Whether a word of the sentence stands before the name, and nothing set off behind it."""
    before = text[max(0, person.start - 40) : person.start].split()
    plain = bool(before) and before[-1].isalpha() and before[-1].islower()
    return plain and text[person.end : person.end + 2].strip()[:1] not in {",", "(", "-", "/"}


def _role_in(text: str, office: Office) -> Span | None:
    pattern = r"\s+".join(re.escape(word) for word in office.role.split())
    found = re.search(pattern, text[office.start : office.end], re.IGNORECASE)
    if found is None:
        return None
    return office.start + found.start(), office.start + found.end(), POST
