"""Text of page pictures with Tesseract, kept by content so that a run can be resumed."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import math
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from kb.readers.layout import Word
from kb.readers.lexicon import quality
from kb.readers.picture import dark, level, sideways, skew_angle, spread_gutter, turn
from kb.readers.rules import Rule, erase, find_rules
from kb.readers.signing import with_dates

BUSY = 3
"""On a busy machine a page may take this many times its seconds by the clock."""
OCR_VERSION = "7"
_PAGE, _BLOCK = "4", "6"
"""Tesseract's ways of reading a page of columns and one block of lines (``--psm``)."""
INSTALL = (
    "scanned pages were not read: install Tesseract with Indonesian data "
    "(Debian: tesseract-ocr and tesseract-ocr-ind) and ingest again"
)


@dataclass(frozen=True, slots=True)
class OcrPage:
    """Words in pixels of the upright, levelled picture of ``width`` x ``height``."""

    words: tuple[Word, ...]
    confidence: float
    """Mean confidence of the words, 0 to 1, weighted by their length."""
    width: int
    height: int
    turned: int = 0
    """Degrees (0, 90, 180, 270) the picture was turned counter-clockwise to stand upright."""
    angle: float = 0.0
    """Degrees it was then levelled by, counter-clockwise."""
    rules: tuple[Rule, ...] = ()
    """Ruling lines, where there are enough to make a table."""
    gutter: float | None = None
    """Where the fold of a two-page spread runs; words of the left page come first."""

    def on_picture(self, x: float, y: float) -> tuple[float, float]:
        """The point of the original picture, as fractions of its width and height."""
        cx, cy = self.width / 2, self.height / 2
        t = math.radians(self.angle)
        dx, dy = x - cx, y - cy
        u = (cx + dx * math.cos(t) - dy * math.sin(t)) / self.width
        v = (cy + dx * math.sin(t) + dy * math.cos(t)) / self.height
        if self.turned == 90:
            return 1 - v, u
        if self.turned == 180:
            return 1 - u, 1 - v
        if self.turned == 270:
            return v, 1 - u
        return u, v


@cache
def tesseract() -> str | None:
    """Path of the Tesseract program, or ``None`` where it is not installed."""
    named = os.environ.get("KB_TESSERACT")
    if named is not None:
        return shutil.which(named)
    found = shutil.which("tesseract")
    if found:
        return found
    for root in ("PROGRAMFILES", "LOCALAPPDATA"):
        program = Path(os.environ.get(root, "")) / "Tesseract-OCR" / "tesseract.exe"
        if os.environ.get(root) and program.is_file():
            return str(program)
    return None


@cache
def languages() -> frozenset[str]:
    """Languages Tesseract has data for."""
    program = tesseract()
    if program is None:
        return frozenset()
    try:
        out = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(out.stdout.decode("utf-8", "replace").split("\n")[1:]) - {""}


def usable_language(wanted: str) -> str | None:
    """``wanted`` as far as installed, else another that reads Latin letters, else ``None``."""
    have = languages()
    parts = [part for part in wanted.split("+") if part in have]
    if parts:
        return "+".join(parts)
    return next((name for name in ("ind", "msa", "eng", "Latin") if name in have), None)


def picture_key(picture: Image.Image, language: str) -> str:
    """Hash of the picture's pixels and of what reading them depends on."""
    digest = hashlib.sha256(f"{OCR_VERSION}|{language}|{picture.size}|{picture.mode}".encode())
    digest.update(picture.tobytes())
    return digest.hexdigest()


def load_cached(cache_dir: Path | None, key: str) -> OcrPage | None:
    """A page read before, or ``None``; a damaged entry counts as none."""
    if cache_dir is None:
        return None
    try:
        data = json.loads(gzip.decompress(_entry(cache_dir, key).read_bytes()))
        words = tuple(Word(str(w[0]), *map(float, w[1:5])) for w in data["words"])
        return OcrPage(words, float(data["confidence"]), int(data["width"]), int(data["height"]),
                       int(data["turned"]), float(data["angle"]),
                       tuple(Rule(*map(float, rule)) for rule in data["rules"]),
                       data.get("gutter"))  # fmt: skip
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


def store_cached(cache_dir: Path | None, key: str, page: OcrPage) -> None:
    """Keeps a page; written beside and moved, so that a killed run leaves no half entry."""
    if cache_dir is None:
        return
    words = [[w.text, round(w.x0), round(w.top), round(w.x1), round(w.bottom)] for w in page.words]
    data = {"words": words, "confidence": round(page.confidence, 4), "width": page.width,
            "height": page.height, "turned": page.turned, "angle": page.angle,
            "gutter": page.gutter,
            "rules": [[round(v) for v in (r.x0, r.top, r.x1, r.bottom)]
                      for r in page.rules]}  # fmt: skip
    keep(cache_dir, key, gzip.compress(json.dumps(data).encode("utf-8"), 6))


def write_entry(cache_dir: Path, key: str, entry: bytes) -> None:
    """Puts an entry of the cache in its place."""
    file = _entry(cache_dir, key)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(entry)
        part.replace(file)
    except OSError:
        return  # a full or read-only disk costs the cache, not the page


keep: Callable[[Path, str, bytes], None] = write_entry
"""Where entries go. The reading child may not write: it hands them to its parent."""


def _entry(cache_dir: Path, key: str) -> Path:
    return cache_dir / "ocr" / key[:2] / f"{key}.json.gz"


def recognise(picture: Image.Image, language: str, seconds: float) -> OcrPage:
    """Reads one page picture: levelled, turned to where it reads as language, spreads by
    halves.

    Print that stands on its head gives words too, and Tesseract is sure of some of them: only
    a reading in language ends the search. Raises ``TimeoutError`` after ``seconds`` and
    ``OSError`` where Tesseract fails.
    """
    grey = picture.convert("L")
    tried: list[OcrPage] = []
    turns = [0]
    if sideways(erase(grey, find_rules(grey))):
        # Reading a page on its side is slow and yields nothing: it is turned first.
        turns = list(dict.fromkeys([*_turns(grey, seconds), 0]))
    elif dark(grey) < 0.002:
        return _levelled(grey, 0, language, seconds)
    for degrees in turns:
        tried.append(_levelled(turn(grey, degrees), degrees, language, seconds))
        if _reads(tried[-1]):
            return tried[-1]
    for degrees in _turns(grey, seconds):
        if degrees not in turns:
            tried.append(_levelled(turn(grey, degrees), degrees, language, seconds))
            if _reads(tried[-1]):
                break
    return max(tried, key=_worth)


READS = 0.5
"""Quality (``lexicon.quality``) of a page that was read the right way up. Pages of prose and of
tables measured 0.6 and more on good scans, the same pages on their side or head below 0.2."""


def _reads(page: OcrPage) -> bool:
    words = len(page.words)
    if words < 5:
        return False
    good = quality(" ".join(word.text for word in page.words))
    # Tables of codes, names and numbers hold few words of the language; they are read surely.
    return (page.confidence >= 0.6 and good >= READS) or page.confidence >= 0.85


def _worth(page: OcrPage) -> float:
    good = quality(" ".join(word.text for word in page.words))
    return page.confidence**2 * (0.2 + good) * sum(len(word.text) for word in page.words)


def _turns(grey: Image.Image, seconds: float) -> list[int]:
    """Turns to try: what Tesseract's own orientation test says, else all of them."""
    if "osd" in languages():
        out = _run(grey, ["--psm", "0", "-l", "osd"], "", seconds, quiet=True)
        for line in out.split("\n"):
            if line.startswith("Rotate:"):
                degrees = (360 - int(line.split(":")[1])) % 360
                return [degrees] if degrees else []
    return [90, 270, 180]


def _levelled(grey: Image.Image, turned: int, language: str, seconds: float) -> OcrPage:
    angle = skew_angle(grey)
    flat = level(grey, angle)
    rules = find_rules(flat)
    flat = erase(flat, rules)
    gutter = spread_gutter(flat)
    if gutter is None:
        words, confidence = _words(flat, language, seconds)
    else:
        left, a = _words(flat.crop((0, 0, gutter, flat.height)), language, seconds)
        right, b = _words(flat.crop((gutter, 0, flat.width, flat.height)), language, seconds)
        for word in right:
            word.x0, word.x1 = word.x0 + gutter, word.x1 + gutter
        words = left + right
        confidence = (a * len(left) + b * len(right)) / max(1, len(words))
    words = with_dates(flat, words, lambda part: _words(part, language, seconds, _BLOCK)[0])
    upright = sum(rule.x0 == rule.x1 for rule in rules)
    kept = tuple(rules) if upright >= 2 and len(rules) - upright >= 2 else ()
    return OcrPage(tuple(words), confidence, flat.width, flat.height, turned, angle, kept, gutter)


def _words(
    grey: Image.Image, language: str, seconds: float, layout: str = _PAGE
) -> tuple[list[Word], float]:
    out = _run(grey, ["-l", language, "--psm", layout], "tsv", seconds)
    words: list[Word] = []
    weight = total = 0.0
    for row in csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        x, y = float(row["left"]), float(row["top"])
        confidence = max(0.0, float(row["conf"])) / 100
        if confidence < 0.15 and not any(char.isalnum() for char in text):
            continue
        words.append(Word(text, x, y, x + float(row["width"]), y + float(row["height"])))
        weight += len(text)
        total += confidence * len(text)
    return words, total / weight if weight else 0.0


def _run(
    grey: Image.Image, options: list[str], output: str, seconds: float, *, quiet: bool = False
) -> str:
    program = tesseract()
    if program is None:
        raise OSError("tesseract is not installed")
    buffer = io.BytesIO()
    grey.save(buffer, "PPM")
    command = [program, "stdin", "stdout", "--dpi", "300", *options, *([output] if output else [])]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=buffer.getvalue(), capture_output=True, timeout=BUSY * seconds,
            check=False, env=environment,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"OCR of one page took longer than {seconds:.0f} s") from None
    if done.returncode and not quiet:
        raise OSError(f"tesseract failed with status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
