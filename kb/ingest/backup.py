"""A knowledge base as one file, and back.

In it are the catalog, the uploaded files, the settings and the pages read by OCR. Not in it:
the search index (made again from the catalog) and files that were read where they lay.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from kb.catalog import writer_lock
from kb.catalog.copying import copy_in, copy_out, move_paths, note_stamps, verify
from kb.clock import now
from kb.config import Settings
from kb.disk import change_stamp, stored_name
from kb.errors import CatalogError, ReadError

FORMAT = 1
CATALOG = "catalog.sqlite"
MANIFEST = "manifest.json"
_MEMBER = re.compile(
    r"catalog\.sqlite|kb\.toml|staff\.json|uploads/.+|cache/ocr/[0-9a-f]{2}/[0-9a-f]{64}\.json\.gz"
)
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    made: str
    home: str
    """Where the base was."""
    schema: int
    documents: int
    uploads: int
    elsewhere: int
    """Files that were read where they lay: they are not in it."""
    bytes: int = 0
    """Size of the file; 0 while it is being written."""


def backup(settings: Settings, to: Path) -> Backup:
    """Write the base to the file ``to``, readable by its owner alone; others may go on.

    Raises ``CatalogError`` where there is no base or it is damaged, ``ReadError`` where the
    file cannot be written.
    """
    _refuse_server(settings)
    if not settings.catalog_path.is_file():
        raise CatalogError(f"There is no knowledge base at {settings.home}; name it with --home.")
    partial = to.with_name(f"{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=".kb-backup-") as aside:
            catalog = Path(aside) / CATALOG
            # The catalog first: a file it names is there when files are taken after it.
            schema, _, documents = copy_out(settings.catalog_path, catalog)
            uploads = list(_below(settings.uploads_path))
            made = Backup(
                made=now(),
                home=str(settings.home),
                schema=schema,
                documents=documents,
                uploads=len(uploads),
                elsewhere=_elsewhere(catalog, settings.uploads_path),
            )
            partial.unlink(missing_ok=True)
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                _write(stream, made, [(catalog, CATALOG), *_members(settings, uploads)])
                stream.flush()
                os.fsync(stream.fileno())
        partial.replace(to)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise ReadError(
            f"The backup {to} cannot be written ({error.strerror or error}); "
            "name another file or make room."
        ) from None
    return Backup(**{**asdict(made), "bytes": to.stat().st_size})


def _members(settings: Settings, uploads: list[Path]) -> Iterator[tuple[Path, str]]:
    for name in ("kb.toml", "staff.json"):
        if (settings.home / name).is_file():
            yield settings.home / name, name
    for path in uploads:
        yield path, f"uploads/{path.relative_to(settings.uploads_path).as_posix()}"
    for path in _below(settings.cache_path / "ocr"):
        name = path.relative_to(settings.home).as_posix()
        if _MEMBER.fullmatch(name):
            yield path, name


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".part":
            yield path


def _write(stream: object, made: Backup, members: list[tuple[Path, str]]) -> None:
    sums: dict[str, str] = {}
    times: dict[str, int] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload]
        for path, name in members:
            digest = hashlib.sha256()
            with contextlib.suppress(FileNotFoundError):  # an entry of the cache may go
                with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                    while piece := source.read(_PIECE):
                        digest.update(piece)
                        target.write(piece)
                    times[name] = os.fstat(source.fileno()).st_mtime_ns
                sums[name] = digest.hexdigest()
        told = {"format": FORMAT, **asdict(made), "sha256": sums, "mtime_ns": times}
        archive.writestr(MANIFEST, json.dumps(told))


def _elsewhere(catalog: Path, uploads: Path) -> int:
    import sqlite3

    own = f"{uploads}{os.sep}"
    with contextlib.closing(sqlite3.connect(catalog)) as connection:
        query = "SELECT count(*) FROM files WHERE status = 'done' AND substr(path, 1, ?) != ?"
        return int(connection.execute(query, (len(own), own)).fetchone()[0])


def restore(settings: Settings, file: Path, *, replace: bool = False) -> Backup:
    """Make the home what the backup ``file`` holds, then build its index with ``rebuild``.

    Everything is looked through before anything is changed. ``replace`` is needed where
    there is a base already. Raises ``ReadError`` for a file that is no whole backup,
    ``CatalogError`` where there is a base and ``replace`` was not said, ``Busy``.
    """
    _refuse_server(settings)
    if settings.catalog_path.exists() and not replace:
        raise CatalogError(
            f"There is a knowledge base at {settings.home} already; name an empty folder with "
            "--home, or say --replace to give it up for the backup."
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    from kb import search

    with tempfile.TemporaryDirectory(dir=settings.home, prefix=".kb-restore-") as aside:
        found, sums = _unpack(file, Path(aside))
        catalog = Path(aside) / CATALOG
        verify(catalog)
        old = str(Path(found.home) / "uploads") + _separator(found.home)
        move_paths(catalog, old, f"{settings.uploads_path}{os.sep}")
        with writer_lock(settings, "restore"):
            search.forget(settings)
            stamps: dict[str, tuple[str, int]] = {}
            for path in _below(Path(aside)):
                name = path.relative_to(aside)
                if name.as_posix() != CATALOG:
                    target = settings.home / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(target)
                    stamps[stored_name(target)] = (
                        sums[name.as_posix()],
                        change_stamp(target.stat()),
                    )
            # A file that was put down anew has another stamp, and is not read again for that.
            note_stamps(catalog, stamps)
            copy_in(catalog, settings.catalog_path)
    return found


def _refuse_server(settings: Settings) -> None:
    if settings.catalog:
        raise CatalogError(
            "This base's catalog is in PostgreSQL: back it up and restore it with pg_dump and "
            "pg_restore, and its home by copying the folder (docs/postgresql.md)."
        )


def _separator(home: str) -> str:
    return "\\" if "\\" in home and "/" not in home else "/"


def _unpack(file: Path, to: Path) -> tuple[Backup, dict[str, str]]:
    """The members of a backup below ``to``, each as its checksum says; the checksums by name."""
    damaged = ReadError(f"{file} is not a whole backup of 'kb backup'; take another.")
    try:
        with zipfile.ZipFile(file) as archive:
            told = json.loads(archive.read(MANIFEST))
            sums = {str(name): str(value) for name, value in told.pop("sha256").items()}
            times = {str(name): int(value) for name, value in told.pop("mtime_ns").items()}
            if told.pop("format") > FORMAT:
                raise ReadError(f"{file} is of a newer version of the program; update it first.")
            if CATALOG not in sums:
                raise damaged
            for name, expected in sums.items():
                parts = PurePosixPath(name).parts
                if not _MEMBER.fullmatch(name) or ".." in parts or "\\" in name or ":" in name:
                    raise damaged
                target = to.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with archive.open(name) as source, os.fdopen(handle, "wb") as out:
                    while piece := source.read(_PIECE):
                        digest.update(piece)
                        out.write(piece)
                if digest.hexdigest() != expected:
                    raise damaged
                os.utime(target, ns=(times[name], times[name]))
            return Backup(**told), sums
    except FileNotFoundError:
        raise ReadError(f"There is no file {file}; name a backup made by 'kb backup'.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, EOFError):
        raise damaged from None
    except OSError as error:
        raise ReadError(
            f"The backup {file} cannot be unpacked ({error.strerror or error}); "
            "check the disk and the file's permissions."
        ) from None
