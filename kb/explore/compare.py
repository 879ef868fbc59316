"""Side by side: two entities, an entity and its circle, two documents."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading import together as together_reads
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore import entities as entity_pages
from kb.explore import names
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import Change, Comparison, CoOccurrence, Graph, SharedPassage

SHARED = 30
TOGETHER = 20
NODE_PAGES = 1500
"""Ties among those around an entity are counted on its latest pages, up to so many."""
MIN_WORDS = 12
"""Shorter paragraphs (headings, dates) say nothing when they recur."""
MIN_SIMILARITY = 0.6
"""Two paragraphs less alike are not shown as one that was edited. Set by hand; no command measured
it."""
MAX_PARAGRAPHS = 6000
SHINGLE = 4
RARE = 8
"""A word sequence in more paragraphs than this is a formula and pairs nothing."""


def entities_side_by_side(sources: Sources, given: Sequence[str]) -> Comparison:
    """See ``KnowledgeBase.compare``."""
    if not 2 <= len(given) <= 4:
        raise QueryError("Compare two to four entities.")
    with sources.read() as connection:
        ids = tuple(names.one(connection, g) for g in given)
        if len(set(ids)) != len(ids):
            raise QueryError("The entities to compare are one and the same; choose another.")
        return sources.remembered(
            connection, ("compare", *ids), lambda: _side_by_side(sources, connection, ids)
        )


def _side_by_side(sources: Sources, connection: Reading, ids: Sequence[str]) -> Comparison:
    pages = tuple(
        entity_pages.entity_page(
            sources,
            connection,
            i,
            statement_limit=5,
            document_limit=10,
            co_limit=entity_pages.AROUND,
        )
        for i in ids
    )
    families = [[i, *entity_reads.merged_ids(connection, i)] for i in ids]
    together, latest = together_reads.together(connection, families, TOGETHER)
    owners = names.labels(connection, {i for r in latest if (i := r.institution_id) is not None})
    others = [{c.entity_id: c for c in p.co_occurring} for p in pages]
    shared = [
        CoOccurrence(
            c.entity_id,
            c.type,
            c.name,
            min(o[key].pages for o in others),
            min(o[key].documents for o in others),
        )
        for key, c in others[0].items()
        if all(key in o for o in others) and key not in ids
    ]
    shared.sort(key=lambda c: (-c.pages, c.name))
    return Comparison(
        pages=pages,
        together_pages=together,
        together=tuple(document_ref(r, owners, page=r.page, mentions=r.pages) for r in latest),
        shared=tuple(shared[:SHARED]),
    )


def graph(sources: Sources, given: str, limit: int) -> Graph:
    """See ``KnowledgeBase.graph``."""
    with sources.read() as connection:
        centre = names.one(connection, given)
        return sources.remembered(
            connection, ("graph", centre, limit), lambda: _graph(sources, connection, centre, limit)
        )


def _graph(sources: Sources, connection: Reading, centre: str, limit: int) -> Graph:
    family = [centre, *entity_reads.merged_ids(connection, centre)]
    row = entity_reads.entity_rows(connection, [centre])[centre]
    around = entity_pages.around(sources, connection, family, limit)
    here, named = together_reads.among_on_pages(
        connection, family, [n.entity_id for n in around], NODE_PAGES
    )
    nodes = (
        CoOccurrence(centre, row.type, row.name, len(here), len({d for d, _ in here})),
        *around,
    )
    present: dict[tuple[int, int], list[str]] = {}
    for document_id, page, entity_id in named:
        present.setdefault((document_id, page), []).append(entity_id)
    ties: dict[tuple[str, str], int] = {}
    for shown in present.values():
        for pair in combinations(sorted(shown), 2):
            ties[pair] = ties.get(pair, 0) + 1
    edges = [(centre, n.entity_id, n.pages) for n in around]
    edges += [(a, b, n) for (a, b), n in sorted(ties.items(), key=lambda t: -t[1])]
    return Graph(nodes, tuple(edges))


# --- two documents -----------------------------------------------------------------


def shared_passages(
    sources: Sources, left: int, right: int, limit: int
) -> tuple[SharedPassage, ...]:
    """See ``KnowledgeBase.compare_texts``."""
    if left == right:
        raise QueryError("Compare two different documents.")
    with sources.read() as connection:
        for number in (left, right):
            if reads.document(connection, number) is None:
                raise NotFound(f"There is no document {number}; look it up with 'kb search'.")
        ours = paragraphs(page_reads.texts_of_pages(connection, left))
        theirs = paragraphs(page_reads.texts_of_pages(connection, right))
    return tuple(pair_up(ours, theirs)[:limit])


Paragraph = tuple[int, str, list[str]]
"""Page, text, and its words in lower case."""


def paragraphs(texts: Sequence[tuple[int, str]]) -> list[Paragraph]:
    """The paragraphs of these pages, those with fewer than ``MIN_WORDS`` words left out."""
    found: list[Paragraph] = []
    for page, text in texts:
        for block in text.split("\n\n"):
            words = block.split()
            if len(words) >= MIN_WORDS:
                found.append((page, block.strip(), [w.lower() for w in words]))
    return found[:MAX_PARAGRAPHS]


def pair_up(
    left: Sequence[Paragraph], right: Sequence[Paragraph], least: float = MIN_SIMILARITY
) -> list[SharedPassage]:
    """Paragraphs of ``left`` with the most similar one of ``right``, in order of ``left``.

    Candidates share a rare sequence of four words; similarity is the share of words in
    common runs (difflib's ratio), ``least`` or more.
    """
    index: dict[tuple[str, ...], list[int]] = {}
    for number, (_, _, words) in enumerate(right):
        for shingle in _shingles(words):
            index.setdefault(shingle, []).append(number)
    taken: set[int] = set()
    found: list[SharedPassage] = []
    for page, text, words in left:
        votes: dict[int, int] = {}
        for shingle in _shingles(words):
            places = index.get(shingle, ())
            if len(places) <= RARE:
                for number in places:
                    votes[number] = votes.get(number, 0) + 1
        best: tuple[float, int] | None = None
        for number in sorted(votes, key=lambda n: -votes[n])[:3]:
            if number in taken:
                continue
            matcher = SequenceMatcher(None, words, right[number][2], autojunk=False)
            if matcher.quick_ratio() < least:
                continue
            ratio = matcher.ratio()
            if ratio >= least and (best is None or ratio > best[0]):
                best = (ratio, number)
        if best is not None:
            ratio, number = best
            taken.add(number)
            other_page, other, _ = right[number]
            found.append(
                SharedPassage(page, other_page, round(ratio, 3), text, other, changes(text, other))
            )
    return found


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def changes(left: str, right: str) -> tuple[Change, ...]:
    """What is the same, removed and added from ``left`` to ``right``, word by word."""
    a, b = left.split(), right.split()
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            found.append(Change("removed", " ".join(a[i1:i2])))
        if j2 > j1:
            found.append(Change("added", " ".join(b[j1:j2])))
    return tuple(found)
