"""Headers that a ruled table does not have in its own rows on its own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from drawn_pages import PROSE, lines
from reportlab.pdfgen import canvas
from table_pages import FIGURES, HEAD

from kb.model import Table
from kb.readers import ReadOptions, read
from kb.readers.tables import in_columns, numbers_columns

Maker = Callable[..., Path]
EDGES = (55.0, 85.0, 295.0, 365.0, 445.0, 545.0)


def tables(path: Path) -> tuple[Table, ...]:
    (document,) = read(path, ReadOptions(ocr="never"))
    return document.tables


def ruled(
    sheet: canvas.Canvas,
    rows: Sequence[Sequence[str]],
    top: float,
    edges: Sequence[float] = EDGES,
    step: float = 20,
) -> float:
    """Rows in a grid of lines; returns the height of its foot."""
    sheet.setFont("Helvetica", 9)
    for number, row in enumerate(rows):
        y = top - number * step
        sheet.line(edges[0], y, edges[-1], y)
        for x, cell in zip(edges, row, strict=False):
            sheet.drawString(x + 3, y - 13, cell)
    foot = top - len(rows) * step
    sheet.line(edges[0], foot, edges[-1], foot)
    for x in edges:
        sheet.line(x, top, x, foot)
    return foot


def test_a_header_above_the_lines_names_the_columns(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 9)
        for x, top, word in [
            (60, 706, "No"), (130, 706, "Indikator Kinerja"), (300, 706, "Satuan"),
            (370, 711, "Target"), (370, 701, "2024"), (450, 711, "Realisasi"), (450, 701, "2024"),
        ]:  # fmt: skip
            sheet.drawString(x, top, word)
        ruled(sheet, FIGURES, 694)

    (table,) = tables(make_pdf(draw))
    assert table.rows == (HEAD, *FIGURES)
    assert table.header_rows == 1


def test_prose_above_the_lines_is_no_header(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 9)
        lines(sheet, PROSE * 2, 60, 760, 90)
        sheet.drawString(
            60, 700, "Target dan realisasi indikator kinerja tahun 2024 terlihat di bawah."
        )
        ruled(sheet, FIGURES, 694)

    (table,) = tables(make_pdf(draw))
    assert table.rows[0] == FIGURES[0]


def test_a_page_that_leaves_an_empty_column_out_goes_on(make_pdf: Maker) -> None:
    """The second page has no unit: its columns are told by where they stand."""
    head = ("No", "Indikator Kinerja", "Satuan", "Target 2024", "Realisasi 2024")
    second = [(row[0], row[1], "", row[3], row[4]) for row in FIGURES]

    def draw(sheet: canvas.Canvas, page: int) -> None:
        if page == 1:
            lines(sheet, PROSE * 3, 60, 780, 90)
            ruled(sheet, [head, *FIGURES, *FIGURES, *FIGURES, *FIGURES, *FIGURES], 620)
        else:
            ruled(sheet, second, 780)

    first, rest = tables(make_pdf(draw, 2))
    assert first.rows[0] == head
    assert (rest.page, rest.header_rows) == (2, 1)
    assert rest.rows == (head, *second)


def test_columns_that_stand_elsewhere_are_another_table() -> None:
    head, rows = (("No", "Nama", "Target"),), (("1", "a"), ("2", "b"))
    assert in_columns(head, (50, 90, 300), rows, (70, 210)) == (head, rows, (70, 210))
    assert in_columns(head, (), rows, ()) == (head, rows, ())


def test_a_number_of_a_column_may_be_printed_twice() -> None:
    assert numbers_columns(("(1)", "(2)", "(3)", "(4)", "(5)", "(5)", "(7)", "(8)"))
    assert not numbers_columns(("1", "2", "2", "2"))
