"""Which files must be read: not those that are known as they are, nor copies of others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from kb.catalog import FileState
from kb.catalog import writes_files as book
from kb.catalog.records import unpack_refused
from kb.catalog.schema import documents, files
from kb.catalog.schema_handed import handed
from kb.catalog.together import Opened
from kb.disk import change_stamp, content_hash, last_change, named_file, stored_name
from kb.errors import refusal
from kb.ingest.stages import file_stamp
from kb.ingest.tally import Tally

YOUNG_NS = 2_000_000_000
"""A file changed less than two seconds ago may change again within the same time stamp."""
KILLED = "killed"
"""How the reason begins where the system ended the reader: the file is tried again by every
ingest, as nothing may be wrong with it."""
LONG_BYTES = 2**20
"""Longer files go first, so that none is left to be waited for at the end."""


@dataclass(slots=True)
class Task:
    """One file that is not known to be unchanged."""

    path: Path
    size: int
    mtime_ns: int
    changed: int
    """``kb.disk.change_stamp``: what says that a file is as it was."""
    touched: int
    """When it last changed, in nanoseconds."""
    file: FileState | None = None
    """Set once its content was looked at."""
    redo: bool = False
    """The same content was read before, by other versions or not by force."""
    keys: list[str] = field(default_factory=list)
    """Documents stored from it so far."""
    pages: int = 0
    refused: str | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Files inside it that were not read, with the reasons."""
    deaths: int = 0
    """How often its reading process ended by itself."""
    copy: Path | None = None
    """Where its bytes lie on this machine, which may not see the file itself."""

    @property
    def lies(self) -> Path:
        """The file to open."""
        return self.copy or self.path

    @property
    def name(self) -> str:
        """The path as the catalog knows it."""
        return stored_name(self.path)


@dataclass(slots=True)
class Sifter:
    """Decides for each file of one ingest; settles those that need no reading."""

    catalog: Opened
    tally: Tally
    run_id: int
    stamp: str
    """Of the stages."""
    ocr: str
    force: bool
    passwords: bool
    """True where passwords were given, which locked files are tried with."""

    def sift(self, found: Sequence[Path]) -> list[Task]:
        """Files to look at: without those whose size and time say they are as they were."""
        todo: list[Task] = []
        with self.catalog.read() as connection:
            for path in found:
                try:
                    state = path.stat()
                except OSError as error:
                    self.unreadable(str(path), error)
                    continue
                task = Task(
                    path, state.st_size, state.st_mtime_ns, change_stamp(state), last_change(state)
                )
                row = book.file_row(connection, task.name)
                same = row is not None and (row.mtime_ns, row.size) == (task.changed, task.size)
                if row is not None and same and self._known(connection, row, path):
                    continue
                todo.append(task)
        return sorted(todo, key=lambda task: -task.size if task.size > LONG_BYTES else 0)

    def decide(self, task: Task) -> bool:
        """Look at the content; True where a worker must read the file."""
        path = task.name
        try:
            sha = content_hash(task.lies)
        except OSError as error:
            self.unreadable(path, error)
            return False
        young = time.time_ns() - task.touched < YOUNG_NS
        stamp = file_stamp(self.stamp, task.path, self.ocr)
        file = FileState(path, sha, task.size, None if young else task.changed, stamp)
        task.file = file
        with self.catalog.write() as connection:
            row = book.file_row(connection, path)
            if row is not None and row.sha256 == sha:
                if self._known(connection, row, task.path):
                    book.touch_file(connection, file)
                    return False
                task.redo = row.status == "done"
            return self.force or not self._copy_of_another(connection, file, row)

    def _known(self, connection: Connection, row: Row[Any], path: Path) -> bool:
        """Count a file with known content as unchanged or failed; False: it must be read."""
        if self.force or row.stamp != file_stamp(self.stamp, path, self.ocr):
            return False
        if row.status == "failed":
            reason = str(row.reason)
            if self.passwords and reason.startswith("password needed"):
                return False
            if reason.startswith(KILLED):
                return False
            self.tally.fail(str(path), row.reason or "damaged: no reason is known.")
        elif row.status == "done":
            refused = unpack_refused(row.reason)
            if self.passwords and any(why.startswith("password needed") for _, why in refused):
                return False
            self.tally.unchanged += book.documents_of(connection, row.path)
            for part, why in refused:
                self.tally.refuse(row.path, part, why)
        else:
            return False
        self.tally.settle(str(path))
        return True

    def _copy_of_another(
        self, connection: Connection, file: FileState, row: Row[Any] | None
    ) -> bool:
        """Settle a file whose content is in already under another path."""
        others = book.same_content(connection, file)
        if not others or (row is not None and row.status == "done"):
            return False
        here = [other for other in others if _is_kept(connection, other.path)]
        if here:
            reason = f"same content as {here[0].path}"
            book.finish_file(connection, file, status="same", run_id=self.run_id, reason=reason)
            self.tally.unchanged += 1
        else:
            self.tally.unchanged += book.move_file(connection, others[0], file, self.run_id)
        self.tally.settle(file.path)
        return True

    def unreadable(self, path: str, error: OSError) -> None:
        """A file that cannot even be opened."""
        told = refusal(error)
        reason = (
            f"no access: {told}"
            if told
            else (f"no access: {error.strerror or error}; check the file and its permissions.")
        )
        self.tally.fail(path, reason)
        self.tally.settle(path)


def unfinished(file: FileState) -> FileState:
    """The state to note for a file of which time left pages unread: it counts as done, and
    no later run takes it for unchanged."""
    return replace(file, stamp=f"{file.stamp}|ocr unfinished")


def older(connection: Connection, key: str, task: Task) -> bool:
    """True where another file that still exists holds a later version of the document."""
    row = connection.execute(
        select(files.c.path)
        .join(documents, documents.c.file_id == files.c.id)
        .where(documents.c.key == key)
    ).one_or_none()
    if row is None or row.path == task.name:
        return False
    other = _modified(connection, row.path)
    return other is not None and (task.mtime_ns, task.name) < (other, row.path)


def _is_kept(connection: Connection, path: str) -> bool:
    """The file is there, or a copy of it is where the workers' files are kept."""
    return named_file(path).is_file() or _copied(connection, path) is not None


def _modified(connection: Connection, path: str) -> int | None:
    """When the content of another file is of, ``None`` where that file is gone."""
    try:
        return named_file(path).stat().st_mtime_ns
    except OSError:
        return _copied(connection, path)


def _copied(connection: Connection, path: str) -> int | None:
    """The time of a file of which a copy is kept, as it was told when it was handed over."""
    query = select(handed.c.modified).where(handed.c.path == path, handed.c.copy.is_not(None))
    return connection.execute(query).scalar_one_or_none()
