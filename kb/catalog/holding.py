"""Conditions that leave out texts which cannot hold certain words, without reading them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, or_

from kb.catalog.dialect import caseless, octets

_SIGNS = "“”–—…"
"""Common in texts and never inside a word; each takes three bytes."""
_INSIDE = "'`"
"""ASCII signs that may stand inside a word and do not count as part of it."""


def may_hold(
    connection: Connection,
    columns: Sequence[ColumnElement[str]],
    clues: Sequence[Sequence[str]],
) -> ColumnElement[bool]:
    """True for every row whose ``columns`` hold at least one string of each of ``clues``.

    The strings are lower-case ASCII and stand within a word, whatever its case, accents or
    signs inside it. True also for some rows that do not hold them: for any with letters or
    signs that SQL cannot see through.
    """
    told = and_(*(or_(*(holds(connection, c, s) for c in columns for s in some)) for some in clues))
    return or_(told, *(_is_odd(connection, c) for c in columns))


def holds(connection: Connection, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """``column`` holds ``text``, which is lower case, in whatever case of ASCII letters."""
    return caseless(connection, column).contains(text, autoescape=True)


def _is_odd(connection: Connection, column: ColumnElement[str]) -> ColumnElement[bool]:
    plain: ColumnElement[str] = column
    for sign in _SIGNS:
        plain = func.replace(plain, sign, "")
    chars, length = func.length(column), octets(connection, column)
    # Bytes of the rest against its characters, these from how many bytes the signs took.
    beyond = 2 * octets(connection, plain) > 3 * chars - length
    inside = (column.contains(sign, autoescape=True) for sign in _INSIDE)
    return or_(and_(length > chars, beyond), *inside)
