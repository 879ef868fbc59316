"""What is known of a document, each with the rule and the words it was read from."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from kb.explore import views as v
from kb.explore.fields import doc_type_label
from kb.web import nav
from kb.web.base import kb
from kb.web.parts.cards import day, num, table
from kb.web.safe import html, link
from kb.web.state import t

READ_COUNTS = 12
"""Latest readings shown of how often a page was read."""

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
    """What was read and from what, notes of the reading, and the proof of what was published."""
    st.caption(t("document.described"))
    head = [t(f"document.{name}") for name in ("field", "value", "rule", "evidence")]
    described = [d for d in document.described if d.value not in ("", "False")]
    rows = table(head, [(_field(d.name), _value(d), d.rule, d.evidence) for d in described])
    warnings = "".join(f'<div class="kb-warn">{html(w)}</div>' for w in document.warnings)
    st.html(rows + warnings)
    if document.source:
        to = nav.href("sumber", id=document.source.number)
        source = nav.anchor(to, html(document.source.name))
        st.html(f'<p class="kb-further">{html(t("document.brought_by"))} {source}</p>')
    if len(document.read_counts) > 1:
        counts = [(moment(c.at), num(c.views)) for c in document.read_counts[-READ_COUNTS:]]
        st.html(table([t("document.looked"), t("document.read_count")], counts))
    if document.originals:
        st.html(f"<h3>{html(t('document.originals'))}</h3>")
        st.caption(t("document.originals_help"))
        for original in document.originals:
            _original(document, original)


def moment(stamp: str) -> str:
    """A time stamp as people read it, in the server's own time: ``28 Nov 2026, 06.00 WIB``."""
    try:
        local = datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return stamp
    return f"{day(local.date().isoformat())}, {local:%H.%M} {local.tzname() or ''}".strip()


def _original(document: v.DocumentView, original: v.OriginalView) -> None:
    version = t("document.version", version=original.version) if original.version else ""
    where = html(original.address)
    if target := link(original.address):
        where = f'<a href="{html(target)}" target="_blank" rel="noopener noreferrer">{where}</a>'
    facts = [
        (t("document.field_address"), where),
        (t("document.fetched"), html(moment(original.fetched))),
        (t("document.last_seen"), html(moment(original.last_seen))),
        (t("document.size"), html(t("document.bytes", count=num(original.size)))),
        ("SHA-256", f"<code>{html(original.sha256)}</code>"),
        *((html(name), html(value)) for name, value in original.headers.items()),
    ]
    lines = "".join(f"<dt>{html(name)}</dt><dd>{value}</dd>" for name, value in facts)
    with st.container(border=True, key=f"original_{original.sha256[:12]}", gap="small"):
        title = f"<h4>{html(version)}</h4>" if version else ""
        st.html(f'{title}<dl class="kb-proof">{lines}</dl>')
        file = kb().original(document.document_id, original.sha256)
        if file is None:
            st.caption(t("document.original_gone"))
            return
        st.download_button(
            t("document.download_original"),
            data=file.read_bytes,
            file_name=file.name,
            icon=":material/download:",
            on_click="ignore",
            key=f"download_{original.sha256[:12]}",
        )
