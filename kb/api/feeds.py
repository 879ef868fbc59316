"""Atom feeds of every list: a query with filters, statements, an entity, an indicator.

An entry's id does not change when a document is read again: a document goes by its number
and a statement by its document and words, so that no reader of the feed is told twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from feedgen.feed import FeedGenerator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kb.api.addresses import root_of
from kb.api.answers import Base, etag, refused, still_valid
from kb.errors import KBError, QueryError
from kb.explore import KnowledgeBase
from kb.explore import views as v
from kb.model import MARK_END, MARK_START

ENTRIES = 50
_UNMARKED = str.maketrans("", "", MARK_START + MARK_END)
_UNDATED = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed."""

    key: str
    title: str
    text: str
    link: str
    date: str | None


def searched(base: KnowledgeBase, request: Request) -> tuple[str, list[Entry]]:
    """Documents that match, newest first: the parameters of the search."""
    asked = request.query_params
    found = base.search(
        asked.get("q", ""),
        years=[_year(year) for year in asked.getlist("years")],
        institutions=asked.getlist("institutions"),
        officials=asked.getlist("officials"),
        places=asked.getlist("places"),
        types=asked.getlist("types"),
        date_from=asked.get("date_from") or None,
        date_to=asked.get("date_to") or None,
        figures=asked.get("figures", "").lower() in ("1", "true"),
        sort="newest",
        limit=ENTRIES,
        group=True,
        pages_per_document=1,
        facet_limit=1,
        entities=0,
    )
    root = root_of(request)
    entries = [
        Entry(
            f"d/{card.document.document_id}",
            card.document.title,
            card.hits[0].snippet if card.hits else "",
            f"{root}/d/{card.document.document_id}",
            card.document.date,
        )
        for card in found.cards
    ]
    named = (asked.get("q"), *asked.getlist("institutions"), *asked.getlist("officials"))
    return ", ".join(filter(None, named)) or "Semua dokumen", entries


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise QueryError(f"'{text}' is no year; write it as 2024.")
    return int(text)


def said(base: KnowledgeBase, request: Request) -> tuple[str, list[Entry]]:
    """Statements, newest first: by words, speaker, institution."""
    asked = request.query_params
    speakers, owners = asked.getlist("speaker"), asked.getlist("institution")
    found = base.statements(
        asked.get("q") or None,
        speaker=speakers or None,
        institution=owners or None,
        date_from=asked.get("date_from") or None,
        date_to=asked.get("date_to") or None,
        sort="newest",
        limit=ENTRIES,
    )
    names = {s.speaker_id: s.speaker for s in found.statements}
    named = [asked.get("q"), *(names.get(one) or one for one in speakers), *owners]
    return (
        "Pernyataan: " + (", ".join(filter(None, named)) or "semua"),
        [_statement(one, root_of(request)) for one in found.statements],
    )


def _statement(one: v.StatementView, root: str) -> Entry:
    who = f"{one.speaker or 'Narasumber'}" + (f" ({one.office})" if one.office else "")
    words = " ".join(one.text.split())
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    text = f"“{words}”" if one.kind == "direct" else words
    return Entry(
        f"d/{one.document_id}/s/{digest}",
        f"{who}: {words[:80]}{'…' if len(words) > 80 else ''}",
        f"{text} ({one.title}, hlm. {one.page_label or one.page})",
        f"{root}/p/{one.statement_id}",
        one.date,
    )


def mentioned(base: KnowledgeBase, request: Request) -> tuple[str, list[Entry]]:
    """Documents that mention one entity, latest first."""
    entity = str(request.path_params["entity"]).removesuffix(".atom")
    found = base.entity(entity, statements=0, documents=ENTRIES, co_occurring=0)
    root = root_of(request)
    return found.summary.name, [
        Entry(
            f"d/{d.document_id}",
            d.title,
            " · ".join(filter(None, [d.doc_type_label, d.institution])),
            f"{root}/d/{d.document_id}" + (f"/h/{d.page}" if d.page > 1 else ""),
            d.date,
        )
        for d in found.documents
    ]


def brought(base: KnowledgeBase, request: Request) -> tuple[str, list[Entry]]:
    """Documents that one source brought, latest first."""
    name = str(request.path_params["source"]).removesuffix(".atom")
    found = base.source(name, limit=ENTRIES)
    root = root_of(request)
    return found.source.name, [
        Entry(
            f"d/{d.document_id}",
            d.title,
            " · ".join(filter(None, [d.doc_type_label, d.institution])),
            f"{root}/d/{d.document_id}",
            d.date,
        )
        for d in found.latest
    ]


def measured(base: KnowledgeBase, request: Request) -> tuple[str, list[Entry]]:
    """Numbers of indicators, those of the latest documents first."""
    words = request.query_params.get("q", "")
    if not words.strip():
        raise QueryError("Say which indicators: ?q=stunting.")
    found = base.indicators(words, limit=ENTRIES)
    root = root_of(request)
    entries = []
    for one in found.indicators:
        for year in one.years:
            for cell in (year.target, year.realisation):
                if cell is None:
                    continue
                kind = "target" if cell.kind == "target" else "realisasi"
                page = str(cell.page_label or cell.page)
                value = f"{cell.value_text} {cell.unit or ''}".rstrip()
                entries.append(
                    Entry(
                        f"d/{cell.document_id}/i/{quote(one.norm)}/{cell.kind}/{cell.year}",
                        f"{one.name}, {kind} {cell.year}: {value}",
                        f"{cell.title}, hlm. {page}",
                        f"{root}/d/{cell.document_id}/h/{quote(page)}",
                        cell.date,
                    )
                )
    entries.sort(key=lambda entry: entry.date or "", reverse=True)
    return f"Indikator: {words}", entries[:ENTRIES]


def atom(title: str, entries: Sequence[Entry], here: str, root: str) -> bytes:
    """The feed as XML (RFC 4287)."""
    made = FeedGenerator()
    made.id(here)
    made.title(_clean(title))
    made.author({"name": "Basis Pengetahuan"})
    made.link(href=here, rel="self", type="application/atom+xml")
    made.link(href=root, rel="alternate")
    made.updated(max((_when(entry.date) for entry in entries), default=_when(None)))
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            continue
        seen.add(entry.key)
        one = made.add_entry(order="append")
        one.id(f"{root}/{entry.key}")
        one.title(_clean(entry.title) or "-")
        one.link(href=entry.link)
        one.updated(_when(entry.date))
        one.content(_clean(entry.text), type="text")
    return bytes(made.atom_str(pretty=True))


def _when(date: str | None) -> datetime:
    """The beginning of the day, month or year, in UTC."""
    text = date or _UNDATED
    try:
        return datetime.fromisoformat(
            f"{text}-01-01"[:10] if len(text) < 10 else text[:10]
        ).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromisoformat(_UNDATED).replace(tzinfo=UTC)


def _clean(text: str) -> str:
    """Without marks and what XML may not hold."""
    return "".join(c for c in text.translate(_UNMARKED) if c in "\t\n" or c >= " ")


Lines = Callable[[KnowledgeBase, Request], tuple[str, list[Entry]]]


def routes(base: Base) -> list[BaseRoute]:
    """Below ``/feeds``."""

    def fed(make: Lines) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_answer, base, make, request)

        return answer

    return [
        Route("/search.atom", fed(searched)),
        Route("/statements.atom", fed(said)),
        Route("/indicators.atom", fed(measured)),
        Route("/entities/{entity:path}", fed(mentioned)),
        Route("/sources/{source:path}", fed(brought)),
    ]


def _answer(base: Base, make: Lines, request: Request) -> Response:
    try:
        found = base()
        tag = etag(found)
        if still_valid(request, tag):
            return Response(status_code=304, headers={"ETag": tag})
        title, entries = make(found, request)
    except KBError as error:
        return refused(error)
    body = atom(title, entries, str(request.url), root_of(request))
    told = {"ETag": tag, "Cache-Control": "no-cache"}
    return Response(body, media_type="application/atom+xml", headers=told)
