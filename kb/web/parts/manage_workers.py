"""Kelola: how the files stand that were handed to workers. Nothing where there is no queue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kb.catalog.reading.handed import HandedRow
from kb.errors import KBError
from kb.web.base import settings
from kb.web.parts import on_demand
from kb.web.parts.cards import num, table
from kb.web.safe import html, md
from kb.web.state import t

if TYPE_CHECKING:
    from kb.queue.status import Status

LOOK_SECONDS = 5.0
"""Between two looks while files wait."""


def section() -> None:
    """Progress, who is at work, what is tried again and what failed."""
    found = _status()
    if found is None:
        return
    st.html(f"<h2>{html(t('manage.workers'))}</h2>")
    if found.at_work:
        _watch()
    else:
        _numbers(found)
    if found.again:
        on_demand.expander(
            f"{t('manage.workers_again')} ({num(len(found.again))})",
            lambda: _reasons(found.again),
            key="workers_again",
        )
    if found.failed:
        on_demand.expander(
            f"{t('manage.workers_failed')} ({num(found.failed_files)})",
            lambda: _reasons(found.failed),
            key="workers_failed",
        )


def _status() -> Status | None:
    if not settings().catalog:
        return None
    from kb.queue.status import status

    try:
        return status(settings())
    except KBError as error:
        st.warning(md(str(error)))
        return None


@st.fragment(run_every=LOOK_SECONDS)
def _watch() -> None:
    found = _status()
    if found is None:
        return
    total = found.waiting + found.done + found.failed_files
    st.progress(
        1 - found.waiting / total if total else 1.0,
        text=t(
            "manage.workers_progress",
            done=num(found.done),
            total=num(total),
            failed=num(found.failed_files),
        ),
    )
    _numbers(found)
    if found.in_hand:
        head = [t("manage.file"), t("manage.workers_machine"), t("manage.workers_since")]
        rows = [(Path(row.path).name, row.host or "", row.at) for row in found.in_hand]
        st.html(table(head, rows))
    if not found.at_work:
        st.rerun()


def _numbers(found: Status) -> None:
    machines = ", ".join(sorted({one.host for one in found.workers}))
    if found.workers:
        st.caption(md(t("manage.workers_run", count=num(len(found.workers)), machines=machines)))
    elif found.at_work:
        st.warning(t("manage.workers_none"), icon=":material/warning:")
    line = t(
        "manage.workers_done",
        files=num(found.done),
        documents=num(found.documents),
        pages=num(found.pages),
    )
    if found.not_indexed:
        line += " " + t("manage.workers_index", count=num(found.not_indexed))
    st.caption(line)


def _reasons(rows: tuple[HandedRow, ...]) -> None:
    head = [t("manage.file"), t("manage.reason"), t("manage.workers_tries"), t("manage.path")]
    st.html(table(head, [(Path(r.path).name, r.reason or "", num(r.tries), r.path) for r in rows]))
