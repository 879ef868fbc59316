"""Score tagged names against gold: strict and relaxed F1 per type, confusions, errors.

Same counting as the shared ``score.py``: both sides are trimmed of punctuation
at the ends; strict wants the same span and label, relaxed an overlap with the
same label, each prediction used once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.model import Mention

LABELS = ("PER", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and F1 in percent."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class TagScore:
    """One row of the table: a label or ``ALL``."""

    label: str
    strict: Rate
    relaxed: Rate
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class TagError:
    """One difference. ``kind``: missed, invented, boundary, label."""

    document: str
    kind: str
    gold: str
    gold_label: str
    predicted: str
    predicted_label: str
    context: str


@dataclass(frozen=True, slots=True)
class TagReport:
    """Scores per label, what was taken for what, and every error."""

    scores: tuple[TagScore, ...]
    confusion: Mapping[tuple[str, str], int]
    """(gold label, predicted label) to count; ``-`` where one side has nothing."""
    errors: tuple[TagError, ...]

    def score(self, label: str = "ALL") -> TagScore:
        """The row of one label."""
        return next(row for row in self.scores if row.label == label)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values (without the error list)."""
        return {
            row.label: {
                "strict": [row.strict.precision, row.strict.recall, row.strict.f1],
                "relaxed": [row.relaxed.precision, row.relaxed.recall, row.relaxed.f1],
                "gold": row.gold,
                "predicted": row.predicted,
            }
            for row in self.scores
        } | {"confusion": {f"{gold}>{got}": n for (gold, got), n in self.confusion.items()}}

    def table(self, errors: int = 10) -> str:
        """The report as text: scores, confusion, the commonest errors."""
        lines = [
            f"{'':5}{'strict P':>9}{'R':>7}{'F1':>7}{'relaxed P':>11}{'R':>7}{'F1':>7}{'gold':>7}"
        ]
        for row in self.scores:
            s, r = row.strict, row.relaxed
            lines.append(
                f"{row.label:5}{s.precision:9.1f}{s.recall:7.1f}{s.f1:7.1f}"
                f"{r.precision:11.1f}{r.recall:7.1f}{r.f1:7.1f}{row.gold:7d}"
            )
        if self.confusion:
            pairs = sorted(self.confusion.items(), key=lambda item: -item[1])
            lines.append("gold > predicted: " + ", ".join(f"{g}>{p} {n}" for (g, p), n in pairs))
        counts = Counter(
            (e.kind, e.gold, e.gold_label, e.predicted, e.predicted_label) for e in self.errors
        )
        for (kind, gold, label, got, got_label), n in counts.most_common(errors):
            lines.append(f"{n:4d} {kind:9} {label or '-':4}{gold!r} > {got_label or '-'} {got!r}")
        return "\n".join(lines)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def rate(hits: int, hits_recall: int, predicted: int, gold: int) -> Rate:
    """Shares from counts; ``hits_recall`` is counted over the gold."""
    p = hits / predicted if predicted else 0.0
    r = hits_recall / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return Rate(round(100 * p, 1), round(100 * r, 1), round(100 * f, 1))


def _spans(text: str, mentions: Iterable[Any]) -> list[tuple[int, int, str]]:
    out = []
    for mention in mentions:
        if isinstance(mention, Mention):
            start, end, label = mention.start, mention.end, str(mention.label)
        else:
            start, end, label = mention["start"], mention["end"], mention["label"]
        if label in LABELS:
            out.append((*_trim(text, start, end), label))
    return out


def evaluate_tags(
    gold: Sequence[Mapping[str, Any]],
    predicted: Mapping[str, Iterable[Any]] | Sequence[Mapping[str, Any]],
) -> TagReport:
    """Compare tagged documents with gold ones.

    Args:
        gold: objects of the tagging guide (``id``, ``text``, ``mentions``).
        predicted: for each id its mentions (``Mention`` or dictionaries), or
            objects of the tagging guide. A document that is missing counts as
            untagged.
    """
    if not isinstance(predicted, Mapping):
        predicted = {row["id"]: row["mentions"] for row in predicted}
    strict: Counter[str] = Counter()
    relaxed: Counter[str] = Counter()
    n_gold: Counter[str] = Counter()
    n_pred: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    errors: list[TagError] = []
    for row in gold:
        text = row["text"]
        want = _spans(text, row["mentions"])
        got = _spans(text, predicted.get(row["id"], ()))
        want_set = set(want)
        for span in got:
            n_pred[span[2]] += 1
            strict[span[2]] += span in want_set
        used: set[int] = set()
        for start, end, label in want:
            n_gold[label] += 1
            for j, (a, b, other) in enumerate(got):
                if j not in used and other == label and a < end and start < b:
                    used.add(j)
                    relaxed[label] += 1
                    break
        _differences(row["id"], text, want, got, confusion, errors)
    scores = []
    for label in (*LABELS, "ALL"):
        keys = LABELS if label == "ALL" else (label,)
        s, r, g, p = (sum(c[k] for k in keys) for c in (strict, relaxed, n_gold, n_pred))
        scores.append(TagScore(label, rate(s, s, p, g), rate(r, r, p, g), g, p))
    return TagReport(tuple(scores), dict(confusion), tuple(errors))


def _differences(
    document: str,
    text: str,
    want: Sequence[tuple[int, int, str]],
    got: Sequence[tuple[int, int, str]],
    confusion: Counter[tuple[str, str]],
    errors: list[TagError],
) -> None:
    got_set, want_set = set(got), set(want)

    def add(kind: str, a: tuple[int, int, str] | None, b: tuple[int, int, str] | None) -> None:
        start, end, _ = a or b or (0, 0, "")
        errors.append(
            TagError(
                document,
                kind,
                text[a[0] : a[1]] if a else "",
                a[2] if a else "",
                text[b[0] : b[1]] if b else "",
                b[2] if b else "",
                text[max(0, start - 40) : end + 40].replace("\n", " "),
            )
        )

    explained: set[tuple[int, int, str]] = set()
    for span in want:
        if span in got_set:
            continue
        over = [x for x in got if x[0] < span[1] and span[0] < x[1]]
        best = max(over, key=lambda x: min(x[1], span[1]) - max(x[0], span[0]), default=None)
        if best is None:
            confusion[(span[2], "-")] += 1
            add("missed", span, None)
            continue
        explained.add(best)
        if best[2] != span[2]:
            confusion[(span[2], best[2])] += 1
        add("boundary" if best[2] == span[2] else "label", span, best)
    for other in got:
        if other in want_set or other in explained:
            continue
        if not any(x[0] < other[1] and other[0] < x[1] for x in want):
            confusion[("-", other[2])] += 1
            add("invented", None, other)
        else:
            add("boundary", None, other)
