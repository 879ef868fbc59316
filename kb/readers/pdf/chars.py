"""Words and ruling lines of a PDF page, from pdfium, in points from the upright top left."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from kb.readers.layout import Word

MAX_CHARS = 400_000
MAX_OBJECTS = 20_000
SAMPLES = 60
"""Pairs of letters looked at to tell how a page's print runs."""

Transform = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling line: horizontal (``top == bottom``) or vertical (``x0 == x1``)."""

    x0: float
    top: float
    x1: float
    bottom: float
    shade: bool = False
    """The border of a filled area that has no outline: shading of a cell or of one line."""


_FILLED = frozenset([pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT])


def load_page(document: Any, index: int) -> Any:
    """The page with what its form fields and text notes say as part of it.

    Raises ``pypdfium2.PdfiumError`` where the page cannot be read.
    """
    page = document[index]
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), 500)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind in _FILLED:
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            return document[index]
    return page


def upright(page: Any) -> tuple[Transform, float, float]:
    """Maps page space to points from the top left of the page as a person sees it."""
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        box.left, box.bottom, box.right, box.top = 0.0, 0.0, page.get_width(), page.get_height()
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    wide, high = abs(right - left), abs(top - bottom)
    turn = page.get_rotation() % 360
    if turn == 90:
        return (lambda x, y: (y - bottom, x - left)), high, wide
    if turn == 180:
        return (lambda x, y: (right - x, y - bottom)), wide, high
    if turn == 270:
        return (lambda x, y: (top - y, right - x)), high, wide
    return (lambda x, y: (x - left, top - y)), wide, high


def reading_turn(page: Any, move: Transform) -> int:
    """How the page's print runs: 0 to the right, 90 up the page, 180 to the left, 270 down.

    Told by where the next letter stands, on pairs of letters spread over the page.
    """
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), MAX_CHARS)
        boxes = _Boxes(textpage.raw, move)
        runs = {90: 0, 180: 0, 270: 0}
        seen = 0
        for index in range(0, count - 1, max(1, count // SAMPLES)):
            pair = [pdfium_c.FPDFText_GetUnicode(textpage.raw, i) for i in (index, index + 1)]
            if not all(chr(code).isalnum() for code in pair if code < 0xD800) or min(pair) < 48:
                continue
            first, second = boxes.box(index), boxes.box(index + 1)
            if first is None or second is None:
                continue
            seen += 1
            across = second[0] + second[2] - first[0] - first[2]
            along = second[1] + second[3] - first[1] - first[3]
            runs[90] += along < -2 * abs(across)
            runs[270] += along > 2 * abs(across)
            runs[180] += across < -2 * abs(along)
    finally:
        textpage.close()
    most = max(runs, key=lambda degrees: runs[degrees])
    return most if seen >= 10 and runs[most] > 0.7 * seen else 0


def turned(
    move: Transform, width: float, height: float, degrees: int
) -> tuple[Transform, float, float]:
    """``move`` and the page's sides for a page whose print runs as ``reading_turn`` says."""
    if degrees == 90:

        def clockwise(x: float, y: float) -> tuple[float, float]:
            a, b = move(x, y)
            return height - b, a

        return clockwise, height, width
    if degrees == 270:

        def counter(x: float, y: float) -> tuple[float, float]:
            a, b = move(x, y)
            return b, width - a

        return counter, height, width
    if degrees == 180:

        def over(x: float, y: float) -> tuple[float, float]:
            a, b = move(x, y)
            return width - a, height - b

        return over, width, height
    return move, width, height


def page_words(page: Any, move: Transform) -> list[Word]:
    """Words in the order the page's content gives them."""
    textpage = page.get_textpage()
    try:
        return _words(textpage, min(textpage.count_chars(), MAX_CHARS), move)
    finally:
        textpage.close()


_BLANKS = frozenset([0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)])
_NOTHING = frozenset([*range(0x20), 0x200B, 0xFEFF, 0xFFFE, 0xFFFF]) - {0x02}
_HYPHEN_AT_LINE_END = 0x02
"""What pdfium gives for a hyphen that divides a word."""

_Box = tuple[float, float, float, float]


def _words(textpage: Any, count: int, move: Transform) -> list[Word]:
    raw = textpage.raw
    unicode_of = pdfium_c.FPDFText_GetUnicode
    boxes = _Boxes(raw, move)
    words: list[Word] = []
    run: list[tuple[int, str]] = []
    high = 0
    for index in range(count):
        code = unicode_of(raw, index)
        if code in _BLANKS:
            if run:
                words += boxes.words(run)
                run = []
            continue
        if code in _NOTHING:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if code == _HYPHEN_AT_LINE_END:
            code = 0x2D
        char = chr(code) if code <= 0x10FFFF else "\ufffd"  # a broken font may give any number
        if 0xFB00 <= code <= 0xFB06:
            char = unicodedata.normalize("NFKC", char)
        run.append((index, char))
    if run:
        words += boxes.words(run)
    return words


class _Boxes:
    """Boxes of characters; asks pdfium for as few of them as it can, each call costs."""

    def __init__(self, raw: Any, move: Transform) -> None:
        self._raw = raw
        self._move = move
        self._values = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(value) for value in self._values]

    def box(self, index: int) -> _Box | None:
        if not pdfium_c.FPDFText_GetCharBox(self._raw, index, *self._refs):
            return None
        left, right, bottom, top = (value.value for value in self._values)
        xa, ya = self._move(left, top)
        xb, yb = self._move(right, bottom)
        return (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))

    def words(self, run: list[tuple[int, str]]) -> list[Word]:
        """The word of a run of characters, or several where glyphs stand apart."""
        first = self.box(run[0][0])
        last = self.box(run[-1][0]) if len(run) > 1 else first
        if first is None or last is None:
            return self._one_by_one(run)
        height = max(first[3] - first[1], last[3] - last[1], 1.0)
        whole = (min(first[0], last[0]), min(first[1], last[1]),
                 max(first[2], last[2]), max(first[3], last[3]))  # fmt: skip
        level = whole[3] - whole[1] < 1.8 * height and last[0] >= first[0] - 0.1
        if not level or whole[2] - whole[0] > 0.85 * height * len(run) + height:
            return self._one_by_one(run)
        return [_word(run, whole)]

    def _one_by_one(self, run: list[tuple[int, str]]) -> list[Word]:
        words: list[Word] = []
        part: list[tuple[int, str]] = []
        box: _Box | None = None
        for index, char in run:
            here = self.box(index)
            if box is not None and here is not None and _apart(box, here):
                words.append(_word(part, box))
                part, box = [], None
            part.append((index, char))
            if here is not None:
                box = here if box is None else (
                    min(box[0], here[0]), min(box[1], here[1]),
                    max(box[2], here[2]), max(box[3], here[3]),
                )  # fmt: skip
        if part and box is not None:
            words.append(_word(part, box))
        return words


def _word(run: list[tuple[int, str]], box: _Box) -> Word:
    text = "".join(char for _, char in run)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return Word(text, *box)


def _apart(box: _Box, here: _Box) -> bool:
    """A glyph that starts a new word though no space stands between."""
    height = max(box[3] - box[1], here[3] - here[1], 1.0)
    if here[1] > box[3] + 0.5 * height or here[3] < box[1] - 0.5 * height:
        return True
    return here[0] - box[2] > 0.6 * height or here[2] < box[0] - 0.6 * height


def page_edges(page: Any, move: Transform) -> list[Edge]:
    """Thin lines and borders of rectangles drawn on the page."""
    edges: list[Edge] = []
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    _collect(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, identity,
             move, edges, 0)  # fmt: skip
    return edges


def _collect(
    holder: Any,
    count: Any,
    get: Any,
    matrix: tuple[float, ...],
    move: Transform,
    edges: list[Edge],
    depth: int,
) -> None:
    number = min(max(0, count(holder)), MAX_OBJECTS)
    for index in range(number):
        if len(edges) > MAX_OBJECTS:
            return
        item = get(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 3:
            inner = _times(_matrix(item), matrix)
            _collect(item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject,
                     inner, move, edges, depth + 1)  # fmt: skip
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _path_edges(item, _times(_matrix(item), matrix), move, edges)


def _matrix(item: Any) -> tuple[float, ...]:
    value = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(value)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (value.a, value.b, value.c, value.d, value.e, value.f)


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _path_edges(item: Any, m: tuple[float, ...], move: Transform, edges: list[Edge]) -> None:
    segments = pdfium_c.FPDFPath_CountSegments(item)
    if not 2 <= segments <= 200:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    start: tuple[float, float] | None = None
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for index in range(segments):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            return
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = move(m[0] * x.value + m[2] * y.value + m[4], m[1] * x.value + m[3] * y.value + m[5])
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = at
        elif points:
            pairs.append((points[-1], at))
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start is not None:
            pairs.append((at, start))
        points.append(at)
    xs = [p[0] for p in points]
    ys = [p[1] for p in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if high <= 2.5 and wide > 4:
        middle = (max(ys) + min(ys)) / 2
        edges.append(Edge(min(xs), middle, max(xs), middle))
    elif wide <= 2.5 and high > 4:
        middle = (max(xs) + min(xs)) / 2
        edges.append(Edge(middle, min(ys), middle, max(ys)))
    else:
        shade = not _outlined(item)
        for (ax, ay), (bx, by) in pairs:
            if abs(ay - by) < 0.8 and abs(ax - bx) > 4:
                edges.append(Edge(min(ax, bx), ay, max(ax, bx), ay, shade))
            elif abs(ax - bx) < 0.8 and abs(ay - by) > 4:
                edges.append(Edge(ax, min(ay, by), ax, max(ay, by), shade))


def _outlined(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    known = pdfium_c.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    return not known or bool(stroke.value)


def picture_share(page: Any) -> float:
    """Share of the page's area that its largest picture covers, from 0 to 1."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    area = max(1.0, page.get_width() * page.get_height())
    best = 0.0

    def look(holder: Any, count: Any, get: Any, depth: int) -> None:
        nonlocal best
        for index in range(min(max(0, count(holder)), MAX_OBJECTS)):
            item = get(holder, index)
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                if pdfium_c.FPDFPageObj_GetBounds(
                    item, *(ctypes.byref(v) for v in (left, bottom, right, top))
                ):
                    size = abs(right.value - left.value) * abs(top.value - bottom.value)
                    best += size / area
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 2:
                look(item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject,
                     depth + 1)  # fmt: skip

    look(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, 0)
    return min(1.0, best)
