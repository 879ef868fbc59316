"""The encoder for names: words and pieces, windows, and doing without it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from kb import encoder
from kb.encoder.labels import LABELS
from kb.encoder.names import WINDOW, pack

pytest.importorskip("onnxruntime")


def words(line: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\w+|[^\w\s]", line)]


def told(lines: list[str]) -> list[list[str]]:
    opened = encoder.load_names()
    assert opened is not None
    found = opened.read(lines, [words(line) for line in lines])
    for line, scores in zip(lines, found, strict=True):
        assert scores.shape == (len(words(line)), len(LABELS))
        assert np.allclose(np.exp(scores).sum(axis=1), 1, atol=1e-4)
    return [[LABELS[k] for k in scores.argmax(axis=1)] for scores in found]


def test_names_are_told_apart_by_the_sentence() -> None:
    (found,) = told(["Bupati Ratna Kusuma mengunjungi Kabupaten Lebak."])
    assert found == ["O", "B-PER", "I-PER", "O", "B-LOC", "I-LOC", "O"]


def test_lines_of_any_length_and_kind_get_an_answer_for_each_word() -> None:
    long = "Warga Desa Sukamaju hadir. " * 120
    lines = ["\u200b", "…", "Serang", long, "a\u0301 ½ ﬁ 東京 Lebak"]
    assert [len(x) for x in told(lines)] == [len(words(line)) for line in lines]
    assert told([]) == []


def test_lines_are_packed_whole_and_in_order() -> None:
    groups = list(pack([100, 150, 10, 600, 5]))
    assert groups[0] == [(0, 0, 100), (1, 0, 150)]
    assert [part for group in groups for part in group if part[0] == 3] == [
        (3, 0, WINDOW), (3, WINDOW, 2 * WINDOW), (3, 2 * WINDOW, 600),
    ]  # fmt: skip
    assert all(sum(b - a for _, a, b in group) <= WINDOW for group in groups)
    assert sum(b - a for group in groups for _, a, b in group) == 865


def test_without_files_there_is_none(tmp_path: Path) -> None:
    assert encoder.load_names(folder=tmp_path) is None
    assert not encoder.can_read_names(tmp_path)
    assert encoder.can_read_names()
