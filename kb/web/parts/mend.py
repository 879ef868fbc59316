"""What staff put right on the page of an entity: its name, wrong mentions, the whole of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.errors import KBError
from kb.explore import views as v
from kb.staff import Kept
from kb.web.base import desk, kb, when_changed
from kb.web.parts.cards import day, num
from kb.web.safe import md, plain
from kb.web.state import t

SURFACES = 50
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
        untag, rename, hide = st.tabs([t("mend.untag"), t("manage.rename"), t("manage.hide")])
        with untag:
            _untag(page)
        with rename, st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(
                t("manage.new_name"), value=plain(page.summary.name), max_chars=200, key="mend_name"
            )
            changed = bool(name.strip()) and name.strip() != page.summary.name
            if st.button(t("manage.apply"), key="mend_rename", disabled=not changed):
                _do(lambda: desk().rename(entity, name.strip()))
        with hide, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(t("mend.hide_help"))
            if st.button(t("manage.hide"), key="mend_hide"):
                _do(lambda: desk().hide(entity))


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
        _do(lambda: desk().untag(entity, surface=words or None, document=where or None))


def _do(work: Callable[[], Kept]) -> None:
    try:
        when_changed(lambda: _kept(work()))
    except KBError as error:
        st.error(md(str(error)))
        return
    st.rerun()


def _kept(kept: Kept) -> None:
    st.toast(t("mend.done", number=num(kept.number)))
