"""Score pairings of claims with printed numbers against gold (``kb eval pairs``).

A pair is right where the indicator is one of the gold's ``match``. Precision is asked of the
pairs shown as the same figure (``same`` or ``differs``), recall of the gold's matches, agreement
of the right ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.lab.scoring_tags import Rate, rate

Row = Mapping[str, Any]
SHOWN = frozenset(["same", "within", "differs"])
"""What is shown as the same figure; other years stand apart."""
_TOLD = {"within": "same"}
"""Gold knows no bounds: what does not contradict is the same."""


@dataclass(frozen=True, slots=True)
class PairReport:
    """``agreement`` is the share of right pairs said to be same or different rightly, percent."""

    shown: Rate
    agreement: float
    statements: int
    errors: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The figures as JSON values (without the error list)."""
        return {
            "statements": self.statements,
            "precision": round(self.shown.precision, 1),
            "recall": round(self.shown.recall, 1),
            "f1": round(self.shown.f1, 1),
            "agreement": round(self.agreement, 1),
        }

    def table(self) -> str:
        """The figures as one line a name."""
        return "\n".join(f"{name:<12}{value}" for name, value in self.as_dict().items())


def evaluate_pairs(gold: Sequence[Row], predicted: Sequence[Mapping[str, str]]) -> PairReport:
    """Score for each gold statement the agreement by indicator id, in the same order."""
    right = agreed = shown = wanted = 0
    errors: list[str] = []
    for row, found in zip(gold, predicted, strict=True):
        said = {key: agreement for key, agreement in found.items() if agreement in SHOWN}
        match = set(row["match"])
        hits = match & set(said)
        right, shown, wanted = right + len(hits), shown + len(said), wanted + len(match)
        agreed += sum(_TOLD.get(said[key], said[key]) == row["agrees"] for key in hits)
        errors += [f"invented {key}: {row['text']}" for key in sorted(set(said) - match)]
        errors += [f"missed {key}: {row['text']}" for key in sorted(match - hits)]
        errors += [
            f"{said[key]} {key}: {row['text']}"
            for key in sorted(hits)
            if said[key] != row["agrees"]
        ]
    share = 100.0 * agreed / right if right else 0.0
    return PairReport(rate(right, right, shown, wanted), share, len(gold), tuple(errors))
