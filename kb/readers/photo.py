"""Reads pictures of pages (JPG, PNG, TIFF, ...): each frame becomes a page that OCR reads."""

from __future__ import annotations

import warnings as quiet
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers.options import ReadOptions

MAX_PIXELS = 200_000_000
MAX_FRAMES = 1_000
SMALLEST = 60
"""Pixels of the shorter side under which a picture is an icon, not a page."""
MAX_SIDE = 4_400
"""Pixels of the longer side beyond which OCR gains nothing (``kb.readers.pdf.render``)."""
A4_INCHES = 11.69


def as_pdf(path: Path) -> bytes:
    """The picture as a PDF with a page for each frame, turned as its EXIF data says.

    Raises ``ReadError`` where it is damaged, too large or no picture of a page.
    """
    sheets: list[Image.Image] = []
    try:
        with quiet.catch_warnings():
            quiet.simplefilter("ignore")
            with Image.open(path) as picture:
                for frame in ImageSequence.Iterator(picture):
                    if frame.width * frame.height > MAX_PIXELS:
                        raise ReadError("too much memory: the picture has too many pixels.")
                    if min(frame.size) < SMALLEST:
                        continue
                    if len(sheets) >= MAX_FRAMES:
                        break
                    sheets.append(_sheet(frame))
    except ReadError:
        raise
    except Exception:  # Pillow raises many kinds of errors on broken files
        if not sheets:
            raise ReadError("damaged: the picture cannot be opened; fetch it again.") from None
    if not sheets:
        raise ReadError("empty: the picture is too small to be a page; leave it out.")
    data = BytesIO()
    first, *rest = sheets
    # Pages as long as A4, so that OCR sees the picture at its own resolution or a finer one.
    dots = max(first.size) / A4_INCHES
    first.save(data, "PDF", save_all=True, append_images=rest, resolution=dots)
    return data.getvalue()


def _sheet(frame: Image.Image) -> Image.Image:
    """The frame upright, in grey, on white where it is transparent, no larger than OCR needs."""
    turned = ImageOps.exif_transpose(frame)
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        ground.alpha_composite(clear)
        turned = ground
    if turned.mode.startswith(("I;16", "F")) or turned.mode == "I":
        turned = ImageOps.autocontrast(turned.convert("F").point(lambda v: v / 256).convert("L"))
    grey = turned.convert("L")
    grey.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return grey


def read_picture(
    path: Path, options: ReadOptions, beat: Callable[[str, int, int], None]
) -> SourceDocument:
    """The text that OCR finds. Raises ``ReadError`` where OCR is off, is not installed or
    finds none."""
    from kb.readers import ocr
    from kb.readers.pdf import read_pdf

    if options.ocr == "never":
        raise ReadError("unsupported: pictures are read with OCR, which is off; use --ocr auto.")
    if ocr.usable_language(options.language) is None:
        raise ReadError(
            "unsupported: pictures are read with Tesseract, which is not installed "
            "(Debian: tesseract-ocr and tesseract-ocr-ind); install it and ingest again."
        )
    try:
        found = read_pdf(path, replace(options, ocr="always"), beat, as_pdf(path))
    except ReadError as error:
        if str(error).startswith("empty: the PDF"):
            raise ReadError("empty: OCR finds no text in the picture.") from None
        raise
    if not any(page.text for page in found.pages) and not found.unfinished:
        raise ReadError("empty: OCR finds no text in the picture.")
    return replace(found, format="picture", title=None, metadata={})
