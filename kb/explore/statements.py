"""Statements: who said what, in which office, when, and where it stands."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from kb.authority.normal import norm
from kb.catalog import reads_explore as reads
from kb.catalog import reads_explore_entities as entity_reads
from kb.catalog import reads_explore_statements as statement_reads
from kb.catalog.reads_explore import Reading, Row
from kb.catalog.reads_explore_statements import StatementFilter
from kb.errors import IndexStale, NotFound, QueryError
from kb.explore import fields, names
from kb.explore.matching import Matcher
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
from kb.model import MARK_END, MARK_START, EntityType, Facet, Filters, Sort, StatementKind
from kb.search.engine import SearchRequest

CANDIDATE_PAGES = 200_000
MANY_DOCUMENTS = 3000
TOP = 50
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

        def make() -> _Counted:
            return _counted(sources, connection, query, wanted, order, fold=fold)

        # With words the index has a say, which changes at other moments than the catalog.
        found = (
            make()
            if query
            else sources.remembered(connection, ("statements", wanted, order, fold), make)
        )
        advice: tuple[FilterAdvice, ...] = ()
        if not found.ids:
            advice = _advise(sources, connection, query, wanted)
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
            speakers=found.speakers,
            institutions=found.institutions,
            advice=advice,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Everything that fits, as little of each as paging and counting need."""

    ids: array[int]
    """In order."""
    doubles: Mapping[int, Sequence[int]]
    per_year: tuple[YearCount, ...]
    speakers: tuple[EntityBadge, ...]
    institutions: tuple[Facet, ...]


def _counted(
    sources: Sources,
    connection: Reading,
    query: str,
    wanted: StatementFilter,
    order: str,
    *,
    fold: bool,
) -> _Counted:
    rows = matching(sources, connection, query, wanted, order)
    kept, doubles = fold_doubles(rows) if fold else (rows, {})
    return _Counted(
        array("q", (r["id"] for r in kept)),
        doubles,
        _per_year(kept),
        _speakers(connection, kept),
        _institutions(connection, kept),
    )


def matching(
    sources: Sources, connection: Reading, query: str, wanted: StatementFilter, order: str
) -> list[Row]:
    """All statements that fit, in order."""
    if not query:
        return statement_reads.statement_keys(connection, wanted, order, texts=False)
    matcher = Matcher(query)
    documents: set[int] | None = None
    pages: set[tuple[int, int]] | None = None
    if matcher.narrows and not wanted.speakers:
        try:
            pages = pages_with(sources, query)
        except IndexStale:
            pages = None
        if pages is not None:
            documents = {d for d, _ in pages}
    if documents is not None and len(documents) > MANY_DOCUMENTS:
        documents = None
    rows = statement_reads.statement_keys(
        connection, wanted, order, documents_in=sorted(documents) if documents is not None else None
    )
    return [
        r
        for r in rows
        if (pages is None or (r["document_id"], r["page"]) in pages)
        and matcher.matches(r["text"], extra=r["speaker"] or "")
    ]


def pages_with(
    sources: Sources, query: str, filters: Filters | None = None
) -> set[tuple[int, int]] | None:
    """Pages on which the query matches; ``None`` where that does not narrow anything."""
    result = sources.search(
        SearchRequest(
            query, filters or Filters(), limit=CANDIDATE_PAGES, snippets=False, facets=False
        )
    )
    if result.relaxed:
        return set()
    if result.total > len(result.hits):
        return None
    return {(h.document_id, h.page) for h in result.hits}


def fold_doubles(rows: Sequence[Row]) -> tuple[list[Row], dict[int, list[int]]]:
    """The same statement in near-duplicate documents once, and the documents of the others.

    The earliest document keeps it, whatever the order of ``rows``, which stays.
    """
    told: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row["group_id"] is not None:
            told.setdefault((row["group_id"], norm(row["text"])), []).append(row)
    doubles: dict[int, list[int]] = {}
    dropped: set[int] = set()
    for same in told.values():
        if len(same) < 2:
            continue
        first, *others = sorted(same, key=lambda r: (r["date"] or "9999", r["id"]))
        dropped.update(r["id"] for r in others)
        elsewhere = dict.fromkeys(r["document_id"] for r in others)
        doubles[first["id"]] = [d for d in elsewhere if d != first["document_id"]]
    return [r for r in rows if r["id"] not in dropped], doubles


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


def view(row: Row) -> StatementView:
    """One statement from its row."""
    linked = row["speaker_id"] is not None and not row["speaker_hidden"]
    return StatementView(
        statement_id=row["id"],
        text=row["text"],
        kind=row["kind"],
        speaker=(row["speaker_name"] if linked else None) or row["speaker"],
        speaker_id=row["speaker_id"] if linked else None,
        role=row["role"],
        institution=row["institution"],
        institution_id=row["institution_id"],
        cue=row["cue"],
        date=row["date"],
        document_id=row["document_id"],
        title=row["title"],
        page=row["page"],
        page_label=row["page_label"],
        start=row["start"],
        end=row["end"],
        source=row["address"] or PurePath(row["path"]).name,
        method=row["method"],
        confidence=row["confidence"],
        snippet=row["text"],
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
    """One statement; raises ``NotFound``."""
    with sources.read() as connection:
        found = views(sources, connection, [statement_id])
    if not found:
        raise NotFound(
            f"There is no statement {statement_id}; its number comes from 'kb statements'."
        )
    return found[0]


# --- counts ----------------------------------------------------------------------


def _per_year(rows: Sequence[Row]) -> tuple[YearCount, ...]:
    counts: Counter[int] = Counter()
    documents: dict[int, set[int]] = {}
    for row in rows:
        year = (row["date"] or "")[:4]
        if year.isdigit():
            counts[int(year)] += 1
            documents.setdefault(int(year), set()).add(row["document_id"])
    return tuple(YearCount(y, counts[y], len(documents[y])) for y in sorted(counts))


def _speakers(connection: Reading, rows: Sequence[Row]) -> tuple[EntityBadge, ...]:
    counts = Counter(r["speaker_id"] for r in rows if r["speaker_id"] is not None)
    top = counts.most_common(TOP)
    known = entity_reads.entity_rows(connection, [i for i, _ in top])
    return tuple(
        EntityBadge(i, known[i]["type"], known[i]["name"], n)
        for i, n in top
        if i in known and not known[i]["hidden"]
    )


def _institutions(connection: Reading, rows: Sequence[Row]) -> tuple[Facet, ...]:
    counts: Counter[str] = Counter()
    documents: dict[str, set[int]] = {}
    written: dict[str, str] = {}
    for row in rows:
        value = row["institution_id"] or row["institution"]
        if value:
            counts[value] += 1
            documents.setdefault(value, set()).add(row["document_id"])
            written.setdefault(value, row["institution"] or value)
    top = counts.most_common(TOP)
    labels = names.labels(connection, [v for v, _ in top if names.is_id(v)])
    return tuple(Facet(v, labels.get(v, written[v]), n, len(documents[v])) for v, n in top)


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
    for name, without in drops.items():
        if without == wanted:
            continue
        rows, _ = fold_doubles(matching(sources, connection, query, without, "newest"))
        if rows:
            chip = ActiveFilter(name, "", name)
            found.append(FilterAdvice((chip,), len(rows), len({r["document_id"] for r in rows})))
    if not found and wanted != empty:
        rows, _ = fold_doubles(matching(sources, connection, query, empty, "newest"))
        if rows:
            chips = tuple(ActiveFilter(n, "", n) for n, w in drops.items() if w != wanted)
            found.append(FilterAdvice(chips, len(rows), len({r["document_id"] for r in rows})))
    return tuple(sorted(found, key=lambda a: -a.total))
