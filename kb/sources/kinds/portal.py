"""A portal without an interface: its menu says what there is, and what each list is called.

Each menu entry that leads to a list or to files is walked; what it lists is described by the
menu's path ("Berita Update > Press Release", "SAKIP > RPJMD").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.sources import addresses, pages
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.kinds.paged import items_of, walk
from kb.sources.refusals import Gone, Refused, SourceError
from kb.sources.words import plain, words

MOST_ENTRIES = 80
FEWEST = 2
PROSE = 500
"""Characters of prose that make a menu page without a list a document (a history, a profile)."""


class Portal(Kind):
    """Lists what stands behind the entries of a site's menu."""

    name = "portal"

    def recognise(self, look: Look) -> Finding | None:
        """A front page with a menu of its own pages."""
        if not addresses.is_root(look.address):
            return None
        found = entries(look)
        if len(found) < FEWEST:
            return None
        shown = ", ".join(" > ".join(path) for path, _ in found[:6])
        return Finding(
            self.name, look.address, f"a portal with {len(found)} menu entries: {shown} ..."
        )

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """The lists behind the menu, one after the other."""
        cursor = dict(visit.cursor)
        lists: dict[str, Any] = dict(cursor.get("lists") or {})
        reply = visit.fetcher.get(visit.address)
        tree = pages.tree_of(reply)
        found = [] if tree is None else _chosen(tree, reply.address)
        if not found:
            raise SourceError(f"{visit.address} shows no menu; name the address of a list.")
        whole = True
        for path, address in found:
            section = " > ".join(path)
            own = dict(lists.get(address) or {})
            # A list of which an earlier sync saw a part is gone through to its end, not again.
            whole = whole and not own.get("page")
            if own.get("leaf") and not visit.whole:
                continue
            try:
                if addresses.is_document(address):
                    yield Batch([Item(address, path[-1], section=section)], dict(cursor))
                    continue
                for batch in self._entry(visit, address, own, section):
                    own = batch.cursor
                    lists[address] = own
                    cursor["lists"] = dict(lists)
                    yield Batch(batch.items, dict(cursor))
            except (Gone, Refused):
                # An entry that leads nowhere is the portal's affair; the others go on.
                continue
        yield Batch((), cursor, whole=whole and (visit.whole or not visit.cursor.get("lists")))

    def _entry(
        self, visit: Visit, address: str, own: dict[str, Any], section: str
    ) -> Iterator[Batch]:
        if own.get("complete") or own.get("page"):
            yield from walk(visit, address, own, section)
            return
        reply = visit.fetcher.get(address)
        listing = pages.listing(reply)
        if items_of(listing, section, False):
            if listing.text > 4 * PROSE and len(listing.articles) < 3 and not listing.next:
                page = Item(address, section.rpartition(" > ")[2], section=section)
                yield Batch([page], {})
            yield from walk(visit, address, own, section, first=listing)
        elif listing.text >= PROSE and not addresses.is_root(reply.address):
            page = Item(address, section.rpartition(" > ")[2], section=section)
            yield Batch([page], {"leaf": True})
        else:
            yield Batch((), {"leaf": True})


def entries(look: Look) -> list[tuple[tuple[str, ...], str]]:
    """Menu entries that may lead to documents."""
    tree = pages.tree_of(look.reply)
    return [] if tree is None else _chosen(tree, look.reply.address)


def _chosen(tree: Any, base: str) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    for path, link in pages.menu_links(tree, base):
        address = link.address
        if plain(path[-1]) in words("menu_unwanted") or addresses.is_root(address):
            continue
        if not addresses.same_site(address, base) or not _may_list(address):
            continue
        found.append((path, address))
    return found[:MOST_ENTRIES]


def _may_list(address: str) -> bool:
    """A list may stand under ``/kategori/berita``, which no article does."""
    if addresses.wanted(address):
        return True
    path = address.lower()
    return any(f"/{word}/" in path for word in ("kategori", "category", "tag"))
