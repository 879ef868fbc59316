"""Who of the readers is staff: their names and rights, and whose files the server takes."""

from __future__ import annotations

import logging
import secrets
import threading
import time

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kb.config import Settings, load_settings
from kb.errors import KBError
from kb.staff import accounts
from kb.staff import sessions as kept_sessions
from kb.tries import Tries

log = logging.getLogger("kb.web")

tries = Tries()
"""At the door of Kelola, for as long as the server lives."""
_lock = threading.Lock()
_sessions: set[str] = set()
COOKIE = "kb_petugas"
"""The cookie that keeps a session over a reload (``kb.server.entering``)."""
_SECRET, _TICKET = "kb_session", "kb_ticket"
"""Names in the session: its secret, and what the browser gets it for."""
_MENDING = "kb_mending"
_menders: set[str] = set()
"""Secrets of sessions whose editors turned "Perbaiki" on, for as long as the server lives."""
TICKET_SECONDS = 60.0
_tickets: dict[str, tuple[str, float]] = {}
"""Ticket to secret, and until when (monotonic seconds)."""


def address() -> str:
    """Where the reader's browser is; this machine's own has no address, a test no browser."""
    where: object = st.context.ip_address
    return where if isinstance(where, str) and where else "localhost"


def enter(name: str, password: str) -> bool | None:
    """Whether name and password are right, which makes this session theirs; ``None`` where this
    address must wait before a try."""
    where, came = address(), []

    def right() -> bool:
        found = accounts.enter(load_settings(), name, password)
        came.append(found)
        return found is not None

    found = tries.check(where, right)
    if found is False:
        log.warning("wrong admin password from %s; it waits %.0f s", where, tries.wait(where))
    if found and (who := came[-1]) is not None:
        _keep(who)
    return found


def _keep(who: accounts.Account) -> None:
    """Begin a session that the browser may keep, and a ticket for it."""
    secret = kept_sessions.begin(load_settings(), who)
    st.session_state[_SECRET] = secret
    ticket = secrets.token_urlsafe(24)
    st.session_state[_TICKET] = ticket
    with _lock:
        over = time.monotonic()
        for old in [t for t, (_, until) in _tickets.items() if until < over]:
            del _tickets[old]
        _tickets[ticket] = (secret, over + TICKET_SECONDS)


def ticket() -> str:
    """What this browser may get its cookie for, empty where there is nothing to get."""
    found = str(st.session_state.get(_TICKET, ""))
    with _lock:
        waits = found in _tickets
    if found and not waits:
        del st.session_state[_TICKET]
    return found if waits else ""


def redeem(ticket: str) -> str | None:
    """The secret for a ticket, once; ``None`` for one that is used up or too old."""
    with _lock:
        secret, until = _tickets.pop(ticket, ("", 0.0))
    return secret if secret and time.monotonic() <= until else None


def _secret() -> str:
    """Of this session: as it came in, else what the browser kept."""
    return str(st.session_state.get(_SECRET) or st.context.cookies.get(COOKIE, ""))


def browsers(who: accounts.Account) -> int:
    """In how many browsers a person is signed in."""
    return sum(one.name == who.name for one in kept_sessions.alive(load_settings()))


def leave_everywhere() -> None:
    """Sign this person out in every browser."""
    who = person()
    if who is not None:
        kept_sessions.end_all(load_settings(), who.name)
    leave()


def signed_in() -> tuple[kept_sessions.Session, ...]:
    """Every browser that somebody is signed in with, for admins; the latest first."""
    return kept_sessions.alive(load_settings()) if may_manage() else ()


def end_all_of(name: str) -> None:
    """An admin signs somebody out everywhere."""
    if may_manage():
        kept_sessions.end_all(load_settings(), name)


def leave() -> None:
    """This session is a reader's again, and what the browser kept is void."""
    if secret := _secret():
        kept_sessions.end(load_settings(), secret)
        with _lock:
            _menders.discard(secret)
    for name in (_SECRET, _TICKET, _MENDING):
        st.session_state.pop(name, None)
    context = get_script_run_ctx()
    if context is not None:
        forget(context.session_id)
    if getattr(st.user, "is_logged_in", False):
        st.logout()  # or the next page would find them come in again


def person() -> accounts.Account | None:
    """Whose session this is: an account that still is as it was when they came in."""
    try:
        settings = load_settings()
        return kept_sessions.account(settings, _secret()) or _of_organisation(settings)
    except KBError:
        return None


def _of_organisation(settings: Settings) -> accounts.Account | None:
    """Who came in by the organisation's own accounts (OIDC), and was not signed out since."""
    user = st.user
    if not accounts.by_organisation(settings) or not getattr(user, "is_logged_in", False):
        return None
    who = accounts.of_organisation(settings, str(user.get("email", "")))
    if who is None or not bool(user.get("email_verified", True)):
        return None
    try:
        proved = float(str(user.get("iat", 0)))
    except ValueError:
        return None
    return who if kept_sessions.may_begin(settings, who.name, proved) else None


def unknown_to_us() -> str:
    """The address of somebody whom the organisation knows and no setting names, else empty."""
    if not getattr(st.user, "is_logged_in", False) or person() is not None:
        return ""
    return str(st.user.get("email", "") or st.user.get("sub", ""))


def welcome() -> None:
    """Whoever came in by the organisation's accounts has a session of ours from now on: it is
    seen at Kelola, ends there, and opens the doors beside the app."""
    try:
        settings = load_settings()
        if not accounts.by_organisation(settings):
            return
        if kept_sessions.account(settings, _secret()) is None:
            who = _of_organisation(settings)
            if who is not None:
                _keep(who)
    except KBError:
        return


def may_mend() -> bool:
    """True in the session of an editor or admin."""
    who = person()
    return who is not None and who.role in ("editor", "admin")


def may_read() -> bool:
    """False where reading is for people with an account, and nobody came in."""
    try:
        return load_settings().readers != "staff" or person() is not None
    except KBError:
        return False


def may_manage() -> bool:
    """True in the session of an admin."""
    who = person()
    return who is not None and who.role == "admin"


def mending() -> bool:
    """True where an editor turned "Perbaiki" on: here, or before this page was loaded anew."""
    on = st.session_state.get(_MENDING)
    if on is None:
        with _lock:
            on = _secret() in _menders
    return bool(on) and may_mend()


def mend(on: bool) -> None:
    """Turn "Perbaiki" on or off, for what this browser opens from now on, too."""
    st.session_state[_MENDING] = on
    if secret := _secret():
        with _lock:
            (_menders.add if on else _menders.discard)(secret)


def admit() -> None:
    """This session's files are taken from now on."""
    context = get_script_run_ctx()
    if context is not None:
        with _lock:
            _sessions.add(context.session_id)


def is_staff(session_id: str) -> bool:
    with _lock:
        return session_id in _sessions


def forget(session_id: str) -> None:
    """The session has ended."""
    with _lock:
        _sessions.discard(session_id)


def sessions() -> frozenset[str]:
    with _lock:
        return frozenset(_sessions)


def drop_uploads() -> None:
    """The files this session uploaded are kept elsewhere by now: their memory is given back."""
    context = get_script_run_ctx()
    if context is not None and exists():
        get_instance().uploaded_file_mgr.remove_session_files(context.session_id)
