"""What staff decided (``kb.staff``), as lists to look at."""

from __future__ import annotations

from kb.catalog import corrections
from kb.catalog import untag as untagging
from kb.catalog.reading import entities as entity_reads
from kb.explore import names
from kb.explore.sources import Sources
from kb.explore.views import Correction


def surfaces(sources: Sources, entity: str, limit: int) -> dict[str, int]:
    """See ``KnowledgeBase.surfaces``."""
    with sources.read() as connection:
        found = names.one(connection, entity)
        return untagging.surfaces(
            connection, [found, *entity_reads.merged_ids(connection, found)], limit
        )


def listed(sources: Sources) -> tuple[Correction, ...]:
    """See ``KnowledgeBase.corrections``."""
    with sources.read() as connection:
        rows = corrections.listed(connection)
        ids = {r.target for r in rows} | {
            str(r.value["into"]) for r in rows if r.kind == "merge" and "into" in r.value
        }
        known = entity_reads.entity_rows(connection, ids)

        def name(entity_id: str) -> str:
            return str(known[entity_id].name) if entity_id in known else entity_id

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
