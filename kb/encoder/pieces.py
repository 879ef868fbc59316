"""Text cut into the encoder's pieces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

PIECES_FILE = "pieces.json"
CHARACTERS_FILE = "characters.json"
SCORES_FILE = "scores.npy"
"""The scores of ``pieces.json`` once more: reading them from there takes .1 s."""


class Cut(NamedTuple):
    """Numbers of the pieces of a text, and where each stands in it."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Pieces:
    """Cuts text into pieces; the same text always into the same."""

    def __init__(self, folder: Path) -> None:
        self._scores = folder / SCORES_FILE
        self._cut = Tokenizer.from_file(str(folder / PIECES_FILE))
        told: dict[str, str] = json.loads((folder / CHARACTERS_FILE).read_text(encoding="ascii"))
        self._characters = str.maketrans(told)
        self._one_by_one = str.maketrans({c: text[:1] or " " for c, text in told.items()})
        self.first = self._number("<s>")
        self.last = self._number("</s>")
        self.padding = self._number("<pad>")

    def _number(self, piece: str) -> int:
        number = self._cut.token_to_id(piece)
        if number is None:
            raise ValueError(f"{PIECES_FILE} has no piece {piece}")
        return int(number)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Pieces of each text without the marks of its ends."""
        clean = [" ".join(text.translate(self._characters).split()) for text in texts]
        return [cut.ids for cut in self._cut.encode_batch_fast(clean, add_special_tokens=False)]

    def scores(self) -> npt.NDArray[np.float32]:
        """The logarithm of each piece's share of the pieces of texts; the marks are rare."""
        found: npt.NDArray[np.float32] = np.load(self._scores, allow_pickle=False)
        return np.where(found < 0, found, np.float32(-20.0))

    def cut(self, text: str) -> Cut:
        """Pieces of a text with their characters in it: every character stands for one.

        A piece begins at the white space before its word, if any.
        """
        found = self._cut.encode(text.translate(self._one_by_one), add_special_tokens=False)
        return Cut(found.ids, found.offsets)
