"""Judgements of one base for another: given out whole, taken in once each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from kb.authority import norm
from kb.catalog import corrections, found, judgements, naming, replaying, rulings, seen, shelving
from kb.catalog.directions import DIRECTION
from kb.catalog.schema import corrections as record
from kb.catalog.schema import documents
from kb.errors import QueryError

COLUMNS = (
    *("uid", "kind", "target", "document", "text_hash", "value"),
    *("at", "by", "reason", "undone", "undone_by"),
)
"""What is shared of a judgement; ``text_hash`` finds the document where its key is another."""
OUT = (shelving.REMOVE, shelving.WITHDRAW)
KINDS = (
    *("merge", "rename", "hide", "apart", naming.ALIAS, DIRECTION, seen.SEEN),
    *OUT,
    *judgements.IN_DOCUMENTS,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of judgements that were given in."""

    new: int
    known: int
    """Were there already."""
    undone: int
    """Were there, and have been taken back where they came from."""
    waiting: int
    """Of the new ones, those about documents that this base does not have; they hold as soon as
    such a document comes in."""


def shared(connection: Connection) -> list[dict[str, Any]]:
    """Every judgement, first to last, those taken back too."""
    hashes = {
        row.key: row.text_hash
        for row in connection.execute(select(documents.c.key, documents.c.text_hash))
    }
    return [
        {
            name: hashes.get(row.document) if name == "text_hash" else row._mapping[name]
            for name in COLUMNS
        }
        for row in reversed(judgements.everything(connection))
    ]


def checked(entry: Mapping[str, Any], where: str) -> dict[str, Any]:
    """A judgement as it was given in, with every column; raises ``QueryError`` for what is none."""
    values = {name: entry.get(name) for name in COLUMNS}
    texts = ("uid", "kind", "target", "at")
    if any(not isinstance(values[name], str) for name in texts) or not values["uid"]:
        raise QueryError(f"{where} is no judgement: it needs {', '.join(texts)} as text.")
    if values["kind"] not in KINDS:
        raise QueryError(f"{where} has an unknown kind; use one of {', '.join(KINDS)}.")
    if not isinstance(values["value"], dict):
        raise QueryError(f"{where} has no value; export the judgements again.")
    for name in set(COLUMNS) - {*texts, "value"}:
        if values[name] is not None and not isinstance(values[name], str):
            raise QueryError(f"{where}: '{name}' must be text.")
    if lacking := sorted(name for name in _needed(values) if name not in values["value"]):
        raise QueryError(f"{where} lacks {', '.join(lacking)}; export the judgements again.")
    if values["kind"] == naming.ALIAS:
        said = values["value"]
        if not norm(str(said["alias"])) or not isinstance(said["gone"], bool):
            raise QueryError(f"{where} gives no name; export the judgements again.")
    if values["kind"] == seen.SEEN and seen.wrong(values["value"]["documents"]):
        raise QueryError(f"{where} names no documents; export the judgements again.")
    if strange := _strange(values["kind"], values["value"]):
        raise QueryError(f"{where} changes {', '.join(strange)}, which no judgement may.")
    return values


def _strange(kind: str, value: Mapping[str, Any]) -> list[str]:
    """Columns that a file of judgements has no business with (a document's path)."""
    if kind == "field":
        return [str(value["field"])] if value["field"] not in rulings.FIELDS else []
    if kind not in judgements.ROWS:
        return []
    allowed = rulings.MAY_CHANGE[kind]
    columns = set(replaying.TABLE[kind].c.keys()) - {"id", "document_id"}
    told = {*(value["to"] or {})} - {*allowed}
    return sorted(told | ({*(value.get("row") or {})} - columns))


def _needed(values: Mapping[str, Any]) -> tuple[str, ...]:
    kind = values["kind"]
    if kind in judgements.ROWS:
        if kind == "office" and values["document"] is None:
            return ("match", "to")
        return ("row", "to") if kind == "indicator" else ("anchor", "row", "to")
    needed = {
        "merge": ("into",),
        "rename": ("name", "machine"),
        "field": ("field", "value"),
        "untag": ("surface", "document"),
        "split": ("documents", "written", "to", "names"),
        "apart": ("other",),
        naming.ALIAS: ("alias", "gone"),
        "page": ("page", "legible", "text"),
        DIRECTION: ("falls", "name"),
        shelving.WITHDRAW: ("day",),
        seen.SEEN: ("documents",),
    }
    return needed.get(str(kind), ())


def take_in(connection: Connection, entries: Sequence[Mapping[str, Any]]) -> Taken:
    """Note judgements that this base does not have, and bring it to what stands then."""
    here = {row.uid: row for row in judgements.everything(connection)}
    new: list[Row[Any]] = []
    known = undone = 0
    for entry in entries:
        mine = here.get(entry["uid"])
        if mine is None:
            new.append(_insert(connection, entry))
            here[entry["uid"]] = new[-1]
            continue
        known += 1
        if entry["undone"] is not None and mine.undone is None:
            corrections.undo(connection, mine.id, now=entry["undone"], by=entry["undone_by"])
            undone += 1
    standing = [row for row in new if row.undone is None]
    for row in standing:
        if row.kind not in (*judgements.IN_DOCUMENTS, *OUT):
            found.make_entities(connection, row.value.get("names", {}))
    corrections.reapply(connection)
    about = [row for row in standing if row.kind in judgements.IN_DOCUMENTS]
    for document_id in _touched(connection, about):
        replaying.replay(connection, document_id)
    for row in standing:
        if row.kind == shelving.REMOVE:
            shelving.remove_again(connection, row.document)
        elif row.kind == shelving.WITHDRAW:
            shelving.withdraw_again(connection, row.document)
    keys = set(connection.execute(select(documents.c.key)).scalars())
    waiting = sum(row.document is not None and row.document not in keys for row in standing)
    return Taken(len(new), known, undone, waiting)


def _touched(connection: Connection, rows: Sequence[Row[Any]]) -> list[int]:
    if any(row.document is None for row in rows):
        return sorted(connection.execute(select(documents.c.id)).scalars())
    return replaying.documents_of(connection, rows)


def _insert(connection: Connection, entry: Mapping[str, Any]) -> Row[Any]:
    values = {name: entry[name] for name in COLUMNS if name != "text_hash"}
    if values["kind"] == naming.ALIAS:
        # Where a name came from is each base's own.
        values["value"] = {k: v for k, v in values["value"].items() if k != "was"}
    moved = _same_text(connection, entry)
    if moved is not None:
        if values["target"] == values["document"]:
            values["target"] = moved
        if values["kind"] == "untag":
            values["value"] = {**values["value"], "document": moved}
        values["document"] = moved
    key = connection.execute(insert(record).values(values)).inserted_primary_key
    assert key is not None
    return judgements.one(connection, int(key[0]))


def _same_text(connection: Connection, entry: Mapping[str, Any]) -> str | None:
    """The key that the document of a judgement has here, where it is another one."""
    if entry["document"] is None or not entry["text_hash"]:
        return None
    rows = connection.execute(
        select(documents.c.key).where(
            (documents.c.key == entry["document"]) | (documents.c.text_hash == entry["text_hash"])
        )
    ).scalars()
    keys = set(rows)
    return keys.pop() if len(keys) == 1 and entry["document"] not in keys else None
