"""Ingest started from the app: one at a time, in a thread that outlives the page view."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kb.config import Settings
from kb.errors import KBError

if TYPE_CHECKING:
    from kb.ingest import IngestReport
    from kb.ingest.report import Progress

log = logging.getLogger("kb.web")


@dataclass
class Job:
    """The state of one ingest; the thread writes, pages read."""

    thread: threading.Thread | None = None
    progress: Progress | None = None
    """The latest ``kb.ingest.Progress``."""
    report: IngestReport | None = None
    """``kb.ingest.IngestReport`` once done."""
    problem: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


@st.cache_resource(show_spinner=False, max_entries=4)
def job(home: str) -> Job:
    """The one job of a knowledge base, shared by all sessions."""
    return Job()


def start(current: Job, settings: Settings, paths: Sequence[Path]) -> bool:
    """Begin to ingest ``paths``; False where an ingest is already running."""
    with current.lock:
        if current.running:
            return False
        current.progress = current.report = current.problem = None
        current.thread = threading.Thread(
            target=_run, args=(current, settings, list(paths)), name="kb-ingest", daemon=True
        )
        current.thread.start()
        return True


def _run(current: Job, settings: Settings, paths: list[Path]) -> None:
    from kb.ingest import ingest

    def progress(now: Progress) -> None:
        current.progress = now

    try:
        current.report = ingest(settings, paths, progress=progress)
    except KBError as error:
        current.problem = str(error)
    except Exception as error:
        log.exception("ingest from the app failed")
        current.problem = f"{type(error).__name__}: see the server's log"


def save_upload(folder: Path, name: str, content: bytes) -> Path:
    """Keep an uploaded file below ``folder`` under a harmless form of its name."""
    base = re.sub(r"[^\w.\- ]", "_", Path(name.replace("\\", "/")).name).strip(". ") or "upload"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / base[-150:]
    partial = target.with_name(f"{target.name}.part")
    partial.write_bytes(content)
    partial.replace(target)
    return target
