"""What goes to the screen: progress, tables, text of documents."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli.serve import free_port
from kb.cli.terminal import Bar, Terminal, duration, visible
from kb.config import Settings
from kb.server.serving import options, tell

ROOT = Path(__file__).resolve().parents[2]


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (3900, "1 h 5 min"), (-3, "0 s")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_bar_is_drawn_in_place_with_rate_and_time_left() -> None:
    screen = Screen()
    bar = Bar(screen, "reading")
    bar.show(5, 10, rate=2.5, left=4, extra="a.pdf page 3/9")
    drawn = screen.getvalue()
    assert drawn.startswith("\r[############............]")
    assert "reading 5/10, 2.5 pages/s, 4 s left, a.pdf page 3/9" in drawn
    bar.close()
    assert screen.getvalue().endswith("\r")


def test_without_a_terminal_progress_is_a_line_now_and_then() -> None:
    stream = io.StringIO()
    bar = Bar(stream, "reading")
    for done in range(100):
        bar.show(done, 100)
    bar.close()
    assert stream.getvalue() == "reading 0/100\n"


def test_hits_are_marked_for_eyes() -> None:
    plain, screen = io.StringIO(), Screen()
    Terminal(as_json=False, out=plain).say("a \ue000b\ue001")
    Terminal(as_json=False, out=screen).say("a \ue000b\ue001")
    assert plain.getvalue() == "a «b»\n"
    if not os.environ.get("NO_COLOR"):
        assert screen.getvalue() == "a \033[1mb\033[0m\n"


def test_what_steers_a_terminal_is_left_out() -> None:
    assert visible("a\x1b[2Jb\u202ec\nd") == "a [2Jb c\nd"


def test_the_app_is_started_safely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit import config

    monkeypatch.chdir(tmp_path)  # no settings file of ours is near
    wanted = options("127.0.0.1", 8501, Settings(Path("x"), upload_mb=7))
    try:
        tell(wanted)
        assert {name: config.get_option(name) for name in wanted} == wanted
        assert config.get_option("server.enableXsrfProtection") is True
        assert config.get_option("server.maxUploadSize") == 7
        assert config.get_option("client.showErrorDetails") == "none"
    finally:
        monkeypatch.undo()
        tell({})


def test_a_port_in_use_is_told_or_passed_over() -> None:
    import socket

    from kb.errors import ConfigError

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match="--port"):
            free_port("127.0.0.1", port)
    assert free_port("127.0.0.1", None) >= 8501


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_help_loads_no_other_room() -> None:
    out = run_python(
        "import sys\nfrom kb.cli import main\n"
        "try:\n main(['search', '--help'])\nexcept SystemExit: pass\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('sqlalchemy','numpy','spacy','pandas','whoosh','streamlit')])"
    )
    assert out.rstrip().endswith("[]")


UNASKED = """
    spacy pandas streamlit pypdf pypdfium2 pdfplumber trafilatura openpyxl docx pycrfsuite lxml
    kb.nlp kb.readers kb.ingest kb.web kb.describe.document kb.describe.issuer
    kb.describe.indicators kb.explore.documents kb.explore.timeline kb.explore.export
    kb.explore.views.series kb.lab.scoring_search kb.api kb.sources sqlalchemy.dialects.postgresql
    psycopg opensearchpy httpx fastapi mcp
"""
"""What a search can do without: each would be waited for."""


@pytest.mark.parametrize("command", [["search", "jalan"], ["search", "jalan", "--json"]])
def test_search_loads_only_what_it_needs(cli_home: Path, command: list[str]) -> None:
    out = run_python(
        "import sys\nfrom kb.cli import main\n"
        f"assert main([*{command!r}, '--home', {str(cli_home)!r}]) == 0\n"
        f"for name in {UNASKED.split()!r}:\n"
        " for loaded in sys.modules:\n"
        "  if loaded == name or loaded.startswith(name + '.'): print('LOADED', loaded)\n"
    )
    assert "LOADED" not in out


def test_output_is_utf8_whatever_the_console(cli_home: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "kb", "statements", "--home", str(cli_home)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "“Harga ikan turun”" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(("given", "kept"), [(None, "1"), ("4", "4")])
def test_products_of_matrices_take_one_processor_unless_told_otherwise(
    tmp_path: Path, given: str | None, kept: str
) -> None:
    code = (
        "import os, sys; from kb.cli import main; early = 'numpy' in sys.modules; "
        f"main(['info', '--home', {str(tmp_path)!r}]); "
        "print(early, os.environ['OPENBLAS_NUM_THREADS'])"
    )
    name = "OPENBLAS_NUM_THREADS"
    environment = {k: v for k, v in os.environ.items() if k != name}
    environment |= {} if given is None else {name: given}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split()[-2:] == ["False", kept], done.stderr
