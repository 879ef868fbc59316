"""The tables of a page as frames with their files, and of the whole document as one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal, get_args

import streamlit as st

from kb.explore import views as v
from kb.web.base import kb
from kb.web.parts.cards import num
from kb.web.parts.cards import table as html_table
from kb.web.parts.download import MIME
from kb.web.safe import md, plain
from kb.web.state import t

Format = Literal["csv", "xlsx"]


def tables(document: v.DocumentView, page: v.PageView) -> None:
    """Each table of the page; below them all tables of the document as a file."""
    if not document.table_count:
        return
    if page.tables:
        st.markdown(f"**{t('document.tables_here')}**")
    for table in page.tables:
        title = plain(table.caption) or t("document.table", number=table.number)
        with st.expander(f":material/table: {md(title)}", expanded=len(page.tables) == 1):
            frame = table.frame().map(plain)
            frame.columns = [plain(str(name)) for name in frame.columns]
            st.dataframe(frame, hide_index=True)
            head, *rows = [list(frame.columns), *frame.astype(str).values.tolist()]
            st.html(f'<div class="kb-on-paper">{html_table(head, rows)}</div>')
            _files(document, table.number)
    if document.table_count > len(page.tables):
        label = t("document.all_tables", count=num(document.table_count))
        with st.popover(label, icon=":material/table_view:", key="all_tables"):
            _files(document, None)


def _files(document: v.DocumentView, number: int | None) -> None:
    stem = PurePath(document.file_name).stem or f"dokumen-{document.document_id}"
    name = f"{stem}-tabel" if number is None else f"{stem}-tabel-{number}"
    with st.container(horizontal=True, gap="small"):
        for format in get_args(Format):
            st.download_button(
                t(f"document.download_{format}"),
                data=_maker(document.document_id, format, number),
                file_name=f"{name}.{format}",
                mime=MIME[format],
                key=f"table_{number or 'all'}_{format}",
                icon=":material/download:",
                on_click="ignore",
            )


def _maker(document_id: int, format: Format, number: int | None) -> Callable[[], bytes]:
    base = kb()  # the callable runs outside the page's script

    def make() -> bytes:
        return base.tables_bytes(document_id, format, number=number)

    return make
