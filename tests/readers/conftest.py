"""Small PDFs made on the fly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PDF; ``draw(canvas, page)`` draws each page."""

    def make(
        draw: Callable[[canvas.Canvas, int], None],
        pages: int = 1,
        name: str = "berkas.pdf",
        **options: object,
    ) -> Path:
        path = tmp_path / name
        sheet = canvas.Canvas(str(path), pagesize=A4, invariant=1, **options)
        for number in range(1, pages + 1):
            draw(sheet, number)
            sheet.showPage()
        sheet.save()
        return path

    return make
