"""Headings that nothing but their size tells: set larger than the text, without a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from kb.model import OutlineItem
from kb.readers.layout import Line

LARGER = 1.4
"""Times the height of the text's lines from which a line is a heading. Set by hand; no command
measured it."""
LARGEST = 3.0
"""Times from which it is no heading but a cover or a figure. Set by hand; no command measured
it."""
LONG = 40
"""Characters of a line of text. Set by hand; no command measured it."""
ENOUGH = 20
"""Lines of text a document needs for its height to be known. Set by hand; no command measured
it."""
FEW = 3
"""Headings that a document must have, on more than one page. Set by hand; no command measured
it."""


def by_size(pages: Sequence[Sequence[Line]]) -> list[tuple[int, OutlineItem]]:
    """Headings with the position of their line among all lines: short lines clearly higher than
    the document's text, on pages that have text. None where there are too few or so many that
    size tells something else; the first page is a cover."""
    heights = [
        line.height
        for lines in pages
        for line in lines
        if line.kind == "line" and len(line.text) >= LONG
    ]
    if len(heights) < ENOUGH:
        return []
    usual = median(heights)
    found: list[tuple[int, OutlineItem]] = []
    at = 0
    for number, lines in enumerate(pages, start=1):
        body = sum(len(line.text) >= LONG and line.height < LARGER * usual for line in lines)
        last: Line | None = None
        for index, line in enumerate(lines):
            if number == 1 or body < 2 or not _is_large(line, usual):
                last = None
                continue
            below = last is not None and line.top - last.top < 1.8 * last.height
            if below and found:
                item = found[-1][1]
                found[-1] = (
                    found[-1][0],
                    OutlineItem(f"{item.title} {line.text.strip()}", number, 0),
                )
            else:
                found.append((at + index, OutlineItem(line.text.strip(), number, 0)))
            last = line
        at += len(lines)
    times = Counter(item.title for _, item in found)
    found = [one for one in found if times[one[1].title] < 3 and _says(one[1].title)]
    spread = {item.page for _, item in found}
    if len(found) < FEW or len(spread) < 2 or len(found) > 2 * len(pages):
        return []
    return found


def _is_large(line: Line, usual: float) -> bool:
    text = line.text.strip()
    return (
        line.kind == "line"
        and LARGER * usual <= line.height <= LARGEST * usual
        and text[:1].isalpha()
        and sum(char.isalpha() or char == " " for char in text) >= 0.7 * len(text)
        and text[-1] not in ".;,:"
    )


def _says(title: str) -> bool:
    """True for a heading of two words to a line or two."""
    return 2 <= len(title.split()) <= 20 and title[:1].isupper()
