"""Nothing goes missing in silence: what ends how, and what is tried again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from ingest_fakes import ACCESS, STAGES, article, prepare_with_real_rooms, write_files
from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.faults import failed_files
from kb.catalog.schema import documents, files
from kb.config import Settings
from kb.disk import named_file, stored_name
from kb.errors import CatalogError
from kb.ingest import IngestReport, check, ingest
from kb.ingest.report import counted, missed
from kb.ingest.stages import read as real_read

pytestmark = pytest.mark.slow

REAL_READER = replace(STAGES, read=real_read, prepare=prepare_with_real_rooms)
run = partial(ingest, stages=STAGES, access=ACCESS, workers=1)
read_really = partial(ingest, stages=REAL_READER, access=ACCESS, workers=1)


@pytest.fixture
def settings(tmp_path: Path, catalog_address: str) -> Settings:
    return Settings(home=tmp_path / "home", catalog=catalog_address)


def reasons(report: IngestReport) -> dict[str, str]:
    return {failure.path.rpartition("/")[2]: failure.reason for failure in report.failed}


def test_every_file_ends_somewhere(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_files(folder, {"a.txt": article(1), "b.txt": "!refuse"})
    (folder / "film.mp4").write_bytes(bytes(range(256)))
    (folder / "lain.mp4").write_bytes(bytes(range(256)))
    (folder / "gaya.css").write_text("a{}")
    report = run(settings, [folder])
    assert (report.added, list(reasons(report))) == (1, ["b.txt"])
    assert counted(report.skipped) == {"unsupported .mp4": 2, "apart .css": 1}
    assert missed(report) == 3
    again = run(settings, [folder])
    assert (again.unchanged, len(again.skipped), missed(again)) == (1, 3, 3)


def test_files_in_an_archive_fail_one_by_one_and_stay_named(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "in" / "paket.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", article(1))
        archive.writestr("sub/b.txt", article(2))
        archive.writestr("sub/rusak.pdf", b"%PDF-1.4 rusak")
    for turn in range(2):
        report = read_really(settings, [path.parent])
        assert (report.added, report.unchanged) == ((2, 0) if turn == 0 else (0, 2))
        ((name, reason),) = reasons(report).items()
        assert name == "rusak.pdf"
        assert reason.startswith(("damaged", "empty"))
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        ((told, _),) = failed_files(connection, 10)
        parts = set(connection.execute(select(documents.c.part)).scalars())
    assert told == f"{path} » sub/rusak.pdf"
    assert parts == {"a.txt", "sub/b.txt"}


def test_a_file_whose_reader_was_ended_is_read_again(settings: Settings, tmp_path: Path) -> None:
    # The first process that meets this file ends; later ones read it.
    mark = tmp_path / "mark"
    write_files(tmp_path / "in", {"a.txt": f"!once {mark}\n" + article(1), "b.txt": article(2)})
    report = run(settings, [tmp_path / "in"], workers=2)
    assert (report.added, report.failed) == (2, ())


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_killed_twice_is_told_apart_and_tried_by_the_next_run(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(
        tmp_path / "in",
        {"a.txt": f"!kill {tmp_path / 'ok'}", "b.txt": "!crash", "c.txt": article(1)},
    )
    told = reasons(run(settings, [tmp_path / "in"]))
    assert told["a.txt"].startswith("killed:")
    assert told["b.txt"].startswith("damaged:")
    assert "twice" in told["b.txt"]
    (tmp_path / "in" / "b.txt").write_text(article(3))
    write_files(tmp_path, {"ok": ""})
    assert run(settings, [tmp_path / "in"]).failed == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_names_that_are_no_utf8(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"lapor\xe9n.txt")
    (folder / name).write_text(article(1))
    write_files(folder, {"b.txt": article(2)})
    report = read_really(settings, [folder])
    assert (report.added, report.failed) == (2, ())
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        paths = sorted(connection.execute(select(documents.c.path)).scalars())
    assert paths[1].endswith(r"lapor\xe9n.txt")
    assert named_file(paths[1]) == folder / name
    assert stored_name(folder / name) == paths[1]
    assert read_really(settings, [folder]).unchanged == 2
    assert not [p for p in check(settings, stages=REAL_READER, access=ACCESS) if "file" in p.kind]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no time of the inode")
def test_new_content_under_the_same_size_and_time(settings: Settings, tmp_path: Path) -> None:
    (path,) = write_files(tmp_path / "in", {"a.txt": article(1)})
    past = time.time() - 100_000
    os.utime(path, (past, past))
    run(settings, [path])
    path.write_text(article(1).replace("kata1x5", "kata9x5"), encoding="utf-8")
    os.utime(path, (past, past))
    assert run(settings, [path]).updated == 1


def test_links_out_of_the_folder_stay_out(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path, {"luar.txt": article(1), "in/a.txt": article(2)})
    (tmp_path / "in" / "keluar.txt").symlink_to("../luar.txt")
    report = run(settings, [tmp_path / "in"])
    assert (report.documents, [one.kind for one in report.skipped]) == (1, ["link"])


@pytest.mark.parametrize("name", ["apa?ya", "a#b", "a%20b", "ruang kerja & lain"])
def test_any_name_of_a_home(tmp_path: Path, name: str) -> None:
    settings = Settings(home=tmp_path / name)
    write_files(tmp_path / "in", {"a.txt": article(1)})
    run(settings, [tmp_path / "in"])
    assert settings.catalog_path.is_file()
    assert {path.name for path in tmp_path.iterdir()} == {name, "in"}
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert len(connection.execute(select(files.c.id)).all()) == 1


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_home_that_may_only_be_read(
    settings: Settings, tmp_path: Path, nobody: dict[str, object]
) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1)})
    run(settings, [tmp_path / "in"])
    script = (
        "import sys; from pathlib import Path; from kb.config import Settings\n"
        "from kb.catalog import Catalog; from kb.catalog.schema import documents\n"
        "from sqlalchemy import select\n"
        "with Catalog.open(Settings(Path(sys.argv[1]), sys.argv[2])) as c, c.read() as k:\n"
        "    print(len(k.execute(select(documents.c.id)).all()))\n"
    )
    home = settings.home
    for folder in [home, *home.parents]:
        # pytest's folders are closed to others; a parallel run has one more of them.
        if nobody and folder.stat().st_uid == 0 and "pytest-" in str(folder):
            folder.chmod(0o755)
    for item in home.rglob("*"):
        item.chmod(0o555 if item.is_dir() else 0o444)
    home.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(home), settings.catalog],
            capture_output=True, text=True, check=False, env=dict(os.environ), **nobody,  # type: ignore[call-overload]
        )  # fmt: skip
    finally:
        home.chmod(0o755)
    assert done.stdout == "1\n", done.stderr


def test_a_full_disk_is_one_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from kb.ingest import intake

    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    write_files(tmp_path / "in", {"a.txt": article(1)})
    monkeypatch.setattr(intake, "write_document", full)
    with pytest.raises(CatalogError, match="no room left on the disk"):
        run(settings, [tmp_path / "in"])
