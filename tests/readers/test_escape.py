"""A reading child that a hostile file has taken over gets nowhere."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kb import sandbox
from kb.pipe import Supervised
from kb.readers.messages import Answer, Documents, ReadFile
from kb.readers.options import ReadOptions

SECRETS = {
    "KB_PASSWORDS": "rahasia1",
    "KB_ADMIN_HASH": "scrypt$rahasia2",
    "AWS_SECRET_ACCESS_KEY": "rahasia3",
}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str], Path]:
    """What the child managed, the variables it saw, and the folder it played in."""
    (tmp_path / "there.txt").write_text("utuh", encoding="utf-8")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server,), daemon=True).start()
        (tmp_path / "port").write_text(str(server.getsockname()[1]), encoding="utf-8")
        (tmp_path / "victim").write_text(str(victim.pid), encoding="utf-8")
        child: Supervised[Answer] = Supervised("escaping", Answer, walled=True)
        try:
            child.tell(ReadFile(tmp_path, ReadOptions(), 512))
            _, answer = child.answers.get()
        finally:
            child.close()
            victim.kill()
            victim.wait()
    assert isinstance(answer, Documents)
    text, done, seen = (page.text for page in answer.documents[0].pages)
    assert text == "utuh", "it must be able to read"
    return done.split("\n"), seen.split("\n"), tmp_path


def _accept(server: socket.socket) -> None:
    try:
        server.accept()[0].close()
    except OSError:
        return


def _standing(wall: sandbox.Wall) -> bool:
    return wall in sandbox.walls()


def test_no_secret_is_in_its_environment(told: tuple[list[str], list[str], Path]) -> None:
    _, seen, _ = told
    assert any(line.startswith("PATH=") for line in seen)
    assert not [line for line in seen if any(value in line for value in SECRETS.values())]
    assert not [line for line in seen if line.split("=")[0] in SECRETS]


def test_it_cannot_write(told: tuple[list[str], list[str], Path]) -> None:
    if not _standing("writing"):
        pytest.skip("this kernel has no Landlock: the reading child may write here")
    done, _, folder = told
    assert [name for name in done if name.startswith("write")] == []
    assert (folder / "there.txt").read_text(encoding="utf-8") == "utuh"
    assert sorted(path.name for path in folder.iterdir()) == ["port", "there.txt", "victim"]


def test_it_has_no_network(told: tuple[list[str], list[str], Path]) -> None:
    if not _standing("network"):
        pytest.skip("there is no libseccomp: the reading child has the network here")
    done, _, _ = told
    assert [name for name in done if name.startswith("network")] == []


def test_without_walls_it_would_have_done_it_all(tmp_path: Path) -> None:
    """The attempts are real: outside they succeed."""
    import escaping

    (tmp_path / "there.txt").write_text("utuh", encoding="utf-8")
    (tmp_path / "victim").write_text("0", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        (tmp_path / "port").write_text(str(server.getsockname()[1]), encoding="utf-8")
        tries = escaping.attempts(tmp_path)
        tries["write: over a file"]()
        tries["write: mode"]()
        tries["write: by a program"]()
        connection = tries["network: TCP"]()
        assert isinstance(connection, socket.socket)
        connection.close()
    assert (tmp_path / "by-shell").exists()
