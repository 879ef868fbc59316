"""Reads presentations (PPTX): each slide is a page, with its tables and its notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import OutlineItem, Page, SourceDocument, Table
from kb.readers.options import ReadOptions
from kb.readers.sniff import open_zip_safely

MAX_SLIDES = 5_000
DEEPEST = 20


def read_slides(path: Path, options: ReadOptions) -> SourceDocument:
    """The slides in order; those hidden are read and said. Raises ``ReadError``."""
    import pptx

    open_zip_safely(path.read_bytes(), 1024)
    try:
        show = pptx.Presentation(str(path))
        slides = list(show.slides)[:MAX_SLIDES]
    except Exception:  # python-pptx raises many kinds of errors on broken parts
        raise ReadError("damaged: the presentation cannot be opened; save it anew.") from None
    pages: list[Page] = []
    outline: list[OutlineItem] = []
    tables: list[Table] = []
    hidden: list[int] = []
    broken: list[int] = []
    for number, slide in enumerate(slides, start=1):
        if slide._element.get("show") == "0":
            hidden.append(number)
        try:
            title, lines, found = _slide(slide)
        except Exception:
            broken.append(number)
            title, lines, found = "", [], []
        if title:
            outline.append(OutlineItem(title, number, 0))
        tables += [Table(number, rows, 1, title or None) for rows in found]
        text = "\n\n".join(lines)
        pages.append(Page(number, text, section=title or None, method="text" if text else "none"))
    if not any(page.text for page in pages):
        raise ReadError("empty: no slide has text; save it as PDF to read its pictures.")
    warnings = []
    if hidden:
        warnings.append(f"hidden slides were read as well: {_list(hidden)}")
    if broken:
        warnings.append(f"slides that could not be read: {_list(broken)}")
    pictures = [page.number for page in pages if not page.text and page.number not in broken]
    if pictures:
        warnings.append(f"slides without text, perhaps pictures: {_list(pictures)}")
    told = show.core_properties
    metadata = {
        name: str(value)
        for name in ("title", "author", "subject", "created", "modified")
        if (value := _property(told, name))
    }
    title = metadata.get("title", "")
    if not title or title.lower().startswith(("powerpoint", "presentasi powerpoint", "slide ")):
        title = outline[0].title if outline and outline[0].page == 1 else ""
    return SourceDocument(
        path=str(path),
        format="pptx",
        title=title or None,
        pages=tuple(pages),
        outline=tuple(outline),
        tables=tuple(tables),
        metadata=metadata,
        warnings=tuple(warnings),
    )


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", ..." if len(numbers) > 10 else "")


def _property(told: Any, name: str) -> Any:
    try:
        return getattr(told, name)
    except Exception:
        return None


def _slide(slide: Any) -> tuple[str, list[str], list[tuple[tuple[str, ...], ...]]]:
    """Title, lines from top to bottom, tables."""
    lines: list[str] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    named = slide.shapes.title
    title = " ".join(named.text_frame.text.split()) if named is not None else ""
    shapes = list(_shapes(slide.shapes, 0))
    shapes.sort(key=lambda item: (item[0] is not named and not _same(item[0], named), item[1:]))
    for shape, _, _ in shapes:
        if getattr(shape, "has_table", False):
            rows = tuple(
                tuple("" if cell.is_spanned else " ".join(cell.text.split()) for cell in row.cells)
                for row in shape.table.rows
            )
            kept = tuple(row for row in rows if any(row))
            if kept:
                tables.append(kept)
                lines.append("\n".join(" | ".join(c for c in row if c) for row in kept))
        elif getattr(shape, "has_text_frame", False):
            text = "\n".join(
                line
                for paragraph in shape.text_frame.paragraphs
                if (line := " ".join(paragraph.text.replace("\v", " ").split()))
            )
            if text:
                lines.append(text)
        elif getattr(shape, "has_chart", False):
            lines += _chart(shape)
        elif shape._element.tag.endswith("}graphicFrame"):
            words = [n.text for n in shape._element.iter() if str(n.tag).endswith("}t") and n.text]
            if words:  # diagrams keep a copy of their words here, or none
                lines.append("\n".join(words))
    if slide.has_notes_slide:
        frame = slide.notes_slide.notes_text_frame
        note = frame.text.strip() if frame is not None else ""
        if note:
            lines.append("\n".join(" ".join(line.split()) for line in note.split("\n")))
    return title, lines, tables


def _same(shape: Any, named: Any) -> bool:
    return named is not None and shape._element is named._element


def _shapes(shapes: Any, depth: int) -> Iterator[tuple[Any, int, int]]:
    """Each shape with its top and left, groups opened; shapes of one row (a tenth of an inch
    apart) from left to right."""
    for shape in shapes:
        if shape._element.tag.endswith("}grpSp") and depth < DEEPEST:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape, (shape.top or 0) // 91_440, (shape.left or 0)


def _chart(shape: Any) -> list[str]:
    chart = shape.chart
    lines = []
    if chart.has_title and chart.chart_title.has_text_frame:
        lines.append(" ".join(chart.chart_title.text_frame.text.split()))
    for plot in chart.plots:
        names = [str(name) for name in plot.categories]
        for series in plot.series:
            values = [
                f"{n}: {v:g}" for n, v in zip(names, series.values, strict=False) if v is not None
            ]
            lines.append(f"{series.name}: {'; '.join(values)}".replace(".", ","))
    return lines
