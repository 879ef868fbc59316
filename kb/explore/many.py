"""A list of names, agencies or projects: which documents and statements name which."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.authority.normal import norm
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading.statements import StatementFilter
from kb.catalog.reading.typed import Reading
from kb.errors import QueryError
from kb.explore.names import FUZZY_SCORE
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import Asked, EntityBadge, NamedIn
from kb.model import Filters

LINES = 5000
"""Lines of a list at most."""
LENGTH = 200
"""Characters of a line that are looked for."""
MOST = 50
"""Documents and statements told of a line; the counts are of all."""
NEAR = 3
"""Names of the base told of a line that no page has."""
SPELT = 4
"""Letters from which a name may be misspelt."""
COMPARED = 8_000_000
"""Likenesses held at once: 32 MB."""
TOGETHER = 500
"""Documents whose statements are read at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of a list that are looked for, each once, and how many are not."""

    lines: tuple[str, ...]
    twice: int
    """Lines that say what one before them says."""
    wordless: int
    """Lines of signs alone, with nothing to look for; empty ones are not counted."""


def listed(text: str, *, table: bool = False) -> Listed:
    """What a pasted list asks for, in its order; of a ``table`` (CSV) the first column.

    Raises ``QueryError`` for a list of more than ``LINES``.
    """
    found: Iterable[str] = text.splitlines()
    if table:
        sample = "\n".join(text.splitlines()[:20])
        between = max(";,\t", key=sample.count)
        found = (row[0] for row in csv.reader(io.StringIO(text), delimiter=between) if row)
    given = [line for line in found if line.strip()]
    known: dict[str, str] = {}
    wordless = 0
    for line in given:
        words = _words(line)
        if norm(words):
            known.setdefault(norm(words), words)
        else:
            wordless += 1
    if len(known) > LINES:
        raise QueryError(f"The list has {len(known)} lines; give at most {LINES} at once.")
    return Listed(tuple(known.values()), len(given) - wordless - len(known), wordless)


def _words(line: str) -> str:
    """What of a line is looked for."""
    return " ".join(line.replace('"', " ").split())[:LENGTH]


def ask_many(
    sources: Sources, lines: Sequence[str], progress: Callable[[int], None]
) -> tuple[Asked, ...]:
    """See ``KnowledgeBase.ask_many``."""
    if len(lines) > LINES:
        raise QueryError(f"The list has {len(lines)} lines; give at most {LINES} at once.")
    standing: list[list[tuple[int, int]]] = []
    for line in lines:
        standing.append(_pages(sources, line))
        progress(len(standing))
    with sources.read() as connection:
        bearers = _bearers(connection, lines)
        said = _said(connection, lines, standing)
        counted = [Counter(document for document, _ in pages) for pages in standing]
        told = [[d for d, _ in count.most_common(MOST)] for count in counted]
        known = reads.document_lines(connection, sorted({d for some in told for d in some}))
        missing = [n for n, pages in enumerate(standing) if not pages and n not in bearers]
        near = _near(connection, [lines[n] for n in missing])
    near_of = dict(zip(missing, near, strict=True))
    return tuple(
        Asked(
            words=line,
            pages=len(standing[n]),
            documents=len(counted[n]),
            statements=len(said[n]),
            named=tuple(
                NamedIn(document_ref(known[d]), tuple(sorted(p for e, p in standing[n] if e == d)))
                for d in told[n]
                if d in known
            ),
            said=tuple(said[n][:MOST]),
            entity=bearers.get(n),
            near=near_of.get(n, ()),
        )
        for n, line in enumerate(lines)
    )


def _pages(sources: Sources, line: str) -> list[tuple[int, int]]:
    """Document and page of each passage that has the words one after the other."""
    words = _words(line)
    if not norm(words):
        return []
    found = sources.pages(f'"{words}"', Filters())
    return list(zip(found.documents.tolist(), found.numbers.tolist(), strict=True))


def _bearers(connection: Reading, lines: Sequence[str]) -> dict[int, EntityBadge]:
    """For each line the entity of this name that is mentioned most."""
    norms = [norm(line) for line in lines]
    best: dict[str, entity_reads.Bearer] = {}
    for one in entity_reads.by_alias(connection, set(norms)):
        if one.mention_count > (best[one.norm].mention_count if one.norm in best else 0):
            best[one.norm] = one
    rows = entity_reads.entity_rows(connection, {one.id for one in best.values()})
    found: dict[int, EntityBadge] = {}
    for n, name in enumerate(norms):
        if (bearer := best.get(name)) is None or bearer.id not in rows:
            continue
        if not (row := rows[bearer.id]).hidden:
            found[n] = EntityBadge(row.id, row.type, row.name, row.mention_count)
    return found


def _said(
    connection: Reading, lines: Sequence[str], standing: Sequence[Sequence[tuple[int, int]]]
) -> list[list[int]]:
    """For each line the statements on its pages that have its words, the latest first."""
    documents = sorted({document for pages in standing for document, _ in pages})
    on_page: dict[tuple[int, int], list[tuple[str, int, str]]] = defaultdict(list)
    for begin in range(0, len(documents), TOGETHER):
        rows = statement_reads.statement_keys(
            connection,
            StatementFilter(),
            "newest",
            documents_in=documents[begin : begin + TOGETHER],
            texts=True,
        )
        for _, number, document, page, date, *_, text, speaker in rows:
            words = f" {norm(text)} | {norm(speaker or '')} "
            on_page[document, page].append((date or "", number, words))
    found: list[list[int]] = []
    for line, pages in zip(lines, standing, strict=True):
        wanted = f" {norm(line)} "
        hits = [one for place in pages for one in on_page.get(place, ()) if wanted in one[2]]
        found.append([number for _, number, _ in sorted(hits, key=lambda h: h[:2], reverse=True)])
    return found


def _near(connection: Reading, lines: Sequence[str]) -> list[tuple[EntityBadge, ...]]:
    """For each line the names that have all its words and others between ("Bappeda Banten" of
    "Bappeda Provinsi Banten"), most mentioned first; else those spelt nearly so, nearest first."""
    known = entity_reads.names_for_matching(connection, None) if lines else []
    spelled = [name for _, name in known]
    having: dict[str, set[int]] = defaultdict(set)
    for place, name in enumerate(spelled):
        for word in name.split():
            having[word].add(place)
    nearest: list[list[str]] = []
    misspelt: list[int] = []
    for line in lines:
        words = norm(line).split()
        places = sorted(set.intersection(*(having.get(word, set()) for word in words)))
        if len(words) < 2 or not places:
            if len(norm(line)) >= SPELT:
                misspelt.append(len(nearest))
            places = []
        nearest.append(_entities_at(places, known))
    wanted = [norm(lines[n]) for n in misspelt]
    for n, places in zip(misspelt, _nearly(wanted, spelled), strict=True):
        nearest[n] = _entities_at(places, known)
    rows = entity_reads.entity_rows(connection, {i for some in nearest for i in some})
    return [
        tuple(
            EntityBadge(i, rows[i].type, rows[i].name, rows[i].mention_count)
            for i in some
            if i in rows and not rows[i].hidden
        )
        for some in nearest
    ]


def _entities_at(places: Sequence[int], known: Sequence[tuple[str, str]]) -> list[str]:
    """The first entities whose names stand at these places."""
    return list(dict.fromkeys(known[place][0] for place in places))[:NEAR]


def _nearly(lines: Sequence[str], names: Sequence[str]) -> list[list[int]]:
    """For each line the places of the names spelt nearly so, nearest first.

    Many at once: 5,000 lines against 40,000 names took 17 s of processor one by one and take 5.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    found: list[list[int]] = []
    together = max(1, COMPARED // max(1, len(names)))
    for begin in range(0, len(lines), together):
        likeness = process.cdist(
            lines[begin : begin + together],
            names,
            scorer=fuzz.ratio,
            dtype=np.float32,
            score_cutoff=FUZZY_SCORE,
        )
        for row in likeness:
            places = np.flatnonzero(row)
            nearest = places[np.argsort(-row[places], kind="stable")]
            found.append([int(place) for place in nearest[: 3 * NEAR]])
    return found
