"""Why the base says what it says of an entity: the passages and what each tells."""

from __future__ import annotations

from collections.abc import Sequence

from kb.explore import views as v
from kb.web import nav
from kb.web.parts.cards import dated, meta, num
from kb.web.safe import html
from kb.web.state import t


def evidence(terms: Sequence[v.OfficeTerm]) -> str:
    """Where each office is stated, as HTML."""
    parts = []
    for position, term in enumerate(terms):
        lines = "".join(
            "<li>"
            + nav.anchor(
                nav.href("dokumen", id=proof.document_id, hal=proof.page),
                html(dated(proof.date, proof.title)),
                mark=f"proof-{position}-{number}",
            )
            + meta([proof.text])
            + "</li>"
            for number, proof in enumerate(term.evidence)
        )
        if lines:
            count = f"{html(term.label)} <small>({num(term.evidence_count)})</small>"
            parts.append(f'<h3>{count}</h3><ul class="kb-lines">{lines}</ul>')
    return f'<div class="kb-proofs">{"".join(parts)}</div>'


def links(page: v.EntityPage) -> str:
    """Why the latest documents are held to be about it: what each tells by itself."""
    lines = "".join(
        "<li>"
        + nav.anchor(
            nav.href("dokumen", id=one.document_id),
            html(dated(one.date, one.title)),
            mark=f"link-{number}",
        )
        + meta([_reason(one.reason), one.name, *one.offices])
        + "</li>"
        for number, one in enumerate(page.links)
    )
    note = html(t("entities.links_note"))
    return f'<p class="kb-note">{note}</p><ul class="kb-lines">{lines}</ul>'


def _reason(reason: str) -> str:
    """What a reason is called: ``spelling, name and office`` is two of them."""
    return ", ".join(t(f"entities.link_{one.replace(' ', '_')}") for one in reason.split(", "))
