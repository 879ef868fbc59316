"""A dossier as a PDF."""

from __future__ import annotations

import io
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from kb.staff.dossier.content import Dossier, Entry, say

WIDTH = 12.5 * cm
"""Of a picture; one that is taller than ``HEIGHT`` is made narrower."""
HEIGHT = 17 * cm
MARGIN = 2.3 * cm
FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "C:/Windows/Fonts")
"""Where DejaVu may lie, which has more signs (Greek, arrows, ≥) than the font that comes along."""
GREY, AMBER, ACCENT, LINE = (HexColor(one) for one in ("#555f5c", "#8a5700", "#0b6e5f", "#0b8a76"))
_NO_PICTURE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def pdf(found: Dossier) -> bytes:
    """The dossier as the bytes of a PDF."""
    style = _styles()
    story: list[Flowable] = [
        Paragraph(_xml(found.title), style["title"]),
        Paragraph(f"{_xml(found.made)}<br/>{_xml(found.contents)}", style["small"]),
        Spacer(1, 0.5 * cm),
    ]
    for number, entry in enumerate(found.entries, 1):
        story += _entry(number, entry, found.language, style)
    story.append(Paragraph(_xml(found.sources_title), style["heading"]))
    for number, source in enumerate(found.sources, 1):
        lines = "<br/>".join(_linked(line) for line in source.splitlines())
        story.append(Paragraph(f"{number}. {lines}", style["small"]))

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(_font()[0], 8)
        canvas.setFillColor(GREY)
        title = found.title if len(found.title) <= 80 else f"{found.title[:79]}…"
        told = say(found.language, "foot", title=title, page=document.page)
        canvas.drawString(MARGIN, 1.2 * cm, _NO_PICTURE.sub("", told))

    out = io.BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=2 * cm,
        bottomMargin=2.2 * cm,
        title=found.title,
        lang=found.language,
    ).build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _entry(
    number: int, entry: Entry, language: str, style: dict[str, ParagraphStyle]
) -> list[Flowable]:
    head: list[Flowable] = [Paragraph(f"{number}. {_xml(entry.title)}", style["heading"])]
    head += [Paragraph(_xml(warning), style["warning"]) for warning in entry.warnings]
    body: list[Flowable] = []
    if entry.quotation:
        body.append(Paragraph(_xml(entry.quotation), style["quotation"]))
    if entry.who:
        body.append(Paragraph(_bold(f"— {entry.who}"), style["plain"]))
    for title, note in entry.notes:
        body.append(Paragraph(f"{_bold(title)}: {_xml(note)}", style["plain"]))
    if entry.picture:
        body.append(_picture(entry.picture))
    told = [(say(language, "source"), _xml(entry.citation))]
    if entry.here:
        told.append((say(language, "here"), _linked(entry.here)))
    if entry.original:
        told.append((say(language, "original"), _linked(entry.original)))
    lines = "<br/>".join(f"{_xml(label)}: {text}" for label, text in told)
    body.append(Paragraph(lines, style["source"]))
    # The heading stays with what comes first; a long quotation may go over the page's end.
    return [KeepTogether([*head, body[0]]), *body[1:]]


def _picture(jpeg: bytes) -> Flowable:
    wide, high = ImageReader(io.BytesIO(jpeg)).getSize()
    scale = min(WIDTH / wide, HEIGHT / high)
    shown = Image(io.BytesIO(jpeg), wide * scale, high * scale, hAlign="LEFT")
    shown.spaceBefore = shown.spaceAfter = 6
    return shown


def _xml(text: str) -> str:
    return escape(_NO_PICTURE.sub("", text)).replace("\n", "<br/>")


def _bold(text: str) -> str:
    return f'<font name="{_font()[1]}">{_xml(text)}</font>'


def _linked(text: str) -> str:
    """An address as one that can be followed; other words as they are."""
    shown = _xml(text)
    if re.match(r"https?://\S+$", text):
        return f'<a href="{escape(text, quote=True)}" color="#0b6e5f">{shown}</a>'
    return shown


@cache
def _font() -> tuple[str, str]:
    """The names of the font and its bold, embedded: a PDF says the same on every machine."""
    along = Path(reportlab.__file__).with_name("fonts")
    found = [(Path(one), "DejaVuSans.ttf", "DejaVuSans-Bold.ttf") for one in FOLDERS]
    found.append((along, "Vera.ttf", "VeraBd.ttf"))
    folder, plain, bold = next(one for one in found if all((one[0] / f).is_file() for f in one[1:]))
    pdfmetrics.registerFont(TTFont("kb", str(folder / plain)))
    pdfmetrics.registerFont(TTFont("kb-bold", str(folder / bold)))
    pdfmetrics.registerFontFamily("kb", normal="kb", bold="kb-bold", italic="kb", boldItalic="kb")
    return "kb", "kb-bold"


def _styles() -> dict[str, ParagraphStyle]:
    plain, bold = _font()

    def style(name: str, size: float, **more: Any) -> ParagraphStyle:
        given = {"fontName": plain, "fontSize": size, "leading": size * 1.42, "spaceAfter": 5}
        return ParagraphStyle(name, **{**given, **more})

    return {
        "title": style("title", 19, fontName=bold, spaceAfter=8),
        "heading": style("heading", 11.5, fontName=bold, spaceBefore=14),
        "plain": style("plain", 9.5),
        "quotation": style(
            "quotation",
            10.5,
            leftIndent=0.5 * cm,
            borderPadding=(3, 6, 3, 8),
            borderColor=LINE,
            backColor=HexColor("#f1f6f5"),
            spaceBefore=4,
            spaceAfter=9,
        ),
        "warning": style("warning", 9, textColor=AMBER),
        "small": style("small", 8.5, textColor=GREY),
        "source": style("source", 8, textColor=GREY, spaceAfter=12, linkUnderline=1),
    }
