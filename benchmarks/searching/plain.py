"""A plain OpenSearch index of the same passages: what its users build first.

One shard, the whitespace analyser, BM25 as it comes, texts stored; each query asks for the top
ten with one highlight, five ``terms`` facets and the number of distinct documents. No stems, no
lifts, no completions: it answers less than ours does and is the measure of what we add.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from opensearchpy import OpenSearch, helpers

from kb.model import Filters, Passage
from kb.search.engines.opensearch.server import Serializer

INDEX = "plain-benchmark"
FACETS = ("year", "institution", "type", "official", "place")
CHUNK = 500
SIZE, FACET_VALUES, NEAR = 10, 50, 8


def address() -> list[str]:
    """The servers that ``KB_TEST_OPENSEARCH`` names (``tools/servers.py``)."""
    return os.environ["KB_TEST_OPENSEARCH"].split(",")


class Plain:
    """The index and what it is asked."""

    name = "opensearch-plain"

    def __init__(self) -> None:
        self.client = OpenSearch(address(), timeout=120, serializer=Serializer())

    def count(self) -> int:
        """Passages in the index, 0 where there is none."""
        if not self.client.indices.exists(index=INDEX):
            return 0
        return int(self.client.count(index=INDEX)["count"])

    def bytes(self) -> int:
        """Size on disk."""
        found = self.client.indices.stats(index=INDEX, metric="store")
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    def build(self, passages: Iterator[Passage]) -> None:
        """Makes the index anew."""
        self.client.indices.delete(index=INDEX, params={"ignore_unavailable": "true"})
        text = {"type": "text", "analyzer": "whitespace"}
        fields: dict[str, Any] = {"title": text, "section": text, "text": text}
        fields |= {name: {"type": "keyword"} for name in FACETS}
        fields |= {"document": {"type": "integer"}, "date": {"type": "date"}}
        settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
        body = {"settings": {"index": settings}, "mappings": {"properties": fields}}
        self.client.indices.create(index=INDEX, body=body)
        sent = helpers.parallel_bulk(
            self.client, map(_action, passages), thread_count=2, chunk_size=CHUNK
        )
        for _ in sent:
            pass
        self.client.indices.refresh(index=INDEX)

    def search(self, kind: str, query: str, filters: Filters) -> int:
        body: dict[str, Any] = {
            "query": _filtered(_query(kind, query), filters),
            "size": SIZE,
            "track_total_hits": True,
            "_source": ["title", "document"],
            "highlight": {"fields": {"text": {"number_of_fragments": 1}}},
            "aggs": {
                **{name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS},
                "documents": {"cardinality": {"field": "document"}},
            },
        }
        return len(self.client.search(index=INDEX, body=body)["hits"]["hits"])


def _action(passage: Passage) -> dict[str, Any]:
    return {
        "_index": INDEX,
        "_id": passage.passage_id,
        "title": passage.title,
        "section": passage.section,
        "text": passage.text,
        "year": [str(year) for year in passage.years],
        "institution": passage.institution,
        "type": passage.doc_type,
        "official": list(passage.officials),
        "place": list(passage.places),
        "document": passage.document_id,
        "date": passage.date,
    }


def _query(kind: str, query: str) -> dict[str, Any]:
    words = re.findall(r"[\w/]+", query.replace("ATAU", ""))
    if kind == "phrase":
        return {"match_phrase": {"text": " ".join(words)}}
    if kind == "near":  # "a b"~8: the number is no word
        return {"match_phrase": {"text": {"query": " ".join(words[:-1]), "slop": NEAR}}}
    if kind == "prefix":
        return {"prefix": {"text": words[0]}}
    if kind == "fuzzy":
        return {"fuzzy": {"text": {"value": words[0], "fuzziness": 1}}}
    operator = "or" if kind == "or" else "and"
    return {
        "multi_match": {
            "query": " ".join(words),
            "fields": ["title", "section", "text"],
            "type": "cross_fields",
            "operator": operator,
        }
    }


def _filtered(query: dict[str, Any], filters: Filters) -> dict[str, Any]:
    asked: list[dict[str, Any]] = []
    if filters.years:
        asked.append({"terms": {"year": [str(year) for year in filters.years]}})
    if filters.institutions:
        asked.append({"terms": {"institution": list(filters.institutions)}})
    return {"bool": {"must": [query], "filter": asked}}
