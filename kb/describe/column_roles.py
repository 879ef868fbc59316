"""What a column of a table can hold, and a table with its columns told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.model import NumberKind

Role = Literal["name", "unit", "agency", "region", "kinds", "years", "value", "other"]


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` and ``year`` of a value column are ``None`` where its rows say them."""

    role: Role
    kind: NumberKind | None = None
    year: int | None = None
    name: str | None = None
    """The indicator, where the column itself is one (years are rows)."""
    quarter: int | None = None
    """1 to 4 where the column is of a quarter of the year."""


OTHER = Column("other")
PLAIN = Column("name", name="")
"""A column of items among which only those that are worded as indicators are some."""


@dataclass(frozen=True, slots=True)
class Within:
    """The year or the quarter that a row of its own says for those below it."""

    year: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's columns and the rows below its header."""

    columns: tuple[Column, ...]
    body: range
    names: Mapping[int, int] = field(default_factory=dict)
    """For each column of values or units the column that names its indicators."""
    within: Mapping[int, Within] = field(default_factory=dict)
    """For each row below a row that says nothing but a year or a quarter, that."""
    data: range | None = None
    """The columns that name the rows, in a table of data that an agency reports."""

    def at(self, role: Role) -> list[int]:
        """Columns with this role."""
        return [i for i, column in enumerate(self.columns) if column.role == role]
