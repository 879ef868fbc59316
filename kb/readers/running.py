"""Running headers, footers and page numbers: found across pages, taken out of the text.

The page number a footer prints is kept as the page's label (``IV-23``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.readers.labels import Printed, as_figures, choose, read_label, read_tail
from kb.readers.layout import Line
from kb.readers.placed import placed
from kb.readers.sheets import Sheet

_ROMAN_NUMBER = r"[IVXLC]{1,7}|[ivxlc]{1,7}"
_COUNTED = re.compile(
    rf"^\d{{1,3}}\s*[|–-]\s*|[\s|–-]*(?<![\w.,])(?:(?:{_ROMAN_NUMBER})\s*[-–.]\s*)?\d{{1,3}}\W*$"
)
"""A page number at either end of a running line."""
FEW = 2
"""Pages on which a running line of a short chapter stands at least ("Bab IV - Penutup | 47"); on
one page more it is no text of its own."""
EDGE_LINES = 3
"""How many lines from the top and from the bottom may be running ones."""
MARGIN = 0.13
"""Share of the page's longer side at its top and at its bottom where running lines stand: a page
that lies on its side has the margins of the others. Set by hand; no command measured it."""
SIDE = 1.5
"""How much longer than high a page may be that has such margins: a long strip has none. Set by
hand, sheets on their side are 1.41 times as long; no command measured it."""
_ROMAN = r"[ivxlc]{1,7}"
_OPENS = re.compile(r"bab[\s.]*(?:[ivxlc]{1,7}|\d{1,2})\W*$")
"""The number of a chapter on a line of its own: of a plan's eight chapters each has one, and
where it runs over the pages of its chapter the first of them opens it."""
_SPACED = re.compile(r"(?<!\w)(?:\w\s){3,}\w(?!\w)")


def strip_running(sheets: Sequence[Sheet]) -> tuple[list[list[Line]], list[str | None]]:
    """Lines without running ones, and the printed page label, for each page."""
    edges = [_edges(sheet) for sheet in sheets]
    keys: Counter[tuple[str, str]] = Counter()
    for mine in edges:
        keys.update({(where, key) for where, line in mine if (key := _key(line.text))})
    many = max(3, min(8, len(sheets) // 4))
    opened: set[str] = set()
    running: list[set[int]] = []
    stray: set[int] = set()
    """Bare numbers at the edges: what is no label is no text either, years are."""
    printed: list[list[tuple[Printed, int]]] = []
    partly: set[int] = set()
    """Lines that hold more than a label."""
    short: set[int] = set()
    """Those that stand on too few pages to be running ones but for the label they hold."""
    for sheet, mine, lone in zip(sheets, edges, placed(sheets), strict=True):
        drop: set[int] = set()
        lines = sorted((line for _, line in mine), key=lambda one: one.top)
        said: list[tuple[Printed, int]] = []
        for where, line in mine:
            key = _key(line.text)
            outer = _outer(line, sheet)
            repeated = bool(key) and keys[(where, key)] >= many and outer
            if repeated and where == "top" and _OPENS.match(key) and key not in opened:
                opened.add(key)
                repeated = False
            if repeated:
                drop.add(id(line))
            label = read_label(line.text)
            if label is not None and not outer:
                label = _lowest(line, label, where, mine)
            if outer and re.fullmatch(r"[\W_]*\d{1,3}[\W_]*", line.text):
                stray.add(id(line))
            tail = read_tail(line.text) if label is None and outer else None
            few = bool(key) and keys[(where, key)] >= FEW
            named = tail is not None and bool(tail.series) and line in (lines[0], lines[-1])
            if tail is not None and (repeated or few or named):
                # A running line names the chapter: it may stand on few pages.
                label = tail if repeated else replace(tail, sure=False, loose=not named)
                (short if keys[(where, key)] > FEW else partly).add(id(line))
            if label is not None:
                said.append((label, id(line)))
            figures = as_figures(line.text) if outer and sheet.scanned else None
            if figures is not None:
                said.append((figures, id(line)))
        held = {line for _, line in said}
        said += [(label, id(line)) for label, line in lone if id(line) not in held]
        running.append(drop)
        printed.append(said)
    chosen, labels = choose([[label for label, _ in said] for said in printed])
    kept: list[list[Line]] = []
    for sheet, drop, said, taken in zip(sheets, running, printed, chosen, strict=True):
        drop |= {
            line
            for at, (label, line) in enumerate(said)
            if (at in taken and line not in partly)
            or (not label.series and label.value < 1000 and line in stray)
        }
        rest = [line for line in sheet.lines if id(line) not in drop]
        if not rest:  # a page that holds nothing else is not empty
            rest = [line for line in sheet.lines if read_label(line.text) is None]
        kept.append(rest)
    return kept, labels


def _outer(line: Line, sheet: Sheet) -> bool:
    margin = MARGIN * max(sheet.height, min(sheet.width, SIDE * sheet.height))
    return line.top < margin or line.bottom > sheet.height - margin


def _lowest(
    line: Line, label: Printed, where: str, edges: Sequence[tuple[str, Line]]
) -> Printed | None:
    """The label on the lowest line of a page whose print ends above the margin: sure by its
    form ("Hal : 2", "II - 11"), a bare number where those of more pages count on with it."""
    if where != "bottom" or any(
        other.bottom >= line.top for _, other in edges if other is not line
    ):
        return None
    if re.match(r"[\W_]*(?:hal|hlm|page)", line.text, re.IGNORECASE):
        return label
    if label.sure and label.series not in ("", "roman"):
        return label
    return replace(label, sure=False, loose=True)


MAX_TEXTS = 6
"""How many different running lines are told of one document."""


def running_texts(sheets: Sequence[Sheet], kept: Sequence[Sequence[Line]]) -> list[str]:
    """What the running lines of ``sheets`` say that are not ``kept``, the most frequent first.

    Page numbers and lines that stand on one page only are left out; a line that changes with
    the chapter comes once for each wording.
    """
    counts: Counter[str] = Counter()
    for sheet, rest in zip(sheets, kept, strict=True):
        left = {id(line) for line in rest}
        words = {
            " ".join(_COUNTED.sub("", line.text).split())
            for line in sheet.lines
            if id(line) not in left and read_label(line.text) is None
        }
        counts.update(word for word in words if _key(word))
    return [text for text, times in counts.most_common(MAX_TEXTS) if times > 1]


def _edges(sheet: Sheet) -> list[tuple[str, Line]]:
    # A footer drawn as a table of one row is a running line, too; strokes are no lines.
    plain = sorted(
        (
            line
            for line in sheet.lines
            if (line.kind == "line" or _outer(line, sheet)) and any(map(str.isalnum, line.text))
        ),
        key=lambda one: one.top,
    )
    top = plain[:EDGE_LINES]
    bottom = [line for line in plain[-EDGE_LINES:] if line not in top]
    return [("top", line) for line in top] + [("bottom", line) for line in bottom]


def _key(text: str) -> str:
    """The line without what changes from page to page."""
    joined = _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), text.casefold())
    if _OPENS.match(joined.strip()):
        return " ".join(re.findall(r"\w+", joined))
    folded = re.sub(rf"\d+|(?<!\w){_ROMAN}(?!\w)", "#", joined)
    return re.sub(r"[\W_]+", " ", folded).strip() if re.search(r"[^\W\d_]{3}", folded) else ""
