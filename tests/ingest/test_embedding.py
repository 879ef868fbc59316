"""Vectors after an ingest: what gets one, going on after a stop, what ``check`` says."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.config import Settings
from kb.errors import Busy, ConfigError
from kb.ingest import Progress, check, embedding, ingest
from kb.ingest.embedding import counted, embed, is_running, seconds_left

pytestmark = pytest.mark.slow

ARTICLE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article>"


class Encoder:
    """Counts what it reads."""

    def __init__(self) -> None:
        self.read = 0

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        self.read += len(texts)
        return np.full((len(texts), 384), 384**-0.5, dtype=np.float32)

    def nearness(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError("nothing is asked here")


def article(folder: Path, number: int) -> Path:
    path = folder / f"{number}.html"
    body = f"Gubernur Banten meninjau jembatan nomor {number} di Kabupaten Lebak. " * 8
    path.write_text(ARTICLE.format(f"Jembatan {number} ditinjau", body), encoding="utf-8")
    return path


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Settings, Path]:
    folder = tmp_path / "artikel"
    folder.mkdir()
    for number in range(3):
        article(folder, number)
    settings = Settings(home=tmp_path / "home")
    assert ingest(settings, [folder], workers=1).without_vectors == 3
    return settings, folder


def test_only_what_has_none_gets_vectors_and_what_is_gone_loses_them(
    filled: tuple[Settings, Path],
) -> None:
    settings, folder = filled
    encoder = Encoder()
    first = embed(settings, load=lambda: encoder)
    assert (first.passages, first.waiting) == (3, 0)
    again = embed(settings, load=lambda: encoder)
    assert (again.passages, encoder.read) == (0, first.windows)
    changed = article(folder, 0)
    changed.write_text(changed.read_text(encoding="utf-8").replace("meninjau", "membuka"))
    article(folder, 3)
    assert ingest(settings, [folder], workers=1).without_vectors == 2
    assert [p.kind for p in check(settings)] == ["vectors-lack"]
    last = embed(settings, load=lambda: encoder)
    assert (last.passages, last.removed) == (2, 1)
    assert check(settings) == []


def test_it_goes_on_where_it_was_stopped(
    filled: tuple[Settings, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, _ = filled
    monkeypatch.setattr(embedding, "BATCH_WINDOWS", 1)
    stop = threading.Event()
    seen: list[int] = []

    def stop_after_one(p: Progress) -> None:
        seen.append(p.done)
        stop.set()

    half = embed(settings, stop_after_one, stop=stop, load=Encoder)
    assert (half.passages, half.waiting, half.interrupted) == (1, 2, True)
    assert seen == [1]
    rest = embed(settings, load=Encoder)
    assert (rest.passages, rest.waiting, rest.interrupted) == (2, 0, False)


def test_without_an_encoder_it_says_what_to_do(filled: tuple[Settings, Path]) -> None:
    with pytest.raises(ConfigError, match="install the package again"):
        embed(filled[0], load=lambda: None)


def test_a_run_at_work_can_be_seen(filled: tuple[Settings, Path]) -> None:
    settings, _ = filled
    seen: list[tuple[bool, bool, list[str]]] = []

    def look(p: Progress) -> None:
        remedies = [problem.remedy for problem in check(settings)]
        seen.append((is_running(settings), seconds_left(settings) == p.left, remedies))

    assert not is_running(settings)
    assert counted(settings) == (3, 3)
    embed(settings, look, load=Encoder)
    assert seen[0][:2] == (True, True)
    assert not is_running(settings)
    assert seconds_left(settings) is None
    assert counted(settings) == (3, 0)


def test_a_second_run_waits_for_nobody(
    filled: tuple[Settings, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, _ = filled
    monkeypatch.setattr(embedding, "PATIENCE", 0.0)

    def again(p: Progress) -> None:
        with pytest.raises(Busy, match="wait until it is done"):
            embed(settings, load=Encoder)

    assert embed(settings, again, load=Encoder).passages == 3


def test_a_base_that_is_not_asked_by_meaning_lacks_nothing(filled: tuple[Settings, Path]) -> None:
    settings, folder = filled
    deaf = replace(settings, meaning=False)
    assert counted(deaf) == (3, 0)
    assert ingest(deaf, [folder], workers=1).without_vectors == 0
