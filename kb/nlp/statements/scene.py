"""One sentence as the rules of reported speech see it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.nlp.statements.masked import View
from kb.nlp.statements.people import People


@dataclass(frozen=True, slots=True)
class SceneWord:
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence without the quotations at its edges."""

    view: View
    people: People
    start: int
    end: int
    words: tuple[SceneWord, ...]
    """Its words outside mentions and quotations."""
