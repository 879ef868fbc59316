"""How near sentences are to a question, by the table of words alone.

The encoder itself takes 10 ms and more a sentence, too long for the sentences of a page of
results. Here each piece is its row of the table less the mean row. Two likenesses are added:
that of the means, each piece weighted by its rarity (Arora, Liang, Ma 2017), and that of each
piece of the question with the nearest of the sentence (as in Khattab, Zaharia 2020). Of 82
windows of the samples the sentence chosen is the encoder's own choice in 48 and one of its
first two in 60; the first sentence is its choice in 21.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.encoder.pieces import Pieces
from kb.encoder.table import Table

RARE = 1e-3
"""Share of a text from which a piece counts half (Arora et al. 2017)."""
COMMON = 3000
"""The commonest pieces make the mean row."""

Floats = npt.NDArray[np.float32]


class Nearness:
    """Compares sentences with a question."""

    def __init__(self, pieces: Pieces, table: Table) -> None:
        self._pieces = pieces
        self._table = table
        share = np.exp(pieces.scores().astype(np.float64))
        self._weights = (RARE / (RARE + share)).astype(np.float32)
        common = np.argsort(-share)[:COMMON]
        rows = table.rows(common.astype(np.int64))
        self._mean: Floats = np.average(rows, axis=0, weights=share[common]).astype(np.float32)

    def __call__(self, question: str, sentences: Sequence[str]) -> Floats:
        """For each sentence -2 to 2, the nearest having most."""
        asked, *read = self._pieces.ids([question, *sentences])
        found = np.zeros(len(read), dtype=np.float32)
        if not asked:
            return found
        all_ids, at = np.unique(
            np.concatenate([asked, *read]).astype(np.int64), return_inverse=True
        )
        rows = self._table.rows(all_ids) - self._mean
        weights, short = self._weights[all_ids], _short(rows)
        weighted = rows * weights[:, None]
        mine = at[: len(asked)]
        likeness = short[mine] @ short.T
        middle = _short(weighted[mine].sum(axis=0))
        begin = len(asked)
        for number, sentence in enumerate(read):
            if sentence:
                theirs = at[begin : begin + len(sentence)]
                nearest = likeness[:, theirs].max(axis=1) @ weights[mine] / weights[mine].sum()
                found[number] = _short(weighted[theirs].sum(axis=0)) @ middle + nearest
            begin += len(sentence)
        return found


def _short(vectors: Floats) -> Floats:
    """Vectors of length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    out: Floats = vectors / np.maximum(lengths, np.float32(1e-9))
    return out
