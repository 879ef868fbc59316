"""Indicators across documents: target against realisation by year, each with its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kb import authority
from kb.authority.normal import norm
from kb.catalog import directions
from kb.catalog.reading import indicators as indicator_reads
from kb.catalog.reading.indicators import IndicatorNorm, IndicatorNumber
from kb.catalog.reading.typed import Reading
from kb.describe.indicator_names import AT, indicator_norm, known_as, less_is_better
from kb.errors import QueryError
from kb.explore import names
from kb.explore.sources import Sources
from kb.explore.views import IndicatorCell, IndicatorResult, IndicatorView, IndicatorYear

MAX_WORDS = 16
"""Words of a query that are looked for: the longest name of an indicator in the samples has 9.
Each is some six conditions of one statement, and statements are kept compiled: 60 queries of
600 words took 900 MB (tests/web/test_hostile_queries.py)."""
MAX_WORD = 60
MAX_AGENCIES = 20
MAX_NAMED = 6
"""Indicators side by side at most: there are so many colours."""

# Which document says it best: reports of results over plans, later stages over earlier.
_REPORTS = ("lkjip", "lakip", "lkpj", "lppd", "lkpd")
_PLANS = ("perkin", "iku", "rkpd", "renja", "renstra", "rpjmd", "rpjpd")


def cell(row: IndicatorNumber) -> IndicatorCell:
    """One number from its row."""
    return IndicatorCell(
        kind=row.kind,
        year=row.year,
        value=row.value,
        value_text=row.value_text,
        document_id=row.document_id,
        title=row.title,
        doc_type=row.doc_type,
        page=row.page,
        page_label=row.page_label,
        date=row.date,
        table=row.table_position,
        row=row.row,
        unit=row.unit,
        quarter=row.quarter,
        stage=row.stage,
        number_id=row.id,
        covers=_covers(row),
    )


def _covers(row: IndicatorNumber) -> tuple[int, int] | None:
    if row.first_year is None or row.last_year is None:
        return None
    return row.first_year, row.last_year


def indicators(
    sources: Sources,
    query: str | None,
    *,
    years: tuple[int, ...],
    institution: str | Sequence[str] | None,
    document: int | None,
    limit: int,
    offset: int,
) -> IndicatorResult:
    """See ``KnowledgeBase.indicators``."""
    if limit < 0 or offset < 0:
        raise QueryError("The limit and the offset must not be negative.")
    given = (institution,) if isinstance(institution, str) else tuple(institution or ())
    given = given[:MAX_AGENCIES]
    with sources.read() as connection:
        ids, unknown = names.resolve_all(connection, given, "institution")
        agencies = [g for g in given if not names.is_id(g)]
        agencies += [n for n in names.labels(connection, ids).values() if n not in agencies]
        if unknown and not agencies:
            return IndicatorResult(0, ())
        wanted = tuple(a.lower() for a in agencies)
        norms_of = sources.remembered(
            connection,
            ("indicators", norm(query or ""), years, wanted, ids, document),
            lambda: _listed(connection, query, years, wanted, ids, document),
        )
        keys = list(norms_of)[offset : offset + limit]
        shown: dict[_Key, list[IndicatorNumber]] = {key: [] for key in keys}
        spelled = list(dict.fromkeys(n for key in keys for n in norms_of[key]))
        for row in indicator_reads.indicator_numbers(connection, spelled, years):
            if _key(row) in shown:
                shown[_key(row)].append(row)
        said = directions.decided(connection)
        views = tuple(_view(key, rows, said.get(key[0])) for key, rows in shown.items() if rows)
        return IndicatorResult(len(norms_of), views)


def named(sources: Sources, wanted: Sequence[tuple[str, str]]) -> tuple[IndicatorView, ...]:
    """See ``KnowledgeBase.indicators_named``."""
    found: list[IndicatorView] = []
    with sources.read() as connection:
        for one, region in wanted[:MAX_NAMED]:
            keys = _spelled(connection, one)
            spelled = list(dict.fromkeys(n for norms in keys.values() for n in norms))
            rows: dict[_Key, list[IndicatorNumber]] = {}
            for row in indicator_reads.indicator_numbers(connection, spelled):
                if _key(row) in keys:
                    rows.setdefault(_key(row), []).append(row)
            views = (_view(key, numbers) for key, numbers in rows.items())
            found += [view for view in views if (view.region or "") == region][:1]
    return tuple(found)


def _spelled(connection: Reading, base: str) -> dict[_Key, list[str]]:
    """Normal forms of the numbers of one indicator, by region."""
    found: dict[_Key, list[str]] = {}
    for row in indicator_reads.indicator_norms(connection, norms=(base,)):
        if _key(row)[0] == base:
            found.setdefault(_key(row), []).append(row.norm)
    return found


_Key = tuple[str, str | None]
"""An indicator's normal form and the code of the region whose number it is."""


def _listed(
    connection: Reading,
    query: str | None,
    years: tuple[int, ...],
    agencies: tuple[str, ...],
    institution_ids: tuple[str, ...],
    document: int | None,
) -> dict[_Key, tuple[str, ...]]:
    """Normal forms of each indicator that fits, in order."""
    words, norms, exact = _asked(query)
    found: dict[_Key, dict[str, None]] = {}
    for row in indicator_reads.indicator_norms(
        connection,
        words=words,
        norms=norms,
        years=years,
        agencies=agencies,
        institution_ids=institution_ids,
        document=document,
    ):
        found.setdefault(_key(row), {})[row.norm] = None
    ordered = sorted(found, key=lambda key: key[0] not in exact)
    return {key: tuple(found[key]) for key in ordered}


def _key(row: IndicatorNorm | IndicatorNumber) -> _Key:
    """What a number belongs to: a region's own documents and the tables by region of the
    region above it meet."""
    base, _, code = str(row.norm).partition(AT)
    if code:
        return base, code
    region = row.region
    return base, (authority.load().places.parse(region) or region) if region else None


def _asked(query: str | None) -> tuple[list[tuple[str, ...]], tuple[str, ...], set[str]]:
    """Words of which all must stand in the name (several choices), normal forms that
    indicators known by these words have, and those of them that are just what was asked."""
    typed = [word[:MAX_WORD] for word in dict.fromkeys(norm(query or "").split())][:MAX_WORDS]
    if not typed:
        return [], (), set()
    whole = indicator_norm(" ".join(typed))
    spelled = [part for word in typed for part in indicator_norm(word).split()]
    choices = [tuple(typed), tuple(spelled), tuple(whole.split())]
    known = known_as(" ".join(typed))
    return list(dict.fromkeys(choices)), known, {whole}


def _view(key: _Key, rows: Sequence[IndicatorNumber], decided: bool | None = None) -> IndicatorView:
    """``decided``: what a person said of whether less is better."""
    wordings = Counter(r.name for r in rows)
    units = Counter(r.unit for r in rows if r.unit)
    unit = units.most_common(1)[0][0] if units else None
    # An agency that a table names answers for it; the issuer only where none does.
    named = [r.agency for r in rows if r.agency and r.agency != r.institution]
    agencies = Counter(named or [r.agency for r in rows if r.agency])
    issuers = Counter(r.institution for r in rows if r.institution)
    by_year: dict[int, list[IndicatorNumber]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    place = authority.load().place(key[1]) if key[1] else None
    name = wordings.most_common(1)[0][0]
    falls = less_is_better(name) if decided is None else decided
    return IndicatorView(
        norm=key[0],
        name=name,
        names=tuple(n for n, _ in wordings.most_common()),
        unit=unit,
        agency=agencies.most_common(1)[0][0] if agencies else None,
        institutions=tuple(n for n, _ in issuers.most_common()),
        years=tuple(_year(y, by_year[y], unit, falls) for y in sorted(by_year)),
        documents=len({r.document_id for r in rows}),
        region=place.name if place else key[1],
        falls=falls,
    )


def _year(
    year: int, rows: Sequence[IndicatorNumber], unit: str | None, falls: bool
) -> IndicatorYear:
    best: dict[str, IndicatorNumber] = {}
    whole = [row for row in rows if row.quarter is None]
    # Numbers side by side are of one unit: rupiah do not stand beside billions of them.
    for row in sorted(whole, key=lambda r: (_alike(r.unit, unit), _trust(r)), reverse=True):
        best.setdefault(row.kind, row)
    chosen = {id(r) for r in best.values()}
    others: list[IndicatorCell] = []
    seen = {_said(row) for row in best.values()}
    for row in rows:
        key = _said(row)
        if id(row) not in chosen and key not in seen:
            seen.add(key)
            others.append(cell(row))
    return IndicatorYear(
        year=year,
        baseline=cell(best["baseline"]) if "baseline" in best else None,
        target=cell(best["target"]) if "target" in best else None,
        realisation=cell(best["realisation"]) if "realisation" in best else None,
        others=tuple(others),
        falls=falls,
    )


def _said(row: IndicatorNumber) -> tuple[object, ...]:
    return row.document_id, row.kind, row.quarter, row.value, row.value_text


def _alike(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return True
    return norm(one.replace("%", "persen")) == norm(other.replace("%", "persen"))


def _trust(row: IndicatorNumber) -> tuple[int, bool, str, int]:
    """Rank of a number among those said of one year: kind of document, then a plan as it was
    changed (perubahan) over the plan as it was made (murni), then the latest."""
    order = _REPORTS if row.kind == "realisation" else _PLANS
    doc_type = row.doc_type or ""
    rank = len(order) - order.index(doc_type) if doc_type in order else 0
    return rank, row.stage == "perubahan", row.date or "", -row.id
