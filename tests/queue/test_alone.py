"""Without PostgreSQL everything stays as it is, and one sentence says what workers need."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli import main
from kb.config import Settings, load_settings
from kb.queue.jobs import pause
from kb.queue.status import workers_run


@pytest.mark.parametrize(
    "command", [("ingest", "sample_docs", "--queue"), ("worker",), ("worker", "--status")]
)
def test_one_sentence_says_what_is_needed(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--home", str(tmp_path / "home")]) == 2
    told = capsys.readouterr().err
    assert told.startswith("kb: Workers need the catalog in PostgreSQL: set 'catalog'")
    assert told.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_options_that_only_one_machine_knows_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    ask = ["ingest", str(tmp_path / "a.txt"), "--queue", "--password", "rahasia"]
    assert main([*ask, "--home", str(tmp_path / "home")]) == 2
    assert "set 'passwords' where they run" in capsys.readouterr().err


def test_pauses_grow_to_an_hour() -> None:
    assert [pause(tries) for tries in range(7)] == [10, 30, 90, 270, 810, 2430, 3600]
    assert pause(100) == 3600


def test_no_worker_runs_where_there_is_no_server(tmp_path: Path) -> None:
    assert not workers_run(Settings(home=tmp_path))


def test_an_address_for_originals_leaves_fetched_bytes_in_the_home(tmp_path: Path) -> None:
    at = load_settings(tmp_path, {"KB_ORIGINALS": "s3://arsip/asal"})
    assert at.originals_path == tmp_path / "uploads" / "asal"
    assert load_settings(tmp_path, {"KB_ORIGINALS": "/mnt/asal"}).originals_path == Path(
        "/mnt/asal"
    )
