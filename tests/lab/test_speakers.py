"""Learning who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.lab import speakers
from kb.lab.speakers import Example
from kb.model import Statement
from kb.nlp.statements.weighing import Weighed
from kb.nlp.statements.weights import read


def example(number: int, right: int) -> Example:
    """Two contenders: who is right was named since; the rules always choose the first."""
    marks = [["chosen", "spoke last"], ["new"]]
    marks[right].append("named since")
    row = Weighed(0, ["way=last"], marks, 0)
    return Example("scenes/made.jsonl", f"d{number}", "direct", row, (right == 0, right == 1))


ROWS = [example(number, number % 4 == 0) for number in range(80)]


def test_weights_learn_what_tells_the_speaker() -> None:
    weights = speakers.fit(ROWS)
    assert weights.other(ROWS[0].row) is not None
    assert weights.other(ROWS[1].row) is None
    assert (weights.table == speakers.fit(ROWS).table).all()


def test_a_trial_judges_texts_it_has_not_learnt_from() -> None:
    trial = speakers.tried(ROWS, ROWS)
    assert (trial.asked, trial.by_rules, trial.mended, trial.spoilt) == (80, 60, 20, 0)
    assert "rules 75.0 %, weighed 100.0 % (+20 -0)" in str(trial)
    assert {speakers.fold(one.document) for one in ROWS} == set(range(speakers.FOLDS))


def test_found_statements_get_the_speakers_of_the_gold() -> None:
    text = '"Kami siap," kata Budi. Ani menilai dana cukup.'
    found = [
        Statement("direct", 1, 11, text[1:11], "Ani", "kata"),
        Statement("indirect", 36, 46, text[36:46], None, "menilai"),
    ]
    gold = [
        {"kind": "direct", "start": 1, "end": 11, "speaker": "Budi"},
        {"kind": "indirect", "start": 36, "end": 46, "speaker": None},
    ]
    assert speakers.speakers(text, gold, found) == {0: "Budi"}


def test_older_choices_are_read_with_their_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = max(speakers.CHOICES.glob("*.jsonl.gz"), key=lambda path: path.stat().st_size)
    listed = list(speakers.examples(first))
    assert len(listed) > 900
    assert all(len(one.right) == len(one.row.marks) for one in listed)
    monkeypatch.setattr(speakers, "examples", lambda path: iter(ROWS))
    path, trial = speakers.train(tmp_path)
    assert trial.asked == len(ROWS)
    assert "named since" in read(path).marks
