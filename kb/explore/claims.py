"""Claims: figures people state, each beside what planning documents print of the same thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import get_args

from kb import authority
from kb.authority.normal import norm
from kb.catalog.reading import claims as claim_reads
from kb.catalog.reading import indicators as indicator_reads
from kb.catalog.reading.claims import ClaimFilter, ClaimKey, ClaimRow
from kb.catalog.reading.indicators import IndicatorNumber
from kb.catalog.reading.typed import Reading
from kb.describe.indicator_names import AT, indicator_norm, known_as
from kb.errors import NotFound, QueryError
from kb.explore import names, pairing
from kb.explore.indicators import cell
from kb.explore.sources import Sources
from kb.explore.views import ClaimPair, ClaimResult, ClaimView, YearCount
from kb.explore.views.claims import OF_NO_SAME_YEAR
from kb.model import ClaimKind

MAX_WORDS = 16
KINDS = get_args(ClaimKind)
AGREEMENTS = ("same", "differs", "paired")
SHOWN_PAIRS = 6
"""Printed numbers shown beside one claim."""
OTHER_YEARS = 2
"""Where none is of the claim's year: the nearest of others."""


def claims(
    sources: Sources,
    query: str | None,
    *,
    official: str | Sequence[str] | None,
    indicator: str | None,
    years: tuple[int, ...],
    agreement: str | None,
    kind: ClaimKind | None,
    document: int | None,
    limit: int,
    offset: int,
) -> ClaimResult:
    """See ``KnowledgeBase.claims``."""
    if kind not in (None, *KINDS):
        raise QueryError(f"There is no kind '{kind}'; use {', '.join(KINDS)}.")
    if agreement not in (None, *AGREEMENTS):
        raise QueryError(f"There is no agreement '{agreement}'; use {', '.join(AGREEMENTS)}.")
    if limit < 0 or offset < 0:
        raise QueryError("The limit and the offset must not be negative.")
    given = (official,) if isinstance(official, str) else tuple(official or ())
    with sources.read() as connection:
        speakers, unknown = names.resolve_all(connection, given, "person")
        if unknown and not speakers:
            return ClaimResult(0, ())
        wanted = ClaimFilter(
            words=tuple(dict.fromkeys(norm(query or "").split()))[:MAX_WORDS],
            norms=_forms(indicator) if indicator else (),
            speakers=speakers,
            years=years,
            kind=kind,
            document=document,
        )
        keys = sources.remembered(
            connection,
            ("claims", wanted, agreement),
            lambda: _fitting(sources, connection, wanted, agreement),
        )
        shown = keys[offset : offset + limit]
        return ClaimResult(
            len(keys), views(sources, connection, [k.id for k in shown]), _per_year(keys)
        )


def claim(sources: Sources, claim_id: int) -> ClaimView:
    """One claim; raises ``NotFound``."""
    with sources.read() as connection:
        found = views(sources, connection, [claim_id])
    if not found:
        raise NotFound(f"There is no claim {claim_id}; its number comes from 'kb claims'.")
    return found[0]


def of_statements(
    sources: Sources, connection: Reading, ids: Sequence[int]
) -> dict[int, tuple[ClaimView, ...]]:
    """Claims in each of these statements that stand beside a printed number."""
    held = claim_reads.statements_with_claims(connection, ids)
    shown = views(sources, connection, [c for numbers in held.values() for c in numbers])
    by_id = {view.claim_id: view for view in shown}
    return {
        statement: tuple(by_id[c] for c in numbers if c in by_id and by_id[c].pairs)
        for statement, numbers in held.items()
    }


def _forms(indicator: str) -> tuple[str, ...]:
    """Normal forms an indicator of this name may have."""
    return tuple(dict.fromkeys((indicator_norm(indicator), *known_as(indicator))))


def _fitting(
    sources: Sources, connection: Reading, wanted: ClaimFilter, agreement: str | None
) -> tuple[ClaimKey, ...]:
    keys = claim_reads.claim_keys(connection, wanted)
    if agreement is None:
        return tuple(keys)
    found = paired(sources, connection, keys)
    return tuple(key for key in keys if _agrees(found.get(key.id, ()), agreement))


def _agrees(found: Sequence[pairing.Pair], agreement: str) -> bool:
    said = {pair.agreement for pair in found}
    if agreement == "paired":
        return bool(said)
    if agreement == "differs":
        return "differs" in said and "same" not in said
    return agreement in said


def _per_year(keys: Sequence[ClaimKey]) -> tuple[YearCount, ...]:
    counts: Counter[int] = Counter()
    documents: dict[int, set[int]] = {}
    for key in keys:
        if key.date:
            year = int(key.date[:4])
            counts[year] += 1
            documents.setdefault(year, set()).add(key.document_id)
    return tuple(YearCount(y, counts[y], len(documents[y])) for y in sorted(counts))


@dataclass(frozen=True, slots=True)
class _Printed:
    """The indicators of the base: normal forms by word, and those of regions beneath."""

    by_word: Mapping[str, Sequence[str]]
    spelled: Mapping[str, Sequence[str]]
    """Normal form without the region -> as they stand in the catalog."""


def _printed(sources: Sources, connection: Reading) -> _Printed:
    return sources.remembered(connection, ("printed",), lambda: _read_printed(connection))


def _read_printed(connection: Reading) -> _Printed:
    by_word: dict[str, list[str]] = {}
    spelled: dict[str, list[str]] = {}
    for row in indicator_reads.indicator_norms(connection):
        base = row.norm.partition(AT)[0]
        if base not in spelled:
            for word in dict.fromkeys(base.split()):
                by_word.setdefault(word, []).append(base)
        if row.norm not in spelled.setdefault(base, []):
            spelled[base].append(row.norm)
    return _Printed(by_word, spelled)


def paired(
    sources: Sources, connection: Reading, keys: Sequence[ClaimKey]
) -> dict[int, tuple[pairing.Pair, ...]]:
    """Printed numbers beside each of these claims."""
    printed = _printed(sources, connection)
    wanted: dict[tuple[str, str | None], set[str]] = {}
    for key in keys:
        if key.kind != "change" and (key.subject, key.unit) not in wanted:
            what = pairing.measured(key.subject, key.unit)
            wanted[key.subject, key.unit] = pairing.candidates(what, printed.by_word)
    bases = {base for found in wanted.values() for base in found if base in printed.spelled}
    forms = sorted(form for base in bases for form in printed.spelled[base])
    numbers: dict[str, list[IndicatorNumber]] = {}
    for number in indicator_reads.indicator_numbers(connection, forms):
        numbers.setdefault(number.norm.partition(AT)[0], []).append(number)
    found: dict[int, tuple[pairing.Pair, ...]] = {}
    for key in keys:
        near = wanted.get((key.subject, key.unit), ())
        beside = pairing.pairs(key, [n for base in near for n in numbers.get(base, ())])
        if beside:
            found[key.id] = beside
    return found


def views(sources: Sources, connection: Reading, ids: Sequence[int]) -> tuple[ClaimView, ...]:
    """Claims by id, in this order, each with the printed numbers beside it."""
    rows = claim_reads.claims_by_id(connection, ids)
    found = paired(sources, connection, [key_of(row) for row in rows.values()])
    return tuple(replace(_view(rows[i]), pairs=_pairs(found.get(i, ()))) for i in ids if i in rows)


def key_of(row: ClaimRow) -> ClaimKey:
    """What pairing needs of a whole row."""
    return ClaimKey(**{field.name: getattr(row, field.name) for field in fields(ClaimKey)})


def _pairs(found: Sequence[pairing.Pair]) -> tuple[ClaimPair, ...]:
    """Those of the same year all, of other years the nearest."""
    same = [pair for pair in found if pair.agreement not in OF_NO_SAME_YEAR]
    shown = same[:SHOWN_PAIRS] or list(found)[:OTHER_YEARS]
    known = authority.load()
    out: list[ClaimPair] = []
    for pair in shown:
        code = pairing.region_of(pair.number)
        place = known.place(code) if code else None
        out.append(
            ClaimPair(
                indicator=pair.number.name,
                region=place.name if place else pair.number.region,
                cell=cell(pair.number),
                agreement=pair.agreement,
                difference=pair.difference,
            )
        )
    return tuple(out)


def _view(row: ClaimRow) -> ClaimView:
    linked = row.speaker_id is not None and not row.speaker_hidden
    return ClaimView(
        claim_id=row.id,
        text=row.text,
        subject=row.subject,
        value=row.value_text,
        number=row.number,
        unit=row.unit,
        kind=row.kind,
        period=row.period,
        period_origin=row.period_origin,
        region=row.region,
        institution=row.institution,
        speaker=(row.speaker_name if linked else None) or row.speaker,
        speaker_id=row.speaker_id if linked else None,
        role=row.role,
        speaker_institution=row.speaker_institution,
        statement_id=row.statement_id,
        statement_kind=row.statement_kind,
        date=row.date,
        document_id=row.document_id,
        title=row.title,
        page=row.page,
        page_label=row.page_label,
        start=row.start,
        end=row.end,
        value_start=row.value_start,
        value_end=row.value_end,
        source=row.address or PurePath(row.path).name,
        method=row.method,
        confidence=row.confidence,
    )
