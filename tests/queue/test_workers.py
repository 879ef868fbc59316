"""Files over several workers: the base an ingest makes, whatever is killed meanwhile."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import real_servers
from ingest_fakes import ACCESS, STAGES, article, indexed, write_files
from queue_fakes import end_all, hand, here, hurry, through, worker
from sqlalchemy import select, update

from kb.catalog import Catalog, reads, writer_lock
from kb.catalog.counts import recount
from kb.catalog.reading.typed import Reading
from kb.catalog.schema import (
    documents,
    entities,
    files,
    history,
    mentions,
    offices,
    pages,
    runs,
    statements,
)
from kb.catalog.schema_handed import handed
from kb.config import Settings
from kb.disk import content_hash
from kb.ingest import check, ingest
from kb.queue.jobs import Lost
from kb.queue.status import status
from kb.queue.taking import Done, Hands, Order

NUMBERS = {
    *("id", "document_id", "file_id", "run_id", "group_id", "content"),
    *("added", "updated", "replaced", "seconds", "mtime_ns"),
}
"""Columns that say when and in which order a thing came in (``history.content`` repeats them)."""
KILLS = 4
pytestmark = [pytest.mark.server, pytest.mark.timeout(1800)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    hurry(monkeypatch.setattr)
    with real_servers.catalog_address("postgres") as found:
        yield Settings(home=tmp_path / "home", catalog=found)
        end_all()


def content(settings: Settings) -> dict[str, list[Any]]:
    """All that a base holds, without the numbers that only say in which order it came in."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        keys: dict[int, str] = {
            row.id: row.key for row in connection.execute(select(documents.c.id, documents.c.key))
        }
        found: dict[str, list[Any]] = {}
        for table in (documents, files, entities, history, pages, mentions, offices, statements):
            columns = [c for c in table.c if c.name not in NUMBERS]
            linked = table.c.document_id if "document_id" in table.c else None
            query = select(*columns, *(() if linked is None else (linked,)))
            rows = [tuple(row) for row in connection.execute(query)]
            if linked is not None:
                rows = [(*row[:-1], keys.get(row[-1])) for row in rows]
            found[table.name] = sorted(rows, key=repr)
        return found


def corpus(folder: Path, count: int) -> list[Path]:
    texts = {f"a{n:03}.txt": article(n, pages=1 + n % 3) for n in range(count)}
    texts["kembar/a000.txt"] = texts["a000.txt"]  # the same content under another name
    texts["lama.txt"] = "address: https://x.go.id/satu\nJudul 2020\nBudi Santoso di Serang lama"
    texts["baru.txt"] = "address: https://x.go.id/satu\nJudul 2020\nBudi Santoso di Serang baru"
    texts["banyak.jsonl"] = "\n".join(
        f'{{"title": "Baris {n}", "text": "Siti Rahma di Serang {n}", "id": {n}}}'
        for n in range(20)
    )
    texts["rusak.txt"] = "!error"
    return write_files(folder, texts)


def test_two_workers_make_the_base_that_one_ingest_makes(
    settings: Settings, tmp_path: Path
) -> None:
    corpus(tmp_path / "in", 14)
    made = hand(settings, [tmp_path / "in"])
    assert (made.files, made.waiting, made.copied) == (19, 0, 0)
    assert hand(settings, [tmp_path / "in"]).waiting == 19
    other = worker(settings, tmp_path, keeps=False)
    read = [[done.path for done in here(settings)], through(other)]
    assert sum(map(len, read)) == 19
    with real_servers.catalog_address("postgres") as address:
        alone = Settings(home=tmp_path / "alone", catalog=address)
        ingest(alone, [tmp_path / "in"], stages=STAGES, access=ACCESS, workers=1)
        assert content(settings) == content(alone)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert set(indexed(settings)) == reads.passage_ids(connection)
        assert set(connection.execute(select(runs.c.status)).scalars()) == {"done"}
    found = status(settings)
    assert found is not None
    assert (found.waiting, found.done, found.failed_files) == (0, 18, 1)
    assert [row.path for row in found.failed] == [str(tmp_path / "in" / "rusak.txt")]
    assert found.failed[0].reason is not None
    assert found.failed[0].reason.startswith("damaged: RuntimeError: inner trouble")
    assert check(settings, stages=STAGES, access=ACCESS) == []
    again = hand(settings, [tmp_path / "in"])
    assert (again.files, again.unchanged) == (0, 36)


@pytest.mark.slow
def test_workers_killed_at_any_moment_lose_and_double_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    count, chance = 160, random.Random(5)
    corpus(tmp_path / "in", count)
    hand(settings, [tmp_path / "in"])
    kept = kills = 0
    for _ in range(KILLS):
        one = worker(settings, tmp_path)
        assert one.stdout is not None
        for _ in range(chance.randint(0, 6)):
            one.stdout.readline()
        time.sleep(chance.uniform(0, 0.4))
        children = psutil.Process(one.pid).children(recursive=True) if one.poll() is None else []
        kills += one.poll() is None
        one.kill()
        one.communicate()
        assert not psutil.wait_procs(children, timeout=20)[1], "reading processes outlive it"
        now = must_be_whole(settings)
        assert now >= kept, "a finished document was lost"
        kept = now
    assert kills >= KILLS - 2
    assert 0 < kept < count + 21
    through(worker(settings, tmp_path))
    found = status(settings)
    assert found is not None
    assert (found.waiting, found.failed_files) == (0, 1)
    with real_servers.catalog_address("postgres") as address:
        alone = Settings(home=tmp_path / "alone", catalog=address)
        ingest(alone, [tmp_path / "in"], stages=STAGES, access=ACCESS, workers=1)
        assert content(settings) == content(alone)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert set(indexed(settings)) == reads.passage_ids(connection)


def must_be_whole(settings: Settings) -> int:
    """How many documents are in; each of them entirely."""
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        stored = {
            row.id: row.page_count
            for row in connection.execute(select(documents.c.id, documents.c.page_count))
        }
        found = dict.fromkeys(stored, 0)
        for number in connection.execute(select(pages.c.document_id)).scalars():
            found[number] += 1
        assert found == stored
        assert recount(connection) == 0
        return len(stored)


def test_a_worker_that_is_told_to_end_puts_back_what_it_has(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {"a.txt": "!hang"})
    hand(settings, [tmp_path / "in"])

    def end_it() -> None:
        _until(lambda: bool((found := status(settings)) and found.in_hand))
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=end_it)
    thread.start()
    assert here(settings) == []
    thread.join()
    found = status(settings)
    assert found is not None
    assert (found.waiting, found.in_hand, found.again) == (1, (), ())


def test_a_file_that_kills_its_reader_each_time_fails_with_a_reason(
    settings: Settings, tmp_path: Path
) -> None:
    texts = {"a.txt": "!crash", "b.txt": "!kill /tidak/ada", "c.txt": article(1)}
    write_files(tmp_path / "in", texts)
    hand(settings, [tmp_path / "in"])
    told = here(settings)
    assert sum(done.later for done in told) == 2, "what the system killed is tried three times"
    found = status(settings)
    assert found is not None
    reasons = {Path(row.path).name: str(row.reason) for row in found.failed}
    assert reasons["a.txt"].startswith("damaged: the reading process ended while reading it")
    assert reasons["b.txt"].startswith("killed: the system ended the reading process twice")
    assert (found.done, found.waiting) == (1, 0)


def test_a_file_whose_workers_end_each_time_is_given_up(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": article(2), "b.txt": article(1)})
    hand(settings, [tmp_path / "in"])
    dead = update(handed).where(handed.c.path.like("%a.txt")).values(begun=4, host="mesin-2")
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        connection.execute(dead)
    here(settings)
    found = status(settings)
    assert found is not None
    assert "4 workers ended while they had it in hand, the last on mesin-2" in str(
        found.failed[0].reason
    )
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        rows = connection.execute(select(files.c.path, files.c.status, files.c.reason)).all()
    assert {Path(row.path).name: row.status for row in rows} == {"a.txt": "failed", "b.txt": "done"}
    assert hand(settings, [tmp_path / "in"]).files == 1, "the next ingest tries it again"


def test_copies_reach_a_worker_that_does_not_see_the_files(
    settings: Settings, tmp_path: Path
) -> None:
    corpus(tmp_path / "in", 2)
    with real_servers.catalog_address("postgres") as address:
        alone = Settings(home=tmp_path / "alone", catalog=address)
        ingest(alone, [tmp_path / "in"], stages=STAGES, access=ACCESS, workers=1)
        expected = content(alone)
    there = replace(settings, originals=f"file://{tmp_path / 'asal'}")
    made = hand(there, [tmp_path / "in"])
    assert made.copied == made.files == 7
    (tmp_path / "in").rename(tmp_path / "di mesin lain")
    here(replace(there, home=tmp_path / "home-2"))
    assert content(there) == expected


def test_a_file_that_cannot_be_reached_is_tried_again_with_the_reason(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": article(2)})
    hand(settings, [tmp_path / "in"])
    (tmp_path / "in" / "a.txt").rename(tmp_path / "a.txt")
    seen: list[str] = []

    def back(done: Done) -> None:
        if done.later and (found := status(settings)) and found.again:
            seen.append(str(found.again[0].reason))
            (tmp_path / "a.txt").rename(tmp_path / "in" / "a.txt")

    here(settings, back)
    assert len(seen) == 1
    assert "cannot be reached from" in seen[0]
    assert must_be_whole(settings) == 2


def test_who_wants_the_base_alone_waits_for_a_document_not_for_the_queue(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": "!slow " + article(n) for n in range(30)})
    hand(settings, [tmp_path / "in"])
    first, counted = threading.Event(), []

    def alone() -> None:
        first.wait(240)
        with writer_lock(settings, "correction", wait=60):
            counted.append(must_be_whole(settings))
            time.sleep(1.0)
            counted.append(must_be_whole(settings))

    thread = threading.Thread(target=alone)
    thread.start()
    here(settings, lambda done: first.set())
    thread.join()
    assert counted[0] == counted[1] < 30, "nobody else writes meanwhile"
    assert must_be_whole(settings) == 30


def test_what_was_given_to_another_worker_is_not_stored(settings: Settings, tmp_path: Path) -> None:
    """A worker that was only slow to answer was taken for dead."""
    (path,) = write_files(tmp_path / "in", {"a.txt": article(1)})
    hand(settings, [path])
    asked: list[int] = []

    def still_mine(connection: Reading) -> None:
        asked.append(1)
        if len(asked) > 2:  # it was its own while it began and looked at the file
            raise Lost("taken")

    with Catalog.open(settings, write=True) as catalog:
        hands = Hands(settings, catalog, STAGES, threading.Event(), 1, lambda done: None)
        with pytest.raises(Lost):
            hands.take(Order(str(path), content_hash(path), "auto", False), still_mine)
        hands.close()
    assert must_be_whole(settings) == 0
    found = status(settings)
    assert found is not None
    assert found.waiting == 1


def test_a_file_whose_job_is_gone_gets_another(settings: Settings, tmp_path: Path) -> None:
    (path,) = write_files(tmp_path / "in", {"a.txt": article(1)})
    hand(settings, [path])
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
    here(settings)
    assert must_be_whole(settings) == 1


def _until(true: Any, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)
