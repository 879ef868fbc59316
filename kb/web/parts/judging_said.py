"""Perbaiki: words that were selected are a statement of somebody, or state somebody's office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import streamlit as st

from kb.explore import views as v
from kb.model import StatementKind
from kb.staff.given import STATUSES
from kb.web.base import kb
from kb.web.parts import judging
from kb.web.parts.deciding import decide
from kb.web.parts.page_text import excerpt
from kb.web.safe import html, plain
from kb.web.state import t

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
WORDS = 160
"""Characters of the words shown."""
Over = Callable[[object], None]


def form(
    document: v.DocumentView, page: v.PageView, start: int, end: int, key: str, over: Over
) -> None:
    """A new statement, or the right span and speaker of the one that stands there."""
    there = next((s for s in page.statements if s.start < end and s.end > start), None)
    st.html(f"“{html(excerpt(plain(page.text[start:end]), WORDS))}”{_now(there)}")
    people = _people(document, ("person", "institution"))
    present: str | None = None
    if there is not None:
        present = there.speaker_id or there.speaker
        if present:
            people.setdefault(present, plain(there.speaker or ""))
    options = list(people)
    with st.form(f"form_new_said_{key}", border=False):
        speaker = st.selectbox(
            t("statements.speaker"),
            options,
            index=options.index(present) if present in options else None,
            format_func=lambda p: people.get(p, p),
            placeholder=t("judge.choose"),
            accept_new_options=True,
            help=t("judge.speaker_help"),
            key=f"new_said_who_{key}",
        )
        kind = st.selectbox(
            t("statements.kind"),
            KINDS,
            index=KINDS.index(there.kind if there else _likely(page.text, start, end)),
            format_func=lambda k: t(f"statements.kind_{k}"),
            key=f"new_said_kind_{key}",
        )
        refuse = t("judge.no_statement") if there is not None else None
        reason, save, reject = judging.end(f"new_said_{key}", refuse)
    if there is None:
        if save and not speaker:
            st.info(t("judge.who_said"))
        elif save:
            where = (document.document_id, page.page, start, end)
            decide(lambda d: d.said(*where, str(speaker), kind=kind, reason=reason), over)
        return
    number, seen = there.statement_id, {"start": there.start, "text": there.text}
    more: dict[str, Any] = {}
    if speaker != present:
        more["speaker"] = speaker or ""
    if kind != there.kind:
        more["kind"] = kind
    if (start, end) != (there.start, there.end):
        more["span"] = (start, end)
    if save and not more:
        st.info(t("judge.nothing"))
    elif save:
        decide(lambda d: d.statement(number, reason=reason, seen=seen, **more), over)
    elif reject:
        decide(lambda d: d.reject("statement", number, reason=reason, seen=seen), over)


def office(
    document: v.DocumentView, page: v.PageView, start: int, end: int, key: str, over: Over
) -> None:
    """An office that these words state: of whom, which, where."""
    words = plain(page.text[start:end])
    st.html(f"“{html(excerpt(words, WORDS))}”")
    people = _people(document, ("person",))
    places = {plain(e.name): None for e in document.entities if e.type in ("institution", "place")}
    with st.form(f"form_new_office_{key}", border=False):
        person = st.selectbox(
            t("judge.field_person"),
            list(people),
            index=None,
            format_func=lambda p: people.get(p, p),
            placeholder=t("judge.choose"),
            accept_new_options=True,
            help=t("judge.entity_help"),
            key=f"new_office_who_{key}",
        )
        role = st.text_input(
            t("judge.field_role"),
            " ".join(words.split())[:200],
            max_chars=200,
            key=f"new_office_role_{key}",
        )
        where = st.selectbox(
            t("judge.field_institution"),
            list(places),
            index=None,
            placeholder=t("judge.choose"),
            accept_new_options=True,
            key=f"new_office_where_{key}",
        )
        status = st.selectbox(
            t("judge.field_status"),
            STATUSES,
            format_func=lambda s: t(f"entities.status_{s.casefold()}"),
            key=f"new_office_status_{key}",
        )
        reason, save, _ = judging.end(f"new_office_{key}", None)
    if save and not (person and role.strip()):
        st.info(t("judge.whose_office"))
    elif save:
        spot = (document.document_id, page.page, start, end)
        decide(
            lambda d: d.held(
                *spot,
                str(person),
                role.strip(),
                institution=where or None,
                status=status,
                reason=reason,
            ),
            over,
        )


def _people(document: v.DocumentView, kinds: tuple[str, ...]) -> dict[str, str]:
    """Who may be meant: those the document names, by id."""
    return {e.entity_id: plain(e.name) for e in document.entities if e.type in kinds}


def _now(there: v.StatementView | None) -> str:
    if there is None:
        return ""
    who = kb().entity(there.speaker_id).summary.name if there.speaker_id else there.speaker
    return f" {html(t('judge.said_by', who=who or t('judge.nobody')))}"


def _likely(text: str, start: int, end: int) -> StatementKind:
    """Words within quotation marks were said so."""
    around = text[max(0, start - 2) : start] + text[end : end + 2] + text[start:end]
    return "direct" if any(mark in around for mark in '“”"«»') else "indirect"
