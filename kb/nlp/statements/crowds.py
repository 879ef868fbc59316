"""Several people whom nobody names: who protests, and the refused offer before it."""

from __future__ import annotations

import re

from kb.nlp.statements.masked import View
from kb.nlp.statements.people import Ref

_BEHIND = re.compile(r"(?:\s+[^\s.,;:!?]+){0,3}\s*:\s*\Z")


def _crowd(view: View) -> str:
    """A pattern of several people (``beberapa warga``, ``ibu2``)."""
    many = "|".join(sorted(view.cues.many))
    people = "|".join(re.escape(word) for word in sorted(view.cues.crowds))
    return rf"(?:(?:{many})\s+)?(?:(?:{people})(?:2|²)?|[a-z]+2|(?P<one>[a-z]{{2,}})-(?P=one))"


def crowd_ahead(view: View, pre: str, start: int) -> tuple[Ref, int] | None:
    """Who is the subject of ``Tetapi ibu-ibu keberatan:``, and where; ``pre`` begins at
    ``start`` and ends with the quotation."""
    found = re.match(
        rf"\s*(?:(?P<lead>[^\W\d_]+),?\s+)?(?P<who>{_crowd(view)})\b", pre, re.IGNORECASE
    )
    if found is None or not _BEHIND.match(pre, found.end()):
        return None
    lead = (found["lead"] or "").casefold()
    if lead and lead not in view.cues.leads and lead not in view.cues.connectors:
        return None
    return Ref("phrase", found["who"]), start + found.start("who")


def crowd_before(view: View, lead: str, place: int) -> tuple[Ref, int] | None:
    """Who did it in the sentence before (``Saran itu ditolak beberapa warga. "..."``); ``lead``
    ends at ``place``, where the quotation opens."""
    verbs = "|".join(sorted(view.cues.refusing))
    found = re.search(
        rf"\b(?:{verbs})\s+(?:oleh\s+)?(?P<who>{_crowd(view)})\s*[.!]\s*\Z", lead, re.IGNORECASE
    )
    if found is None:
        return None
    return Ref("phrase", found["who"]), place - len(lead) + found.start("who")
