"""Reads a PDF to pages of text: text layer or OCR, reading order, sections, tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from kb.errors import PasswordNeeded, ReadError
from kb.model import OutlineItem, Page, PageMethod, SourceDocument, Table
from kb.readers import ocr
from kb.readers.bookmarks import outline_of
from kb.readers.headings import sections
from kb.readers.labels import file_labels
from kb.readers.layout import Line, Word, compose, lines_from_words, reading_order
from kb.readers.lexicon import quality
from kb.readers.margins import split_margins
from kb.readers.mend import apply, join_hyphen, rejoin, split_glued, torn_words
from kb.readers.options import ReadOptions
from kb.readers.pdf.chars import (
    Edge,
    load_page,
    page_edges,
    page_words,
    picture_share,
    reading_turn,
    turned,
    upright,
)
from kb.readers.pdf.grid import complete, find_tables
from kb.readers.pdf.layer import Layer, distrust_scans, judge, wants_ocr
from kb.readers.pdf.render import ocr_picture
from kb.readers.pdf.structure import Structure, read_structure
from kb.readers.running import running_texts, strip_running
from kb.readers.sheets import Sheet
from kb.readers.tables import Grid, make_tables
from kb.readers.unread import BROKEN, FAILED, LATE, OFF, UNTABLED, note

Beat = Callable[[str, int, int], None]
"""Told of progress: (``page`` or ``ocr``, done, of)."""

MAX_PAGES = 20_000
READ_BADLY = "scanned pages that OCR read badly, check their text against the picture"
UNSURE = 0.6
"""Mean confidence of OCR below which a page says so. Of the scanned pages of ``plans_real`` those
above read as Indonesian; below stood maps, covers set on photographs and stamps over print. No
command: they were looked at, not measured."""


@dataclass(slots=True)
class Draft:
    """One page before its text is composed."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    method: PageMethod = "text"
    confidence: float | None = None
    layer: Layer = field(default_factory=Layer)
    """The page's text and how it reads."""
    wants_ocr: bool = False
    untabled: bool = False
    """Its tables could not be told apart."""


def open_pdf(path: Path, passwords: tuple[str | None, ...], data: bytes | None = None) -> Any:
    """The file (or ``data`` in its place) as a pdfium document, with the first password that
    opens it.

    Raises ``PasswordNeeded`` or ``ReadError``.
    """
    reason = ""
    for password in dict.fromkeys((None, *passwords)):
        try:
            return pdfium.PdfDocument(path if data is None else data, password=password)
        except pdfium.PdfiumError as error:
            reason = str(error)
        except (OSError, ValueError, UnicodeError) as error:
            reason = type(error).__name__
    if "password" in reason.lower():
        raise PasswordNeeded(
            "password needed: none of the passwords given opens this file; give it with --password."
        )
    if "security" in reason.lower():
        raise ReadError("unsupported: the PDF is locked to a certificate; ask for an open copy.")
    raise ReadError("damaged: the PDF cannot be opened; fetch it again.")


def read_pdf(
    path: Path, options: ReadOptions, beat: Beat, data: bytes | None = None
) -> SourceDocument:
    """The document with one ``Page`` for each physical page. ``data``: the PDF itself, where
    the file at ``path`` is something else that was made one (a picture).

    Raises ``ReadError`` where there are no pages or no page has text.
    """
    beat("page", 0, 0)
    structure = _structure(path, options, data)
    document = open_pdf(path, (structure.password, *options.passwords), data)
    try:
        count = len(document)
        if count == 0:
            raise ReadError("damaged: the PDF has no pages; fetch it again.")
        if count > MAX_PAGES:
            raise ReadError(f"unsupported: the PDF has more than {MAX_PAGES} pages; split it.")
        warnings: list[str] = []
        drafts, broken = _drafts(document, count, options, beat)
        if broken:
            warnings.append(note(BROKEN, broken))
        if options.ocr == "auto":
            for index in distrust_scans([draft.layer for draft in drafts]):
                drafts[index].wants_ocr = True
        wanting = [number for number, draft in enumerate(drafts) if draft.wants_ocr]
        if wanting and options.ocr == "never":
            warnings.append(note(OFF, [number + 1 for number in wanting]))
        elif wanting:
            warnings += _ocr(document, drafts, wanting, options, beat)
            warnings += _unsure(drafts)
    finally:
        document.close()
    untabled = [number for number, draft in enumerate(drafts, start=1) if draft.untabled]
    if untabled:
        warnings.append(note(UNTABLED, untabled))
    beat("page", count, count)
    late = any(one.startswith(LATE) for one in warnings)
    unread = bool(wanting) and (options.ocr == "never" or ocr.INSTALL in warnings or late)
    return replace(_compose(path, drafts, structure, warnings, unread), unfinished=late)


def _structure(path: Path, options: ReadOptions, data: bytes | None) -> Structure:
    try:
        return read_structure(path, options.passwords, data)
    except PasswordNeeded:
        # pdfium knows some kinds of encryption that pypdf does not; it has the last word.
        document = open_pdf(path, ("", *options.passwords), data)
        document.close()
        return Structure()


def _drafts(
    document: Any, count: int, options: ReadOptions, beat: Beat
) -> tuple[list[Draft], list[int]]:
    drafts: list[Draft] = []
    broken: list[int] = []
    for index in range(count):
        try:
            page = load_page(document, index)
        except pdfium.PdfiumError:
            drafts.append(Draft(595.0, 842.0, method="none"))
            broken.append(index + 1)
            continue
        try:
            drafts.append(_draft(page, options))
        except MemoryError:
            raise
        except Exception:
            # What is wrong on one page (a glyph, a font, a line) costs that page alone.
            drafts.append(Draft(595.0, 842.0, method="none", wants_ocr=options.ocr != "never"))
            broken.append(index + 1)
        finally:
            page.close()
        beat("page", index + 1, count)
    return drafts, broken


def _draft(page: Any, options: ReadOptions) -> Draft:
    move, width, height = upright(page)
    move, width, height = turned(move, width, height, reading_turn(page, move))
    words = page_words(page, move)
    text = " ".join(word.text for word in words)
    words, notes = split_margins(words, width)
    draft = Draft(width, height)
    draft.layer = judge(text, page, picture_share(page))
    draft.wants_ocr = options.ocr == "always" or wants_ocr(draft.layer, page)
    grids: list[Grid] = []
    if options.tables and len(words) >= 4:
        grids, words = _tables(page_edges(page, move), words, draft)
    draft.grids = grids
    draft.lines = [*_ordered(words, grids, width), *notes]
    if not draft.lines:
        draft.method = "none"
    return draft


def _tables(edges: list[Edge], words: list[Word], draft: Draft) -> tuple[list[Grid], list[Word]]:
    """Tables and the words outside them; a fault in them costs the page nothing else."""
    try:
        return find_tables(edges, words)
    except MemoryError:
        raise
    except Exception:
        draft.untabled = True
        return [], words


def _ordered(words: list[Word], grids: list[Grid], width: float) -> list[Line]:
    """Lines and table rows in reading order; words are let go, they are many."""
    lines = lines_from_words(words)
    for grid in grids:
        for top, row in zip(grid.tops, grid.rows, strict=True):
            text = " | ".join(cell for cell in row if cell)
            lines.append(Line(text, grid.x0, top, grid.x1, top + 8, kind="row"))
    ordered = reading_order(lines, width)
    for line in ordered:
        line.words = []
    return ordered


def _ocr(
    document: Any, drafts: list[Draft], wanting: list[int], options: ReadOptions, beat: Beat
) -> list[str]:
    """Reads the wanting pages with Tesseract, several at once; returns warnings."""
    language = ocr.usable_language(options.language)
    if language is None:
        return [ocr.INSTALL]
    warnings: list[str] = []
    if options.language.split("+")[0] not in language.split("+"):
        warnings.append(
            f"scanned pages were read with '{language}' instead of '{options.language}': "
            "install tesseract-ocr-ind for better text"
        )
    workers = options.ocr_workers or os.cpu_count() or 1
    failed: list[int] = []
    late: list[int] = []
    done = 0
    beat("ocr", 0, len(wanting))
    with ThreadPoolExecutor(max_workers=workers) as pool:
        running: dict[Future[ocr.OcrPage], tuple[int, str]] = {}

        def settle(some: set[Future[ocr.OcrPage]]) -> None:
            nonlocal done
            for future in some:
                index, key = running.pop(future)
                try:
                    page = future.result()
                except TimeoutError:
                    late.append(index + 1)
                except (OSError, ValueError):
                    failed.append(index + 1)
                else:
                    ocr.store_cached(options.cache, key, page)
                    _adopt(drafts[index], page, options)
                done += 1
                beat("ocr", done, len(wanting))

        for index in wanting:
            picture = ocr_picture(document, index)
            if picture is None:
                failed.append(index + 1)
                continue
            key = ocr.picture_key(picture, language)
            known = ocr.load_cached(options.cache, key)
            if known is not None:
                _adopt(drafts[index], known, options)
                done += 1
                beat("ocr", done, len(wanting))
                continue
            running[pool.submit(ocr.recognise, picture, language, options.ocr_seconds)] = (
                index,
                key,
            )
            del picture
            if len(running) >= workers + 1:
                settle(wait(running, return_when=FIRST_COMPLETED).done)
        while running:
            settle(wait(running, return_when=FIRST_COMPLETED).done)
    if failed:
        warnings.append(note(FAILED, failed))
    if late:
        warnings.append(note(LATE, late))
    return warnings


def _unsure(drafts: Sequence[Draft]) -> list[str]:
    """Says which pages OCR read badly: their text is to be checked against the picture."""
    bad = [
        number
        for number, draft in enumerate(drafts, start=1)
        if draft.confidence is not None and (draft.confidence < UNSURE or _garbled(draft))
    ]
    return [note(READ_BADLY, bad)] if bad else []


def _garbled(draft: Draft) -> bool:
    return draft.layer.letters >= 100 and draft.layer.quality < 0.5


def _adopt(draft: Draft, page: ocr.OcrPage, options: ReadOptions) -> None:
    """Takes the OCR text for the page where it is better than the text layer."""
    text = " ".join(word.text for word in page.words)
    letters = sum(char.isalpha() for char in text)
    better = quality(text)
    before = draft.layer
    if options.ocr != "always" and before.letters >= 25:
        much_more = letters > 1.5 * before.letters and better >= 0.5
        margin = -0.05 if before.distrusted and before.hidden else 0.03
        if not much_more and better <= before.quality + margin:
            return
    if not page.words:
        return
    upright_page = page.turned in (0, 180)
    width = draft.width if upright_page else draft.height
    height = draft.height if upright_page else draft.width
    fx, fy = width / page.width, height / page.height
    words = [
        Word(w.text, w.x0 * fx, w.top * fy, w.x1 * fx, w.bottom * fy)
        for w in page.words
        if w.text.strip("|")
    ]  # what is left of a ruling line
    edges = [Edge(r.x0 * fx, r.top * fy, r.x1 * fx, r.bottom * fy) for r in page.rules]
    edges = complete(edges, words)
    draft.grids, draft.lines = [], []
    for left, right in _sides(page.gutter, fx):
        mine = [word for word in words if left <= (word.x0 + word.x1) / 2 < right]
        near = [edge for edge in edges if left <= (edge.x0 + edge.x1) / 2 < right]
        grids, mine = _tables(near, mine, draft) if options.tables else ([], mine)
        draft.grids += grids
        draft.lines += _ordered(mine, grids, width)
    draft.width, draft.height = width, height
    draft.method, draft.confidence = "ocr", round(page.confidence, 3)
    draft.layer = Layer(letters, better)


def _sides(gutter: float | None, scale: float) -> list[tuple[float, float]]:
    """(left, right) of each page on the picture: a spread shows two."""
    if gutter is None:
        return [(-1e9, 1e9)]
    return [(-1e9, gutter * scale), (gutter * scale, 1e9)]


def _compose(
    path: Path, drafts: list[Draft], structure: Structure, warnings: list[str], unread: bool
) -> SourceDocument:
    sheets = [
        Sheet(draft.lines, draft.height, draft.method == "ocr", draft.width) for draft in drafts
    ]
    kept, printed = strip_running(sheets)
    running = "\n".join(running_texts(sheets, kept))
    outline = outline_of(structure.outline, kept, printed)
    texts = [compose(lines, join_hyphen) for lines in kept]
    mended = split_glued(texts)
    texts = [apply(text, mended) for text in texts]
    torn = torn_words(texts)
    texts = [rejoin(text, torn) for text in texts]
    tables, dropped = make_tables(drafts_grids(drafts, kept), texts)
    if not any(texts) and not unread:
        raise ReadError(f"empty: the PDF has {len(drafts)} page(s) but no text that could be read.")
    if dropped:
        warnings.append(f"only the first tables were kept; {dropped} more were left out")
    places = sections(outline, len(drafts))
    labels = file_labels(structure.labels, printed)
    pages = tuple(
        Page(
            number=index + 1,
            text=texts[index],
            label=printed[index] or (labels[index] if index < len(labels) else None),
            section=places[index],
            method=draft.method if texts[index] else "none",
            ocr_confidence=draft.confidence,
        )
        for index, draft in enumerate(drafts)
    )
    return SourceDocument(
        path=str(path),
        format="pdf",
        title=structure.metadata.get("title"),
        pages=pages,
        outline=tuple(OutlineItem(i.title, i.page, i.level) for i in outline),
        tables=tuple(_whole(table, torn) for table in tables),
        metadata={**structure.metadata, **({"running": running} if running else {})},
        warnings=tuple(warnings),
    )


def _whole(table: Table, torn: dict[tuple[str, str], str]) -> Table:
    if not torn:
        return table
    return replace(table, rows=tuple(tuple(rejoin(c, torn) for c in r) for r in table.rows))


def drafts_grids(
    drafts: list[Draft], kept: Sequence[list[Line]]
) -> list[tuple[int, Grid, float, list[Line]]]:
    """Each grid with its page number, page height and the page's lines (``kept``: without
    the running ones, which are no captions)."""
    return [
        (number, grid, draft.height, lines)
        for number, (draft, lines) in enumerate(zip(drafts, kept, strict=True), start=1)
        for grid in draft.grids
    ]


__all__ = ["Beat", "Table", "open_pdf", "read_pdf"]
