"""Pictures of PDF pages, for OCR and for people, and where on them given text stands."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from kb.errors import NotFound, ReadError
from kb.readers import ocr
from kb.readers.drawing import Box, Drawing, PlacedWord, Places
from kb.readers.layout import Word, lines_from_words, reading_order
from kb.readers.margins import split_margins
from kb.readers.pdf.chars import load_page, page_words, reading_turn, turned, upright

OCR_DPI = 300
MAX_SIDE = 4400
"""Pixels of the longer side of a page picture."""


def picture(page: Any, scale: float) -> Image.Image:
    """The page as a picture at ``scale`` pixels a point, no side longer than ``MAX_SIDE``."""
    longest = max(page.get_width(), page.get_height(), 1.0)
    scale = min(scale, MAX_SIDE / longest)
    scale = max(scale, 2.0 / max(1.0, min(page.get_width(), page.get_height())))
    if longest * scale > 4 * MAX_SIDE:
        raise ReadError("unsupported: the page is far too long and narrow to draw.")
    image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return image if isinstance(image, Image.Image) else Image.fromarray(image)


def ocr_picture(document: Any, index: int) -> Image.Image | None:
    """The page in grey at the resolution OCR wants, or ``None`` where it cannot be drawn."""
    try:
        page = load_page(document, index)
    except pdfium.PdfiumError:
        return None
    try:
        return picture(page, OCR_DPI / 72).convert("L")
    except (pdfium.PdfiumError, ReadError, ValueError, MemoryError):
        return None
    finally:
        page.close()


def _open_page(
    path: Path, number: int, passwords: tuple[str, ...], data: bytes | None
) -> tuple[Any, Any]:
    from kb.readers.pdf.document import open_pdf

    document = open_pdf(path, passwords, data)
    if not 1 <= number <= len(document):
        document.close()
        raise NotFound(f"This document has no page {number}; choose one of its pages.")
    try:
        return document, load_page(document, number - 1)
    except pdfium.PdfiumError:
        document.close()
        raise ReadError("damaged: this page cannot be drawn.") from None


def draw_page(
    path: Path, page: int, request: Drawing, data: bytes | None = None
) -> tuple[bytes, list[list[Box]]]:
    """The page (from 1) of the file, or of the PDF ``data``, as PNG, and where on it each span
    of its stored text stands.

    A span over several lines gives a box for each; a span that cannot be found (a scanned
    page whose OCR is not in the cache) gives none. Raises ``ReadError``,
    ``PasswordNeeded`` or ``NotFound``.
    """
    document, sheet = _open_page(path, page, request.passwords, data)
    try:
        buffer = io.BytesIO()
        scale = request.width / max(sheet.get_width(), 1.0) if request.width else request.scale
        picture(sheet, scale).save(buffer, "PNG", compress_level=3)
        spans = _places(document, sheet, page, request).spans if request.spans else []
        return buffer.getvalue(), spans
    finally:
        sheet.close()
        document.close()


def place_words(path: Path, page: int, request: Drawing, data: bytes | None = None) -> Places:
    """Where the words of the page stand on the picture that ``draw_page`` draws of it, and
    each span of its stored text. Raises as ``draw_page`` does."""
    document, sheet = _open_page(path, page, request.passwords, data)
    try:
        return _places(document, sheet, page, request)
    finally:
        sheet.close()
        document.close()


def _places(document: Any, sheet: Any, page: int, request: Drawing) -> Places:
    """By the words printed in the file, or by those of OCR where the stored text is theirs."""
    words = _printed_words(sheet)
    if request.cache is not None and _share(words, request.text) < SAME_TEXT:
        scanned = _scanned_words(document, page - 1, request.cache, request.language)
        if _share(scanned, request.text) > _share(words, request.text):
            words = scanned
    placed = [(word.text, word.box) for word in words]
    return Places(tuple(words), _locate(placed, request.text, request.spans))


def _share(words: Sequence[PlacedWord], text: str) -> float:
    """How much of the stored text (0 to 1) stands among the words."""
    stored = {piece.group(0).casefold() for piece in _PIECE.finditer(text)}
    found = {piece.casefold() for word in words for piece in _PIECE.findall(word.text)}
    return len(stored & found) / len(stored) if stored else 1.0


def _printed_words(sheet: Any) -> list[PlacedWord]:
    move, width, height = upright(sheet)
    turn = reading_turn(sheet, move)
    move, width, height = turned(move, width, height, turn)
    printed, notes = split_margins(page_words(sheet, move), width)
    lines = [*reading_order(lines_from_words(printed), width), *notes]
    return [
        PlacedWord(
            w.text,
            _turned_back(w.x0 / width, w.top / height, w.x1 / width, w.bottom / height, turn),
            w is line.words[-1],
        )
        for line in lines
        for w in line.words
    ]


def _turned_back(x0: float, top: float, x1: float, bottom: float, turn: int) -> Box:
    """The box on the picture of a page whose print runs as ``reading_turn`` says."""
    if turn == 180:
        return Box(1 - x1, 1 - bottom, 1 - x0, 1 - top)
    if turn == 90:
        return Box(top, 1 - x1, bottom, 1 - x0)
    if turn == 270:
        return Box(1 - bottom, x0, 1 - top, x1)
    return Box(x0, top, x1, bottom)


def _scanned_words(document: Any, index: int, cache: Path, language: str) -> list[PlacedWord]:
    image = ocr_picture(document, index)
    usable = ocr.usable_language(language) or language
    known = ocr.load_cached(cache, ocr.picture_key(image, usable)) if image else None
    if known is None:
        return []
    placed = []
    lines = lines_from_words(known.words)
    for word, last in ((word, word is line.words[-1]) for line in lines for word in line.words):
        xs, ys = zip(
            *(known.on_picture(x, y) for x in (word.x0, word.x1) for y in (word.top, word.bottom)),
            strict=True,
        )
        box = Box(min(xs), min(ys), max(xs), max(ys))
        placed.append(PlacedWord(word.text, box, last))
    return placed


SAME_TEXT = 0.6
"""Where the printed words hold less of the stored text than this, OCR is asked for its own. Set
by hand: a text layer that was refused shares far less, one that was read nearly all."""
_PIECE = re.compile(r"\w+")


def _locate(
    placed: Sequence[tuple[str, Box]], text: str, spans: Sequence[tuple[int, int]]
) -> list[list[Box]]:
    """Boxes of spans: the same words in the same company as in the stored text."""
    raw: list[tuple[str, int]] = []
    for index, (word, _) in enumerate(placed):
        raw += [(piece.group(0).casefold(), index) for piece in _PIECE.finditer(word)]
    stored = [(m.group(0).casefold(), m.start(), m.end()) for m in _PIECE.finditer(text)]
    where: dict[str, list[int]] = {}
    for at, (piece, _) in enumerate(raw):
        where.setdefault(piece, []).append(at)
    results: list[list[Box]] = []
    for start, end in spans:
        inside = [i for i, (_, s, e) in enumerate(stored) if s < end and e > start]
        if not inside:
            results.append([])
            continue
        place = _best_place(raw, where, [piece for piece, _, _ in stored], inside)
        if place is None:
            results.append([])
            continue
        indexes = sorted({raw[i][1] for i in range(place, min(len(raw), place + len(inside)))})
        results.append(_merge([placed[i] for i in indexes]))
    return results


def _best_place(
    raw: list[tuple[str, int]], where: dict[str, list[int]], stored: list[str], inside: list[int]
) -> int | None:
    first, size = inside[0], len(inside)
    wanted = stored[first : first + size]
    before = set(stored[max(0, first - 6) : first])
    after = set(stored[first + size : first + size + 6])
    best: tuple[float, int] | None = None
    for at in where.get(wanted[0], []):
        window = [piece for piece, _ in raw[at : at + size]]
        same = sum(a == b for a, b in zip(window, wanted, strict=False))
        if same < max(1, 0.7 * size):
            continue
        company = len(before & {p for p, _ in raw[max(0, at - 6) : at]})
        company += len(after & {p for p, _ in raw[at + size : at + size + 6]})
        drift = abs(at / max(1, len(raw)) - first / max(1, len(stored)))
        score = 10.0 * same / size + company - 2 * drift
        if best is None or score > best[0]:
            best = (score, at)
    return best[1] if best else None


def _merge(words: Sequence[tuple[str, Box]]) -> list[Box]:
    """One box for the words of one line."""
    lines = lines_from_words(
        [Word(t, b.x0 * 1000, b.top * 1000, b.x1 * 1000, b.bottom * 1000) for t, b in words]
    )
    return [
        Box(line.x0 / 1000, line.top / 1000, line.x1 / 1000, line.bottom / 1000) for line in lines
    ]
