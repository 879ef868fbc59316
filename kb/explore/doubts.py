"""The queue of staff: what the machine is least sure of and most readers see comes first; then
what sources brought that nobody looked at yet, what came in last first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log1p

from kb.catalog import legible
from kb.catalog.reading import arrivals as arrival_reads
from kb.catalog.reading import documents as document_reads
from kb.catalog.reading import doubts as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.arrivals import Arrived
from kb.catalog.reading.doubts import SharedKey, UnclearIssuer, UnsureOffice, UnsurePage
from kb.catalog.reading.entities import EntityRow
from kb.catalog.reading.typed import Reading
from kb.clock import now
from kb.describe.doubt import SURE_OCR
from kb.explore import arrivals, disagreement, names
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views.claims import Disagreement
from kb.explore.views.doubts import (
    Decider,
    Doubt,
    DoubtfulArrival,
    DoubtfulIssuer,
    DoubtfulNumber,
    DoubtfulOffice,
    DoubtfulPage,
    DoubtfulPair,
    DoubtKind,
    Doubts,
)
from kb.explore.views.entities import OfficeEvidence, OfficeTerm, Wording
from kb.explore.views.refs import DocumentRef, EntityBadge

KINDS: tuple[DoubtKind, ...] = (
    *("pair", "office", "issuer", "number", "page"),
    "document",
)
SURE = 0.7
"""Confidence from which an office is not asked about. Set by hand; no command measured it."""
ALIKE = {"name": 0.6, "office": 0.25, "spelling": 0.4}
"""How much each thing in common makes of a pair one. Set by hand; no command measured it."""
SAME_REGION, OTHER_REGION, TOGETHER = 0.2, -0.3, -0.2
"""What speaks for and against besides. Set by hand; no command measured it."""
NUMBER, ISSUER = 0.5, 0.6
"""How unsure a number is that documents state differently, and a document without a known
issuer. Set by hand; no command measured it."""
ARRIVED = 0.0
"""New documents are no doubt: they come after everything that is one. Set by hand; no command
measured it."""
BEARERS = 12
"""Entities that share one name at most to be compared: what more bear is no name of one."""
PLACES = 3
AROUND = 140
"""Characters shown on each side of an office."""
CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Something to decide before its evidence is gathered."""

    key: str
    kind: DoubtKind
    rank: float
    about: _Pair | UnsureOffice | UnclearIssuer | Disagreement | UnsurePage | Arrived
    place: int = 0
    """Among those of the same rank and kind."""


@dataclass(frozen=True, slots=True)
class _Pair:
    one: EntityRow
    two: EntityRow
    shared: tuple[tuple[str, str], ...]


def doubts(
    sources: Sources, kind: DoubtKind | None, skip: Collection[str], shown: str | None = None
) -> Doubts:
    """See ``KnowledgeBase.doubts``."""
    with sources.read() as connection:
        waiting = sources.remembered(connection, ("doubts",), lambda: _waiting(sources, connection))
        left = {k: sum(one.kind == k for one in waiting) for k in KINDS}
        wanted = [one for one in waiting if kind in (None, one.kind)]
        # What was put off comes again when nothing else is left.
        first = next((one for one in wanted if one.key not in skip), None)
        first = first or next(iter(wanted), None)
        return Doubts(
            first=None if first is None else _whole(connection, first, waiting),
            left=left,
            deciders=tuple(
                Decider(one.by, one.count, one.today)
                for one in reads.decided_by(connection, now()[:10])
            ),
            waits=shown is None or any(one.key == shown for one in waiting),
        )


def _waiting(sources: Sources, connection: Reading) -> list[_Waiting]:
    """Everything that waits, what matters most first."""
    found = [
        *_pairs(connection),
        *_offices(connection),
        *_issuers(connection),
        *_numbers(sources, connection),
        *_pages(connection),
        *_arrivals(connection),
    ]
    return sorted(found, key=lambda one: (-one.rank, one.kind, one.place, one.key))


def _rank(unsure: float, readers: int) -> float:
    return unsure * (1.0 + log1p(readers))


def _pairs(connection: Reading) -> Iterator[_Waiting]:
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in reads.shared(connection):
        if row.kind != "name" or _tells(row):
            by_key[row.kind, row.key].append(row.entity_id)
    ties: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for (kind, words), bearers in by_key.items():
        if len(bearers) <= BEARERS:
            for pair in combinations(sorted(bearers), 2):
                ties[pair].add((kind, words))
    known = entity_reads.entity_rows(connection, {one for pair in ties for one in pair})
    apart = reads.apart(connection)
    for (a, b), shared in ties.items():
        if frozenset((a, b)) in apart or a not in known or b not in known:
            continue
        # The known one stays, else the one that is mentioned more.
        one, two = sorted(
            (known[a], known[b]), key=lambda r: (r.origin != "authority", -r.mention_count, r.id)
        )
        if one.type != two.type or (one.origin == two.origin == "authority"):
            continue
        alike = _alike(one, two, {kind for kind, _ in shared})
        if alike > 0:
            yield _Waiting(
                f"pair {a} {b}",
                "pair",
                _rank(alike, min(one.mention_count, two.mention_count)),
                _Pair(one, two, tuple(sorted(shared))),
            )


def _tells(row: SharedKey) -> bool:
    """A single word is no name that two people share by being one."""
    return row.entity_id.startswith("institution:") or " " in row.key


def _alike(one: EntityRow, two: EntityRow, shared: Collection[str]) -> float:
    alike = sum(ALIKE[kind] for kind in shared)
    if one.region and two.region:
        same = one.region == two.region
        if one.type == "institution" and not same:
            return 0.0  # a Bappeda of another region
        alike += SAME_REGION if same else OTHER_REGION
    if shared == {"office"}:
        return 0.0 if one.region != two.region else alike
    return alike


def _offices(connection: Reading) -> Iterator[_Waiting]:
    for row in reads.unsure_offices(connection, SURE):
        key = f"office {row.person_id} {row.role}|{row.institution or ''}|{row.status}"
        yield _Waiting(key, "office", _rank(1.0 - row.confidence, row.reads), row)


def _issuers(connection: Reading) -> Iterator[_Waiting]:
    for row in reads.unclear_issuers(connection):
        yield _Waiting(f"issuer {row.key}", "issuer", _rank(ISSUER, row.views), row)


def _pages(connection: Reading) -> Iterator[_Waiting]:
    for row in reads.unsure_pages(connection, SURE_OCR):
        key = f"page {row.key} {row.page}"
        yield _Waiting(key, "page", _rank(1.0 - row.confidence, row.views), row)


def _arrivals(connection: Reading) -> Iterator[_Waiting]:
    for place, row in enumerate(arrival_reads.unseen(connection)):
        # Another key for each version, so that one put off before is not put off as it is now.
        yield _Waiting(f"document {row.key} {row.text_hash}", "document", ARRIVED, row, place)


def _numbers(sources: Sources, connection: Reading) -> Iterator[_Waiting]:
    found = disagreement.disagreements(
        sources, None, years=(), institution=None, limit=disagreement.MOST, offset=0
    ).disagreements
    ids = {cell.number_id for one in found for cell in one.cells}
    decided = reads.decided_numbers(connection, ids)
    for one in found:
        if all(cell.number_id in decided for cell in one.cells):
            continue
        key = f"number {one.norm} {one.region or ''} {one.year} {one.kind}"
        yield _Waiting(key, "number", _rank(NUMBER, len(one.cells)), one)


# --- the evidence ------------------------------------------------------------------


def _whole(connection: Reading, one: _Waiting, waiting: Sequence[_Waiting]) -> Doubt:
    about = one.about
    if isinstance(about, _Pair):
        return Doubt(one.key, one.kind, _pair(connection, about))
    if isinstance(about, UnsureOffice):
        return Doubt(one.key, one.kind, _office(connection, about))
    if isinstance(about, UnclearIssuer):
        return Doubt(one.key, one.kind, _issuer(connection, about))
    if isinstance(about, Disagreement):
        return Doubt(one.key, one.kind, DoubtfulNumber(about))
    if isinstance(about, Arrived):
        return Doubt(one.key, one.kind, _arrival(connection, about, waiting))
    return Doubt(one.key, one.kind, _page(connection, about))


def _ref(connection: Reading, document_id: int) -> DocumentRef:
    return document_ref(document_reads.document_lines(connection, [document_id])[document_id])


def _arrival(connection: Reading, row: Arrived, waiting: Sequence[_Waiting]) -> DoubtfulArrival:
    there = (one.about for one in waiting if isinstance(one.about, Arrived))
    same = {one.id: one.text_hash for one in there if one.source_id == row.source_id}
    return DoubtfulArrival(arrivals.new_document(connection, row), same)


def _page(connection: Reading, row: UnsurePage) -> DoubtfulPage:
    whole = page_reads.page(connection, row.document_id, row.page)
    text = whole.text if whole is not None else ""
    ref = _ref(connection, row.document_id)
    return DoubtfulPage(ref, row.page, row.label, row.confidence, text, legible.mark(text))


def _pair(connection: Reading, pair: _Pair) -> DoubtfulPair:
    return DoubtfulPair(
        pair.one.id,
        pair.two.id,
        "person" if pair.one.type == "person" else "institution",
        pair.shared,
        reads.together(connection, pair.one.id, pair.two.id),
    )


def _office(connection: Reading, row: UnsureOffice) -> DoubtfulOffice:
    ids = reads.office_rows(connection, row, PLACES)
    places = office_reads.office_evidence(connection, ids)
    evidence = tuple(
        OfficeEvidence(
            place.document_id,
            place.title,
            place.page or 1,
            place.date,
            place.text or "",
            place.confidence,
            number,
        )
        for number in ids
        if (place := places.get(number)) is not None
    )
    term = OfficeTerm(
        role=row.role,
        institution=row.institution,
        institution_id=None,
        status=row.status,
        date_from=None,
        date_to=None,
        first_seen=None,
        last_seen=None,
        evidence=evidence,
        evidence_count=row.count,
        confidence=row.confidence,
        wordings=(Wording(row.role, row.institution, row.status),),
    )
    around = reads.around(connection, [one.office_id for one in evidence], AROUND)
    person = EntityBadge(row.person_id, "person", row.person, row.reads)
    return DoubtfulOffice(person, term, tuple(around[one.office_id] for one in evidence), row.count)


def _issuer(connection: Reading, row: UnclearIssuer) -> DoubtfulIssuer:
    found: dict[str, EntityBadge] = {}
    for wanted in filter(None, (row.institution,)):
        for entity_id in names.resolve(connection, wanted, "institution")[:CANDIDATES]:
            rows = entity_reads.entity_rows(connection, [entity_id])
            found.update((key, names.badge(one)) for key, one in rows.items())
    for one in entity_reads.entities_in_document(connection, row.id, 60):
        if one.type == "institution":
            found.setdefault(one.id, names.badge(one))
    candidates = tuple(found.values())[:CANDIDATES]
    return DoubtfulIssuer(_ref(connection, row.id), row.institution, candidates)
