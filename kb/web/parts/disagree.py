"""Plan against plan: numbers on which documents disagree, as tables with pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.parts import numbers
from kb.web.parts.cards import meta, num
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import PAGE_SIZE, t


def show(query: str | None, wanted: dict[str, Any], number: int) -> None:
    """The list; ``number`` is its page."""
    found = kb().disagreements(query, **wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    if not found.disagreements:
        st.markdown(t("claims.no_disagreement"))
        return
    line = t("claims.disagreements", total=num(found.total))
    st.html(f'<h2 class="kb-count">{html(line)}</h2>')
    with st.container(key="lines_disagreements"):
        st.html("".join(map(_one, found.disagreements)))
    page_links(-(-found.total // PAGE_SIZE), number)


def _one(one: v.Disagreement) -> str:
    unit = f" <small>{html(one.unit)}</small>" if one.unit else ""
    about = meta([t(f"indicators.{one.kind}"), str(one.year), one.region])
    usual = usual_of(one.cells)
    rows = "".join(_row(cell, usual) for cell in one.cells)
    return (
        f'<article class="kb-card"><h3>{html(one.indicator)}{unit}</h3>{about}'
        f'<div class="kb-wide"><table class="kb-table"><tbody>{rows}</tbody></table></div>'
        f"{_whole(one)}</article>"
    )


def _whole(one: v.Disagreement) -> str:
    """Where a plan and its change differ: the way to all numbers that changed."""
    changed = next((c for c in one.cells if c.stage == "perubahan"), None)
    if changed is None or len({c.doc_type for c in one.cells}) > 1:
        return ""
    where = nav.href("dokumen", id=changed.document_id)
    return nav.anchor(where, html(t("plans.all")), mark=f"plan-{one.norm}-{one.year}-{one.kind}")


def usual_of(cells: Sequence[v.IndicatorCell]) -> frozenset[float | None]:
    """The number most documents state; all of them where no one has more than the next."""
    counts = Counter(cell.value for cell in cells).most_common()
    if len(counts) > 1 and counts[0][1] > counts[1][1]:
        return frozenset([counts[0][0]])
    return frozenset(value for value, _ in counts)


def _row(cell: v.IndicatorCell, usual: frozenset[float | None]) -> str:
    """One number; marked where most documents state another."""
    link = nav.anchor(
        numbers.address(cell),
        html(f"{numbers.document(cell)} · {numbers.page(cell)}"),
        mark=f"differ-{cell.document_id}-{cell.page}-{cell.row}-{cell.year}-{cell.kind}",
    )
    number = html(numbers.printed(cell))
    if cell.value not in usual:
        number = f"<mark>{number}</mark>"
    return f'<tr><th scope="row">{number}</th><td>{link}</td></tr>'
