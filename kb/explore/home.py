"""What a base holds."""

from __future__ import annotations

from kb.catalog import faults
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import indicators as indicator_reads
from kb.catalog.reading import totals as total_reads
from kb.catalog.reading.typed import Reading
from kb.explore import arrivals, names
from kb.explore.fields import doc_type_label
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import FileProblem, HomeView, YearCount
from kb.model import Facet

LATEST = 8
TOP = 10
EXAMPLES = 6


def home(sources: Sources) -> HomeView:
    """See ``KnowledgeBase.home``."""
    with sources.read() as connection:
        return sources.remembered(connection, ("home",), lambda: _home(connection))


def _home(connection: Reading) -> HomeView:
    counts = total_reads.counts(connection)
    _, latest = reads.list_documents(connection, sort="newest", limit=LATEST)
    owners = names.labels(connection, {i for r in latest if (i := r.institution_id) is not None})
    month = (counts.last_date or "")[:7]
    month = month if len(month) == 7 else ""
    top = entity_reads.most_mentioned(connection, month, TOP) if month else []
    by_type = total_reads.documents_by_type(connection)
    by_year = total_reads.documents_by_year(connection)
    issuers = total_reads.documents_by_institution(connection, TOP)
    return HomeView(
        documents=counts.documents,
        passages=counts.passages,
        officials=counts.officials,
        persons=counts.persons,
        institutions=counts.institutions,
        places=counts.places,
        statements=counts.statements,
        indicators=counts.indicators,
        ocr_pages=counts.ocr_pages,
        first_date=counts.first_date,
        last_date=counts.last_date,
        by_type=tuple(Facet(t, doc_type_label(t) or t, n, n) for t, n in by_type),
        by_year=tuple(YearCount(y, n, n) for y, n in by_year),
        by_institution=tuple(Facet(i or name, name, n, n) for i, name, n in issuers),
        latest=tuple(document_ref(r, owners) for r in latest),
        most_mentioned=tuple(names.badge(r) for r in top),
        month=month or None,
        examples=_examples(connection, top_names=[r.name for r in top], by_type=by_type),
        failed_files=counts.failed_files,
        updated=counts.updated,
        popular=arrivals.popular(connection, LATEST),
        withdrawn=reads.list_documents(connection, limit=0, withdrawn=True)[0],
    )


def _examples(
    connection: Reading, *, top_names: list[str], by_type: list[tuple[str, int]]
) -> tuple[str, ...]:
    """Queries that show what the box understands, each with something to find here."""
    found: list[str] = []
    if top_names:
        found.append(f'tokoh:"{_quotable(top_names[0])}"')
    _, officials = entity_reads.list_entities(connection, kind="official", limit=2)
    found += [r.name for r in officials if r.name not in top_names[:1]][:1]
    indicator = indicator_reads.frequent_indicator(connection)
    if indicator is not None and len(indicator) <= 60:
        found.append(" ".join(indicator.split()))
    for key, _ in by_type:
        if key in ("artikel", "press_release", "lainnya"):
            continue
        years = total_reads.years_of_type(connection, key)
        if years:
            found.append(f"jenis:{key} tahun:{years[-1]}")
            break
    _, institutions = entity_reads.list_entities(connection, kind="institution", limit=1)
    found += [f'lembaga:"{_quotable(r.name)}"' for r in institutions]
    _, places = entity_reads.list_entities(connection, kind="place", limit=2)
    found += [f'tempat:"{_quotable(r.name)}"' for r in places[1:] or places]
    return tuple(dict.fromkeys(found))[:EXAMPLES]


def _quotable(name: str) -> str:
    return name.replace('"', "").strip()


def failed_files(sources: Sources, limit: int) -> tuple[FileProblem, ...]:
    """See ``KnowledgeBase.failed_files``."""
    with sources.read() as connection:
        return tuple(FileProblem(p, r) for p, r in faults.failed_files(connection, limit))
