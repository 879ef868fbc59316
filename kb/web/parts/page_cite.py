"""A reference to copy: as a sentence and as BibTeX."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import streamlit as st

from kb.web.base import kb
from kb.web.parts.feed import root
from kb.web.safe import plain
from kb.web.state import t


def _address(document: int, page: int | None, statement: int | None) -> str | None:
    """Where this stays in the app: a document, its page by printed number, or a statement."""
    if statement is not None:
        return f"{root()}/p/{statement}" if statement > 0 else None
    if page is None:
        return f"{root()}/d/{document}"
    label = next((p.label for p in kb().document(document).pages if p.page == page), None)
    return f"{root()}/d/{document}/h/{quote(label or str(page))}"


def citation(document: int, *, page: int | None = None, statement: int | None = None) -> None:
    """The reference to a document, one page of it or one statement in it, read today."""
    today = date.today().isoformat()
    found = kb().cite(document, page=page, statement=statement, accessed=today)
    st.caption(t("document.cite_plain"))
    with st.container(key="cite_words"):
        st.code(plain(found.plain), language=None, wrap_lines=True)
    if (where := _address(document, page, statement)) is not None:
        st.caption(t("document.cite_here"))
        with st.container(key="cite_here"):
            st.code(f"{plain(found.plain)} {where}", language=None, wrap_lines=True)
    st.caption(t("document.bibtex"))
    st.code(plain(found.bibtex), language=None, wrap_lines=True)
