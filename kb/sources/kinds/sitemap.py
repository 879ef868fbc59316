"""Sitemaps and their indexes (sitemaps.org): parts that did not change are not fetched again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from kb.sources import addresses
from kb.sources.fetching import LIST_BYTES, Reply
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.kinds.reading import xml_of
from kb.sources.refusals import Gone, Refused, SourceError, Unreachable

USUAL = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
FEWEST = 3
"""A sitemap with fewer addresses that may be articles lists only the menu."""
_SIDE = ("category", "kategori", "tag", "author", "taxonomies", "users", "image", "video")
"""Parts of an index (WordPress, Yoast) that list no articles."""


class Sitemap(Kind):
    """Lists all addresses of a sitemap that may be articles or documents."""

    name = "sitemap"

    def recognise(self, look: Look) -> Finding | None:
        """The address is a sitemap, or the site has one."""
        found = _parse(look.reply)
        if found is not None:
            return self._finding(look, look.address, found)
        if not addresses.is_root(look.address):
            return None
        named = look.fetcher.sitemaps(look.address)
        usual = [urljoin(look.address, path) for path in USUAL]
        for address in dict.fromkeys([*named, *usual]):
            try:
                reply = look.fetcher.get(address, limit=LIST_BYTES)
            except (Refused, Gone, Unreachable):
                continue
            found = _parse(reply)
            if found is not None and (finding := self._finding(look, address, found)):
                return finding
        return None

    def _finding(
        self, look: Look, address: str, found: tuple[str, list[tuple[str, str | None]]]
    ) -> Finding | None:
        kind, rows = found
        if kind == "index":
            rows = [row for row in rows if not _side(row[0])]
            return Finding(self.name, address, f"a sitemap in {len(rows)} parts.") if rows else None
        wanted = [loc for loc, _ in rows if addresses.wanted(loc)]
        deep = [loc for loc in wanted if len(loc.split("/")) > 4 or addresses.is_document(loc)]
        if len(wanted) < FEWEST or not deep:
            return None
        return Finding(self.name, address, f"a sitemap with {len(wanted)} addresses.")

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Each part as one batch; parts whose ``lastmod`` is the same are left alone."""
        cursor = dict(visit.cursor)
        parts: dict[str, Any] = dict(cursor.get("parts") or {})
        waiting = [(visit.address, "", 0)]
        asked = 0
        while waiting and asked < visit.most_pages:
            address, lastmod, depth = waiting.pop(0)
            before = parts.get(address) or {}
            if lastmod and before.get("lastmod") == lastmod and not visit.whole:
                continue
            asked += 1
            try:
                reply = visit.fetcher.get(
                    address,
                    etag=None if visit.whole else before.get("etag"),
                    modified=None if visit.whole else before.get("modified"),
                    limit=LIST_BYTES,
                )
            except (Gone, Refused):
                if depth == 0:
                    raise
                continue
            if reply.unchanged:
                continue
            found = _parse(reply)
            if found is None:
                if depth == 0:
                    raise SourceError(f"{address} is no sitemap; look at it in a browser.")
                continue
            kind, rows = found
            items: list[Item] = []
            if kind == "index":
                if depth < 3:
                    waiting += [(loc, mod or "", depth + 1) for loc, mod in rows if not _side(loc)]
            else:
                items = [
                    Item(clean, changed=mod)
                    for loc, mod in rows
                    if (clean := addresses.whole(loc, address))
                    and addresses.same_site(clean, visit.address)
                    and addresses.wanted(clean)
                    and not (visit.since and mod and mod < visit.since)
                ]
            # The index itself is asked for each time: it says which parts changed.
            note: dict[str, str | None] = {"lastmod": lastmod}
            if kind != "index":
                note |= {
                    "etag": reply.headers.get("etag"),
                    "modified": reply.headers.get("last-modified"),
                }
            parts[address] = note
            cursor["parts"] = dict(parts)
            yield Batch(items, dict(cursor))
        yield Batch(
            (), cursor, whole=(visit.whole or not visit.cursor.get("parts")) and not waiting
        )


def _side(loc: str) -> bool:
    name = loc.rstrip("/").rpartition("/")[2].lower()
    return any(mark in name for mark in _SIDE)


def _parse(reply: Reply) -> tuple[str, list[tuple[str, str | None]]] | None:
    """``("index" | "urls", [(address, lastmod)])``; ``None`` for what is no sitemap."""
    if reply.is_page:
        return None
    root = xml_of(reply)
    if root is None or not isinstance(root.tag, str):
        return None
    name = root.tag.rpartition("}")[2]
    if name not in ("urlset", "sitemapindex"):
        return None
    rows = []
    for entry in root:
        told = {
            str(child.tag).rpartition("}")[2]: (child.text or "").strip()
            for child in entry
            if isinstance(child.tag, str)
        }
        if told.get("loc"):
            rows.append((told["loc"], told.get("lastmod") or None))
    return ("index" if name == "sitemapindex" else "urls"), rows
