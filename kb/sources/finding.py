"""What kind of source an address is: ``kb source add`` asks here."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from kb.config import Settings
from kb.sources import addresses, pages
from kb.sources.fetching import Fetcher, Reply
from kb.sources.kinds import KINDS, ORDER
from kb.sources.kinds.base import Finding, Look
from kb.sources.kinds.folder import Folder
from kb.sources.manners import Manners
from kb.sources.refusals import SourceError


def given(address: str) -> str | Path:
    """What a person wrote: an address, with ``https://`` where none is told, or a folder."""
    text = address.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        made = addresses.whole(text, text)
        if made is None:
            raise SourceError(f"{text} is no address; write it as a browser shows it.")
        return made
    if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        raise SourceError(f"{text} cannot be fetched; only http, https and folders can.")
    path = Path(text).expanduser()
    if path.exists() or text.startswith((".", "/", "~")) or "\\" in text:
        return path.absolute()
    if re.match(r"[\w-]+(\.[\w-]+)+(:\d+)?(/|$)", text):
        return addresses.whole(f"https://{text}", f"https://{text}") or text
    return path.absolute()


def find(
    settings: Settings, address: str, *, kind: str | None = None, fetcher: Fetcher | None = None
) -> Finding:
    """What is at the address; ``kind`` says which kind to look for.

    Raises ``SourceError`` where it is nothing that documents come from.
    """
    where = given(address)
    if isinstance(where, Path):
        return Folder().at(where)
    if kind is not None and kind not in KINDS:
        raise SourceError(f"There is no kind of source '{kind}'; known are {', '.join(KINDS)}.")
    if fetcher is not None:
        return _find(where, kind, fetcher)
    with Fetcher(settings, Manners(settings.fetch_pause, settings.fetch_a_day)) as made:
        return _find(where, kind, made)


def _find(address: str, kind: str | None, fetcher: Fetcher) -> Finding:
    tried = [KINDS[kind]] if kind else list(ORDER)
    if addresses.drive_folder(address) or addresses.drive_id(address):
        empty = Look(address, Reply(address, 200, {}, b""), pages.Listing(address, ""), fetcher)
        found = KINDS["drive"].recognise(empty)
        if found is not None:
            return found
    reply = fetcher.get(address)
    if addresses.is_root(address) and reply.address != address:
        address = reply.address if addresses.same_site(reply.address, address) else address
    look = Look(reply.address, reply, pages.listing(reply), fetcher)
    for one in tried:
        found = one.recognise(look)
        if found is not None:
            return found
    if reply.is_page and pages.json_addresses(reply):
        raise SourceError(
            f"{address} draws its list by a script, from which no address of documents can be "
            "read; name the address of its data, or save its pages and ingest them."
        )
    raise SourceError(
        f"{address} shows no list of articles or files; name the page that lists them."
    )


def name_of(finding: Finding) -> str:
    """A short name for a source: its host, or the folder's name."""
    if finding.kind == "folder":
        return Path(finding.address).name or "folder"
    parts = urlsplit(finding.address)
    host = (parts.hostname or "sumber").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    if steps and finding.kind in ("list", "files", "json"):
        return f"{host}-{re.sub(r'[^a-z0-9]+', '-', steps[-1].lower()).strip('-')}"
    return host
