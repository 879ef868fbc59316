"""Score statements and officials against gold (``kb eval statements``).

Same counting as the shared ``score.py``: ends trimmed of punctuation; exact wants the
same span, overlap at least 30 % of the longer span with each prediction used once; the
speaker is right when one name's words contain the other's. Speakers are also counted
apart for cues that name somebody (``kata X``) and -nya cues (``ujarnya``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.authority import norm
from kb.lab.scoring_tags import Rate

Row = Mapping[str, Any]
KINDS = ("direct", "indirect")
_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class StatementScore:
    """One row of the table."""

    kind: str
    exact: Rate
    overlap: Rate
    gold: int
    speaker: float | None
    """Right speakers in percent, of the gold statements found that have a speaker."""
    speaker_named: float | None
    """The same where the cue names somebody (``kata X``)."""
    speaker_nya: float | None
    """The same where the cue points back (``ujarnya``)."""


@dataclass(frozen=True, slots=True)
class OfficialScore:
    """Officials rows: the name, name and role, name and role and institution."""

    name: Rate
    role: Rate
    institution: Rate
    gold: int


@dataclass(frozen=True, slots=True)
class StatementError:
    """One difference. ``what``: missed, invented, span, speaker."""

    document: str
    what: str
    kind: str
    cue: str | None
    gold: str
    predicted: str
    method: str
    context: str


@dataclass(frozen=True, slots=True)
class StatementReport:
    """Scores per kind, officials, and every error."""

    scores: tuple[StatementScore, ...]
    officials: OfficialScore
    errors: tuple[StatementError, ...]

    def score(self, kind: str) -> StatementScore:
        """The row of ``direct`` or ``indirect``."""
        return next(row for row in self.scores if row.kind == kind)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values (without the error list)."""
        figures: dict[str, Any] = {
            row.kind: {
                "exact": _values(row.exact),
                "overlap": _values(row.overlap),
                "speaker": row.speaker,
                "speaker_named": row.speaker_named,
                "speaker_nya": row.speaker_nya,
                "gold": row.gold,
            }
            for row in self.scores
        }
        figures["officials"] = {
            "name": _values(self.officials.name),
            "name+role": _values(self.officials.role),
            "name+role+institution": _values(self.officials.institution),
            "gold": self.officials.gold,
        }
        return figures

    def table(self, errors: int = 20) -> str:
        """The report as text: scores, the commonest kinds of error, examples."""
        lines = [
            f"{'':9}{'exact P':>8}{'R':>7}{'F1':>7}{'overlap P':>11}{'R':>7}{'F1':>7}"
            f"{'speaker %':>11}{'named':>7}{'-nya':>7}{'gold':>6}"
        ]
        for row in self.scores:
            e, o = row.exact, row.overlap
            lines.append(
                f"{row.kind:9}{e.precision:8.1f}{e.recall:7.1f}{e.f1:7.1f}"
                f"{o.precision:11.1f}{o.recall:7.1f}{o.f1:7.1f}"
                f"{_percent(row.speaker):>11}{_percent(row.speaker_named):>7}"
                f"{_percent(row.speaker_nya):>7}{row.gold:6d}"
            )
        off = self.officials
        lines.append(
            f"officials F1: name {off.name.f1}, with role {off.role.f1}, "
            f"with institution {off.institution.f1} ({off.gold} gold)"
        )
        kinds = Counter((x.what, x.kind, x.method.split("/")[0]) for x in self.errors)
        for (what, kind, method), n in kinds.most_common(10):
            lines.append(f"{n:4d} {what} {kind} {method}".rstrip())
        lines.extend(
            f"  {x.document}: {x.what} {x.kind} cue={x.cue!r} gold={x.gold!r} "
            f"got={x.predicted!r} {x.method} | {x.context}"
            for x in self.errors[:errors]
        )
        return "\n".join(lines)


def _values(rate: Rate) -> list[float]:
    return [rate.precision, rate.recall, rate.f1]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def same_name(one: str | None, other: str | None) -> bool:
    """Whether the words of one name contain those of the other."""
    a, b = set(norm(one or "").split()), set(norm(other or "").split())
    return bool(a and b) and (a <= b or b <= a)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the marks at its ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _rate(hits: int, predicted: int, gold: int) -> Rate:
    p = hits / predicted if predicted else 0.0
    r = hits / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return Rate(round(100 * p, 1), round(100 * r, 1), round(100 * f, 1))


def _share(hits: Counter[str], seen: Counter[str], keys: Sequence[str]) -> float | None:
    total = sum(seen[k] for k in keys)
    return round(100 * sum(hits[k] for k in keys) / total, 1) if total else None


def _cue_class(cue: str | None) -> str:
    if cue is None:
        return "none"
    return "nya" if cue.casefold().endswith("nya") else "named"


def evaluate_statements(gold: Sequence[Row], predicted: Sequence[Row]) -> StatementReport:
    """Compare tagged documents with gold ones (objects of the tagging guide, by ``id``)."""
    by_id = {row["id"]: row for row in predicted}
    errors: list[StatementError] = []
    scores = tuple(_score_kind(gold, by_id, kind, errors) for kind in KINDS)
    errors.sort(key=lambda x: x.document)
    return StatementReport(scores, _score_officials(gold, by_id), tuple(errors))


def _score_kind(
    gold: Sequence[Row], by_id: Mapping[str, Row], kind: str, errors: list[StatementError]
) -> StatementScore:
    exact = overlap = n_gold = n_predicted = 0
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for row in gold:
        text = row["text"]
        want = [s for s in row["statements"] if s["kind"] == kind]
        got = [s for s in by_id.get(row["id"], {}).get("statements", ()) if s["kind"] == kind]
        spans = [trim(text, s["start"], s["end"]) for s in got]
        n_gold, n_predicted = n_gold + len(want), n_predicted + len(got)
        exact += sum(span in {trim(text, s["start"], s["end"]) for s in want} for span in spans)
        used: set[int] = set()
        for statement in want:
            span = trim(text, statement["start"], statement["end"])
            match = best_overlap(span, spans, used)
            context = text[max(0, span[0] - 60) : span[0] + 60].replace("\n", " ")
            cue, surface = statement["cue"], text[span[0] : span[1]]
            if match is None:
                errors.append(
                    StatementError(row["id"], "missed", kind, cue, surface[:60], "", "", context)
                )
                continue
            used.add(match)
            overlap += 1
            found = got[match]
            method = str(found.get("method") or "")
            if spans[match] != span:
                other = text[spans[match][0] : spans[match][1]]
                errors.append(
                    StatementError(row["id"], "span", kind, cue, surface, other, method, context)
                )
            if statement["speaker"]:
                key = _cue_class(cue)
                seen[key] += 1
                if same_name(statement["speaker"], found.get("speaker")):
                    right[key] += 1
                else:
                    speaker = str(found.get("speaker"))
                    errors.append(
                        StatementError(
                            row["id"], "speaker", kind, cue, statement["speaker"], speaker,
                            method, context,
                        )
                    )  # fmt: skip
        for number, found in enumerate(got):
            if number not in used:
                start, end = spans[number]
                context = text[max(0, start - 60) : start + 60].replace("\n", " ")
                errors.append(
                    StatementError(
                        row["id"], "invented", kind, found.get("cue"), "", text[start:end][:60],
                        str(found.get("method") or ""), context,
                    )
                )  # fmt: skip
    return StatementScore(
        kind,
        _rate(exact, n_predicted, n_gold),
        _rate(overlap, n_predicted, n_gold),
        n_gold,
        _share(right, seen, ("none", "named", "nya")),
        _share(right, seen, ("named",)),
        _share(right, seen, ("nya",)),
    )


def best_overlap(
    span: tuple[int, int], spans: Sequence[tuple[int, int]], used: set[int]
) -> int | None:
    """Which of the unused ``spans`` shares most with ``span``, if enough."""
    best, size = None, 0
    for number, (start, end) in enumerate(spans):
        shared = min(span[1], end) - max(span[0], start)
        if number not in used and shared > size:
            best, size = number, shared
    if best is None:
        return None
    longest = max(span[1] - span[0], spans[best][1] - spans[best][0])
    return best if size > _OVERLAP * longest else None


def _role_alike(one: str | None, other: str | None) -> bool:
    a, b = norm(one or ""), norm(other or "")
    return a == b or a in b or (bool(b) and b in a)


def _score_officials(gold: Sequence[Row], by_id: Mapping[str, Row]) -> OfficialScore:
    name = role = institution = n_gold = n_predicted = 0
    for row in gold:
        got = list(by_id.get(row["id"], {}).get("officials", ()))
        n_gold += len(row["officials"])
        n_predicted += len(got)
        for official in row["officials"]:
            named = [o for o in got if same_name(official["name"], o["name"])]
            if not named:
                continue
            name += 1
            held = [o for o in named if _role_alike(official["role"], o["role"])]
            if not held:
                continue
            role += 1
            wanted = official["institution"]
            institution += any(
                norm(o.get("institution") or "") == norm(wanted or "")
                or same_name(o.get("institution"), wanted)
                for o in held
            )
    return OfficialScore(
        _rate(name, n_predicted, n_gold),
        _rate(role, n_predicted, n_gold),
        _rate(institution, n_predicted, n_gold),
        n_gold,
    )
