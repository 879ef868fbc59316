"""Text drawn on PDF pages."""

from __future__ import annotations

from reportlab.pdfgen import canvas

PROSE = (
    "Pemerintah provinsi menyusun rencana kerja tahunan untuk meningkatkan pelayanan kepada "
    "masyarakat, memperbaiki jalan, dan menurunkan angka kemiskinan di seluruh wilayah. "
)


def lines(
    sheet: canvas.Canvas, text: str, x: float, y: float, width: int, step: float = 14
) -> float:
    """Draws ``text`` wrapped to ``width`` characters; returns the next y."""
    words, line = text.split(), ""
    for word in words:
        if len(line) + len(word) + 1 > width:
            sheet.drawString(x, y, line)
            y -= step
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        sheet.drawString(x, y, line)
        y -= step
    return y
