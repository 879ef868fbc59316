"""Downloads of whole results: made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

import streamlit as st

from kb.explore.base import ExportWhat
from kb.explore.workbook import Sheet, encode_sheets
from kb.web.base import kb
from kb.web.parts.feed import root
from kb.web.state import language, t
from kb.web.text import translate

Format = Literal["csv", "xlsx", "json"]
READ: tuple[Literal["csv", "xlsx"], ...] = ("xlsx", "csv")
"""Formats that people open: columns in their language."""
MIME: dict[Format, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def download(what: ExportWhat, query: str | None, options: dict[str, Any], key: str = "") -> None:
    """One button for each format; the file is made at the click, from the whole result. A
    spreadsheet is the table as it is read here; JSON is for programs and keeps its names."""
    base, where = kb(), root()  # the callables run outside the page's script
    word = partial(translate, language())
    name = t(f"columns.sheet_{what}")

    def made() -> Sequence[Sheet]:
        return base.sheets(what, query or None, word=word, root=where, **options)

    for format in READ:
        _button(format, _encoder(made, format), name, key)
    _button("json", lambda: base.export_bytes(what, "json", query or None, **options), name, key)


def sheet_download(sheet: Sheet, key: str = "") -> None:
    """The same for a table that is there already, as people open it."""
    for format in READ:
        _button(format, _encoder(lambda: (sheet,), format), sheet.name, key)


def _button(format: Format, make: Callable[[], bytes], name: str, key: str) -> None:
    st.download_button(
        t("search.export_ready", format=format.upper()),
        data=make,
        file_name=f"{name.lower().replace(' ', '-')}.{format}",
        mime=MIME[format],
        key=f"download_{name}_{format}_{key}",
        on_click="ignore",
        width="stretch",
    )


def _encoder(
    made: Callable[[], Sequence[Sheet]], format: Literal["csv", "xlsx"]
) -> Callable[[], bytes]:
    return lambda: encode_sheets(made(), format)
