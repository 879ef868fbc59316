"""Pantauan: what this reader follows, and what is new in it since the last look."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.alerts import book, mail
from kb.alerts.book import Every, Held
from kb.alerts.digest import Group, Item, digest
from kb.catalog.reading import alerts as reads
from kb.errors import KBError, NotFound
from kb.web import nav, state
from kb.web.base import kb, settings
from kb.web.frame import heading
from kb.web.parts import feed, follow, on_demand
from kb.web.parts.cards import day, meta, num
from kb.web.safe import html, md, plain
from kb.web.state import t

SEEN = "kb_followed_seen"
"""Name in the session of what had been seen when this visit began."""
EVERY: tuple[Every, ...] = ("daily", "weekly")


def show() -> None:
    """The page."""
    _opened_by_link()
    heading(t("follow.title"), t("follow.intro"))
    found = follow.held()
    follow.remember()
    if found is None:
        st.info(t("follow.none_yet"))
        return
    if not found.follows:
        st.markdown(t("follow.empty"))
    for group in _new(found):
        _group(found, group)
    on_demand.expander(
        t("follow.mail"), lambda: _mail(found), icon=":material/mail:", key="follow_mail"
    )
    on_demand.expander(
        t("follow.link"), lambda: _link(found), icon=":material/link:", key="follow_link"
    )


def _opened_by_link() -> None:
    """The key of a link is kept and leaves the address: what is shared shows nobody's list."""
    key = state.text("k").strip()
    if not key:
        return
    try:
        follow.keep(book.opened(settings(), key).token)
    except NotFound:
        st.warning(t("follow.unknown"), icon=":material/search_off:")
    state.update({"k": None})


def _new(found: Held) -> tuple[Group, ...]:
    """What is followed, each with what came since the visit before this one."""
    kept: dict[int, str] = st.session_state.setdefault(SEEN, {})
    fresh = [one for one in found.follows if one.id not in kept]
    kept.update((one.id, one.seen) for one in fresh)
    if fresh:
        book.looked(settings(), found)

    def ask(connection: Any) -> dict[int, list[int]]:
        new: dict[int, list[int]] = {}
        for one in found.follows:
            new |= reads.matched(connection, [one.id], after=kept[one.id])
        return new

    groups = {g.follow.id: g for g in digest(kb(), found.follows, book.read(settings(), ask))}
    empty = (Group(one, (), 0) for one in found.follows if one.id not in groups)
    return (*groups.values(), *empty)


def _address(group: Group) -> str:
    """Where in the app the whole of what is followed is."""
    query: dict[str, Any] = dict(group.follow.query)
    if group.follow.kind == "entity":
        return nav.href("entitas", id=str(query["entity"]))
    names = {"query": "q", "date_from": "dari", "date_to": "sampai"}
    if group.follow.kind == "statements":
        names |= {"speaker": "tokoh", "institution": "lembaga"}
        return nav.href("pernyataan", **{names[n]: value for n, value in query.items()})
    names |= {
        "years": "tahun",
        "institutions": "lembaga",
        "officials": "tokoh",
        "places": "tempat",
        "types": "jenis",
        "figures": "angka",
    }
    if query.get("figures"):
        query["figures"] = "1"
    several = {n: [str(x) for x in v] if isinstance(v, list) else v for n, v in query.items()}
    return nav.href("cari", **{names[n]: value for n, value in several.items()})


def _group(found: Held, group: Group) -> None:
    one = group.follow
    title = nav.anchor(_address(group), html(one.label), mark=f"follow{one.id}")
    fresh = t("follow.new", count=num(group.total)) if group.total else t("follow.nothing")
    items = "".join(_item(item) for item in group.items)
    if group.total > len(group.items):
        rest = t("follow.more", count=num(group.total - len(group.items)))
        items += f'<li class="kb-muted">{html(rest)}</li>'
    with st.container(border=True, key=f"card_follow_{one.id}", gap="small"):
        st.html(
            f'<h2 class="kb-title">{title}</h2>'
            f"{meta([t(f'follow.kind_{one.kind}'), fresh])}"
            + (f'<ul class="kb-lines">{items}</ul>' if items else "")
        )
        if st.button(
            t("follow.stop"), key=f"unfollow_{one.id}", type="tertiary", icon=":material/close:"
        ):
            book.unfollow(settings(), found.follower.id, one.id)
            st.rerun()


def _item(item: Item) -> str:
    page = item.page if item.page_label else None
    title = nav.anchor(nav.href("dokumen", id=item.document_id, hal=page), html(item.title))
    where = t("search.page", label=item.page_label) if item.page_label else ""
    facts = meta([day(item.date), item.kind, item.institution, where])
    quotes = "".join(
        f'<blockquote class="kb-quote">{html(q.text)}</blockquote>'
        + meta([q.speaker or t("statements.unknown_speaker"), q.office])
        for q in item.quotes
    )
    words = f'<div class="kb-snippet">{html(item.snippet)}</div>' if item.snippet else ""
    return f"<li>{title}{facts}{quotes or words}</li>"


# --- telling by mail ------------------------------------------------------------------


def _mail(found: Held) -> None:
    one = found.follower
    if not mail.possible(settings()):
        st.caption(t("follow.no_mail"))
        return
    if one.email:
        told = "follow.mailed" if one.confirmed else "follow.waiting"
        told = told if one.every != "never" else "follow.ended"
        every = t(f"follow.{one.every}") if one.every != "never" else ""
        st.markdown(t(told, email=md(one.email), every=every))
    if one.problem:
        st.warning(md(one.problem))
    with st.form("mail", border=False):
        left, right = st.columns([3, 1], gap="small", vertical_alignment="bottom")
        address = left.text_input(t("follow.email"), value=plain(one.email or ""), max_chars=254)
        every = right.selectbox(
            t("follow.every"),
            EVERY,
            index=EVERY.index("weekly") if one.every == "weekly" else 0,
            format_func=lambda e: t(f"follow.{e}"),
        )
        wanted = st.form_submit_button(t("manage.apply"))
    if wanted:
        _ask(found, address, every)
    if one.email and st.button(t("follow.forget_mail"), type="tertiary", key="forget_mail"):
        book.no_mail(settings(), one.id)
        st.rerun()


def _ask(found: Held, address: str, every: Every) -> None:
    if not follow.pace():
        st.error(t("follow.too_often"))
        return
    try:
        held, token = book.tell_by_mail(settings(), found.follower.id, address, every)
        if held.follower.confirmed:
            st.success(t("manage.saved"))
            return
        link = f"{settings().address.rstrip('/')}/langganan/konfirmasi/{token}"
        to, language = held.follower.email or "", held.follower.language
        mail.send(settings(), mail.confirmation(settings(), to, every, link, language))
    except KBError as error:
        st.error(md(str(error)))
        return
    st.success(t("follow.asked", email=md(address)))


def _link(found: Held) -> None:
    st.caption(t("follow.link_help"))
    st.code(f"{feed.root()}/ikuti?k={found.token}", language=None, wrap_lines=True)
    if st.button(t("follow.forget"), key="forget_list", icon=":material/delete:"):
        book.forget(settings(), found.follower.id)
        follow.keep("")
        st.session_state.pop(SEEN, None)
        st.rerun()
