"""Claims of one document into the catalog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert

from kb.catalog.records import TaggedDocument
from kb.catalog.schema_claims import claims


def write_claims(
    connection: Connection, document_id: int, tagged: TaggedDocument, date: str | None
) -> None:
    """Insert every claim of the document; ``date`` is the document's."""
    rows = list(_rows(document_id, tagged, date))
    if rows:
        connection.execute(insert(claims), rows)


def _rows(document_id: int, tagged: TaggedDocument, date: str | None) -> Iterator[dict[str, Any]]:
    keys = iter(tagged.subject_keys)
    for page, tags in zip(tagged.source.pages, tagged.tags, strict=True):
        for claim in tags.claims:
            key = next(keys)
            yield {
                "document_id": document_id,
                "page": page.number,
                "start": claim.start,
                "end": claim.end,
                "text": claim.surface,
                "subject": claim.subject,
                "subject_start": claim.subject_start,
                "subject_end": claim.subject_end,
                "norm": key.norm,
                "value_text": claim.value,
                "value_start": claim.value_start,
                "value_end": claim.value_end,
                "number": claim.number,
                "unit": claim.unit,
                "kind": claim.kind,
                "period": claim.period,
                "year": int(claim.period[:4]) if claim.period else None,
                "period_origin": claim.period_origin,
                "region": claim.region,
                "region_code": key.region,
                "institution": claim.institution,
                "date": date,
                "method": claim.method,
                "confidence": claim.confidence,
            }
