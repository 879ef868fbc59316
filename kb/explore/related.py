"""More like this, words that go with a query, and completion while typing."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.authority.normal import norm
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading import together as together_reads
from kb.catalog.reading.typed import Reading
from kb.errors import IndexStale, NotFound
from kb.explore import names
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import Completion, DocumentRef
from kb.search.engine import SearchRequest
from kb.search.language.analysis import is_stop_word, stem, surfaces, tokens

READ_PAGES = 20
TERMS = 12
CANDIDATE_TERMS = 30
CANDIDATES = 60
ENTITIES = 15
SAMPLE_HITS = 60


def related(sources: Sources, document_id: int, limit: int) -> tuple[DocumentRef, ...]:
    """See ``KnowledgeBase.related``.

    Score: each rare word of the document found in the other one counts its weight
    (log-scaled count times inverse share of pages that hold it), each shared entity the
    inverse share of documents that name it.
    """
    with sources.read() as connection:
        row = reads.document(connection, document_id)
        if row is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
        scores: defaultdict[int, float] = defaultdict(float)
        pages: dict[int, tuple[float, int]] = {}
        _by_words(sources, connection, document_id, str(row.title), scores, pages)
        _by_entities(connection, document_id, scores)
        scores.pop(document_id, None)
        ranked = sorted(scores, key=lambda d: (-scores[d], d))[:CANDIDATES]
        lines = reads.document_lines(connection, ranked)
        found: list[DocumentRef] = []
        groups = {row.group_id} - {None}
        owners = names.labels(
            connection, {i for r in lines.values() if (i := r.institution_id) is not None}
        )
        for other in ranked:
            line = lines.get(other)
            if line is None or line.group_id in groups:
                continue
            if line.group_id is not None:
                groups.add(line.group_id)
            page = pages.get(other, (0.0, 1))[1]
            found.append(document_ref(line, owners, page=page, score=round(scores[other], 3)))
            if len(found) >= limit:
                break
        return tuple(found)


def _by_words(
    sources: Sources,
    connection: Reading,
    document_id: int,
    title: str,
    scores: defaultdict[int, float],
    pages: dict[int, tuple[float, int]],
) -> None:
    counts: Counter[str] = Counter()
    texts = page_reads.texts_of_pages(connection, document_id, range(1, READ_PAGES + 1))
    for _, text in texts:
        counts.update(_words(text))
    for word in _words(title):
        counts[word] += 3
    top = sorted(counts, key=lambda w: (-counts[w] * math.sqrt(len(w)), w))[:CANDIDATE_TERMS]
    try:
        total = max(sources.engine().stats().passages, 1)
        weights: dict[str, float] = {}
        for word, pages_with in sources.engine().frequencies(top).items():
            if 0 < pages_with <= max(total // 4, 5):
                weights[word] = (1 + math.log(counts[word])) * math.log(1 + total / pages_with)
        kept = sorted(weights, key=lambda w: -weights[w])[:TERMS]
        for word in kept:
            request = SearchRequest(
                f'"{word}"',
                limit=CANDIDATES,
                group=True,
                pages_per_document=1,
            ).bare()
            for hit in sources.search(request).hits:
                scores[hit.document_id] += weights[word]
                if hit.score > pages.get(hit.document_id, (-1.0, 1))[0]:
                    pages[hit.document_id] = (hit.score, hit.page)
    except IndexStale:
        return


def _words(text: str) -> list[str]:
    return [s for s in surfaces(text) if len(s) > 3 and not s.isdigit() and not is_stop_word(s)]


def _by_entities(connection: Reading, document_id: int, scores: defaultdict[int, float]) -> None:
    rows = entity_reads.entities_in_document(connection, document_id, ENTITIES * 2)
    known = entity_reads.entity_rows(connection, [r.id for r in rows])
    rare = sorted(rows, key=lambda r: known[r.id].document_count)[:ENTITIES]
    for row in rare:
        spread = known[row.id].document_count
        if spread < 2:
            continue
        weight = 4.0 / math.log2(1 + spread)
        for other, _, _ in together_reads.sharing(connection, [row.id], document_id, CANDIDATES):
            scores[other] += weight


def related_terms(sources: Sources, query: str, limit: int) -> tuple[str, ...]:
    """See ``KnowledgeBase.related_terms``.

    The words of the best matching pages by how much more often they stand there than
    the number of all pages with them lets expect.
    """
    if not query.strip():
        return ()
    request = SearchRequest(query, limit=SAMPLE_HITS).bare()
    result = sources.search(request)
    if not result.total:
        return ()
    texts = sources.catalog.texts([h.passage_id for h in result.hits])
    asked = {t.stem for t in tokens(query)} | {t.surface for t in tokens(query)}
    spread: Counter[str] = Counter()
    for text in texts.values():
        spread.update(set(_words(text)))
    least = 2 if len(texts) > 3 else 1
    # Only the frequent words are stemmed: all of them would take seconds on many pages.
    common = [
        w
        for w, n in spread.most_common(CANDIDATE_TERMS * 3)
        if n >= least and w not in asked and stem(w) not in asked
    ][: CANDIDATE_TERMS * 2]
    total = max(sources.engine().stats().passages, 1)
    scored: dict[str, float] = {}
    for word, everywhere in sources.engine().frequencies(common).items():
        share_here = spread[word] / len(texts)
        share_all = max(everywhere, 1) / total
        scored[word] = share_here * math.log((share_here + 1e-9) / share_all)
    best = sorted((w for w in scored if scored[w] > 0), key=lambda w: -scored[w])
    return tuple(best[:limit])


def complete(sources: Sources, prefix: str, limit: int) -> tuple[Completion, ...]:
    """See ``KnowledgeBase.complete``."""
    typed = prefix.strip()
    wanted = norm(typed)
    if not wanted or limit < 1:
        return ()
    found: list[Completion] = []
    with sources.read() as connection:
        found += [
            Completion(row.name, row.type, entity_id=row.id)
            for row in entity_reads.begins_with(connection, wanted, limit)
        ]
        words = typed.lower().split()
        if len(found) < limit and (len(words) > 1 or len(wanted) > 3):
            for number, title in reads.titles_with(connection, words, 3):
                found.append(Completion(title, "title", document_id=number))
    try:
        offers: Sequence[str] = sources.engine().suggest(prefix, limit)
    except IndexStale:
        offers = ()
    entities = [c for c in found if c.kind != "title"][: max(1, limit // 2)]
    titles = [c for c in found if c.kind == "title"]
    seen = {c.text.casefold() for c in (*entities, *titles)}
    phrases = [Completion(o, "word") for o in offers if o.casefold() not in seen]
    return tuple((*entities, *titles[:2], *phrases, *titles[2:])[:limit])
