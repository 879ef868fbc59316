"""Fonts, sizes, colours and rules of the sample PDFs."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import TableStyle

INK = colors.HexColor("#1f2a37")
LINE = colors.HexColor("#5b6675")
SHADE = colors.HexColor("#e6ebf1")

_BASE = ParagraphStyle("base", fontName="Times-Roman", fontSize=11, leading=15, textColor=INK)
STYLES: dict[str, ParagraphStyle] = {
    "body": ParagraphStyle(
        "body", _BASE, alignment=TA_JUSTIFY, firstLineIndent=0.9 * cm, spaceAfter=7
    ),
    "flat": ParagraphStyle("flat", _BASE, alignment=TA_JUSTIFY, spaceAfter=6),
    "item": ParagraphStyle(
        "item",
        _BASE,
        alignment=TA_JUSTIFY,
        leftIndent=0.9 * cm,
        spaceAfter=3,
        bulletIndent=0.25 * cm,
        bulletFontName="Times-Roman",
        bulletFontSize=11,
    ),
    "bab": ParagraphStyle(
        "bab",
        _BASE,
        fontName="Times-Bold",
        fontSize=14,
        leading=19,
        alignment=TA_CENTER,
        spaceAfter=16,
    ),
    "h1": ParagraphStyle(
        "h1",
        _BASE,
        fontName="Times-Bold",
        fontSize=12,
        leading=16,
        spaceBefore=8,
        spaceAfter=6,
        keepWithNext=1,
    ),
    "h2": ParagraphStyle(
        "h2", _BASE, fontName="Times-Bold", fontSize=11, spaceBefore=5, spaceAfter=4, keepWithNext=1
    ),
    "caption": ParagraphStyle(
        "caption",
        _BASE,
        fontName="Times-Bold",
        fontSize=10,
        leading=13,
        alignment=TA_CENTER,
        spaceBefore=6,
        spaceAfter=4,
    ),
    "source": ParagraphStyle(
        "source",
        _BASE,
        fontName="Times-Italic",
        fontSize=9,
        leading=12,
        spaceBefore=2,
        spaceAfter=10,
    ),
    "cell": ParagraphStyle("cell", _BASE, fontSize=8.7, leading=10.8),
    "cell_r": ParagraphStyle("cell_r", _BASE, fontSize=8.7, leading=10.8, alignment=TA_RIGHT),
    "cell_c": ParagraphStyle("cell_c", _BASE, fontSize=8.7, leading=10.8, alignment=TA_CENTER),
    "head": ParagraphStyle(
        "head", _BASE, fontName="Times-Bold", fontSize=8.7, leading=10.8, alignment=TA_CENTER
    ),
    "title": ParagraphStyle(
        "title", _BASE, fontName="Times-Bold", fontSize=20, leading=27, alignment=TA_CENTER
    ),
    "centre": ParagraphStyle("centre", _BASE, alignment=TA_CENTER, fontSize=12, leading=17),
    "centre_b": ParagraphStyle(
        "centre_b", _BASE, fontName="Times-Bold", alignment=TA_CENTER, fontSize=12, leading=17
    ),
    "pasal": ParagraphStyle(
        "pasal", _BASE, alignment=TA_CENTER, spaceBefore=4, spaceAfter=2, keepWithNext=1
    ),
    "notice": ParagraphStyle(
        "notice", _BASE, fontName="Times-Italic", alignment=TA_CENTER, fontSize=10, leading=13
    ),
    "toc0": ParagraphStyle("toc0", _BASE, fontName="Times-Bold", spaceBefore=4),
    "toc1": ParagraphStyle("toc1", _BASE, leftIndent=0.8 * cm),
}

for _name in ("body", "item"):
    STYLES[f"{_name}_wide"] = ParagraphStyle(
        f"{_name}_wide", STYLES[_name], fontSize=12, leading=19, bulletFontSize=12
    )


GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.6, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)
