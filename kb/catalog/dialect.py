"""What SQLite and PostgreSQL word differently: nowhere else is asked which of them it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Table, cast, func, select
from sqlalchemy.dialects import sqlite


def _embedded(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows``; those whose key is already there are left as they are."""
    if not rows:
        return
    if _embedded(connection):
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))
        return
    # Loads every driver's module: a fifteenth of the start of a search that needs none.
    from sqlalchemy.dialects import postgresql

    connection.execute(postgresql.insert(table).on_conflict_do_nothing(), list(rows))


def caseless(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """What ``contains`` and its like overlook the case of ASCII letters in.

    SQLite's LIKE does so by itself; its lower() would take as long again.
    """
    return column if _embedded(connection) else func.lower(column)


def octets(connection: Connection, column: ColumnElement[str]) -> ColumnElement[int]:
    """Length in bytes of UTF-8."""
    if _embedded(connection):
        return func.length(cast(column, LargeBinary))
    return func.octet_length(column)


def damage(connection: Connection) -> tuple[list[str], list[str]]:
    """What the database says is damaged in itself, and for each row that points at one that does
    not exist its table. PostgreSQL looks after both by itself."""
    if not _embedded(connection):
        return [], []
    answer = [str(one) for one in connection.exec_driver_sql("PRAGMA quick_check(5)").scalars()]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [one for one in answer if one != "ok"], [str(row[0]) for row in broken]


def last_number(connection: Connection, table: Table) -> int:
    """The largest number a row of ``table`` ever had, where the database remembers it."""
    numbers = table.c["id"]
    largest = connection.execute(select(func.coalesce(func.max(numbers), 0))).scalar_one()
    if _embedded(connection):
        if not table.dialect_options["sqlite"]["autoincrement"]:
            return int(largest)
        kept = connection.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)
        ).scalar_one_or_none()
    else:
        name = connection.execute(
            select(func.pg_get_serial_sequence(table.name, "id"))
        ).scalar_one()
        kept = connection.exec_driver_sql(
            f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}"
        ).scalar_one()
    return max(int(largest), int(kept or 0))


def set_last_number(connection: Connection, table: Table, number: int) -> None:
    """The next row of ``table`` gets the number after this one."""
    if not number:
        return
    if not _embedded(connection):
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, number)))
    elif table.dialect_options["sqlite"]["autoincrement"]:
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        connection.exec_driver_sql(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, number)
        )
