"""The table of words: one row of 4-bit numbers a piece, made to floats when asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

TABLE_FILE = "table.npy"
HIDDEN = 384
BLOCK = 32
ROW = np.dtype([("scales", "<f2", (HIDDEN // BLOCK,)), ("numbers", "u1", (HIDDEN // 2,))])
"""Half a byte a number, the even ones low; ``(number - 8) * scale`` of its 32 is the value."""


class Table:
    """Rows of the table; the file is mapped, so that processes share its memory."""

    def __init__(self, folder: Path) -> None:
        self._rows: npt.NDArray[np.void] = np.load(
            folder / TABLE_FILE, mmap_mode="r", allow_pickle=False
        )
        if self._rows.dtype != ROW or self._rows.ndim != 1:
            raise ValueError(f"{TABLE_FILE} is no table of words")

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Floats of the pieces: the shape of ``numbers`` with 384 values each."""
        found, where = np.unique(numbers, return_inverse=True)
        rows = self._rows[found]
        halves = rows["numbers"]
        values = np.empty((len(found), HIDDEN), dtype=np.float32)
        values[:, 0::2] = halves & 15
        values[:, 1::2] = halves >> 4
        values -= 8
        values *= np.repeat(rows["scales"].astype(np.float32), BLOCK, axis=1)
        return values[where.reshape(numbers.shape)]
