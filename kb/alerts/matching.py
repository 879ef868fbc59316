"""Which of the documents that came in fit which of the things that are followed.

Percolation: the new documents are indexed alone, and each distinct search is asked of that small
index once, however many readers saved it. Entities and statements are looked up in the catalog.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.alerts import book
from kb.catalog import reads as catalog_reads
from kb.catalog import writes_alerts as writes
from kb.catalog.reading import alerts as reads
from kb.catalog.reading.alerts import FollowRow, SaidRow
from kb.catalog.reading.typed import Reading
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import QueryError
from kb.explore.question import Question, prepare
from kb.explore.sources import Sources
from kb.search.aside import Aside
from kb.search.engine import SearchEngine, SearchRequest
from kb.search.matching import Matcher

DONE = "alerts_done"
"""Row of ``meta``: the highest number of a document that was matched."""
_OTHER_WORDS = frozenset({"fuzzy"})
"""Notes of a search whose words were replaced: what it finds was not asked for."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What one round of matching did."""

    documents: int
    """New documents."""
    searches: int
    """Distinct searches that were asked."""
    matches: int
    seconds: float


def match(settings: Settings) -> Matched:
    """Match what came in since the last time, and note it. Cheap where nothing did."""
    started = time.monotonic()
    sources = Sources(settings)
    try:
        with sources.read() as connection:
            latest = reads.latest_document(connection)
            follows = reads.all_follows(connection)
            done = catalog_reads.get_meta(connection, DONE)
            after = int(done) if done is not None else latest
            new = reads.new_documents(connection, after) if follows else []
            pairs, asked = found(sources, connection, follows, new) if new else ([], 0)
    finally:
        sources.close()
    if done is None or latest != after:
        at = book.now()

        def work(connection: Reading) -> None:
            writes.add_matches(connection, pairs, at)
            set_meta(connection, DONE, str(latest))

        book.write(settings, work)
    return Matched(len(new), asked, len(pairs), time.monotonic() - started)


def found(
    sources: Sources, connection: Reading, follows: Sequence[FollowRow], new: Sequence[int]
) -> tuple[list[tuple[int, int]], int]:
    """Pairs of follow and document, and how many distinct searches were asked."""
    by_query: dict[tuple[str, str], list[FollowRow]] = defaultdict(list)
    for one in follows:
        by_query[one.kind, json.dumps(one.query, sort_keys=True)].append(one)
    naming = reads.naming(connection, new)
    said = reads.said_in(connection, new)
    by_who: dict[str, list[SaidRow]] = defaultdict(list)
    for row in said:
        for who in {row.speaker_id, row.institution_id} - {None}:
            by_who[str(who)].append(row)
    passages = catalog_reads.passages(connection, new)
    aside = Aside(sources.catalog.texts, passages, resolve=sources.resolve)
    try:
        pairs: list[tuple[int, int]] = []
        for (kind, _), same in by_query.items():
            query = same[0].query
            if kind == "entity":
                fitting: Sequence[int] = naming.get(str(query["entity"]), ())
            elif kind == "statements":
                fitting = _said(query, said, by_who)
            else:
                fitting = _searched(connection, aside.engine, query, len(new))
            pairs += [(one.id, number) for one in same for number in fitting if number > one.since]
    finally:
        aside.close()
    return pairs, len(by_query)


def _searched(
    connection: Reading, engine: SearchEngine, query: Mapping[str, object], most: int
) -> list[int]:
    """New documents with a page that has all the words and passes the filters."""
    given = {name: tuple(v) if isinstance(v, list) else v for name, v in query.items()}
    try:
        ready = prepare(connection, Question(**{"query": "", **given}))  # type: ignore[arg-type]
    except QueryError:
        return []
    request = SearchRequest(
        ready.query,
        ready.filters,
        sort="newest",
        limit=most,
        group=True,
        pages_per_document=1,
    ).bare()
    result = engine.search(request)
    if result.relaxed or _OTHER_WORDS & set(result.notes):
        return []
    return list(dict.fromkeys(hit.document_id for hit in result.hits))


def _said(
    query: Mapping[str, object], said: Sequence[SaidRow], by_who: Mapping[str, Sequence[SaidRow]]
) -> list[int]:
    """New documents with a statement that fits."""
    rows = said
    for name in ("speaker", "institution"):
        if who := query.get(name):
            ids = {id(row) for row in by_who.get(str(who), ())}
            rows = [row for row in rows if id(row) in ids]
            if name == "speaker":
                rows = [row for row in rows if row.speaker_id == who]
    matcher = Matcher(str(query.get("query") or ""))
    fitting = [
        row.document_id
        for row in rows
        if matcher.anything or matcher.matches(row.text, extra=row.speaker or "")
    ]
    return list(dict.fromkeys(fitting))
