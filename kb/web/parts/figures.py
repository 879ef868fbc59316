"""Figures that were said, beside those that documents print: how one looks in a list."""

from __future__ import annotations

from collections.abc import Sequence

from kb.explore import views as v
from kb.web import nav
from kb.web.parts import numbers
from kb.web.parts.cards import WEAK, day, meta, num
from kb.web.safe import html
from kb.web.state import t

_PARTS = {"Q": "claims.quarter", "H": "claims.half"}


def claim_card(claim: v.ClaimView, query: str | None = None) -> str:
    """One claim as HTML: the figure, its sentence, who said it, and the printed numbers."""
    period = period_name(claim.period)
    if claim.period_origin == "carried" and period:
        period = t("claims.carried", period=period)
    about = meta(
        [
            t(f"claims.kind_{claim.kind}"),
            period or t("claims.no_period"),
            claim.region,
            t("statements.weak") if claim.confidence < WEAK else "",
        ]
    )
    return (
        f'<article class="kb-card"><h3>{html(claim.subject)} '
        f"<b>{html(claim.value)}</b></h3>{about}{_sentence(claim)}{_said_by(claim, query)}"
        f"{beside(claim)}</article>"
    )


def _sentence(claim: v.ClaimView) -> str:
    """The sentence with its figure marked."""
    start, end = claim.value_start - claim.start, claim.value_end - claim.start
    words = html(claim.text)
    if 0 <= start < end <= len(claim.text):
        words = (
            f"{html(claim.text[:start])}<mark>{html(claim.text[start:end])}</mark>"
            f"{html(claim.text[end:])}"
        )
    return f'<blockquote class="kb-quote">{words}</blockquote>'


def _said_by(claim: v.ClaimView, query: str | None) -> str:
    speaker = ""
    if claim.speaker:
        name = html(claim.speaker)
        if claim.speaker_id:
            name = nav.anchor(
                nav.href("entitas", id=claim.speaker_id), name, style="kb-i kb-i-person"
            )
        speaker = f'<div class="kb-title kb-speaker">{name}</div>'
    where = f", {t('search.page', label=claim.page_label)}" if claim.page_label else ""
    source = nav.anchor(
        nav.href("dokumen", id=claim.document_id, hal=claim.page, q=query or claim.value,
                 s=claim.statement_id),
        html(claim.title + where),
        style="kb-where kb-i kb-i-page",
        mark=f"c{claim.claim_id}",
    )  # fmt: skip
    return f"{speaker}{meta([claim.office, day(claim.date)])}{source}"


def beside(claim: v.ClaimView) -> str:
    """The printed numbers beside a claim, as HTML; nothing where there is none."""
    if not claim.pairs:
        return ""
    lines = "".join(f"<li>{_pair(pair, claim)}</li>" for pair in claim.pairs)
    return f'<div class="kb-beside"><h3>{html(t("claims.in_documents"))}</h3><ul>{lines}</ul></div>'


def _pair(pair: v.ClaimPair, claim: v.ClaimView) -> str:
    """One printed number with how it stands to what was said; no verdict."""
    cell = pair.cell
    source = f"{numbers.page(cell)} · {cell.dated_title}"
    number = nav.anchor(
        numbers.address(cell),
        f"<b>{html(numbers.printed(cell))}</b> {html(source)}",
        mark=f"pair-{claim.claim_id}-{cell.document_id}-{cell.page}-{cell.row}-{cell.year}",
    )
    kind = t(f"indicators.{cell.kind}")
    return (
        f'<span class="kb-agree kb-agree-{pair.agreement}">{html(_agreement(pair, claim))}</span> '
        f"{html(f'{pair.indicator}, {kind} {cell.year}')}: {number}"
    )


def _agreement(pair: v.ClaimPair, claim: v.ClaimView) -> str:
    if pair.agreement != "differs" or pair.difference is None:
        return t(f"claims.{pair.agreement}")
    size = abs(pair.difference)
    unit = {"persen": t("claims.points"), "poin": t("claims.points"), None: ""}.get(
        claim.unit, claim.unit or ""
    )
    if claim.unit == "rupiah":
        return t("claims.differs", value=f"Rp {_money(size)}")
    return t("claims.differs", value=f"{num(size, 0 if size == round(size) else 2)} {unit}".strip())


def _money(value: float) -> str:
    for size, key in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return t(f"indicators.{key}", value=num(value / size, 2))
    return num(value)


def period_name(period: str | None) -> str:
    """``2025-Q1`` as "triwulan I 2025"; ``2025-06`` as a month."""
    if not period:
        return ""
    year, _, part = period.partition("-")
    if part[:1] in _PARTS and part[1:].isdigit():
        number = ("", "I", "II", "III", "IV")[min(int(part[1:]), 4)]
        return t(_PARTS[part[0]], number=number, year=year)
    return day(period)


def figures_of(claims: Sequence[v.ClaimView]) -> str:
    """The printed numbers beside the figures of one statement, as HTML."""
    return "".join(
        f'<div class="kb-figure-said">{html(claim.subject)} <b>{html(claim.value)}</b>'
        f"{beside(claim)}</div>"
        for claim in claims
        if claim.pairs
    )
