"""Texts as vectors of their meaning, for search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from kb.encoder.nearness import Nearness
from kb.encoder.pieces import Pieces
from kb.encoder.session import LONGEST, Session
from kb.encoder.table import HIDDEN, Table

RETRIEVAL_FILE = "retrieval.onnx"
_BEFORE = {"query": "query: ", "passage": "passage: "}
_TOGETHER = 256


class Encoder:
    """multilingual-e5-small; make it with ``kb.encoder.load``."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._pieces = Pieces(folder)
        table = Table(folder)
        self._session = Session(folder / RETRIEVAL_FILE, table, self._pieces.padding, threads)
        self._nearness = cache(lambda: Nearness(self._pieces, table))

    def embed(
        self, texts: Sequence[str], kind: Literal["query", "passage"]
    ) -> npt.NDArray[np.float32]:
        """Vectors [texts, 384] of length 1; their product is the likeness of two meanings.

        The model was trained to set questions (``query``) beside passages: texts that are
        stored are passages, what is asked is a query; to compare texts of one kind with each
        other make all of them queries. A text of more than 510 pieces (about 300 words) is
        read in windows, and its vector is the mean of theirs by their lengths.
        """
        out = np.zeros((len(texts), HIDDEN), dtype=np.float32)
        for start in range(0, len(texts), _TOGETHER):
            part = texts[start : start + _TOGETHER]
            out[start : start + len(part)] = self._embed([_BEFORE[kind] + text for text in part])
        return out

    def nearness(self, question: str, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """How near each sentence is to the question, quickly (``kb.encoder.nearness``)."""
        return self._nearness()(question, sentences)

    def _embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows: list[list[int]] = []
        owners: list[int] = []
        for owner, ids in enumerate(self._pieces.ids(texts)):
            for at in range(0, max(len(ids), 1), LONGEST - 2):
                rows.append([self._pieces.first, *ids[at : at + LONGEST - 2], self._pieces.last])
                owners.append(owner)
        sums = np.zeros((len(texts), HIDDEN), dtype=np.float32)
        for owner, row, found in zip(owners, rows, self._session.vectors(rows), strict=True):
            sums[owner] += found.mean(axis=0) * (len(row) - 2)
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        out: npt.NDArray[np.float32] = sums / np.maximum(lengths, np.float32(1e-12))
        return out
