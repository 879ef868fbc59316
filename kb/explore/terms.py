"""Offices through time: what authority file and texts state, merged into terms.

A text names an office on a date; many texts name it in many wordings. Sightings
of one office (same role, same institution) become one term; sightings inside a
term of the authority file belong to it; a plain "Gubernur" seen while the person
is acting ("Pj Gubernur") is the acting office with its prefix left out. A former
or a would-be office (``mantan``, ``calon``) is never a term in office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kb.authority.normal import norm
from kb.catalog.reading.offices import Sighting
from kb.explore.views import OfficeTerm
from kb.model import OfficeStatus

SPLIT_DAYS = 365
"""A longer silence with another office in between ends a term."""
SLACK_DAYS = 45
"""A text may be late or early by this much against a stated term."""

_STATUS_WORDS: tuple[tuple[str, OfficeStatus], ...] = (
    ("penjabat sementara", "Pjs"),
    ("pelaksana tugas", "Plt"),
    ("pelaksana harian", "Plh"),
    ("penjabat", "Pj"),
    ("pjs", "Pjs"),
    ("plt", "Plt"),
    ("plh", "Plh"),
    ("pj", "Pj"),
    ("mantan", "mantan"),
    ("eks", "mantan"),
    ("bekas", "mantan"),
    ("bakal calon", "calon"),
    ("calon", "calon"),
)
_ACTING = ("Pj", "Plt", "Plh", "Pjs")
NOT_IN_OFFICE = ("mantan", "calon")
_REGION_WORDS = {"provinsi", "prov", "propinsi", "pemerintah", "pemprov", "daerah"}


@dataclass(slots=True)
class _Term:
    role: str
    status: OfficeStatus
    stated: Sighting | None = None
    seen: list[Sighting] = field(default_factory=list)

    def bounds(self) -> tuple[str | None, str | None]:
        first = min((s.first for s in self.seen if s.first), default=None)
        last = max((s.last for s in self.seen if s.last), default=None)
        return first, last


def core(role: str) -> tuple[str, OfficeStatus]:
    """A role in normal form without its status words, and the status they say."""
    words = norm(role)
    status: OfficeStatus = "definitif"
    changed = True
    while changed:
        changed = False
        for prefix, meaning in _STATUS_WORDS:
            if words.startswith(prefix + " "):
                words = words.removeprefix(prefix).strip()
                status = meaning if status == "definitif" else status
                changed = True
                break
    return words, status


def _place_words(institution: str | None) -> str:
    words = [w for w in norm(institution or "").split() if w not in _REGION_WORDS]
    return " ".join(words)


def _offices(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Sightings of the same office together (same role; same institution by id or by words)."""
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    keys: list[object] = []
    nowhere: list[Sighting] = []
    placed: list[Sighting] = []
    for s in sightings:
        role, _ = core(s.role)
        where = _place_words(s.institution)
        if not where and s.institution_id is None:
            nowhere.append(s)
            continue
        if where and not role.endswith(where):
            role_where: object = (role, where)
        else:
            role_where = (role.removesuffix(where).strip(), where)
        if s.institution_id is not None:
            parent[root(role_where)] = root((role, "id", s.institution_id))
        keys.append(role_where)
        placed.append(s)
    groups: dict[object, list[Sighting]] = defaultdict(list)
    for key, s in zip(keys, placed, strict=True):
        groups[root(key)].append(s)
    found = list(groups.values())
    for s in nowhere:
        _attach(s, found)
    return found


def _attach(sighting: Sighting, groups: list[list[Sighting]]) -> None:
    """Put an office without institution to the nearest in time with the same role."""
    role, _ = core(sighting.role)

    def distance(group: Sequence[Sighting]) -> int:
        gaps = [_days(sighting.first, day) for g in group for day in _days_of(g)]
        return min((g for g in gaps if g is not None), default=10_000)

    same = [g for g in groups if any(_same_role(role, s) for s in g)]
    if same:
        min(same, key=distance).append(sighting)
    else:
        groups.append([sighting])


def _same_role(role: str, other: Sighting) -> bool:
    theirs, _ = core(other.role)
    return role in (theirs, f"{theirs} {_place_words(other.institution)}".strip())


def _days_of(sighting: Sighting) -> list[str]:
    days = (sighting.date_from, sighting.date_to, sighting.first, sighting.last)
    return [d for d in days if d]


def _day(iso: str, *, last: bool = False) -> date | None:
    parts = iso.split("-")
    try:
        year = int(parts[0])
        month = int(parts[1]) if len(parts) > 1 else (12 if last else 1)
        if len(parts) > 2:
            return date(year, month, int(parts[2]))
        if not last:
            return date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)
    except ValueError:
        return None


def _days(left: str | None, right: str | None) -> int | None:
    a, b = _day(left or ""), _day(right or "")
    return abs((a - b).days) if a and b else None


def _inside(sighting: Sighting, begin: str | None, end: str | None) -> bool:
    first, last = _day(sighting.first or ""), _day(sighting.last or "", last=True)
    if first is None or last is None:
        return False
    low = _day(begin) if begin else None
    high = _day(end, last=True) if end else None
    slack = timedelta(days=SLACK_DAYS)
    return (low is None or last >= low - slack) and (high is None or first <= high + slack)


def merge(sightings: Iterable[Sighting]) -> list[tuple[OfficeTerm, list[Sighting]]]:
    """Terms of one person with the sightings each rests on, by their begin."""
    everything = list(sightings)
    terms: list[_Term] = []
    for group in _offices(everything):
        terms += _terms_of_office(group, everything)
    made = [(_view(t), t.seen) for t in terms]
    return sorted(made, key=lambda pair: (pair[0].begin or "9999", pair[0].label))


def _terms_of_office(group: Sequence[Sighting], everything: Sequence[Sighting]) -> list[_Term]:
    stated = [_Term(s.role, _status(s), s) for s in group if _is_stated(s)]
    seen = [s for s in group if not _is_stated(s)]
    rest: dict[OfficeStatus, list[Sighting]] = defaultdict(list)
    for s in seen:
        status = _status(s)
        homes = [t for t in stated if t.stated and _fits(s, status, t, t.stated)]
        if homes:
            min(homes, key=_width).seen.append(s)
        else:
            rest[status].append(s)
    acting = [
        t for status in _ACTING if status in rest for t in _split(status, rest.pop(status), [])
    ]
    plain: list[Sighting] = []
    for s in rest.pop("definitif", []):
        home = next((t for t in acting if s.first and _inside(s, *t.bounds())), None)
        (home.seen if home is not None else plain).append(s)
    here = {id(s) for s in group}
    others = [s for s in everything if id(s) not in here and _status(s) not in NOT_IN_OFFICE]
    terms = stated + acting + _split("definitif", plain, others)
    for status, left in rest.items():
        terms += _split(status, left, [])
    return terms


def _is_stated(sighting: Sighting) -> bool:
    return sighting.origin != "text" or bool(sighting.date_from or sighting.date_to)


def _width(term: _Term) -> int:
    """Days a stated term spans; one with an open end is wider than any other."""
    stated = term.stated
    gap = _days(stated.date_from, stated.date_to) if stated is not None else None
    open_ends = 0 if stated is None else (not stated.date_from) + (not stated.date_to)
    return gap if gap is not None else 100_000 * (1 + open_ends)


def _fits(sighting: Sighting, status: OfficeStatus, term: _Term, stated: Sighting) -> bool:
    if status not in (term.status, "definitif"):
        return False
    if not sighting.first:
        return status == term.status
    if not stated.date_from and not stated.date_to:
        return status == term.status
    return _inside(sighting, stated.date_from, stated.date_to)


def _status(sighting: Sighting) -> OfficeStatus:
    if sighting.status != "definitif":
        return sighting.status
    return core(sighting.role)[1]


def _split(
    status: OfficeStatus, seen: Sequence[Sighting], others: Sequence[Sighting]
) -> list[_Term]:
    """One term, or several where a long silence holds another office."""
    if not seen:
        return []
    dated = sorted((s for s in seen if s.first), key=lambda s: s.first or "")
    undated = [s for s in seen if not s.first]
    terms: list[_Term] = []
    for s in dated:
        if terms:
            _, last = terms[-1].bounds()
            gap = _days(last, s.first) or 0
            between = any(o.first and last and s.first and last < o.first < s.first for o in others)
            if gap <= SPLIT_DAYS or not between:
                terms[-1].seen.append(s)
                continue
        terms.append(_Term(s.role, status, None, [s]))
    if not terms:
        terms.append(_Term(undated[0].role, status))
    terms[-1].seen += undated
    return terms


def _view(term: _Term) -> OfficeTerm:
    stated = term.stated
    wordings = [stated] if stated else sorted(term.seen, key=lambda s: -s.count)
    best = wordings[0]
    institution = next((s.institution for s in wordings if s.institution), None) or next(
        (s.institution for s in term.seen if s.institution), None
    )
    institution_id = next((s.institution_id for s in wordings if s.institution_id), None) or next(
        (s.institution_id for s in term.seen if s.institution_id), None
    )
    first, last = term.bounds()
    miss = 1.0
    for s in term.seen:
        miss *= (1.0 - min(s.confidence, 0.99)) ** min(s.count, 3)
    return OfficeTerm(
        role=best.role,
        institution=institution,
        institution_id=institution_id,
        status=term.status,
        date_from=stated.date_from if stated else None,
        date_to=stated.date_to if stated else None,
        first_seen=first,
        last_seen=last,
        evidence_count=sum(s.count for s in term.seen),
        origin=best.origin,
        source=best.source,
        confidence=stated.confidence if stated else round(1.0 - miss, 3),
    )


def latest(terms: Sequence[OfficeTerm]) -> OfficeTerm | None:
    """The office a person holds or held last; a former one only where nothing else is known."""

    def key(term: OfficeTerm) -> tuple[bool, str, str, int]:
        dated = term.begin or term.end
        return (
            term.status not in NOT_IN_OFFICE,
            (term.end or "9999") if dated else "",
            term.begin or "",
            term.evidence_count,
        )

    return max(terms, key=key, default=None)
