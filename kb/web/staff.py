"""Which sessions proved to be staff's: the server takes files from these alone."""

from __future__ import annotations

import logging
import threading

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kb.access import verify_password
from kb.tries import Tries

log = logging.getLogger("kb.web")

tries = Tries()
"""At the door of Kelola, for as long as the server lives."""
_lock = threading.Lock()
_sessions: set[str] = set()


def address() -> str:
    """Where the reader's browser is; this machine's own has no address, a test no browser."""
    where: object = st.context.ip_address
    return where if isinstance(where, str) and where else "localhost"


def enter(password: str, stored: str) -> bool | None:
    """Whether the password is right; ``None`` where this address must wait before a try."""
    where = address()
    found = tries.check(where, lambda: verify_password(password, stored))
    if found is False:
        log.warning("wrong admin password from %s; it waits %.0f s", where, tries.wait(where))
    return found


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
