"""Statements: who says what in a text, directly and reported.

The rules are those of the tagging guide. ``extract_statements`` is the pure core;
``kb_statements`` is the spaCy component over it. Method and confidence of each statement
say how it was found: the sureness of the span times that of the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kb.authority import load
from kb.model import Mention, Office, Statement
from kb.nlp.language import text_of, tokens_of
from kb.nlp.lines import is_planning_page
from kb.nlp.statements.content import Candidate
from kb.nlp.statements.cues import cues
from kb.nlp.statements.direct import CUT_OFF, cue_test, direct_candidates
from kb.nlp.statements.floor import Floor, Speaker
from kb.nlp.statements.indirect import indirect_candidates
from kb.nlp.statements.late_names import LateNames
from kb.nlp.statements.masked import View
from kb.nlp.statements.people import People, Person
from kb.nlp.statements.quotes import find_quotes
from kb.nlp.statements.turns import answers
from kb.nlp.statements.weighing import INFERRED, Weighing, way_of
from kb.nlp.statements.weights import shipped

WEIGHED = 0.9
"""Sureness of a statement whose speaker has the chance 1. Set by hand; no command measured it."""


def extract_statements(
    text: str,
    mentions: Sequence[Mention],
    offices: Sequence[Office],
    sentences: Sequence[tuple[int, int]],
    weighed: bool = True,
) -> list[Statement]:
    """Return the statements of ``text``, left to right.

    ``mentions`` and ``offices`` are those of the text (PER names and offices tell who
    speaks), ``sentences`` its sentence spans. Offsets are characters of ``text``. ``weighed``:
    the learnt weights have a say in who speaks where the rules only inferred it.
    """
    words = cues()
    view, people = texts_people(text, mentions, offices, sentences)
    direct = list(direct_candidates(view, people))
    reported = list(indirect_candidates(view, people, {c.place for c in direct}))
    floor, late = Floor(people, words), LateNames(people)
    statements: list[Statement] = []
    told: list[Speaker] = []
    spoken: tuple[int, int, Person | None] | None = None
    for candidate in sorted([*direct, *reported], key=lambda c: c.place):
        said = text[candidate.start : candidate.end] if candidate.kind == "direct" else ""
        speaker = floor.resolve(candidate.ref, candidate.place, said, candidate.cue)
        if candidate.method == "alone" and spoken is not None:
            other = answers(view, people, spoken[:2], candidate.start, spoken[2])
            speaker = Speaker(other.name, other, "answer", 0.8) if other is not None else speaker
        if candidate.kind == "direct":
            spoken = candidate.start, candidate.end, speaker.person
        if candidate.method.startswith(CUT_OFF):
            speaker = _who_said_most(told) or speaker
        holder = late.holder_before(speaker, floor.last, floor.spoke)
        if holder is not None:
            speaker = Speaker(holder.name, holder, "title", 0.75)
        nobody = speaker.name is None and candidate.kind == "indirect"
        if candidate.kind is not None and not nobody:
            statements.append(_statement(text, candidate, speaker))
            told.append(speaker)
            late.named(speaker, statements)
            late.wait(speaker, len(statements) - 1, candidate.place)
        if candidate.method in ("agent", "present"):
            named = candidate.ref.mention
            end = named.end if named is not None else candidate.place
            floor.name_agent(speaker, end, candidate.method == "agent")
        else:
            quoted = candidate.kind == "direct"
            spoke = candidate.method != "subject"
            whole = candidate.kind is not None
            floor.take(speaker, candidate.place, spoke, quoted, candidate.cue, whole)
    statements.sort(key=lambda s: (s.start, s.end))
    statements = _no_overlaps(statements)
    return _weighed(view, people, statements) if weighed else statements


def _who_said_most(told: Sequence[Speaker]) -> Speaker | None:
    """Whose words a text is about: the person who has said most of it, of several the last."""
    named = [one for one in told if one.person is not None]
    known = named or [one for one in told if one.name is not None]
    names = [one.name for one in known]
    most = max(reversed(known), key=lambda one: names.count(one.name), default=None)
    return replace(most, method="most", confidence=0.8) if most is not None else None


def _weighed(view: View, people: People, statements: list[Statement]) -> list[Statement]:
    """``statements`` with the speakers that the learnt weights choose instead of the rules'."""
    if not any(way_of(statement) in INFERRED for statement in statements):
        return statements
    weighing, weights = Weighing(view, people, statements), shipped()
    settled = list(statements)
    for row in weighing.rows():
        other = weights.other(row)
        if other is None:
            continue
        one, old = weighing.contenders[other[0]], settled[row.number]
        office = one.person.office if one.person is not None else None
        settled[row.number] = replace(
            old,
            speaker=one.name,
            speaker_id=one.person.entity_id if one.person is not None else None,
            role=office.role if office is not None else None,
            institution=office.institution if office is not None else None,
            method=f"{old.method.rpartition('/')[0]}/weighed",
            confidence=round(other[1] * WEIGHED, 3),
        )
    return settled


def texts_people(
    text: str,
    mentions: Sequence[Mention],
    offices: Sequence[Office],
    sentences: Sequence[tuple[int, int]],
) -> tuple[View, People]:
    """The text with its quotations, and its people; forms of address are no names."""
    words = cues()
    callings = load().titles.open_staff | words.addressing
    mentions = [m for m in mentions if m.label != "PER" or m.surface.casefold() not in callings]
    quotes = find_quotes(text, cue_test(text, words))
    view = View(text, mentions, sentences, quotes, words)
    return view, People(text, mentions, offices, load().titles, words)


def _statement(text: str, candidate: Candidate, speaker: Speaker) -> Statement:
    person = speaker.person
    office = person.office if person is not None else None
    assert candidate.kind is not None
    return Statement(
        kind=candidate.kind,
        start=candidate.start,
        end=candidate.end,
        surface=text[candidate.start : candidate.end],
        speaker=speaker.name,
        cue=candidate.cue,
        speaker_id=person.entity_id if person is not None else None,
        role=office.role if office is not None else None,
        institution=office.institution if office is not None else None,
        method=f"{candidate.method}/{speaker.method}",
        confidence=round(candidate.confidence * speaker.confidence, 3),
    )


def _no_overlaps(statements: list[Statement]) -> list[Statement]:
    """Of two statements on the same words keep the surer one."""
    drop: set[int] = set()
    for (i, one), (j, two) in pairwise(enumerate(statements)):
        if two.start < one.end:
            drop.add(j if one.confidence >= two.confidence else i)
    return [s for i, s in enumerate(statements) if i not in drop]


CELL_SEPARATOR = " | "
"""How the readers write the border between two cells of a table."""


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """Sentence spans of ``doc`` as character offsets, from the project's splitter."""
    tokens = tokens_of(doc)
    spans: list[tuple[int, int]] = []
    last = -1
    for start, end, number in zip(tokens.start, tokens.end, tokens.sentence, strict=True):
        if number != last:
            spans.append((start, end))
            last = number
        else:
            spans[-1] = (spans[-1][0], end)
    return spans


for _name in ("kb_mentions", "kb_offices", "kb_posts", "kb_statements"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=[])


@Language.component("kb_statements")
def kb_statements(doc: Doc) -> Doc:
    """Write ``doc._.kb_statements`` from the text, its mentions and offices."""
    mentions = cast("Sequence[Mention]", doc._.kb_mentions or ())
    offices = [*cast("Sequence[Office]", doc._.kb_offices or ()), *(doc._.kb_posts or ())]
    text = text_of(doc)
    planning = is_planning_page(text, doc._.kb_context)
    found = extract_statements(text, mentions, offices, sentence_spans(doc), not planning)
    doc._.kb_statements = on_planning_page(found) if planning else found
    return doc


def on_planning_page(statements: Sequence[Statement]) -> list[Statement]:
    """Those that a plan or report can hold: said by a person, and not across table cells.

    "Menurut umur" and "menurut lapangan usaha" are breakdowns there, not reports of speech.
    """
    return [s for s in statements if s.speaker_id is not None and CELL_SEPARATOR not in s.surface]
