"""Tables from ruling lines: the lines are joined by pdfplumber's own table finder, the
words come from pdfium or from OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from kb.readers.aligned import Level, find_aligned
from kb.readers.layout import Word, lines_from_words
from kb.readers.pdf.chars import Edge
from kb.readers.pdf.overhead import with_headers
from kb.readers.stacked import unstack
from kb.readers.table_rows import Cells, header_end, merge_rows
from kb.readers.tables import Grid, header_rows

MAX_EDGES = 6000
BAND = 10
"""Points of height by which cells are looked up."""
MOSTLY = 0.25
"""Shaded rows that alternate with plain ones leave more of the words in wide cells. Set by hand;
no command measured it."""
MAX_ROW = 200.0
"""Points between level lines of one table."""
REACH = 10.0
"""Points by which a line of a scan may miss the line it meets. Set by hand; no command measured
it."""


def find_tables(edges: Sequence[Edge], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Tables of a page, with ruling lines and without, and the words that stand in none."""
    drawn = [edge for edge in edges if not edge.shade]
    grids, rest = find_grids(drawn, words)
    levels = [
        Level(edge.x0, edge.x1, edge.top, not edge.shade)
        for edge in edges if edge.top == edge.bottom
    ]  # fmt: skip
    if not grids and len(drawn) < len(edges):
        # Tables of shaded cells have no lines; elsewhere shading divides the lines of a cell.
        shaded, other = find_grids(edges, words)
        if shaded and max(grid.spread for grid in shaded) < MOSTLY:
            grids, rest = [_unshaded(grid) for grid in shaded], other
    grids, rest = with_headers(grids, rest)
    more, left = find_aligned(rest, levels[:MAX_EDGES])
    partial = [grid for grid in grids if any(_continues(grid, other) for other in more)]
    if partial:
        # Shaded rows look like small ruled tables within an aligned one.
        whole = [grid for grid in grids if grid not in partial]
        loose = [w for w in words if not any(_holds(grid, w) for grid in whole)]
        joined, apart = find_aligned(loose, levels[:MAX_EDGES])
        if sum(len(grid.rows) for grid in joined) > sum(len(grid.rows) for grid in more):
            grids, more, left = whole, joined, apart
    return sorted([*grids, *more], key=lambda grid: grid.top), left


def _unshaded(grid: Grid) -> Grid:
    """The grid with the lines of one cell, which shading parts, joined again."""
    lines = []
    for number, (top, row) in enumerate(zip(grid.tops, grid.rows, strict=True)):
        bottom = grid.tops[number + 1] if number + 1 < len(grid.tops) else grid.bottom
        line = Cells(top, bottom, len(row))
        for column, text in enumerate(row):
            if text:
                line.add(column, [], text, float(column), float(column))
        lines.append(line)
    merged = merge_rows(lines, header_end(lines, []), [])
    return replace(grid, rows=merged.rows, tops=merged.tops, header=merged.header)


def _continues(grid: Grid, other: Grid) -> bool:
    """``other`` stands in the same columns right above, below or around ``grid``."""
    shared = min(grid.x1, other.x1) - max(grid.x0, other.x0)
    if shared < 0.8 * max(grid.x1 - grid.x0, other.x1 - other.x0):
        return False
    pitch = (other.bottom - other.top) / max(1, len(other.rows))
    return other.top < grid.bottom + 0.6 * pitch and other.bottom > grid.top - 0.6 * pitch


def _holds(grid: Grid, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return grid.x0 <= x <= grid.x1 and grid.top <= y <= grid.bottom


def complete(edges: Sequence[Edge], words: Sequence[Word]) -> list[Edge]:
    """Lines found on a scan, made longer where print or paper broke them.

    A line that crosses most of its table is taken to the table's edge, if no word stands
    in the way.
    """
    level = [edge for edge in edges if edge.top == edge.bottom]
    upright = [edge for edge in edges if edge.x0 == edge.x1]
    done: list[Edge] = []
    for edge in upright:
        met = [o.top for o in level if _near(edge.x0, o.x0, o.x1)]
        met = [y for y in met if _near(y, edge.top, edge.bottom)] + _frame(edge, upright)
        whole = Edge(edge.x0, min([edge.top, *met]), edge.x1, max([edge.bottom, *met]))
        done.append(_longer(edge, whole, words))
    for edge in level:
        met = [o.x0 for o in upright if _near(edge.top, o.top, o.bottom)]
        met = [x for x in met if _near(x, edge.x0, edge.x1)] + _width(edge, level)
        whole = Edge(min([edge.x0, *met]), edge.top, max([edge.x1, *met]), edge.bottom)
        done.append(_longer(edge, whole, words))
    return done


def _frame(edge: Edge, upright: Sequence[Edge]) -> list[float]:
    """Ends of the other upright lines that run beside the whole of this one and farther."""
    beside = [
        o for o in upright
        if o is not edge and o.top <= edge.top + REACH and o.bottom >= edge.bottom - REACH
    ]  # fmt: skip
    return [y for o in beside for y in (o.top, o.bottom)]


def _width(edge: Edge, level: Sequence[Edge]) -> list[float]:
    beside = [
        o for o in level
        if o is not edge and o.x0 <= edge.x0 + REACH and o.x1 >= edge.x1 - REACH
        and abs(o.top - edge.top) < MAX_ROW
    ]  # fmt: skip
    return [x for o in beside for x in (o.x0, o.x1)]


def _near(value: float, low: float, high: float) -> bool:
    return low - REACH <= value <= high + REACH


def _longer(edge: Edge, whole: Edge, words: Sequence[Word]) -> Edge:
    """``whole`` where ``edge`` is most of it or the rest is short, and no word is crossed."""
    long = edge.x1 - edge.x0 + edge.bottom - edge.top
    wanted = whole.x1 - whole.x0 + whole.bottom - whole.top
    if wanted <= long or (long < 0.5 * wanted and wanted - long > 3 * REACH):
        return edge
    for word in words:
        if (
            word.x0 + 1 < whole.x1
            and word.x1 - 1 > whole.x0
            and (word.top + 1 < whole.bottom and word.bottom - 1 > whole.top)
        ):
            inside = (
                edge.x0 <= word.x1 and edge.x1 >= word.x0
                and edge.top <= word.bottom and edge.bottom >= word.top
            )  # fmt: skip
            if not inside:
                return edge
    return whole


def find_grids(edges: Sequence[Edge], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Tables of a page and the words that stand in none of them."""
    level = sum(edge.top == edge.bottom for edge in edges)
    if level < 2 or len(edges) - level < 2 or len(edges) > MAX_EDGES or len(words) < 4:
        return [], list(words)
    merged = merge_edges([_edge(edge) for edge in edges], 3, 3, 3, 3)
    merged += [_edge(edge) for edge in _closing(merged)]
    if len(merged) > MAX_EDGES // 2:
        return [], list(words)
    cells = intersections_to_cells(edges_to_intersections(merged, 4, 4))
    grids: list[Grid] = []
    taken: set[int] = set()
    for group in cells_to_tables(cells):
        grid, used = _fill(group, words)
        if grid is not None:
            grids.append(grid)
            taken |= used
    rest = [word for index, word in enumerate(words) if index not in taken]
    return grids, rest


def _closing(merged: Sequence[dict[str, Any]]) -> list[Edge]:
    """Level lines that close cells which a page break left open: upright lines (whole ones,
    their pieces joined) end together at a height where no line joins them, though one does
    elsewhere between them."""
    edges = [Edge(e["x0"], e["top"], e["x1"], e["bottom"]) for e in merged]
    level = [edge for edge in edges if edge.top == edge.bottom]
    upright = [edge for edge in edges if edge.x0 == edge.x1 and edge.bottom - edge.top > 8]

    def joined(left: float, right: float, top: float, bottom: float) -> bool:
        return any(
            o.x0 <= left + 4 and o.x1 >= right - 4 and top - 4 <= o.top <= bottom + 4 for o in level
        )

    found: list[Edge] = []
    for low in (True, False):
        ends: dict[int, list[Edge]] = {}
        for edge in upright:
            ends.setdefault(round((edge.bottom if low else edge.top) / 3), []).append(edge)
        for group in ends.values():
            if len(group) < 3:
                continue
            for a, b in pairwise(sorted(group, key=lambda one: one.x0)):
                y = max(a.bottom, b.bottom) if low else min(a.top, b.top)
                top, bottom = max(a.top, b.top), min(a.bottom, b.bottom)
                if b.x0 - a.x0 < 4 or joined(a.x0, b.x0, y, y):
                    continue
                if joined(a.x0, b.x0, top, bottom):
                    found.append(Edge(a.x0, y, b.x0, y))
    return found


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
        "orientation": "h" if edge.top == edge.bottom else "v",
        "object_type": "line",
    }


def _fill(
    cells: list[tuple[float, float, float, float]], words: Sequence[Word]
) -> tuple[Grid | None, set[int]]:
    lefts = _levels([cell[0] for cell in cells])
    tops = _levels([cell[1] for cell in cells])
    if len(lefts) < 2 or len(tops) < 2 or len(lefts) > 60 or len(tops) > 400:
        return None, set()
    contents: dict[tuple[int, int], list[Word]] = {}
    spots = {}
    for cell in cells:
        spots[(_nearest(tops, cell[1]), _nearest(lefts, cell[0]))] = cell
    bands: dict[int, list[tuple[int, int]]] = {}
    for spot, (_, top, _, bottom) in spots.items():
        for band in range(int(top - 1) // BAND, int(bottom + 1) // BAND + 1):
            bands.setdefault(band, []).append(spot)
    used: set[int] = set()
    for index, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for spot in bands.get(int(y) // BAND, ()):
            x0, top, x1, bottom = spots[spot]
            if x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1:
                contents.setdefault(spot, []).append(word)
                used.add(index)
                break
    used -= _boxed_head(spots, contents, words)
    boxed = _boxed_rows(spots, contents, tops)
    filled = [spot for spot in spots if contents.get(spot)]
    columns = {column for _, column in filled}
    rows_used = {row for row, _ in filled}
    if len(columns) < 2 or len(rows_used) < 2 or len(filled) < 4:
        return None, set()
    found = []
    for row in range(len(tops)):
        texts = tuple(_cell_text(contents.get((row, column), [])) for column in range(len(lefts)))
        if any(texts):
            found.append((row, texts))
    header = header_rows([texts for _, texts in found])
    rows = []
    row_tops = []
    for number, (row, texts) in enumerate(found):
        stack = None
        if number >= header or row in boxed:
            cells_of_row = [contents.get((row, column), []) for column in range(len(lefts))]
            stack = unstack(cells_of_row, by_line=row in boxed)
        for top, part in stack or [(tops[row], texts)]:
            rows.append(part)
            row_tops.append(top)
    kept = [column for column in range(len(lefts)) if any(row[column] for row in rows)]
    grid = Grid(
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
        tuple(tuple(row[column] for column in kept) for row in rows),
        tuple(row_tops),
        spread=_spread(spots, contents, lefts),
        lefts=tuple(lefts[column] for column in kept),
    )
    return grid, used


HEAD_LINES = 3
"""Lines from which the one cell above a table's columns is the head of the page. Set by hand; no
command measured it."""


def _boxed_head(
    spots: dict[tuple[int, int], tuple[float, float, float, float]],
    contents: dict[tuple[int, int], list[Word]],
    words: Sequence[Word],
) -> set[int]:
    """Takes out of the cells what is set above the columns in a box as wide as the table: the
    page's letterhead, its title and the fields of its form; returns the words it holds."""
    filled = sorted(spot for spot in spots if contents.get(spot))
    if len(filled) < 4 or filled[0][0] == filled[1][0]:
        return set()
    first = filled[0]
    x0, _, x1, _ = spots[first]
    wide = x1 - x0 > 0.95 * (max(c[2] for c in spots.values()) - min(c[0] for c in spots.values()))
    if not wide or len(_middles(contents[first])) < HEAD_LINES:
        return set()
    inside = {id(word) for word in contents.pop(first)}
    return {index for index, word in enumerate(words) if id(word) in inside}


def _boxed_rows(
    spots: dict[tuple[int, int], tuple[float, float, float, float]],
    contents: dict[tuple[int, int], list[Word]],
    tops: list[float],
) -> set[int]:
    """Rows that are many: the budget system boxes each amount and rules no other column.

    Where one column is divided into a cell for each line of another, undivided one, the words
    of all its cells are put into the undivided row, amounts raised to the line they stand a
    little below; returns the rows (positions in ``tops``) that hold several.
    """
    boxed: set[int] = set()
    for (row, column), (_, top, _, bottom) in sorted(spots.items()):
        words = contents.get((row, column), [])
        inside = [
            spot
            for spot in spots
            if spot[0] > row and top - 1 <= spots[spot][1] and spots[spot][3] <= bottom + 1
            and spot[1] != column and contents.get(spot)
        ]  # fmt: skip
        divided = {spot[1] for spot in inside}
        if len(divided) != 1 or len(inside) < 3 or row in boxed:
            continue
        lines = _middles(words)
        amounts = next(iter(divided))
        own = [spot for spot in [(row, amounts), *inside] if contents.get(spot)]
        if len(lines) < 4 or len(own) < 0.5 * len(lines):
            continue
        low = []
        for spot in own:
            middle = _middles(contents[spot])[0]
            above = [line for line in lines if line <= middle + 1]
            low.append(middle - above[-1] if above else 0.0)
        shift = sorted(low)[len(low) // 2]
        moved = [
            Word(w.text, w.x0, w.top - shift, w.x1, w.bottom - shift)
            for spot in own
            for w in contents.pop(spot)
        ]
        contents[(row, amounts)] = moved
        boxed.add(row)
    return boxed


def _middles(words: Sequence[Word]) -> list[float]:
    """Heights of the lines that the words stand on."""
    found: list[float] = []
    for middle in sorted((word.top + word.bottom) / 2 for word in words):
        if not found or middle - found[-1] > 3:
            found.append(middle)
    return found


def _spread(
    spots: dict[tuple[int, int], tuple[float, float, float, float]],
    contents: dict[tuple[int, int], list[Word]],
    lefts: list[float],
) -> float:
    wide = sum(
        len(contents.get(spot, ()))
        for spot, (x0, _, x1, _) in spots.items()
        if sum(x0 - 1 <= left < x1 - 6 for left in lefts) > 1
    )
    return wide / max(1, sum(map(len, contents.values())))


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > 3:
            levels.append(value)
    return levels


def _nearest(levels: list[float], value: float) -> int:
    return min(range(len(levels)), key=lambda index: abs(levels[index] - value))


def _cell_text(words: list[Word]) -> str:
    lines = lines_from_words(words)
    lines.sort(key=lambda line: (round(line.middle), line.x0))
    return " ".join(line.text for line in lines)
