"""The way to an OpenSearch server: who we are there, and what its refusals mean."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from opensearchpy import OpenSearch, exceptions
from opensearchpy.serializer import JSONSerializer

from kb.config import Settings
from kb.errors import ConfigError, SearchDown
from kb.search.damage import Damaged

_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
RETRIES = 4
"""How often a call is tried again, at the next server where there are several."""
BUSY = (429, 502, 503, 504)
CONNECTIONS = 16
"""Kept open by one process; threads beyond them wait."""


class Serializer(JSONSerializer):
    """JSON by msgspec; half a surrogate, which JSON cannot hold, becomes a question mark."""

    def dumps(self, data: Any) -> str:
        """``data`` as JSON."""
        if isinstance(data, str):
            return data
        try:
            return msgspec.json.encode(data).decode("utf-8")
        except UnicodeEncodeError:
            return msgspec.json.encode(_clean(data)).decode("utf-8")

    def loads(self, s: str) -> Any:
        """What the JSON ``s`` says."""
        return msgspec.json.decode(s)


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode("utf-8")
    if isinstance(data, dict):
        return {_clean(key): _clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean(value) for value in data]
    return data


@dataclass(frozen=True, slots=True)
class Place:
    """Where the index of one base is."""

    client: OpenSearch
    name: str
    """The alias of the base; its indexes begin so."""
    shards: int
    replicas: int
    url: str

    def index(self, folder: str) -> str:
        """The index of passages of the build ``folder``."""
        return f"{self.name}-pages-{folder.rpartition('-')[2]}"

    def words(self, folder: str) -> str:
        """The index of its words."""
        return f"{self.name}-words-{folder.rpartition('-')[2]}"


def connect(settings: Settings) -> Place:
    """A client for the servers of ``settings``; nothing is asked yet. Raises ``ConfigError``."""
    hosts = [host for host in re.split(r"[,\s]+", settings.opensearch) if host]
    if not hosts:
        raise ConfigError(
            "Engine 'opensearch' needs the address of a server: set 'opensearch', "
            'for instance "https://cari.contoh.go.id:9200".'
        )
    if not all(re.match(r"https?://[^/\s]+", host) for host in hosts):
        raise ConfigError("'opensearch' must be addresses that begin with https:// or http://.")
    if not _NAME.fullmatch(settings.opensearch_index):
        raise ConfigError(
            "'opensearch_index' must be a small letter with small letters, digits and _ after it."
        )
    if settings.opensearch_shards < 1:
        raise ConfigError("'opensearch_shards' must be at least 1.")
    ca = settings.opensearch_ca
    if ca and not Path(ca).is_file():
        raise ConfigError(f"'opensearch_ca' names {ca}, which is not there; correct it.")
    more: dict[str, Any] = {}
    if settings.opensearch_api_key:
        more["headers"] = {"Authorization": f"ApiKey {settings.opensearch_api_key}"}
    elif settings.opensearch_user:
        more["http_auth"] = (settings.opensearch_user, settings.opensearch_password)
    if any(host.startswith("https") for host in hosts):
        more |= {"verify_certs": True, "ca_certs": ca or None}
    client = OpenSearch(
        hosts,
        serializer=Serializer(),
        timeout=settings.opensearch_seconds,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=BUSY,
        pool_maxsize=CONNECTIONS,
        http_compress=False,
        **more,
    )
    return Place(
        client,
        settings.opensearch_index,
        settings.opensearch_shards,
        settings.opensearch_replicas,
        ", ".join(hosts),
    )


@contextlib.contextmanager
def asking(url: str) -> Iterator[None]:
    """Around calls to the server: its refusals as our errors.

    Raises ``SearchDown`` where it cannot answer now, ``Damaged`` where what is asked for is
    not there.
    """
    try:
        yield
    except exceptions.NotFoundError as error:
        raise Damaged(f"the search server has no {_about(error)}") from error
    except exceptions.SSLError as error:
        raise SearchDown(
            f"The certificate of the search server {url} is not trusted; name the file of its "
            "authority as 'opensearch_ca'."
        ) from error
    except exceptions.ConnectionError as error:
        raise SearchDown(
            f"The search server {url} does not answer; start it, or correct 'opensearch'."
        ) from error
    except exceptions.AuthenticationException as error:
        raise SearchDown(
            f"The search server {url} does not know this user; correct 'opensearch_user' and "
            "'opensearch_password', or 'opensearch_api_key'."
        ) from error
    except exceptions.AuthorizationException as error:
        if "cluster_block" in str(error.error):
            raise SearchDown(
                f"The search server {url} takes nothing in, its disk may be full; make room there."
            ) from error
        raise SearchDown(
            f"The search server {url} does not allow this: its user needs the rights of "
            "docs/opensearch.md."
        ) from error
    except exceptions.TransportError as error:
        if error.status_code in BUSY:
            raise SearchDown(f"The search server {url} is too busy; try again shortly.") from error
        raise


def _about(error: exceptions.TransportError) -> str:
    found = re.search(r"index \[([^\]]+)\]", str(error.info))
    return found.group(1) if found else "such index"
