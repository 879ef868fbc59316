"""What two texts are told the same, or nearly the same, by.

Near-sameness is MinHash, after Broder (1997), "On the resemblance and containment of
documents". Shingles are three words and do not cross pages, so the same pages differently
broken, or with another page before them, still meet.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kb.model import SourceDocument

PERMUTATIONS = 128
BANDS = 25
ROWS = 5
"""25 bands of 5 rows: two texts alike by 0.7 share a band in 99 of 100 cases."""
MIN_SHINGLES = 12
"""Shorter texts have no signature: too little to call them alike."""

_WORD = re.compile(r"\w+")
_CHUNK = 4096
_random = np.random.default_rng(20240104)
_A = _random.integers(1, 2**63, size=PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_B = _random.integers(0, 2**63, size=PERMUTATIONS, dtype=np.uint64)
_P1, _P2, _P3 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xC2B2AE3D27D4EB4F),
    np.uint64(0x165667B19E3779F9),
)


def _shingles(text: str) -> NDArray[np.uint64]:
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    if len(words) < 3:
        return np.empty(0, dtype=np.uint64)
    codes = np.array(words, dtype=np.uint64)
    mixed: NDArray[np.uint64] = codes[:-2] * _P1 + codes[1:-1] * _P2 + codes[2:] * _P3
    return mixed ^ (mixed >> np.uint64(29))


def signature(pages: Iterable[str]) -> bytes | None:
    """MinHash of a document's page texts (128 unsigned 32-bit numbers, little endian).

    ``None`` where the text is too short to be compared.
    """
    parts = [part for part in map(_shingles, pages) if part.size]
    if not parts:
        return None
    shingles = np.unique(np.concatenate(parts))
    if shingles.size < MIN_SHINGLES:
        return None
    least = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, shingles.size, _CHUNK):
        part = shingles[start : start + _CHUNK]
        least = np.minimum(least, (part[:, None] * _A + _B).min(axis=0))
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity of two signatures, 0 to 1 (standard error 0.04)."""
    left = np.frombuffer(one, dtype="<u4")
    right = np.frombuffer(other, dtype="<u4")
    return float(np.mean(left == right)) if left.size == right.size else 0.0


def band_values(found: bytes) -> list[int]:
    """One number for each band of a signature; equal only for equal rows of one band."""
    rows = np.frombuffer(found, dtype="<u4")[: BANDS * ROWS].reshape(BANDS, ROWS)
    return [(band << 32) | zlib.crc32(row.tobytes()) for band, row in enumerate(rows)]


def text_hash(source: SourceDocument) -> str:
    """SHA-256 of what a reader of the document would see: title and page texts."""
    digest = hashlib.sha256((source.title or "").encode("utf-8", "replace"))
    for page in source.pages:
        digest.update(b"\x00" + page.text.encode("utf-8", "replace"))
    return digest.hexdigest()
