"""The second embedded engine: tantivy, for bases beyond what Whoosh serves well.

The same terms, plans and score as the Whoosh engine, executed by tantivy: its BM25 has our
constants and rounds lengths as ``ranking`` does. Facets are its aggregations, exact. The
number of documents among more than ``COUNTED_HITS`` hits is its estimate. Needs the extra
``tantivy``.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from tantivy import Document, Occur, Order, PreTokenizedString, Query, Token

from kb.errors import Busy
from kb.model import Filters, Passage, Sort
from kb.search import plan as p
from kb.search.columns import FACET_KEYS, LABEL
from kb.search.engine import FACETS, Pages, SearchRequest
from kb.search.engines.tantivy.counting import MOST_BUCKETS, TOGETHER, Counting, reading_index
from kb.search.engines.tantivy.queries import STEM, Queries
from kb.search.language.analysis import stem
from kb.search.lexicon import Lexicon, Titles, merge_counts
from kb.search.passages import prepare
from kb.search.ranking import KEY, SECTION, TEXT, TITLE
from kb.search.searching import Counts, Outcome, Row

NUMBERS = ("passage", "document", "page", "date", "latest", "undated_last")
FIRST = "f:1"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
HEAP_BYTES = 128_000_000
NO_DATE_LAST = 99_999_999


def schema() -> Any:
    """Fields: words and stems with positions, keys, facets, numbers."""
    made = tantivy.SchemaBuilder()
    for name in (TEXT, SECTION, TITLE):
        for field in (name, name + STEM):
            made.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    made.add_text_field(KEY, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        made.add_unsigned_field(name, indexed=True, fast=True)
    return made.build()


def _add_words(document: Any, field: str, words: list[str], more: list[tuple[int, str]]) -> None:
    """Adds the words in order, ``more`` beside them.

    Numbers among ``more`` stand at the positions they name, for a phrase may have them in
    another form. Codes and dates are asked for by themselves and come behind the words: cutting
    a text at spaces takes a sixth of the time of handing over each word with its position.
    """
    placed = [pair for pair in more if _NUMBER.fullmatch(pair[1])]
    if not placed:
        document.add_text(field, " ".join(words))  # no word has a space
    else:
        tokens = list(map(Token, words, range(len(words)), repeat(0), repeat(0)))
        for at, term in sorted(placed, key=itemgetter(0), reverse=True):
            tokens.insert(at, Token(term, at, 0, 0))
        document.add_pre_tokenized_text(field, PreTokenizedString("", tokens))
    if len(placed) < len(more):
        document.add_text(field, " ".join(term for _, term in more if not _NUMBER.fullmatch(term)))


def to_document(passage: Passage) -> Any:
    """``passage`` as tantivy stores it."""
    ready = prepare(passage)
    document = Document()
    for name, field in ((TITLE, ready.title), (SECTION, ready.section), (TEXT, ready.text)):
        if field.words:
            _add_words(document, name, field.words, field.more)
            _add_words(document, name + STEM, field.roots, field.more)
    keys = [*ready.keys, FIRST] if passage.page == 1 else ready.keys
    for key in keys:
        document.add_text(KEY, key)
        for name, prefix in FACET_KEYS.items():
            if key.startswith(prefix) and name not in TOGETHER:
                document.add_text(name, key[len(prefix) :])
    for name in TOGETHER:
        prefix = FACET_KEYS[name]
        values = sorted(key[len(prefix) :] for key in keys if key.startswith(prefix))
        if values:
            document.add_text(name, " ".join(values))
    date = ready.date
    latest = date + (99 if date % 100 == 0 else 0) + (9_900 if date % 10_000 == 0 else 0)
    numbers = (
        passage.passage_id,
        passage.document_id,
        passage.page,
        date,
        latest if date else 0,
        date or NO_DATE_LAST,
    )
    for name, value in zip(NUMBERS, numbers, strict=True):
        document.add_unsigned(name, value)
    return document


class TantivySource:
    """One commit, open for reading."""

    def __init__(self, schema_: Any, searcher: Any) -> None:
        self._schema = schema_
        self.searcher = searcher
        self._count = int(searcher.num_docs)
        self._lock = threading.Lock()
        self._documents: int | None = None
        self._lexicon: Lexicon | None = None
        self._titles: Titles | None = None
        self._queries = Queries(schema_, searcher)
        self._counting = Counting(searcher)

    # -- words ----------------------------------------------------------------------------------

    def lexicon(self) -> Lexicon:
        """All words of titles and bodies."""
        with self._lock:
            if self._lexicon is None:
                fields = (TEXT, TITLE)
                counts = [dict(self.searcher.terms_with_prefix(f, "")) for f in fields]
                self._lexicon = Lexicon(merge_counts(counts))
            return self._lexicon

    def frequency(self, word: str) -> int:
        """Bodies and titles with the folded ``word`` as written."""
        return sum(int(self.searcher.doc_freq(field, word)) for field in (TEXT, TITLE))

    def titles(self) -> Titles:
        """Titles of all documents."""
        with self._lock:
            if self._titles is None:
                found = self.searcher.terms_with_prefix(KEY, LABEL)
                self._titles = Titles(key[len(LABEL) :] for key, _ in found)
            return self._titles

    def known(self, word: str) -> bool:
        """True where a body or title has the folded ``word`` or one of its family."""
        root = stem(word)
        return any(self.searcher.doc_freq(f + STEM, root) > 0 for f in (TEXT, TITLE))

    def together(self, one: str, others: Sequence[str]) -> list[int]:
        """Passages with a word of the family of ``one`` and each of ``others`` as written."""
        first = Query.term_query(self._schema, TEXT + STEM, stem(one))
        found: list[int] = []
        for other in others:
            second = Query.term_query(self._schema, TEXT, other)
            query = Query.boolean_query([(Occur.Must, first), (Occur.Must, second)])
            found.append(int(self.searcher.search(query, 1).count or 0))
        return found

    def count(self) -> int:
        """Live passages."""
        return self._count

    def count_documents(self) -> int:
        """Documents they stand in (close to it where there are more than tantivy counts)."""
        with self._lock:
            if self._documents is None:
                query = Query.all_query()
                roughly = self._counting.roughly(query)
                few = roughly < MOST_BUCKETS // 2
                self._documents = self._counting.exactly(query) if few else roughly
            return self._documents

    def passage_ids(self) -> set[int]:
        """Ids of all live passages."""
        hits = self.searcher.search(Query.all_query(), max(1, self._count), count=False).hits
        return set(self.searcher.fast_field_values("passage", [address for _, address in hits]))

    # -- plans ----------------------------------------------------------------------------------

    def execute(self, plan: p.Plan, request: SearchRequest, sort: Sort) -> Outcome:
        """Runs ``plan``; see ``Source``."""
        scored = sort == "relevance"
        query = self._queries.filtered(plan, request.filters, scored)
        matching = self._queries.filtered(plan, request.filters, False) if scored else query
        counted = self._counting.begin((plan, request.filters), matching, request)
        wanted = request.offset + request.limit
        if request.group:
            total, rows = self._grouped(query, request, sort)
        else:
            total, rows = self._top(query, wanted, sort)
            rows = rows[request.offset :]
        pages = self._pages(matching, rows) if request.group else {}

        def counts() -> Counts:
            return counted(total)

        return Outcome(total, rows, counts, pages)

    def pages(self, plan: p.Plan, filters: Filters) -> Pages:
        """All pages that match ``plan`` and pass ``filters``."""
        query = self._queries.filtered(plan, filters, False)
        with reading_index():
            hits = self.searcher.search(query, max(1, self._count), count=False).hits
        addresses = [address for _, address in hits]
        columns = (
            self.searcher.fast_field_values(f, addresses) for f in ("document", "page", "passage")
        )
        return Pages(*(np.asarray(values, dtype=np.int64) for values in columns))

    def _top(self, query: Any, count: int, sort: Sort) -> tuple[int, list[Row]]:
        """The first ``count`` hits in order, ties broken as every engine does."""
        # Ties at the edge may belong before what was kept: look a little further.
        limit = max(1, min(self._count, count + 50))
        how: dict[str, Any] = {}
        if sort != "relevance":
            how["order_by_field"] = "date" if sort == "newest" else "undated_last"
            how["order"] = Order.Desc if sort == "newest" else Order.Asc
        with reading_index():
            found = self.searcher.search(query, limit, **how)
        addresses = [address for _, address in found.hits]
        columns = [self.searcher.fast_field_values(name, addresses) for name in NUMBERS[:4]]
        ranked = []
        for (key, _), passage, document, page, date in zip(found.hits, *columns, strict=True):
            score = round(float(key), 4) if sort == "relevance" else 0.0
            main = (
                -score
                if sort == "relevance"
                else -date
                if sort == "newest"
                else (date or NO_DATE_LAST)
            )
            tie = -date if sort == "relevance" else 0
            ranked.append(((main, tie, passage), Row(passage, document, page, score)))
        ranked.sort(key=lambda pair: pair[0])
        return int(found.count or 0), [row for _, row in ranked[:count]]

    def _grouped(self, query: Any, request: SearchRequest, sort: Sort) -> tuple[int, list[Row]]:
        wanted = request.offset + request.limit
        pages = max(1, request.pages_per_document)
        depth = max(100, wanted * 8)
        while True:
            total, rows = self._top(query, depth, sort)
            groups: dict[int, list[Row]] = {}
            for row in rows:
                groups.setdefault(row.document, []).append(row)
            if len(groups) >= wanted or len(rows) >= total or len(rows) < depth:
                break
            depth *= 4
        chosen = list(groups.values())[request.offset : wanted]
        if len(rows) < total:  # pages further down belong to the documents shown, too
            chosen = [self._best_pages(query, g[0].document, pages, sort) for g in chosen]
        return total, [row for group in chosen for row in group[:pages]]

    def _best_pages(self, query: Any, document: int, pages: int, sort: Sort) -> list[Row]:
        here = self._queries.among([document])
        inside = Query.boolean_query([(Occur.Must, query), (Occur.Must, here)])
        return self._top(inside, pages, sort)[1]

    def _pages(self, query: Any, rows: list[Row]) -> dict[int, int]:
        documents = sorted({row.document for row in rows})
        if not documents:
            return {}
        here = self._queries.among(documents)
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, here)])
        terms = {"terms": {"field": "document", "size": len(documents)}}
        found = self.searcher.aggregate(both, {"documents": terms})["documents"]["buckets"]
        return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found}


class TantivyFolder:
    """The tantivy index in one folder: reads its commits, writes new ones."""

    def __init__(self, folder: Path, create: bool) -> None:
        self._folder = folder
        self._schema = schema()
        if create:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        else:
            with reading_index():
                self._index = tantivy.Index.open(str(folder))

    def source(self) -> TantivySource:
        """The newest commit."""
        with reading_index():
            self._index.reload()
            searcher = self._index.searcher()
        return TantivySource(self._schema, searcher)

    def having(self, field: str, value: int) -> Any:
        """Query for the passages with ``value`` in a numeric field."""
        return Query.term_query(self._schema, field, value)

    def writer(self) -> Any:
        """tantivy's writer. Raises ``Busy`` while another process has one."""
        # A long-lived index beside other writers leaves orphan files: open it anew.
        index = tantivy.Index.open(str(self._folder))
        try:
            return index.writer(heap_size=HEAP_BYTES, num_threads=1)
        except ValueError:
            raise Busy("Another process is writing to this index; try again shortly.") from None
