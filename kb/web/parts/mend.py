"""What staff put right on the page of an entity: its name, wrong mentions, the whole of it."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.web.base import kb
from kb.web.parts import mend_merge
from kb.web.parts.cards import day, num
from kb.web.parts.deciding import decide
from kb.web.safe import md, plain
from kb.web.state import t

SURFACES = 50
DOCUMENTS = 300
"""Documents offered to be split off: the latest."""
OTHERS = 8
NEW = "-"
"""Somebody of the same name whom the base does not know."""
ALL = 0
"""Every document, among document ids."""


def mend(page: v.EntityPage) -> None:
    """The tools, behind a button; shown to staff only."""
    entity = page.summary.entity_id
    box = st.expander(t("mend.title"), icon=":material/build:", on_change="rerun", key="mend")
    if not box.open:
        return
    with box:
        st.caption(t("mend.help"))
        untag, merge, split, rename, alias, hide = st.tabs(
            [
                t("mend.untag"),
                t("merge.title"),
                t("mend.split"),
                t("manage.rename"),
                t("entities.aliases"),
                t("manage.hide"),
            ]
        )
        with merge:
            mend_merge.merge(page)
        with untag:
            _untag(page)
        with split:
            _split(page)
        with rename, st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                t("manage.new_name"), value=plain(page.summary.name), max_chars=200, key="mend_name"
            )
            changed = bool(name.strip()) and name.strip() != page.summary.name
            if st.button(t("manage.apply"), key="mend_rename", disabled=not changed):
                decide(lambda d: d.rename(entity, name.strip()))
        with alias:
            _alias(page)
        with hide, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(t("mend.hide_help"))
            if st.button(t("manage.hide"), key="mend_hide"):
                decide(lambda d: d.hide(entity))


def _untag(page: v.EntityPage) -> None:
    entity = page.summary.entity_id
    surfaces = kb().surfaces(entity, limit=SURFACES)
    if not surfaces:
        st.markdown(t("mend.no_mentions"))
        return
    titles = {d.document_id: f"{day(d.date)} · {plain(d.title)}" for d in page.documents}
    words = st.selectbox(
        t("mend.words"),
        ["", *surfaces],
        format_func=lambda w: f"{plain(w)} ({num(surfaces[w])})" if w else t("mend.any_words"),
        index=1,
        key="mend_words",
    )
    where = st.selectbox(
        t("mend.where"),
        [*titles, ALL],
        format_func=lambda d: titles.get(d, t("mend.everywhere")),
        key="mend_where",
    )
    if not words and where == ALL:
        st.markdown(t("mend.rather_hide"))
        return
    if st.button(t("mend.apply", name=md(page.summary.name)), key="mend_untag"):
        decide(lambda d: d.untag(entity, surface=words or None, document=where or None))


def _alias(page: v.EntityPage) -> None:
    """Other names: one more, or a wrong one away."""
    entity, names = page.summary.entity_id, page.summary.aliases
    st.markdown(t("mend.alias_help"))
    reason = st.text_input(t("judge.reason"), max_chars=500, key="alias_why").strip() or None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("mend.alias_new"), max_chars=200, key=f"alias_new_{entity}").strip()
        if st.button(t("mend.alias_add"), key="alias_add", disabled=not name):
            decide(lambda d: d.alias(entity, name, reason=reason))
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            wrong = st.selectbox(
                t("mend.alias_wrong"),
                names,
                index=None,
                format_func=plain,
                placeholder=t("judge.choose"),
                key=f"alias_wrong_{entity}",
            )
            if st.button(t("mend.alias_remove"), key="alias_remove", disabled=wrong is None):
                decide(lambda d: d.alias(entity, str(wrong), remove=True, reason=reason))


def _split(page: v.EntityPage) -> None:
    """What some documents say of it is said of another: which, and of whom."""
    entity, kind = page.summary.entity_id, page.summary.type
    whole = kb().entity(entity, statements=0, documents=DOCUMENTS, co_occurring=0)
    stated = {link.document_id: ", ".join(link.offices[:2]) for link in page.links}
    titles = {
        d.document_id: " · ".join(
            filter(None, (day(d.date), plain(d.title), plain(stated.get(d.document_id))))
        )
        for d in whole.documents
    }
    st.markdown(t("mend.split_help"))
    chosen = st.multiselect(
        t("mend.split_which"),
        list(titles),
        format_func=lambda d: titles.get(d, ""),
        placeholder=t("judge.choose"),
        key=f"split_which_{entity}",
    )
    others = {
        one.entity_id: ", ".join(
            filter(None, (plain(one.name), plain(one.office.label) if one.office else None))
        )
        for one in kb().entities(page.summary.name, type=kind, limit=OTHERS).entities
        if one.entity_id != entity
    }
    new = {NEW: f"{plain(page.summary.name)} ({t('mend.split_new')})"}
    who = st.selectbox(
        t("mend.split_who"),
        [NEW, *others],
        index=None,
        format_func=lambda e: {**new, **others}.get(e, e),
        placeholder=t("mend.split_placeholder"),
        accept_new_options=True,
        key=f"split_who_{entity}",
    )
    reason = st.text_input(t("judge.reason"), max_chars=500, key="split_why").strip() or None
    label = t("mend.split_apply", count=num(len(chosen)))
    if not st.button(label, type="primary", disabled=not (chosen and who), key="mend_split"):
        return
    if who in others:
        decide(lambda d: d.split(entity, chosen, into=who, reason=reason))
    else:
        name = page.summary.name if who == NEW else who
        decide(lambda d: d.split(entity, chosen, name=name, reason=reason))
