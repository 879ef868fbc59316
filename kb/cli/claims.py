"""``kb claims`` and ``kb indicators --disagree``: figures beside figures."""

from __future__ import annotations

import argparse
from typing import Any, Literal

from kb.cli import ask, shapes
from kb.cli.opened import asked
from kb.cli.shapes import Json
from kb.cli.terminal import Terminal
from kb.errors import NotFound
from kb.explore import KnowledgeBase
from kb.explore import views as v
from kb.explore.views import plain

_WORDS = {
    "same": "same",
    "within": "does not contradict",
    "differs": "differs",
    "other_year": "another year",
    "year_unsaid": "no year was said",
}


def agreement(a: argparse.Namespace) -> Literal["same", "differs", "paired"] | None:
    """The agreement asked for by the three switches."""
    if a.agree:
        return "same"
    if a.differ:
        return "differs"
    return "paired" if a.paired else None


def claims(a: argparse.Namespace, t: Terminal) -> int:
    """``kb claims``."""
    found = asked(
        a,
        t,
        lambda kb: kb.claims(
            a.query,
            official=a.official,
            indicator=a.indicator,
            years=a.year,
            agreement=agreement(a),
            kind=a.kind,
            limit=a.limit,
            offset=a.offset,
        ),
    )
    if t.as_json:
        t.value({"total": found.total, "claims": [claim_shape(c) for c in found.claims]})
        return 0
    t.say(f"{found.total} claims")
    for claim in found.claims:
        _say(claim, t)
    return 0


def _say(claim: v.ClaimView, t: Terminal) -> None:
    t.say()
    t.heading(f"{claim.subject}: {claim.value} ({_about(claim)})")
    t.say(claim.text, 2)
    who = ", ".join(x for x in (claim.speaker, claim.office) if x)
    page = f"document {claim.document_id} page {claim.page_label or claim.page}"
    t.say("; ".join(x for x in (who, claim.date, page) if x), 2)
    for pair in claim.pairs:
        cell = pair.cell
        said = _WORDS[pair.agreement]
        if pair.agreement == "differs" and pair.difference is not None:
            said += f" by {pair.difference:+,.4g}"
        t.say(
            f"{said}: {pair.indicator} {cell.year} {cell.kind} {cell.value_text}"
            f"{f' {cell.unit}' if cell.unit else ''}, document {cell.document_id} page "
            f"{cell.page_label or cell.page} ({cell.title})",
            2,
        )


def _about(claim: v.ClaimView) -> str:
    parts: list[Any] = [claim.kind, claim.period, claim.region]
    return ", ".join(str(part) for part in parts if part)


def indicators(a: argparse.Namespace, t: Terminal) -> int:
    """``kb indicators``, and ``--disagree``."""
    return disagreements(a, t) if a.disagree else ask.indicators(a, t)


def disagreements(a: argparse.Namespace, t: Terminal) -> int:
    """``kb indicators --disagree``."""
    found = asked(
        a,
        t,
        lambda kb: kb.disagreements(
            a.query, years=a.year, institution=a.institution, limit=a.limit, offset=a.offset
        ),
    )
    if t.as_json:
        t.value(
            {
                "total": found.total,
                "disagreements": [disagreement_shape(d) for d in found.disagreements],
            }
        )
        return 0
    t.say(f"{found.total} numbers on which documents disagree")
    for one in found.disagreements:
        t.say()
        t.heading(f"{one.indicator} {one.year} ({one.kind})")
        t.table(
            ("  value", "unit", "document", "stage", "page"),
            [
                (
                    f"  {c.value_text}",
                    c.unit or "",
                    f"{c.document_id} {c.title}",
                    c.stage or "",
                    c.page_label or str(c.page),
                )
                for c in one.cells
            ],
        )
    return 0


_CLAIM = """
    claim_id text subject value number unit kind period period_origin region institution speaker
    speaker_id statement_id date document_id title page page_label start end source confidence
    agreement
"""


def claim_shape(c: v.ClaimView) -> Json:
    beside = [
        {
            "indicator": p.indicator,
            "region": p.region,
            "agreement": p.agreement,
            "difference": p.difference,
            **(shapes.number(p.cell) or {}),
        }
        for p in c.pairs
    ]
    told = {name: getattr(c, name) for name in _CLAIM.split()}
    return {**told, "office": c.office or None, "documents": beside}


def disagreement_shape(d: v.Disagreement) -> Json:
    return {
        "indicator": d.indicator,
        "region": d.region,
        "unit": d.unit,
        "year": d.year,
        "kind": d.kind,
        "numbers": [shapes.number(c) for c in d.cells],
    }


def changes(a: argparse.Namespace, t: Terminal) -> int:
    """``kb diff DOCUMENT [OTHER] --figures``."""

    def question(kb: KnowledgeBase) -> v.FigureChanges:
        other = a.other
        if other is None:
            beside = kb.plan_versions(a.document)
            if not beside:
                raise NotFound(
                    f"No other version of document {a.document} states numbers of the same "
                    "indicators; name the document to compare it with."
                )
            other = beside[0].document_id
        return kb.figure_changes(a.document, other)

    found = asked(a, t, question)
    if t.as_json:
        t.value(plain(found))
        return 0
    t.say(
        f"document {found.document_id} to {found.other_id}: {len(found.changed)} numbers changed, "
        f"{found.unchanged} did not, {len(found.added)} indicators added, "
        f"{len(found.dropped)} dropped"
    )
    for one in found.changed[: a.limit]:
        said = f"{one.before.value_text} to {one.after.value_text}"
        unit = f" {one.unit}" if one.unit else ""
        more = f" ({one.difference:+,.6g})" if one.difference is not None else ""
        t.say()
        t.heading(f"{one.indicator} {one.year} ({one.kind}): {said}{unit}{more}")
        t.say(f"page {_page(one.before)} and page {_page(one.after)}", 2)
    for name, indicators_ in (("added", found.added), ("dropped", found.dropped)):
        for planned in indicators_[: a.limit]:
            t.say()
            t.heading(f"{name}: {planned.indicator}")
            for c in planned.cells:
                t.say(f"{c.kind} {c.year} {c.value_text}, page {_page(c)}", 2)
    return 0


def _page(c: v.IndicatorCell) -> str:
    return c.page_label or str(c.page)
