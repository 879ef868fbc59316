"""Stable addresses of a document, page, statement or entity: for people, programs and previews.

``/d/12`` (document), ``/d/12/h/IV-23`` (page by printed label, else number), ``/p/345``
(statement, also by a number it had before its document was read anew), ``/e/person:...``
(entity). A browser is led on to the app; what asks for JSON (``Accept``, or ``.json`` at the
end) to the API. In between stands a small page with what chat programs and search engines read:
Open Graph and ``schema.org`` as JSON-LD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape as xml

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kb.api.answers import Base, refused
from kb.api.app import PREFIX
from kb.api.reading import page_labelled
from kb.errors import Gone, KBError, NotFound
from kb.explore import KnowledgeBase

DESCRIPTION_LENGTH = 200
WORDS = 12
"""Words of a statement that is none any more which are looked for on its page. Set by hand; no
command measured it."""
SITEMAP_SIZE = 50_000
"""Addresses of one sitemap file, as sitemaps.org has it."""
_SCHEMA_OF_TYPE = {"press_release": "NewsArticle", "artikel": "NewsArticle"}


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of one address."""

    title: str
    description: str
    app: str
    """Where in the app it is, relative to the root."""
    data: str
    """Where in the API it is."""
    schema: dict[str, Any]
    picture: str | None = None


def document_card(base: KnowledgeBase, document_id: int, label: str | None, root: str) -> Card:
    """A document, or its page by printed label. Raises ``NotFound``."""
    document = base.document(document_id)
    shown = base.page(document_id, page_labelled(document, label) if label else 1)
    page = shown.page
    where = f", hlm. {shown.label or page}" if label else ""
    schema: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_OF_TYPE.get(document.doc_type or "", "Report"),
        "name": document.title,
        "headline": document.title,
        "datePublished": document.date,
        "inLanguage": document.language or "id",
        "identifier": document.number,
        "url": f"{root}/d/{document_id}",
        "isBasedOn": document.address,
        "publisher": document.institution
        and {"@type": "GovernmentOrganization", "name": document.institution},
    }
    query = {"id": document_id, **({"hal": page} if page > 1 else {})}
    picture = f"{root}/gambar/{document_id}/{page}?lebar=720"
    return Card(
        title=f"{document.title}{where}",
        description=_short(shown.text),
        app=f"dokumen?{urlencode(query)}",
        data=f"{PREFIX}/documents/{document_id}" + (f"/pages/{page}" if label else ""),
        schema=schema,
        picture=picture if document.format == "pdf" and document.has_file else None,
    )


def statement_card(base: KnowledgeBase, statement_id: int, root: str) -> Card:
    """A statement with who said it. Raises ``NotFound``."""
    said = base.statement(statement_id)
    who = said.speaker or "Narasumber"
    named = f"{who} ({said.office})" if said.office else who
    statement_id = said.statement_id
    place = {"id": said.document_id, "hal": said.page}
    if statement_id > 0:
        place["s"] = statement_id
    return Card(
        title=f"{named}, {said.date}" if said.date else named,
        description=_short(f"“{said.text}”" if said.kind == "direct" else said.text),
        app=f"dokumen?{urlencode(place)}",
        data=f"{PREFIX}/statements/{statement_id}",
        schema={
            "@context": "https://schema.org",
            "@type": "Quotation",
            "text": said.text,
            "dateCreated": said.date,
            "spokenByCharacter": {"@type": "Person", "name": who, "jobTitle": said.office or None},
            "isPartOf": {"@type": "CreativeWork", "name": said.title, "url": said.source},
            "url": f"{root}/p/{statement_id}",
        },
    )


def entity_card(base: KnowledgeBase, entity: str, root: str) -> Card:
    """A person, institution or place. Raises ``NotFound``."""
    found = base.entity(entity, statements=0, documents=0, co_occurring=0)
    told = found.summary
    kind = {"person": "Person", "institution": "GovernmentOrganization"}.get(
        told.type, "AdministrativeArea"
    )
    office = told.office.label if told.office else None
    schema = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": told.name,
        "alternateName": list(told.aliases) or None,
        "jobTitle": office if kind == "Person" else None,
        "url": f"{root}/e/{quote(told.entity_id)}",
    }
    return Card(
        title=told.name,
        description=". ".join(filter(None, [office, f"Disebut dalam {told.documents} dokumen"]))
        + ".",
        app=f"entitas?{urlencode({'id': told.entity_id})}",
        data=f"{PREFIX}/entities/{quote(told.entity_id)}",
        schema=schema,
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    if len(flat) <= DESCRIPTION_LENGTH:
        return flat
    return flat[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def html_of(card: Card, here: str, root: str) -> str:
    """The page in between. Text of documents stands in it escaped, also in the JSON."""
    told = {
        "og:type": "article",
        "og:title": card.title,
        "og:description": card.description,
        "og:url": here,
        "og:image": card.picture,
    }
    metas = "".join(
        f'<meta property="{name}" content="{escape(value)}">'
        for name, value in told.items()
        if value
    )
    kept = {name: value for name, value in card.schema.items() if value is not None}
    data = json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    goal = escape(f"{root}/{card.app}")
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8">'
        f"<title>{escape(card.title)}</title>"
        f'<meta name="description" content="{escape(card.description)}">{metas}'
        f'<link rel="canonical" href="{escape(here)}">'
        f'<link rel="alternate" type="application/json" href="{escape(root + card.data)}">'
        f'<meta http-equiv="refresh" content="0; url={goal}">'
        f'<script type="application/ld+json">{data}</script>'
        f'<p><a href="{goal}">{escape(card.title)}</a></p></html>'
    )


def missing(error: KBError, root: str) -> str:
    """The page that a browser gets where an address leads to nothing."""
    if isinstance(error, Gone):
        query = {"id": error.document_id, "hal": error.page}
        where = f"dokumen?{urlencode(query)}"
        if error.words:
            words = " ".join(error.words.replace('"', " ").split()[:WORDS])
            where += "&" + urlencode({"q": f'"{words}"'})
        said = "Pernyataan di alamat ini tidak ada lagi"
        link, more = "Buka halaman tempat pernyataan itu berada", "This statement is gone."
    else:
        said = "Alamat ini tidak menuju apa pun (lagi)"
        where, link, more = "", "Ke halaman depan", "There is nothing at this address."
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{said}</title>"
        '<body style="font:1.05rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;'
        f'padding:0 1rem"><h1 style="font-size:1.4rem">{said}.</h1>'
        f'<p><a href="{escape(root)}/{escape(where)}">{link}</a></p>'
        f'<p lang="en"><small>{more}</small></p></html>'
    )


def root_of(request: Request) -> str:
    """``https://arsip.example.go.id``, as the reader came to it."""
    return str(request.base_url).rstrip("/")


def routes(base: Base, *, published: bool) -> list[BaseRoute]:
    """The addresses, and what search engines are told."""

    def led(make: Callable[[KnowledgeBase, Request], Card]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_answer, base, make, request)

        return answer

    def document(found: KnowledgeBase, request: Request) -> Card:
        number = _number(request.path_params["number"])
        return document_card(found, number, _plain(request, "label"), root_of(request))

    def statement(found: KnowledgeBase, request: Request) -> Card:
        return statement_card(found, _number(request.path_params["number"]), root_of(request))

    def entity(found: KnowledgeBase, request: Request) -> Card:
        return entity_card(found, _plain(request, "entity") or "", root_of(request))

    def robots(request: Request) -> Response:
        if not published:
            return PlainTextResponse("User-agent: *\nDisallow: /\n")
        root = root_of(request)
        return PlainTextResponse(
            f"User-agent: *\nAllow: /d/\nAllow: /e/\nAllow: /p/\nDisallow: /api/\n"
            f"Sitemap: {root}/sitemap.xml\n"
        )

    def sitemap(request: Request) -> Response:
        if not published:
            return PlainTextResponse("This base is not published.\n", 404)
        return Response(sitemap_of(base(), root_of(request)), media_type="application/xml")

    return [
        Route("/d/{number}/h/{label:path}", led(document)),
        Route("/d/{number}", led(document)),
        Route("/p/{number}", led(statement)),
        Route("/e/{entity:path}", led(entity)),
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
    ]


def sitemap_of(base: KnowledgeBase, root: str) -> str:
    """All documents, latest first, at most ``SITEMAP_SIZE``."""
    lines = []
    for begin in range(0, SITEMAP_SIZE, 1000):
        total, found = base.documents(sort="newest", limit=1000, offset=begin)
        lines += [f"<url><loc>{xml(f'{root}/d/{d.document_id}')}</loc></url>" for d in found]
        if begin + 1000 >= total:
            break
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )


def _answer(
    base: Base, make: Callable[[KnowledgeBase, Request], Card], request: Request
) -> Response:
    try:
        card = make(base(), request)
    except KBError as error:
        told = refused(error)
        if "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(missing(error, root_of(request)), told.status_code)
        return told
    asks = request.headers.get("accept", "")
    if request.url.path.endswith(".json") or "application/json" in asks:
        return RedirectResponse(card.data, 307)
    return HTMLResponse(html_of(card, str(request.url), root_of(request)))


def _plain(request: Request, name: str) -> str | None:
    value = request.path_params.get(name)
    return str(value).removesuffix(".json") if value else None


def _number(text: str) -> int:
    text = text.removesuffix(".json")
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise NotFound("There is nothing at this address; its number is none.")
    return int(text)
