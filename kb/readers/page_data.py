"""Finds an article that a page keeps as data in its scripts (pages drawn in the browser)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

_DEPTH = 12
_LEAST = 300
_TAG = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<![a-z])[a-z]{3}[^.]{0,400}[.!?](?:\s|<|$)")
_TITLES = ("title", "headline", "judul", "name", "nama")
_DATES = (
    "published_at",
    "datePublished",
    "publishedAt",
    "published",
    "tanggal",
    "date",
    "created_at",
    "createdAt",
)


def article_in_data(tree: Any) -> tuple[str, str | None, str | None] | None:
    """``(markup, title, date)`` of the longest prose in the page's JSON scripts: JSON-LD's
    ``articleBody``, or the state that frameworks such as Next.js and Nuxt send along.

    ``None`` where no script holds prose. Title and date are those beside the prose.
    """
    best: tuple[int, dict[str, Any], str] | None = None
    for script in tree.iterfind(".//script"):
        if "json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for owner, text in _strings(data, _DEPTH):
            if len(text) < _LEAST or (best is not None and len(text) <= best[0]):
                continue
            if len(_SENTENCE.findall(text)) >= 2:
                best = (len(text), owner, text)
    if best is None:
        return None
    _, owner, text = best
    return _as_markup(text), _first(owner, _TITLES), _first(owner, _DATES)


def _strings(data: Any, depth: int) -> Iterator[tuple[dict[str, Any], str]]:
    if depth == 0:
        return
    if isinstance(data, dict):
        for value in data.values():
            if isinstance(value, str):
                yield data, value
            else:
                yield from _strings(value, depth - 1)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value, depth - 1)


def _first(owner: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = owner.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(html.fromstring(f"<p>{value}</p>").text_content().split())
    return None


def _as_markup(text: str) -> str:
    if _TAG.search(text):
        return text
    paragraphs = (line.strip() for line in re.split(r"\n+", text))
    root = etree.Element("div")
    for line in filter(None, paragraphs):
        etree.SubElement(root, "p").text = line
    return str(etree.tostring(root, encoding="unicode"))
