"""Pages that have some of the words, where few have all of them."""

from __future__ import annotations

from kb.search.plan import Both, Lifted, Plan, Planned, Without

ENOUGH = 10
"""Where fewer passages have all the words, those with any of them follow, up to so many."""


def with_some(planned: Planned) -> Plan | None:
    """Passages with any of the words and not with all; ``None`` for a query that is no list
    of words."""
    if planned.relaxed is None or not planned.scored:
        return None
    every = planned.main.main if isinstance(planned.main, Lifted) else planned.main
    if isinstance(planned.relaxed, Lifted):
        return Lifted(Both((planned.relaxed.main, Without(every))), planned.relaxed.lifts)
    return Both((planned.relaxed, Without(every)))
