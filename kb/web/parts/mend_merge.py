"""Merging on the page of an entity: which other is the same, what will join, what disagrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import streamlit as st

from kb import authority
from kb.authority import norm
from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.parts.cards import day, meta, num
from kb.web.parts.deciding import decide
from kb.web.parts.pair import facts
from kb.web.safe import html, plain
from kb.web.state import t

FOUND = 8
SHOWN = 6
"""Lines of each kind in the preview."""
SINGLE = ("Gubernur", "Wakil Gubernur", "Bupati", "Wakil Bupati", "Wali Kota", "Wakil Wali Kota")


def merge(page: v.EntityPage, over: Callable[[object], object] | None = None) -> None:
    """The form: find the other, look, decide which name is kept."""
    one = page.summary
    st.markdown(t("merge.help"))
    words = st.text_input(
        t("merge.find"), value=plain(one.name), max_chars=200, key=f"merge_find_{one.entity_id}"
    )
    found = kb().entities(words.strip() or None, type=one.type, limit=FOUND + 1).entities
    others = {other.entity_id: line(other) for other in found if other.entity_id != one.entity_id}
    chosen = st.selectbox(
        t("merge.which"),
        list(others),
        index=None,
        format_func=lambda e: others.get(e, ""),
        placeholder=t("judge.choose") if others else t("merge.none"),
        key=f"merge_with_{one.entity_id}",
    )
    if chosen not in others:
        return
    comparison = kb().compare([one.entity_id, chosen])
    this, that = comparison.pages
    st.html(_preview(this, that, comparison.together_pages))
    keep = st.radio(
        t("merge.keep"),
        [one.entity_id, chosen],
        format_func=lambda e: _kept(*((this, that) if e == one.entity_id else (that, this))),
        horizontal=True,
        key="merge_keep",
    )
    reason = st.text_input(t("judge.reason"), max_chars=500, key="merge_why").strip() or None
    lost = chosen if keep == one.entity_id else one.entity_id
    if st.button(t("merge.do"), type="primary", key="merge_do"):
        decide(lambda d: d.merge(lost, keep, reason=reason), over)


def _kept(page: v.EntityPage, other: v.EntityPage) -> str:
    """The name that would be kept; told apart where both are called so."""
    alike = plain(page.summary.name) == plain(other.summary.name)
    return line(page.summary) if alike else plain(page.summary.name)


def line(other: v.EntitySummary) -> str:
    """Somebody in a list: name, office, how often named; no id."""
    counted = t("search.entity_line", documents=num(other.documents), mentions=num(other.mentions))
    office = plain(other.office.label) if other.office else None
    return " · ".join(filter(None, (plain(other.name), office, counted)))


def _preview(this: v.EntityPage, that: v.EntityPage, together: int) -> str:
    sides = "".join(_side(one) for one in (this, that))
    joined = [
        t("merge.documents", count=num(this.summary.documents + that.summary.documents)),
        t("merge.mentions", count=num(this.summary.mentions + that.summary.mentions)),
        t("merge.statements", count=num(this.statement_count + that.statement_count)),
        t("merge.offices", count=num(len(this.offices) + len(that.offices))),
    ]
    told = list(disagreements(this, that))
    if together:
        told.append(t("merge.together", count=num(together)))
    items = "".join(f"<li>{html(one)}</li>" for one in told)
    against = f'<ul class="kb-lines">{items}</ul>' if items else html(t("merge.agree"))
    style = "kb-warn" if items else "kb-muted"
    return (
        f'<div class="kb-pair">{sides}</div><h3>{html(t("merge.joins"))}</h3>{meta(joined)}'
        f'<h3>{html(t("merge.disagrees"))}</h3><div class="{style}">{against}</div>'
    )


def _side(page: v.EntityPage) -> str:
    summary = page.summary
    name = nav.anchor(
        nav.href("entitas", id=summary.entity_id),
        html(summary.name),
        style=f"kb-i kb-i-{summary.type}",
        mark=f"merge-{summary.entity_id}",
    )
    terms = "".join(
        f"<li>{html(term.label)}{meta([_when(term)])}</li>" for term in page.offices[:SHOWN]
    )
    offices = f'<ul class="kb-lines">{terms}</ul>' if terms else ""
    aliases = "; ".join(summary.aliases[:SHOWN])
    return (
        f'<article class="kb-card"><h3 class="kb-title">{name}</h3>{meta(facts(page))}'
        + (meta([f"{t('entities.aliases')}: {aliases}"]) if aliases else "")
        + f"{offices}</article>"
    )


def _when(term: v.OfficeTerm) -> str:
    days = [day(one) for one in (term.begin, term.end) if one]
    return " – ".join(dict.fromkeys(days))


def disagreements(this: v.EntityPage, that: v.EntityPage) -> Iterator[str]:
    """What speaks against their being one, a sentence each."""
    regions = {one.region for page in (this, that) for one in page.links if one.region}
    here = {one.region for one in this.links if one.region}
    there = {one.region for one in that.links if one.region}
    if here and there and not here & there:
        yield t("merge.regions", one=_places(here), two=_places(there))
    if this.code and that.code and this.code != that.code:
        yield t("merge.codes", one=this.code, two=that.code)
    if this.parent and that.parent and this.parent.entity_id != that.parent.entity_id:
        yield t("merge.parents", one=this.parent.name, two=that.parent.name)
    for mine in this.offices:
        for other in that.offices:
            if _clash(mine, other):
                yield t(
                    "merge.clash",
                    one=f"{mine.label} ({_when(mine)})",
                    two=f"{other.label} ({_when(other)})",
                )
    if this.summary.authority and that.summary.authority and not regions:
        yield t("merge.both_known")


def _places(codes: set[str]) -> str:
    places = authority.load().places
    found = ((places.place(code), code) for code in sorted(codes)[:3])
    return ", ".join(place.name if place is not None else code for place, code in found)


def _clash(one: v.OfficeTerm, other: v.OfficeTerm) -> bool:
    """Two offices of different bodies at the same time, which one person seldom holds."""
    if "mantan" in (one.status, other.status) or "calon" in (one.status, other.status):
        return False
    if norm(one.institution or "") == norm(other.institution or "") or not one.begin:
        return False
    if not other.begin or one.status != "definitif" or other.status != "definitif":
        return False
    return one.begin <= (other.end or "9999") and other.begin <= (one.end or "9999")
