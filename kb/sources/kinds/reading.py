"""Reading what lists answer: JSON and XML from strangers."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from kb.sources.fetching import Reply, gunzip
from kb.sources.refusals import SourceError


def json_of(reply: Reply) -> Any:
    """The JSON of an answer. Raises ``SourceError`` where it is none."""
    try:
        return json.loads(reply.body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        raise SourceError(f"{reply.address} gives no JSON; look at it in a browser.") from None


def xml_of(reply: Reply) -> Any:
    """The XML of an answer, entities left alone; ``None`` where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        return etree.fromstring(gunzip(reply.body), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def rows_of(data: Any) -> list[dict[str, Any]]:
    """The list of objects in a JSON answer, at the top or one or two levels in."""
    waiting = [data]
    for _ in range(3):
        inner: list[Any] = []
        for one in waiting:
            if isinstance(one, list):
                rows = [row for row in one if isinstance(row, dict)]
                if rows:
                    return rows
            elif isinstance(one, dict):
                inner += one.values()
        waiting = inner
    return []


def text(row: dict[str, Any], *names: str) -> str | None:
    """The first of these fields that says something; "-" says nothing."""
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("rendered")
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            found = " ".join(str(value).split())
            if found and found not in ("-", "null", "None"):
                return found
    return None
