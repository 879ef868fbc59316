"""Reads the text of a portal page that was copied with its menus and sidebars."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kb.readers.marks import (
    clean,
    date_in,
    fold,
    is_bullet,
    is_caption,
    is_end,
    is_meta,
    is_skipped,
    site_in,
    views_in,
)

_ADDRESS = re.compile(r"^(?:sumber\s*:\s*|url\s*:\s*|tautan\s*:\s*)?(https?://\S+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """The article found on a page; ``paragraphs`` hold the body only."""

    title: str
    paragraphs: tuple[str, ...]
    published: str | None = None
    views: int | None = None
    captions: tuple[str, ...] = ()
    address: str | None = None
    site: str | None = None
    """Host of the portal, as its frame names it."""

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def looks_copied(text: str) -> bool:
    """True where a plain text carries the frame of a portal page (two signs or more)."""
    lines = [clean(line) for line in text.split("\n")]
    filled = [line for line in lines if line]
    if len(filled) < 5:
        return False
    signs = {
        "views": any(views_in(line) is not None and is_meta(line) for line in filled),
        "end": any(is_end(line) for line in filled[1:]),
        "source": any(is_caption(line) for line in filled),
        "menu": _menu_lines(text) >= 6,
        "twice": _repeated(filled) is not None,
        "date": any(is_meta(line) for line in filled[:150]),
    }
    if not (signs["views"] or signs["date"] or (signs["twice"] and signs["end"])):
        return False
    return sum(signs.values()) >= 2 and (signs["views"] or signs["end"] or signs["menu"])


def _menu_lines(text: str) -> int:
    """Length of the longest run of menu-like lines: bullets or one to four words."""
    best = run = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        words = line.split()
        short = is_bullet(line) or (len(words) <= 4 and not line.rstrip().endswith((".", ",")))
        run = run + 1 if short and not is_meta(clean(line)) else 0
        best = max(best, run)
    return best


def _repeated(lines: list[str]) -> str | None:
    counts = Counter(fold(line) for line in lines if len(line.split()) >= 4)
    for line in lines:
        if counts[fold(line)] > 1 and not is_skipped(line):
            return line
    return None


def parse_copied(text: str) -> Article | None:
    """The article in a copied page, or ``None`` where no title and body can be told."""
    raw = text.replace("\xa0", " ").split("\n")
    lines = [clean(line) for line in raw]
    bullets = [is_bullet(line) for line in raw]
    meta = _meta_line(lines, bullets)
    title_at = _title_line(lines, bullets, meta)
    if title_at is None:
        return None
    title = lines[title_at]
    start = max(title_at, meta if meta is not None else title_at) + 1
    if meta is not None and meta < title_at:
        start = title_at + 1
    published, views = _facts(lines, title_at, meta)
    paragraphs, captions = _body(lines, bullets, start, fold(title))
    if not paragraphs:
        return None
    address = next((m.group(1) for line in lines[:5] if (m := _ADDRESS.match(line))), None)
    site = site_in(line for line in lines if line not in paragraphs)
    return Article(title, tuple(paragraphs), published, views, tuple(captions), address, site)


def _meta_line(lines: list[str], bullets: list[bool]) -> int | None:
    """The line with date and views: one with both is better than one with either."""
    best: tuple[int, int] | None = None
    for index, line in enumerate(lines):
        if bullets[index] or not is_meta(line):
            continue
        follows = [text for text in lines[index + 1 : index + 12] if text]
        prose = any(len(text) > 80 for text in follows)
        score = 2 * (views_in(line) is not None) + 2 * (date_in(line) is not None) + 3 * prose
        if best is None or score > best[0]:
            best = (score, index)
    return best[1] if best else None


def _title_line(lines: list[str], bullets: list[bool], meta: int | None) -> int | None:
    def fits(index: int) -> bool:
        line = lines[index]
        return (
            not bullets[index]
            and len(line.split()) >= 3
            and len(line) <= 300
            and not is_meta(line)
            and not is_skipped(line)
            and not is_end(line)
        )

    if meta is not None:
        above = [i for i in range(max(0, meta - 8), meta) if lines[i]]
        for index in reversed(above):
            if fits(index) and not lines[index].endswith("."):
                return index
            if bullets[index]:
                break
        for index in range(meta + 1, min(len(lines), meta + 6)):
            if lines[index] and fits(index):
                return index
    counts = Counter(fold(line) for line in lines if len(line.split()) >= 4)
    twice = [i for i, line in enumerate(lines) if counts[fold(line)] > 1 and fits(i)]
    if twice:
        first = fold(lines[twice[0]])
        return [i for i in twice if fold(lines[i]) == first][-1]
    return next((i for i in range(len(lines)) if lines[i] and fits(i)), None)


def _facts(lines: list[str], title_at: int, meta: int | None) -> tuple[str | None, int | None]:
    published: str | None = None
    views: int | None = None
    order = [meta] if meta is not None else []
    near = list(range(title_at + 1, min(len(lines), title_at + 8)))
    near += list(range(title_at - 1, max(-1, title_at - 4), -1))
    for index in [*order, *near]:
        line = lines[index]
        if index != meta and not is_meta(line):
            if len(line) > 120 and index > title_at:
                continue
            if views is None and views_in(line) is not None and len(line) < 40:
                views = views_in(line)
            continue
        published = published or date_in(line)
        views = views if views is not None else views_in(line)
    return published, views


def _body(
    lines: list[str], bullets: list[bool], start: int, title: str
) -> tuple[list[str], list[str]]:
    paragraphs: list[str] = []
    captions: list[str] = []
    blank = True
    blanks = any(not line for line in lines[start : start + 20])
    for index in range(start, len(lines)):
        line = lines[index]
        if not line:
            blank = True
            continue
        if is_end(line):
            break
        if is_caption(line):
            captions.append(line)
        elif fold(line) == title or is_skipped(line) or (is_meta(line) and len(line) < 80):
            pass
        elif paragraphs and not blank and blanks and not bullets[index] and _wrapped(paragraphs):
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        blank = False
    while paragraphs and len(paragraphs[-1].split()) <= 1 and len(paragraphs) > 1:
        if re.search(r"[.)”\"*]$", paragraphs[-1]):
            break
        paragraphs.pop()
    return paragraphs, [caption for caption in captions if caption.rstrip(" :").count(" ") > 1]


def _wrapped(paragraphs: list[str]) -> bool:
    """A line that stops in the middle of a sentence goes on in the next one."""
    return paragraphs[-1][-1:] not in {".", "!", "?", ":", "”", '"', ";"}
