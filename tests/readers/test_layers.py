"""Which text layers are kept, which pages are read from their picture, and how they are turned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_pages import PROSE, lines
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from kb.readers import ocr
from kb.readers.layout import Word
from kb.readers.ocr import OcrPage, recognise
from kb.readers.pdf.document import open_pdf
from kb.readers.pdf.layer import Layer, distrust_scans, judge, wants_ocr

Maker = Callable[..., Path]
PICTURE = ImageReader(Image.new("RGB", (200, 280), (240, 225, 225)))


def layer(path: Path) -> Layer:
    document = open_pdf(path, ())
    try:
        page = document[0]
        text = page.get_textpage().get_text_range()
        found = judge(text, page, 1.0)
        assert not wants_ocr(found, page)
        return found
    finally:
        document.close()


def test_print_over_a_background_picture_is_kept(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawImage(PICTURE, 0, 0, 595, 842)
        lines(sheet, PROSE * 4, 60, 780, 90)

    found = layer(make_pdf(draw))
    assert not found.hidden
    found.quality = 0.91  # names and amounts: less language than prose
    assert distrust_scans([found]) == []


@pytest.mark.parametrize("below", [True, False])
def test_what_an_ocr_program_left_is_told_from_print(make_pdf: Maker, below: bool) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        if not below:
            sheet.drawImage(PICTURE, 0, 0, 595, 842)
        text = sheet.beginText(60, 780)
        text.setTextRenderMode(0 if below else 3)
        for at in range(12):
            text.textLine(PROSE[at : at + 80])
        for _ in range(12):
            text.textLine(PROSE[:90])
        sheet.drawText(text)
        if below:
            sheet.drawImage(PICTURE, 0, 0, 595, 842)

    assert layer(make_pdf(draw)).hidden


def test_ocr_text_is_judged_by_the_document_and_print_by_its_page() -> None:
    bad = Layer(900, 0.88, 1.0, hidden=True)
    fair = Layer(900, 0.97, 1.0, hidden=True)
    garbled = Layer(900, 0.7, 1.0)
    good = Layer(900, 0.9, 1.0)
    assert distrust_scans([bad, fair, good]) == [0, 1], "their mean is below that of clean text"
    assert distrust_scans([fair, fair, garbled, good]) == [2]


def test_a_page_is_turned_to_where_it_reads_as_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """On its head a page gives words too, and Tesseract may be sure of many of them."""

    def read(grey: Image.Image, turned: int, language: str, seconds: float) -> OcrPage:
        text = PROSE if turned == 180 else "uduoy ewod suew bnaq ijop wesn eduaq " * 4
        words = tuple(Word(word, 0, 0, 10, 10) for word in text.split())
        return OcrPage(words, 0.9 if turned == 180 else 0.72, 100, 100, turned)

    monkeypatch.setattr(ocr, "_levelled", read)
    monkeypatch.setattr(ocr, "_turns", lambda grey, seconds: [90, 270, 180])
    picture = Image.effect_noise((200, 280), 90)
    assert recognise(picture, "ind", 10).turned == 180
