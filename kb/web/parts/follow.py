"""``Ikuti``: what a page shows becomes part of the reader's list of what is followed.

There are no accounts: a list is opened by its link, which this browser keeps as a cookie.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Mapping
from importlib.resources import files
from threading import Lock
from typing import Any

import streamlit as st

from kb.alerts import book
from kb.alerts.book import Held, Kind
from kb.errors import KBError, NotFound
from kb.web import nav, staff, state
from kb.web.base import settings
from kb.web.parts import on_demand
from kb.web.safe import html, md
from kb.web.state import t

COOKIE = "kb_pantauan"
TOKEN = "kb_list"
AN_HOUR = 30
"""New lists and mails to confirm that one address may ask for in an hour."""
_asked: dict[str, deque[float]] = defaultdict(deque)
_lock = Lock()

_remember = st.components.v2.component(
    "kb_remember",
    html="<span></span>",
    js=(files(__package__) / "remember.js").read_text(encoding="utf-8"),
)


def pace() -> bool:
    """False where this address asked too often within the hour."""
    now = time.monotonic()
    with _lock:
        if len(_asked) > 10_000:
            _asked.clear()
        told = _asked[staff.address()]
        while told and now - told[0] > 3600:
            told.popleft()
        if len(told) >= AN_HOUR:
            return False
        told.append(now)
        return True


def token() -> str:
    """The key of this reader's list, empty where there is none."""
    known = st.session_state.get(TOKEN)
    if known is None:
        known = str(st.context.cookies.get(COOKIE, ""))
        st.session_state[TOKEN] = known
    return str(known)


def held() -> Held | None:
    """This reader's list, where there is one."""
    key = token()
    if not key:
        return None
    try:
        return book.opened(settings(), key)
    except NotFound:
        return None


def keep(key: str) -> None:
    """This browser has this list from now on; an empty key: none."""
    st.session_state[TOKEN] = key


def remember() -> None:
    """Hand the key to the browser; once a run."""
    _remember(key="kb_remember", data={"token": token()}, height="content")


def button(kind: Kind, query: Mapping[str, Any], label: str) -> None:
    """The button beside a list; nothing where there is nothing to follow."""
    asked = {name: value for name, value in query.items() if value not in (None, "", (), [])}
    if asked:
        on_demand.popover(
            t("follow.button"),
            lambda: _offer(kind, asked, label),
            icon=":material/notifications:",
            key="follow",
        )


def _offer(kind: Kind, query: dict[str, Any], label: str) -> None:
    found = held()
    wanted = {
        name: sorted(value) if isinstance(value, list | tuple) else value
        for name, value in query.items()
    }
    there = found and any(f.kind == kind and dict(f.query) == wanted for f in found.follows)
    if there:
        st.markdown(t("follow.there", label=md(label)))
    else:
        st.caption(t("follow.help"))
        if st.button(t("follow.add", label=md(label)), type="primary", key="follow_add"):
            _add(found, kind, query, label)
            return
    if found:
        remember()
        st.html(nav.anchor(nav.href("ikuti"), html(t("follow.open")), style="kb-button"))


def _add(found: Held | None, kind: Kind, query: dict[str, Any], label: str) -> None:
    try:
        if found is None:
            if not pace():
                st.error(t("follow.too_often"))
                return
            found = book.begin(settings(), state.language())
            keep(found.token)
        book.follow(settings(), found.follower.id, kind, query, label)
    except KBError as error:
        st.error(md(str(error)))
        return
    remember()
    st.success(t("follow.added", label=md(label)))
    st.html(nav.anchor(nav.href("ikuti"), html(t("follow.open")), style="kb-button"))
