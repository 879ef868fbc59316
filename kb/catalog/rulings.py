"""What people decided about things found in documents: carried out, done again, taken back.

A ruling is about one row (a mention, an office, a statement, a number), about all of a person's
rows that state one office, or about a field of a document. It names what it is about by words
of the page (``kb.catalog.anchors``), never by a number of this base; so it holds when the file
is read or tagged again, and in another base.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, func, or_, select

from kb.authority import norm
from kb.catalog import anchors, found, judgements, untag
from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import (
    corrections,
    documents,
    index_queue,
    indicators,
    mentions,
    offices,
    pages,
    statements,
    untagged,
)
from kb.errors import NotFound, Overtaken, QueryError

TABLE: Mapping[str, Table] = {
    "mention": mentions,
    "office": offices,
    "statement": statements,
    "indicator": indicators,
}
MAY_CHANGE: Mapping[str, tuple[str, ...]] = {
    "mention": ("label", "entity_id", "start", "end", "surface"),
    "office": ("person_id", "role", "institution", "institution_id", "status")
    + ("date_from", "date_to"),
    "statement": ("speaker", "speaker_id", "role", "institution", "institution_id", "kind"),
    "indicator": ("value", "value_text", "unit", "kind", "year"),
}
"""Columns that a ruling may give another value."""
_OWN = ("id", "document_id", "found_id", "institution_found")
"""Columns that mean something in this base alone."""
GONE = "the words it is about stand no longer in the document"
NO_NUMBER = "the document's tables give no such number any more"


def decide(
    connection: Connection,
    kind: str,
    row_id: int,
    to: Mapping[str, Any] | None,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> int:
    """Change a row (``to``: column to value) or reject it (``None``); the judgement's number.

    Raises ``NotFound`` where it is not there, ``Overtaken`` where it is not as in ``seen`` any
    more, ``QueryError`` for a change that changes nothing.
    """
    table = TABLE[kind]
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    if row is None or row["document_id"] is None:
        _refuse_missing(connection, kind, table, row_id, authority=row is not None)
    assert row is not None
    now_there = dict(row)
    _refuse_overtaken(connection, table, now_there, seen or {})
    document_id = int(now_there["document_id"])
    if to is not None:
        if wrong := sorted(set(to) - set(MAY_CHANGE[kind])):
            raise QueryError(f"{', '.join(wrong)} of a {kind} cannot be changed.")
        to = {name: value for name, value in to.items() if now_there[name] != value}
        if not to:
            raise QueryError("It is so already; give what is to be otherwise.")
    machine = next(
        first
        for current, first in found.as_found(connection, table, document_id)
        if current["id"] == row_id
    )
    value = _value(connection, table, machine, now_there, to)
    target = next((str(now_there[p]) for p in judgements.POINTERS if now_there.get(p)), "")
    judgement = judgements.record(
        connection,
        kind,
        target,
        value,
        at=now,
        by=by,
        reason=reason,
        document=judgements.document_key(connection, document_id),
    )
    before = _counted(connection, document_id)
    _apply_row(connection, judgement, document_id)
    _settle(connection, document_id, before)
    return int(judgement.id)


def tag(
    connection: Connection,
    document_id: int,
    page: int,
    start: int,
    end: int,
    *,
    label: str,
    entity_id: str,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that words of a page name an entity that the machine missed; the judgement's number."""
    key = judgements.document_key(connection, document_id)
    text = judgements.page_texts(connection, document_id).get(page)
    if text is None or not text[start:end].strip() or start < 0:
        raise QueryError(f"Page {page} has no words from {start} to {end}; choose words of it.")
    there = select(mentions.c.id).where(
        mentions.c.document_id == document_id,
        mentions.c.page == page,
        mentions.c.start < end,
        mentions.c.end > start,
    )
    if connection.execute(there).first() is not None:
        raise QueryError("These words are tagged already; change that tag.")
    row = {"page": page, "start": start, "end": end, "surface": text[start:end]}
    value = {
        "anchor": anchors.anchor(text, page, start, end),
        "row": row,
        "to": {"label": label, "entity_id": entity_id},
        "new": True,
        "names": judgements.names_of(connection, [entity_id]),
    }
    judgement = judgements.record(
        connection, "mention", entity_id, value, at=now, by=by, reason=reason, document=key
    )
    before = _counted(connection, document_id)
    _apply_row(connection, judgement, document_id)
    _settle(connection, document_id, before)
    return int(judgement.id)


def decide_term(
    connection: Connection,
    person_id: str,
    wordings: Sequence[Mapping[str, Any]],
    to: Mapping[str, Any] | None,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Change or reject an office of a person wherever a text states it, also in later texts.

    ``wordings``: role, institution and status as the texts have them, with ``first`` and
    ``last`` (dates) where the same words are true of another time. Raises ``Overtaken`` where
    nothing is stated so (any more).
    """
    if to is not None and (wrong := sorted(set(to) - set(MAY_CHANGE["office"]))):
        raise QueryError(f"{', '.join(wrong)} of an office cannot be changed.")
    pointed_at = [person_id, *((to or {}).get(p) for p in judgements.POINTERS)]
    value = {
        "match": [dict(one) for one in wordings],
        "to": None if to is None else dict(to),
        "names": judgements.names_of(connection, pointed_at),
    }
    judgement = judgements.record(
        connection, "office", person_id, value, at=now, by=by, reason=reason
    )
    touched = _apply_term(connection, judgement, None)
    if not touched:
        raise Overtaken("No text states this office of the person any more; look again.")
    _queue(connection, touched)
    return int(judgement.id)


def set_field(
    connection: Connection,
    document_id: int,
    field: str,
    value: Any,
    *,
    now: str,
    by: str | None,
    reason: str | None,
    seen: Mapping[str, Any],
) -> int:
    """Give a document another value for a field; the judgement's number."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    previous = found.field_of(connection, row, field)
    if field in seen and seen[field] != previous:
        raise Overtaken(_meanwhile(connection, documents.name, document_id, None, previous))
    kept = {"field": field, "value": value, "previous": previous}
    judgement = judgements.record(
        connection, "field", row.key, kept, at=now, by=by, reason=reason, document=row.key
    )
    before = _counted(connection, document_id)
    found.change_field(connection, judgement.id, document_id, field, value)
    _settle(connection, document_id, before)
    return int(judgement.id)


def apply(
    connection: Connection,
    document_id: int,
    kinds: Collection[str] = judgements.IN_DOCUMENTS,
) -> None:
    """Go through a document as the machine found it with all that stands; counts come after."""
    key = judgements.document_key(connection, document_id)
    for judgement in judgements.standing(connection, kinds, key):
        if judgement.kind == "untag":
            untag.apply_one(connection, judgement, document_id)
        elif judgement.kind == "field":
            found.change_field(
                connection,
                judgement.id,
                document_id,
                judgement.value["field"],
                judgement.value["value"],
            )
        elif judgement.document is None:
            _apply_term(connection, judgement, document_id)
        else:
            _apply_row(connection, judgement, document_id)


def replay(connection: Connection, document_id: int) -> None:
    """Bring a document to what stands: back to what was found, then everything again."""
    before = _counted(connection, document_id)
    found.roll_back(connection, document_id)
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    here = not row.removed and row.withdrawn is None
    apply(connection, document_id, judgements.IN_DOCUMENTS if here else ("field",))
    _settle(connection, document_id, before)


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


def _value(
    connection: Connection,
    table: Table,
    machine: Mapping[str, Any],
    current: Mapping[str, Any],
    to: Mapping[str, Any] | None,
) -> dict[str, Any]:
    row = {name: value for name, value in machine.items() if name not in _OWN}
    for pointer, before in found.POINTERS:  # what the text was linked to, merges aside
        if machine.get(pointer) and machine.get(before):
            row[pointer] = machine[before]
    ids = [part.get(p) for part in (row, to or {}) for p in judgements.POINTERS]
    value: dict[str, Any] = {
        "row": row,
        "previous": {name: current[name] for name in (to or MAY_CHANGE_ALL) if name in current},
        "to": None if to is None else dict(to),
        "names": judgements.names_of(connection, ids),
    }
    if table is not indicators:
        text = connection.execute(
            select(pages.c.text).where(
                pages.c.document_id == machine["document_id"],
                pages.c.number == machine["page"],
            )
        ).scalar_one()
        value["anchor"] = anchors.anchor(
            text, machine["page"], machine["start"] or 0, machine["end"] or 0
        )
    return value


MAY_CHANGE_ALL = tuple(dict.fromkeys(name for names in MAY_CHANGE.values() for name in names))


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
        found.take_out(connection, judgement.id, offices, one)


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


def _apply_term(
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
    for row in connection.execute(query.order_by(offices.c.id)).mappings().all():
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


def _counted(connection: Connection, document_id: int) -> tuple[str | None, dict[str, Any]]:
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


def _settle(
    connection: Connection, document_id: int, before: tuple[str | None, dict[str, Any]]
) -> None:
    after = _counted(connection, document_id)
    moved = {e for e in {*before[1], *after[1]} if before[1].get(e) != after[1].get(e)}
    if before[0] != after[0]:
        moved |= {*before[1], *after[1]}
    recount(connection, sorted(moved))
    _queue(connection, [document_id])


def _queue(connection: Connection, document_ids: Iterable[int]) -> None:
    insert_missing(connection, index_queue, [{"document_id": one} for one in document_ids])


def _refuse_missing(
    connection: Connection, kind: str, table: Table, row_id: int, *, authority: bool
) -> None:
    if authority:
        raise QueryError(
            "This office is of the file of officials, not of a text; it is corrected there."
        )
    gone = connection.execute(
        select(corrections.c.by, corrections.c.at, untagged.c.content)
        .join(untagged, untagged.c.correction_id == corrections.c.id)
        .where(untagged.c.table_name == table.name, untagged.c.whole)
        .order_by(corrections.c.id.desc())
    ).all()
    for row in gone:
        if row.content.get("id") == row_id:
            who = row.by or "Somebody"
            raise Overtaken(f"{who} rejected this {kind} at {row.at}; nothing was changed.")
    raise NotFound(f"There is no {kind} {row_id} (any more); look at the page again.")


def _refuse_overtaken(
    connection: Connection, table: Table, row: Mapping[str, Any], seen: Mapping[str, Any]
) -> None:
    for name, value in seen.items():
        if row.get(name) != value:
            raise Overtaken(
                _meanwhile(connection, table.name, row["document_id"], row["id"], row.get(name))
            )


def _meanwhile(
    connection: Connection, name: str, document_id: int, row_id: int | None, present: Any
) -> str:
    latest = connection.execute(
        select(corrections.c.by, corrections.c.at, untagged.c.content)
        .join(untagged, untagged.c.correction_id == corrections.c.id)
        .where(untagged.c.document_id == document_id, untagged.c.table_name == name)
        .order_by(untagged.c.id.desc())
    ).all()
    who = next((r for r in latest if row_id is None or r.content.get("id") == row_id), None)
    told = f"{who.by or 'Somebody'} changed it at {who.at}" if who else "It was changed meanwhile"
    return f"{told}: it is now '{present}'. Nothing of yours was stored; look again and decide."
