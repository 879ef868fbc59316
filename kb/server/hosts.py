"""Which names a request may ask this server by: a foreign one is a page that wants to read
what only this machine may (DNS rebinding)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def allowed(bind: str, named: Iterable[str]) -> frozenset[str] | None:
    """Host names that are answered: this machine's own and the ones named in the settings;
    ``None`` (any) where the server listens to a network and none is named."""
    names = frozenset(filter(None, (name.strip().lower().rstrip(".") for name in named)))
    if names or is_loopback(bind):
        return names | _HERE
    return None


def name(header: str) -> str | None:
    """The host in a Host header without its port; ``None`` for one that is none."""
    text = header.strip().lower()
    if text.startswith("["):
        inside, closed, rest = text[1:].partition("]")
        return inside if closed and (not rest or _port(rest)) else None
    host, colon, _ = text.partition(":")
    if not host or (colon and not _port(text[len(host) :])):
        return None
    return host.rstrip(".")


def _port(text: str) -> bool:
    return text.startswith(":") and text[1:].isascii() and text[1:].isdigit()
