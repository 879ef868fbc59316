"""Whether the text that a page carries is good enough to be kept, or the page is to be read
from its picture.

What counts is how the text reads as Indonesian, not how much of the page a picture covers: a
background, a watermark or a coat of arms behind printed text is no scan. Text that is drawn
invisibly is another matter, it is what an OCR program left behind a scan.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from kb.readers.lexicon import quality

GOOD_SCAN = 0.94
"""Mean quality that the invisible text of a scan must reach to be kept (clean text: 0.95-1). Set
by hand; no command measured it."""
GOOD_TEXT = 0.8
"""Quality of printed text above which a page is kept whatever lies behind it. On the documents
of ``plans_real`` printed text over a full-page picture measured 0.90 and more (cascading tables,
asset declarations full of names), the invisible OCR text of scans 0.83 to 0.98."""
LANGUAGE = 0.62
"""Below this text is not language. Set by hand; no command measured it."""
COVERS = 0.7
"""Share of the page that a picture covers which hides the text drawn before it. Set by hand; no
command measured it."""
MAX_OBJECTS = 20_000
_INVISIBLE = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class Layer:
    """The text layer of a page as it was judged."""

    letters: int = 0
    quality: float = 0.0
    """How much of it is language, from 0 to 1."""
    share: float = 0.0
    """Share of the page that pictures cover."""
    hidden: bool = False
    """Most of it is drawn invisibly: left by an OCR program."""
    distrusted: bool = False
    """Invisible text that reads badly in the document as a whole."""


def judge(text: str, page: Any, share: float) -> Layer:
    """The layer with ``text``, on a page whose pictures cover ``share`` of it."""
    letters = sum(char.isalpha() for char in text)
    return Layer(letters, quality(text), share, share > 0.3 and _hidden(page))


def wants_ocr(layer: Layer, page: Any) -> bool:
    """True where the text is missing, is only a stamp on a scan, or is not language."""
    if layer.letters >= 400 and layer.quality >= LANGUAGE:
        return False
    if layer.letters < 25:
        return layer.share > 0.08 or _drawn(page)
    if layer.letters < 300 and layer.share > 0.7:
        return True
    if layer.quality < LANGUAGE:
        return layer.share > 0.5 or layer.quality < 0.2
    return False


def distrust_scans(layers: Sequence[Layer]) -> list[int]:
    """Pages to be read anew because the OCR text of their document reads badly on the whole.

    One page of bad OCR can look like language; the pages of a document together do not.
    Printed text over a picture is distrusted page by page, and only where it reads badly.
    """
    again = [
        index
        for index, layer in enumerate(layers)
        if not layer.hidden
        and layer.share > 0.6
        and layer.letters >= 100
        and LANGUAGE <= layer.quality < GOOD_TEXT
    ]
    scans = [
        index
        for index, layer in enumerate(layers)
        if layer.hidden and layer.share > 0.6 and layer.letters >= 100
    ]
    if scans and sum(layers[index].quality for index in scans) / len(scans) < GOOD_SCAN:
        again += scans
    for index in again:
        layers[index].distrusted = True
    return sorted(again)


def _hidden(page: Any) -> bool:
    """True where most pieces of text are invisible: drawn as such, or below a picture of the
    whole page that lets nothing through."""
    area = max(1.0, page.get_width() * page.get_height())
    shown = hidden = 0
    for item in _objects(page):
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            invisible = pdfium_c.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE
            shown, hidden = shown + (not invisible), hidden + invisible
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and shown and _covers(item, area):
            shown, hidden = 0, hidden + shown
    return hidden > shown


def _covers(picture: Any, area: float) -> bool:
    if pdfium_c.FPDFPageObj_HasTransparency(picture):
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, bottom, right, top)]
    if not pdfium_c.FPDFPageObj_GetBounds(picture, *refs):
        return False
    size = abs(right.value - left.value) * abs(top.value - bottom.value)
    return bool(size > COVERS * area)


def _objects(page: Any) -> list[Any]:
    """The page's objects with those of its forms, in the order they are drawn."""
    found: list[Any] = []

    def walk(holder: Any, count: Any, get: Any, depth: int) -> None:
        for index in range(min(max(0, count(holder)), MAX_OBJECTS)):
            if len(found) >= MAX_OBJECTS:
                return
            item = get(holder, index)
            if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 3:
                walk(item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject,
                     depth + 1)  # fmt: skip
            else:
                found.append(item)

    walk(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, 0)
    return found


def _drawn(page: Any) -> bool:
    """Text drawn as outlines: very many paths and no letters."""
    return sum(1 for _, _ in zip(page.get_objects(max_depth=2), range(60), strict=False)) >= 60
