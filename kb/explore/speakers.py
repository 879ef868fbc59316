"""Who mentions a query most."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.offices import officials_among
from kb.catalog.reading.statements import StatementFilter
from kb.catalog.reading.typed import Reading
from kb.explore import fields, names, statements
from kb.explore.question import Question, prepare
from kb.explore.sources import Sources
from kb.explore.views import Speaker
from kb.search.engine import SearchRequest

CANDIDATES = 200


def who_mentions(sources: Sources, question: Question, *, limit: int) -> tuple[Speaker, ...]:
    """See ``KnowledgeBase.who_mentions``.

    First those who speak of it (statements by an official that hold what is asked),
    then those named on pages that match.
    """
    with sources.read() as connection:
        return sources.remembered(
            connection,
            ("who mentions", question, limit),
            lambda: _who_mentions(sources, connection, question, limit),
            words=True,
        )


def _who_mentions(
    sources: Sources, connection: Reading, question: Question, limit: int
) -> tuple[Speaker, ...]:
    ready = prepare(connection, question)
    result = sources.search(
        SearchRequest(
            ready.query,
            ready.filters,
            limit=0,
            snippets=False,
            facet_limit=CANDIDATES,
            facet_names=("official",),
        )
    )
    pages = {f.value: f.count for f in result.facets.get("official", ())}
    wanted = StatementFilter(
        date_from=fields.day(question.date_from, "date_from"),
        date_to=fields.after(fields.day(question.date_to, "date_to")),
    )
    # A statement has its own date, whatever that of its document.
    where = replace(ready.filters, date_from=None, date_to=None)
    keys = statements.matching(sources, connection, question.query, wanted, filters=where)
    kept, _ = keys.folded(sources, connection)
    said = Counter(speaker for speaker in kept.speakers if speaker is not None)
    order = sorted({*pages, *said}, key=lambda i: (-said[i], -pages.get(i, 0), i))
    known = entity_reads.entity_rows(connection, order[: limit * 5])
    people = [
        known[i]
        for i in order[: limit * 5]
        if i in known and known[i].type == "person" and not known[i].hidden
    ]
    officials = officials_among(connection, [p.id for p in people])
    people = [p for p in people if p.id in officials]
    return tuple(
        Speaker(summary, said[summary.entity_id], pages.get(summary.entity_id, 0))
        for summary in names.summaries(connection, people[:limit])
    )
