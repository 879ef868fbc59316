"""Documents of sources that staff looked at: each counts as seen as long as it is the same.

A judgement names the documents with their text and their file; one whose source brought other
content is new again, one that is only read or tagged anew is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.catalog import judgements
from kb.catalog.reading.typed import chunks
from kb.catalog.schema import documents
from kb.errors import NotFound, Overtaken

SEEN = "seen"
"""The kind of judgement that says that somebody looked at documents."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of all documents."""

    here: frozenset[tuple[str, str]]
    """Key of a document, and its text or its file."""
    elsewhere: frozenset[str]
    """Text or file of those whose key no document has: they came from another base, or moved."""

    def has(self, key: str, text_hash: str, sha256: str) -> bool:
        """True where the document was seen as it is."""
        marks = (text_hash, sha256)
        return any((key, one) in self.here or one in self.elsewhere for one in marks)


def seen(connection: Connection) -> Seen:
    """What was seen, of the judgements that stand."""
    found: set[tuple[str, str]] = set()
    for row in judgements.standing(connection, (SEEN,)):
        for key, text_hash, sha256 in row.value["documents"]:
            found |= {(key, text_hash), (key, sha256)}
    named = {key for key, _ in found}
    known: set[str] = set()
    for some in chunks(sorted(named)):
        query = select(documents.c.key).where(documents.c.key.in_(some))
        known |= set(connection.execute(query).scalars())
    return Seen(frozenset(found), frozenset(mark for key, mark in found if key not in known))


def look_at(
    connection: Connection,
    marks: Mapping[int, str | None],
    *,
    source: str | None = None,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that somebody looked at documents (number to the text hash that was shown, where it is
    known); the judgement's number. ``source`` is the name of the source they are all of.

    Those that were seen already, or are not as they were shown, are left out. Raises
    ``Overtaken`` where none is left, ``NotFound`` for a document that is not there.
    """
    rows: list[Row[Any]] = []
    for some in chunks(sorted(marks)):
        rows += connection.execute(select(documents).where(documents.c.id.in_(some))).all()
    if lacking := sorted(set(marks) - {row.id for row in rows}):
        raise NotFound(f"There is no document {lacking[0]}; look it up with 'kb search'.")
    before = seen(connection)
    fresh = [row for row in rows if not before.has(row.key, row.text_hash, row.sha256)]
    same = [row for row in fresh if marks[row.id] in (None, row.text_hash)]
    if not fresh:
        raise Overtaken("Somebody looked at it already; nothing was noted.")
    if not same:
        raise Overtaken("Its source brought another version meanwhile; look at it again.")
    alone = same[0] if len(same) == 1 else None
    value: dict[str, Any] = {
        "documents": [[row.key, row.text_hash, row.sha256] for row in same],
        "source": source,
        "title": alone.title if alone is not None else None,
    }
    judgement = judgements.record(
        connection,
        SEEN,
        alone.key if alone is not None else source or "",
        value,
        at=now,
        by=by,
        reason=reason,
        document=alone.key if alone is not None else None,
    )
    return int(judgement.id)


def wrong(entries: object) -> bool:
    """True of what is no list of documents in a judgement that is given in."""
    if not isinstance(entries, Iterable) or isinstance(entries, str):
        return True
    return not all(
        isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)
        for one in entries
    )
