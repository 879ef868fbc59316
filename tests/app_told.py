"""What a page of the app tells, read off an ``AppTest``, and what the made base has to ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

from kb.explore import open_kb


def words(at: AppTest) -> str:
    """All words of the page, a line for each Markdown or HTML heading."""
    bodies = "".join(str(h.proto.body) for h in at.get("html"))
    lines = [re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<h\d.*?</h\d>", bodies)]
    return "\n".join([*lines, *(str(m.value) for m in at.markdown)])


def address(at: AppTest) -> Mapping[str, list[str]]:
    return {k: [v] if isinstance(v, str) else list(v) for k, v in at.query_params.items()}


def all_html(at: AppTest) -> str:
    return "".join(str(h.proto.body) for h in at.get("html"))


def long_document(home: Path) -> tuple[int, int]:
    with open_kb(home) as base:
        found = max(base.documents(limit=100)[1], key=lambda d: d.page_count)
    return found.document_id, found.page_count
