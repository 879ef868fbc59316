"""Ingest started from the app: one at a time, in a thread that outlives the page view."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kb.config import Settings
from kb.disk import harmless_name
from kb.web.background import Background, OneEach

if TYPE_CHECKING:
    from kb.ingest import IngestReport
    from kb.ingest.report import Progress

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
class Job(Background):
    """The state of one ingest; stopped, it ends after the documents in hand."""

    progress: Progress | None = None
    """The latest ``kb.ingest.Progress``."""
    files: dict[str, FileState] = field(default_factory=dict)
    """By path, in the order in which they were taken up."""
    report: IngestReport | None = None
    """``kb.ingest.IngestReport`` once done."""

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


job = OneEach(Job)
"""The ingest of a base, by its home."""


def start(
    current: Job, settings: Settings, paths: Sequence[Path], passwords: Sequence[str] = ()
) -> bool:
    """Begin to ingest ``paths``; False where an ingest is already running."""
    from kb.ingest import ingest

    def clear() -> None:
        current.progress = current.report = None
        current.files = {
            str(path.resolve()): FileState(path.name, "waiting") for path in paths if path.is_file()
        }

    def work() -> None:
        current.report = ingest(
            settings,
            list(paths),
            passwords=tuple(passwords),
            progress=current.note,
            stop=current.stop,
        )

    return current.begin("kb-ingest", work, clear)


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
