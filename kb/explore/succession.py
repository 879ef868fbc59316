"""When an office passed to somebody else: texts go on naming the former holder for years.

A report on last year, published this year, still says "Gubernur X" after Y took over.
Where several later sightings name others in the same office, and more than name X,
those of X speak of the past: the term ends with the last one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.catalog.reading.offices import Sighting
from kb.explore.terms import NOT_IN_OFFICE, core
from kb.explore.views import OfficeTerm

LEAST = 2
"""Sightings of one other person that are enough to speak of a successor."""

Office = tuple[str, str]
"""Role in normal form and institution id."""


def by_office(sightings: Iterable[Sighting]) -> dict[Office, list[Sighting]]:
    """Dated sightings of holders by office; former and would-be holders are left out."""
    found: dict[Office, list[Sighting]] = {}
    for s in sightings:
        role, status = core(s.role)
        if s.institution_id is None or s.first is None:
            continue
        if s.status in NOT_IN_OFFICE or status in NOT_IN_OFFICE:
            continue
        found.setdefault((role, s.institution_id), []).append(s)
    return found


def ended(
    term: OfficeTerm, seen: Sequence[Sighting], held: Mapping[Office, Sequence[Sighting]]
) -> OfficeTerm:
    """``term`` with its last sighting before somebody else holds the office.

    Terms with a stated begin or end, and offices that others only ever share, stay as
    they are.
    """
    if term.date_from or term.date_to or term.institution_id is None or not seen:
        return term
    own = sorted((s for s in seen if s.first), key=lambda s: s.first or "")
    persons = {s.person_id for s in seen}
    office = (core(term.role)[0], term.institution_id)
    others = sorted(
        (s for s in held.get(office, ()) if s.person_id not in persons),
        key=lambda s: s.first or "",
    )
    if not own or not others:
        return term
    begun: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for s in others:
        begun.setdefault(s.person_id, s.first or "")
        counts[s.person_id] += s.count
    for day in sorted(d for p, d in begun.items() if counts[p] >= LEAST):
        if day <= (own[0].first or ""):
            continue  # held it before
        theirs = sum(o.count for o in others if (o.first or "") >= day)
        later = sum(o.count for o in own if (o.last or "") >= day)
        before = [o.last or "" for o in own if (o.last or "") < day]
        if later and before and theirs > later:
            return replace(term, last_seen=max(before))
    return term
