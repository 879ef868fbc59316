"""Reads HTML: the article of a portal or news page, from its blocks or by trafilatura."""

from __future__ import annotations

import re
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument
from kb.readers.blocks import Block, flatten, parse_html
from kb.readers.marks import is_skipped
from kb.readers.page_data import article_in_data
from kb.readers.portal import is_portal, page_metadata, parse_portal

_KEPT = ("site", "author", "description")
_SHORT = 200
"""Characters under which a page counts as not read."""
_LEAST_SHARE, _MOST_SHARE = 0.4, 2.0
"""Our reading stands while its length is between these shares of trafilatura's: shorter, it
has lost a part (tables, several containers); longer, it took a list page for an article."""


def read_html(path: str, data: bytes, *, part: str | None = None) -> SourceDocument:
    """One article as one page. Raises ``ReadError`` where the page has no text.

    The cascade: our own reading of the page's blocks, which knows how Indonesian portals and
    news desks frame an article; trafilatura where ours finds less or no article; the page's
    JSON where the text is drawn in the browser; every block outside menus.
    """
    tree = parse_html(data)
    meta = page_metadata(tree)
    blocks = flatten(tree)
    portal = is_portal(blocks, meta)
    article = parse_portal(tree, blocks, meta)
    kept = {name: meta[name] for name in _KEPT if name in meta}
    if article is not None and not (portal and len(article.text) >= 80):
        portal = False
        rival, _, _ = _trafilatura(data, meta.get("address"))
        if (
            not _LEAST_SHARE * len(rival)
            <= len(article.text)
            <= _MOST_SHARE * max(len(rival), _SHORT)
        ):
            article = None
    if article is None:
        return _other_site(path, data, tree, blocks, meta, kept, part)
    if article.captions:
        kept["captions"] = "\n".join(article.captions)
    if article.site and article.address is None:
        kept["site"] = article.site
    return SourceDocument(
        path=path,
        format="portal" if portal else "html",
        title=article.title,
        pages=(Page(1, article.text),),
        part=part,
        metadata=kept,
        address=article.address,
        published=article.published,
        views=article.views,
    )


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
    text = "\n\n".join(line for line in text.split("\n\n") if not is_skipped(line))
    drawn = article_in_data(tree)
    if drawn is not None and len(drawn[0]) > 2 * sum(len(b.text) for b in blocks if not b.noise):
        markup, title, published = drawn[0], drawn[1] or title, drawn[2] or published
        inner = flatten(parse_html(markup.encode()))
        text = "\n\n".join(b.text for b in inner if not is_skipped(b.text))
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
