"""Reads HTML: the article of a portal or news page, from its blocks or by trafilatura."""

from __future__ import annotations

import re
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument
from kb.readers.blocks import Block, flatten, parse_html
from kb.readers.marks import fold, is_skipped
from kb.readers.options import ReadOptions
from kb.readers.page_data import article_in_data
from kb.readers.portal import headline, is_portal, page_metadata, parse_portal
from kb.readers.text import split_pages

_KEPT = ("site", "author", "description")
_SHORT = 200
"""Characters under which a page counts as not read."""
_LEAST_SHARE, _MOST_SHARE = 0.4, 2.0
"""Our reading stands while its length is between these shares of trafilatura's: shorter, it has
lost a part (tables, several containers); longer, it took a list page for an article. Set by hand;
no command measured it."""


def from_markup(
    path: str, markup: str, options: ReadOptions, *, part: str | None, title: str
) -> SourceDocument:
    """The body of an article, as a row of a site's dump holds it: all of it is the article.

    Raises ``ReadError`` where it has no text.
    """
    if re.search(r"<html[\s>]|<body[\s>]", markup[:2000], re.IGNORECASE):
        return read_html(path, markup.encode("utf-8", "replace"), part=part, options=options)
    tree = parse_html(f"<div>{markup}</div>".encode("utf-8", "replace"))
    found = [block for block in flatten(tree) if not block.noise and not block.caption]
    lines = [block.text for block in found if not is_skipped(block.text)]
    if lines and title and fold(lines[0]) == fold(title):
        del lines[0]
    if not lines:
        raise ReadError("empty: the row has no text.")
    return SourceDocument(path, "html", title or None, _pages("\n\n".join(lines), options), part)


def _pages(text: str, options: ReadOptions | None) -> tuple[Page, ...]:
    """Long pages are cut as long text files are: what is made of a page takes as long as it
    is, or longer."""
    parts = split_pages(text, options or ReadOptions())
    return tuple(Page(number, part) for number, part in enumerate(parts, start=1))


def read_html(
    path: str, data: bytes, *, part: str | None = None, options: ReadOptions | None = None
) -> SourceDocument:
    """One article, as one page where it is no longer than ``options.max_page_chars``. Raises
    ``ReadError`` where the page has no text.

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
        return _other_site(path, data, tree, blocks, meta, kept, part, options)
    if article.captions:
        kept["captions"] = "\n".join(article.captions)
    if article.site and article.address is None:
        kept["site"] = article.site
    return SourceDocument(
        path=path,
        format="portal" if portal else "html",
        title=article.title,
        pages=_pages(article.text, options),
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
    options: ReadOptions | None,
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
        title=meta.get("headline") or headline(blocks, meta) or title or meta.get("title"),
        pages=_pages(text, options),
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
