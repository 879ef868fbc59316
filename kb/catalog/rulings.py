"""What people decide about things found in documents.

A ruling is about one row (a mention, an office, a statement, a number), about all of a person's
rows that state one office, or about a field of a document. It names what it is about by words
of the page (``kb.catalog.anchors``), never by a number of this base; so it holds when the file
is read or tagged again, and in another base (``kb.catalog.replaying`` carries it out).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from kb.authority import norm
from kb.catalog import anchors, found, judgements, legible, replaying
from kb.catalog.pointers import NAMES, PAIRS
from kb.catalog.schema import corrections, documents, indicators, pages, untagged
from kb.errors import NotFound, Overtaken, QueryError

MAY_CHANGE: Mapping[str, tuple[str, ...]] = {
    "mention": ("label", "entity_id", "start", "end", "surface"),
    "office": (
        *("person_id", "role", "institution", "institution_id", "status"),
        *("date_from", "date_to"),
    ),
    "statement": (
        *("speaker", "speaker_id", "role", "institution", "institution_id", "kind"),
        *("start", "end", "text"),
    ),
    "indicator": ("value", "value_text", "unit", "kind", "year"),
}
"""Columns that a ruling may give another value."""
_ANY = tuple(dict.fromkeys(name for names in MAY_CHANGE.values() for name in names))
FIELDS = (
    *("title", "date", "years", "doc_type", "institution", "institution_id"),
    *("level", "region", "number", "stage", "draft"),
)
"""Fields of a document that staff may set."""
_WORDS = {"mention": "surface", "office": "name", "statement": "text", "indicator": "name"}
"""Column with the words of each kind."""
_OWN = ("id", "document_id", "found_id", "institution_found")
"""Columns that mean something in this base alone."""


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
    wanted = None if to is None else dict(to)
    return _decided(connection, kind, row_id, wanted, seen, now=now, by=by, reason=reason)


def affirm(
    connection: Connection,
    kind: str,
    row_id: int,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> int:
    """Say that a row is right as it stands; raises as ``decide``."""
    return _decided(connection, kind, row_id, {}, seen, now=now, by=by, reason=reason, stands=True)


def _decided(
    connection: Connection,
    kind: str,
    row_id: int,
    to: dict[str, Any] | None,
    seen: Mapping[str, Any] | None,
    *,
    now: str,
    by: str | None,
    reason: str | None,
    stands: bool = False,
) -> int:
    table = replaying.TABLE[kind]
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
        if stands and kind == "indicator":
            to = {"value_text": now_there["value_text"]}  # it has no confidence to raise
        if not to and not stands:
            raise QueryError("It is so already; give what is to be otherwise.")
    machine = next(
        first
        for current, first in found.as_found(connection, table, document_id)
        if current["id"] == row_id
    )
    value = _value(connection, table, machine, now_there, to)
    target = next((str(now_there[p]) for p in NAMES if now_there.get(p)), "")
    return ruled(connection, kind, target, value, document_id, now=now, by=by, reason=reason)


def page(
    connection: Connection,
    document_id: int,
    number: int,
    *,
    legible_now: bool,
    now: str,
    by: str | None = None,
    reason: str | None = None,
    seen: str | None = None,
) -> int:
    """Say that OCR read a page well enough, or that nothing it found there counts.

    Raises ``NotFound`` for a page that is not there, ``Overtaken`` where its words are not those
    ``seen`` (``legible.mark``) any more.
    """
    key = judgements.document_key(connection, document_id)
    text = judgements.page_texts(connection, document_id).get(number)
    if text is None:
        raise NotFound(f"Document {document_id} has no page {number}; look at it again.")
    if seen is not None and legible.mark(text) != seen:
        raise Overtaken("The page was read anew meanwhile; look at it again and decide.")
    value = {"page": number, "legible": legible_now, "text": legible.mark(text)}
    return ruled(connection, "page", key, value, document_id, now=now, by=by, reason=reason)


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
    pointed_at = [person_id, *((to or {}).get(p) for p in NAMES)]
    value = {
        "match": [dict(one) for one in wordings],
        "to": None if to is None else dict(to),
        "names": judgements.names_of(connection, pointed_at),
    }
    judgement = judgements.record(
        connection, "office", person_id, value, at=now, by=by, reason=reason
    )
    touched = replaying.apply_term(connection, judgement, None)
    if not touched:
        raise Overtaken("No text states this office of the person any more; look again.")
    replaying.queue(connection, touched)
    return int(judgement.id)


def set_field(
    connection: Connection,
    document_id: int,
    field: str,
    value: Any,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> int:
    """Give a document another value for one of ``FIELDS``, for good; the judgement's number.

    Raises ``QueryError`` for another field, ``NotFound``, ``Overtaken`` where the field is not as
    in ``seen`` any more.
    """
    if field not in FIELDS:
        raise QueryError(f"'{field}' cannot be set; choose one of {', '.join(FIELDS)}.")
    key = judgements.document_key(connection, document_id)
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    previous = found.field_of(connection, row, field)
    if seen and field in seen and seen[field] != previous:
        raise Overtaken(_meanwhile(connection, documents.name, document_id, None, previous))
    kept = {"field": field, "value": value, "previous": previous}
    return ruled(connection, "field", key, kept, document_id, now=now, by=by, reason=reason)


def look_up(
    connection: Connection, kind: str, document_id: int, words: str, page: int | None = None
) -> list[dict[str, Any]]:
    """Rows of a document whose words hold ``words``, those that are exactly so first.

    A number of an indicator is one of many with its name: its kind, year and value are words of
    it, too (``prevalensi stunting target 2024``).
    """
    table, column = replaying.TABLE[kind], _WORDS[kind]
    wanted = norm(words)
    rows = connection.execute(
        select(table).where(table.c.document_id == document_id).order_by(table.c.id)
    ).mappings()
    fitting = [
        row
        for row in map(dict, rows)
        if page in (None, row["page"])
        and (wanted in norm(row[column] or "") or _told_apart(kind, row, wanted))
    ]
    exact = [row for row in fitting if norm(row[column] or "") == wanted]
    return exact or fitting


def _told_apart(kind: str, row: Mapping[str, Any], wanted: str) -> bool:
    if kind != "indicator":
        return False
    told = (row["name"], row["kind"], row["year"], row["value_text"])
    return set(wanted.split()) <= set(norm(" ".join(map(str, told))).split())


def said(kind: str, row: Mapping[str, Any]) -> str:
    """A row in a few words, for telling it from others."""
    words = " ".join(str(row[_WORDS[kind]]).split())[:60]
    more = {
        "mention": row.get("label"),
        "office": row.get("role"),
        "statement": row.get("speaker"),
        "indicator": f"{row.get('kind')} {row.get('year')}: {row.get('value_text')}",
    }[kind]
    return f"page {row['page']}: {words} ({more})"


# --- one row -----------------------------------------------------------------------


def ruled(
    connection: Connection,
    kind: str,
    target: str,
    value: Mapping[str, Any],
    document_id: int,
    *,
    now: str,
    by: str | None,
    reason: str | None,
) -> int:
    """Note a judgement about a document and carry it out there; its number."""
    key = judgements.document_key(connection, document_id)
    judgement = judgements.record(
        connection, kind, target, value, at=now, by=by, reason=reason, document=key
    )
    before = replaying.counted(connection, document_id)
    replaying.apply_one(connection, judgement, document_id)
    replaying.settle(connection, document_id, before)
    return int(judgement.id)


def _value(
    connection: Connection,
    table: Table,
    machine: Mapping[str, Any],
    current: Mapping[str, Any],
    to: Mapping[str, Any] | None,
) -> dict[str, Any]:
    row = {name: value for name, value in machine.items() if name not in _OWN}
    for pointer, before in PAIRS:  # what the text was linked to, merges aside
        if machine.get(pointer) and machine.get(before):
            row[pointer] = machine[before]
    ids = [part.get(p) for part in (row, to or {}) for p in NAMES]
    value: dict[str, Any] = {
        "row": row,
        "previous": {name: current[name] for name in (to or _ANY) if name in current},
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
        .where(untagged.c.table_name == table.name, untagged.c.whole.is_(True))
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
