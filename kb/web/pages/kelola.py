"""Kelola: bring documents in, see what failed, put entities right. Off unless turned on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kb.errors import refusal
from kb.ingest.embedding import counted, is_running, seconds_left
from kb.ingest.report import counted as by_kind
from kb.ingest.report import missed
from kb.web import jobs, staff
from kb.web.base import kb, settings
from kb.web.frame import heading
from kb.web.parts import manage_base, manage_sources, manage_workers, mend_merge, on_demand
from kb.web.parts.cards import document_lines, num, table
from kb.web.parts.deciding import decide
from kb.web.parts.door import door, who
from kb.web.parts.record import record
from kb.web.parts.uploads import upload_box
from kb.web.safe import html, md, plain
from kb.web.state import t

if TYPE_CHECKING:
    from kb.ingest import IngestReport

FAULTS = 200
"""Left out files that are listed; all are counted."""
FILES = 60
"""Files of a run shown at once."""
NEW = 20
"""New documents of a run that are listed: the latest."""
_TURN = "kb_manage_turn"
"""Name in the session of how often the forms below were used."""
REASONS = {
    "damaged": "damaged",
    "empty": "empty",
    "killed": "killed",
    "link": "link",
    "not a file": "not_a_file",
    "password needed": "password",
    "no access": "no_access",
    "not found": "not_found",
    "too much memory": "too_large",
    "too slow": "too_slow",
    "unsupported": "unsupported",
}
"""How a reason begins (``kb.readers``), and the key of its words here."""


def allowed() -> bool:
    """True in a session that proved to be an admin's."""
    return staff.may_manage()


def show() -> None:
    """The page."""
    heading(t("manage.title"))
    if staff.person() is None:
        door()
        return
    who()
    if not staff.may_mend():
        return
    if not allowed():
        st.info(t("manage.editor"))
        _corrections()
        return
    staff.admit()
    _tried()
    manage_sources.notices()
    job = jobs.job(str(settings().home))
    _bring_in(job)
    _progress(job)
    manage_workers.section()
    manage_sources.section()
    _failures()
    _vectors()
    _holds()
    manage_base.section()
    manage_base.signed_in()
    _corrections()


def _tried() -> None:
    """Wrong passwords of the last day, so that who may enter knows who tried."""
    wrong = staff.tries.wrong()
    if not wrong:
        return
    when = datetime.fromtimestamp(wrong[0].last).strftime("%d-%m-%Y %H.%M")
    st.warning(
        t(
            "manage.tried",
            tries=num(sum(w.tries for w in wrong)),
            addresses=num(len(wrong)),
            last=md(wrong[0].address),
            when=when,
        ),
        icon=":material/lock:",
    )


def _bring_in(job: jobs.Job) -> None:
    # Another key empties the field once its files are on their way.
    turn = st.session_state.setdefault("kb_uploads", 0)
    st.html(f"<h2>{html(t('manage.bring'))}</h2>")
    uploads = upload_box(f"uploads_{turn}")
    left, right = st.columns(2, gap="medium")
    folder = left.text_input(t("manage.folder"), key="folder", max_chars=1000)
    password = right.text_input(
        t("manage.file_password"), key="file_password", type="password", max_chars=200
    )
    if not st.button(
        t("manage.start"), type="primary", icon=":material/upload_file:", disabled=job.running
    ):
        return
    paths: list[Path] = []
    try:
        for file in uploads:
            kept = jobs.save_upload(settings().uploads_path, file.name, file.getvalue())
            if kept not in paths:
                paths.append(kept)
    except OSError as error:
        st.error(t("manage.not_kept", why=plain(refusal(error) or str(error.strerror))))
        return
    if folder.strip():
        named = Path(folder.strip()).expanduser()
        if not named.exists():
            st.error(t("manage.no_folder"))
            return
        paths.append(named)
    if not paths:
        st.warning(t("manage.nothing"))
        return
    if not jobs.start(job, settings(), paths, [password] if password else []):
        st.warning(t("manage.busy"))
        return
    staff.drop_uploads()
    st.session_state["kb_uploads"] = turn + 1
    st.rerun()


@st.fragment(run_every=1.0)
def _watch(job: jobs.Job) -> None:
    now = job.progress
    if now is not None and now.total:
        share = now.done / now.total
        left = f" · {t('manage.left', seconds=num(now.left))}" if now.left is not None else ""
        st.progress(
            min(1.0, share),
            text=t("manage.progress", done=num(now.done), total=num(now.total)) + left,
        )
    _files(job)
    stopping = job.stop.is_set()
    label = t("manage.stopping") if stopping else t("manage.stop")
    st.button(label, icon=":material/stop_circle:", disabled=stopping, on_click=job.stop.set)
    if not job.running:
        st.rerun()


def _files(job: jobs.Job) -> None:
    """The files of the run, those in hand first."""
    order = {"tagging": 0, "reading": 0, "failed": 1, "waiting": 2, "done": 3}
    seen = tuple(job.files.values())  # the ingest goes on writing
    found = sorted(seen, key=lambda f: order[f.stage])[:FILES]
    if not found:
        return
    head = [t("manage.file"), t("manage.stage"), t("manage.file_pages")]
    st.html(table(head, [(f.name, t(f"manage.stage_{f.stage}"), _pages(f)) for f in found]))


def _pages(file: jobs.FileState) -> str:
    if file.stage == "reading" and file.page and file.pages:
        return f"{num(file.page)} / {num(file.pages)}"
    return num(file.pages) if file.pages else ""


def _progress(job: jobs.Job) -> None:
    if job.running:
        st.markdown(t("manage.running"))
        _watch(job)
        return
    if job.problem:
        st.error(md(job.problem))
    if job.report is None:
        return
    report = job.report
    line = t(
        "manage.stopped" if report.interrupted else "manage.done",
        added=num(report.added),
        updated=num(report.updated),
        unchanged=num(report.unchanged),
        failed=num(len(report.failed)),
        skipped=num(len(report.skipped)),
    )
    if report.interrupted:
        st.warning(line, icon=":material/stop_circle:")
    elif missed(report):
        st.warning(line, icon=":material/warning:")
    else:
        st.success(line, icon=":material/check_circle:")
    if report.added:
        label = t("manage.new_ones", count=num(report.added))
        on_demand.expander(label, lambda: _new(report.added), key="new_ones")
    amiss = [(s.path, s.reason) for s in report.skipped if not s.harmless]
    if amiss:
        _skipped(report)
    if report.failed or amiss:
        _reasons([*((f.path, f.reason) for f in report.failed), *amiss[:FAULTS]])
    elif job.files:
        with st.expander(t("manage.files")):
            _files(job)


def _new(count: int) -> None:
    """The documents that came in last, as links."""
    document_lines(kb().documents(sort="added", limit=min(count, NEW))[1], "new_ones")


def _skipped(report: IngestReport) -> None:
    told = ", ".join(
        f"{num(count)} {_kind_of_skip(kind)}" for kind, count in by_kind(report.skipped).items()
    )
    st.caption(md(t("manage.skipped_kinds", kinds=told)))


def _kind_of_skip(kind: str) -> str:
    """A kind as ``counted`` names it, in the reader's language; its ending of files stays."""
    words, _, last = kind.rpartition(" ")
    name, mark = (words, f" {plain(last)}") if last.startswith(".") and words else (kind, "")
    key = REASONS.get(name)
    return t(f"manage.reason_{key}" if key else f"manage.kind_{name}") + mark


def _reasons(failed: Sequence[tuple[str, str]]) -> None:
    head = [t(f"manage.{name}") for name in ("file", "reason", "remedy", "path")]
    rows = [(Path(path).name, _reason(reason), _remedy(reason), path) for path, reason in failed]
    st.html(table(head, rows))


def _kind(reason: str) -> str | None:
    """The stable phrase that a reason begins with, as part of a key of the texts."""
    return next((key for phrase, key in REASONS.items() if reason.startswith(phrase)), None)


def _reason(reason: str) -> str:
    kind = _kind(reason)
    return t(f"manage.reason_{kind}") if kind else plain(reason)


def _remedy(reason: str) -> str:
    kind = _kind(reason)
    return t(f"manage.remedy_{kind}") if kind else ""


def _failures() -> None:
    failed = kb().failed_files()
    if failed:
        on_demand.expander(
            f"{t('manage.failures')} ({num(len(failed))})",
            lambda: _reasons([(f.path, f.reason) for f in failed]),
            key="failures",
        )


def _vectors() -> None:
    """How many pages can be found by meaning, and whether the rest is being made."""
    if not settings().meaning:
        return
    stored, lacking = _counted(str(settings().home), kb().revision)
    if not lacking:
        return
    line = t("manage.vectors", done=num(stored - lacking), pages=num(stored))
    state, left = "manage.vectors_soon", seconds_left(settings())
    if is_running(settings()):
        state = "manage.vectors_now" if left is None else "manage.vectors_left"
    st.caption(f"{line} {t(state, minutes=num(ceil((left or 0) / 60)))}")


@lru_cache(maxsize=4)
def _counted(home: str, revision: str) -> tuple[int, int]:
    """Pages, and those without vectors, of one state of a base."""
    return counted(settings())


def _holds() -> None:
    on_demand.expander(t("manage.holds"), _numbers, key="holds")


def _numbers() -> None:
    home = kb().home()
    left, right = st.columns(2, gap="large")
    counted = t("home.documents")
    left.html(
        table([t("search.type"), counted], [(f.label, num(f.documents)) for f in home.by_type])
    )
    right.html(
        table([t("search.year"), counted], [(str(y.year), num(y.documents)) for y in home.by_year])
    )


def _pick(label: str, key: str) -> str | None:
    """Find an entity by typing part of its name: only the matches reach the browser."""
    text = st.text_input(label, key=key, max_chars=200)
    if not text:
        return None
    found = kb().entities(text, limit=8).entities
    names = {e.entity_id: mend_merge.line(e) for e in found}
    return st.selectbox(
        label,
        list(names),
        format_func=lambda e: names.get(e, e),
        key=f"{key}_choice",
        label_visibility="collapsed",
    )


def _corrections() -> None:
    st.html(f"<h2>{html(t('manage.corrections'))}</h2>")
    # Another key empties the fields once what they say is decided.
    turn = st.session_state.setdefault(_TURN, 0)
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f"<h3>{html(t('manage.merge'))}</h3>")
        one = _pick(t("manage.merge_from"), f"merge_from_{turn}")
        if one is not None:
            mend_merge.merge(kb().entity(one, statements=0, co_occurring=0), _next)
    with right:
        st.html(f"<h3>{html(t('manage.rename'))}</h3>")
        entity = _pick(t("entities.find"), f"rename_of_{turn}")
        name = st.text_input(t("manage.new_name"), key=f"rename_to_{turn}", max_chars=200)
        with st.container(horizontal=True):
            if st.button(t("manage.apply"), key="rename", disabled=not entity or not name.strip()):
                decide(lambda d: d.rename(str(entity), name.strip()), _next)
            if st.button(t("manage.hide"), key="hide", disabled=not entity):
                decide(lambda d: d.hide(str(entity)), _next)
    record()


def _next(_: object) -> None:
    st.session_state[_TURN] += 1
