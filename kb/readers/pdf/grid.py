"""Tables from ruling lines: the lines are joined by pdfplumber's own table finder, the
words come from pdfium or from OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from kb.readers.layout import Word, lines_from_words
from kb.readers.pdf.chars import Edge

MAX_EDGES = 6000


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: its box and its rows of cell texts, top down."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    """Top of each row."""


def find_grids(edges: Sequence[Edge], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Tables of a page and the words that stand in none of them."""
    level = sum(edge.top == edge.bottom for edge in edges)
    if level < 2 or len(edges) - level < 2 or len(edges) > MAX_EDGES or len(words) < 4:
        return [], list(words)
    merged = merge_edges([_edge(edge) for edge in edges], 3, 3, 3, 3)
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
    used: set[int] = set()
    for index, word in enumerate(words):
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for spot, (x0, top, x1, bottom) in spots.items():
            if x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1:
                contents.setdefault(spot, []).append(word)
                used.add(index)
                break
    filled = [spot for spot in spots if contents.get(spot)]
    columns = {column for _, column in filled}
    rows_used = {row for row, _ in filled}
    if len(columns) < 2 or len(rows_used) < 2 or len(filled) < 4:
        return None, set()
    rows = []
    row_tops = []
    for row in range(len(tops)):
        cells_text = tuple(
            _cell_text(contents.get((row, column), [])) for column in range(len(lefts))
        )
        if any(cells_text):
            rows.append(cells_text)
            row_tops.append(tops[row])
    rows, row_tops = rows[:], row_tops[:]
    grid = Grid(
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
        tuple(_drop_empty_columns(rows)),
        tuple(row_tops),
    )
    return grid, used


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


def _drop_empty_columns(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    return [tuple(row[column] for column in kept) for row in rows]
