"""Near-duplicates: the groups that alike documents make.

Banding after Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3:
documents that share a band of their signatures are compared whole, and are
near-duplicates where the estimated Jaccard similarity of their shingles reaches
``THRESHOLD``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select, update

from kb.catalog.fingerprint import band_values, similarity
from kb.catalog.schema import bands, documents

THRESHOLD = 0.7
"""Estimated likeness (Jaccard, Broder 1997) from which two documents are near-duplicates. Set by
hand; tests/catalog/test_duplicates.py holds both sides of it."""
CANDIDATES = 200
"""Documents compared whole for one new document, at most."""


def _alike(connection: Connection, document_id: int, found: bytes) -> list[int]:
    """Documents whose signature is like ``found``, by band and then by comparison."""
    near = (
        select(bands.c.document_id)
        .where(bands.c.value.in_(band_values(found)), bands.c.document_id != document_id)
        .distinct()
        .limit(CANDIDATES)
    )
    rows = connection.execute(
        select(documents.c.id, documents.c.signature).where(documents.c.id.in_(near))
    )
    return [
        row.id for row in rows if row.signature and similarity(found, row.signature) >= THRESHOLD
    ]


def _group_of(connection: Connection, ids: Iterable[int]) -> set[int]:
    rows = connection.execute(
        select(documents.c.id, documents.c.group_id).where(documents.c.id.in_(list(ids)))
    ).all()
    groups = {row.group_id for row in rows if row.group_id is not None}
    members = {row.id for row in rows}
    if groups:
        members.update(
            connection.execute(
                select(documents.c.id).where(documents.c.group_id.in_(groups))
            ).scalars()
        )
    return members


def _set_group(connection: Connection, members: Sequence[int]) -> None:
    group = min(members) if len(members) > 1 else None
    connection.execute(
        update(documents).where(documents.c.id.in_(list(members))).values(group_id=group)
    )


def join_group(connection: Connection, document_id: int, found: bytes | None) -> int | None:
    """Store the bands of a document and put it with its near-duplicates.

    Returns the group (the smallest document id in it), ``None`` where it stands alone.
    Two groups that the document is like become one.
    """
    if found is None:
        return None
    alike = _alike(connection, document_id, found)
    connection.execute(
        bands.insert(),
        [{"value": value, "document_id": document_id} for value in band_values(found)],
    )
    if not alike:
        return None
    members = sorted(_group_of(connection, alike) | {document_id})
    _set_group(connection, members)
    return members[0]


def leave_group(connection: Connection, document_id: int) -> None:
    """Take a document out of its group; what it held together is grouped anew."""
    connection.execute(delete(bands).where(bands.c.document_id == document_id))
    members = _group_of(connection, [document_id])
    connection.execute(update(documents).where(documents.c.id == document_id).values(group_id=None))
    rest = members - {document_id}
    if not rest:
        return
    signatures = {
        row.id: row.signature
        for row in connection.execute(
            select(documents.c.id, documents.c.signature).where(documents.c.id.in_(sorted(rest)))
        )
        if row.signature
    }
    left = sorted(rest)
    while left:
        group, edge = {left[0]}, [left[0]]
        while edge:
            one = edge.pop()
            near = {
                other
                for other in left
                if other not in group
                and one in signatures
                and other in signatures
                and similarity(signatures[one], signatures[other]) >= THRESHOLD
            }
            group |= near
            edge.extend(near)
        _set_group(connection, sorted(group))
        left = [number for number in left if number not in group]
