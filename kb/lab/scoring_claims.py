"""Score claims against gold (``kb eval claims``).

A gold claim is found where a predicted one has its value: the spans overlap and the units are of
one family, each prediction used once. Of those found, value and unit are right where the number
is within a thousandth and the unit the same, the subject where the two spans overlap or one
names the other's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.authority import norm
from kb.lab.scoring_tags import Rate, rate
from kb.model import Claim

Row = Mapping[str, Any]
FIELDS = ("value", "unit", "subject", "kind", "period", "statement")
_SAME_UNIT = {"poin": ""}
_FAMILIES = {
    "rupiah": "money", "dolar": "money", "persen": "share", "": "share", "kali": "share",
    "orang": "people", "keluarga": "people", "km": "length", "hektare": "area",
}  # fmt: skip
"""Every other unit counts things."""


@dataclass(frozen=True, slots=True)
class ClaimError:
    """One difference. ``what``: missed, invented, or the field that is wrong."""

    document: str
    what: str
    gold: str
    predicted: str
    context: str


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """``found`` counts claims; ``right`` is the share of found ones by field, in percent."""

    found: Rate
    right: Mapping[str, float]
    gold: int
    errors: tuple[ClaimError, ...]

    def as_dict(self) -> dict[str, Any]:
        """The figures as JSON values (without the error list)."""
        return {
            "gold": self.gold,
            "precision": round(self.found.precision, 1),
            "recall": round(self.found.recall, 1),
            "f1": round(self.found.f1, 1),
            "right": {field: round(share, 1) for field, share in self.right.items()},
        }

    def table(self) -> str:
        """The figures as one line a name."""
        said = {"gold": self.gold, **{k: v for k, v in self.as_dict().items() if k != "right"}}
        lines = [f"{name:<12}{value}" for name, value in said.items()]
        return "\n".join([*lines, *(f"{f:<12}{s:.1f}" for f, s in self.right.items())])


def evaluate_claims(gold: Sequence[Row], predicted: Sequence[Sequence[Claim]]) -> ClaimReport:
    """Score the claims predicted for each gold text, in the same order."""
    hits = wanted = given = 0
    right = dict.fromkeys(FIELDS, 0)
    errors: list[ClaimError] = []
    for row, claims in zip(gold, predicted, strict=True):
        text, free = str(row["text"]), list(claims)
        wanted, given = wanted + len(row["claims"]), given + len(claims)
        for want in row["claims"]:
            start, end = want["value"]
            match = next(
                (
                    claim
                    for claim in free
                    if claim.value_start < end
                    and start < claim.value_end
                    and _family(want["unit"]) == _family(claim.unit)
                ),
                None,
            )
            if match is None:
                errors.append(_error(row, "missed", want, None))
                continue
            free.remove(match)
            hits += 1
            for field in FIELDS:
                if _same(field, text, want, match):
                    right[field] += 1
                else:
                    errors.append(_error(row, field, want, match))
        errors += [_error(row, "invented", None, claim) for claim in free]
    shares = {field: 100.0 * count / hits if hits else 0.0 for field, count in right.items()}
    return ClaimReport(rate(hits, hits, given, wanted), shares, wanted, tuple(errors))


def _same(field: str, text: str, want: Row, claim: Claim) -> bool:
    if field == "value":
        return abs(float(want["number"]) - claim.number) <= 1e-3 * max(abs(claim.number), 1)
    if field == "unit":
        return _unit(want["unit"]) == _unit(claim.unit)
    if field == "subject":
        start, end = want["subject"]
        if claim.subject_start < end and start < claim.subject_end:
            return True
        ours, theirs = set(norm(claim.subject).split()), set(norm(text[start:end]).split())
        return ours <= theirs or theirs <= ours
    if field == "kind":
        return bool(want["kind"] == claim.kind)
    if field == "period":
        return bool(want["period"] == claim.period)
    said = {"direct": "direct", "indirect": "reported", None: "none"}[claim.statement]
    return bool(want["statement"] == said)


def _unit(unit: str | None) -> str:
    return _SAME_UNIT.get(unit or "", unit or "")


def _family(unit: str | None) -> str:
    return _FAMILIES.get(_unit(unit), "things")


def _error(row: Row, what: str, want: Row | None, claim: Claim | None) -> ClaimError:
    text = str(row["text"])
    gold = predicted = ""
    start, end = (want["start"], want["end"]) if want else (0, 0)
    if want is not None:
        subject, value = (text[slice(*want[part])] for part in ("subject", "value"))
        gold = (
            f"{subject} | {value} = {want['number']} {want['unit']} {want['kind']} "
            f"{want['period']} {want['statement']}"
        )
    if claim is not None:
        predicted = (
            f"{claim.subject} | {claim.value} = {claim.number} {claim.unit} {claim.kind} "
            f"{claim.period} {claim.statement}"
        )
        if want is None:
            start, end = claim.start, claim.end
    return ClaimError(str(row["id"]), what, gold, predicted, " ".join(text[start:end].split()))
