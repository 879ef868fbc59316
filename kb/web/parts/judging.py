"""Perbaiki: what editors put right where they see it, and the note where somebody did."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, TypeVar

import streamlit as st

from kb.explore import views as v
from kb.explore.fields import doc_type_labels
from kb.model import LABELS
from kb.staff.given import STATUSES
from kb.web import staff
from kb.web.base import kb
from kb.web.parts import on_demand
from kb.web.parts.cards import day, num
from kb.web.parts.deciding import SEEN, decide
from kb.web.parts.proofs import evidence
from kb.web.safe import html, plain
from kb.web.state import t

_Seen = TypeVar("_Seen", v.StatementView, v.OfficeTerm, v.DocumentView, v.IndicatorCell)
Marks = Mapping[tuple[str, int], v.Correction]
"""What ``KnowledgeBase.corrected`` gives."""
FIELDS = (
    *("title", "date", "years", "doc_type", "institution", "number", "level", "region", "stage"),
    *("draft", "speaker", "kind", "role", "status", "person", "entity", "label", "surface", "text"),
    *("value", "value_text", "unit", "year", "date_from", "date_to"),
)
"""Fields that have a name in the texts (``judge.field_...``)."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def switch() -> None:
    """The switch of the mode; only editors have it."""
    if not staff.may_mend():
        return

    def changed() -> None:
        staff.mend(bool(st.session_state["mend_mode"]))

    st.session_state["mend_mode"] = staff.mending()
    st.toggle(t("judge.mode"), key="mend_mode", on_change=changed)


def note(one: v.Correction | None) -> str:
    """``Diperbaiki oleh Sari, lihat``, which unfolds what it was before, when and why; HTML."""
    if one is None:
        return ""
    who = one.by or t("judge.somebody")
    lines = [
        f"{_field(name)}: {_value(name, old)} → {_value(name, new)}"
        for name, old, new in one.changes
    ]
    lines.append(t("judge.when", day=day(one.at[:10]), number=num(one.correction_id)))
    if one.reason:
        lines.append(t("judge.why", reason=one.reason))
    items = "".join(f"<li>{html(line)}</li>" for line in lines)
    label = html(t("judge.mended", who=who))
    return (
        f'<details class="kb-more kb-mended"><summary>{label}</summary><ul>{items}</ul></details>'
    )


def history_line(one: v.Correction) -> str:
    """What was decided, in one line of the reader's language."""
    if one.kind == "seen":
        listed = one.value.get("documents")
        count = len(listed) if isinstance(listed, list) else 1
        several = t("judge.seen_of", count=num(count), source=str(one.value.get("source") or ""))
        return several if count > 1 else str(one.value.get("title") or one.target)
    plainly = "; ".join(f"{what}: {old} → {new}" for what, old, new in one.changes)
    about = one.summary.removesuffix(plainly)
    if not one.changes or about == one.summary:
        return one.summary or f"{one.kind} {one.target}"
    return about + "; ".join(
        f"{_field(what)}: {_value(what, old)} → {_value(what, new)}"
        for what, old, new in one.changes
    )


def _field(name: str) -> str:
    return t(f"judge.field_{name}") if name in FIELDS else name


def _value(name: str, value: str) -> str:
    if name == "doc_type":
        return doc_type_labels().get(value, value)
    if name == "date":
        return day(value)
    if name == "kind" and value in ("direct", "indirect"):
        return t(f"statements.kind_{value}")
    if name == "label" and value in LABELS.values():
        return t(f"document.legend_{value}")
    return value


# --- a statement --------------------------------------------------------------------


def statement(one: v.StatementView) -> None:
    """The button below a statement, in the mode alone."""
    if not staff.mending():
        return
    key = f"mend_said_{one.statement_id}"
    on_demand.popover(
        t("judge.mode"), lambda: _statement(one), icon=":material/build:", type="tertiary", key=key
    )


def _statement(now: v.StatementView) -> None:
    one = as_seen(f"said_{now.statement_id}", now)
    seen = {"kind": one.kind, "page": one.page, "start": one.start, "text": one.text}
    if one.speaker_id:
        seen["speaker_id"] = one.speaker_id
    people = {
        e.entity_id: plain(e.name)
        for e in kb().document(one.document_id).entities
        if e.type in ("person", "institution")
    }
    present = one.speaker_id or one.speaker or ""
    people.setdefault(present, plain(one.speaker or ""))
    options = [present, *(p for p in people if p != present)]
    with st.form(f"form_said_{one.statement_id}", border=False):
        speaker = st.selectbox(
            t("statements.speaker"),
            options,
            format_func=lambda p: people.get(p, p),
            accept_new_options=True,
            help=t("judge.speaker_help"),
            key=f"who_{one.statement_id}",
        )
        kinds = ["direct", "indirect"]
        kind = st.selectbox(
            t("statements.kind"),
            kinds,
            index=kinds.index(one.kind),
            format_func=lambda k: t(f"statements.kind_{k}"),
            key=f"kind_{one.statement_id}",
        )
        reason, save, reject = end(f"said_{one.statement_id}", t("judge.no_statement"))
    changes: dict[str, Any] = {}
    if speaker is not None and speaker != present:
        changes["speaker"] = speaker
    if kind != one.kind:
        changes["kind"] = kind
    if save:
        decide(lambda d: d.statement(one.statement_id, reason=reason, seen=seen, **changes))
    elif reject:
        decide(lambda d: d.reject("statement", one.statement_id, reason=reason, seen=seen))


# --- an office ----------------------------------------------------------------------


def offices(person_id: str, terms: tuple[v.OfficeTerm, ...], marks: Marks) -> None:
    """Each office of a person with its button (in the mode), and who corrected it."""
    for term in terms:
        key = term_key(term)
        told = next(
            (one for e in term.evidence if (one := marks.get(("offices", e.office_id)))), None
        )
        if told is None and not staff.mending():
            continue
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"office_{key}"
        ):
            st.html(f"<strong>{html(term.label)}</strong>{note(told)}", width="content")
            if staff.mending() and term.wordings:
                on_demand.popover(
                    t("judge.mode"),
                    lambda term=term: _office(person_id, term),  # type: ignore[misc]
                    icon=":material/build:",
                    type="tertiary",
                    key=f"mend_office_{key}",
                )
            elif staff.mending():
                st.html(f'<span class="kb-muted">{html(t("judge.authority"))}</span>')


def term_key(term: v.OfficeTerm) -> str:
    """Tells an office of a page from the others, whichever are there."""
    told = f"{term.label}|{term.begin}|{term.origin}"
    return blake2b(told.encode("utf-8"), digest_size=5).hexdigest()


def _office(person_id: str, now: v.OfficeTerm) -> None:
    at = term_key(now)
    term = as_seen(f"office_{at}", now)
    with st.form(f"form_office_{at}", border=False):
        role = st.text_input(
            t("judge.field_role"), plain(term.role), max_chars=200, key=f"role_{at}"
        )
        where = st.text_input(
            t("judge.field_institution"),
            plain(term.institution or ""),
            max_chars=200,
            key=f"where_{at}",
        )
        status = st.selectbox(
            t("judge.field_status"),
            STATUSES,
            index=STATUSES.index(term.status),
            format_func=lambda s: t(f"entities.status_{s.casefold()}"),
            key=f"status_{at}",
        )
        left, right = st.columns(2)
        begin = left.text_input(
            t("judge.field_date_from"),
            term.date_from or "",
            max_chars=10,
            help="2024-03-15",
            key=f"from_{at}",
        )
        end_ = right.text_input(
            t("judge.field_date_to"),
            term.date_to or "",
            max_chars=10,
            help="2024-03-15",
            key=f"to_{at}",
        )
        st.html(evidence((term,)))
        st.caption(t("judge.everywhere"))
        reason, save, reject = end(f"office_{at}", t("judge.no_office"))
    changes: dict[str, Any] = {}
    if role.strip() != plain(term.role):
        changes["role"] = role.strip()
    if where.strip() != plain(term.institution or ""):
        changes["institution"] = where.strip() or None
    if status != term.status:
        changes["status"] = status
    for name, given, before in (
        ("date_from", begin.strip(), term.date_from),
        ("date_to", end_.strip(), term.date_to),
    ):
        if given != (before or ""):
            changes[name] = given or None
    worded = [w.as_match() for w in term.wordings]
    if save and not changes:
        st.info(t("judge.nothing"))
    elif save:
        decide(lambda d: d.term(person_id, worded, reason=reason, **changes))
    elif reject:
        decide(lambda d: d.term(person_id, worded, reject=True, reason=reason))


# --- a document ---------------------------------------------------------------------


def document(one: v.DocumentView) -> None:
    """The button beside a document's tools, in the mode alone."""
    if staff.mending():
        on_demand.popover(
            t("judge.document"),
            lambda: description(one),
            icon=":material/build:",
            key="mend_document",
        )
        on_demand.popover(
            t("judge.take_out"),
            lambda: _take_out(one),
            icon=":material/block:",
            key="mend_take_out",
        )


def _take_out(one: v.DocumentView) -> None:
    """Its source took it back, or it does not belong here; either can be taken back at Kelola."""
    number = one.document_id
    with st.form("form_take_out", border=False):
        how = st.radio(
            t("judge.take_out_how"),
            ["withdraw", "remove"],
            format_func=lambda h: t(f"judge.take_out_{h}"),
            captions=[t("judge.take_out_withdraw_help"), t("judge.take_out_remove_help")],
            key="out_how",
        )
        reason = st.text_input(t("judge.reason_needed"), max_chars=500, key="why_take_out")
        sent = st.form_submit_button(t("judge.take_out"), type="primary", key="take_out")
    if sent and not reason.strip():
        st.error(t("judge.say_why"))
    elif sent and how == "withdraw":
        decide(lambda d: d.withdraw(number, reason=reason))
    elif sent:
        decide(lambda d: d.remove(number, reason))


def description(now: v.DocumentView, over: Callable[[list[int]], object] | None = None) -> None:
    """The form for what a document is; ``over`` as in ``decide``."""
    one = as_seen("document", now)
    seen = {
        "title": one.title,
        "doc_type": one.doc_type,
        "date": one.date,
        "years": list(one.years),
        "number": one.number,
    }
    labels = doc_type_labels()
    kinds = ["", *sorted(labels, key=lambda k: labels[k].casefold())]
    if one.doc_type and one.doc_type not in kinds:
        kinds.append(one.doc_type)
    with st.form("form_document", border=False):
        title = st.text_input(
            t("judge.field_title"), plain(one.title), max_chars=1000, key="doc_title"
        )
        kind = st.selectbox(
            t("judge.field_doc_type"),
            kinds,
            index=kinds.index(one.doc_type or ""),
            format_func=lambda k: labels.get(k, k) or "–",
            key="doc_kind",
        )
        left, middle, right = st.columns(3)
        date = left.text_input(
            t("judge.field_date"), one.date or "", max_chars=10, help="2024-03-15", key="doc_date"
        )
        years = middle.text_input(
            t("judge.field_years"),
            " ".join(map(str, one.years)),
            max_chars=60,
            help="2024 2025",
            key="doc_years",
        )
        number = right.text_input(
            t("judge.field_number"), plain(one.number or ""), max_chars=200, key="doc_number"
        )
        issuer = st.text_input(
            t("judge.field_institution"),
            plain(one.institution or ""),
            max_chars=300,
            key="doc_issuer",
        )
        reason, save, _ = end("document", None)
    if not save:
        return
    if date.strip() and not _DAY.fullmatch(date.strip()):
        st.error(t("judge.bad_date"))
        return
    if not re.fullmatch(r"((19|20)\d{2}[ ,]*)*", years.strip()):
        st.error(t("judge.bad_years"))
        return
    given: dict[str, Any] = {
        "title": title.strip(),
        "doc_type": kind or None,
        "date": date.strip() or None,
        "years": sorted({int(y) for y in re.findall(r"\d{4}", years)}),
        "number": number.strip() or None,
        "institution": issuer.strip() or None,
    }
    before = {
        **seen,
        "title": plain(one.title),
        "number": plain(one.number or "") or None,
        "institution": plain(one.institution or "") or None,
    }
    changes = {name: value for name, value in given.items() if value != before[name]}
    if not changes:
        st.info(t("judge.nothing"))
        return
    known = {name: value for name, value in seen.items() if name in changes}
    decide(lambda d: d.describe(one.document_id, changes, reason=reason, seen=known), over)


# --- parts --------------------------------------------------------------------------


def as_seen(key: str, now: _Seen) -> _Seen:
    """What is mended as it was when the form was opened: what somebody else decides meanwhile is
    not taken for what this editor saw, whichever part of the page is drawn again."""
    kept: tuple[int, _Seen] | None = st.session_state.get(f"{SEEN}{key}")
    number = _number_of(now)
    if f"why_{key}" not in st.session_state or kept is None or kept[0] != number:
        kept = (number, now)
        st.session_state[f"{SEEN}{key}"] = kept
    return kept[1]


def _number_of(
    one: v.StatementView | v.OfficeTerm | v.DocumentView | v.IndicatorCell,
) -> int:
    return 0 if isinstance(one, v.OfficeTerm) else one.document_id


def end(key: str, reject: str | None) -> tuple[str | None, bool, bool]:
    """The end of each form: why, save (also by Enter) and reject."""
    reason = st.text_input(t("judge.reason"), max_chars=500, key=f"why_{key}")
    with st.container(horizontal=True):
        save = st.form_submit_button(t("judge.save"), type="primary", key=f"save_{key}")
        refuse = reject is not None and st.form_submit_button(reject, key=f"reject_{key}")
    return reason.strip() or None, save, bool(refuse)
