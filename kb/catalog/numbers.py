"""Numbers of statements are addresses: each stays with its words, and is given once.

A document that is read or tagged anew is written anew. A statement that is found just there
again keeps its number; of one that is not, the words are kept under it, and lead to the
statement that has them by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from kb.catalog import anchors, found, judgements
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import statements
from kb.catalog.schema_said import former_statements
from kb.catalog.schema_sources import shelved

Spot = tuple[int, int, int, str]
"""Page, start, end and words."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The statements of a document before it is written anew."""

    spots: Mapping[int, Spot]
    """By number where the machine found it."""
    shown: Mapping[int, Spot]
    """By number where it stood for readers."""
    texts: Mapping[int, str]
    """Of the pages it stood on."""


def before(connection: Connection, document_id: int) -> Numbered:
    """The statements of a document as it is, also those that staff took out, or that are shelved
    with it."""
    spots: dict[int, Spot] = {}
    shown: dict[int, Spot] = {}
    for current, first in found.as_found(connection, statements, document_id):
        spots[int(current["id"])], shown[int(current["id"])] = _spot(first), _spot(current)
    for content in (*taken_out(connection, document_id), *shelved_of(connection, document_id)):
        number = int(content["id"])
        spots.setdefault(number, _spot(content))
        shown.setdefault(number, _spot(content))
    texts = judgements.page_texts(connection, document_id) if spots else {}
    return Numbered(spots, shown, texts)


def taken_out(connection: Connection, document_id: int) -> list[Mapping[str, Any]]:
    """Statements that a judgement took out of a document, as they were."""
    return [
        entry.content
        for entry in found.log(connection, document_id)
        if entry.whole and entry.table_name == statements.name
    ]


def shelved_of(connection: Connection, document_id: int) -> list[Mapping[str, Any]]:
    """Statements of a document that was withdrawn or removed, as they were."""
    query = select(shelved.c.content).where(
        shelved.c.document_id == document_id, shelved.c.table_name == statements.name
    )
    return list(connection.execute(query).scalars())


def give(was: Numbered, rows: Sequence[dict[str, Any]]) -> None:
    """Put the number it had into each row whose words stand where they stood."""
    free: dict[Spot, list[int]] = {}
    for number, spot in was.spots.items():
        free.setdefault(spot, []).append(number)
    for row in rows:
        if numbers := free.get(_spot(row)):
            row["id"] = numbers.pop(0)


def keep(connection: Connection, was: Numbered, document_id: int) -> None:
    """Note where those stood whose number none has in the document as it is written now."""
    query = select(statements.c.id).where(statements.c.document_id == document_id)
    there = set(connection.execute(query).scalars())
    aside = (*taken_out(connection, document_id), *shelved_of(connection, document_id))
    there |= {int(one["id"]) for one in aside}
    rows = [
        {
            "id": number,
            "document_id": document_id,
            "place": anchors.anchor(was.texts.get(page, ""), page, start, end) | {"words": words},
        }
        for number, (page, start, end, words) in was.shown.items()
        if number not in there
    ]
    insert_missing(connection, former_statements, rows)


def _spot(row: Mapping[str, Any]) -> Spot:
    return (int(row["page"]), int(row["start"] or 0), int(row["end"] or 0), str(row["text"]))
