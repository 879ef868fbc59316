"""The servers of ``tools/servers.py``: what the tests marked ``server`` stand on."""

from __future__ import annotations

from pathlib import Path

import pytest
import servers


@pytest.mark.server
def test_postgres_of_the_tests_answers(postgres_address: str) -> None:
    import psycopg

    with psycopg.connect(postgres_address.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("kb",)


def test_status_of_servers_that_were_never_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert servers.main(["status", "--folder", str(tmp_path)]) == 0
    assert servers.main(["down", "--folder", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "KB_TEST" not in told.out
    assert "postgres: is not running" in told.err
    assert "postgres: did not run" in told.out


def test_a_server_that_is_not_there_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("postgres_server._program", lambda name: None)
    assert servers.main(["up", "postgres", "--folder", str(tmp_path)]) == 1
    assert "apt install postgresql" in capsys.readouterr().err
