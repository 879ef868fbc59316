"""What is known of a document, each with the rule and the words it was read from."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.explore.fields import doc_type_label
from kb.web.parts.cards import day, meta, table
from kb.web.safe import html
from kb.web.state import t

FIELDS = (
    "address",
    "date",
    "doc_type",
    "draft",
    "institution",
    "language",
    "level",
    "number",
    "region",
    "stage",
    "title",
    "years",
)
"""What ``kb.describe`` finds out, as far as it has a name in the texts."""


def _field(name: str) -> str:
    return t(f"document.field_{name}") if name in FIELDS else name


def _value(field: v.Described) -> str:
    if field.name == "date":
        return day(field.value)
    if field.name == "doc_type":
        return doc_type_label(field.value) or field.value
    return "✓" if field.value == "True" else field.value


def about(document: v.DocumentView) -> None:
    """A table of what was read, notes of the reading, and when earlier versions went."""
    st.caption(t("document.described"))
    head = [t(f"document.{name}") for name in ("field", "value", "rule", "evidence")]
    described = [d for d in document.described if d.value not in ("", "False")]
    rows = table(head, [(_field(d.name), _value(d), d.rule, d.evidence) for d in described])
    warnings = "".join(f'<div class="kb-warn">{html(w)}</div>' for w in document.warnings)
    older = meta(
        [
            t("document.history", version=version, when=day(when[:10]))
            for version, when in document.older_versions
        ]
    )
    st.html(rows + warnings + older)
