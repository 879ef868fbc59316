"""What changed in numbers between a plan and another version of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.parts import on_demand
from kb.web.parts.cards import day, meta, num
from kb.web.safe import html, md
from kb.web.state import t

SHOWN = 60
"""Changed numbers, and indicators that came or went, shown at most."""


def changes(document: v.DocumentView) -> None:
    """One fold for each other version of this plan: the older one is what changed."""
    for other in kb().plan_versions(document.document_id):
        first, second = (
            (other.document_id, document.document_id)
            if (other.date or "", other.document_id) < (document.date or "", document.document_id)
            else (document.document_id, other.document_id)
        )
        on_demand.expander(
            t("plans.against", title=md(other.title), when=day(other.date)),
            lambda first=first, second=second: _changes(first, second),  # type: ignore[misc]
            key=f"plan_{other.document_id}",
        )


def _changes(first: int, second: int) -> None:
    found = kb().figure_changes(first, second)
    st.caption(
        t(
            "plans.counts",
            changed=num(len(found.changed)),
            same=num(found.unchanged),
            added=num(len(found.added)),
            dropped=num(len(found.dropped)),
        )
    )
    parts = ""
    if found.changed:
        rows = "".join(map(_changed, found.changed[:SHOWN]))
        heads = "".join(
            f'<th scope="col">{html(t(key))}</th>'
            for key in ("plans.indicator", "plans.before", "plans.after", "plans.difference")
        )
        parts += (
            f'<div class="kb-wide"><table class="kb-table"><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    parts += _listed("plans.added", found.added) + _listed("plans.dropped", found.dropped)
    if parts:
        st.html(parts)


def _changed(one: v.FigureChange) -> str:
    unit = f" <small>{html(one.unit)}</small>" if one.unit else ""
    about = meta([t(f"indicators.{one.kind}"), str(one.year)])
    moved = "" if one.difference is None else f"{one.difference:+.10g}".replace(".", ",")
    return (
        f'<tr><th scope="row">{html(one.indicator)}{unit}{about}</th>'
        f"<td>{_number(one.before)}</td><td>{_number(one.after)}</td><td>{html(moved)}</td></tr>"
    )


def _number(cell: v.IndicatorCell) -> str:
    page = t("search.page", label=cell.page_label or cell.page)
    return nav.anchor(
        nav.href("dokumen", id=cell.document_id, hal=cell.page, q=cell.value_text),
        f"<b>{html(cell.value_text)}</b> <small>{html(page)}</small>",
        mark=f"plan-{cell.document_id}-{cell.page}-{cell.row}-{cell.year}-{cell.kind}",
    )


def _listed(key: str, planned: Sequence[v.PlannedIndicator]) -> str:
    if not planned:
        return ""
    items = "".join(
        f"<li>{html(one.indicator)}: "
        + ", ".join(f"{html(str(c.year))} {_number(c)}" for c in one.cells[:6])
        + "</li>"
        for one in planned[:SHOWN]
    )
    return f'<h4>{html(t(key))}</h4><ul class="kb-lines">{items}</ul>'
