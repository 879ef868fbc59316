"""The door of staff: name and password, who is in, and the way out."""

from __future__ import annotations

from importlib.resources import files
from math import ceil

import streamlit as st

from kb.errors import KBError
from kb.staff import accounts
from kb.web import staff
from kb.web.base import settings
from kb.web.parts.cards import num
from kb.web.safe import md
from kb.web.state import t

_keep = st.components.v2.component(
    "kb_enter",
    html="<span></span>",
    js=(files(__package__) / "enter.js").read_text(encoding="utf-8"),
)


def enabled() -> bool:
    """True where the person serving set an admin password or named admins for OIDC."""
    try:
        found = settings()
        return bool(found.admin_hash or accounts.by_organisation(found) or accounts.accounts(found))
    except KBError:
        return False


def door() -> None:
    """Where staff come in."""
    if not enabled():
        st.info(t("manage.off"))
        return
    named = bool(accounts.accounts(settings()))
    if settings().admin_hash or named:
        with st.form("door", border=False, width=360):
            if named:
                st.text_input(t("manage.name"), key="admin_name", max_chars=60)
            st.text_input(t("manage.password"), type="password", key="admin_password")
            st.form_submit_button(t("manage.enter"), on_click=_enter)
        if st.session_state.pop("kb_wrong", False):
            st.error(t("manage.wrong"))
        if (left := staff.tries.wait(staff.address())) > 0:
            st.warning(t("manage.wait", minutes=num(ceil(left / 60))))
    if accounts.by_organisation(settings()):
        if unknown := staff.unknown_to_us():
            st.warning(t("manage.unknown", email=md(unknown)))
            st.button(t("manage.leave"), on_click=st.logout, key="leave_organisation")
        st.button(t("manage.enter_oidc"), on_click=st.login, icon=":material/login:")


def _enter() -> None:
    name = str(st.session_state.get("admin_name", ""))
    if staff.enter(name, str(st.session_state["admin_password"])) is False:
        st.session_state["kb_wrong"] = True
    st.session_state["admin_password"] = ""


def keep() -> None:
    """Have the browser keep the session of one who just came in; once a run."""
    staff.welcome()
    ticket = staff.ticket()
    if ticket:
        _keep(key="kb_enter", data={"ticket": ticket}, height="content")


def who() -> None:
    """Whose session it is, and the ways out."""
    found = staff.person()
    if found is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="who"):
        st.markdown(t("manage.who", name=md(found.name), role=t(f"manage.role_{found.role}")))
        st.button(t("manage.leave"), on_click=staff.leave, icon=":material/logout:", key="leave")
        if (count := staff.browsers(found)) > 1:
            st.button(
                t("manage.leave_all", count=num(count)),
                on_click=staff.leave_everywhere,
                key="leave_all",
            )
