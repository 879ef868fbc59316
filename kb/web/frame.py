"""What every page has around it: style, language switch, one-sentence errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

import streamlit as st

from kb.errors import KBError
from kb.web import state, theme
from kb.web.safe import md
from kb.web.state import t

log = logging.getLogger("kb.web")


def _switch_language() -> None:
    other = "en" if state.language() == "id" else "id"
    st.session_state["lang"] = other
    state.update({"lang": other if other != "id" else None})


def heading(title: str | None = None, intro: str | None = None) -> None:
    """The page's title line with the language switch at its right."""
    with st.container(key="lang"):
        st.button(t("app.language"), key="switch", type="tertiary", on_click=_switch_language)
    if title:
        st.title(title, anchor=False)
    if intro:
        st.markdown(f":gray[{intro}]")


def page(show: Callable[[], None]) -> Callable[[], None]:
    """Wrap a page: errors reach the reader as one sentence, details go to the log."""

    @wraps(show)
    def shown() -> None:
        theme.apply()
        state.arrive()
        try:
            show()
        except KBError as error:
            log.warning("%s: %s", show.__module__, error)
            st.error(t("app.error", reason=md(str(error))), icon=":material/error:")
        except Exception:
            log.exception("page %s failed", show.__module__)
            st.error(t("app.error_unknown"), icon=":material/error:")

    return shown
