"""The learnt weights of who speaks (``kb/nlp/model/speakers.json``, made by ``kb train``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import ModelError
from kb.nlp.statements.weighing import Weighed

MODEL_DIR = Path(__file__).parent.parent / "model"
MODEL_FILE = "speakers.json"
ALWAYS = "always"
"""The mark that every setting has."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """What each mark is worth in each setting: a conditional logit."""

    marks: dict[str, int]
    settings: dict[str, int]
    table: Numbers
    """A row for each mark, a column for each setting."""
    margin: float
    """By how much the chance of another must be above that of whom the rules chose."""

    def chances(self, row: Weighed) -> list[float]:
        """The chance of each contender to be the speaker."""
        columns = [self.settings[ALWAYS]]
        columns += [self.settings[mark] for mark in row.setting if mark in self.settings]
        worth = self.table[:, columns].sum(axis=1).tolist()
        known = self.marks
        scores = np.array([sum(worth[known[m]] for m in one if m in known) for one in row.marks])
        likely = np.exp(scores - scores.max())
        shares: list[float] = (likely / likely.sum()).tolist()
        return shares

    def other(self, row: Weighed) -> tuple[int, float] | None:
        """Who rather spoke than whom the rules chose, and the chance; ``None`` if nobody."""
        chances = self.chances(row)
        open_ = [one for one in range(len(chances)) if one not in row.barred]
        best = max(open_, key=chances.__getitem__, default=row.chosen)
        if best is None or best == row.chosen:
            return None
        chosen = chances[row.chosen] if row.chosen is not None else 0.0
        return (best, chances[best]) if chances[best] - chosen > self.margin else None


def from_rows(
    marks: Sequence[str], settings: Sequence[str], table: Numbers, margin: float
) -> Weights:
    """Weights of named rows and columns."""
    return Weights(
        {name: at for at, name in enumerate(marks)},
        {name: at for at, name in enumerate(settings)},
        table,
        margin,
    )


def read(path: Path) -> Weights:
    """The weights of a file; raises ``ModelError`` where it is missing or damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        table = np.array(data["table"], dtype=np.float64)
        if table.shape != (len(data["marks"]), len(data["settings"])):
            raise ValueError(f"table of {table.shape}")
        return from_rows(data["marks"], data["settings"], table, float(data["margin"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The weights of who speaks '{path}' are missing or damaged ({error}); "
            "install the package again or run 'kb train --part speakers'."
        ) from error


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights of this version, read once per process."""
    return read(MODEL_DIR / MODEL_FILE)
