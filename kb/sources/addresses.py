"""Addresses: made whole and clean, and told whether they may lead to a document."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from courlan.filters import is_navigation_page, is_not_crawlable

from kb.sources.words import words

LONGEST = 2000
_JSESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_PAGES = re.compile(r"/(?:page|halaman|hal)/\d+/?$", re.IGNORECASE)


def whole(href: str, base: str) -> str | None:
    """The address a link on the page ``base`` leads to, without fragment, session and tracking
    parameters; ``None`` where it leads to no page (mailto, script, broken)."""
    try:
        parts = urlsplit(urljoin(base, _JSESSION.sub("", href.strip())))
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    if parts.username or parts.password:
        return None
    sessions = words("sessions")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = parts.query
    if any(name.lower() in sessions for name, _ in pairs):
        query = urlencode([(n, v) for n, v in pairs if n.lower() not in sessions])
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    path = re.sub(r"/{2,}", "/", parts.path) or "/"
    made = urlunsplit((parts.scheme, host + port, path.replace(" ", "%20"), query, ""))
    return made if len(made) <= LONGEST else None


def host(address: str) -> str:
    """Scheme, name and port: what one robots.txt is for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def same_site(one: str, other: str) -> bool:
    """True for addresses of one site, with or without ``www.``."""
    return _name(one) == _name(other)


def _name(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")


def is_root(address: str) -> bool:
    """True for the front page of a site."""
    parts = urlsplit(address)
    return parts.path.strip("/").lower() in ("", "index.php", "index.html", "home", "beranda") and (
        not parts.query
    )


def ending(address: str) -> str:
    """The ending of the file an address names, without the dot; ``""`` for none."""
    return PurePosixPath(unquote(urlsplit(address).path)).suffix.lower().removeprefix(".")


def is_document(address: str) -> bool:
    """True where the address itself says that it is a document file."""
    return ending(address) in words("documents") or drive_id(address) is not None


def drive_id(address: str) -> str | None:
    """The id of a public Google Drive file, ``None`` for other addresses."""
    parts = urlsplit(address)
    if (parts.hostname or "") not in ("drive.google.com", "docs.google.com"):
        return None
    match = re.search(r"/d/([\w-]{20,})", parts.path)
    if match:
        return match.group(1)
    given = dict(parse_qsl(parts.query)).get("id")
    return given if given and "folder" not in parts.path.lower() else None


def drive_folder(address: str) -> str | None:
    """The id of a public Google Drive folder, ``None`` for other addresses."""
    parts = urlsplit(address)
    if (parts.hostname or "") != "drive.google.com":
        return None
    match = re.search(r"/folders/([\w-]{10,})", parts.path)
    if match:
        return match.group(1)
    return dict(parse_qsl(parts.query)).get("id") if "folderview" in parts.path.lower() else None


def wanted(address: str) -> bool:
    """False for what is no article or document: searches, tags, calendars, logins, pictures."""
    parts = urlsplit(address)
    if is_document(address):
        return True
    if is_root(address) or ending(address) in words("files"):
        return False
    path = unquote(parts.path).lower()
    steps = {step for step in path.split("/") if step}
    if steps & words("unwanted") or any("/" in u and u in path for u in words("unwanted")):
        return False
    if _PAGES.search(path):
        return False
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if names & words("unwanted_parameters"):
        return False
    return not (is_not_crawlable(address) or is_navigation_page(address))
