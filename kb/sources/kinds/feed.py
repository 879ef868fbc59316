"""RSS and Atom feeds, read by feedparser; WordPress feeds go back page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import feedparser

from kb.sources import addresses
from kb.sources.fetching import Reply
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.refusals import Gone, Refused, SourceError, Unreachable

_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


class Feed(Kind):
    """Lists the entries of a feed, newest first."""

    name = "feed"

    def recognise(self, look: Look) -> Finding | None:
        """The address is a feed, or the page names one."""
        for address in (look.address, *look.listing.feeds[:1]):
            try:
                reply = look.reply if address == look.address else look.fetcher.get(address)
            except (Refused, Gone, Unreachable):
                continue
            if not _is_feed(reply):
                continue
            entries = _parsed(reply).entries
            if entries:
                told = f"a feed with {len(entries)} entries; older ones are not in it."
                if _pages_back(_parsed(reply)):
                    told = (
                        f"a WordPress feed with {len(entries)} entries a page, back to the first."
                    )
                return Finding(self.name, address, told)
        return None

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Entries until all are known; a first walk goes back as far as the feed does."""
        cursor = dict(visit.cursor)
        first = int(cursor.get("page") or 1)
        seen: set[str] = set()
        done = bool(cursor.get("complete")) and not visit.whole
        for number in range(first, first + visit.most_pages):
            address = visit.address
            if number > 1:
                mark = "&" if "?" in address else "?"
                address = f"{address}{mark}{urlencode({'paged': number})}"
            try:
                reply = visit.fetcher.get(
                    address,
                    etag=cursor.get("etag") if number == 1 and done else None,
                    modified=cursor.get("modified") if number == 1 and done else None,
                )
            except Gone:
                if number == 1:
                    raise
                break
            if reply.unchanged:
                yield Batch((), cursor)
                return
            parsed = _parsed(reply)
            if number == 1 and not parsed.entries and not _is_feed(reply):
                raise SourceError(f"{address} is no feed any more; look at it in a browser.")
            if number == 1:
                cursor |= {
                    "etag": reply.headers.get("etag"),
                    "modified": reply.headers.get("last-modified"),
                }
            items = [item for entry in parsed.entries if (item := _item(entry, address))]
            fresh = [item for item in items if item.address not in seen]
            seen |= {item.address for item in items}
            news = visit.unknown(fresh)
            cursor["page"] = number + 1
            yield Batch(fresh, dict(cursor))
            if not fresh or not _pages_back(parsed) or (done and not news):
                break
        cursor.pop("page", None)
        yield Batch((), {**cursor, "complete": True})


def _is_feed(reply: Reply) -> bool:
    head = reply.body[:1000].lstrip().lower()
    return reply.type in _TYPES or (
        not reply.is_page and any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))
    )


def _parsed(reply: Reply) -> Any:
    return feedparser.parse(reply.body, response_headers={"content-type": "application/xml"})


def _pages_back(parsed: Any) -> bool:
    return "wordpress" in str(parsed.feed.get("generator", "")).lower()


def _item(entry: Any, base: str) -> Item | None:
    address = addresses.whole(str(entry.get("link") or ""), base)
    for link in entry.get("links", ()):
        if link.get("rel") == "enclosure" and "pdf" in str(link.get("type")):
            address = addresses.whole(str(link.get("href") or ""), base) or address
    if address is None or not addresses.wanted(address):
        return None
    tags = [str(tag.get("term") or "") for tag in entry.get("tags", ())]
    return Item(
        address,
        str(entry.get("title") or "") or None,
        _when(entry, "published"),
        _when(entry, "updated"),
        next((tag for tag in tags if tag and tag.lower() != "uncategorized"), None),
    )


def _when(entry: Any, name: str) -> str | None:
    """ISO 8601 where feedparser can tell, else as the feed writes it."""
    # Asked for what is not there, feedparser answers with ``published`` and a warning.
    parsed = entry.get(f"{name}_parsed") if f"{name}_parsed" in entry else None
    if parsed:
        return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*parsed[:6])
    return str(entry.get(name)) if name in entry else None
