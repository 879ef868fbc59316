"""Messages between processes: what is taken, what is refused, how far a child may run ahead."""

from __future__ import annotations

import io
import os
import pickle
import struct
import time
from pathlib import Path

import numpy
import pytest
from lxml import html

from kb.model import Description, Found, Page, SourceDocument, Table
from kb.pipe import AHEAD, BadMessage, Gone, Message, Receiver, Supervised, environment, send
from kb.readers.messages import Answer, Beat, Documents, Question, ReadFile
from kb.readers.options import ReadOptions


class Told(Message, frozen=True):
    description: Description
    score: float = 0.0


def through(message: Message, kinds: object) -> object:
    """The message after its way through a pipe."""
    stream = io.BytesIO()
    send(stream, message)
    stream.seek(0)
    return Receiver(stream, kinds)()


def framed(data: bytes) -> Receiver[Answer]:
    return Receiver(io.BytesIO(struct.pack("<I", len(data)) + data), Answer, most=1 << 20)


def test_documents_arrive_as_they_were() -> None:
    (text,) = html.fromstring("<p>Rapat</p>").xpath("//text()")  # a kind of str of lxml's own
    source = SourceDocument(
        "a.pdf",
        "pdf",
        text,
        (Page(1, "Bab I", label="i", ocr_confidence=float(numpy.float64(0.5))),),
        tables=(Table(1, (("Uraian", "2024"), ("x", "1"))),),
        metadata={"Author": "Bappeda"},
    )
    assert through(Documents((source,)), Answer) == Documents((source,))
    described = Description(Found("Judul", "cover"), years=Found((2024, 2025), "title"))
    assert through(Told(described, numpy.float32(0.25)), Told) == Told(described, 0.25)


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_utf8_arrives() -> None:
    path = Path(os.fsdecode(b"/srv/\xff\xfelaporan.pdf"))
    question = ReadFile(path, ReadOptions(cache=path), 100)
    assert through(question, Question) == question


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        os.urandom(200),
        b"\x91" * 100_000,
        b"\x81\xa4type\xa4Beat",
        b"\x84\xa4type\xa4Beat\xa5stage\xa4page\xa4done\xa3one\xa2of\x01",
        b"\x84\xa4type\xa4Beat\xa5stage\xa4page\xa4done\xff\xa2of\x01",
        b"\x81\xa4type\xa9Documents",
        b"\x82\xa4type\xa9Documents\xa9documents\x91\x80",
        b"\x82\xa4type\xa6System\xa7command\xa2ls",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        framed(data)()


def test_a_pickle_is_not_obeyed(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path}/ran",)

    with pytest.raises(BadMessage):
        framed(pickle.dumps(("done", Bomb())))()
    assert not (tmp_path / "ran").exists()


def test_a_size_that_is_announced_is_not_believed() -> None:
    stream = io.BytesIO(struct.pack("<I", 0xFFFFFFFF) + b"x")
    with pytest.raises(BadMessage, match="announced"):
        Receiver(stream, Answer)()


def test_too_much_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.pipe.MAX_BYTES", 100)
    with pytest.raises(ValueError, match="limit"):
        send(io.BytesIO(), Documents((SourceDocument("x" * 200, "text", None, ()),)))


def test_the_environment_of_a_child_holds_what_programs_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KB_PASSWORDS", "rahasia")
    monkeypatch.setenv("DATABASE_URL", "rahasia")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    found = environment(PYTHONPATH="/x")
    assert found["LC_ALL"] == "C.UTF-8"
    assert found["PYTHONPATH"] == "/x"
    assert "PATH" in found
    assert "rahasia" not in found.values()


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    (folder / "fake_child.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return "fake_child"


def test_a_child_that_talks_nonsense_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = "import sys, time; sys.stdout.buffer.write(b'\\3\\0\\0\\0abc'); sys.stdout.flush()\n"
    child: Supervised[Answer] = Supervised(
        program(tmp_path, monkeypatch, talk + "time.sleep(60)\n"), Answer
    )
    _, message = child.answers.get()
    assert isinstance(message, Gone)
    assert message.nonsense
    child.process.wait()
    child.close()


def test_a_child_cannot_fill_the_memory_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = (
        "from kb.pipe import own_pipes, send\n"
        "from kb.readers.messages import Beat\n"
        "_, out = own_pipes()\n"
        "while True: send(out, Beat('page', 1, 2))\n"
    )
    child: Supervised[Answer] = Supervised(program(tmp_path, monkeypatch, flood), Answer)
    _, first = child.answers.get()
    assert first == Beat("page", 1, 2)
    for _ in range(300):
        if child.answers.full():
            break
        time.sleep(0.05)
    assert child.answers.qsize() == AHEAD
    assert child.running
    child.close()
    assert not child.running
