"""Turns a laid-out document into a scan: images of its pages, slightly crooked, no text layer."""

from __future__ import annotations

import io
import random
from datetime import date

import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.layout import Stamp

DPI = 170
ANGLES = (0.7, -0.5, 0.9, -0.8, 0.4)


def scanned(data: bytes, title: str, day: date, seed: int = 7) -> bytes:
    """An image-only PDF of the pages of the PDF ``data``."""
    source = pdfium.PdfDocument(data)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas._doc._timeStamp = Stamp(day)
    canvas.setTitle(title)
    canvas.setCreator("tools/make_samples.py")
    grain = random.Random(seed)
    for n in range(len(source)):
        page = source[n].render(scale=DPI / 72, grayscale=True).to_pil()
        canvas.drawImage(ImageReader(io.BytesIO(_photo(page, n, grain))), 0, 0, *A4)
        canvas.showPage()
    source.close()
    canvas.save()
    return out.getvalue()


def _photo(page: Image.Image, n: int, grain: random.Random) -> bytes:
    paper = 247
    turned = page.convert("L").rotate(
        ANGLES[n % len(ANGLES)], resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    turned = turned.point([min(paper, 20 + value * (paper - 20) // 255) for value in range(256)])
    for _ in range(260):
        x, y = grain.randrange(turned.width), grain.randrange(turned.height)
        turned.putpixel((x, y), grain.randrange(110, 200))
    soft = turned.filter(ImageFilter.GaussianBlur(0.6))
    jpeg = io.BytesIO()
    soft.save(jpeg, "JPEG", quality=42, optimize=True)
    return jpeg.getvalue()
