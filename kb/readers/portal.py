"""Reads an article page of a government portal: title, date, views and body only.

Portals share no markup, so nothing here knows a site: the title is the heading the
page's own metadata names, the body is the element that holds most of the prose after
it, and the words that end it are data (``portal.toml``).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from kb.readers.blocks import Block
from kb.readers.marks import (
    date_in,
    fold,
    is_caption,
    is_end,
    is_meta,
    is_skipped,
    site_in,
    views_in,
)
from kb.readers.portal_text import Article

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


def page_metadata(tree: Any) -> dict[str, str]:
    """What the page says of itself: ``title``, ``headline``, ``published``, ``address``,
    ``site``, ``author``, ``image``, ``description``; only what it does say."""
    found: dict[str, str] = {}

    def keep(name: str, value: object) -> None:
        text = " ".join(str(value).split()) if isinstance(value, str) else ""
        if text and name not in found:
            found[name] = text

    for block in tree.iterfind(".//script[@type='application/ld+json']"):
        for item in _json_items(block.text or ""):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(("Article", "Posting")) for k in kinds):
                keep("headline", item.get("headline"))
                keep("published", item.get("datePublished"))
                author = item.get("author")
                author = author[0] if isinstance(author, list) and author else author
                keep("author", author.get("name") if isinstance(author, dict) else author)
    names = {
        "og:title": "headline",
        "article:published_time": "published",
        "datepublished": "published",
        "dc.date": "published",
        "dc.date.issued": "published",
        "pubdate": "published",
        "publishdate": "published",
        "date": "published",
        "og:url": "address",
        "og:site_name": "site",
        "author": "author",
        "og:description": "description",
        "description": "description",
    }
    for meta in tree.iterfind(".//meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if key in names:
            keep(names[key], meta.get("content"))
    for link in tree.iterfind(".//link[@rel='canonical']"):
        keep("address", link.get("href"))
    for comment in tree.xpath("//comment()")[:20]:
        match = _SAVED_FROM.search(comment.text or "")
        if match:
            keep("address", match.group(1))
    title = tree.find(".//title")
    if title is not None:
        keep("title", title.text_content())
    if not found.get("address", "http").startswith("http"):
        found.pop("address")
    return found


def _json_items(text: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    rows = data if isinstance(data, list) else [data]
    items: list[dict[str, Any]] = []
    for row in rows:
        if isinstance(row, dict):
            graph = row.get("@graph")
            items += [r for r in graph if isinstance(r, dict)] if isinstance(graph, list) else [row]
    return items


def is_portal(blocks: list[Block], meta: dict[str, str]) -> bool:
    """True for a page on a government host, or one that carries a portal's frame."""
    host = urlsplit(meta.get("address", "")).hostname or ""
    if host.endswith((".go.id", ".desa.id")):
        return True
    counted = any(views_in(b.text) is not None and is_meta(b.text) for b in blocks)
    source = any(is_caption(b.text) and fold(b.text).startswith("sumber") for b in blocks)
    ended = any(is_end(b.text) for b in blocks)
    return counted + source + ended >= 2


def parse_portal(tree: Any, blocks: list[Block], meta: dict[str, str]) -> Article | None:
    """The article of the page, or ``None`` where no title or no body can be told."""
    at = _title_block(blocks, meta)
    title = _plain(blocks[at].text) if at is not None else _site_less(meta)
    if not title:
        return None
    after = 0 if at is None else at + 1
    body, captions, first = _body(blocks, after, fold(title), is_portal(blocks, meta))
    if not body:
        return None
    published, views = _facts(blocks, at, first, tree)
    return Article(
        title,
        tuple(body),
        published or meta.get("published"),
        views,
        tuple(captions),
        meta.get("address"),
        site_in(block.text for block in blocks if block.noise or len(block.text) < 200),
    )


def headline(blocks: list[Block], meta: dict[str, str]) -> str | None:
    """The heading of the page that is its title, ``None`` where none can be told."""
    at = _title_block(blocks, meta)
    return None if at is None else _plain(blocks[at].text)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _site_less(meta: dict[str, str]) -> str:
    """The page title without the name of the site."""
    if meta.get("headline"):
        return meta["headline"]
    title = meta.get("title", "")
    parts = [part.strip() for part in re.split(r"\s+[|–—\-::»]+\s+", title) if part.strip()]
    return max(parts, key=len) if parts else title


def _title_block(blocks: list[Block], meta: dict[str, str]) -> int | None:
    said = [fold(meta[key]) for key in ("headline", "title") if meta.get(key)]
    best: tuple[float, int] | None = None
    held = ""
    for index, block in enumerate(blocks):
        text = fold(block.text)
        words = len(text.split())
        if words < 2 or len(text) > 400 or is_meta(block.text) or is_end(block.text):
            continue
        score = 0.0
        if any(text == s for s in said):
            score += 6
        elif any(len(text) > 15 and (text in s or (len(s) > 25 and s in text)) for s in said):
            score += 4
        if block.heading:
            score += {"h1": 3, "h2": 2.5, "h3": 2, "h4": 1.5, "h5": 1}[block.tag]
        elif block.bold:
            score += 1.5
        if block.noise:
            score -= 3
        if block.linked > 0.8 and not block.heading:
            score -= 2
        near = blocks[index + 1 : index + 6]
        dated = any(is_meta(b.text) and not b.noise for b in near)
        if dated:
            score += 1.5
        elif block.heading and any(map(_prose, near[:3])):
            score += 1
        if words < 4:
            score -= 0.5 if block.heading and (dated or block.tag in {"h1", "h2"}) else 1.5
        # The title may stand above the article and in it: then the later one counts. Of two
        # different headings the first does, the other is a heading in the text.
        if score >= 3 and (best is None or score > best[0] or (score == best[0] and text == held)):
            best, held = (score, index), text
    return best[1] if best else None


def _prose(block: Block) -> bool:
    return (
        (len(block.text) >= 60 or (block.tag == "tr" and len(block.text) >= 10))
        and block.linked < 0.35
        and not block.noise
        and not block.caption
        and not is_end(block.text)
        and not is_skipped(block.text)
    )


def _container(blocks: list[Block], start: int, stop: int) -> int | None:
    """Number of the element that holds most of the prose between two blocks."""
    score: dict[int, float] = defaultdict(float)
    total = 0.0
    for block in blocks[start:stop]:
        if not _prose(block):
            continue
        size = float(len(block.text))
        total += size
        for number in block.path:
            score[number] += size
    if not total:
        return None
    # The innermost element that still holds nearly all the prose (numbers grow inwards).
    share = [number for number, value in score.items() if value >= 0.75 * total]
    return max(share, default=None)


_CREDIT = re.compile(r"\b(?:foto|dok|sumber)\b\.?\s*[:/]|\((?:foto|ist|dok)\b", re.IGNORECASE)
"""Who took a picture: a caption that says so is none of the article."""


def _body(
    blocks: list[Block], start: int, title: str, portal: bool
) -> tuple[list[str], list[str], int]:
    """Paragraphs, captions, and where the first paragraph stands. News sites set captions
    into the text, where they are read with it; portals set the source of a picture there,
    which is none of the release."""
    stop = _stop(blocks, start)
    inside = _container(blocks, start, stop)
    start = _after_byline(blocks, start, stop)
    body: list[str] = []
    captions: list[str] = []
    first = stop
    for index in range(start, stop):
        block = blocks[index]
        if block.caption or is_caption(block.text):
            if not block.noise:
                captions.append(_plain(block.text))
            credit = is_caption(block.text) or _CREDIT.search(block.text)
            if portal or block.noise or credit or index < start + 1:
                continue
        if inside is not None and inside not in block.path:
            continue
        if block.noise and not _prose(block):
            continue
        lines = [line for line in block.text.split("\n") if not is_skipped(line)]
        text = "\n".join(lines)
        if not text or fold(text) == title:
            continue
        if is_meta(text) and len(text) < 100 and block.tag != "tr":
            continue
        if block.linked > 0.8 and len(text) < 200:
            continue
        if inside is None and not _prose(block):
            continue
        first = min(first, index)
        body += lines if _paragraphs(lines) else [text]
    return body, captions, first


def _stop(blocks: list[Block], start: int) -> int:
    """Where the article ends: at the first mark of an end that follows prose, unless more of
    the article's own element stands below it than above (a share bar in the middle)."""
    for index in range(start, len(blocks)):
        if not (is_end(blocks[index].text) or _opens_list(blocks, index)):
            continue
        if not _seen(blocks, start, index):
            continue
        inside = _container(blocks, start, index)
        above = sum(len(b.text) for b in blocks[start:index] if _prose(b))
        below = sum(len(b.text) for b in blocks[index + 1 :] if _prose(b) and inside in b.path[1:])
        if below <= above:
            return index
    return len(blocks)


def _after_byline(blocks: list[Block], start: int, stop: int) -> int:
    """The block after the last line of date and author that stands before any prose."""
    for index in range(start, stop):
        if _prose(blocks[index]):
            break
        if is_meta(blocks[index].text):
            start = index + 1
    return start


def _opens_list(blocks: list[Block], index: int) -> bool:
    """A heading that is a link, and another soon after: the page goes on to other articles."""
    near = blocks[index : index + 6]
    return bool(near) and _teaser(near[0]) and any(map(_teaser, near[1:]))


def _teaser(block: Block) -> bool:
    return block.heading and block.linked > 0.8


def _paragraphs(lines: list[str]) -> bool:
    """Lines parted by single ``<br>`` that are paragraphs: most are long and end a sentence."""
    ended = sum(len(line) >= 60 and line.endswith((".", "”", '"', "?", "!")) for line in lines)
    return len(lines) > 1 and ended >= 0.6 * len(lines)


def _seen(blocks: list[Block], start: int, index: int) -> bool:
    """An end mark counts once there has been prose: share bars also stand above the text."""
    return any(_prose(block) for block in blocks[start:index])


def _facts(
    blocks: list[Block], at: int | None, first: int, tree: Any
) -> tuple[str | None, int | None]:
    """Date and views as the page shows them near its title."""
    low = 0 if at is None else max(0, at - 4)
    order = list(range(at + 1 if at is not None else 0, min(first, len(blocks))))
    order += [i for i in range((at or 0) - 1, low - 1, -1) if not blocks[i].noise]
    published: str | None = None
    views: int | None = None
    for index in order:
        text = blocks[index].text
        if len(text) > 160 or fold(text).startswith(("diperbarui", "terakhir", "update")):
            continue
        published = published or date_in(text)
        views = views if views is not None else views_in(text)
    if published is None:
        for node in tree.iterfind(".//time"):
            stamp = node.get("datetime") or node.text_content()
            if stamp and re.search(r"\d{4}", stamp):
                published = stamp.strip()
                break
    if views is None:
        around = blocks[at or 0 :]
        views = next(
            (v for b in around if is_meta(b.text) and (v := views_in(b.text)) is not None), None
        )
    return published, views
