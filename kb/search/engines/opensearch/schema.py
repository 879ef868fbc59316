"""An index as OpenSearch is told of it, and a passage as it is stored there.

Our own terms are indexed: text comes in as words with a space between, and what stands at the
place of a word as well (a code as typed, a number) is joined to it by ``BESIDE``. Nothing is
stored but numbers and facets: texts stay in the catalog.
"""

from __future__ import annotations

from typing import Any

from kb.model import Passage
from kb.search.columns import FACET_KEYS, LABEL
from kb.search.engine import FACETS
from kb.search.language.analysis import Analysed, fold
from kb.search.passages import IndexedPassage
from kb.search.ranking import K1, KEY, SECTION, TEXT, TITLE, B

STEM = "_stem"
"""The field of a text field's stems ends so."""
BESIDE = "\u0001"
HOLE = "\u0002"
"""In a phrase: any word."""
NOTHING = "\u0003"
"""The one word of an empty field, so that the field counts for averages and rarity."""
FIRST = "f:1"
LABEL_FIELD, SHOWN = "label", "shown"
"""Title of a document, folded and as written, at its first page."""
WINDOW = 1_000_000
"""Hits that can be paged to."""
NO_DATE_LAST = 99_999_999


def _text() -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": "kb_stored",
        "search_analyzer": "kb_asked",
        "similarity": "kb",
    }


def _facet() -> dict[str, Any]:
    return {"type": "keyword", "index": False, "eager_global_ordinals": True}


def _number(*, indexed: bool = False, kind: str = "integer") -> dict[str, Any]:
    return {"type": kind, "index": indexed}


def mappings() -> dict[str, Any]:
    """Fields: words and stems with positions, keys, facets, numbers."""
    fields: dict[str, Any] = {}
    for name in (TEXT, SECTION, TITLE):
        fields |= {name: _text(), name + STEM: _text()}
    fields |= {name: _facet() for name in FACETS}
    fields[KEY] = {"type": "keyword", "doc_values": False}
    fields[LABEL_FIELD] = {"type": "keyword"}
    fields[SHOWN] = {"type": "keyword", "index": False}
    fields["years"] = _number(indexed=True)
    fields["passage"] = _number(kind="long")
    fields["document"] = _number(indexed=True, kind="long")
    fields["page"] = _number()
    fields["date"] = _number(indexed=True)
    fields["latest"] = {"type": "integer", "doc_values": False}
    fields["undated_last"] = _number()
    return {"dynamic": False, "_source": {"enabled": False}, "properties": fields}


def template(name: str, shards: int, replicas: int) -> dict[str, Any]:
    """What every index of passages of the base ``name`` is made of."""
    index = {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # a commit makes changes visible, nothing else does
        "max_result_window": WINDOW,
        "similarity": {"kb": {"type": "BM25", "k1": K1, "b": B, "discount_overlaps": False}},
        "analysis": {
            "filter": {
                "kb_beside": {
                    "type": "pattern_capture",
                    "preserve_original": False,
                    "patterns": [f"([^{BESIDE}]+)"],
                },
                "kb_hole": {"type": "stop", "stopwords": [HOLE]},
            },
            "analyzer": {
                "kb_stored": {"tokenizer": "whitespace", "filter": ["kb_beside"]},
                "kb_asked": {"tokenizer": "whitespace", "filter": ["kb_hole"]},
            },
        },
    }
    return {
        "index_patterns": [f"{name}-pages-*"],
        "priority": 200,
        "template": {"settings": {"index": index}, "mappings": mappings()},
    }


def words_index(replicas: int) -> dict[str, Any]:
    """The index of words (``words``)."""
    return {
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": replicas}},
        "mappings": {
            "dynamic": False,
            "properties": {"at": {"type": "keyword"}, "counts": {"type": "binary"}},
        },
    }


def _joined(words: list[str], more: list[tuple[int, str]]) -> str:
    if not words and not more:
        return NOTHING
    if not more:
        return " ".join(words)
    placed = list(words)
    for at, term in more:
        if at < len(placed):
            placed[at] += BESIDE + term
        else:
            placed.append(term)
    return " ".join(placed)


def to_document(passage: Passage, ready: IndexedPassage) -> dict[str, Any]:
    """``passage``, analysed as ``ready``, as OpenSearch takes it."""
    found: dict[str, Any] = {}
    fields: tuple[tuple[str, Analysed], ...] = (
        (TITLE, ready.title),
        (SECTION, ready.section),
        (TEXT, ready.text),
    )
    for name, field in fields:
        found[name] = _joined(field.words, field.more)
        found[name + STEM] = _joined(field.roots, field.more)
    keys = [*ready.keys, FIRST] if passage.page == 1 else ready.keys
    found[KEY] = keys
    for name, prefix in FACET_KEYS.items():
        values = [key[len(prefix) :] for key in keys if key.startswith(prefix)]
        if values:
            found[name] = values
    for key in keys:
        if key.startswith(LABEL):
            title = key[len(LABEL) :]
            found |= {LABEL_FIELD: fold(title), SHOWN: title}
    date = ready.date
    latest = date + (99 if date % 100 == 0 else 0) + (9_900 if date % 10_000 == 0 else 0)
    found |= {
        "years": list(passage.years),
        "passage": passage.passage_id,
        "document": passage.document_id,
        "page": passage.page,
        "date": date,
        "latest": latest if date else 0,
        "undated_last": date or NO_DATE_LAST,
    }
    return found
