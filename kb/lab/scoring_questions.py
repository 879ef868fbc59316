"""How often questions as people ask them are answered, and how often rightly."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Answered = Callable[[str], Mapping[str, Any] | None]
"""Gives the answer to a question as the command line's JSON has it; ``None`` without one."""


@dataclass(slots=True)
class QuestionScore:
    """Counts over one list of questions."""

    asked: int = 0
    answerable: int = 0
    answered: int = 0
    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """Questions with what was wrongly answered."""
    missed: list[str] = field(default_factory=list)
    """Questions the base could have answered and did not."""

    @property
    def precision(self) -> float:
        """Of what was answered, how much was right."""
        return self.right / self.answered if self.answered else 1.0

    @property
    def recall(self) -> float:
        """Of what could be answered, how much was, rightly."""
        return self.right / self.answerable if self.answerable else 1.0


def score(file: Path, answered: Answered, *, held: bool | None = None) -> QuestionScore:
    """Ask all questions of a file (``held``: those kept for the end, or the others)."""
    found = QuestionScore()
    for ask in tomllib.loads(file.read_text(encoding="utf-8"))["ask"]:
        if held is not None and bool(ask.get("held")) != held:
            continue
        _one(ask, answered(ask["q"]), found)
    return found


def _one(ask: Mapping[str, Any], answer: Mapping[str, Any] | None, found: QuestionScore) -> None:
    can = any(name in ask for name in ("names", "numbers", "speaker"))
    found.asked += 1
    found.answerable += can
    if answer is None:
        if can:
            found.missed.append(ask["q"])
        return
    found.answered += 1
    lines: Sequence[Mapping[str, Any]] = answer["lines"]
    if can and lines and all(_right(ask, line) for line in lines):
        found.right += 1
    else:
        found.wrong.append((ask["q"], "; ".join(str(line["text"]) for line in lines)))


def _right(ask: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    if "names" in ask:
        return line["text"] in ask["names"]
    if "numbers" in ask:
        number = line["number"]
        return number is not None and number["text"] in ask["numbers"]
    said = line["statement"]
    return (
        said is not None
        and said["speaker"] == ask["speaker"]
        and any(word in said["text"] for word in ask["about"])
    )
