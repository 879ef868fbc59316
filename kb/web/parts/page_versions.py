"""Earlier versions of a document, and what changed from one to the next."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from kb.explore import views as v
from kb.web.base import kb
from kb.web.parts import on_demand
from kb.web.parts.cards import day, num
from kb.web.parts.page_similar import differences
from kb.web.state import t

SHOWN = 30
"""Changed paragraphs shown at most."""


def versions(document: v.DocumentView) -> None:
    """Each step from one version to the next, the latest first."""
    numbers = [document.version, *(number for number, _ in document.older_versions)]
    replaced = dict(document.older_versions)
    for newer, older in pairwise(numbers):
        on_demand.expander(
            t("document.version_step", older=older, newer=newer, when=day(replaced[older][:10])),
            lambda older=older, newer=newer: _step(document.document_id, older, newer),  # type: ignore[misc]
            key=f"version_{older}",
            expanded=newer == document.version,
        )


def _step(document_id: int, older: int, newer: int) -> None:
    found = kb().compare_versions(document_id, older, newer)
    if any(c.kind != "same" for c in found.title):
        differences([v.SharedPassage(1, 1, 1.0, "", "", found.title)])
    changed = num(len(found.passages))
    st.caption(t("document.version_changes", changed=changed, same=num(found.unchanged)))
    differences(found.passages[:SHOWN])
