"""Statements: who said what, in which office, when, and where it stands."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from kb.catalog.reading import documents as reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading.statements import StatementFilter, StatementRow
from kb.catalog.reading.typed import Reading
from kb.errors import IndexStale, NotFound, QueryError
from kb.explore import fields, formerly, names
from kb.explore.keys import Keys
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import (
    ActiveFilter,
    EntityBadge,
    FilterAdvice,
    StatementResult,
    StatementView,
    YearCount,
)
from kb.explore.withdrawn import seen
from kb.model import MARK_END, MARK_START, EntityType, Facet, Filters, Sort, StatementKind
from kb.search.engine import Pages
from kb.search.matching import Matcher

MANY_DOCUMENTS = 3000
"""The statements of more documents are not read document by document."""
_SPEAKERS: tuple[EntityType, ...] = ("person", "institution")
_OWNERS: tuple[EntityType, ...] = ("institution", "place")


def _several(given: str | Sequence[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(t for t in ((given,) if isinstance(given, str) else given) if t.strip())


def _speakers_asked(
    connection: Reading, given: Sequence[str]
) -> tuple[tuple[str, ...], str | None]:
    """Ids of the speakers; a name nobody bears ("warga") is looked for as written."""
    for kind in _SPEAKERS:
        ids, _ = names.resolve_all(connection, given, kind)
        if ids:
            return ids, None
    if not given:
        return (), None
    return ((), _words(given[0])) if not names.is_id(given[0]) else (("",), None)


def _institutions_asked(
    connection: Reading, given: Sequence[str]
) -> tuple[tuple[str, ...], str | None]:
    """Ids of the speakers' institutions; a single name also counts as the text writes it."""
    if not given:
        return (), None
    found: list[str] = []
    for kind in _OWNERS:
        ids, _ = names.resolve_all(connection, given, kind)
        found += ids
    text = _words(given[0]) if len(given) == 1 and not names.is_id(given[0]) else None
    return (tuple(found) or (("",) if text is None else ())), text


def _words(text: str) -> str:
    return " ".join(text.split()).lower()


def statements(
    sources: Sources,
    query: str | None = None,
    *,
    speaker: str | Sequence[str] | None = None,
    institution: str | Sequence[str] | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    kind: StatementKind | None = None,
    document: int | None = None,
    min_confidence: float = 0.0,
    sort: Sort = "newest",
    limit: int = 20,
    offset: int = 0,
    fold: bool = True,
) -> StatementResult:
    """See ``KnowledgeBase.statements``."""
    if kind not in (None, "direct", "indirect"):
        raise QueryError(f"There is no kind '{kind}'; use direct or indirect.")
    if sort not in ("relevance", "newest", "oldest"):
        raise QueryError(f"There is no sort '{sort}'; use newest or oldest.")
    if limit < 0 or offset < 0:
        raise QueryError("The limit and the offset must not be negative.")
    query = (query or "").strip()
    with sources.read() as connection:
        speakers, speaker_text = _speakers_asked(connection, _several(speaker))
        owners, owner_text = _institutions_asked(connection, _several(institution))
        wanted = StatementFilter(
            speakers=speakers,
            speaker_text=speaker_text,
            institution_ids=owners,
            institution_text=owner_text,
            date_from=fields.day(date_from, "date_from"),
            date_to=fields.after(fields.day(date_to, "date_to")),
            kind=kind,
            document=document,
            min_confidence=min_confidence,
        )
        order = "oldest" if sort == "oldest" else "newest"
        found = _found(sources, connection, query, wanted, order, fold=fold)
        advice: tuple[FilterAdvice, ...] = ()
        if not found.ids:
            advice = _advise(sources, connection, query, wanted)

        def without(changed: StatementFilter) -> _Counted:
            """What a facet is counted on: a further value of it would add to those chosen."""
            if changed == wanted:
                return found
            return _found(sources, connection, query, changed, order, fold=fold)

        return StatementResult(
            total=len(found.ids),
            statements=views(
                sources,
                connection,
                found.ids[offset : offset + limit],
                query=query,
                doubles=found.doubles,
            ),
            per_year=found.per_year,
            speakers=without(replace(wanted, speakers=(), speaker_text=None)).speakers,
            institutions=without(
                replace(wanted, institution_ids=(), institution_text=None)
            ).institutions,
            advice=advice,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Everything that fits, as little of each as paging and counting need."""

    ids: array[int]
    """In order."""
    documents: int
    """Documents they stand in."""
    doubles: Mapping[int, Sequence[int]]
    per_year: tuple[YearCount, ...]
    speakers: tuple[EntityBadge, ...]
    institutions: tuple[Facet, ...]


def _found(
    sources: Sources,
    connection: Reading,
    query: str,
    wanted: StatementFilter,
    order: str = "newest",
    *,
    fold: bool = True,
) -> _Counted:
    """What fits, remembered: pages are turned, and filters dropped that were advised to be."""
    return sources.remembered(
        connection,
        ("statements", query, wanted, order, fold),
        lambda: _counted(sources, connection, query, wanted, order, fold=fold),
        words=bool(query),
    )


def _counted(
    sources: Sources,
    connection: Reading,
    query: str,
    wanted: StatementFilter,
    order: str,
    *,
    fold: bool,
) -> _Counted:
    keys = matching(sources, connection, query, wanted, order)
    kept, doubles = keys.folded(sources, connection) if fold else (keys, {})
    return _Counted(
        array("q", kept.ids),
        kept.document_count(),
        doubles,
        kept.per_year(),
        kept.top_speakers(connection),
        kept.top_institutions(connection),
    )


def matching(
    sources: Sources,
    connection: Reading,
    query: str,
    wanted: StatementFilter,
    order: str = "newest",
    filters: Filters | None = None,
) -> Keys:
    """All statements that fit, in order; with ``filters`` on pages that pass them."""
    matcher = Matcher(query)
    # Those of one speaker are few: their texts tell more cheaply than the index.
    asks_index = (
        matcher.says_of_document
        or (matcher.narrows and not wanted.speakers)
        or filters not in (None, Filters())
    )
    filters = filters or Filters()
    pages: Pages | None = None
    documents: Sequence[int] | None = None
    if asks_index and not matcher.clues:
        pages = _pages(sources, query, filters)
        if pages is not None:
            among = np.unique(pages.documents).tolist()
            documents = among if len(among) <= MANY_DOCUMENTS else None
    rows = statement_reads.statement_keys(
        connection,
        wanted,
        order,
        clues=matcher.clues,
        documents_in=documents,
        texts=not matcher.anything,
    )
    if not matcher.anything:
        rows = [row for row in rows if matcher.matches(row[-2], extra=row[-1] or "")]
    keys = Keys.of_rows(rows)
    if asks_index and matcher.clues and keys:
        if not filters.documents and keys.document_count() <= MANY_DOCUMENTS:
            filters = replace(filters, documents=tuple(sorted(set(keys.documents))))
        pages = _pages(sources, query, filters)
    return keys if pages is None else keys.on(pages)


def _pages(sources: Sources, query: str, filters: Filters) -> Pages | None:
    """Pages that may hold what is asked for; ``None`` where there is no index to ask."""
    try:
        return sources.pages(query, filters)
    except IndexStale:
        return None


def views(
    sources: Sources,
    connection: Reading,
    ids: Sequence[int],
    *,
    query: str = "",
    doubles: Mapping[int, Sequence[int]] | None = None,
) -> tuple[StatementView, ...]:
    """Statements by id, in this order."""
    rows = statement_reads.statements_by_id(connection, ids)
    doubles = doubles or {}
    lines = reads.document_lines(connection, sorted({d for i in ids for d in doubles.get(i, ())}))
    marking = bool(query)
    found: list[StatementView] = []
    for number in ids:
        if number not in rows:
            continue
        one = view(rows[number])
        also = tuple(document_ref(lines[d]) for d in doubles.get(number, ()) if d in lines)
        if also:
            one = replace(one, also_in=also)
        if marking:
            one = replace(one, snippet=marked(one.text, sources.match_spans(query, one.text)))
        found.append(one)
    return tuple(found)


def view(row: StatementRow) -> StatementView:
    """One statement from its row."""
    linked = row.speaker_id is not None and not row.speaker_hidden
    return StatementView(
        statement_id=row.id,
        text=row.text,
        kind=row.kind,
        speaker=(row.speaker_name if linked else None) or row.speaker,
        speaker_id=row.speaker_id if linked else None,
        role=row.role,
        institution=row.institution,
        institution_id=row.institution_id,
        cue=row.cue,
        date=row.date,
        document_id=row.document_id,
        title=row.title,
        page=row.page,
        page_label=row.page_label,
        start=row.start,
        end=row.end,
        source=row.address or PurePath(row.path).name,
        method=row.method,
        confidence=row.confidence,
        snippet=row.text,
    )


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """``text`` with ``spans`` between the private-use marks."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        parts += [text[at:start], MARK_START, text[start:end], MARK_END]
        at = end
    return "".join([*parts, text[at:]])


def statement(sources: Sources, statement_id: int) -> StatementView:
    """See ``KnowledgeBase.statement``."""
    with seen(sources, withdrawn=statement_id < 0).read() as connection:
        found = views(sources, connection, [statement_id])
    if found:
        return found[0]
    if statement_id > 0 and (now := formerly.number_now(sources, statement_id)):
        return statement(sources, now)
    raise NotFound(f"There is no statement {statement_id}; its number comes from 'kb statements'.")


def _advise(
    sources: Sources, connection: Reading, query: str, wanted: StatementFilter
) -> tuple[FilterAdvice, ...]:
    """For each filter: how many statements there are without it."""
    empty = StatementFilter(document=wanted.document)
    drops = {
        "speaker": replace(wanted, speakers=(), speaker_text=None),
        "institution": replace(wanted, institution_ids=(), institution_text=None),
        "date": replace(wanted, date_from=None, date_to=None),
        "kind": replace(wanted, kind=None),
        "confidence": replace(wanted, min_confidence=0.0),
    }
    found: list[FilterAdvice] = []
    if query:
        more = _found(sources, connection, "", wanted)
        if more.ids:
            chip = ActiveFilter("query", query, query)
            found.append(FilterAdvice((chip,), len(more.ids), more.documents))
    for name, without in drops.items():
        if without == wanted:
            continue
        more = _found(sources, connection, query, without)
        if more.ids:
            chip = ActiveFilter(name, "", name)
            found.append(FilterAdvice((chip,), len(more.ids), more.documents))
    if not found and wanted != empty:
        more = _found(sources, connection, query, empty)
        if more.ids:
            chips = tuple(ActiveFilter(n, "", n) for n, w in drops.items() if w != wanted)
            found.append(FilterAdvice(chips, len(more.ids), more.documents))
    return tuple(sorted(found, key=lambda a: -a.total))
