"""Lays a planning document out as a PDF: title page, contents, chapters, tables, labels.

Page numbers follow Indonesian practice: front matter i, ii, iii; each chapter
starts again as II-1, II-2. The output is the same in every run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from samples.styles import GRID, INK, LINE, SHADE, STYLES

NOTICE = "Dokumen contoh, bukan dokumen resmi. Semua tokoh dan angka di dalamnya rekaan."
FOOTER = "Dokumen contoh, bukan dokumen resmi"


class Stamp:
    """The PDF's creation time: the document's date at nine, Jakarta time."""

    def __init__(self, day: date) -> None:
        self.YMDhms = (day.year, day.month, day.day, 9, 0, 0)
        self.t, self.dhh, self.dmm, self.tzname = 0.0, 7, 0, "WIB"


class Emblem(Flowable):  # type: ignore[misc]
    """A plain shield with the word CONTOH, where the real coat of arms would stand."""

    def __init__(self, size: float = 2.6 * cm) -> None:
        super().__init__()
        self.width = self.height = size
        self.hAlign = "CENTER"

    def draw(self) -> None:
        c, s = self.canv, self.width
        c.setStrokeColor(INK)
        c.setFillColor(SHADE)
        path = c.beginPath()
        path.moveTo(0.1 * s, s)
        path.lineTo(0.9 * s, s)
        path.lineTo(0.9 * s, 0.4 * s)
        path.curveTo(0.9 * s, 0.2 * s, 0.65 * s, 0.06 * s, 0.5 * s, 0)
        path.curveTo(0.35 * s, 0.06 * s, 0.1 * s, 0.2 * s, 0.1 * s, 0.4 * s)
        path.close()
        c.drawPath(path, stroke=1, fill=1)
        c.setFillColor(INK)
        c.setFont("Helvetica-Bold", s * 0.13)
        c.drawCentredString(0.5 * s, 0.55 * s, "CONTOH")


@dataclass
class Book:
    """Collects the parts of one document and makes the PDF."""

    title: str
    header: str
    day: date
    author: str
    subject: str
    keywords: str = ""
    story: list[Any] = field(default_factory=list)
    spacious: bool = False
    """One and a half lines and twelve points, as long plans are set."""
    tables: int = 0
    chapter: str = ""

    # -- parts -----------------------------------------------------------------

    def cover(self, lines: Sequence[str], issuer: str, foot: str) -> None:
        self.story += [Spacer(1, 2.2 * cm), Emblem(), Spacer(1, 1.6 * cm)]
        self.story += [Paragraph(line, STYLES["title"]) for line in lines]
        self.story += [
            Spacer(1, 3.6 * cm),
            Paragraph(issuer, STYLES["centre_b"]),
            Paragraph(foot, STYLES["centre"]),
            Spacer(1, 3.2 * cm),
            Paragraph(NOTICE, STYLES["notice"]),
            PageBreak(),
        ]

    def front(self, head: str, paragraphs: Sequence[str]) -> None:
        self.story.append(_heading(head, "bab", 0, front=True))
        self.story += [Paragraph(text, STYLES["body"]) for text in paragraphs]

    def contents(self) -> None:
        toc = TableOfContents()
        toc.levelStyles = [STYLES["toc0"], STYLES["toc1"]]
        toc.dotsMinLevel = 0
        self.story += [PageBreak(), _heading("DAFTAR ISI", "bab", 0, front=True), toc]

    def bab(self, roman: str, head: str) -> None:
        self.chapter = roman
        self.story.append(PageBreak())
        self.story.append(_heading(f"BAB {roman}<br/>{head}", "bab", 0, chapter=roman))

    def lampiran(self, head: str) -> None:
        self.story.append(PageBreak())
        self.story.append(_heading(head, "bab", 0, chapter="L"))
        self.chapter = "L"

    def h1(self, text: str) -> None:
        self.story.append(CondPageBreak(4.5 * cm))
        self.story.append(_heading(text, "h1", 1))

    def h2(self, text: str) -> None:
        self.story.append(CondPageBreak(3.5 * cm))
        self.story.append(_heading(text, "h2", 2))

    def p(self, *texts: str) -> None:
        style = STYLES["body_wide" if self.spacious else "body"]
        self.story += [Paragraph(text, style) for text in texts]

    def flat(self, *texts: str) -> None:
        self.story += [Paragraph(text, STYLES["flat"]) for text in texts]

    def items(self, rows: Sequence[str], marks: str = "1") -> None:
        style = STYLES["item_wide" if self.spacious else "item"]
        for n, text in enumerate(rows):
            mark = f"{n + 1}." if marks == "1" else f"{chr(97 + n)}."
            self.story.append(Paragraph(text, style, bulletText=mark))
        self.story.append(Spacer(1, 6))

    def table(
        self,
        caption: str | None,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        source: str | None = None,
        bold_last: bool = False,
    ) -> None:
        """A table with ruling lines; number cells are set to the right."""
        parts: list[Any] = []
        if caption:
            self.tables += 1
            where = f"{self.chapter}." if self.chapter else ""
            parts.append(Paragraph(f"Tabel {where}{self.tables}<br/>{caption}", STYLES["caption"]))
        data = [[Paragraph(cell, STYLES["head"]) for cell in head]]
        for n, row in enumerate(rows):
            strong = bold_last and n == len(rows) - 1
            data.append([_cell(cell, strong) for cell in row])
        total = sum(widths)
        grid = Table(data, colWidths=[w / total * 16 * cm for w in widths], repeatRows=1)
        grid.setStyle(GRID)
        parts.append(grid)
        parts.append(Paragraph(f"Sumber: {source}", STYLES["source"]) if source else Spacer(1, 9))
        if len(rows) <= 12:
            self.story.append(KeepTogether(parts))
            return
        if not getattr(self.story[-1], "kb_heading", None):
            self.story.append(CondPageBreak(3.5 * cm))
        self.story += parts

    def signature(self, place_and_date: str, office: str, name: str, extra: str = "") -> None:
        right = [place_and_date, office, "", "ttd", "", f"<b>{name}</b>"] + (
            [extra] if extra else []
        )
        cells = [[Paragraph(text or "&nbsp;", STYLES["centre"])] for text in right]
        block = Table(cells, colWidths=[8 * cm], hAlign="RIGHT")
        block.setStyle(TableStyle([("TOPPADDING", (0, 0), (-1, -1), 0)]))
        self.story += [Spacer(1, 14), KeepTogether([block])]

    def two_signatures(self, left: Sequence[str], right: Sequence[str]) -> None:
        rows = [
            [Paragraph(a or "&nbsp;", STYLES["centre"]), Paragraph(b or "&nbsp;", STYLES["centre"])]
            for a, b in zip(left, right, strict=True)
        ]
        block = Table(rows, colWidths=[8 * cm, 8 * cm])
        block.setStyle(TableStyle([("TOPPADDING", (0, 0), (-1, -1), 0)]))
        self.story += [Spacer(1, 14), KeepTogether([block])]

    def mark(self, *texts: str) -> None:
        """Centred bold lines; the first is a bookmark of the outline."""
        self.story.append(_heading(texts[0], "centre_b", 0))
        self.story += [Paragraph(text, STYLES["centre_b"]) for text in texts[1:]]

    def add(self, style: str, *texts: str) -> None:
        self.story += [Paragraph(text, STYLES[style]) for text in texts]

    def gap(self, size: float = 0.4) -> None:
        self.story.append(Spacer(1, size * cm))

    def page_break(self) -> None:
        self.story.append(PageBreak())

    # -- the file --------------------------------------------------------------

    def pdf(self) -> bytes:
        out = io.BytesIO()
        _Template(out, self).multiBuild(self.story)
        return out.getvalue()


def _heading(
    text: str, style: str, level: int, *, chapter: str = "", front: bool = False
) -> Paragraph:
    paragraph = Paragraph(text, STYLES[style])
    paragraph.kb_heading = (re.sub(r"<br ?/>", " ", text), level, chapter, front)
    return paragraph


def _cell(text: str, strong: bool) -> Paragraph:
    style = "cell"
    if re.fullmatch(r"(Rp ?)?[-(]?[\d.,]+\)?%?|-", text):
        style = "cell_c" if re.fullmatch(r"\d{1,2}", text) else "cell_r"
    return Paragraph(f"<b>{text}</b>" if strong else text, STYLES[style])


def _roman(n: int) -> str:
    pairs = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, mark in pairs:
        while n >= value:
            out, n = out + mark, n - value
    return out


class _Template(BaseDocTemplate):  # type: ignore[misc]
    def __init__(self, out: io.BytesIO, book: Book) -> None:
        self.book = book
        super().__init__(
            out,
            pagesize=A4,
            invariant=1,
            title=book.title,
            author=book.author,
            subject=book.subject,
            keywords=book.keywords,
            creator="tools/make_samples.py",
            lang="id-ID",
        )
        frame = Frame(2.5 * cm, 2.4 * cm, 16 * cm, 24.4 * cm, id="f", leftPadding=0, rightPadding=0)
        self.addPageTemplates([PageTemplate(id="page", frames=[frame], onPageEnd=self._edges)])
        self._printed: dict[int, str] = {}
        self._starts: list[tuple[int, str]] = []
        self._count = 0

    def beforeDocument(self) -> None:
        self._starts, self._count = [(1, "")], 0
        for part in self.book.story:
            if isinstance(part, TableOfContents):
                part.formatter = self._label

    def _label(self, page: int) -> str:
        return self._printed.get(page, str(page))

    def _current(self) -> str:
        start, chapter = self._starts[-1]
        n = self.page - start + 1
        if not self.book.chapter:
            return str(n)
        return f"{chapter}-{n}" if chapter else _roman(n)

    def _edges(self, canvas: Any, _doc: Any) -> None:
        canvas._doc._timeStamp = Stamp(self.book.day)
        self._printed[self.page] = self._current()
        if self.page == 1:
            return
        canvas.saveState()
        canvas.setFillColor(LINE)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(2.5 * cm, 27.9 * cm, self.book.header)
        canvas.line(2.5 * cm, 27.75 * cm, 18.5 * cm, 27.75 * cm)
        canvas.line(2.5 * cm, 1.9 * cm, 18.5 * cm, 1.9 * cm)
        canvas.drawString(2.5 * cm, 1.45 * cm, FOOTER)
        canvas.setFont("Times-Roman", 10)
        canvas.drawRightString(18.5 * cm, 1.45 * cm, self._current())
        canvas.restoreState()

    def afterFlowable(self, flowable: Any) -> None:
        heading = getattr(flowable, "kb_heading", None)
        if heading is None:
            return
        text, level, chapter, _front = heading
        if chapter:
            self._starts.append((self.page, chapter))
        self._count += 1
        key = f"h{self._count}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level=level, closed=level > 0)
        if level < 2 and text != "DAFTAR ISI":
            self.notify("TOCEntry", (level, text, self.page, key))

    def _endBuild(self) -> None:
        for page, chapter in self._starts:
            if chapter:
                self.canv.addPageLabel(page - 1, "ARABIC", 1, f"{chapter}-")
            else:
                style = "ROMAN_LOWER" if self.book.chapter else "ARABIC"
                self.canv.addPageLabel(page - 1, style, 1)
        super()._endBuild()
