"""Training texts of the encoder: labels of pieces, careless habits."""

from __future__ import annotations

import random

import pytest

from kb.encoder import MODEL_DIR
from kb.encoder.labels import LABELS
from kb.lab.corpora import read_marks

pytest.importorskip("tokenizers")

MARKED = read_marks(
    "Rapat di [[LOC Kota Serang]], Senin.\n\n[[PER Siti Wulandari]], kepala [[ORG Dinsos Banten]]."
)


def names(marked: object) -> list[str]:
    text = marked.text  # type: ignore[attr-defined]
    return [text[a:b].lower() for a, b, _ in marked.spans]  # type: ignore[attr-defined]


def test_each_piece_has_the_label_of_its_name() -> None:
    from kb.encoder.pieces import Pieces
    from kb.lab.encoder.windows import windows

    pieces = Pieces(MODEL_DIR)
    (window,) = windows(pieces, MARKED)
    labels = [LABELS[k] for k in window.labels]
    assert len(window.ids) == len(labels)
    assert [label for label in labels if label.startswith("B-")] == ["B-LOC", "B-PER", "B-ORG"]
    assert labels[:2] == ["O", "O"]
    assert labels[-1] == "O"
    inside = [k for k, label in enumerate(labels) if label.startswith("I-")]
    assert all(labels[k - 1][2:] == labels[k][2:] for k in inside)


def test_careless_habits_keep_the_names() -> None:
    from kb.lab.encoder.windows import careless

    rng = random.Random(3)
    seen = [careless(MARKED, rng) for _ in range(200)]
    assert all(names(found) == names(MARKED) for found in seen)
    texts = {found.text for found in seen}
    assert MARKED.text.upper() in texts
    assert MARKED.text.lower() in texts
    assert MARKED.text.replace(",", "") in texts
    assert sum(found is MARKED for found in seen) > 140
