"""One request after the other: guarded, polite, bounded, each hop of a redirect like the first."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import httpcore
import httpx

from kb import __version__
from kb.config import Settings
from kb.sources import addresses
from kb.sources.guard import Resolve, Transport, resolve
from kb.sources.manners import AGENT, Host, Manners, now, retry_after, stamp
from kb.sources.refusals import Gone, Later, Refused, Unreachable

REDIRECTS = 5
PAUSES = (2.0, 8.0, 30.0)
"""Seconds before each further try where a host does not answer or says that it cannot."""
PATIENCE = 120.0
"""Longest ``Retry-After`` that is waited for; after a longer one the host is left alone."""
FILE_SECONDS = 600.0
"""Longest time for one file, however slowly it comes."""
TIMEOUT = httpx.Timeout(30.0, connect=15.0)
LIST_BYTES = 50 << 20
"""Size of a list: 50 MB is what the sitemap protocol allows one file."""
ROBOTS_BYTES = 500 << 10
KEPT_HEADERS = (
    "content-type",
    "content-length",
    "content-disposition",
    "date",
    "etag",
    "last-modified",
    "server",
    "x-wp-total",
    "x-wp-totalpages",
    "link",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answered."""

    address: str
    """Where redirects ended."""
    status: int
    headers: Mapping[str, str]
    """Those that matter, names in lower case."""
    body: bytes
    hops: tuple[str, ...] = ()
    """Addresses that redirected."""
    at: str = field(default_factory=lambda: stamp(now()))

    @property
    def unchanged(self) -> bool:
        """True where the host says that it is as it was (304)."""
        return self.status == 304

    @property
    def type(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        """True for HTML."""
        if self.type in ("text/html", "application/xhtml+xml"):
            return True
        return not self.type and self.body[:500].lstrip().lower().startswith(
            (b"<!doctype", b"<html")
        )


class Fetcher:
    """Fetches for one sync. Close it, or use it as a context manager."""

    def __init__(
        self,
        settings: Settings,
        manners: Manners,
        *,
        pauses: tuple[float, ...] = PAUSES,
        resolver: Resolve = resolve,
    ) -> None:
        private = settings.private_hosts.split(",")
        self._broken = {name.strip().lower() for name in settings.broken_tls.split(",")} - {""}
        self._limit = settings.fetch_mb << 20
        self.manners = manners
        self._pauses = pauses
        contact = f" (+{settings.contact})" if settings.contact else ""
        agent = {"user-agent": f"{AGENT}/{__version__}{contact}", "accept-encoding": "gzip"}

        def client(verify: bool) -> httpx.Client:
            transport = Transport(private, verify=verify, resolver=resolver)
            return httpx.Client(
                transport=transport, headers=agent, timeout=TIMEOUT, trust_env=False
            )

        self._client = client(True)
        self._lax = client(False) if self._broken else None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()
        if self._lax is not None:
            self._lax.close()

    def get(
        self,
        address: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        limit: int | None = None,
        accept: str = "*/*",
    ) -> Reply:
        """What ``address`` answers, redirects followed.

        ``etag`` and ``modified`` are those of the copy in hand: the answer may be
        ``unchanged``. Raises ``Refused`` (forbidden by robots.txt, private, too large, loops),
        ``Gone`` (404, 410), ``Later`` and ``Unreachable``.
        """
        headers = {"accept": accept}
        if etag:
            headers["if-none-match"] = etag
        if modified:
            headers["if-modified-since"] = modified
        hops: list[str] = []
        while True:
            self._allowed(address)
            reply, onward = self._ask(address, headers, limit or self._limit)
            if onward is None:
                return Reply(reply.address, reply.status, reply.headers, reply.body, tuple(hops))
            hops.append(address)
            further = addresses.whole(onward, address)
            if further is None:
                raise Refused(f"redirect: it leads to {onward[:200]!r}, which is no page.")
            if further in hops:
                raise Refused("redirect: it goes round in a circle.")
            if len(hops) > REDIRECTS:
                raise Refused(f"redirect: more than {REDIRECTS} one after the other.")
            address = further

    def sitemaps(self, address: str) -> list[str]:
        """Sitemaps that the host's robots.txt names."""
        return list(self._robots(address).parsed().sitemaps)

    # --- robots.txt --------------------------------------------------------------

    def _allowed(self, address: str) -> None:
        if not self._robots(address).parsed().can_fetch(address, AGENT):
            raise Refused("robots: the site's robots.txt asks not to fetch this address.")

    def _robots(self, address: str) -> Host:
        host = self.manners.host(addresses.host(address))
        if host.fresh_robots():
            return host
        text = ""
        target = f"{host.name}/robots.txt"
        for _ in range(REDIRECTS + 1):
            try:
                reply, onward = self._ask(target, {"accept": "text/plain"}, ROBOTS_BYTES, cut=True)
            except Gone:
                break
            except Refused as error:
                if not str(error).startswith("http 4"):  # RFC 9309, 2.3.1.3: 4xx forbids nothing
                    raise
                break
            if onward is None:
                text = "" if reply.is_page else reply.body.decode("utf-8", "replace")
                break
            further = addresses.whole(onward, target)
            if further is None:
                break
            target = further
        host.robots, host.robots_at, host.rules = text, stamp(now()), None
        return host

    # --- one request ---------------------------------------------------------------

    def _ask(
        self, address: str, headers: Mapping[str, str], limit: int, *, cut: bool = False
    ) -> tuple[Reply, str | None]:
        """The answer, and where it redirects to; tried again where the host cannot for now."""
        host = self.manners.host(addresses.host(address))
        problem = ""
        for pause in (*self._pauses, None):
            self.manners.before(host)
            wait: float | None = None
            try:
                reply, onward = self._once(address, headers, limit, cut)
            except (
                httpx.TransportError,
                httpcore.NetworkError,
                httpcore.TimeoutException,
            ) as error:
                problem = f"no answer ({type(error).__name__}: {error})".replace(": )", ")")
                if "CERTIFICATE_VERIFY_FAILED" in str(error):
                    raise Refused(
                        f"certificate: that of {urlsplit(address).hostname} is not right; where it "
                        "must be taken all the same, name the host in 'broken_tls' of kb.toml."
                    ) from None
            else:
                if reply.status not in (429, 500, 502, 503, 504):
                    return self._settled(reply, onward)
                problem = f"it answered {reply.status}"
                wait = retry_after(reply.headers.get("retry-after"))
                if wait is not None and wait > PATIENCE:
                    until = now() + timedelta(seconds=wait)
                    host.wait_until = stamp(until)
                    raise Later(f"{host.name} asked to be left alone until {stamp(until)}.", until)
            finally:
                self.manners.after(host)
            if pause is None:
                break
            self.manners.rest(max(pause, wait or 0.0))
        raise Unreachable(f"unreachable: {problem}, {len(self._pauses) + 1} times.")

    def _settled(self, reply: Reply, onward: str | None) -> tuple[Reply, str | None]:
        status = reply.status
        if status in (404, 410):
            raise Gone(f"gone: the site answers {status}.")
        if onward is None and status != 304 and not 200 <= status < 300:
            if status in (401, 403):
                raise Refused(f"http {status}: the site does not show it without a login.")
            raise Refused(f"http {status}: the site gives no page.")
        return reply, onward

    def _once(
        self, address: str, headers: Mapping[str, str], limit: int, cut: bool
    ) -> tuple[Reply, str | None]:
        name = (urlsplit(address).hostname or "").lower()
        client = self._lax if self._lax is not None and name in self._broken else self._client
        with client.stream("GET", address, headers=dict(headers)) as answer:
            told = {
                key: value
                for key, value in answer.headers.items()
                if key in KEPT_HEADERS or key == "retry-after"
            }
            if answer.status_code in (301, 302, 303, 307, 308):
                return Reply(address, answer.status_code, told, b""), answer.headers.get(
                    "location", ""
                )
            if answer.status_code != 200:
                return Reply(address, answer.status_code, told, b""), None
            size = answer.headers.get("content-length", "")
            if size.isdigit() and int(size) > limit and not cut:
                raise _too_large(int(size), limit)
            body = _bounded(answer, limit, cut)
            return Reply(address, answer.status_code, told, body), None


def _too_large(size: int | None, limit: int) -> Refused:
    said = f"it has {size / 1e6:.0f} MB" if size else "it unpacks to more"
    return Refused(
        f"too large: {said}, {limit >> 20} MB are taken ('fetch_mb' in kb.toml allows more)."
    )


def _bounded(answer: httpx.Response, limit: int, cut: bool) -> bytes:
    """The body, unpacked; never more of it in memory than ``limit`` and a piece."""
    coding = answer.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise Refused(f"packed: the site packs it as {coding}, which was not asked for.")
    unpack = _unpacker(coding)
    deadline = time.monotonic() + FILE_SECONDS
    body = bytearray()
    for piece in answer.iter_raw(64 << 10):
        for part in unpack(piece, limit):
            body += part
            if len(body) > limit:
                if cut:
                    return bytes(body[:limit])
                raise _too_large(None, limit)
        if time.monotonic() > deadline:
            raise Refused(f"too slow: it did not come within {FILE_SECONDS / 60:.0f} minutes.")
    return bytes(body)


def _unpacker(coding: str) -> Callable[[bytes, int], Iterator[bytes]]:
    """Unpacks a stream by pieces of at most a megabyte: a gzip bomb is stopped at the limit."""
    if coding not in ("gzip", "x-gzip", "deflate"):
        return lambda piece, limit: iter((piece,))
    # 32: zlib or gzip, whichever its head says.
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def unpack(piece: bytes, limit: int) -> Iterator[bytes]:
        try:
            while piece:
                yield machine.decompress(piece, 1 << 20)
                piece = machine.unconsumed_tail
        except zlib.error:
            raise Refused("packed: what the site sends cannot be unpacked.") from None

    return unpack


def gunzip(body: bytes, limit: int = LIST_BYTES) -> bytes:
    """A packed list (``sitemap.xml.gz``), unpacked up to ``limit``; other bytes as they are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = machine.decompress(body, limit)
    except zlib.error:
        raise Refused("packed: what the site sends cannot be unpacked.") from None
    if machine.unconsumed_tail:
        raise _too_large(None, limit)
    return found
