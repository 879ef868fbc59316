"""A reference to copy: as a sentence and as BibTeX."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kb.web.base import kb
from kb.web.safe import plain
from kb.web.state import t


def citation(document: int, *, page: int | None = None, statement: int | None = None) -> None:
    """The reference to a document, one page of it or one statement in it, read today."""
    today = date.today().isoformat()
    found = kb().cite(document, page=page, statement=statement, accessed=today)
    st.caption(t("document.cite_plain"))
    with st.container(key="cite_words"):
        st.code(plain(found.plain), language=None, wrap_lines=True)
    st.caption(t("document.bibtex"))
    st.code(plain(found.bibtex), language=None, wrap_lines=True)
