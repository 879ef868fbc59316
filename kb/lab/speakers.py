"""Learn who speaks (``kb train --part speakers``): weights for what the rules only inferred.

The rules were mended on the open texts, so their choice looks surer there than it is on a
stranger's text. ``evaluation/speakers`` keeps what the rules of two older commits chose, made
before the kinds of error of those texts were met; the weights learn from these.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.lab.scoring_statements import best_overlap, same_name, trim
from kb.model import Mention, Office, Statement
from kb.nlp.language import make_nlp
from kb.nlp.statements import sentence_spans, texts_people
from kb.nlp.statements.weighing import Weighed, Weighing
from kb.nlp.statements.weights import ALWAYS, MODEL_DIR, MODEL_FILE, Weights, from_rows

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation"
CHOICES = EVALUATION / "speakers"
FOLDS = 5
"""Set by hand; no command measured it."""
LEAST = 8
"""Rows a mark or setting must stand in. Set by hand; no command measured it."""
STEADY = 12.0
"""Weight of the penalty on squares. With 6, 12, 25 `kb train --part speakers` mended less spoilt,
of 911 inferred speakers of `wild2` and `scenes`, margin .25, `heads` left out: 64, 63, 59."""
CROSSED = 0.4
"""How much less a mark weighs in one setting than in all. With .25, .4, .6, counted as above:
62, 63, 62."""
JUDGED = "98ad106.jsonl.gz"
"""The choices that the trial judges: made before `wild2` and `scenes` were met."""
MARGIN = 0.25
"""By how much likelier another must be. `kb train --part speakers` on the same 911, with `heads`,
mended and spoilt: .2 70 and 9, .25 70 and 7, .3 64 and 5, .4 56 and 4."""
STEPS = 400
"""Steps of the fit; 800 give the same trial. Set by hand."""
Row = Mapping[str, Any]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One statement of an open text with the right speakers among those named."""

    group: str
    document: str
    kind: str
    row: Weighed
    right: tuple[bool, ...]

    @property
    def by_rules(self) -> bool:
        """Whether the rules chose rightly."""
        return self.row.chosen is not None and self.right[self.row.chosen]


def examples(path: Path) -> Iterator[Example]:
    """The examples of one file of older choices."""
    nlp = make_nlp()
    gold: dict[str, dict[str, Row]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            old = json.loads(line)
            name = old["file"]
            if name not in gold:
                rows = (EVALUATION / name).read_text(encoding="utf-8").splitlines()
                gold[name] = {row["id"]: row for row in map(json.loads, rows)}
            row = gold[name][old["id"]]
            text = row["text"]
            mentions = [
                Mention(start, end, text[start:end], label, entity)
                for start, end, label, entity in old["mentions"]
            ]
            statements = [
                Statement(kind, start, end, text[start:end], who, cue, method=way, confidence=sure)
                for kind, start, end, who, cue, way, sure in old["statements"]
            ]
            offices = [Office(*office) for office in old["offices"]]
            sentences = sentence_spans(nlp.make_doc(text))
            view, people = texts_people(text, mentions, offices, sentences)
            weighing = Weighing(view, people, statements)
            wanted = speakers(text, row["statements"], statements)
            for weighed in weighing.rows():
                if weighed.number not in wanted:
                    continue
                speaker = wanted[weighed.number]
                right = tuple(same_name(speaker, one.name) for one in weighing.contenders)
                kind = statements[weighed.number].kind
                yield Example(name, old["id"], kind, weighed, right)


def speakers(text: str, gold: Sequence[Row], found: Sequence[Statement]) -> dict[int, str]:
    """Who says each of the ``found`` statements (by number) that the gold has too."""
    known: dict[int, str] = {}
    for kind in ("direct", "indirect"):
        numbers = [n for n, one in enumerate(found) if one.kind == kind]
        spans = [trim(text, found[n].start, found[n].end) for n in numbers]
        used: set[int] = set()
        for one in gold:
            if one["kind"] != kind or not one["speaker"]:
                continue
            match = best_overlap(trim(text, one["start"], one["end"]), spans, used)
            if match is not None:
                used.add(match)
                known[numbers[match]] = one["speaker"]
    return known


def _names(rows: Sequence[Example]) -> tuple[list[str], list[str]]:
    """Marks and settings that stand in enough rows."""
    marks: dict[str, int] = {}
    settings: dict[str, int] = {}
    for one in rows:
        for listed in one.row.marks:
            for mark in listed:
                marks[mark] = marks.get(mark, 0) + 1
        for mark in one.row.setting:
            settings[mark] = settings.get(mark, 0) + len(one.row.marks)
    return (
        sorted(mark for mark, n in marks.items() if n >= LEAST),
        [ALWAYS, *sorted(mark for mark, n in settings.items() if n >= LEAST)],
    )


def fit(rows: Sequence[Example], margin: float = MARGIN) -> Weights:
    """Weights under which the right speakers are likeliest (gradient steps, no chance in it)."""
    rows = [one for one in rows if any(one.right)]
    marks, settings = _names(rows)
    at_mark = {name: at for at, name in enumerate(marks)}
    at_setting = {name: at for at, name in enumerate(settings)}
    sizes = [len(one.right) for one in rows]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    of = np.repeat(np.arange(len(rows)), sizes)
    who = np.zeros((len(of), len(marks)))
    where = np.zeros((len(rows), len(settings)))
    where[:, 0] = 1.0
    for number, one in enumerate(rows):
        for mark in one.row.setting:
            if mark in at_setting:
                where[number, at_setting[mark]] = CROSSED
        for place, listed in enumerate(one.row.marks):
            for mark in listed:
                if mark in at_mark:
                    who[first[number] + place, at_mark[mark]] = 1.0
    right = np.concatenate([np.array(one.right, dtype=float) for one in rows])
    table = np.zeros((len(marks), len(settings)))
    mean, spread = np.zeros_like(table), np.zeros_like(table)
    for step in range(1, STEPS + 1):
        scores = ((where @ table.T)[of] * who).sum(axis=1)
        likely = np.exp(scores - np.maximum.reduceat(scores, first)[of])
        true = likely * right
        missing = likely / np.add.reduceat(likely, first)[of]
        missing -= true / np.add.reduceat(true, first)[of]
        slope = (missing[:, None] * who).T @ where[of] + STEADY * table
        mean += 0.1 * (slope - mean)
        spread += 0.001 * (slope * slope - spread)
        move = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        table -= 0.05 * (1 - step / (STEPS + 1)) * move
    worth = table * np.concatenate([[1.0], np.full(len(settings) - 1, CROSSED)])
    return from_rows(marks, settings, np.round(worth, 3), margin)


def fold(document: str) -> int:
    """Which of the parts of the cross-validation a text is in."""
    return int(md5(document.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Trial:
    """What the weights change on texts they have not seen."""

    mended: int
    spoilt: int
    asked: int
    by_rules: int
    """How many the rules have right."""

    def __str__(self) -> str:
        right = self.by_rules + self.mended - self.spoilt
        return (
            f"{self.asked} inferred speakers: rules {100 * self.by_rules / self.asked:.1f} %, "
            f"weighed {100 * right / self.asked:.1f} % (+{self.mended} -{self.spoilt})"
        )


def tried(rows: Sequence[Example], asked: Sequence[Example], margin: float = MARGIN) -> Trial:
    """Cross-validation by text: learnt on ``rows``, judged on those ``asked``."""
    mended = spoilt = right = 0
    for part in range(FOLDS):
        weights = fit([one for one in rows if fold(one.document) != part], margin)
        for one in asked:
            if fold(one.document) != part:
                continue
            right += one.by_rules
            other = weights.other(one.row)
            if other is not None and one.right[other[0]] != one.by_rules:
                mended, spoilt = mended + (not one.by_rules), spoilt + one.by_rules
    return Trial(mended, spoilt, len(asked), right)


def train(to: Path | None = None) -> tuple[Path, Trial]:
    """Write the weights; returns their file and the trial on the younger choices."""
    choices = {path.name: list(examples(path)) for path in sorted(CHOICES.glob("*.jsonl.gz"))}
    rows = [one for listed in choices.values() for one in listed]
    weights = fit(rows)
    path = (to or MODEL_DIR) / MODEL_FILE
    data = {
        "margin": weights.margin,
        "marks": list(weights.marks),
        "settings": list(weights.settings),
        "table": weights.table.tolist(),
    }
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    return path, tried(rows, [one for one in choices[JUDGED] if not one.group.startswith("wild/")])
