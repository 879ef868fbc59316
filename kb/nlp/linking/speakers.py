"""Speakers that are named by their title: who held the office that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.model import EntityRef, Office, Statement
from kb.nlp.lexicon import lexicon
from kb.nlp.regions import region_code
from kb.nlp.review.signatures import read_title
from kb.nlp.same_person import name_words

NO_HOLDER = frozenset({"mantan", "calon"})


def holder(role: str, region: str | None, date: str | None) -> str | None:
    """Entity id of the one official who held ``role`` in ``region`` on ``date``, or ``None``.

    Only terms with dates count; where two fit (an acting and an elected one), nobody does.
    """
    if date is None or region is None:
        return None
    known = authority.load()
    wanted = known.titles.full(role)
    found = {
        official.entity_id
        for official in known.officials.all()
        for term in official.terms
        if known.titles.full(term.role) == wanted
        and region_code(term.institution) == region
        and term.holds_on(date)
    }
    return found.pop() if len(found) == 1 else None


def settle_statements(
    statements: Sequence[Statement],
    entities: Sequence[EntityRef],
    offices: Sequence[Office],
    region: str | None,
    date: str | None,
) -> list[Statement]:
    """Statements with the speaker's entity where the text gave only a name or a title.

    ``offices`` are those of the document, earlier pages included. A title nobody in the
    document holds goes to the official the authority file knows for that date.
    """
    ids = {name_words(n): e.entity_id for e in entities for n in (e.name, *e.aliases)}
    out = []
    for said in statements:
        if said.speaker_id is None and said.speaker:
            found = ids.get(name_words(said.speaker))
            if found is not None:
                said = replace(said, speaker_id=found)
            else:
                said = _by_title(said, offices, region, date)
        out.append(said)
    return out


def _by_title(
    said: Statement, offices: Sequence[Office], region: str | None, date: str | None
) -> Statement:
    title = read_title(said.speaker or "", lexicon())
    if title is None or title[2] in NO_HOLDER:
        return said
    role, institution, _ = title
    titles = authority.load().titles
    where = region_code(institution) or region
    person, how = None, ""
    for office in reversed(offices):
        if office.person_id is None or office.status in NO_HOLDER:
            continue
        same = titles.full(office.role).endswith(titles.full(role))
        if same and region_code(office.institution) in (where, None):
            person, how = office.person_id, "office on another page"
            break
    if person is None:
        plain = " ".join(w for w in role.split() if (authority.norm(w),) not in titles.status)
        person, how = holder(plain, where, date), "office on that date"
    if person is None:
        return said
    return replace(
        said,
        speaker_id=person,
        role=said.role or role,
        institution=said.institution or institution,
        method=f"{said.method}; {how}",
        confidence=round(said.confidence * 0.8, 3),
    )
