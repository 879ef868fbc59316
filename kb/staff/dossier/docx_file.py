"""A dossier as a document of Word."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kb.staff.dossier.content import Dossier, Entry, say

WIDTH = Cm(12.5)
"""Of a picture: a page of A4 stays readable and leaves room for its source."""
GREY = RGBColor(0x55, 0x5F, 0x5C)
AMBER = RGBColor(0x8A, 0x57, 0x00)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold (XML 1.0, 2.2)."""


def docx(found: Dossier) -> bytes:
    """The dossier as the bytes of a ``.docx``."""
    made = Document()
    made.core_properties.title = _xml(found.title)
    made.core_properties.author = ""
    made.core_properties.language = found.language
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
    made.add_heading(_xml(found.title), 0)
    _small(made, f"{found.made}\n{found.contents}")
    for number, entry in enumerate(found.entries, 1):
        _entry(made, number, entry, found.language)
    made.add_heading(found.sources_title, 1)
    for source in found.sources:
        paragraph = made.add_paragraph(style="List Number")
        paragraph.add_run(_xml(source))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _entry(made: Any, number: int, entry: Entry, language: str) -> None:
    heading = made.add_heading(f"{number}. {_xml(entry.title)}", 2)
    heading.paragraph_format.keep_with_next = True
    for warning in entry.warnings:
        made.add_paragraph().add_run(_xml(warning)).font.color.rgb = AMBER
    if entry.quotation:
        quoted = made.add_paragraph(_xml(entry.quotation), style="Intense Quote")
        quoted.alignment = WD_ALIGN_PARAGRAPH.LEFT
        quoted.paragraph_format.left_indent = quoted.paragraph_format.right_indent = Cm(0.8)
    if entry.who:
        made.add_paragraph().add_run(f"— {_xml(entry.who)}").bold = True
    for title, note in entry.notes:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{_xml(title)}: ").bold = True
        paragraph.add_run(_xml(note))
    if entry.picture:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(entry.picture), width=WIDTH)
        shape._inline.docPr.set("descr", _xml(entry.picture_says))
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(14)
    _told(paragraph, say(language, "source"), entry.citation)
    if entry.here:
        _told(paragraph, say(language, "here"), entry.here, link=True)
    if entry.original:
        _told(paragraph, say(language, "original"), entry.original, link=True)


def _told(paragraph: Any, label: str, text: str, *, link: bool = False) -> None:
    if len(paragraph.runs):
        paragraph.add_run().add_break()
    run = paragraph.add_run(f"{label}: ")
    run.font.size, run.font.color.rgb = Pt(9), GREY
    if link and re.match(r"https?://", text):
        _link(paragraph, _xml(text))
        return
    run = paragraph.add_run(_xml(text))
    run.font.size = Pt(9)


def _link(paragraph: Any, address: str) -> None:
    """A hyperlink: python-docx writes none by itself."""
    part = paragraph.part
    known = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), known)
    run = paragraph.add_run(address)
    run.font.size, run.font.underline = Pt(9), True
    run.font.color.rgb = RGBColor(0x0B, 0x6E, 0x5F)
    link.append(run._r)
    paragraph._p.append(link)


def _small(made: Any, text: str) -> None:
    run = made.add_paragraph().add_run(_xml(text))
    run.font.size, run.font.color.rgb = Pt(9.5), GREY


def _xml(text: str) -> str:
    return _NO_XML.sub("", text)
