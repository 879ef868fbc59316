"""Reads HTML: portal pages with the portal reader, any other site with trafilatura."""

from __future__ import annotations

import re
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument
from kb.readers.blocks import Block, flatten, parse_html
from kb.readers.portal import is_portal, page_metadata, parse_portal

_KEPT = ("site", "author", "description")


def read_html(path: str, data: bytes, *, part: str | None = None) -> SourceDocument:
    """One article as one page. Raises ``ReadError`` where the page has no text."""
    tree = parse_html(data)
    meta = page_metadata(tree)
    blocks = flatten(tree)
    kept = {name: meta[name] for name in _KEPT if name in meta}
    if is_portal(blocks, meta):
        article = parse_portal(tree, blocks, meta)
        if article is not None and len(article.text) >= 80:
            if article.captions:
                kept["captions"] = "\n".join(article.captions)
            if article.site and article.address is None:
                kept["site"] = article.site
            return SourceDocument(
                path=path,
                format="portal",
                title=article.title,
                pages=(Page(1, article.text),),
                part=part,
                metadata=kept,
                address=article.address,
                published=article.published,
                views=article.views,
            )
    return _other_site(path, data, tree, blocks, meta, kept, part)


def _other_site(
    path: str,
    data: bytes,
    tree: Any,
    blocks: list[Block],
    meta: dict[str, str],
    kept: dict[str, str],
    part: str | None,
) -> SourceDocument:
    text, title, published = _trafilatura(data, meta.get("address"))
    article = parse_portal(tree, blocks, meta) if len(text) < 200 else None
    views = None
    if article is not None and len(article.text) > len(text):
        text, title, published = article.text, article.title, article.published
        views = article.views
    if not text.strip():
        rest = [b.text for b in blocks if not b.noise and b.linked < 0.5]
        text = "\n\n".join(rest)
    if not text.strip():
        raise ReadError("empty: the HTML page has no article text; fetch it again or leave it out.")
    return SourceDocument(
        path=path,
        format="html",
        title=meta.get("headline") or title or meta.get("title"),
        pages=(Page(1, text),),
        part=part,
        metadata=kept,
        address=meta.get("address"),
        published=meta.get("published") or published,
        views=views,
    )


def _trafilatura(data: bytes, address: str | None) -> tuple[str, str | None, str | None]:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            data,
            url=address,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        # A page trafilatura stumbles over is read from its blocks instead.
        return "", None, None
    if found is None:
        return "", None, None
    row = found if isinstance(found, dict) else found.as_dict()
    lines = [line.strip() for line in str(row.get("text") or "").split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(line for line in lines if line))
    return text, row.get("title") or None, row.get("date") or None
