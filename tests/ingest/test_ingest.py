"""What an ingest adds, updates, leaves alone and lists, with small stand-in stages."""

from __future__ import annotations

import os
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ingest_fakes import ACCESS, NEWER, STAGES, article, indexed, open_file_engine, write_files
from sqlalchemy import select

from kb.catalog import Catalog, writer_lock
from kb.catalog.schema import documents, files, history, pages, runs, statements
from kb.config import Settings
from kb.errors import Busy, ReadError
from kb.ingest import IngestReport, Progress, check, ingest, rebuild
from kb.ingest import runner as runner_module

pytestmark = pytest.mark.slow

run = partial(ingest, stages=STAGES, access=ACCESS, workers=1)
look = partial(check, stages=STAGES, access=ACCESS)


@pytest.fixture
def settings(tmp_path: Path, catalog_address: str) -> Settings:
    return Settings(home=tmp_path / "home", catalog=catalog_address)


def rows(settings: Settings, *columns: object) -> list[tuple[object, ...]]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        query = select(*columns).order_by(*columns[0].table.primary_key)  # type: ignore[call-overload,attr-defined]
        return [tuple(row) for row in connection.execute(query)]


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def test_files_come_in_and_stay_as_they_are(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n, pages=1 + n % 3) for n in range(7)})
    seen: list[Progress] = []
    report = run(settings, [tmp_path / "in"], progress=seen.append, workers=2)
    assert counts(report) == (7, 0, 0, 0)
    assert (report.documents, report.passages, report.pages) == (7, 13, 13)
    assert len(indexed(settings)) == 13
    assert seen[-1].done == seen[-1].total == 7
    assert {step.stage for step in seen} >= {"reading", "finishing"}
    assert look(settings) == []
    again = run(settings, [tmp_path / "in"])
    assert counts(again) == (0, 0, 7, 0)
    assert (again.documents, again.passages, again.pages) == (7, 13, 0)


def test_nothing_is_read_again_without_need(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(3)})
    run(settings, [tmp_path / "in"])

    def no_pool(*arguments: object, **more: object) -> None:
        raise AssertionError("no worker is needed")

    monkeypatch.setattr("kb.ingest.intake.Pool", no_pool)
    assert counts(run(settings, [tmp_path / "in"])) == (0, 0, 3, 0)
    now = time.time()
    os.utime(tmp_path / "in" / "a1.txt", (now, now))  # touched, not changed
    assert counts(run(settings, [tmp_path / "in"])) == (0, 0, 3, 0)


@pytest.mark.slow
def test_changed_content_is_an_update_with_history(settings: Settings, tmp_path: Path) -> None:
    address = "address:https://portal.example/berita/1\n"
    write_files(tmp_path / "in", {"a.txt": address + article(1), "b.txt": article(2)})
    run(settings, [tmp_path / "in"])
    before = rows(settings, documents.c.id, documents.c.key)
    write_files(tmp_path / "in", {"a.txt": address + article(3)})
    report = run(settings, [tmp_path / "in"])
    assert counts(report) == (0, 1, 1, 0)
    assert rows(settings, documents.c.id, documents.c.key) == before
    [(version, content)] = rows(settings, history.c.version, history.c.content)
    assert version == 1
    assert "kata1x5" in content["pages"][0]["text"]  # type: ignore[index]
    assert any("kata3x5" in str(row[2]) for row in indexed(settings).values())
    assert not any("kata1x5" in str(row[2]) for row in indexed(settings).values())
    assert look(settings) == []


@pytest.mark.slow
def test_same_address_in_two_files_keeps_the_later_whatever_the_order(
    settings: Settings, tmp_path: Path
) -> None:
    address = "address:https://portal.example/berita/1\n"
    old, new = write_files(
        tmp_path / "in", {"z_old.txt": address + article(1), "a_new.txt": address + article(3)}
    )
    stamp = old.stat().st_mtime - 1000
    os.utime(old, (stamp, stamp))
    for order in ([old, new], [new, old]):
        home = Settings(home=tmp_path / f"home-{order[0].stem}")
        for path in order:
            run(home, [path])
        [(title, path)] = rows(home, documents.c.title, documents.c.path)
        assert title == "Berita 3 tahun 2022"
        assert path == str(new)
        assert [row[0] for row in rows(home, history.c.title)] == ["Berita 1 tahun 2020"]
        again = run(home, [tmp_path / "in"])
        assert (again.added, again.updated, again.documents) == (0, 0, 1)


def test_same_content_twice_is_one_document_and_moves_with_its_file(
    settings: Settings, tmp_path: Path
) -> None:
    one, two = write_files(tmp_path / "in", {"a.txt": article(1), "copy/a.txt": article(1)})
    report = run(settings, [tmp_path / "in"])
    assert counts(report) == (1, 0, 1, 0)
    states = dict(rows(settings, files.c.path, files.c.status))
    assert sorted(states.values()) == ["done", "same"]
    first = next(path for path, status in states.items() if status == "done")
    Path(str(first)).unlink()
    assert counts(run(settings, [tmp_path / "in"])) == (0, 0, 1, 0)
    [(path, key)] = rows(settings, documents.c.path, documents.c.key)
    left = two if str(one) == first else one
    assert path == key == str(left)
    assert look(settings) == []


@pytest.mark.slow
def test_failed_files_are_listed_with_their_reason_and_not_tried_again(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(
        tmp_path / "in",
        {
            "crash.txt": "!crash",
            "error.txt": "!error",
            "hang.txt": "!hang",
            "locked.txt": "!password\nisi",
            "ok.txt": article(1),
            "refuse.txt": "!refuse",
        },
    )
    settings = replace(settings, read_seconds=1.0)
    report = run(settings, [tmp_path / "in"])
    reasons = {Path(failure.path).stem: failure.reason for failure in report.failed}
    assert report.added == 1
    assert reasons["crash"].startswith("damaged: the reading process ended")
    assert reasons["error"] == "damaged: RuntimeError: inner trouble"
    assert reasons["hang"].startswith("too slow: ")
    assert reasons["locked"].startswith("password needed: ")
    assert reasons["refuse"].startswith("not a PDF: ")

    again = run(settings, [tmp_path / "in"])
    assert again.failed == report.failed
    assert counts(again) == (0, 0, 1, 5)
    assert again.slowest is None, "nothing was read"

    write_files(tmp_path / "in", {"refuse.txt": article(9)})
    with_password = run(settings, [tmp_path / "in"], passwords=["rahasia"])
    assert counts(with_password) == (2, 0, 1, 3)
    assert counts(run(settings, [tmp_path / "in" / "error.txt"], force=True)) == (0, 0, 0, 1)


@pytest.mark.slow
def test_a_file_with_pages_that_time_left_out_is_tried_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": f"!late {article(2)}"})
    assert counts(run(settings, [tmp_path / "in"])) == (2, 0, 0, 0)
    assert look(settings) == []
    assert counts(run(settings, [tmp_path / "in"])) == (0, 1, 1, 0), "still late"
    assert rows(settings, history.c.version) == []
    real = runner_module.steps.read_options
    monkeypatch.setattr(
        runner_module.steps, "read_options",
        lambda *given: replace(real(*given), ocr_seconds=500.0),
    )  # fmt: skip
    assert counts(run(settings, [tmp_path / "in"])) == (0, 1, 1, 0), "now read to its end"
    assert counts(run(settings, [tmp_path / "in"])) == (0, 0, 2, 0)


@pytest.mark.slow
def test_newer_stages_read_again_but_keep_no_history(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": "!refuse"})
    run(settings, [tmp_path / "in"])
    ids = rows(settings, pages.c.id)
    said = rows(settings, statements.c.id)
    assert said
    assert [problem.kind for problem in look(settings, stages=NEWER)] == ["tags-old"]
    report = run(settings, [tmp_path / "in"], stages=NEWER)
    assert counts(report) == (0, 1, 0, 1)
    assert rows(settings, history.c.version) == []
    assert rows(settings, pages.c.id) == ids
    assert rows(settings, statements.c.id) == said, "the address of a statement stays"
    assert counts(run(settings, [tmp_path / "in"], stages=NEWER)) == (0, 0, 1, 1)


@pytest.mark.slow
def test_rows_of_a_table_come_and_go(settings: Settings, tmp_path: Path) -> None:
    def table(*numbers: int) -> str:
        return "\n".join(
            f'{{"id": {n}, "title": "Judul {n} 2024", "text": "isi nomor {n} yang pendek"}}'
            for n in numbers
        )

    write_files(tmp_path / "in", {"t.jsonl": table(1, 2, 3)})
    assert counts(run(settings, [tmp_path / "in"])) == (3, 0, 0, 0)
    write_files(tmp_path / "in", {"t.jsonl": table(1, 3, 4, 5)})
    report = run(settings, [tmp_path / "in"])
    assert (report.added, report.removed, report.documents) == (2, 1, 4)
    assert len(indexed(settings)) == 4
    assert look(settings) == []


@pytest.mark.slow
def test_stop_ends_whole_and_the_next_run_goes_on(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(30)})
    stop = threading.Event()

    def tell(step: Progress) -> None:
        if step.documents >= 5:
            stop.set()

    report = run(settings, [tmp_path / "in"], progress=tell, stop=stop)
    assert report.interrupted
    assert 5 <= report.documents < 30
    assert [row[0] for row in rows(settings, runs.c.status)] == ["interrupted"]
    assert [problem.kind for problem in look(settings)] == ["run-unfinished"]
    assert len(indexed(settings)) == report.passages
    after = run(settings, [tmp_path / "in"])
    assert after.documents == 30
    assert after.unchanged >= 5
    assert look(settings) == []


def test_a_second_writer_waits_or_is_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1)})
    told = pytest.raises(Busy, match=rf"pid {os.getpid()}, ingest since .* wait for it")
    with writer_lock(settings, "ingest"), told:
        run(settings, [tmp_path / "in"], wait=0.2)
    settings.lock_path.write_text("left behind", encoding="utf-8")
    held, asked = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(settings, "ingest"):
            held.set()
            asked.wait()

    def ask(*given: Any, **named: Any) -> AbstractContextManager[None]:
        asked.set()
        return writer_lock(*given, **named)

    monkeypatch.setattr("kb.ingest.runner.writer_lock", ask)
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    assert run(settings, [tmp_path / "in"], wait=20).added == 1
    holder.join()


def test_a_damaged_or_foreign_index_is_built_anew(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(4)})
    run(settings, [tmp_path / "in"])
    whole = (settings.search_path / "passages.json").read_text(encoding="utf-8")
    for damage in ("{", whole.replace('"stamp": "', '"stamp": "other '), None):
        index = settings.search_path / "passages.json"
        if damage is None:
            index.unlink()
        else:
            index.write_text(damage, encoding="utf-8")
        assert [problem.kind for problem in look(settings)] in (
            ["index-damaged"],
            ["index-stale"],
            ["index-lacks"],
        )
        report = run(settings, [tmp_path / "in"])
        assert counts(report) == (0, 0, 4, 0)
        assert report.notes
        assert len(indexed(settings)) == 4
        assert look(settings) == []


@pytest.mark.slow
def test_passages_missing_or_too_many_in_the_index_are_mended(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(4)})
    run(settings, [tmp_path / "in"])
    with Catalog.open(settings) as catalog:
        engine = open_file_engine(settings, catalog)
        engine.rows.pop(2)
        engine.commit()
        assert [problem.kind for problem in look(settings)] == ["index-lacks"]
        run(settings, [tmp_path / "in"])
        assert set(indexed(settings)) == {1, 2, 3, 4}
        engine = open_file_engine(settings, catalog)
        engine.rows[99] = engine.rows[1]
        engine.commit()
        assert [problem.kind for problem in look(settings)] == ["index-extra"]
    run(settings, [tmp_path / "in"])
    assert set(indexed(settings)) == {1, 2, 3, 4}


def test_rebuild_gives_the_same_index(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n, pages=2) for n in range(4)})
    run(settings, [tmp_path / "in"])
    before = indexed(settings)
    steps: list[Progress] = []
    report = rebuild(settings, steps.append, access=ACCESS)
    assert report.passages == 8
    assert indexed(settings) == before
    assert (steps[-1].done, steps[-1].total) == (8, 8)


def test_a_path_that_does_not_exist_is_said_at_once(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        run(settings, [tmp_path / "nowhere"])


def test_check_names_files_gone_and_changed(settings: Settings, tmp_path: Path) -> None:
    one, two = write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": article(2)})
    run(settings, [tmp_path / "in"])
    one.unlink()
    two.write_text("Lain\nisi lain", encoding="utf-8")
    found = {problem.kind: problem.subject for problem in look(settings)}
    assert found == {"file-gone": str(one), "file-changed": str(two)}


def test_the_fast_tagger_has_stages_and_a_stamp_of_its_own() -> None:
    from kb.ingest import messages, stages

    fast, full = stages.real("fast"), stages.real("full")
    assert messages.stages(messages.names(fast)) == fast != full
    assert fast.stamp() != full.stamp()
