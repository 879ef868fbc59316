"""What a question as people ask it is answered with, each line with its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.explore.views.entities import OfficeTerm
from kb.explore.views.refs import IndicatorCell
from kb.explore.views.statements import StatementView


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One part of an answer and the page that says it; one of the last three tells what."""

    text: str
    """A name, a number with its unit, or the words said."""
    document_id: int
    title: str
    page: int
    page_label: str | None
    date: str | None
    entity_id: str | None = None
    """The person, for an office."""
    office: OfficeTerm | None = None
    number: IndicatorCell | None = None
    indicator: str | None = None
    """What the number is of, as the document names it."""
    statement: StatementView | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the base says to a question; only what stands on a page."""

    kind: Literal["office", "number", "statement"]
    year: int | None
    """The year asked for, or that of the latest number."""
    lines: tuple[AnswerLine, ...]
