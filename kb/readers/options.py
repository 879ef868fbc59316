"""What the caller may choose about reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

OcrMode = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file; safe to send to another process."""

    ocr: OcrMode = "auto"
    """``auto``: pages without usable text; ``always``: every PDF page; ``never``."""
    passwords: tuple[str, ...] = ()
    """Tried in order on encrypted files."""
    cache: Path | None = None
    """Folder that keeps OCR results by page content; ``None``: nothing is kept."""
    language: str = "ind+eng"
    """Tesseract languages, as far as installed. Its Indonesian data has no percent sign
    ("90%" becomes "9046"); beside the English ones it is read."""
    ocr_seconds: float = 60.0
    """Time limit for OCR of one page."""
    ocr_workers: int = 0
    """Tesseract processes at once; 0 means one for each core."""
    tables: bool = True
    max_page_chars: int = 100_000
    """Longer text files are cut into pages of at most this many characters."""
