"""A question as people ask it, and in the engine's terms."""

from __future__ import annotations

from dataclasses import dataclass

from kb.catalog.reading.typed import Reading
from kb.explore import fields, names
from kb.explore.fields import doc_type_label
from kb.explore.views import ActiveFilter
from kb.model import EntityType, Filters


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its filters as people give them (ids or names)."""

    query: str
    years: tuple[int, ...] = ()
    institutions: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    documents: tuple[int, ...] = ()
    figures: bool = False
    """Only pages that state a figure."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question in the engine's terms, and as chips."""

    query: str
    filters: Filters
    active: tuple[ActiveFilter, ...]
    notes: tuple[str, ...]


_ENTITY_FILTERS: tuple[tuple[str, str, EntityType], ...] = (
    ("institution", "institutions", "institution"),
    ("official", "officials", "person"),
    ("place", "places", "place"),
)


def prepare(connection: Reading, question: Question) -> Prepared:
    """Resolve names to ids. What nothing bears stays as it is: it matches nothing."""
    active = [ActiveFilter("year", str(y), str(y)) for y in question.years]
    notes: list[str] = []
    found: dict[str, tuple[str, ...]] = {}
    for name, field, kind in _ENTITY_FILTERS:
        wanted: list[str] = []
        for text in getattr(question, field):
            ids = names.resolve(connection, text, kind)
            if not ids:
                notes.append(f"unknown_{name}")
                wanted.append(text)
                active.append(ActiveFilter(name, text, text))
                continue
            wanted += ids
            labels = names.labels(connection, ids[:1])
            label = labels.get(ids[0], text) if names.is_id(text) or len(ids) == 1 else text
            active.append(ActiveFilter(name, text, label))
        found[field] = tuple(dict.fromkeys(wanted))
    types = tuple(fields.doc_type(t) or t for t in question.types)
    active += [ActiveFilter("type", t, doc_type_label(t) or t) for t in types]
    if question.date_from:
        active.append(ActiveFilter("from", question.date_from, question.date_from))
    if question.date_to:
        active.append(ActiveFilter("to", question.date_to, question.date_to))
    if question.figures:
        active.append(ActiveFilter("figures", "1", fields.WITH_FIGURES))
    filters = Filters(
        years=question.years,
        institutions=found["institutions"],
        officials=found["officials"],
        places=found["places"],
        types=types,
        date_from=fields.day(question.date_from, "date_from"),
        date_to=fields.day(question.date_to, "date_to"),
        documents=question.documents,
        figures=question.figures,
    )
    return Prepared(question.query, filters, tuple(active), tuple(dict.fromkeys(notes)))
