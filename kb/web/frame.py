"""What every page has around it: style, language switch, one-sentence errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

import streamlit as st

from kb.errors import KBError
from kb.web import staff, state, theme
from kb.web.parts import door, judging, on_demand
from kb.web.parts.links import follow_links
from kb.web.safe import html, md, plain
from kb.web.state import t

log = logging.getLogger("kb.web")

TITLE = 120
"""Characters of a title."""


def _switch_language() -> None:
    other = "en" if state.language() == "id" else "id"
    st.session_state["lang"] = other
    state.update({"lang": other if other != "id" else None})


def titled(*words: str) -> None:
    """The title of the browser's tab and of a bookmark: what the page shows, then the app."""
    parts = [shown for word in words if (shown := plain(word).strip()) and shown != t("app.name")]
    st.set_page_config(page_title=" · ".join([*parts, t("app.name")])[:TITLE])


def heading(title: str = "", intro: str | None = None, *, seen: bool = True) -> None:
    """The page's title with the language switch at its right; one not ``seen`` is only read out."""
    titled(title)
    with st.container(key="lang", horizontal=True, vertical_alignment="center", gap="small"):
        judging.switch()
        st.button(t("app.language"), key="switch", type="tertiary", on_click=_switch_language)
    if title:
        style = "" if seen else ' class="kb-unseen"'
        st.html(f"<h1{style}>{html(title)}</h1>")
    if intro:
        st.html(f'<p class="kb-intro">{html(intro)}</p>')


def page(show: Callable[[], None]) -> Callable[[], None]:
    """Wrap a page: errors reach the reader as one sentence, details go to the log."""

    @wraps(show)
    def shown() -> None:
        theme.apply()
        follow_links()
        on_demand.begin()
        try:
            door.keep()
            if staff.may_read():
                show()
            else:
                heading(t("manage.title"), t("manage.readers"))
                door.door()
        except KBError as error:
            log.warning("%s: %s", show.__module__, error)
            st.error(t("app.error", reason=md(str(error))), icon=":material/error:")
        except Exception:
            log.exception("page %s failed", show.__module__)
            st.error(t("app.error_unknown"), icon=":material/error:")

    return shown
