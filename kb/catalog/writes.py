"""One document into the catalog, whole or not at all (the caller's transaction)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, Row, delete, insert, select, update

from kb.catalog import duplicates, numbers, replaying, shelving, sightings
from kb.catalog.counts import add_counts, count_document, document_counts, remove_counts
from kb.catalog.dialect import insert_missing
from kb.catalog.fingerprint import text_hash
from kb.catalog.records import FileState, TaggedDocument, Written
from kb.catalog.schema import (
    document_years,
    documents,
    entity_documents,
    history,
    index_queue,
    indicators,
    mentions,
    offices,
    pages,
    statements,
    tables,
    untagged,
)
from kb.catalog.schema_claims import claims
from kb.catalog.writes_claims import write_claims
from kb.catalog.writes_entities import EntityStore, merges
from kb.catalog.writes_tags import write_tags
from kb.model import Found, SourceDocument

_DERIVED = (
    mentions,
    entity_documents,
    offices,
    statements,
    indicators,
    claims,
    tables,
    document_years,
    untagged,
)


def address_key(address: str | None) -> str | None:
    """The address as the identity of a document, ``None`` where it names no page.

    http and https, host case, a closing slash and the fragment make no difference; a
    bare site address identifies nothing.
    """
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if parts.scheme not in ("http", "https") or not host or not (path or parts.query):
        return None
    return urlunsplit(("https", host + port, path, parts.query, ""))


def document_key(tagged: TaggedDocument) -> str:
    """What makes it the same document on the next run: its address, else path#part."""
    found = tagged.description.address
    address = address_key(found.value if found else tagged.source.address)
    return address or path_key(tagged.source.path, tagged.source.part)


def path_key(path: str, part: str | None) -> str:
    """The identity of a document that has no address."""
    return path if part is None else f"{path}#{part}"


def write_document(
    connection: Connection,
    store: EntityStore,
    tagged: TaggedDocument,
    file: FileState,
    *,
    file_id: int,
    run_id: int,
    now: str,
    key: str | None = None,
    older: bool = False,
    redo: bool = False,
) -> Written:
    """Store one document with everything found in it.

    A document with the same key is replaced: its old version goes to ``history`` where
    file and text both changed. ``older=True``: the file is an earlier version of a
    document that another file holds, and only goes to ``history``. ``redo=True``: newer
    stages look at an unchanged file again, which counts as an update.
    """
    key = key or document_key(tagged)
    row = connection.execute(select(documents).where(documents.c.key == key)).one_or_none()
    if row is not None and older:
        return _write_older(connection, row, tagged, file, now)
    found = store.link(connection, tagged)
    final = merges(connection, found.values())
    values = _document_values(tagged, file, final, found)
    years: Sequence[int] = tagged.description.years.value if tagged.description.years else ()
    values |= {"file_id": file_id, "run_id": run_id, "updated": now}
    if row is None:
        document_id = connection.execute(
            insert(documents).values(key=key, version=1, added=now, **values)
        ).inserted_primary_key[0]  # type: ignore[index]
        change, keep_pages, was = "added", False, None
    else:
        document_id = row.id
        new_text = row.text_hash != values["text_hash"]
        new_version = new_text and row.sha256 != file.sha256
        if new_version:
            _keep_history(connection, row, now)
        was = numbers.before(connection, document_id)
        keep_pages = _same_pages(connection, document_id, tagged.source)
        _clear(connection, row, keep_pages=keep_pages)
        connection.execute(
            update(documents)
            .where(documents.c.id == document_id)
            .values(version=row.version + int(new_version), **values)
        )
        same = row.sha256 == file.sha256 and not new_text and not redo
        change = "unchanged" if same else "updated"
    _write_pages(connection, document_id, tagged, keep=keep_pages)
    write_years(connection, document_id, years)
    write_tags(connection, document_id, tagged, found, final, values["date"], was)
    write_claims(connection, document_id, tagged, values["date"])
    store.witness(connection, document_id, tagged)
    replaying.apply(connection, document_id)
    if was is not None:
        numbers.keep(connection, was, document_id)
    date = connection.execute(
        select(documents.c.date).where(documents.c.id == document_id)
    ).scalar_one()
    add_counts(connection, count_document(connection, document_id), date)
    duplicates.join_group(connection, document_id, tagged.signature)
    shelving.settle(connection, document_id)
    queue(connection, [document_id])
    return Written(document_id, change, len(tagged.source.pages))  # type: ignore[arg-type]


def delete_document(connection: Connection, document_id: int) -> bool:
    """Take a document out with all that was found in it; False where there is none."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
    if row is None:
        return False
    _clear(connection, row, keep_pages=False)
    connection.execute(delete(documents).where(documents.c.id == document_id))
    queue(connection, [document_id])
    return True


def queue(connection: Connection, document_ids: Sequence[int]) -> None:
    """Note documents whose passages the index must take in again or forget."""
    insert_missing(connection, index_queue, [{"document_id": one} for one in document_ids])


def unqueue(connection: Connection, document_ids: Sequence[int]) -> None:
    """The index has these documents as they are now."""
    for start in range(0, len(document_ids), 500):
        part = list(document_ids[start : start + 500])
        connection.execute(delete(index_queue).where(index_queue.c.document_id.in_(part)))


# --- parts -------------------------------------------------------------------


def _document_values(
    tagged: TaggedDocument,
    file: FileState,
    final: Mapping[str, str],
    found: Mapping[str, str],
) -> dict[str, Any]:
    source, told = tagged.source, tagged.description
    issuer = linked = None
    if tagged.issuer is not None:
        linked = found[tagged.issuer.entity_id]
        issuer = final.get(linked, linked)
    described: dict[str, Found[Any] | None] = {
        "title": told.title,
        "date": told.date,
        "years": told.years,
        "doc_type": told.doc_type,
        "institution": told.institution,
        "address": told.address,
        "language": told.language,
        "level": told.level,
        "region": told.region,
        "number": told.number,
        "stage": told.stage,
        "draft": told.draft,
    }
    values: dict[str, Any] = {
        name: item.value if item else None
        for name, item in described.items()
        if name not in ("years", "title")
    }
    if values["address"] is None:
        values["address"] = source.address
    return values | {
        "path": source.path,
        "part": source.part,
        "sha256": file.sha256,
        "text_hash": tagged.text_hash or text_hash(source),
        "format": source.format,
        "title": told.title.value,
        "institution_id": issuer,
        "institution_found": None if linked == issuer else linked,
        "views": source.views,
        "page_count": len(source.pages),
        "ocr_pages": sum(page.method == "ocr" for page in source.pages),
        "group_id": None,
        "signature": tagged.signature,
        "evidence": {
            name: {"rule": item.rule, "evidence": item.evidence}
            for name, item in described.items()
            if item
        },
        "metadata": dict(source.metadata),
        "outline": [[item.title, item.page, item.level] for item in source.outline],
        "warnings": list(source.warnings),
    }


def _same_pages(connection: Connection, document_id: int, source: SourceDocument) -> bool:
    stored = connection.execute(
        select(pages.c.number, pages.c.text)
        .where(pages.c.document_id == document_id)
        .order_by(pages.c.number)
    ).all()
    fresh = sorted((page.number, page.text) for page in source.pages)
    return [(row.number, row.text) for row in stored] == fresh


def _keep_history(connection: Connection, row: Row[Any], now: str) -> None:
    content = {
        column.name: row._mapping[column.name]
        for column in documents.c
        if column.name not in ("signature", "file_id", "run_id", "group_id")
    }
    texts = connection.execute(
        select(pages.c.number, pages.c.label, pages.c.section, pages.c.text)
        .where(pages.c.document_id == row.id)
        .order_by(pages.c.number)
    )
    content["pages"] = [dict(page._mapping) for page in texts]
    connection.execute(
        insert(history).values(
            document_id=row.id,
            version=row.version,
            sha256=row.sha256,
            replaced=now,
            title=row.title,
            content=content,
        )
    )


def _write_older(
    connection: Connection, row: Row[Any], tagged: TaggedDocument, file: FileState, now: str
) -> Written:
    source = tagged.source
    known = connection.execute(
        select(history.c.version).where(
            history.c.document_id == row.id, history.c.sha256 == file.sha256
        )
    ).first()
    if known is None and row.text_hash != (tagged.text_hash or text_hash(source)):
        connection.execute(
            insert(history).values(
                document_id=row.id,
                version=row.version,
                sha256=file.sha256,
                replaced=now,
                title=tagged.description.title.value,
                content={
                    "path": source.path,
                    "part": source.part,
                    "title": tagged.description.title.value,
                    "pages": [
                        {
                            "number": page.number,
                            "label": page.label,
                            "section": page.section,
                            "text": page.text,
                        }
                        for page in source.pages
                    ],
                },
            )
        )
        connection.execute(
            update(documents).where(documents.c.id == row.id).values(version=row.version + 1)
        )
    return Written(row.id, "unchanged", len(source.pages))


def _clear(connection: Connection, row: Row[Any], *, keep_pages: bool) -> None:
    """Everything found in a document goes; the document row and its history stay."""
    counts = document_counts(connection, row.id)
    duplicates.leave_group(connection, row.id)
    sightings.forget(connection, row.id)
    for table in _DERIVED:
        connection.execute(delete(table).where(table.c.document_id == row.id))
    if not keep_pages:
        connection.execute(delete(pages).where(pages.c.document_id == row.id))
    remove_counts(connection, counts, row.date)


def _write_pages(
    connection: Connection, document_id: int, tagged: TaggedDocument, *, keep: bool
) -> None:
    source = tagged.source
    rows = [
        {
            "document_id": document_id,
            "number": page.number,
            "label": page.label,
            "section": page.section,
            "text": page.text,
            "method": page.method,
            "ocr_confidence": page.ocr_confidence,
        }
        for page in source.pages
    ]
    if keep:
        for row in rows:
            connection.execute(
                update(pages)
                .where(pages.c.document_id == document_id, pages.c.number == row["number"])
                .values(row)
            )
    elif rows:
        connection.execute(insert(pages), rows)
    if source.tables:
        connection.execute(
            insert(tables),
            [
                {
                    "document_id": document_id,
                    "page": table.page,
                    "position": position,
                    "caption": table.caption,
                    "header_rows": table.header_rows,
                    "rows": [list(cells) for cells in table.rows],
                }
                for position, table in enumerate(source.tables)
            ],
        )
    if tagged.indicators:
        connection.execute(
            insert(indicators),
            [
                {
                    "document_id": document_id,
                    "page": item.page,
                    "name": item.indicator,
                    "norm": tagged.indicator_norms[position],
                    "unit": item.unit,
                    "kind": item.kind,
                    "year": item.year,
                    "value": item.value,
                    "value_text": item.value_text,
                    "agency": item.agency,
                    "table_position": item.table,
                    "row": item.row,
                    "quarter": item.quarter,
                }
                for position, item in enumerate(tagged.indicators)
            ],
        )


def write_years(connection: Connection, document_id: int, years: Sequence[int]) -> None:
    """The years a document covers, in place of those it had."""
    connection.execute(delete(document_years).where(document_years.c.document_id == document_id))
    if years:
        connection.execute(
            insert(document_years),
            [{"document_id": document_id, "year": int(year)} for year in sorted(set(years))],
        )
