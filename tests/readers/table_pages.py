"""Pages whose tables have no ruling lines, and pages that only look like it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen import canvas

FIGURES = [
    ("1", "Indeks Pembangunan Manusia", "Poin", "74,50", "74,48"),
    ("2", "Tingkat Kemiskinan", "Persen", "5,70", "5,84"),
    ("3", "Pertumbuhan Ekonomi", "Persen", "5,10", "4,97"),
    ("4", "Tingkat Pengangguran Terbuka", "Persen", "7,20", "6,68"),
    ("5", "Rasio Gini", "Poin", "0,361", "0,366"),
]
HEAD = ("No", "Indikator Kinerja", "Satuan", "Target 2024", "Realisasi 2024")
LEFT = (60.0, 90.0, 300.0, 370.0, 450.0)


def put(
    sheet: canvas.Canvas,
    rows: Sequence[Sequence[str]],
    x: Sequence[float],
    y: float,
    step: float = 16,
    size: float = 10,
    font: str = "Helvetica",
) -> float:
    """Draws cells at the left edges ``x``; a line break in a cell starts a line under it."""
    sheet.setFont(font, size)
    for row in rows:
        deep = 1
        for left, cell in zip(x, row, strict=False):
            lines = cell.split("\n")
            deep = max(deep, len(lines))
            for number, line in enumerate(lines):
                sheet.drawString(left, y - number * 1.2 * size, line)
        y -= step + (deep - 1) * 1.2 * size
    return y


def figures(sheet: canvas.Canvas, y: float = 700, **how: float) -> float:
    return put(sheet, [HEAD, *FIGURES], LEFT, y, **how)


def rules(sheet: canvas.Canvas, heights: Sequence[float], x0: float = 55, x1: float = 545) -> None:
    for y in heights:
        sheet.line(x0, y, x1, y)
