"""Ingest started from the app: one at a time, in a thread that outlives the page view."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kb.config import Settings
from kb.disk import harmless_name
from kb.errors import KBError, refusal

if TYPE_CHECKING:
    from kb.ingest import IngestReport
    from kb.ingest.report import Progress

log = logging.getLogger("kb.web")


FileStage = Literal["waiting", "reading", "tagging", "done", "failed"]
LISTED = 200
"""Files kept for the list of a run; of a larger folder the latest ones."""


@dataclass(frozen=True, slots=True)
class FileState:
    """Where one file of a run stands."""

    name: str
    stage: FileStage
    page: int | None = None
    pages: int | None = None


@dataclass
class Job:
    """The state of one ingest; the thread writes, pages read."""

    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    """Set to end the ingest after the documents in hand."""
    progress: Progress | None = None
    """The latest ``kb.ingest.Progress``."""
    files: dict[str, FileState] = field(default_factory=dict)
    """By path, in the order in which they were taken up."""
    report: IngestReport | None = None
    """``kb.ingest.IngestReport`` once done."""
    problem: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, now: Progress) -> None:
        """Take in what the ingest tells."""
        before, self.progress = self.progress, now
        if now.path is None or now.stage not in ("reading", "tagging"):
            return
        known = self.files.get(now.path)
        stage: FileStage = "tagging" if now.stage == "tagging" else "reading"
        if before is not None and now.stage == "reading" and now.done > before.done:
            stage = "failed" if now.failed > before.failed else "done"
        page = now.page or (known.page if known else None)
        pages = now.pages or (known.pages if known else None)
        self.files[now.path] = FileState(Path(now.path).name, stage, page, pages)
        while len(self.files) > LISTED:
            del self.files[next(iter(self.files))]

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


_jobs: dict[str, Job] = {}
_naming = threading.Lock()


def job(home: str) -> Job:
    """The one job of a knowledge base, shared by all sessions for as long as the server lives."""
    with _naming:
        return _jobs.setdefault(home, Job())


def start(
    current: Job, settings: Settings, paths: Sequence[Path], passwords: Sequence[str] = ()
) -> bool:
    """Begin to ingest ``paths``; False where an ingest is already running."""
    with current.lock:
        if current.running:
            return False
        current.progress = current.report = current.problem = None
        current.stop = threading.Event()
        current.files = {
            str(path.resolve()): FileState(path.name, "waiting") for path in paths if path.is_file()
        }
        current.thread = threading.Thread(
            target=_run,
            args=(current, settings, list(paths), tuple(passwords)),
            name="kb-ingest",
            daemon=True,
        )
        current.thread.start()
        return True


def _run(current: Job, settings: Settings, paths: list[Path], passwords: tuple[str, ...]) -> None:
    from kb.ingest import ingest

    try:
        current.report = ingest(
            settings, paths, passwords=passwords, progress=current.note, stop=current.stop
        )
    except KBError as error:
        current.problem = str(error)
    except OSError as error:
        log.exception("ingest from the app failed")
        current.problem = refusal(error) or f"{type(error).__name__}: see the server's log"
    except Exception as error:
        log.exception("ingest from the app failed")
        current.problem = f"{type(error).__name__}: see the server's log"


def save_upload(folder: Path, name: str, content: bytes) -> Path:
    """Keep an uploaded file below ``folder`` under a harmless form of its name, in a folder
    named after its content: two offices' ``laporan.pdf`` are two files, and the same file
    uploaded again is the one that is there. Raises ``OSError`` where it cannot be kept."""
    target = folder / hashlib.sha256(content).hexdigest()[:16] / harmless_name(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name("upload.part")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    return target
