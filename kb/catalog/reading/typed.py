"""Rows of the catalog as frozen dataclasses: a renamed column is seen by mypy, not by a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Select

Reading = Connection
"""An open transaction to read in, for the signatures of other rooms."""
CHUNK = 500
"""Ids bound in one statement."""
T = TypeVar("T")


def chunks(ids: Sequence[Any]) -> list[list[Any]]:
    """``ids`` in lists short enough to bind."""
    return [list(ids[i : i + CHUNK]) for i in range(0, len(ids), CHUNK)]


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def columns(kind: type[Any], table: FromClause) -> list[ColumnElement[Any]]:
    """The columns of ``table`` that the fields of ``kind`` are named after, in their order.

    Raises ``KeyError`` for a field that is no column: where it is defined, not where it is read.
    """
    return [table.c[name] for name in _names(kind)]


def fetch(connection: Connection, kind: type[T], query: Select[Any]) -> list[T]:
    """What the query finds, each row as a ``kind``; its columns are the fields, in order.

    Raises ``TypeError`` where they are not.
    """
    result = connection.execute(query)
    if tuple(result.keys()) != _names(kind):
        raise TypeError(f"{kind.__name__} is read from {', '.join(result.keys())}")
    make: Any = kind
    return [make(*row) for row in result]
