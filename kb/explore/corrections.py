"""What staff decided (``kb.staff``), as lists to look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from kb.catalog import corrections, judgements
from kb.catalog import untag as untagging
from kb.catalog.judgements import Judgement
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.typed import Reading
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


def listed(sources: Sources, *, undone: bool = False) -> tuple[Correction, ...]:
    """See ``KnowledgeBase.corrections``."""
    with sources.read() as connection:
        rows = judgements.everything(connection) if undone else corrections.listed(connection)
        return views(connection, rows)


def changed(sources: Sources, documents: Collection[int]) -> dict[tuple[str, int], Correction]:
    """See ``KnowledgeBase.corrected``."""
    with sources.read() as connection:
        marks = judgements.marks(connection, documents)
        rows = {row.id: row for row in judgements.numbered(connection, set(marks.values()))}
        told = {one.correction_id: one for one in views(connection, rows.values())}
        return {key: told[number] for key, number in marks.items() if number in told}


def views(connection: Reading, rows: Iterable[Judgement]) -> tuple[Correction, ...]:
    """Judgements as views, each with a line that says what was decided."""
    rows = list(rows)
    ids = {i for r in rows for i in judgements.entity_ids(r.kind, r.target, r.value)}
    known = entity_reads.entity_rows(connection, ids)
    heads = reads.heads_by_key(connection, {row.document for row in rows if row.document})
    named = {i: str(one.name) for i, one in known.items()}
    return tuple(_view(row, named, heads) for row in rows)


def _view(
    row: Judgement, known: Mapping[str, str], heads: Mapping[str, tuple[int, str]]
) -> Correction:
    value = dict(row.value or {})
    titles = {key: title for key, (_, title) in heads.items()}
    number, title = heads.get(row.document or "", (None, None))

    def name(entity_id: object) -> str:
        kept = (value.get("names") or {}).get(str(entity_id))
        return known.get(str(entity_id)) or (str(kept[1]) if kept else str(entity_id))

    changes: list[tuple[str, str, str]] = []
    if row.kind == "merge":
        summary = f"{name(row.target)} = {name(value.get('into'))}"
    elif row.kind == "apart":
        summary = f"{name(row.target)} ≠ {name(value.get('other'))}"
    elif row.kind == "alias":
        sign = "≠" if value.get("gone") else "="
        summary = f"{name(row.target)} {sign} “{value.get('alias')}”"
    elif row.kind == "split":
        other = name((value.get("to") or {}).get("entity_id"))
        summary = f"{name(row.target)} → {other} ({len(value.get('documents') or ())})"
    elif row.kind == "page":
        sign = "✓" if value.get("legible") else "≠"
        summary = f"{sign} OCR {titles.get(row.document or '', '')} ({value.get('page')})"
    elif row.kind == "direction":
        summary = f"{value.get('name')} {'↓' if value.get('falls') else '↑'}"
    elif row.kind == "seen":
        listed = value.get("documents") or ()
        several = f"{value.get('source') or ''} ({len(listed)})".strip()
        summary = f"✓ {titles.get(row.document or '') or value.get('title') or several}"
    elif row.kind in ("remove", "withdraw"):
        summary = f"− {value.get('title') or row.target}"
    elif row.kind == "rename":
        summary = f"{value.get('previous')} → {value.get('name')}"
    elif row.kind == "untag":
        where = f" ({titles.get(str(value['document']), '–')})" if value.get("document") else ""
        summary = f"“{value.get('surface') or '*'}” ≠ {name(row.target)}{where}"
    elif row.kind == "field":
        field = str(value.get("field"))
        changes = [(field, _said(value.get("previous")), _said(value.get("value")))]
        summary = f"{field}: {changes[0][1]} → {changes[0][2]}"
    elif row.kind in judgements.ROWS:
        changes = _changes(value, name)
        told = "; ".join(f"{what}: {old} → {new}" for what, old, new in changes)
        about = _about(row, value, name)
        sign = "≠" if value.get("to") is None else "✓"
        summary = f"{about}: {told}" if changes else f"{sign} {about}"
    else:
        summary = name(row.target)
    return Correction(
        correction_id=row.id,
        kind=row.kind,
        target=row.target,
        value=value,
        at=row.at,
        by=row.by,
        summary=summary,
        reason=row.reason,
        document=row.document,
        undone=row.undone,
        undone_by=row.undone_by,
        problem=row.problem,
        changes=tuple(changes),
        document_id=number,
        title=title,
    )


def _changes(value: Mapping[str, Any], name: Callable[[object], str]) -> list[tuple[str, str, str]]:
    """What was changed: column, before, after; pointers by name, once."""
    to, before = value.get("to") or {}, value.get("previous") or {}
    if not before and value.get("match"):
        before = value["match"][0]
    found = []
    for column, new in to.items():
        if column in before and before[column] == new:
            continue  # affirmed
        written = column.removesuffix("_id")
        if column.endswith("_id") and (written in to or not (new or before.get(column))):
            continue
        if column in ("start", "end") or (column == "text" and not before):
            continue
        show = name if column.endswith("_id") else _said
        old = before.get(column)
        found.append((written, show(old) if old else "–", show(new) if new else "–"))
    return found


def _about(row: Judgement, value: Mapping[str, Any], name: Callable[[object], str]) -> str:
    kept = value.get("row") or (value.get("match") or [{}])[0]
    if row.kind == "office":
        office = ", ".join(str(kept[k]) for k in ("role", "institution") if kept.get(k))
        return f"{kept.get('name') or name(row.target)} ({office})"
    if row.kind == "indicator":
        return f"{kept.get('name')} {kept.get('year')} {kept.get('value_text')}"
    words = str(kept.get("text") or kept.get("surface") or "")
    return f"“{words[:60]}{'…' if len(words) > 60 else ''}”"


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
