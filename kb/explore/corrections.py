"""What staff decide about entities; kept through every later ingest.

The search index follows at the next ingest or ``kb.ingest`` indexing; ``cli`` and
``web`` ask for that at once, which this room may not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from kb.catalog import Catalog, corrections
from kb.catalog import untag as untagging
from kb.catalog.lock import writer_lock
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.documents import Reading
from kb.explore import names
from kb.explore.sources import Sources
from kb.explore.views import Correction


def _decide(sources: Sources, work: Callable[[Reading], int]) -> int:
    with (
        writer_lock(sources.settings, "correction"),
        Catalog.open(sources.settings, write=True) as catalog,
        catalog.write() as connection,
    ):
        return work(connection)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _exact(connection: Reading, given: str) -> str:
    """An id as it stands (a merge is undone by the very id), or the entity of a name."""
    if names.is_id(given) and given in entity_reads.entity_rows(connection, [given]):
        return given
    return names.one(connection, given)


def merge(sources: Sources, entity: str, into: str, by: str | None) -> int:
    """See ``KnowledgeBase.merge``."""
    return _decide(
        sources,
        lambda c: corrections.merge(c, _exact(c, entity), _exact(c, into), now=_now(), by=by),
    )


def rename(sources: Sources, entity: str, name: str, by: str | None) -> int:
    """See ``KnowledgeBase.rename``."""
    return _decide(
        sources, lambda c: corrections.rename(c, _exact(c, entity), name, now=_now(), by=by)
    )


def hide(sources: Sources, entity: str, by: str | None) -> int:
    """See ``KnowledgeBase.hide``."""
    return _decide(sources, lambda c: corrections.hide(c, _exact(c, entity), now=_now(), by=by))


def untag(
    sources: Sources, entity: str, surface: str | None, document: int | None, by: str | None
) -> int:
    """See ``KnowledgeBase.untag``."""
    return _decide(
        sources,
        lambda c: untagging.untag(
            c, _exact(c, entity), surface=surface, document_id=document, now=_now(), by=by
        ),
    )


def surfaces(sources: Sources, entity: str, limit: int) -> dict[str, int]:
    """See ``KnowledgeBase.surfaces``."""
    with sources.read() as connection:
        found = names.one(connection, entity)
        return untagging.surfaces(
            connection, [found, *entity_reads.merged_ids(connection, found)], limit
        )


def set_field(sources: Sources, document_id: int, field: str, value: object, by: str | None) -> int:
    """See ``KnowledgeBase.set_field``."""
    return _decide(
        sources,
        lambda c: corrections.set_field(c, document_id, field, value, now=_now(), by=by),
    )


def undo(sources: Sources, correction_id: int) -> None:
    """See ``KnowledgeBase.undo``."""

    def work(connection: Reading) -> int:
        corrections.undo(connection, correction_id)
        return correction_id

    _decide(sources, work)


def listed(sources: Sources) -> tuple[Correction, ...]:
    """See ``KnowledgeBase.corrections``."""
    with sources.read() as connection:
        rows = corrections.listed(connection)
        ids = {r.target for r in rows} | {
            str(r.value["into"]) for r in rows if r.kind == "merge" and "into" in r.value
        }
        known = entity_reads.entity_rows(connection, ids)

        def name(entity_id: str) -> str:
            return str(known[entity_id]["name"]) if entity_id in known else entity_id

        found: list[Correction] = []
        for row in rows:
            value = dict(row.value or {})
            summary = name(row.target)
            if row.kind == "merge":
                summary = f"{summary} = {name(str(value.get('into')))}"
            elif row.kind == "rename":
                summary = f"{value.get('previous')} → {value.get('name')}"
            elif row.kind == "untag":
                where = f" ({value['document']})" if value.get("document") else ""
                summary = f"“{value.get('surface') or '*'}” ≠ {name(row.target)}{where}"
            elif row.kind == "field":
                summary = f"{value.get('field')}: {value.get('value')}"
            found.append(Correction(row.id, row.kind, row.target, value, row.at, row.by, summary))
        return tuple(found)
