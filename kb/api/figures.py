"""How a claim is told to an assistant program: the figure, and what documents print of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kb.explore import views as v

QUOTED = 400
"""Characters of a sentence."""
Link = Callable[[int, "int | str | None"], str]


def told(claim: v.ClaimView, link: Link) -> dict[str, Any]:
    """One claim with the printed numbers beside it; ``link`` makes the address of a page."""
    return {
        "about": claim.subject,
        "quoted": claim.text[:QUOTED],
        "figure": claim.value,
        "kind": claim.kind,
        "period": claim.period,
        "region": claim.region,
        "speaker": claim.speaker,
        "office": claim.office or None,
        "date": claim.date,
        "link": link(claim.document_id, claim.page_label or claim.page),
        "in_documents": [_printed(pair, link) for pair in claim.pairs],
    }


def _printed(pair: v.ClaimPair, link: Link) -> dict[str, Any]:
    cell = pair.cell
    return {
        "agreement": pair.agreement,
        "indicator": pair.indicator,
        "kind": cell.kind,
        "year": cell.year,
        "quoted": cell.value_text,
        "unit": cell.unit,
        "document": cell.title,
        "printed_page": cell.page_label or str(cell.page),
        "link": link(cell.document_id, cell.page_label or cell.page),
    }
