"""Files over several workers: the base an ingest makes, whatever is killed meanwhile."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import real_servers
from ingest_fakes import ACCESS, STAGES, article, indexed, write_files
from queue_fakes import end_all, hand, through, worker
from sqlalchemy import select

from kb.catalog import Catalog, reads, writer_lock
from kb.catalog.counts import recount
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
from kb.config import Settings
from kb.ingest import check, ingest
from kb.queue.status import status

KILLS = 6
pytestmark = [pytest.mark.server, pytest.mark.timeout(1800)]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
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
            left_out = {"id", "added", "updated", "run_id", "file_id", "seconds", "replaced"}
            columns = [c for c in table.c if c.name not in left_out | {"document_id", "group_id"}]
            linked = table.c.document_id if "document_id" in table.c else None
            query = select(*columns, *(() if linked is None else (linked,)))
            rows = [tuple(row) for row in connection.execute(query)]
            if linked is not None:
                rows = [(*row[:-1], keys[row[-1]]) for row in rows]
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
    corpus(tmp_path / "in", 40)
    made = hand(settings, [tmp_path / "in"])
    assert (made.files, made.waiting, made.copied) == (45, 0, 0)
    assert hand(settings, [tmp_path / "in"]).waiting == 45
    both = [worker(settings, tmp_path, keeps=keeps) for keeps in (True, False)]
    read = [through(one) for one in both]
    assert sum(map(len, read)) == 45
    assert all(read), "each had some"
    with real_servers.catalog_address("postgres") as address:
        alone = Settings(home=tmp_path / "alone", catalog=address)
        ingest(alone, [tmp_path / "in"], stages=STAGES, access=ACCESS, workers=1)
        assert content(settings) == content(alone)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert set(indexed(settings)) == reads.passage_ids(connection)
        assert set(connection.execute(select(runs.c.status)).scalars()) == {"done"}
    found = status(settings)
    assert found is not None
    assert (found.waiting, found.done, found.failed_files) == (0, 44, 1)
    assert [row.path for row in found.failed] == [str(tmp_path / "in" / "rusak.txt")]
    assert found.failed[0].reason is not None
    assert found.failed[0].reason.startswith("damaged: RuntimeError: inner trouble")
    assert check(settings, stages=STAGES, access=ACCESS) == []
    again = hand(settings, [tmp_path / "in"])
    assert (again.files, again.unchanged) == (0, 64)


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
    write_files(tmp_path / "in", {"b.txt": "!hang"})
    hand(settings, [tmp_path / "in"])
    one = worker(settings, tmp_path)
    _until(lambda: bool((found := status(settings)) and found.in_hand))
    one.send_signal(signal.SIGTERM)
    assert one.wait(timeout=120) == 0
    found = status(settings)
    assert found is not None
    assert (found.waiting, found.in_hand, found.again) == (1, (), ())


def test_a_file_that_kills_its_reader_each_time_fails_with_a_reason(
    settings: Settings, tmp_path: Path
) -> None:
    texts = {"a.txt": "!crash", "b.txt": "!kill /tidak/ada", "c.txt": article(1)}
    write_files(tmp_path / "in", texts)
    hand(settings, [tmp_path / "in"])
    through(worker(settings, tmp_path))
    found = status(settings)
    assert found is not None
    reasons = {Path(row.path).name: str(row.reason) for row in found.failed}
    assert reasons["a.txt"].startswith("damaged: the reading process ended while reading it")
    assert reasons["b.txt"].startswith("killed: the system ended the reading process twice")
    assert (found.done, found.waiting) == (1, 0)


def test_a_file_whose_workers_end_each_time_is_given_up(settings: Settings, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": "!hang", "b.txt": article(1)})
    hand(settings, [tmp_path / "in"])
    for _ in range(4):
        one = worker(settings, tmp_path)
        _until(lambda: _begun(settings, "a.txt"))
        one.kill()
        one.communicate()
        _let_stall(settings)
    through(worker(settings, tmp_path))
    found = status(settings)
    assert found is not None
    assert [str(row.reason).partition(":")[0] for row in found.failed] == ["killed"]
    assert "4 workers ended while they had it in hand" in str(found.failed[0].reason)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        rows = dict(connection.execute(select(files.c.path, files.c.status)).tuples().all())
    assert {Path(path).name: state for path, state in rows.items()} == {
        "a.txt": "failed",
        "b.txt": "done",
    }


_seen: dict[str, int] = {}


def _begun(settings: Settings, name: str) -> bool:
    """Another worker has the file in hand since the last time this was asked."""
    found = status(settings)
    row = next((r for r in found.in_hand if Path(r.path).name == name), None) if found else None
    if row is None or row.begun <= _seen.get(settings.catalog, 0):
        return False
    _seen[settings.catalog] = row.begun
    return True


def _let_stall(settings: Settings) -> None:
    """The dead worker's last sign of life is long ago."""
    with psycopg.connect(settings.catalog.replace("+psycopg", ""), autocommit=True) as raw:
        raw.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def test_copies_reach_a_worker_that_does_not_see_the_files(
    settings: Settings, tmp_path: Path
) -> None:
    corpus(tmp_path / "in", 6)
    place = f"file://{tmp_path / 'asal'}"
    there = Settings(home=settings.home, catalog=settings.catalog, originals=place)
    with real_servers.catalog_address("postgres") as address:
        alone = Settings(home=tmp_path / "alone", catalog=address)
        ingest(alone, [tmp_path / "in"], stages=STAGES, access=ACCESS, workers=1)
        expected = content(alone)
    made = hand(there, [tmp_path / "in"])
    assert made.copied == made.files == 11
    (tmp_path / "in").rename(tmp_path / "di mesin lain")
    through(worker(there, tmp_path, home=tmp_path / "home-2"))
    assert content(there) == expected


def test_a_file_that_cannot_be_reached_is_tried_again_with_the_reason(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": article(2)})
    hand(settings, [tmp_path / "in"])
    (tmp_path / "in" / "a.txt").rename(tmp_path / "a.txt")
    one = worker(settings, tmp_path)
    _until(lambda: bool((found := status(settings)) and found.again))
    found = status(settings)
    assert found is not None
    assert "cannot be reached from" in str(found.again[0].reason)
    (tmp_path / "a.txt").rename(tmp_path / "in" / "a.txt")
    through(one)
    assert must_be_whole(settings) == 2


def test_who_wants_the_base_alone_waits_for_a_document_not_for_the_queue(
    settings: Settings, tmp_path: Path
) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": "!slow " + article(n) for n in range(60)})
    hand(settings, [tmp_path / "in"])
    one = worker(settings, tmp_path)
    assert one.stdout is not None
    one.stdout.readline()
    with writer_lock(settings, "correction", wait=10):
        before = must_be_whole(settings)
        time.sleep(1.0)
        assert must_be_whole(settings) == before, "nobody else writes meanwhile"
        assert one.poll() is None
    through(one)
    assert before < 60
    assert must_be_whole(settings) == 60


def test_a_worker_taken_for_dead_stores_nothing_more(settings: Settings, tmp_path: Path) -> None:
    """It was only slow to answer: what it has in hand is another's now."""
    write_files(tmp_path / "in", {"a.jsonl": '{"title": "x", "text": "Budi Santoso", "id": 1}'})
    hand(settings, [tmp_path / "in"])
    one = worker(settings, tmp_path)
    _until(lambda: bool((found := status(settings)) and (found.in_hand or found.done)))
    if one.poll() is None:
        psutil.Process(one.pid).suspend()
        _let_stall(settings)
        through(worker(settings, tmp_path))
        psutil.Process(one.pid).resume()
    with contextlib.suppress(subprocess.TimeoutExpired):
        one.communicate(timeout=120)
    one.kill()
    assert must_be_whole(settings) == 1


def _until(true: Any, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)
