"""Lists drawn by a script from JSON: the JSON is read, no browser is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kb.sources import addresses, pages
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.kinds.reading import json_of, rows_of, text
from kb.sources.refusals import Gone, Refused, SourceError, Unreachable

_TRIED = 4
_ADDRESS = (
    "url",
    "link",
    "href",
    "permalink",
    "file_url",
    "download",
    "file",
    "dokumen",
    "lampiran",
)
_TITLE = ("title", "judul", "nama", "name", "headline")
_DATE = ("published_at", "tanggal", "date", "tgl", "publishedAt", "created_at", "createdAt")
_CHANGED = ("updated_at", "updatedAt", "modified", "diubah")
_SECTION = ("kategori", "category", "jenis", "type")


class JsonList(Kind):
    """Lists what the JSON behind a page lists."""

    name = "json"

    def recognise(self, look: Look) -> Finding | None:
        """A page with a script that asks for a list, or that list itself."""
        if look.listing.articles or look.listing.documents:
            return None
        if not look.reply.is_page:
            return self._finding(look.address, look.reply, None)
        template = pages.page_template(look.reply)
        for address in pages.json_addresses(look.reply)[:_TRIED]:
            try:
                reply = look.fetcher.get(address, accept="application/json")
            except (Refused, Gone, Unreachable):
                continue
            finding = self._finding(address, reply, template)
            if finding is not None:
                return finding
        return None

    def _finding(self, address: str, reply: Any, template: Any) -> Finding | None:
        try:
            rows = rows_of(json_of(reply))
        except SourceError:
            return None
        items = [item for row in rows if (item := _item(row, address, template))]
        if not items:
            return None
        options = {"template": list(template)} if template else {}
        told = f"a list drawn by a script; its JSON has {len(items)} entries a page."
        return Finding(self.name, address, told, options)

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Pages of the JSON until all is known."""
        cursor = dict(visit.cursor)
        complete = bool(cursor.get("complete")) and not visit.whole
        template = visit.options.get("template")
        address: str | None = visit.address if complete else cursor.get("page") or visit.address
        from_start = address == visit.address
        visited: set[str] = set()
        seen: set[str] = set()
        while address is not None and address not in visited and len(visited) < visit.most_pages:
            visited.add(address)
            reply = visit.fetcher.get(address, accept="application/json")
            data = json_of(reply)
            rows = rows_of(data)
            found = [item for row in rows if (item := _item(row, visit.address, template))]
            items = [item for item in found if item.address not in seen]
            seen |= {item.address for item in items}
            news = visit.unknown(items)
            address = _next(data, address, bool(items))
            if complete and not news:
                address = None
            cursor["page"] = address
            yield Batch(items, dict(cursor))
        yield Batch(
            (), {**cursor, "page": None, "complete": True}, whole=from_start and not complete
        )


def _item(row: dict[str, Any], base: str, template: Any) -> Item | None:
    given = text(row, *_ADDRESS)
    address = addresses.whole(given, base) if given and re.match(r"https?:|/", given) else None
    if address is None and template:
        name = text(row, template[1])
        address = addresses.whole(f"{template[0]}{name}", base) if name else None
    if address is None or not addresses.wanted(address):
        return None
    section = row.get("kategori") or row.get("category")
    if isinstance(section, dict):
        section = text(section, *_TITLE)
    return Item(
        address,
        text(row, *_TITLE),
        text(row, *_DATE),
        text(row, *_CHANGED),
        section if isinstance(section, str) else text(row, *_SECTION),
    )


def _next(data: Any, address: str, more: bool) -> str | None:
    """The next page: as the answer names it (Laravel), else by counting up to the last one."""
    if not isinstance(data, dict):
        return None
    for holder in (data, data.get("links"), data.get("meta"), data.get("data")):
        if isinstance(holder, dict):
            for name in ("next_page_url", "next"):
                if name in holder:
                    given = holder[name]
                    found = addresses.whole(given, address) if isinstance(given, str) else None
                    return found if found and addresses.same_site(found, address) else None
    for holder in (data, data.get("meta"), data.get("pagination"), data.get("data")):
        if not isinstance(holder, dict):
            continue
        last = holder.get("last_page") or holder.get("total_pages") or holder.get("totalPages")
        if isinstance(last, int):
            here = pages.page_number(address)
            return _numbered(address, here + 1) if more and here < last else None
    return None


def _numbered(address: str, number: int) -> str:
    parts = urlsplit(address)
    pairs = [(n, v) for n, v in parse_qsl(parts.query) if n != "page"]
    return urlunsplit(parts._replace(query=urlencode([*pairs, ("page", str(number))])))
