"""One commit of an index on an OpenSearch server, open for searching.

The server finds, scores and counts; the candidates of a page are put in order here as every
engine does (scores to four digits, then date, then passage).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kb.model import Facet, Filters, Sort
from kb.search import plan as p
from kb.search.columns import most_frequent
from kb.search.counting import counters
from kb.search.engine import Pages, SearchRequest
from kb.search.engines.opensearch import queries
from kb.search.engines.opensearch.schema import LABEL_FIELD, NO_DATE_LAST, SHOWN, STEM, WINDOW
from kb.search.engines.opensearch.server import Place, asking
from kb.search.engines.opensearch.words import WordLog
from kb.search.language.analysis import stem
from kb.search.lexicon import Lexicon
from kb.search.ranking import TEXT, TITLE
from kb.search.searching import Counts, Outcome, Row

Body = dict[str, Any]

EDGE = 50
"""Hits looked at beyond those asked for: ties at the edge may belong before what is kept."""
GROUP_EDGE = 15
PAGE_EDGE = 5
LONGEST = 60
"""Letters typed that are looked for inside titles; the server refuses some longer ones."""
EXPORTED = 10_000
"""Hits of one answer where all are wanted."""
SHARD_FACETS = 2_000
MOST_FACETS = 60_000
"""Values of a facet that a shard counts: so many at first, so many where that was not exact."""
COUNTED = 4_000
"""Documents among the hits are counted nearly one by one up to here, estimated beyond."""

ORDERS: dict[str, list[dict[str, str]]] = {
    "relevance": [{"_score": "desc"}, {"date": "desc"}, {"passage": "asc"}],
    "newest": [{"date": "desc"}, {"passage": "asc"}],
    "oldest": [{"undated_last": "asc"}, {"passage": "asc"}],
}
CARRIED: list[dict[str, str]] = [{"document": "asc"}, {"page": "asc"}]
"""Sorted by last of all, never for the order: so a hit brings them along."""


def _hits(order: Sort, size: int, start: int = 0) -> Body:
    return {
        "size": size,
        "from": start,
        "sort": [*ORDERS[order], *CARRIED],
        "_source": False,
        "stored_fields": "_none_",
    }


def _ranked(hits: Sequence[Any], sort: Sort) -> list[Row]:
    """Hits as rows, in the order of every engine."""
    ranked: list[tuple[tuple[float, int, int], Row]] = []
    for hit in hits:
        *keys, passage, document, page = hit["sort"]
        if sort == "relevance":
            score, date = round(float(keys[0]), 4), int(keys[1] or 0)
            order = (-score, -date, int(passage))
        else:
            score, value = 0.0, int(keys[0] or 0)
            order = (-value if sort == "newest" else (value or NO_DATE_LAST), 0, int(passage))
        ranked.append((order, Row(int(passage), int(document), int(page), score)))
    ranked.sort(key=lambda pair: pair[0])
    return [row for _, row in ranked]


class TitleList:
    """Titles of all documents, looked up on the server."""

    def __init__(self, source: OpenSearchSource) -> None:
        self._source = source

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """Titles that begin with the folded ``prefix`` and go on."""
        wanted: Body = {"prefix": {LABEL_FIELD: prefix}}
        exact: Body = {"term": {LABEL_FIELD: prefix}}
        return self._find({"bool": {"filter": [wanted], "must_not": [exact]}}, limit)

    def holding(self, words: str, limit: int) -> list[str]:
        """Titles with the folded ``words`` (the last may go on) further in."""
        if len(words) > LONGEST:
            return []
        inside = re.sub(r"([*?\\])", r"\\\1", words)
        return self._find({"wildcard": {LABEL_FIELD: f"* {inside}*"}}, limit)

    def _find(self, query: Body, limit: int) -> list[str]:
        body: Body = {
            "query": query,
            "size": limit,
            "sort": [{LABEL_FIELD: "asc"}, {SHOWN: "asc"}],
            "collapse": {"field": SHOWN},
            "track_total_hits": False,
            "_source": False,
            "stored_fields": "_none_",
        }
        hits = self._source.ask(body)["hits"]["hits"]
        return [str(hit["sort"][1]) for hit in hits]


class OpenSearchSource:
    """See ``searching.Source``. ``mark`` names the commit."""

    def __init__(self, place: Place, folder: str, mark: str, log: WordLog) -> None:
        self._place = place
        self.index = place.index(folder)
        self._log = log
        self.mark = mark
        self._lexicon: Lexicon | None = None
        self._count: int | None = None
        self._families: dict[str, bool] = {}
        self._titles = TitleList(self)

    def ask(self, body: Body) -> Any:
        """One search on this index."""
        params = {} if self._place.shards == 1 else {"search_type": "dfs_query_then_fetch"}
        with asking(self._place.url):
            return self._place.client.search(index=self.index, body=body, params=params)

    # -- words ----------------------------------------------------------------------------------

    def lexicon(self) -> Lexicon:
        """All words of titles and bodies."""
        if self._lexicon is None:
            with asking(self._place.url):
                self._lexicon = self._log.lexicon()
        return self._lexicon

    def frequency(self, word: str) -> int:
        """Bodies and titles with the folded ``word`` as written (deleted ones may count)."""
        return self.lexicon().count(word)

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Bodies and titles with each word, those deleted left out."""
        found = dict.fromkeys(words, 0)
        for field in (TEXT, TITLE):
            wanted = {str(at): {"term": {field: word}} for at, word in enumerate(words)}
            for at, count in self._filters(queries.ALL, wanted).items():
                found[words[int(at)]] += count
        return found

    def _filters(self, query: Body, wanted: dict[str, Body]) -> dict[str, int]:
        if not wanted:
            return {}
        body = {"query": query, "size": 0, "aggs": {"f": {"filters": {"filters": wanted}}}}
        buckets = self.ask(body)["aggregations"]["f"]["buckets"]
        return {name: int(bucket["doc_count"]) for name, bucket in buckets.items()}

    def titles(self) -> TitleList:
        """Titles of all documents."""
        return self._titles

    def known(self, word: str) -> bool:
        """True where a body or title has the folded ``word`` or one of its family."""
        if word not in self._families:
            some = [{"term": {field + STEM: stem(word)}} for field in (TEXT, TITLE)]
            self._families[word] = self._total({"bool": {"should": some}}) > 0
        return self._families[word]

    def together(self, one: str, others: Sequence[str]) -> list[int]:
        """Passages with a word of the family of ``one`` and each of ``others`` as written."""
        first = {"bool": {"filter": [{"term": {TEXT + STEM: stem(one)}}]}}
        wanted = {str(at): {"term": {TEXT: other}} for at, other in enumerate(others)}
        found = self._filters(first, wanted)
        return [found[str(at)] for at in range(len(others))]

    # -- counts ---------------------------------------------------------------------------------

    def _total(self, query: Body) -> int:
        found = self.ask({"query": query, "size": 0, "track_total_hits": True})
        return int(found["hits"]["total"]["value"])

    def count(self) -> int:
        """Live passages."""
        if self._count is None:
            self._count = self._total(queries.ALL)
        return self._count

    def count_documents(self) -> int:
        """Documents they stand in (some 1 % off where there are many)."""
        body = {"size": 0, "aggs": _documents(40_000)}
        return int(self.ask(body)["aggregations"]["documents"]["value"])

    def bytes(self) -> int:
        """Size of the index on one server, its copies left out."""
        with asking(self._place.url):
            found = self._place.client.indices.stats(index=self.index, metric="store")
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    def _all(self, query: Body) -> Iterator[list[int]]:
        """Passage, document and page of every hit."""
        body: Body = {"query": query, **_hits("newest", EXPORTED)}
        body |= {"sort": [{"passage": "asc"}, *CARRIED], "track_total_hits": False}
        while True:
            hits = self.ask(body)["hits"]["hits"]
            yield from (hit["sort"] for hit in hits)
            if len(hits) < EXPORTED:
                return
            body["search_after"] = hits[-1]["sort"]

    def passage_ids(self) -> set[int]:
        """Ids of all live passages."""
        return {int(found[0]) for found in self._all(queries.ALL)}

    def passages_of(self, documents: Sequence[int]) -> list[int]:
        """Ids of the passages of these documents."""
        return [int(found[0]) for found in self._all(queries.among(documents))]

    def pages(self, plan: p.Plan, filters: Filters) -> Pages:
        """All pages that match ``plan`` and pass ``filters``."""
        found = list(self._all(queries.filtered(plan, filters, False)))
        numbers = np.asarray(found, dtype=np.int64).reshape(-1, 3)
        return Pages(numbers[:, 1], numbers[:, 2], numbers[:, 0])

    # -- plans ----------------------------------------------------------------------------------

    def execute(self, plan: p.Plan, request: SearchRequest, sort: Sort) -> Outcome:
        """Runs ``plan``; see ``Source``."""
        scored = sort == "relevance" and request.limit > 0
        query = queries.filtered(plan, request.filters, scored)
        wanted = request.offset + request.limit
        edge = GROUP_EDGE if request.group else EDGE
        body: Body = {"query": query, "track_total_hits": True}
        body |= _hits(sort, min(wanted + edge, WINDOW) if request.limit else 0)
        if request.group:
            body["collapse"] = {"field": "document"}
        # Counted by itself: an answer without hits is one that the server remembers until the
        # index changes, and the next page of a result has the same counts.
        names = request.facet_names if request.facets else ()
        matching = queries.filtered(plan, request.filters, False)
        counting = counters().submit(self._counts, matching, names, request) if names else None
        found = self.ask(body)
        rows = _ranked(found["hits"]["hits"], sort)[request.offset : wanted]
        pages: dict[int, int] = {}
        if request.group and rows:
            rows, pages = self._pages_of(query, rows, request, sort)
        total = int(found["hits"]["total"]["value"])

        def counts() -> Counts:
            return counting.result() if counting else self._counts(matching, (), request)

        return Outcome(total, rows, counts, pages)

    def _pages_of(
        self, query: Body, groups: Sequence[Row], request: SearchRequest, sort: Sort
    ) -> tuple[list[Row], dict[int, int]]:
        """The best pages of each document of ``groups``, and how many match in each."""
        documents = [row.document for row in groups]
        wanted = max(1, request.pages_per_document)
        top = _hits(sort, wanted + PAGE_EDGE)
        del top["stored_fields"]  # unknown to top_hits
        body: Body = {
            "query": {"bool": {"must": [query], "filter": [queries.among(documents)]}},
            "size": 0,
            "aggs": {
                "documents": {
                    "terms": {"field": "document", "size": len(documents)},
                    "aggs": {"best": {"top_hits": top}},
                }
            },
        }
        buckets = self.ask(body)["aggregations"]["documents"]["buckets"]
        best = {int(b["key"]): _ranked(b["best"]["hits"]["hits"], sort)[:wanted] for b in buckets}
        counts = {int(b["key"]): int(b["doc_count"]) for b in buckets}
        return [row for d in documents for row in best.get(d, ())], counts

    def _counts(self, query: Body, names: Sequence[str], request: SearchRequest) -> Counts:
        aggregated = _documents(COUNTED) | _facets(names, request, SHARD_FACETS)
        body: Body = {"query": query, "size": 0, "track_total_hits": False, "aggs": aggregated}
        counted = self.ask(body)["aggregations"]
        if any(counted[name]["doc_count_error_upper_bound"] for name in names):
            body["aggs"] = _facets(names, request, MOST_FACETS)
            counted = {**counted, **self.ask(body)["aggregations"]}
        facets: dict[str, tuple[Facet, ...]] = {}
        for name in names:
            buckets = counted[name]["buckets"]
            rows = [Facet(b["key"], b["key"], int(b["doc_count"])) for b in buckets]
            facets[name] = most_frequent(rows, request.facet_limit)
        return int(counted["documents"]["value"]), facets


def _documents(exactly: int) -> Body:
    return {"documents": {"cardinality": {"field": "document", "precision_threshold": exactly}}}


def _facets(names: Sequence[str], request: SearchRequest, of_shard: int) -> Body:
    # More than asked for, so that ties at the edge are cut by value.
    size = max(1, request.facet_limit) + 20
    return {
        name: {"terms": {"field": name, "size": size, "shard_size": max(size, of_shard)}}
        for name in names
    }
