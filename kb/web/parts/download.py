"""Downloads of whole results: made only when asked for."""

from __future__ import annotations

from typing import Any, Literal, get_args

import streamlit as st

from kb.explore.base import ExportWhat
from kb.explore.export import Table, encode
from kb.web.base import kb
from kb.web.state import t

Format = Literal["csv", "xlsx", "json"]
MIME: dict[Format, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def download(what: ExportWhat, query: str | None, options: dict[str, Any], key: str = "") -> None:
    """One button for each format; the file is made at the click, from the whole result."""
    for format in get_args(Format):
        st.download_button(
            t("search.export_ready", format=format.upper()),
            data=_maker(what, format, query, options),
            file_name=f"{what}.{format}",
            mime=MIME[format],
            key=f"download_{what}_{format}_{key}",
            on_click="ignore",
            width="stretch",
        )


def table_download(table: Table, key: str = "") -> None:
    """The same for a table that is there already."""
    for format in get_args(Format):
        st.download_button(
            t("search.export_ready", format=format.upper()),
            data=_encoder(table, format),
            file_name=f"{table.name}.{format}",
            mime=MIME[format],
            key=f"download_{table.name}_{format}_{key}",
            on_click="ignore",
            width="stretch",
        )


def _encoder(table: Table, format: Format) -> Any:
    return lambda: encode(table, format)


def _maker(what: ExportWhat, format: Format, query: str | None, options: dict[str, Any]) -> Any:
    base = kb()  # the callable runs outside the page's script

    def make() -> bytes:
        return base.export_bytes(what, format, query or None, **options)

    return make
