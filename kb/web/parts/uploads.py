"""The box for files to upload, its words in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from kb.web.parts.cards import num
from kb.web.state import t

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_render = st.components.v2.component(
    "kb_upload_words",
    html="<span></span>",
    js=(files(__package__) / "uploads.js").read_text(encoding="utf-8"),
)


def upload_box(key: str) -> Sequence[UploadedFile]:
    """The files chosen so far; the limit the server keeps is told."""
    found = st.file_uploader(t("manage.upload"), accept_multiple_files=True, key=key)
    _render(
        key="kb_upload_words",
        data={
            "choose": t("manage.choose"),
            "limit": t("manage.limit", size=num(int(st.get_option("server.maxUploadSize")))),
            "add": t("manage.add"),
            "remove": t("manage.remove", file="{file}"),
        },
    )
    return found or []
