"""WordPress with its REST interface: posts by the time they changed, and uploaded PDFs.

``/wp-json/wp/v2/posts`` takes ``per_page`` up to 100, ``modified_after`` (since 5.7) and says in
``X-WP-TotalPages`` how many pages there are (developer.wordpress.org/rest-api).
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

from kb.sources import addresses, pages
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.kinds.reading import json_of, text
from kb.sources.refusals import Gone, Refused, SourceError, Unreachable

PER_PAGE = 100
_FIELDS = "id,link,date,modified_gmt,title,categories,source_url,mime_type"


class WordPress(Kind):
    """Lists posts (and PDFs of the media library) by when they changed."""

    name = "wordpress"

    def recognise(self, look: Look) -> Finding | None:
        """A site that names its REST interface and answers there."""
        if not addresses.is_root(look.address):
            return None
        api = _named(look)
        if api is None:
            return None
        try:
            reply = look.fetcher.get(_url(api, "posts", per_page=1, _fields="id"))
            if not isinstance(json_of(reply), list):
                return None
        except (Refused, Gone, Unreachable, SourceError):
            return None
        total = reply.headers.get("x-wp-total", "?")
        return Finding(
            self.name,
            look.address,
            f"WordPress with its REST interface: {total} articles, and the PDFs uploaded there.",
            {"api": api},
        )

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """Posts, then PDFs; each from when the last walk ended."""
        api = str(visit.options["api"])
        cursor = dict(visit.cursor)
        # A walk that goes on in the middle, or from a date, does not see it all.
        first = not visit.cursor.get("posts") and not visit.since
        whole = (visit.whole or first) and not visit.cursor.get("walk")
        names = _categories(visit, api, cursor)
        for what in ("posts", "media"):
            yield from self._walk(visit, api, what, cursor, names)
        yield Batch((), {k: v for k, v in cursor.items() if k != "walk"}, whole=whole)

    def _walk(
        self, visit: Visit, api: str, what: str, cursor: dict[str, Any], names: dict[str, str]
    ) -> Iterator[Batch]:
        walk = cursor.get("walk") or {}
        if walk.get("what") not in (None, what):
            return
        start = None if visit.whole else cursor.get(what) or visit.since
        if walk:
            start, number, newest = walk["from"], int(walk["page"]), walk.get("newest")
        else:
            number, newest = 1, cursor.get(what)
        for page in range(number, number + visit.most_pages):
            asked: dict[str, Any] = {
                "per_page": PER_PAGE,
                "page": page,
                "orderby": "modified",
                "order": "asc",
                "_fields": _FIELDS,
            }
            if what == "media":
                asked |= {"media_type": "application"}
            if start:
                asked["modified_after"] = start if "T" in start else f"{start}T00:00:00"
            try:
                reply = visit.fetcher.get(_url(api, what, **asked))
            except Refused as error:
                # Past the last page WordPress answers 400; media may be closed.
                if str(error).startswith("http 4") and (page > 1 or what == "media"):
                    break
                raise
            rows = json_of(reply)
            rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            items = [item for row in rows if (item := _item(row, what, names))]
            newest = max([newest or "", *(str(row.get("modified_gmt") or "") for row in rows)])
            last = page >= int(reply.headers.get("x-wp-totalpages") or 0) or not rows
            cursor["walk"] = {"what": what, "from": start, "page": page + 1, "newest": newest}
            if last:
                break
            yield Batch(items, dict(cursor))
            items = []
        else:
            items = []
        cursor.pop("walk", None)
        if newest:
            cursor[what] = newest
        yield Batch(items, dict(cursor))


def _named(look: Look) -> str | None:
    """The address of the REST interface, as the page or its headers name it."""
    link = look.reply.headers.get("link", "")
    for part in link.split(","):
        if "api.w.org" in part:
            found = part.partition("<")[2].partition(">")[0]
            return urljoin(look.address, found)
    tree = pages.tree_of(look.reply)
    if tree is None:
        return None
    for node in tree.iter("link"):
        if "api.w.org" in (node.get("rel") or ""):
            return urljoin(look.address, str(node.get("href") or ""))
    if b"wp-content/" in look.reply.body or b"wp-includes/" in look.reply.body:
        return urljoin(look.address, "/wp-json/")
    return None


def _url(api: str, what: str, **asked: Any) -> str:
    base = f"{api.rstrip('/')}/wp/v2/{what}"
    return f"{base}{'&' if '?' in base else '?'}{urlencode(asked)}"


def _categories(visit: Visit, api: str, cursor: dict[str, Any]) -> dict[str, str]:
    """Names of categories by id; asked for once, they are kept in the cursor."""
    if "categories" not in cursor:
        try:
            reply = visit.fetcher.get(_url(api, "categories", per_page=PER_PAGE, _fields="id,name"))
            rows = json_of(reply)
        except (Refused, Gone, SourceError):
            rows = []
        cursor["categories"] = {
            str(row["id"]): html.unescape(str(row.get("name") or ""))
            for row in rows
            if isinstance(row, dict) and "id" in row
        }
    return dict(cursor["categories"])


def _item(row: dict[str, Any], what: str, names: dict[str, str]) -> Item | None:
    address = text(row, "source_url") if what == "media" else text(row, "link")
    if not address or (what == "media" and not addresses.is_document(address)):
        return None
    found = addresses.whole(address, address)
    if found is None:
        return None
    title = text(row, "title")
    told = [names.get(str(number), "") for number in row.get("categories") or ()]
    return Item(
        found,
        html.unescape(title) if title else None,
        text(row, "date"),
        text(row, "modified_gmt"),
        next((name for name in told if name and name.lower() != "uncategorized"), None),
    )
