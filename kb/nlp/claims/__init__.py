"""Claims: figures about measurable things, in what is said and in what a release tells.

A sentence with a figure is a claim where the text ties the figure to something measured; what
is not plainly tied is left out. ``extract_claims`` is the pure core, ``kb_claims`` the spaCy
component over it. Words are those of ``authority/claims.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kb import authority
from kb.model import Claim, Mention, Statement, TagContext
from kb.nlp.claims.naming import Carried
from kb.nlp.claims.periods import of_report, periods
from kb.nlp.claims.sentence import SentenceFigures
from kb.nlp.claims.subjects import Subjects
from kb.nlp.language import text_of
from kb.nlp.lines import is_planning_page
from kb.nlp.statements import sentence_spans

_FIGURE = re.compile(
    r"\d|persen|kali lipat|separuh|separo|setengah|seper[a-z]+|(?:dari|antara)\s+[a-z]+"
    r"|\bper(?:tiga|empat|lima)\b|belas|puluh|ratus|ribu|juta",
    re.IGNORECASE,
)


_OPENING = 300
"""Characters in which a report says of which period it is."""


def extract_claims(
    text: str,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    sentences: Sequence[tuple[int, int]],
    context: TagContext,
) -> list[Claim]:
    """The claims of ``text``, left to right; offsets are characters of ``text``."""
    found: list[Claim] = []
    report, period = of_report(text, context)
    carried = Carried(report=report, period=period)
    for start, end in _unbroken(text, sentences):
        claims: list[Claim] = []
        if _FIGURE.search(text, start, end):
            sentence = SentenceFigures(text, start, end, mentions, statements, context, carried)
            claims = sentence.claims()
            carried = sentence.carried
        if claims:
            found += claims
            continue
        subjects = Subjects(text, start, end, ())
        if (topic := subjects.topic()) is not None:
            carried = replace(carried, subject=topic, unit=None, last=None)
        listed = text[start:end].rstrip().endswith(":")
        if listed or (report and start < _OPENING):
            named = list(periods(text, start, end, context.date))
            named.sort(key=lambda p: "-" not in p.value)
            if named:
                carried = replace(carried, period=named[0].value, report=True)
    return found


if not Doc.has_extension("kb_claims"):
    Doc.set_extension("kb_claims", default=[])


def _unbroken(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, those that ended behind ``Rp.`` joined with what follows."""
    begun: int | None = None
    for start, end in sentences:
        start, begun = begun if begun is not None else start, None
        if text[start:end].rstrip().endswith("Rp."):
            begun = start
        else:
            yield start, end


@Language.component("kb_claims")
def kb_claims(doc: Doc) -> Doc:
    """Write ``doc._.kb_claims`` from the text, its mentions and statements."""
    text = text_of(doc)
    context = cast("TagContext", doc._.kb_context or TagContext())
    if is_planning_page(text, context):
        doc._.kb_claims = []  # tables are read as indicators
        return doc
    if context.region is None and doc._.kb_memory is not None and doc._.kb_memory.region:
        place = authority.load().place(doc._.kb_memory.region)
        context = replace(context, region=place.name if place else None)
    doc._.kb_claims = extract_claims(
        text,
        cast("Sequence[Mention]", doc._.kb_mentions or ()),
        cast("Sequence[Statement]", doc._.kb_statements or ()),
        sentence_spans(doc),
        context,
    )
    return doc
