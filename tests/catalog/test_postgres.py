"""What only a catalog in PostgreSQL does: advisory locks, sessions, what it refuses."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import real_servers
from sqlalchemy import func, select

from kb.catalog import Catalog, read_owner, reads, writer_lock
from kb.catalog.postgres import address
from kb.catalog.schema import pages
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import Busy, CatalogError, ConfigError

pytestmark = pytest.mark.server


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with real_servers.catalog_address("postgres") as found:
        yield Settings(home=tmp_path / "home", catalog=found)


def test_one_writer_and_the_others_are_told_who(settings: Settings) -> None:
    assert read_owner(settings) is None
    with writer_lock(settings, "ingest"):
        owner = read_owner(settings)
        assert owner is not None
        assert (owner.pid, owner.work) == (os.getpid(), "ingest")
        told = rf"pid {os.getpid()}, ingest since 20.* writing to the knowledge base at postgresql"
        with pytest.raises(Busy, match=told), writer_lock(settings, "index", wait=0.1):
            pass
    with writer_lock(settings, "index", wait=0.1):
        pass
    assert read_owner(settings) is None


def test_two_bases_of_one_database_do_not_wait_for_each_other(settings: Settings) -> None:
    with (
        real_servers.catalog_address("postgres") as found,
        writer_lock(settings, "ingest"),
        writer_lock(replace(settings, catalog=found), "ingest", wait=0),
    ):
        pass


def test_a_session_that_was_ended_holds_nothing(settings: Settings) -> None:
    with ExitStack() as stack:
        stack.enter_context(writer_lock(settings, "ingest"))
        plain = settings.catalog.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name LIKE %s",
                (f"kb ingest {os.getpid()} %",),
            ).fetchall()
        assert ended == [(True,)]
        with writer_lock(settings, "index", wait=5):
            pass


def test_transactions_that_write_follow_one_another(settings: Settings) -> None:
    """Workers on several machines write without the lock of a whole ingest."""
    Catalog.open(settings, write=True).close()
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        with Catalog.open(settings, write=True) as catalog:
            inside.wait(10)
            with catalog.write() as connection:
                order.append(str(reads.get_meta(connection, "x")))

    thread = threading.Thread(target=second)
    thread.start()
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        inside.set()
        time.sleep(0.3)
        set_meta(connection, "x", "first")
        order.append("written")
    thread.join()
    assert order == ["written", "first"]


def test_a_reader_sees_one_state_and_cannot_write(settings: Settings) -> None:
    with (
        Catalog.open(settings, write=True) as writer,
        Catalog.open(settings) as reader,
    ):
        with reader.read() as seen:
            first = reads.revision(seen)
            with writer.write() as connection:
                set_meta(connection, "x", "1")
            assert reads.revision(seen) == first
            assert reads.get_meta(seen, "x") is None
        with reader.read() as seen:
            assert reads.get_meta(seen, "x") == "1"
        with pytest.raises(Exception, match="read-only transaction"), reader.read() as seen:
            seen.execute(pages.delete())


def test_sums_are_numbers_as_in_a_file(settings: Settings) -> None:
    with Catalog.open(settings, write=True) as catalog, catalog.read() as connection:
        row = connection.execute(select(func.sum(func.length("abc")), func.avg(2), func.avg(1.5)))
        assert [type(value) for value in row.one()] == [int, float, float]


def test_a_question_with_nul_finds_nothing(settings: Settings) -> None:
    with Catalog.open(settings, write=True) as catalog, catalog.read() as connection:
        query = select(pages.c.id).where(pages.c.text.contains("kata\x00lain"))
        assert connection.execute(query).all() == []
        assert reads.get_meta(connection, "\x00") is None


def test_a_server_that_is_not_there_is_said_without_the_password(settings: Settings) -> None:
    away = replace(settings, catalog="postgresql://kb:geheim@127.0.0.1:1/kb")
    with pytest.raises(
        CatalogError, match=r"kb:\*\*\*@127.0.0.1:1/kb cannot be .* start Post"
    ) as told:
        Catalog.open(away)
    assert "geheim" not in str(told.value)
    assert "geheim" not in repr(away)


def test_a_database_in_another_order_is_refused(settings: Settings) -> None:
    plain = real_servers.address("postgres", "KB_TEST_POSTGRES")
    name = f"test_{os.getpid()}_order"
    with psycopg.connect(plain.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        )
        try:
            there = address(plain).set(database=name).render_as_string(hide_password=False)
            with pytest.raises(CatalogError, match=r"in LATIN1, .*createdb -T template0"):
                Catalog.open(replace(settings, catalog=there), write=True)
        finally:
            connection.execute(f"DROP DATABASE {name} (FORCE)")


@pytest.mark.parametrize("given", ["mysql://kb@host/kb", "postgresql+psycopg2://kb@host/kb", "kb"])
def test_other_addresses_are_refused(given: str) -> None:
    with pytest.raises(ConfigError, match=r"address like postgresql\+psycopg://"):
        address(given)
