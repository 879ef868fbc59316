"""Answers to questions as people ask them, each with the page that says so; else none.

An answer is given where exactly what was asked stands in the base: an office held by somebody a
document names in it, a number of one indicator, a statement that holds the words. Whatever is
doubtful (several indicators of that name, an office without a place) is left to the search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb import authority
from kb.authority.normal import norm
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading.offices import OfficePlace, Sighting
from kb.catalog.reading.typed import Reading
from kb.explore import entities, indicators, names, statements, terms
from kb.explore.asked import HowMuch, Said, Who, asked
from kb.explore.sources import Sources
from kb.explore.views import (
    IndicatorCell,
    IndicatorView,
    IndicatorYear,
    OfficeHolder,
    StatementView,
)
from kb.explore.views.answers import Answer, AnswerLine

HOLDERS = 6
"""More than so many holders of one office in a year are no answer but a list of errors."""
QUOTES = 3
SAID = 200
"""Statements looked through for those of an office."""
SERIES = 40
SURE = 0.5
"""Statements below are shown as weak elsewhere, and are no answer; set by hand."""
_AGENCIES = ("badan", "biro", "dinas")
"""Kinds of agencies whose heads are also called head alone, where the agency is named."""
_GOVERNMENTS = ("pemprov", "pemkab", "pemkot", "polda")
_REGIONS = ("provinsi", "kabupaten", "kota", "kecamatan")


def answer(sources: Sources, connection: Reading, query: str) -> Answer | None:
    """What the base says to ``query``, where it is a question of a form that is known."""
    found = asked(query)
    if isinstance(found, Who):
        return _who(connection, found)
    if isinstance(found, HowMuch):
        return _how_much(sources, connection, found)
    if isinstance(found, Said):
        return _said(sources, connection, found)
    return None


# --- who held an office ------------------------------------------------------------


def _who(connection: Reading, question: Who) -> Answer | None:
    for role, where in _offices(connection, question.office):
        held = [
            (holder, seen)
            for holder, seen in entities.holders_seen(
                connection, where, _written(connection, where)
            )
            if _is_role(holder.term.role, holder.term.status, holder.term.institution, role)
        ]
        if held:
            lines = _in_year(connection, held, question.year)
            return Answer("office", question.year, lines) if lines else None
    return None


def _offices(connection: Reading, office: str) -> Iterator[tuple[str, list[str]]]:
    """Ways to read words as a role and where it is held: the shortest role first that leaves a
    place or an institution known by exactly the rest."""
    words = office.split()
    for cut in range(1, len(words)):
        role, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if where := _known(connection, rest):
            yield role, where


def _known(connection: Reading, name: str) -> list[str]:
    """Places and institutions of exactly this name; a province's also without that word."""
    forms = [name, *(f"{kind} {name}" for kind in _REGIONS)]
    head, _, region = name.rpartition(" ")
    if head:  # "dinas kesehatan banten" is the province's
        forms += [f"{head} provinsi {region}", name.replace(" provinsi ", " ")]
    rows = entity_reads.by_alias(connection, forms, ["place", "institution"])
    found = list(dict.fromkeys(row.id for row in rows))
    if not found and len(name.split()) > 1:
        unique = names.resolve(connection, name, "institution")
        found = list(unique) if len(unique) == 1 else []
    # An office of a region is its government's.
    codes = [one.partition(":")[2] for one in found if one.startswith("place:")]
    return found + [f"institution:{kind}@{code}" for code in codes for kind in _GOVERNMENTS]


def _written(connection: Reading, ids: Sequence[str]) -> list[str]:
    """How texts write these places and institutions."""
    found = entity_reads.aliases_of(connection, ids)
    return sorted({alias for aliases in found.values() for alias in aliases})


def _is_role(role: str, status: str, institution: str | None, wanted: str) -> bool:
    """True where an office is what it was asked for as: ``gubernur`` is also an acting one,
    ``pj gubernur`` no other."""
    theirs, told = terms.core(role)
    status = status if status != "definitif" else told
    asked_for, acting = terms.core(wanted)
    if acting != "definitif" and acting != status:
        return False
    if acting == "definitif" and status in terms.NOT_IN_OFFICE:
        return False
    theirs = theirs.removesuffix(f" {norm(institution or '')}")
    return _full(asked_for) == _full(theirs)


def _full(role: str) -> str:
    """A role as the authority file spells it out (``sekda``); a head without the agency's kind."""
    words = norm(authority.load().titles.full(role))
    head, _, kind = words.partition(" ")
    return head if kind in _AGENCIES else words


def _in_year(
    connection: Reading,
    held: Sequence[tuple[OfficeHolder, list[Sighting]]],
    year: int | None,
) -> tuple[AnswerLine, ...]:
    """Holders in that year whom a document names in office, by begin; else the latest one."""
    if year is not None:
        first, last = f"{year}-01-01", f"{year}-12-31"
        held = [
            (holder, seen)
            for holder, seen in held
            if (begin := holder.term.begin)
            and begin <= last
            and (holder.term.end or "9999") >= first
        ]
    rows = [s.example for _, seen in held for s in seen if s.first]
    places = office_reads.office_evidence(connection, rows)
    lines = []
    for holder, seen in held:
        proofs = [p for s in seen if s.first and (p := places.get(s.example)) is not None]
        if proofs:
            lines.append(_holder(holder, _nearest(proofs, year)))
    if year is None and lines:
        lines = [max(lines, key=lambda line: line.date or "")]
    if len({line.entity_id for line in lines}) > HOLDERS:
        return ()
    return tuple(lines)


def _nearest(proofs: Sequence[OfficePlace], year: int | None) -> OfficePlace:
    """The latest place in the year asked for, else the nearest one; without a year the latest."""
    wanted = year if year is not None else 9999
    return min(
        sorted(proofs, key=lambda p: p.date or "", reverse=True),
        key=lambda p: abs(int((p.date or "0000")[:4]) - wanted),
    )


def _holder(holder: OfficeHolder, proof: OfficePlace) -> AnswerLine:
    return AnswerLine(
        text=holder.person.name,
        document_id=proof.document_id,
        title=proof.title,
        page=proof.page or 1,
        page_label=None,
        date=proof.date,
        entity_id=holder.person.entity_id,
        office=holder.term,
    )


# --- a number ------------------------------------------------------------------------


def _how_much(sources: Sources, connection: Reading, question: HowMuch) -> Answer | None:
    for words, regions in _readings(connection, question.indicator):
        found = indicators.indicators(
            sources,
            words,
            years=(question.year,) if question.year else (),
            institution=None,
            document=None,
            limit=SERIES + 1,
            offset=0,
        ).indicators
        if len(found) > SERIES:  # too general a word
            return None
        series = _series(found, regions, words)
        if series is not None:
            return _numbers(series, question)
    return None


def _readings(connection: Reading, text: str) -> Iterator[tuple[str, set[str] | None]]:
    """Ways to read words: with a region at their end, then as the indicator alone."""
    words = text.split()
    for cut in range(max(1, len(words) - 4), len(words)):
        rest = " ".join(words[cut:])
        forms = [rest, *(f"{kind} {rest}" for kind in _REGIONS)]
        known = {row.norm for row in entity_reads.by_alias(connection, forms, ["place"])}
        if known:
            yield " ".join(words[:cut]), known | {rest}
    yield text, None


def _series(
    found: Sequence[IndicatorView], regions: set[str] | None, words: str
) -> IndicatorView | None:
    """The one series that is meant: of the region asked for, else of the province, else of the
    only region there is; with the fewest words that were not asked for."""
    fitting = list(found)
    if regions is not None:
        fitting = [one for one in found if norm(one.region or "") in regions]
    elif len({one.region for one in found}) > 1:
        fitting = [one for one in found if norm(one.region or "").startswith("provinsi ")]
        if len({one.region for one in fitting}) > 1:
            return None
    if not fitting:
        return None
    asked_for = set(words.split())

    def more(one: IndicatorView) -> int:
        return min(len(set(norm(name).split()) - asked_for) for name in (one.name, *one.names))

    fitting.sort(key=more)
    if len(fitting) > 1 and more(fitting[0]) == more(fitting[1]):
        return None
    return fitting[0]


def _numbers(series: IndicatorView, question: HowMuch) -> Answer | None:
    def cells(year: IndicatorYear) -> list[IndicatorCell]:
        wanted = {"target": [year.target], "realisation": [year.realisation]}.get(
            question.kind or "", [year.realisation, year.target]
        )
        return [cell for cell in wanted if cell is not None]

    years = [year for year in series.years if question.year in (None, year.year) and cells(year)]
    if not years:
        return None
    latest = max(years, key=lambda year: year.year)
    lines = tuple(
        AnswerLine(
            text=f"{cell.value_text} {cell.unit or series.unit or ''}".strip(),
            document_id=cell.document_id,
            title=cell.title,
            page=cell.page,
            page_label=cell.page_label,
            date=cell.date,
            number=cell,
            indicator=series.name,
        )
        for cell in cells(latest)
    )
    return Answer("number", latest.year, lines)


# --- what was said ---------------------------------------------------------------------


def _said(sources: Sources, connection: Reading, question: Said) -> Answer | None:
    year = str(question.year) if question.year else None
    persons = entity_reads.by_alias(connection, [question.speaker], ["person"])
    ids = list(dict.fromkeys(row.id for row in persons if row.mention_count))
    if not ids and len(question.speaker.split()) > 1:
        found_ids = names.resolve(connection, question.speaker, "person")
        ids = list(found_ids) if len(found_ids) == 1 else []
    if len(ids) > 1:
        return None
    found = statements.statements(
        sources,
        question.topic,
        speaker=ids or None,
        date_from=year,
        date_to=year,
        min_confidence=SURE,
        limit=SAID,
    ).statements
    if not ids:
        found = tuple(one for one in found if _in_office(one, question.speaker))
    lines = tuple(_quoted(one) for one in found[:QUOTES])
    return Answer("statement", question.year, lines) if lines else None


def _in_office(said: StatementView, speaker: str) -> bool:
    """True where who said it is in the office asked for: a role alone, or with words of where."""
    if not said.role or not said.speaker_id:
        return False
    words = speaker.split()
    where = set(norm(said.institution or "").split())
    return any(
        _is_role(said.role, "definitif", said.institution, " ".join(words[:cut]))
        and set(words[cut:]) <= where
        for cut in range(1, len(words) + 1)
    )


def _quoted(said: StatementView) -> AnswerLine:
    return AnswerLine(
        text=said.text,
        document_id=said.document_id,
        title=said.title,
        page=said.page,
        page_label=said.page_label,
        date=said.date,
        statement=said,
    )
