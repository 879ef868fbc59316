"""Kelola: who is signed in, how much room there is, which versions run, backups."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from time import monotonic

import streamlit as st

import kb as package
from kb.catalog.schema import SCHEMA_VERSION
from kb.config import Settings
from kb.staff import accounts
from kb.staff.sessions import Session
from kb.web import backups, staff
from kb.web.base import settings
from kb.web.parts import on_demand
from kb.web.parts.cards import meta, num, table
from kb.web.parts.page_about import moment
from kb.web.safe import html, md
from kb.web.state import t

LITTLE = 0.1
"""Share of a disk below which its room is told as little. Set by hand."""
LOOK_SECONDS = 60
"""For how long the sizes of folders hold."""
DOWNLOAD = 500_000_000
"""Bytes up to which a backup is offered for download: it goes through the server's memory."""


def signed_in() -> None:
    """Who is signed in, since when, and the button that ends it."""
    alive = staff.signed_in()
    st.html(f"<h2>{html(t('base.signed_in'))}</h2>")
    by_name: dict[str, list[Session]] = defaultdict(list)
    for one in alive:
        by_name[one.name].append(one)
    if not by_name:
        st.caption(t("base.nobody"))
    for name, some in by_name.items():
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"in_{some[0].hash[:8]}"
        ):
            begun = datetime.fromtimestamp(some[0].begun, UTC).isoformat()
            facts = [
                _role(name, some[0]),
                t("base.browsers", count=num(len(some))),
                t("base.since", when=moment(begun)),
            ]
            st.html(f"<strong>{html(name)}</strong>{meta(facts)}", width="content")
            st.button(
                t("base.sign_out"),
                key=f"sign_out_{some[0].hash[:8]}",
                type="tertiary",
                icon=":material/logout:",
                on_click=staff.end_all_of,
                args=(name,),
            )


def _role(name: str, one: Session) -> str:
    if one.mark == accounts.OIDC:
        found = accounts.of_organisation(settings(), name)
        told = t("base.organisation")
        return f"{t(f'manage.role_{found.role}')} ({told})" if found else told
    if name == accounts.SHARED:
        return t("manage.role_admin")
    known = accounts.accounts(settings()).get(name)
    return t(f"manage.role_{known.role}") if known else t("base.no_account")


def section() -> None:
    """Room, versions and backups, unfolded when somebody asks."""
    _little_room()
    on_demand.expander(t("base.title"), _told, icon=":material/dns:", key="base_told")


def _little_room() -> None:
    try:
        disk = shutil.disk_usage(settings().home)
    except OSError:
        return
    if disk.free < LITTLE * disk.total:
        share = num(100 * disk.free / disk.total)
        st.warning(
            t("base.little", free=size(disk.free), share=share), icon=":material/hard_drive:"
        )


def _told() -> None:
    where = settings()
    st.html(f"<h3>{html(t('base.room'))}</h3>")
    rows = [
        (t(f"base.part_{name}"), size(count))
        for name, count in _sizes(str(where.home), int(monotonic() // LOOK_SECONDS))
    ]
    try:
        disk = shutil.disk_usage(where.home)
        rows.append((t("base.free"), t("base.of", free=size(disk.free), total=size(disk.total))))
    except OSError:
        pass
    st.html(table([t("base.part"), t("base.size")], rows))
    st.html(f"<h3>{html(t('base.versions'))}</h3>")
    versions = [
        (t("base.program"), package.__version__),
        (t("base.catalog"), str(SCHEMA_VERSION)),
        (t("base.kept_in"), t("base.server" if where.catalog else "base.file")),
        (t("base.engine"), where.engine),
        ("Streamlit", st.__version__),
        ("Python", ".".join(map(str, sys.version_info[:3]))),
    ]
    st.html(table([t("base.what"), t("base.version")], versions))
    st.html(f"<h3>{html(t('base.backups'))}</h3>")
    if where.catalog:
        st.caption(t("base.backup_server"))
        return
    st.caption(t("base.backup_help", count=num(backups.KEPT)))
    _backups(where)


@lru_cache(maxsize=4)
def _sizes(home: str, _turn: int) -> tuple[tuple[str, int], ...]:
    """Bytes of each part of a base."""
    where = settings()
    parts = {
        "documents": [where.catalog_path, Path(f"{where.catalog_path}-wal")],
        "search": [where.search_path],
        "uploads": [where.uploads_path],
        "cache": [where.cache_path],
        "backups": [backups.folder(where)],
    }
    return tuple((name, sum(map(_bytes, found))) for name, found in parts.items())


def _bytes(path: Path) -> int:
    try:
        if path.is_file():
            return path.stat().st_size
        return sum(one.lstat().st_size for one in path.rglob("*") if not one.is_dir())
    except OSError:
        return 0


def size(count: float) -> str:
    """Bytes as people read them."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{num(count, 0 if unit in ('B', 'kB') or count >= 100 else 1)} {unit}"
        count /= 1000
    return f"{num(count, 1)} TB"


def _backups(where: Settings) -> None:
    current = backups.making(str(where.home))
    if current.problem:
        st.error(md(current.problem))
    if current.running:
        _watch()
    else:
        if st.button(t("base.backup_make"), icon=":material/archive:", key="backup_make"):
            backups.start(current, where)
            st.rerun()
    for file in backups.made(where):
        _backup(file)


@st.fragment(run_every=2.0)
def _watch() -> None:
    st.markdown(t("base.backup_runs"))
    if not backups.making(str(settings().home)).running:
        st.rerun()


def _backup(file: Path) -> None:
    try:
        state = file.stat()
    except OSError:
        return
    made = datetime.fromtimestamp(state.st_mtime, UTC).isoformat()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"backup_{file.stem}"
    ):
        st.html(
            f"<strong>{html(moment(made))}</strong>{meta([size(state.st_size)])}", width="content"
        )
        if state.st_size <= DOWNLOAD:
            st.download_button(
                t("base.backup_get"),
                data=file.read_bytes,
                file_name=file.name,
                mime="application/zip",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                key=f"get_{file.stem}",
            )
