"""The supervised child: limits, reuse, crashes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from drawn_pages import PROSE, lines
from reportlab.pdfgen import canvas

from kb.errors import NotFound, PasswordNeeded, ReadError
from kb.readers import Drawing, ReadOptions, draw_isolated, isolated, read_isolated

NO_OCR = ReadOptions(ocr="never")


def _pdf(make_pdf: Callable[..., Path], pages: int = 2) -> Path:
    return make_pdf(lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None, pages=pages)


def _children() -> set[int]:
    return {
        child.pid
        for child in psutil.Process().children()
        if "kb.readers.child" in " ".join(child.cmdline())
    }


def test_reads_reports_progress_and_keeps_its_child(make_pdf: Callable[..., Path]) -> None:
    path = _pdf(make_pdf)
    beats: list[tuple[str, int, int]] = []
    for _ in range(2):
        (document,) = read_isolated(
            path, NO_OCR, seconds=60, memory_mb=2048,
            progress=lambda kind, done, of: beats.append((kind, done, of)),
        )  # fmt: skip
        assert len(document.pages) == 2
    assert ("page", 2, 2) in beats
    assert len(_children()) == 1


def test_too_slow_is_killed_and_replaced(make_pdf: Callable[..., Path]) -> None:
    path = _pdf(make_pdf, pages=3)
    read_isolated(path, NO_OCR, seconds=60, memory_mb=2048)
    before = _children()
    with pytest.raises(ReadError, match=r"^too slow"):
        read_isolated(_pdf(make_pdf, pages=900), NO_OCR, seconds=0.01, memory_mb=2048)
    assert not before & _children()
    assert read_isolated(_pdf(make_pdf), NO_OCR, seconds=60, memory_mb=2048)


def test_too_much_memory(make_pdf: Callable[..., Path]) -> None:
    with pytest.raises(ReadError, match=r"^too much memory"):
        read_isolated(_pdf(make_pdf, pages=300), NO_OCR, seconds=60, memory_mb=8)


def test_crash_is_told_and_survived(
    make_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _pdf(make_pdf, pages=900)

    def crash(child: isolated._Child, clock: object, memory_mb: int) -> None:
        child.kill()

    with monkeypatch.context() as patched:
        patched.setattr(isolated, "_look", crash)
        with pytest.raises(ReadError, match=r"^(?:killed|damaged): the .*reader"):
            read_isolated(path, NO_OCR, seconds=60, memory_mb=2048)
    assert read_isolated(_pdf(make_pdf), NO_OCR, seconds=60, memory_mb=2048)


@pytest.mark.slow
def test_a_reader_that_was_ended_once_is_asked_again(
    make_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _pdf(make_pdf, pages=900)
    ended: list[isolated._Child] = []
    look = isolated._look

    def end_first(child: isolated._Child, clock: isolated._Clock, memory_mb: int) -> None:
        if not ended:
            ended.append(child)
            child.kill()
        elif child not in ended:
            look(child, clock, memory_mb)

    monkeypatch.setattr(isolated, "_look", end_first)
    (document,) = read_isolated(path, NO_OCR, seconds=60, memory_mb=2048)
    assert (len(document.pages), len(ended)) == (900, 1)


def test_reasons_cross_the_process(tmp_path: Path, make_pdf: Callable[..., Path]) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = make_pdf(
        lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None,
        encrypt=StandardEncryption("rahasia"),
    )
    with pytest.raises(PasswordNeeded, match=r"^password needed"):
        read_isolated(path, NO_OCR, seconds=60, memory_mb=2048)
    with pytest.raises(ReadError, match=r"^not found"):
        read_isolated(tmp_path / "none.pdf", NO_OCR, seconds=60, memory_mb=2048)


def test_small_pages_are_read_in_process(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Gubernur membuka acara di pendopo.", encoding="utf-8")
    (document,) = read_isolated(path, NO_OCR, seconds=1, memory_mb=64)
    assert document.pages[0].text.startswith("Gubernur")


@pytest.fixture(autouse=True, scope="module")
def _close() -> object:
    yield
    isolated.close_children()
    assert not _children(), os.getpid()


def test_pages_are_drawn_in_the_child_with_the_password(make_pdf: Callable[..., Path]) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = make_pdf(
        lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None,
        encrypt=StandardEncryption("rahasia", strength=128),
    )
    with pytest.raises(PasswordNeeded):
        draw_isolated(path, 1, Drawing(), seconds=20, memory_mb=2048)
    asked = Drawing(text="Pemerintah provinsi", spans=((0, 10),), passwords=("salah", "rahasia"))
    png, ((box,),) = draw_isolated(path, 1, asked, seconds=20, memory_mb=2048)
    assert png.startswith(b"\x89PNG")
    assert box.x0 == pytest.approx(72 / 595, abs=0.02)
    with pytest.raises(NotFound):
        draw_isolated(path, 7, asked, seconds=20, memory_mb=2048)
    assert len(_children()) == 1, "the child that said no is kept"


@pytest.mark.slow
def test_a_page_that_is_drawn_too_slowly_is_given_up(
    make_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        for number in range(60_000):
            sheet.circle(50 + number % 400, 50 + number % 700, 40 + number % 50)

    monkeypatch.setattr(isolated, "LOOK_SECONDS", 0.02)
    with pytest.raises(ReadError, match=r"^too slow"):
        draw_isolated(make_pdf(draw), 1, Drawing(scale=4), seconds=0.05, memory_mb=2048)
    assert draw_isolated(_pdf(make_pdf), 1, Drawing(), seconds=20, memory_mb=2048)
