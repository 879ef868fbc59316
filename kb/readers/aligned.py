"""Tables without ruling lines: found by blank strips that run down between aligned cells.

A region of lines is a table only where more than alignment speaks for it: a column of
numbers, numbered columns, ruling lines across, a caption or names of columns above. Prose,
lists, contents, letter heads and signatures are aligned too, and stay text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kb.readers.layout import Word
from kb.readers.strips import NUMBERING, Segment, Strip, letter_height, strips_of
from kb.readers.table_evidence import ENUMERATOR, is_table
from kb.readers.table_rows import Cells, header_end, is_number, merge_rows
from kb.readers.tables import Grid

PROSE_SHARE = 0.62
"""A single line this wide, of the width of the print, is prose or a title. Set by hand; no command
measured it."""
FAR = 1.3
"""Times the widest step between lines that parts a last line from the table. Set by hand; no
command measured it."""
MAX_TRIM = 4
"""Lines at either end of a block that may be something else."""
CROSSED = 0.15
"""Share of the rows that may reach over a gutter (headings above several columns). Set by hand; no
command measured it."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level ruling line."""

    x0: float
    x1: float
    y: float
    drawn: bool = True
    """False for the border of shading."""


def find_aligned(words: Sequence[Word], levels: Sequence[Level]) -> tuple[list[Grid], list[Word]]:
    """Tables among the words, from the top down, and the words that stand in none."""
    if len(words) < 12:
        return [], list(words)
    height = letter_height(words)
    strips = strips_of(words, height)
    grids: list[Grid] = []
    taken: set[int] = set()
    for block in _blocks(strips, height):
        above = [strip for strip in strips if strip.bottom <= block[0].top]
        for grid, used in _search(block, above[-6:], words, levels, height, 0):
            grids.append(grid)
            taken |= used
    if not grids:
        return [], list(words)
    return grids, [word for index, word in enumerate(words) if index not in taken]


# --- regions -------------------------------------------------------------------


def _blocks(strips: list[Strip], height: float) -> list[list[Strip]]:
    """Runs of strips between wide lines of prose and large gaps."""
    left = min(strip.x0 for strip in strips)
    right = max(strip.x1 for strip in strips)
    steps = [b.middle - a.middle for a, b in pairwise(strips)]
    pitch = median(steps) if steps else 2 * height
    blocks: list[list[Strip]] = [[]]
    for index, strip in enumerate(strips):
        far = index > 0 and strip.top - strips[index - 1].bottom > max(3.5 * pitch, 6 * height)
        if _wide(strip, (right - left) * PROSE_SHARE, height):
            blocks.append([])
            continue
        if far:
            blocks.append([])
        blocks[-1].append(strip)
    return [block for block in blocks if len(block) >= 3]


def _wide(strip: Strip, wide: float, height: float) -> bool:
    """A line of prose, also an entry of a list or a line that is stretched to the margin."""
    segments = strip.segments
    if len(segments) > 1 and ENUMERATOR.match(segments[0].text):
        segments = segments[1:]
    if len(segments) > 2 or segments[-1].x1 - segments[0].x0 < wide:
        return False
    if len(segments) == 2:
        a, b = segments
        digits = sum(char.isdigit() for char in b.text)
        return b.x0 - a.x1 < 2.2 * height and digits < 0.4 * len(b.text) and len(a.text) > 12
    return len(segments[0].text) >= 25


def _search(
    block: list[Strip],
    above: list[Strip],
    words: Sequence[Word],
    levels: Sequence[Level],
    height: float,
    depth: int,
) -> list[tuple[Grid, set[int]]]:
    """Tables of a block; a block that is none is parted at its largest gap and tried again."""
    multi = [strip for strip in block if len(strip.segments) >= 2]
    if len(multi) < 3:
        return []
    whole = _table(block, multi, above, words, levels, height)
    if depth >= 4 or len(block) < 4:
        return [whole] if whole else []
    gaps = [b.top - a.bottom for a, b in pairwise(block)]
    at = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[at] < 1.3 * median(gaps) + 0.2 * height:
        return [whole] if whole else _trimmed(block, above, words, levels, height)
    first, second = block[: at + 1], block[at + 1 :]
    parts = [
        *_search(first, above, words, levels, height, depth + 1),
        *_search(second, [*above, *first][-6:], words, levels, height, depth + 1),
    ]
    # Two tables under each other share fewer gutters than each of them has.
    if whole and _filled([whole]) * 1.1 >= _filled(parts):
        return [whole]
    return parts


def _filled(tables: Sequence[tuple[Grid, set[int]]]) -> int:
    return sum(bool(cell) for grid, _ in tables for row in grid.rows for cell in row)


def _trimmed(
    block: list[Strip],
    above: list[Strip],
    words: Sequence[Word],
    levels: Sequence[Level],
    height: float,
) -> list[tuple[Grid, set[int]]]:
    """The table of an evenly spaced block that has a few other lines at its ends."""
    room = len(block) - 4
    cuts = [(a, b) for a in range(MAX_TRIM + 1) for b in range(MAX_TRIM + 1) if 0 < a + b <= room]
    for first, last in sorted(cuts, key=sum):
        part = block[first : len(block) - last]
        multi = [strip for strip in part if len(strip.segments) >= 2]
        lead = [*above, *block[:first]][-6:]
        if len(multi) >= 3 and (found := _table(part, multi, lead, words, levels, height)):
            return [found]
    return []


# --- one region ------------------------------------------------------------------


def _table(
    block: list[Strip],
    multi: list[Strip],
    above: list[Strip],
    words: Sequence[Word],
    levels: Sequence[Level],
    height: float,
) -> tuple[Grid, set[int]] | None:
    columns = _columns(multi, height)
    if len(columns) < 2:
        return None
    rows = _cells(block, columns, words, height)
    entries = sum(bool(NUMBERING.match(row.texts[0])) for row in rows)
    colons = sum(row.labelled for row in rows) >= 0.5 * len(rows)
    while rows and (
        rows[0].spans or rows[0].filled < 2
        or (rows[0].labelled and not colons)  # name and value above the table
        # What stands above the first numbered entry and holds values is no header.
        or (2 * entries > len(rows) and not NUMBERING.match(rows[0].texts[0])
            and any(is_number(text) and len(text) > 4 for text in rows[0].texts))
    ):  # fmt: skip
        rows.pop(0)
    _drop_apart(rows)
    while rows and (rows[-1].spans or (rows[-1].filled < 2 and not _goes_on(rows))):
        rows.pop()
    if len(rows) < 3 or any(a.spans and b.spans for a, b in pairwise(rows)):
        return None
    empty = [c for c in range(len(columns)) if not any(row.texts[c] for row in rows)]
    for column in reversed(empty):
        del columns[column]
        for row in rows:
            row.drop(column)
    if len(columns) < 2:
        return None
    x0, x1 = columns[0][0], columns[-1][1]
    across = _rules_across(levels, rows[0].top - 3 * height, rows[-1].bottom + 3 * height, x0, x1)
    head = header_end(rows, across)
    if head:
        columns, rows = _without_rivers(columns, rows, head, height)
    lines = _rules_across(
        [one for one in levels if one.drawn], rows[0].top, rows[-1].bottom, x0, x1
    )
    merged = merge_rows(rows, head, lines)
    if not is_table(merged.rows, merged.header, rows, above, across, len(columns)):
        return None
    used = {index for row in rows for cell in row.indexes for index in cell}
    top = rows[0].top
    grid = Grid(x0, top, x1, rows[-1].bottom, merged.rows, merged.tops, header=merged.header)
    return grid, used


def _columns(multi: list[Strip], height: float) -> list[tuple[float, float]]:
    """(left, right) of each column: the stretches between gutters."""
    left = min(strip.x0 for strip in multi)
    right = max(strip.x1 for strip in multi)
    size = int(right - left) + 2
    if size > 20_000:
        return []
    # Numbers of entries stand closer to the text than a gutter is wide.
    marks = [s.segments[0] for s in multi if NUMBERING.match(s.segments[0].text)]
    marked = (min(m.x0 for m in marks), max(m.x1 for m in marks)) if marks else (0.0, 0.0)
    apart = (
        len(marks) >= 0.5 * len(multi)
        and marked[1] - marked[0] < 6 * height
        and all(s.segments[1].x0 > marked[1] - 1 for s in multi if s.segments[0] in marks)
    )
    cover = [0] * size
    for strip in multi:
        for segment in strip.segments[apart and strip.segments[0] in marks :]:
            for x in range(int(segment.x0 - left), int(segment.x1 - left) + 1):
                cover[x] += 1
    allowed = max(1, int(CROSSED * len(multi))) if len(multi) >= 5 else 0
    columns: list[list[float]] = []
    for x, count in enumerate(cover):
        if count <= allowed:
            continue
        if columns and x - columns[-1][1] <= 0.8 * height:
            columns[-1][1] = x
        else:
            columns.append([x, x])
    good = [
        (left + a, left + b + 1)
        for a, b in columns
        if sum(any(_inside(s, left + a, left + b + 1) for s in strip.segments)
               for strip in multi) >= max(2, 0.12 * len(multi))
    ]  # fmt: skip
    if apart:
        good = [marked, *((max(a, marked[1] + 1), b) for a, b in good if b > marked[1] + 1)]
    good = _by_header(good, multi)
    return good if len(good) <= 40 else []


def _by_header(columns: list[tuple[float, float]], multi: list[Strip]) -> list[tuple[float, float]]:
    """Columns whose header names two parted where the words of their rows part as well: a
    currency or a long unit reaches from "Satuan" to the amounts below "Target"."""
    head = next(
        (n for n, s in enumerate(multi) if any(is_number(one.text) for one in s.segments)), 0
    )
    pieces = [piece for strip in multi[head:] for one in strip.segments for piece in one.pieces]
    parted: list[tuple[float, float]] = []
    for left, right in columns:
        cuts: list[float] = []
        mine = [(a, b) for a, b in pieces if a >= left - 1 and b <= right + 1]
        for strip in multi[: min(head, 4)]:
            named = [s for s in strip.segments if left - 4 <= s.centre <= right + 4]
            for one, two in pairwise(named):
                best = _gap(one, two, mine)
                if best is not None and all(abs(best - cut) > 4 for cut in cuts):
                    cuts.append(best)
        edges = [left, *sorted(cuts), right]
        parted += list(pairwise(edges))
    return parted


def _gap(one: Segment, two: Segment, pieces: list[tuple[float, float]]) -> float | None:
    """Where between two names of columns the rows part, ``None`` where too many do not."""
    spots = sorted({b + 0.5 for _, b in pieces if one.centre < b < two.x1}
                   | {a - 0.5 for a, _ in pieces if one.x0 < a <= two.centre})  # fmt: skip
    if not spots or not pieces:
        return None
    crossing = {x: sum(a < x < b for a, b in pieces) for x in spots}
    best = min(spots, key=lambda x: (crossing[x], abs(x - (one.x1 + two.x0) / 2)))
    before = sum(b <= best for _, b in pieces)
    if crossing[best] > CROSSED * len(pieces) or min(before, len(pieces) - before) < 2:
        return None
    return best


def _inside(segment: Segment, left: float, right: float) -> bool:
    shared = min(segment.x1, right) - max(segment.x0, left)
    return shared > 0.4 * max(1.0, min(segment.x1 - segment.x0, right - left))


def _cells(
    block: list[Strip], columns: list[tuple[float, float]], words: Sequence[Word], height: float
) -> list[Cells]:
    gutters = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    rows: list[Cells] = []
    for strip in block:
        row = Cells(strip.top, strip.bottom, len(columns))
        for segment in strip.segments:
            crossed = [x for x in gutters if segment.x0 < x - 1 and segment.x1 > x + 1]
            single = len(strip.segments) == 1
            for part in [segment.indexes] if single else _parts(segment, crossed, words, height):
                x0 = min(words[i].x0 for i in part)
                x1 = max(words[i].x1 for i in part)
                over = [
                    i for i, (a, b) in enumerate(columns)
                    if min(x1, b) - max(x0, a) > min(1.5 * height, 0.3 * (b - a))
                ]  # fmt: skip
                at = over[0] if len(over) > 1 else sum((x0 + x1) / 2 > x for x in gutters)
                row.labelled |= segment.text.startswith(":")
                row.add(at, part, " ".join(words[i].text for i in part), x0, x1)
                row.spans |= len(over) > 1 and single
        rows.append(row)
    return rows


def _parts(
    segment: Segment, crossed: list[float], words: Sequence[Word], height: float
) -> list[list[int]]:
    """The segment's words, parted at gutters that fall between two of them."""
    parts: list[list[int]] = [[]]
    for index in segment.indexes:
        if parts[-1]:
            last = words[parts[-1][-1]]
            if words[index].x0 - last.x1 > 0.35 * height and any(
                last.x1 <= x + 2 and words[index].x0 >= x - 2 for x in crossed
            ):
                parts.append([])
        parts[-1].append(index)
    return parts


def _without_rivers(
    columns: list[tuple[float, float]], rows: list[Cells], head: int, height: float
) -> tuple[list[tuple[float, float]], list[Cells]]:
    """Columns of text that no header names are blanks within a stretched column: joined."""
    for at in range(len(columns) - 1, 0, -1):
        body = [row.texts[at] for row in rows[head:] if row.texts[at]]
        before = [row.texts[at - 1] for row in rows[head:] if row.texts[at - 1]]
        if (
            columns[at][0] - columns[at - 1][1] < 2.5 * height
            and not all(any(row.texts[i] for row in rows[:head]) for i in (at - 1, at))
            and sum(map(is_number, body)) < 0.3 * len(body)
            and sum(map(is_number, before)) < 0.3 * len(before)
            and median(map(len, before or [""])) > 3
        ):
            columns = [*columns[: at - 1], (columns[at - 1][0], columns[at][1]), *columns[at + 1 :]]
            for row in rows:
                row.join(at - 1)
    return columns, rows


def _drop_apart(rows: list[Cells]) -> None:
    """Takes away a last line that stands far below: a footer, a page number, a place."""
    while len(rows) >= 4:
        steps = [b.middle - a.middle for a, b in pairwise(rows)]
        if steps[-1] <= FAR * max(steps[:-1]) and steps[-1] <= FAR * 2 * median(steps):
            return
        rows.pop()


def _goes_on(rows: list[Cells]) -> bool:
    """The last line goes on with a cell of the line above."""
    last = rows[-1]
    column = next((i for i, text in enumerate(last.texts) if text), None)
    if column is None:
        return False  # words that stand in none of the columns
    step = last.top - rows[-2].bottom
    usual = median(b.top - a.bottom for a, b in pairwise(rows))
    if is_number(last.texts[column]):
        return False  # a page number
    return bool(rows[-2].texts[column]) and column > 0 and step <= 1.2 * max(usual, 1.0)


def _rules_across(
    levels: Sequence[Level], top: float, bottom: float, x0: float, x1: float
) -> list[float]:
    """Heights of the ruling lines that run over most of the region, pieces joined."""
    found: list[tuple[float, float]] = []
    for level in sorted(levels, key=lambda one: one.y):
        if not top <= level.y <= bottom:
            continue
        shared = max(0.0, min(level.x1, x1) - max(level.x0, x0))
        if found and level.y - found[-1][0] < 3:
            found[-1] = (found[-1][0], found[-1][1] + shared)
        else:
            found.append((level.y, shared))
    return [y for y, shared in found if shared >= 0.6 * (x1 - x0)]
