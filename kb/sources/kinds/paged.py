"""Lists with pages, as portals without an interface show them: "Halaman 2", "Berikutnya"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.sources import addresses, pages
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.refusals import Gone, Refused

EMPTY_PAGES = 2
"""Pages without one new address after which a list has no more."""


class Paged(Kind):
    """Lists the articles (and files) of a list, page after page."""

    name = "list"
    files_only = False

    def recognise(self, look: Look) -> Finding | None:
        """A page with several titles that lead on."""
        found = len(look.listing.articles)
        if found < 3 or found < len(look.listing.documents):
            return None
        more = ", with further pages" if look.listing.next else ""
        return Finding(self.name, look.address, f"a list with {found} articles on its page{more}.")

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Pages until all is known; a first walk goes on to the last one."""
        yield from walk(visit, visit.address, dict(visit.cursor), None, self.files_only)


class PdfLinks(Paged):
    """Lists the files a page links to: PPID and SAKIP menus."""

    name = "files"
    files_only = True

    def recognise(self, look: Look) -> Finding | None:
        """A page with links to documents."""
        found = len(look.listing.documents)
        if not found:
            return None
        more = ", with further pages" if look.listing.next else ""
        return Finding(self.name, look.address, f"a page with {found} document files{more}.")


def items_of(listing: pages.Listing, section: str | None, files_only: bool) -> list[Item]:
    """What a page lists."""
    found = [
        Item(link.address, link.text or None, section=_under(section, link.heading, listing))
        for link in listing.documents
    ]
    if not files_only:
        found = [
            Item(link.address, link.text, section=section) for link in listing.articles
        ] + found
    return found


def _under(section: str | None, heading: str, listing: pages.Listing) -> str | None:
    """The menu's section; the heading a file stands under, where the menu says nothing."""
    return section or heading or listing.title or None


def walk(
    visit: Visit,
    start: str,
    cursor: dict[str, Any],
    section: str | None,
    files_only: bool = False,
    first: pages.Listing | None = None,
) -> Iterator[Batch]:
    """Batches of one list. It ends where there is no next page, where pages repeat what this
    walk has seen, and, once it was seen whole, where a page brings no news."""
    complete = bool(cursor.get("complete")) and not visit.whole
    address: str | None = start if complete else cursor.get("page") or start
    # A walk that goes on in the middle has not seen it all.
    from_start = address == start
    seen: set[str] = set()
    visited: set[str] = set()
    empty = 0
    while address is not None and address not in visited and len(visited) < visit.most_pages:
        visited.add(address)
        conditional = complete and address == start
        if first is not None and address == start:
            listing = first
        else:
            try:
                reply = visit.fetcher.get(
                    address,
                    etag=cursor.get("etag") if conditional else None,
                    modified=cursor.get("modified") if conditional else None,
                )
            except (Gone, Refused):
                if address == start:
                    raise
                break
            if reply.unchanged:
                yield Batch((), cursor)
                return
            if addresses.is_root(reply.address) and not addresses.is_root(start):
                break
            if address == start:
                told = reply.headers
                cursor |= {"etag": told.get("etag"), "modified": told.get("last-modified")}
            listing = pages.listing(reply)
        items = [i for i in items_of(listing, section, files_only) if i.address not in seen]
        seen |= {item.address for item in items}
        news = visit.unknown(items)
        empty = 0 if items else empty + 1
        address = listing.next
        if address is not None and not addresses.same_site(address, start):
            address = None
        ended = address is None or address in visited or empty >= EMPTY_PAGES
        if complete and not news:
            ended = True
        cursor["page"] = None if ended else address
        if ended:
            address = None
        yield Batch(items, dict(cursor))
    cursor |= {"page": None, "complete": True}
    yield Batch((), dict(cursor), whole=from_start and not complete)
