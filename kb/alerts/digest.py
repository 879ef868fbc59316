"""What is new in a list, by what is followed: documents with their pages, and who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.catalog.reading.alerts import FollowRow
from kb.explore import KnowledgeBase
from kb.explore import views as v
from kb.model import MARK_END, MARK_START

ITEMS = 10
"""Documents told of one thing that is followed; all are counted."""
QUOTES = 3
QUOTE_LENGTH = 400
_UNMARKED = str.maketrans("", "", MARK_START + MARK_END)


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement as it is told."""

    text: str
    direct: bool
    speaker: str | None
    office: str
    page: str
    statement_id: int


@dataclass(frozen=True, slots=True)
class Item:
    """One new document with where it fits."""

    document_id: int
    title: str
    date: str | None
    kind: str | None
    institution: str | None
    page: int
    page_label: str | None
    """As printed, of a document with several pages."""
    snippet: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What is new in one thing that is followed."""

    follow: FollowRow
    items: tuple[Item, ...]
    total: int
    """All new documents; ``items`` are the latest of them."""


def digest(
    base: KnowledgeBase, follows: Sequence[FollowRow], new: Mapping[int, Sequence[int]]
) -> tuple[Group, ...]:
    """Groups of what is new (documents by follow), those without anything left out."""
    groups = []
    for follow in follows:
        documents = list(new.get(follow.id, ()))
        if documents:
            items = _items(base, follow, documents[:ITEMS])
            groups.append(Group(follow, items, len(documents)))
    return tuple(groups)


def _items(base: KnowledgeBase, follow: FollowRow, documents: Sequence[int]) -> tuple[Item, ...]:
    query: dict[str, Any] = dict(follow.query)
    words = str(query.get("query", ""))
    asked: dict[str, Any] = {}
    if follow.kind == "search":
        asked = {name: value for name, value in query.items() if name != "query"}
    found = base.search(
        words if follow.kind == "search" else "",
        **asked,
        documents=documents,
        sort="newest",
        limit=len(documents),
        group=True,
        pages_per_document=1,
        facet_limit=1,
        entities=0,
    )
    return tuple(
        _item(card, _quotes(base, follow, card.document.document_id)) for card in found.cards
    )


def _quotes(base: KnowledgeBase, follow: FollowRow, document_id: int) -> tuple[Quote, ...]:
    query: dict[str, Any] = dict(follow.query)
    if follow.kind == "entity":
        entity = str(query["entity"])
        whose = "speaker" if entity.startswith("person:") else "institution"
        if entity.startswith("place:"):
            return ()
        query = {whose: entity}
    if follow.kind == "search":
        query = {"query": query.get("query")} if query.get("query") else {}
        if not query:
            return ()
    words = query.pop("query", None)
    found = base.statements(words, **query, document=document_id, limit=QUOTES, fold=False)
    return tuple(_quote(one) for one in found.statements)


def _quote(one: v.StatementView) -> Quote:
    return Quote(
        _short(one.text),
        one.kind == "direct",
        one.speaker,
        one.office,
        str(one.page_label or one.page),
        one.statement_id,
    )


def _item(card: v.DocumentCard, quotes: tuple[Quote, ...]) -> Item:
    document = card.document
    hit = card.hits[0] if card.hits else None
    several = document.page_count > 1
    return Item(
        document.document_id,
        " ".join(document.title.split()),
        document.date,
        document.doc_type_label,
        document.institution,
        hit.page if hit else 1,
        (hit.page_label or str(hit.page)) if hit and several else None,
        _short(hit.snippet.translate(_UNMARKED)) if hit else "",
        quotes,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= QUOTE_LENGTH:
        return line
    return line[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
