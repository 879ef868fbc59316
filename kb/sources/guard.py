"""Connections that reach the internet and nothing else: no address of the own network.

A site may redirect, or its name may point, at the machine's own network (a database, a
cloud's metadata at 169.254.169.254). So the name is resolved here, each address it has is
looked at, and the connection goes to the very address that was looked at; a second answer of
the name server changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Collection, Iterable

import httpcore
import httpx

from kb.sources.refusals import Refused

Resolve = Callable[[str, int], list[str]]


def resolve(name: str, port: int) -> list[str]:
    """Addresses of a name. Raises ``OSError`` where it has none."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(address: str) -> bool:
    """True for an address of the internet; an IPv4 address inside an IPv6 one counts as itself."""
    found: ipaddress.IPv4Address | ipaddress.IPv6Address
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            found = inner
        elif found in ipaddress.ip_network("64:ff9b::/96"):
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.is_global and not (found.is_multicast or found.is_reserved)


class Backend(httpcore.NetworkBackend):
    """Connects to public addresses, and to names in ``private``."""

    def __init__(self, private: Collection[str], resolver: Resolve = resolve) -> None:
        self._private = {name.strip().lower() for name in private if name.strip()}
        self._resolve = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of ``host`` that answers."""
        try:
            found = self._resolve(host, port)
        except OSError:
            raise httpcore.ConnectError(f"the name {host} is not known") from None
        if host.lower() not in self._private:
            own = [one for one in found if not is_public(one)]
            if own:
                raise Refused(
                    f"private address: {host} leads to {own[0]} in the own network; "
                    "where that is meant, name the host in 'private_hosts' of kb.toml."
                )
        problem: Exception = httpcore.ConnectError(f"the name {host} has no address")
        for one in found:
            try:
                return self._inner.connect_tcp(one, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: no site is reached so."""
        raise Refused("private address: a socket of this machine is no site.")

    def sleep(self, seconds: float) -> None:
        """Wait; part of what httpcore asks of a backend."""
        self._inner.sleep(seconds)


class Transport(httpx.HTTPTransport):
    """httpx's transport on a guarded pool; one connection at a time to a host."""

    def __init__(
        self, private: Collection[str], *, verify: bool = True, resolver: Resolve = resolve
    ) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        context = ssl.create_default_context()
        if not verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        # The one thing httpx does not offer to set; tests/sources prove that it is in force.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=4,
            max_keepalive_connections=2,
            keepalive_expiry=15.0,
            http1=True,
            network_backend=Backend(private, resolver),
        )
