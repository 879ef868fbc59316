"""Judgements about documents carried out, and done again: what stands, and no more.

What a ruling is about is found again by its words (``kb.catalog.anchors``) among what the
machine found; where it is not, the judgement says so and waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, func, or_, select

from kb.authority import norm
from kb.catalog import anchors, found, judgements, legible, numbers, splitting, untag
from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import (
    corrections,
    documents,
    index_queue,
    indicators,
    mentions,
    offices,
    statements,
    untagged,
)

TABLE: Mapping[str, Table] = {
    "mention": mentions,
    "office": offices,
    "statement": statements,
    "indicator": indicators,
}
GONE = "the words it is about stand no longer in the document"
NO_NUMBER = "the document's tables give no such number any more"


def apply(
    connection: Connection,
    document_id: int,
    kinds: Collection[str] = judgements.IN_DOCUMENTS,
) -> None:
    """Go through a document as the machine found it with all that stands; counts come after."""
    key = judgements.document_key(connection, document_id)
    for judgement in judgements.standing(connection, kinds, key):
        apply_one(connection, judgement, document_id)


def apply_one(connection: Connection, judgement: Row[Any], document_id: int) -> None:
    """Carry out one judgement in a document; counts come after."""
    value = judgement.value
    if judgement.kind == "untag":
        untag.apply_one(connection, judgement, document_id)
    elif judgement.kind == "split":
        splitting.apply_one(connection, judgement, document_id)
    elif judgement.kind == "page":
        legible.apply_one(connection, judgement, document_id)
    elif judgement.kind == "field":
        found.change_field(connection, judgement.id, document_id, value["field"], value["value"])
    elif judgement.document is None:
        apply_term(connection, judgement, document_id)
    else:
        _apply_row(connection, judgement, document_id)


def replay(connection: Connection, document_id: int) -> None:
    """Bring a document to what stands: back to what was found, then everything again."""
    before = counted(connection, document_id)
    was = numbers.before(connection, document_id)
    found.roll_back(connection, document_id)
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    here = not row.removed and row.withdrawn is None
    apply(connection, document_id, judgements.IN_DOCUMENTS if here else ("field",))
    numbers.keep(connection, was, document_id)
    settle(connection, document_id, before)


def documents_of(connection: Connection, rows: Iterable[Row[Any]]) -> list[int]:
    """Documents of this base that judgements changed or are about."""
    ids: set[int] = set()
    for row in rows:
        ids |= set(
            connection.execute(
                select(untagged.c.document_id).where(untagged.c.correction_id == row.id).distinct()
            ).scalars()
        )
        if row.document is not None:
            ids |= set(
                connection.execute(
                    select(documents.c.id).where(documents.c.key == row.document)
                ).scalars()
            )
    return sorted(ids)


def decided_documents(connection: Connection, among: Collection[int]) -> list[int]:
    """Those of ``among`` in which something was decided, or may be by what holds everywhere."""
    generic = connection.execute(
        select(corrections.c.id).where(
            judgements.STANDING,
            corrections.c.kind.in_(judgements.IN_DOCUMENTS),
            corrections.c.document.is_(None),
        )
    ).first()
    if generic is not None:
        return sorted(among)
    with_log = set(connection.execute(select(untagged.c.document_id).distinct()).scalars())
    return sorted(with_log & set(among))


# --- one row -----------------------------------------------------------------------


def _apply_row(connection: Connection, judgement: Row[Any], document_id: int) -> None:
    table, value = TABLE[judgement.kind], judgement.value
    place: anchors.Place | None = None
    if table is not indicators:
        texts = judgements.page_texts(connection, document_id)
        place = anchors.find(texts, value["anchor"])
        if place is None:
            judgements.note_problem(connection, judgement, GONE)
            return
    row = _matching(connection, table, value, document_id, place)
    judgements.note_problem(
        connection, judgement, NO_NUMBER if row is None and table is indicators else None
    )
    if value["to"] is None:
        if row is not None:
            _reject(connection, judgement, table, row)
        return
    found.make_entities(connection, value.get("names", {}))
    to = found.led(connection, value["to"])
    if place is not None and "start" in to:
        shift = place.start - int(value["anchor"]["start"])
        to |= {"start": to["start"] + shift, "end": to["end"] + shift}
    if table is not indicators:
        to |= {"method": "staff", "confidence": 1.0}
    if row is not None:
        found.change(connection, judgement.id, table, row, to)
    elif place is not None:
        _make(connection, judgement, table, document_id, place, to)


def _make(
    connection: Connection,
    judgement: Row[Any],
    table: Table,
    document_id: int,
    place: anchors.Place,
    to: Mapping[str, Any],
) -> None:
    """What a person affirmed and the machine does not find (any more)."""
    values = found.led(connection, judgement.value["row"])
    values |= {"document_id": document_id, "page": place.page}
    values |= {"start": place.start, "end": place.end, **to}
    if "date" in values:
        values["date"] = connection.execute(
            select(documents.c.date).where(documents.c.id == document_id)
        ).scalar_one()
    found.add(connection, judgement.id, table, values)


def _reject(
    connection: Connection, judgement: Row[Any], table: Table, row: Mapping[str, Any]
) -> None:
    found.take_out(connection, judgement.id, table, row)
    if table is not mentions or row["entity_id"] is None:
        return
    # An office read from words that name nobody is no office.
    held = select(offices).where(
        offices.c.document_id == row["document_id"],
        offices.c.page == row["page"],
        offices.c.person_id == row["entity_id"],
        offices.c.start < row["end"],
        offices.c.end > row["start"],
    )
    for one in connection.execute(held).mappings().all():
        found.take_out(connection, judgement.id, offices, dict(one))


def _matching(
    connection: Connection,
    table: Table,
    value: Mapping[str, Any],
    document_id: int,
    place: anchors.Place | None,
) -> dict[str, Any] | None:
    """The row that a judgement is about, by what the machine found."""
    kept = value["row"]
    best: tuple[tuple[float, ...], dict[str, Any]] | None = None
    for current, first in found.as_found(connection, table, document_id):
        if place is None:
            score = _same_number(kept, first)
        else:
            score = _same_words(table, kept, first, place)
        if score is not None and (best is None or score > best[0]):
            best = (score, current)
    return best[1] if best else None


def _same_number(kept: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[float, ...] | None:
    if any(kept[name] != row[name] for name in ("norm", "year", "kind", "quarter")):
        return None
    return (
        float(kept["value_text"] == row["value_text"]),
        float(kept["page"] == row["page"]),
        float(kept["table_position"] == row["table_position"] and kept["row"] == row["row"]),
        -abs(kept["page"] - row["page"]),
    )


def _same_words(
    table: Table, kept: Mapping[str, Any], row: Mapping[str, Any], place: anchors.Place
) -> tuple[float, ...] | None:
    if row["page"] != place.page:
        return None
    start, end = row["start"] or 0, row["end"] or 0
    common = min(end, place.end) - max(start, place.start)
    shorter = min(end - start, place.end - place.start)
    if common < 0 or (shorter and 2 * common <= shorter):
        return None
    alike = 0.0
    if table is offices:
        if norm(kept["name"]) != norm(row["name"]):
            return None
        alike = float(norm(kept["role"]) == norm(row["role"]))
        alike += float(kept["status"] == row["status"])
        alike += float(norm(kept["institution"] or "") == norm(row["institution"] or ""))
    elif table is mentions and not kept.get("label"):
        alike = 0.0
    elif table is mentions:
        alike = float(kept["label"] == row["label"])
    return (alike, float(common), -float(max(end, place.end) - min(start, place.start)))


# --- all of a person's ---------------------------------------------------------------


def apply_term(
    connection: Connection, judgement: Row[Any], document_id: int | None
) -> dict[int, None]:
    """Carry out a ruling about an office in one document or all; the documents changed."""
    query = select(offices).where(
        or_(offices.c.person_id == judgement.target, offices.c.found_id == judgement.target),
        offices.c.document_id.is_not(None),
    )
    if document_id is not None:
        query = query.where(offices.c.document_id == document_id)
    touched: dict[int, None] = {}
    to: dict[str, Any] = {}
    for row in map(dict, connection.execute(query.order_by(offices.c.id)).mappings().all()):
        if not any(_worded(row, one) for one in judgement.value["match"]):
            continue
        touched[int(row["document_id"])] = None
        if judgement.value["to"] is None:
            found.take_out(connection, judgement.id, offices, row)
            continue
        if not to:
            found.make_entities(connection, judgement.value.get("names", {}))
            to = found.led(connection, judgement.value["to"])
            to |= {"method": "staff", "confidence": 1.0}
        found.change(connection, judgement.id, offices, row, to)
    return touched


def _worded(row: Mapping[str, Any], wording: Mapping[str, Any]) -> bool:
    if row["status"] != wording["status"] or norm(row["role"]) != norm(str(wording["role"])):
        return False
    if norm(row["institution"] or "") != norm(str(wording["institution"] or "")):
        return False
    first, last = wording.get("first"), wording.get("last")
    if first is None or last is None:
        return True
    return row["date"] is not None and first <= row["date"] <= last


# --- order kept ----------------------------------------------------------------------


def counted(connection: Connection, document_id: int) -> tuple[str | None, dict[str, Any]]:
    """A document's date, and its mentions by entity."""
    rows = connection.execute(
        select(mentions.c.entity_id, func.count(), func.min(mentions.c.page))
        .where(mentions.c.document_id == document_id, mentions.c.entity_id.is_not(None))
        .group_by(mentions.c.entity_id)
    )
    date = connection.execute(
        select(documents.c.date).where(documents.c.id == document_id)
    ).scalar_one()
    return date, {row[0]: (row[1], row[2]) for row in rows}


def settle(
    connection: Connection, document_id: int, before: tuple[str | None, dict[str, Any]]
) -> None:
    after = counted(connection, document_id)
    moved = {e for e in {*before[1], *after[1]} if before[1].get(e) != after[1].get(e)}
    if before[0] != after[0]:
        moved |= {*before[1], *after[1]}
    recount(connection, sorted(moved))
    queue(connection, [document_id])


def queue(connection: Connection, document_ids: Iterable[int]) -> None:
    insert_missing(connection, index_queue, [{"document_id": one} for one in document_ids])
