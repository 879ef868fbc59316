"""What is new, posted to another program as JSON, signed with the secret of the list.

``X-KB-Signature: sha256=<hex>`` is the HMAC of the body. Addresses of the own network are
refused as they are for sources, unless ``private_hosts`` names them; redirects are not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict

import httpx

from kb.alerts.digest import Group
from kb.config import Settings
from kb.errors import KBError
from kb.sources.guard import Transport
from kb.sources.refusals import SourceError

SECONDS = 20.0


class HookError(KBError):
    """A webhook was not taken."""


def body(settings: Settings, groups: Sequence[Group]) -> bytes:
    """What is posted: the groups, each document with the link to its page."""
    root = settings.address.rstrip("/")

    def told(group: Group) -> dict[str, object]:
        items = [
            {**asdict(item), "link": f"{root}/d/{item.document_id}/h/{item.page}"}
            for item in group.items
        ]
        follow = group.follow
        return {
            "follow": {"id": follow.id, "kind": follow.kind, "label": follow.label},
            "query": dict(follow.query),
            "total": group.total,
            "documents": items,
        }

    return json.dumps({"new": [told(group) for group in groups]}, ensure_ascii=False).encode()


def signature(secret: str, sent: bytes) -> str:
    """What the receiver computes to see that it was us."""
    return "sha256=" + hmac.new(secret.encode(), sent, hashlib.sha256).hexdigest()


def post(settings: Settings, address: str, secret: str, sent: bytes) -> None:
    """Post it. Raises ``HookError`` where it is not taken with 2xx."""
    told = {"content-type": "application/json", "x-kb-signature": signature(secret, sent)}
    transport = Transport(settings.private_hosts.split(","))
    try:
        with httpx.Client(transport=transport, timeout=SECONDS, trust_env=False) as client:
            answer = client.post(address, content=sent, headers=told)
    except (httpx.HTTPError, SourceError, OSError) as error:
        raise HookError(f"{address} could not be reached ({error}).") from None
    if not 200 <= answer.status_code < 300:
        raise HookError(f"{address} answered {answer.status_code} to what was posted.")
