"""Pages that have some of the words, where few have all of them."""

from __future__ import annotations

from kb.search import ranking
from kb.search.plan import Both, Constant, Lifted, Plan, Planned, Union, Without

ENOUGH = 10
"""Where fewer passages have all the words, those with any of them follow, up to so many."""


NEARLY_ALL = range(3, 9)
"""Of so many words one may be missing before a passage counts as one that has few."""


def any_of(words: tuple[Plan, ...], fixed: tuple[Plan, ...]) -> Plan:
    """Passages with any of ``words`` and all of ``fixed``, those that lack one word first."""
    either: Plan = Union(words)
    if fixed:
        either = Both((either, *fixed))
    if len(words) not in NEARLY_ALL:
        return either
    but_one = tuple(Both((*words[:at], *words[at + 1 :])) for at in range(len(words)))
    return Lifted(either, (Constant(Union(but_one, best=True), ranking.LACK_ONE),))


def lifted(plan: Plan, lifts: tuple[Plan, ...]) -> Lifted:
    """``plan`` with ``lifts`` besides those that it has."""
    if isinstance(plan, Lifted):
        return Lifted(plan.main, (*plan.lifts, *lifts))
    return Lifted(plan, lifts)


def with_some(planned: Planned) -> Plan | None:
    """Passages with any of the words and not with all; ``None`` for a query that is no list
    of words."""
    if planned.relaxed is None or not planned.scored:
        return None
    every = planned.main.main if isinstance(planned.main, Lifted) else planned.main
    if isinstance(planned.relaxed, Lifted):
        return Lifted(Both((planned.relaxed.main, Without(every))), planned.relaxed.lifts)
    return Both((planned.relaxed, Without(every)))
