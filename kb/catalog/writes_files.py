"""Files seen and ingest runs: what ``unchanged``, ``failed`` and ``resume`` rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from kb.catalog.records import FileState
from kb.catalog.schema import documents, files, meta, runs
from kb.catalog.writes import delete_document, path_key


def set_meta(connection: Connection, key: str, value: str) -> None:
    """One row of ``meta``, new or replaced."""
    changed = connection.execute(update(meta).where(meta.c.key == key).values(value=value))
    if not changed.rowcount:
        connection.execute(insert(meta).values(key=key, value=value))


# --- runs --------------------------------------------------------------------


def start_run(connection: Connection, *, now: str, pid: int) -> int:
    """A new run; runs that a killed process left open are marked ``died``."""
    connection.execute(update(runs).where(runs.c.status == "running").values(status="died"))
    return _new_run(connection, now, "running", pid)


def queue_run(connection: Connection, *, now: str) -> int:
    """A run that workers carry out, for as long as it takes them."""
    return _new_run(connection, now, "queued", None)


def _new_run(connection: Connection, now: str, status: str, pid: int | None) -> int:
    key = connection.execute(
        insert(runs).values(started=now, status=status, pid=pid, counts={})
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish_run(
    connection: Connection, run_id: int, *, now: str, status: str, counts: Mapping[str, Any]
) -> None:
    """Close a run as ``done`` or ``interrupted``."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run_id)
        .values(finished=now, status=status, counts=dict(counts))
    )


# --- files -------------------------------------------------------------------


def file_row(connection: Connection, path: str) -> Row[Any] | None:
    """What is known of the file at this path."""
    return connection.execute(select(files).where(files.c.path == path)).one_or_none()


def file_id(connection: Connection, file: FileState, run_id: int) -> int:
    """The row of a file that is being read (status ``reading`` until it is finished)."""
    row = file_row(connection, file.path)
    if row is not None:
        return int(row.id)
    key = connection.execute(
        insert(files).values(path=file.path, stamp="", status="reading", run_id=run_id)
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish_file(
    connection: Connection,
    file: FileState,
    *,
    status: str,
    run_id: int,
    reason: str | None = None,
    seconds: float | None = None,
) -> None:
    """Note how a file ended: ``done``, ``failed`` (with its reason) or ``same``."""
    number = file_id(connection, file, run_id)
    connection.execute(
        update(files)
        .where(files.c.id == number)
        .values(
            sha256=file.sha256,
            size=file.size,
            mtime_ns=file.mtime_ns,
            stamp=file.stamp,
            status=status,
            reason=reason,
            seconds=seconds,
            run_id=run_id,
        )
    )


def touch_file(connection: Connection, file: FileState) -> None:
    """The same content with another time: remember the time, to be quick next time."""
    connection.execute(
        update(files)
        .where(files.c.path == file.path)
        .values(size=file.size, mtime_ns=file.mtime_ns)
    )


def same_content(connection: Connection, file: FileState) -> Sequence[Row[Any]]:
    """Other files read in full with this very content and these versions."""
    return connection.execute(
        select(files)
        .where(
            files.c.sha256 == file.sha256,
            files.c.path != file.path,
            files.c.status == "done",
            files.c.stamp == file.stamp,
        )
        .order_by(files.c.id)
    ).all()


def move_file(connection: Connection, old: Row[Any], file: FileState, run_id: int) -> int:
    """A file known by another path that is gone: its documents go with it.

    Returns how many documents moved.
    """
    finish_file(connection, file, status="done", run_id=run_id, seconds=old.seconds)
    new = file_row(connection, file.path)
    assert new is not None
    rows = connection.execute(select(documents).where(documents.c.file_id == old.id)).all()
    for row in rows:
        key = row.key
        if key == path_key(old.path, row.part):
            key = path_key(file.path, row.part)
        connection.execute(
            update(documents)
            .where(documents.c.id == row.id)
            .values(path=file.path, key=key, file_id=new.id)
        )
    connection.execute(delete(files).where(files.c.id == old.id))
    return len(rows)


def remove_vanished(connection: Connection, file: FileState, seen: Sequence[str]) -> int:
    """Delete documents that were rows of this file and no longer are.

    Those with an address of their own stay: they were published, whatever the file
    says now. Returns how many went.
    """
    row = file_row(connection, file.path)
    if row is None:
        return 0
    kept = set(seen)
    gone = [
        old.id
        for old in connection.execute(
            select(documents.c.id, documents.c.key, documents.c.part).where(
                documents.c.file_id == row.id
            )
        )
        if old.key not in kept and old.key == path_key(file.path, old.part)
    ]
    for document_id in gone:
        delete_document(connection, document_id)
    return len(gone)


def documents_of(connection: Connection, path: str) -> int:
    """Documents that came from the file at this path."""
    row = file_row(connection, path)
    if row is None:
        return 0
    return len(
        connection.execute(select(documents.c.id).where(documents.c.file_id == row.id)).all()
    )
