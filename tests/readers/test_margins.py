"""Notes that run up the margin of a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drawn_pages import PROSE, lines
from reportlab.pdfgen import canvas

from kb.readers import read
from kb.readers.options import ReadOptions

NOTE = "Dokumen ini telah ditandatangani secara elektronik memakai sertifikat dari BSrE"


def _text(make_pdf: Callable[..., Path], draw: Callable[[canvas.Canvas, int], None]) -> str:
    return next(iter(read(make_pdf(draw), ReadOptions(ocr="never")))).pages[0].text


def test_a_note_up_the_margin_stands_below_the_text(make_pdf: Callable[..., Path]) -> None:
    def draw(sheet: canvas.Canvas, _: int) -> None:
        lines(sheet, PROSE * 3, 90, 760, 80)
        sheet.saveState()
        sheet.translate(40, 200)
        sheet.rotate(90)
        sheet.setFont("Helvetica", 8)
        sheet.drawString(0, 0, NOTE)
        sheet.restoreState()

    text = _text(make_pdf, draw)
    assert text.startswith("Pemerintah provinsi menyusun rencana kerja tahunan")
    assert " ".join(text.split()).endswith(NOTE)
    assert " ".join((PROSE * 3).split()) in " ".join(text.split())


def test_heads_set_upright_stay_with_their_columns(make_pdf: Callable[..., Path]) -> None:
    heads = ("Januari", "Februari", "Maret")

    def draw(sheet: canvas.Canvas, _: int) -> None:
        lines(sheet, PROSE, 90, 760, 80)
        for number, head in enumerate(heads):
            sheet.saveState()
            sheet.translate(70 + 12 * number, 600)
            sheet.rotate(90)
            sheet.drawString(0, 0, head)
            sheet.restoreState()
        for row in range(20):
            sheet.drawString(64, 580 - 14 * row, f"{row + 110} {row + 120} {row + 130} orang")

    text = _text(make_pdf, draw)
    assert all(text.index(head) < text.index("110") for head in heads)
