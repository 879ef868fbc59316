"""Kelola's part about sources: what each found, sync now or by timetable, what was refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import streamlit as st

from kb.errors import KBError
from kb.sources import book
from kb.sources.book import Source
from kb.sources.report import Outcome
from kb.web import nav, syncs
from kb.web.base import kb, settings, when_changed
from kb.web.parts import on_demand
from kb.web.parts.cards import meta, num, table
from kb.web.parts.page_about import moment
from kb.web.safe import html, md
from kb.web.state import t

REFUSED = 100
"""Refused addresses listed; all are counted."""


def notices() -> None:
    """Sources that failed three times in a row: somebody should look."""
    for source in book.sources(settings()):
        if source.failing:
            said = t(
                "sources.failing",
                name=md(source.name),
                times=num(source.failures),
                problem=md(source.problem or ""),
            )
            st.warning(said, icon=":material/cloud_off:")


def section() -> None:
    """The sources, with what can be done to each."""
    st.html(f"<h2>{html(t('sources.title'))}</h2>")
    sync = syncs.sync(str(settings().home))
    found = book.sources(settings())
    _progress(sync)
    if not found:
        st.caption(t("sources.none_yet"))
    elif len(found) > 1:
        st.button(
            t("sources.sync_all"),
            icon=":material/sync:",
            disabled=sync.running,
            on_click=_start,
            args=(sync,),
            key="sync_all",
        )
    for source in found:
        _source(source, sync)
    on_demand.expander(t("sources.add"), _add, key="source_add", icon=":material/add:")


def _start(sync: syncs.Sync, *names: str) -> None:
    syncs.start(sync, settings(), names)


# --- one source ----------------------------------------------------------------------


def _source(source: Source, sync: syncs.Sync) -> None:
    with st.container(border=True, key=f"source_{source.number}", gap="small"):
        st.html(_told(source))
        with st.container(
            horizontal=True,
            gap="small",
            vertical_alignment="center",
            key=f"source_tools_{source.number}",
        ):
            st.button(
                t("sources.sync"),
                icon=":material/sync:",
                disabled=sync.running,
                on_click=_start,
                args=(sync, source.name),
                key=f"sync_{source.number}",
            )
            on_demand.popover(
                t("sources.timetable"),
                lambda: _timetable(source),
                icon=":material/schedule:",
                key=f"timetable_{source.number}",
            )
            refused = source.states.get("refused", 0) + source.states.get("withdrawn", 0)
            on_demand.popover(
                t("sources.refused", count=num(refused)),
                lambda: _refused(source),
                icon=":material/block:",
                key=f"refused_{source.number}",
            )
            on_demand.popover(
                t("sources.remove"),
                lambda: _remove(source),
                icon=":material/delete:",
                type="tertiary",
                key=f"remove_{source.number}",
            )


def _told(source: Source) -> str:
    name = nav.anchor(nav.href("sumber", id=source.number), html(source.name))
    facts = [t(f"sources.kind_{source.kind}"), source.address]
    states = [
        t(f"sources.state_{state}", count=num(count))
        for state in ("kept", "waiting", "fetched", "refused", "withdrawn")
        if (count := source.states.get(state, 0))
    ]
    last = t("sources.last_run", when=moment(source.last_run)) if source.last_run else ""
    when = _when(source.timetable) if source.timetable else t("sources.by_hand")
    parts = [
        f'<h3 class="kb-title">{name}</h3>',
        meta(facts),
        meta([*states, _counts(source)]),
        meta([last or t("sources.never"), when]),
    ]
    unseen, _ = kb().new_documents(source.number, limit=0)
    if unseen:
        waiting = html(t("sources.unseen", count=num(unseen)))
        link = nav.anchor(nav.href("antrean", jenis="document"), waiting)
        parts.append(f'<div class="kb-further">{link}</div>')
    if source.problem:
        parts.append(f'<div class="kb-warn">{html(source.problem)}</div>')
    return "".join(parts)


def _counts(source: Source) -> str:
    """What the last run brought, where it brought anything."""
    told = {name: int(source.counts.get(name, 0)) for name in ("new", "changed", "gone")}
    if not any(told.values()):
        return ""
    return t("sources.last_counts", **{name: num(count) for name, count in told.items()})


def _when(timetable: str) -> str:
    if timetable.endswith("h"):
        return t("sources.every_hours", hours=timetable[:-1])
    return t("sources.every_day", time=timetable.replace(":", "."))


def _timetable(source: Source) -> None:
    st.caption(t("sources.timetable_help"))
    wanted = st.text_input(
        t("sources.timetable"),
        value=source.timetable or "",
        placeholder="06:00",
        max_chars=12,
        key=f"when_{source.number}",
        label_visibility="collapsed",
    )
    if st.button(t("manage.apply"), key=f"keep_when_{source.number}"):
        _done(lambda: book.set_timetable(settings(), str(source.number), wanted))


def _refused(source: Source) -> None:
    found = book.refusals(settings(), source.number, REFUSED)
    if not found:
        st.caption(t("sources.none_refused"))
        return
    head = [t("sources.address"), t("sources.state"), t("manage.reason")]
    rows = [(one.address, t(f"sources.is_{one.state}"), one.reason) for one in found]
    st.html(table(head, rows))


def _remove(source: Source) -> None:
    st.caption(t("sources.remove_help"))
    if st.button(t("sources.remove"), key=f"really_remove_{source.number}", type="primary"):
        _done(lambda: book.remove(settings(), str(source.number)))


def _done(work: Callable[[], object]) -> None:
    """Do what staff asked for, and show the page anew; what is refused is said here."""
    try:
        when_changed(lambda: (work(), None)[1])
    except KBError as error:
        st.error(md(str(error)))
        return
    st.toast(t("manage.saved"))
    st.rerun()


# --- a new one -------------------------------------------------------------------------


def _add() -> None:
    st.caption(t("sources.add_help"))
    with st.form("add_source", border=False):
        left, middle, right = st.columns([4, 2, 1], gap="small")
        address = left.text_input(t("sources.address"), placeholder="https://www.bantenprov.go.id")
        name = middle.text_input(t("sources.name"), max_chars=80)
        when = right.text_input(t("sources.timetable"), placeholder="06:00", max_chars=12)
        wanted = st.form_submit_button(t("sources.look"), icon=":material/travel_explore:")
    if not wanted or not address.strip():
        return
    try:
        with st.spinner(t("sources.looking")):
            source, told = book.add(
                settings(), address.strip(), name=name.strip() or None, timetable=when
            )
    except KBError as error:
        st.error(md(str(error)))
        return
    st.session_state["kb_source_found"] = (source.name, told)
    st.rerun()


# --- the sync that runs, or ran -----------------------------------------------------------


@st.fragment(run_every=1.0)
def _watch(sync: syncs.Sync) -> None:
    now = sync.progress
    if now is not None:
        done, total = num(now.done), num(now.total)
        text = t(f"sources.stage_{now.stage}", source=md(now.source), done=done, total=total)
        st.progress(min(1.0, now.done / now.total) if now.total else 0.0, text=text)
    stopping = sync.stop.is_set()
    label = t("sources.stopping") if stopping else t("manage.stop")
    st.button(
        label,
        icon=":material/stop_circle:",
        disabled=stopping,
        on_click=sync.stop.set,
        key="stop_sync",
    )
    if not sync.running:
        st.rerun()


def _progress(sync: syncs.Sync) -> None:
    if found := st.session_state.pop("kb_source_found", None):
        st.success(t("sources.found", name=md(found[0]), told=md(found[1])))
    if sync.running:
        st.markdown(t("sources.running"))
        _watch(sync)
        return
    if sync.problem:
        st.error(md(sync.problem))
    for outcome in sync.outcomes or ():
        _outcome(outcome)


def _outcome(outcome: Outcome) -> None:
    parts = [
        t(f"sources.did_{name}", count=num(count))
        for name, count in (
            ("new", outcome.new),
            ("changed", outcome.changed),
            ("same", outcome.same),
            ("gone", outcome.gone),
            ("back", outcome.back),
            ("struck", outcome.struck),
            ("refused", len(outcome.refused)),
            ("waiting", outcome.waiting),
        )
        if count or name == "new"
    ]
    took = datetime.fromtimestamp(0, UTC) + timedelta(seconds=outcome.seconds)
    told = t(
        "sources.did",
        name=md(outcome.source),
        what=", ".join(parts),
        requests=num(outcome.requests),
        time=f"{took:%H:%M:%S}",
    )
    if outcome.problem:
        st.error(f"{told}  \n{md(outcome.problem)}", icon=":material/cloud_off:")
    elif outcome.interrupted:
        st.warning(f"{told}  \n{t('sources.interrupted')}", icon=":material/stop_circle:")
    else:
        st.success(told + (f"  \n{md(outcome.later)}" if outcome.later else ""))
