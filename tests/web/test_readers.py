"""The real server over a real base: what readers do to it, and what they leave behind."""

from __future__ import annotations

import http.client
import os
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest
from siege_queries import hostile
from wire import Reader, put_file

pytestmark = pytest.mark.slow

PASSWORD = "rahasia-sekali"
PAGES = ("cari", "pernyataan", "entitas", "linimasa", "tren", "indikator", "dokumen")
Serve = Callable[[Path], AbstractContextManager[str]]


@pytest.fixture(scope="module")
def port(
    sample_home: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """A server over a copy of the sample base, with a door to Kelola."""
    import shutil

    from kb.access import hash_password

    home = tmp_path_factory.mktemp("server") / "basis"
    shutil.copytree(sample_home, home)
    (home / "kb.toml").write_text(f'admin_hash = "{hash_password(PASSWORD)}"\n', encoding="utf-8")
    with serve(home) as address:
        yield int(address.rpartition(":")[2])


def process(port: int) -> psutil.Process:
    for found in psutil.Process().children(recursive=True):
        if str(port) in found.cmdline():
            return found
    raise AssertionError("there is no server")


def memory_mb(port: int) -> int:
    return int(process(port).memory_info().rss) >> 20


def enter(reader: Reader) -> None:
    reader.open("kelola")
    field, button = reader.widget("admin_password"), reader.widget("FormSubmitter")
    reader.open("kelola", {field: PASSWORD, button: True})


def test_clearing_the_cache_leaves_nothing_behind(port: int) -> None:
    with Reader(port) as reader:
        reader.open("cari", q="jalan")
        before = process(port).num_fds() if os.name != "nt" else 0
        for _ in range(40):
            reader.clear_cache()
            reader.open("cari", q="jalan")
        assert "jalan" in reader.words()
        if os.name != "nt":
            assert process(port).num_fds() <= before + 8


def test_only_staff_may_upload_and_what_they_hold_is_let_go(port: int) -> None:
    content = b"x" * (30 << 20)
    with Reader(port) as reader:
        reader.open("cari")
        before = memory_mb(port)
        assert [reader.upload(content) for _ in range(3)] in ([403] * 3, [0] * 3)
        assert put_file(port, "", content) in (403, 0)
        assert memory_mb(port) < before + 30
    with Reader(port) as reader:
        enter(reader)
        assert [reader.upload(content) for _ in range(3)] == [204] * 3
        assert memory_mb(port) > before + 60
    for _ in range(150):  # a session is kept for a minute, for a reader who comes back
        if memory_mb(port) < before + 45:
            break
        time.sleep(1)
    assert memory_mb(port) < before + 45


def test_wrong_passwords_are_stopped_and_told(port: int) -> None:
    with Reader(port) as reader:
        reader.open("kelola")
        field, button = reader.widget("admin_password"), reader.widget("FormSubmitter")
        for number in range(5):
            reader.open("kelola", {field: f"salah {number}", button: True})
            assert "Kata sandi salah" in reader.words()
        reader.open("kelola", {field: PASSWORD, button: True})
        assert "Coba lagi dalam" in reader.words(), "not even the right one is looked at"


@pytest.mark.timeout(1200)
def test_five_hundred_hostile_queries_leave_the_memory_flat(port: int) -> None:
    rng = random.Random(7)
    with Reader(port, patience=120) as reader:
        for page in PAGES:
            reader.open(page, q="jalan", id="1")
        for number in range(100):  # what is kept for speed fills up first
            reader.open(PAGES[number % len(PAGES)], q=hostile(rng), id="1")
        before = memory_mb(port)
        for number in range(400):
            reader.open(PAGES[number % len(PAGES)], q=hostile(rng), id="1")
    assert memory_mb(port) < before + 90


def test_silent_connections_do_not_keep_readers_out(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(300)]
    try:
        for line in held[::2]:
            line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        with Reader(port) as reader:
            reader.open("cari", q="jalan")
            assert "jalan" in reader.words()
        for line in held:  # each is ended by the other side
            line.settimeout(60)
            try:
                assert line.recv(1) == b""
            except ConnectionResetError:
                continue
    finally:
        for line in held:
            line.close()


def test_the_page_and_its_parts_bear_the_headers(port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path in ("/", "/cari", "/_stcore/health", "/favicon.png"):
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
        assert "frame-ancestors 'none'" in (answer.getheader("content-security-policy") or "")
    for path, status in (("/_stcore/metrics", 404), ("/_stcore/agent/openapi.json", 404)):
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        assert answer.status == status
    line.request("GET", "/", headers={"Host": "jahat.example"})
    assert line.getresponse().status == 421
    line.close()
