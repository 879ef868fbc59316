"""One ONNX file opened, and run on texts of many lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from kb.encoder.table import Table

EMBEDDED = "embedded"
MASK = "mask"
OUTPUT = "vectors"
LONGEST = 512
"""Pieces in one row, the marks of both ends included."""
BATCH = 2048
"""Pieces run at once, padding included."""
LIKE = 0.85
"""A row shorter than this share of the longest is not run with it: padding costs as much. Set by
hand; no command measured it."""

Floats = npt.NDArray[np.float32]


class Session:
    """Runs a graph of ``kb.lab.encoder.graph`` on rows of pieces."""

    def __init__(self, path: Path, table: Table, padding: int, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._run = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        ).run
        self._table = table
        self._padding = padding

    def vectors(self, rows: Sequence[Sequence[int]]) -> list[Floats]:
        """What comes out for each row of pieces (its marks of both ends included).

        A row's answer depends a little on what it is run with (rounding), never on the order.
        """
        out: list[Floats | None] = [None] * len(rows)
        for group in _groups([len(row) for row in rows]):
            longest = max(len(rows[k]) for k in group)
            ids = np.full((len(group), longest), self._padding, dtype=np.int64)
            mask = np.zeros((len(group), longest), dtype=np.int32)
            for at, k in enumerate(group):
                ids[at, : len(rows[k])] = rows[k]
                mask[at, : len(rows[k])] = 1
            (found,) = self._run([OUTPUT], {EMBEDDED: self._table.rows(ids), MASK: mask})
            for at, k in enumerate(group):
                out[k] = found[at, : len(rows[k])]
        return [one for one in out if one is not None]


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of rows to run together: of like length, at most ``BATCH`` pieces."""
    group: list[int] = []
    for k in sorted(range(len(lengths)), key=lambda k: (-lengths[k], k)):
        longest = lengths[group[0]] if group else 0
        if group and ((len(group) + 1) * longest > BATCH or lengths[k] < LIKE * longest):
            yield group
            group = []
        group.append(k)
    if group:
        yield group
