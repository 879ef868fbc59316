"""Koleksi: what a person keeps, in collections that become dossiers; for those with an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from kb.disk import harmless_name
from kb.errors import KBError, NotFound
from kb.staff import accounts
from kb.staff.dossier import docx, dossier, pdf
from kb.staff.dossier.content import EXCERPT, Dossier
from kb.staff.keeping import NAME, NOTE, Clip, CollectionView, Keeper
from kb.web import nav, staff, state
from kb.web.base import kb
from kb.web.frame import heading, titled
from kb.web.parts import on_demand
from kb.web.parts.cards import day, meta, num
from kb.web.parts.door import enabled
from kb.web.parts.feed import root
from kb.web.parts.keeping import copy_link, keeper, told_count
from kb.web.safe import html, md, plain
from kb.web.state import t

LATEST = 50
"""Starred and noted things shown."""
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def show() -> None:
    """The page: all collections, or one."""
    who = staff.person()
    if who is None:
        heading(t("collections.title"))
        st.info(t("collections.needs_name"))
        if enabled():
            st.html(nav.anchor(nav.href("kelola"), html(t("manage.enter")), style="kb-button"))
        return
    number = state.whole("id", 0)
    if not number:
        _all(who)
        return
    try:
        _one(who, keeper(who).collection(number))
    except NotFound:
        heading(t("collections.title"))
        st.warning(t("collections.missing"), icon=":material/search_off:")
        st.html(nav.anchor(nav.href("koleksi"), html(t("collections.all")), style="kb-button"))


def _do(work: Callable[[Keeper], object], told: str = "manage.saved") -> None:
    """Do what a button says, as the person whose session it is, and show the page anew."""
    who = staff.person()
    if who is None:
        return
    try:
        work(keeper(who))
    except KBError as error:
        st.error(md(str(error)))
        return
    st.toast(t(told))
    st.rerun()


# --- all of them ----------------------------------------------------------------------


def _all(who: accounts.Account) -> None:
    heading(t("collections.title"), t("collections.intro"))
    found = keeper(who).collections()
    own = [one for one in found if one.row.owner == who.name]
    others = [one for one in found if one.row.owner != who.name]
    _lines(own, t("collections.own"), none=t("collections.none"))
    with (
        st.form("new_collection", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(t("collections.new"), max_chars=NAME, key="new_name", width=320)
        shared = st.toggle(t("collections.share"), key="new_shared")
        made = st.form_submit_button(t("collections.make"), icon=":material/add:")
    if made and name.strip():
        _do(lambda k: k.make(name, shared=shared))
    if others:
        _lines(others, t("collections.shared"))
    kept = [one for one in keeper(who).clips() if one.row.starred or one.row.note]
    st.html(f"<h2>{html(t('collections.kept', count=num(len(kept))))}</h2>")
    if not kept:
        st.markdown(f":gray[{t('collections.kept_none')}]")
    for clip in kept[:LATEST]:
        _card(who, clip, None)
    if len(kept) > LATEST:
        st.caption(t("collections.kept_more", count=num(len(kept) - LATEST)))


def _lines(found: Sequence[CollectionView], title: str, *, none: str = "") -> None:
    items = "".join(
        "<li>"
        + nav.anchor(nav.href("koleksi", id=one.row.id), html(one.row.name), mark=f"c{one.row.id}")
        + meta(_facts(one))
        + "</li>"
        for one in found
    )
    body = (
        f'<ul class="kb-lines">{items}</ul>' if items else f'<p class="kb-muted">{html(none)}</p>'
    )
    st.html(f"<h2>{html(title)}</h2>{body}")


def _facts(one: CollectionView) -> list[str | None]:
    return [
        told_count(one.count),
        t("collections.is_shared" if one.row.shared else "collections.is_private"),
        one.row.owner,
        t("collections.changed", day=day(one.row.changed[:10])),
    ]


# --- one ------------------------------------------------------------------------------


def _one(who: accounts.Account, found: CollectionView) -> None:
    row = found.row
    heading()
    titled(row.name)
    back = nav.anchor(
        nav.href("koleksi"), html(t("collections.all")), style="kb-where kb-i kb-i-back"
    )
    st.html(f"{back}<h1>{html(row.name)}</h1>{meta(_facts(found))}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
        if found.clips:
            _downloads(who, found)
        on_demand.popover(
            t("keep.link"),
            lambda: copy_link(f"{root()}/koleksi?id={row.id}", "collection"),
            icon=":material/link:",
            key="collection_link",
        )
        if row.owner == who.name:
            on_demand.popover(
                t("collections.settings"),
                lambda: _settings(found),
                icon=":material/tune:",
                key="collection_settings",
            )
    if not found.clips:
        st.markdown(t("collections.empty"))
    for clip in found.clips:
        _card(who, clip, found)


def _downloads(who: accounts.Account, found: CollectionView) -> None:
    base, where, language = kb(), root(), state.language()
    today, number = date.today().isoformat(), found.row.id
    mine = keeper(who)

    def made() -> Dossier:
        return dossier(
            base, mine.collection(number), who=who.name, root=where, today=today, language=language
        )

    name = harmless_name(found.row.name)
    # Made when somebody presses: pictures of pages take a second each.
    for label, ending, make in (("DOCX", "docx", docx), ("PDF", "pdf", pdf)):
        st.download_button(
            t("collections.download", format=label),
            data=lambda make=make: make(made()),  # type: ignore[misc]
            file_name=f"{name}.{ending}",
            mime=MIME[ending],
            icon=":material/download:",
            type="primary" if ending == "docx" else "secondary",
            on_click="ignore",
            key=f"dossier_{ending}",
        )


def _settings(found: CollectionView) -> None:
    row = found.row
    with st.form("form_collection", border=False):
        name = st.text_input(
            t("collections.name"), plain(row.name), max_chars=NAME, key="collection_name"
        )
        shared = st.toggle(
            t("collections.share"),
            row.shared,
            help=t("collections.share_help"),
            key="collection_shared",
        )
        save = st.form_submit_button(t("judge.save"), type="primary")
    if save:
        _do(lambda k: k.change(row.id, name=name, shared=shared))
    sure = st.checkbox(t("collections.sure"), key="collection_sure")
    if st.button(t("collections.drop"), disabled=not sure, key="collection_drop"):
        state.update({"id": None})
        _do(lambda k: k.drop(row.id))


def _card(who: accounts.Account, clip: Clip, inside: CollectionView | None) -> None:
    row = clip.row
    with st.container(border=True, key=f"card_kept_{row.id}", gap="small"):
        st.html(_drawn(clip))
        with st.container(horizontal=True, gap="small", key=f"tools_kept_{row.id}"):
            if row.owner == who.name:
                on_demand.popover(
                    t("keep.note_change" if row.note else "keep.note_add"),
                    lambda: _note(clip),
                    icon=":material/edit_note:",
                    type="tertiary",
                    key=f"edit_{row.id}",
                )
            if inside is None:
                if st.button(
                    t("keep.forget"),
                    key=f"forget_{row.id}",
                    type="tertiary",
                    icon=":material/close:",
                ):
                    _do(lambda k: k.forget(row.id))
            elif who.name in (row.owner, inside.row.owner):
                number = inside.row.id
                if st.button(
                    t("collections.take_out"),
                    key=f"out_{row.id}",
                    type="tertiary",
                    icon=":material/close:",
                ):
                    _do(lambda k: k.take_out(number, row.id))


def _note(clip: Clip) -> None:
    with st.form(f"form_note_{clip.row.id}", border=False):
        words = st.text_area(
            t("keep.note"), plain(clip.row.note), max_chars=NOTE, key=f"note_of_{clip.row.id}"
        )
        save = st.form_submit_button(t("judge.save"), type="primary")
    if save:
        _do(lambda k: k.annotate(clip.row.id, words))


def _drawn(clip: Clip) -> str:
    """What is kept, as HTML: where it stands, its words, the note."""
    row, spot = clip.row, clip.spot
    place = row.place
    if spot.document_id is None:
        title, facts = html(row.title), ""
    else:
        document = kb().document(spot.document_id, page=spot.page)
        label = next((p.label for p in document.pages if p.page == spot.page), None)
        query = str(place["value_text"]) if row.kind == "number" else None
        said = spot.row_id if row.kind == "statement" else None
        address = nav.href("dokumen", id=spot.document_id, hal=spot.page, q=query, s=said)
        title = nav.anchor(address, html(document.title), mark=f"k{row.id}")
        facts = meta(
            [
                t("search.page", label=label or spot.page) if document.page_count > 1 else None,
                day(document.date),
                document.institution,
                t(f"keep.kind_{row.kind}"),
            ]
        )
    words = ""
    if row.kind == "statement" and spot.state != "removed":
        office = " ".join(filter(None, (place.get("role"), place.get("institution"))))
        who = ", ".join(filter(None, (place.get("speaker"), office)))
        words = f'<blockquote class="kb-quote">{html(str(place["words"]))}</blockquote>'
        words += f'<p class="kb-speaker">{html(who)}</p>' if who else ""
    elif row.kind == "number" and spot.state != "removed":
        value = f"{spot.value or place['value_text']} {place.get('unit') or ''}".strip()
        told = f"{place['name']} · {place['year']} · {t('indicators.' + str(place['kind']))}: "
        words = f'<blockquote class="kb-quote">{html(told)}<b>{html(value)}</b></blockquote>'
    elif spot.document_id is not None and spot.state == "here":
        text = " ".join(kb().page(spot.document_id, spot.page).text.split())
        cut = EXCERPT // 5
        text = text if len(text) <= cut else text[:cut].rsplit(" ", 1)[0] + " …"
        words = f'<p class="kb-muted kb-text">{html(text)}</p>'
    star = '<span aria-hidden="true">★</span> ' if row.starred else ""
    note = ""
    if row.note:
        lines = "<br>".join(html(line) for line in row.note.splitlines())
        note = f'<p class="kb-kept-note"><b>{html(row.owner)}:</b> {lines}</p>'
    return f'<h3 class="kb-title">{star}{title}</h3>{facts}{_warnings(clip)}{words}{note}'


def _warnings(clip: Clip) -> str:
    spot = clip.spot
    told = []
    if spot.state != "here":
        told.append(t(f"keep.state_{spot.state}"))
    elif not spot.found:
        told.append(t("keep.state_lost"))
    before = str(clip.row.place.get("value_text") or "")
    if spot.value is not None and spot.value != before:
        told.append(t("keep.now", before=before, after=spot.value))
    return "".join(f'<div class="kb-warn">{html(one)}</div>' for one in told)
