"""A member of the national network of legal documents (JDIHN): ``/feed/document.json``.

The fields are those of the network's integration standard (ILDIS and others write them):
idData, jenis, noPeraturan, tahun_pengundangan, judul, status, urlDetailPeraturan, urlDownload.
Where the download is "-", the detail page leads to the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from kb.sources import addresses, pages
from kb.sources.fetching import LIST_BYTES, Reply
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.kinds.reading import json_of, rows_of, text
from kb.sources.refusals import Gone, Refused, SourceError, Unreachable

FEED = "/feed/document.json"
_FIELDS = {"idData", "urlDownload", "urlDetailPeraturan", "noPeraturan"}


class Jdih(Kind):
    """Lists regulations with their files."""

    name = "jdih"

    def recognise(self, look: Look) -> Finding | None:
        """The address is such a feed, or the site of a member has one."""
        if _is_feed(look.reply):
            return self._finding(look.address, look.reply)
        host = urlsplit(look.address).hostname or ""
        if "jdih" not in host and b"jdih" not in look.reply.body.lower():
            return None
        address = urljoin(look.address, FEED)
        try:
            reply = look.fetcher.get(address, limit=LIST_BYTES)
        except (Refused, Gone, Unreachable):
            return None
        return self._finding(address, reply) if _is_feed(reply) else None

    def _finding(self, address: str, reply: Reply) -> Finding:
        rows = rows_of(json_of(reply))
        return Finding(self.name, address, f"a JDIH feed with {len(rows)} legal documents.")

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """The whole feed: it is one file."""
        cursor = dict(visit.cursor)
        kept = {} if visit.whole else cursor
        reply = visit.fetcher.get(
            visit.address,
            etag=kept.get("etag"),
            modified=kept.get("modified"),
            limit=LIST_BYTES,
        )
        if reply.unchanged:
            yield Batch((), cursor)
            return
        rows = rows_of(json_of(reply))
        if not rows:
            raise SourceError(f"{visit.address} lists no documents; look at it in a browser.")
        items = [item for row in rows if (item := _item(row, visit.address))]
        told = reply.headers
        cursor |= {"etag": told.get("etag"), "modified": told.get("last-modified")}
        yield Batch(items, cursor, whole=True)

    def resolve(self, visit: Visit, address: str, etag: str | None, modified: str | None) -> Reply:
        """The file; from its detail page where the feed names only that."""
        reply = super().resolve(visit, address, etag, modified)
        if reply.unchanged or not reply.is_page or addresses.is_document(address):
            return reply
        file = _file_on(reply)
        return visit.fetcher.get(file) if file else reply


def _is_feed(reply: Reply) -> bool:
    if reply.is_page or b"idData" not in reply.body:
        return False
    try:
        rows = rows_of(json_of(reply))
    except SourceError:
        return False
    return bool(rows) and len(_FIELDS & set(rows[0])) >= 2


def _item(row: dict[str, Any], base: str) -> Item | None:
    download, detail = text(row, "urlDownload"), text(row, "urlDetailPeraturan")
    given = download if download and addresses.ending(download) else detail or download
    address = addresses.whole(html.unescape(given), base) if given else None
    if address is None or addresses.is_root(address):
        return None
    title = text(row, "judul")
    number, year = text(row, "noPeraturan"), text(row, "tahun_pengundangan", "tahun")
    kind = text(row, "jenis")
    if not title:
        title = " ".join(
            part for part in (kind, number and f"Nomor {number}", year and f"Tahun {year}") if part
        )
    told = [text(row, n) for n in ("last_updated", "lastUpdated", "updated_at", "tanggalData")]
    changed = "|".join(part for part in (*told[:3], text(row, "status")) if part)
    return Item(
        address,
        html.unescape(title) if title else None,
        text(row, "tanggal_pengundangan", "tanggal"),
        changed or None,
        f"Produk Hukum > {kind}" if kind else "Produk Hukum",
    )


def _file_on(reply: Reply) -> str | None:
    """The file that a detail page leads to: not its abstract, where there is another."""
    tree = pages.tree_of(reply)
    if tree is None:
        return None
    found: list[tuple[int, str]] = []
    for position, node in enumerate(tree.iter("a", "iframe", "embed", "object")):
        raw = node.get("href") or node.get("src") or node.get("data") or ""
        viewer = re.search(r"[?&](?:file|url|src)=([^&#]+)", raw)
        if viewer and addresses.ending(raw) != "pdf":
            raw = unquote(viewer.group(1))
        address = addresses.whole(raw, reply.address)
        if address is None or not addresses.is_document(address):
            continue
        side = re.search(
            r"abstrak|katalog|lampiran|sop|maklumat", f"{address} {pages.text_of(node)}", re.I
        )
        found.append((position + (100_000 if side else 0), address))
    return min(found)[1] if found else None
