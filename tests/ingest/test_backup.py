"""A base as one file, taken while it is written to, and back in another place."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import threading
import zipfile
from functools import partial
from pathlib import Path

import pytest
from ingest_fakes import ACCESS, STAGES, article, indexed, write_files
from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.schema import documents, files
from kb.config import Settings
from kb.disk import content_hash
from kb.errors import CatalogError, KBError, ReadError
from kb.ingest import check, ingest, rebuild, sifting
from kb.ingest.backup import backup, restore

run = partial(ingest, stages=STAGES, access=ACCESS, workers=1)
look = partial(check, stages=STAGES, access=ACCESS)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two uploads, one file read where it lies, settings and a page read by OCR: only read it."""
    folder = tmp_path_factory.mktemp("basis")
    settings = Settings(home=folder / "home")
    texts = {"laporan.txt": article(1), "kantor/laporan.txt": article(2)}
    uploads = write_files(settings.uploads_path, texts)
    run(settings, [*uploads, *write_files(folder / "map", {"luar.txt": article(3)})])
    (settings.home / "kb.toml").write_text('admin_hash = "x"\n', encoding="utf-8")
    (settings.home / "staff.json").write_text("[]", encoding="utf-8")
    entry = settings.cache_path / "ocr" / "ab" / f"{'ab' * 32}.json.gz"
    entry.parent.mkdir(parents=True)
    entry.write_bytes(b"words")
    return settings


@pytest.fixture(scope="module")
def saved(filled: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("simpanan") / "basis.zip"
    backup(filled, file)
    return file


@pytest.fixture
def own(saved: Path, tmp_path: Path) -> Settings:
    """A copy of the base to write to."""
    settings = Settings(home=tmp_path / "sendiri")
    restore(settings, saved)
    return settings


def titles(settings: Settings) -> list[str]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return sorted(connection.execute(select(documents.c.title)).scalars())


def test_the_base_comes_back_elsewhere_and_goes_on(filled: Settings, tmp_path: Path) -> None:
    file = tmp_path / "simpanan" / "basis.zip"
    made = backup(filled, file)
    assert (made.documents, made.uploads, made.elsewhere) == (3, 2, 1)
    assert made.bytes == file.stat().st_size
    other = Settings(home=tmp_path / "lain")
    assert restore(other, file).documents == 3
    assert titles(other) == titles(filled)
    rebuild(other, access=ACCESS)
    assert len(indexed(other)) == len(indexed(filled))
    assert look(other) == []
    assert (other.home / "kb.toml").read_text(encoding="utf-8") == 'admin_hash = "x"\n'
    assert (other.home / "staff.json").read_text(encoding="utf-8") == "[]", "accounts come back"
    assert (other.cache_path / "ocr" / "ab" / f"{'ab' * 32}.json.gz").read_bytes() == b"words"
    with Catalog.open(other) as catalog, catalog.read() as connection:
        kept = [Path(path) for path in connection.execute(select(files.c.path)).scalars()]
    uploads = [path for path in kept if path.is_relative_to(other.uploads_path)]
    assert len(uploads) == 2
    assert all(path.is_file() for path in uploads), "uploads are where the catalog says"
    again = run(other, [other.uploads_path])
    assert (again.added, again.updated, again.documents) == (0, 0, 3)


@pytest.mark.slow
def test_a_restored_base_reads_nothing_again_and_sees_what_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "YOUNG_NS", 0)  # files that have lain there for a while
    first = Settings(home=tmp_path / "dulu")
    texts = {"a.txt": article(1), "b.txt": article(2), "c.txt": article(3)}
    uploads = write_files(first.uploads_path, texts)
    run(first, uploads)
    # Changed after it was read, before the backup: it must not pass for read.
    uploads[2].write_text(article(4), encoding="utf-8")
    backup(first, tmp_path / "basis.zip")
    other = Settings(home=tmp_path / "lain")
    restore(other, tmp_path / "basis.zip")
    changed = [problem.message for problem in look(other) if problem.kind == "file-changed"]
    assert len(changed) == 1
    assert "c.txt" in changed[0]
    looked_at: list[str] = []

    def hashed(path: Path) -> str:
        looked_at.append(path.name)
        return content_hash(path)

    monkeypatch.setattr(sifting, "content_hash", hashed)
    again = run(other, [other.uploads_path])
    assert (again.updated, again.unchanged, looked_at) == (1, 2, ["c.txt"])
    assert look(other) == []
    here = other.uploads_path / "a.txt"
    before = here.stat()
    here.write_text(article(1).replace("a", "e"), encoding="utf-8")
    os.utime(here, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert here.stat().st_size == before.st_size
    if os.name == "posix":
        assert [problem.kind for problem in look(other)] == ["file-changed"]
        assert run(other, [other.uploads_path]).updated == 1


def test_a_file_that_was_only_touched_has_not_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "YOUNG_NS", 0)
    settings = Settings(home=tmp_path / "home")
    (file,) = write_files(tmp_path / "in", {"a.txt": article(1)})
    run(settings, [file])
    file.chmod(0o600)
    os.utime(file, ns=(1, 1))
    assert look(settings) == []
    file.write_text(article(1)[::-1], encoding="utf-8")
    assert [problem.kind for problem in look(settings)] == ["file-changed"]


def test_it_is_readable_by_its_owner_alone(filled: Settings, tmp_path: Path) -> None:
    file = tmp_path / "basis.zip"
    backup(filled, file)
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [
        path.name for path in tmp_path.iterdir() if "part" in path.name or ".kb" in path.name
    ] == []


def test_it_is_of_one_moment_while_others_write(own: Settings, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        # Rows that always agree: a backup between two of them would tell.
        with Catalog.open(own, write=True) as catalog:
            number = 0
            while not stop.is_set():
                number += 1
                with catalog.write() as connection:
                    connection.execute(documents.update().values(number=str(number)))

    writer = threading.Thread(target=write)
    writer.start()
    made = [tmp_path / f"{n}.zip" for n in range(3)]
    try:
        for file in made:
            backup(own, file)
    finally:
        stop.set()
        writer.join()
    for file in made:
        with zipfile.ZipFile(file) as archive:
            archive.extract("catalog.sqlite", tmp_path)
        raw = sqlite3.connect(tmp_path / "catalog.sqlite")
        assert len(raw.execute("SELECT DISTINCT number FROM documents").fetchall()) == 1
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        raw.close()


def test_a_base_is_not_given_up_unasked(own: Settings, saved: Path) -> None:
    with Catalog.open(own, write=True) as catalog, catalog.write() as connection:
        connection.execute(documents.update().values(title="Sesudah"))
    with pytest.raises(CatalogError, match="--replace"):
        restore(own, saved)
    assert set(titles(own)) == {"Sesudah"}
    with Catalog.open(own) as reader:  # one that is open all the while sees it whole
        restore(own, saved, replace=True)
        with reader.read() as connection:
            assert "Sesudah" not in connection.execute(select(documents.c.title)).scalars().all()


def test_a_damaged_catalog_is_put_aside(own: Settings, saved: Path, tmp_path: Path) -> None:
    for name in ("catalog.sqlite-wal", "catalog.sqlite-shm"):
        (own.home / name).unlink(missing_ok=True)
    own.catalog_path.write_bytes(b"no database at all " * 1000)
    with pytest.raises(KBError):
        backup(own, tmp_path / "lagi.zip")
    assert not (tmp_path / "lagi.zip").exists()
    restore(own, saved, replace=True)
    assert len(titles(own)) == 3
    assert (own.home / "catalog.sqlite.damaged").exists()


@pytest.mark.parametrize("fault", ["cut", "changed", "foreign", "outside", "nothing", "empty"])
def test_a_file_that_is_no_whole_backup_changes_nothing(
    own: Settings, saved: Path, tmp_path: Path, fault: str
) -> None:
    file = tmp_path / "rusak.zip"
    if fault == "cut":
        file.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    elif fault == "foreign":
        file.write_bytes(b"a letter")
    elif fault != "nothing":
        with zipfile.ZipFile(saved) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        told = json.loads(members["manifest.json"])
        if fault == "changed":
            members["catalog.sqlite"] = members["catalog.sqlite"][:-1] + b"x"
        elif fault == "outside":
            name = "uploads/../../../keluar"
            members[name] = b"x"
            told["sha256"][name] = hashlib.sha256(b"x").hexdigest()
            told["mtime_ns"][name] = 0
        else:
            del told["sha256"]["catalog.sqlite"]
        members["manifest.json"] = json.dumps(told).encode()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    other = Settings(home=tmp_path / "lain")
    with pytest.raises(ReadError):
        restore(other, file)
    assert list(other.home.iterdir()) == []
    assert not list(tmp_path.rglob("keluar"))
    before = sorted(path.name for path in own.home.rglob("*"))
    with pytest.raises(ReadError):
        restore(own, file, replace=True)
    assert sorted(path.name for path in own.home.rglob("*")) == before


def test_where_it_cannot_be_written_is_one_sentence(filled: Settings, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    with pytest.raises(ReadError, match="cannot be written"):
        backup(filled, tmp_path / "berkas" / "basis.zip")
    with pytest.raises(CatalogError, match="no knowledge base"):
        backup(Settings(home=tmp_path / "kosong"), tmp_path / "x.zip")
