"""Near-duplicates: MinHash signatures of texts and the groups they make.

Method: Broder (1997), "On the resemblance and containment of documents"; banding
after Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3. Shingles
are three words and do not cross pages, so the same page set differently broken or with
another page before it still meets. Two documents are near-duplicates where the
estimated Jaccard similarity of their shingles reaches ``THRESHOLD``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, delete, or_, select, update

from kb.catalog.schema import bands, documents

PERMUTATIONS = 128
BANDS = 25
ROWS = 5
"""25 bands of 5 rows: two texts alike by 0.7 share a band in 99 of 100 cases."""
THRESHOLD = 0.7
MIN_SHINGLES = 12
"""Shorter texts have no signature: too little to call them alike."""
CANDIDATES = 200
"""Documents compared whole for one new document, at most."""

_WORD = re.compile(r"\w+")
_CHUNK = 4096
_random = np.random.default_rng(20240104)
_A = _random.integers(1, 2**63, size=PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_B = _random.integers(0, 2**63, size=PERMUTATIONS, dtype=np.uint64)
_P1, _P2, _P3 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xC2B2AE3D27D4EB4F),
    np.uint64(0x165667B19E3779F9),
)


def _shingles(text: str) -> NDArray[np.uint64]:
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    if len(words) < 3:
        return np.empty(0, dtype=np.uint64)
    codes = np.array(words, dtype=np.uint64)
    mixed: NDArray[np.uint64] = codes[:-2] * _P1 + codes[1:-1] * _P2 + codes[2:] * _P3
    return mixed ^ (mixed >> np.uint64(29))


def signature(pages: Iterable[str]) -> bytes | None:
    """MinHash of a document's page texts (128 unsigned 32-bit numbers, little endian).

    ``None`` where the text is too short to be compared.
    """
    parts = [part for part in map(_shingles, pages) if part.size]
    if not parts:
        return None
    shingles = np.unique(np.concatenate(parts))
    if shingles.size < MIN_SHINGLES:
        return None
    least = np.full(PERMUTATIONS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, shingles.size, _CHUNK):
        part = shingles[start : start + _CHUNK]
        least = np.minimum(least, (part[:, None] * _A + _B).min(axis=0))
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity of two signatures, 0 to 1 (standard error 0.04)."""
    left = np.frombuffer(one, dtype="<u4")
    right = np.frombuffer(other, dtype="<u4")
    return float(np.mean(left == right)) if left.size == right.size else 0.0


def _band_values(found: bytes) -> list[int]:
    rows = np.frombuffer(found, dtype="<u4")[: BANDS * ROWS].reshape(BANDS, ROWS)
    return [zlib.crc32(row.tobytes()) for row in rows]


def _alike(connection: Connection, document_id: int, found: bytes) -> list[int]:
    """Documents whose signature is like ``found``, by band and then by comparison."""
    same_band = or_(
        *(
            and_(bands.c.band == band, bands.c.value == value)
            for band, value in enumerate(_band_values(found))
        )
    )
    near = (
        select(bands.c.document_id)
        .where(same_band, bands.c.document_id != document_id)
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
        [
            {"band": band, "value": value, "document_id": document_id}
            for band, value in enumerate(_band_values(found))
        ],
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
