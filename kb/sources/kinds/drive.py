"""Google Drive files and folders that are public.

``embeddedfolderview?id=`` lists a folder without a login, ``uc?export=download&id=`` gives a
file; for a large one Drive answers a page with a form that leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

from kb.sources import addresses, pages
from kb.sources.fetching import Reply
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.refusals import Refused, SourceError

SITE = "https://drive.google.com"
DEPTH = 3
"""Folders in folders."""


class Drive(Kind):
    """Lists the files of a public folder and of those in it."""

    name = "drive"

    def recognise(self, look: Look) -> Finding | None:
        """An address of Drive."""
        if addresses.drive_folder(look.address):
            return Finding(self.name, look.address, "a Google Drive folder.")
        if addresses.drive_id(look.address):
            return Finding(self.name, look.address, "a file on Google Drive.")
        return None

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Each folder as one batch."""
        file = addresses.drive_id(visit.address)
        if file:
            yield Batch([Item(_view(file))], {}, whole=True)
            return
        folder = addresses.drive_folder(visit.address)
        site = str(visit.options.get("site") or SITE)
        waiting: list[tuple[str, str | None, int]] = [(folder or "", None, 0)]
        seen: set[str] = set()
        while waiting and len(seen) < visit.most_pages:
            number, section, depth = waiting.pop(0)
            if number in seen:
                continue
            seen.add(number)
            reply = visit.fetcher.get(f"{site}/embeddedfolderview?{urlencode({'id': number})}")
            tree = pages.tree_of(reply)
            entries = [] if tree is None else tree.find_class("flip-entry")
            if not entries and depth == 0:
                raise SourceError(
                    f"The folder {visit.address} shows no files; it is empty or not public: "
                    "share it with anyone who has the link."
                )
            items: list[Item] = []
            for entry in entries:
                link = entry.find(".//a[@href]")
                address = "" if link is None else urljoin(SITE, link.get("href"))
                titles = entry.find_class("flip-entry-title")
                title = pages.text_of(titles[0]) if titles else None
                inner, one = addresses.drive_folder(address), addresses.drive_id(address)
                if inner and depth < DEPTH:
                    path = f"{section} > {title}" if section else title
                    waiting.append((inner, path, depth + 1))
                elif one:
                    changed = entry.find_class("flip-entry-last-modified")
                    when = pages.text_of(changed[0]) if changed else None
                    items.append(Item(_view(one), title, changed=when, section=section))
            yield Batch(items, {})
        yield Batch((), {}, whole=True)

    def resolve(self, visit: Visit, address: str, etag: str | None, modified: str | None) -> Reply:
        """The file, not Drive's page about it."""
        return download(visit, address)


def download(visit: Visit, address: str) -> Reply:
    """The bytes of a public file on Drive, wherever a list named it."""
    number = addresses.drive_id(address)
    site = str(visit.options.get("site") or SITE)
    reply = visit.fetcher.get(f"{site}/uc?{urlencode({'export': 'download', 'id': number or ''})}")
    if not reply.is_page:
        return reply
    tree = pages.tree_of(reply)
    form = None if tree is None else tree.find(".//form[@id='download-form']")
    if form is None:
        raise Refused("no document: Google Drive shows a page instead; the file is not public.")
    given = {i.get("name"): i.get("value") or "" for i in form.iter("input") if i.get("name")}
    action = urljoin(reply.address, form.get("action") or "")
    return visit.fetcher.get(f"{action.partition('?')[0]}?{urlencode(given)}")


def _view(number: str) -> str:
    return f"{SITE}/file/d/{number}/view"
