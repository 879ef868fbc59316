"""One reading of the field and the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kb import nlp
from kb.encoder.labels import LABELS
from kb.model import TagContext
from kb.nlp.language import make_nlp
from kb.nlp.names import NameTagger, joint, load_names
from kb.nlp.pipeline import load_tagger


def chances(*rows: dict[str, float]) -> np.ndarray:
    found = np.full((len(rows), len(LABELS)), 0.001, dtype=np.float32)
    for i, row in enumerate(rows):
        for label, chance in row.items():
            found[i, LABELS.index(label)] = chance
    return found / found.sum(axis=1, keepdims=True)


def labels(found: np.ndarray) -> list[str]:
    return [LABELS[k] for k in joint.best_labels(found)]


def test_the_surer_of_both_decides() -> None:
    field = chances({"O": 0.6, "B-ORG": 0.4})
    encoder = np.log(chances({"B-ORG": 0.95, "O": 0.05}))
    both = joint.combine(field, encoder)
    assert labels(both) == ["B-ORG"]
    assert both.sum() == pytest.approx(1)
    assert labels(joint.combine(field, encoder, weight=0)) == ["O"]


def test_names_are_well_formed() -> None:
    # Word by word the second label would be I-LOC, which may not follow B-ORG.
    found = chances({"B-ORG": 0.9, "B-LOC": 0.1}, {"I-LOC": 0.5, "I-ORG": 0.4, "O": 0.1})
    assert labels(found) == ["B-ORG", "I-ORG"]
    assert labels(chances({"I-PER": 0.6, "B-PER": 0.4})) == ["B-PER"]


class Listening:
    """An encoder that says of every word that it begins a place, and keeps what it was asked."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def read(
        self, lines: Sequence[str], words: Sequence[Sequence[tuple[int, int]]]
    ) -> list[np.ndarray]:
        self.lines += lines
        for line, spans in zip(lines, words, strict=True):
            assert all(line[a:b].strip() == line[a:b] != "" for a, b in spans)
        return [np.log(chances(*[{"B-LOC": 0.999}] * len(spans))) for spans in words]


TEXT = "Acara dibuka pukul sembilan pagi.\n\nGerai Pulomerak Jaya bermitra dengan Tanto Kulon."
TABLE = "No | Program | Pagu | Wanasalam Jaya Kulon | 12.500\n" * 8


def read(text: str, planning: bool = False) -> Listening:
    listening = Listening()
    own = load_names(fast=True)
    tagger = NameTagger(own._bytes, listening)  # type: ignore[arg-type]
    tagger.raw(make_nlp().make_doc(text), planning)
    return listening


def test_only_lines_the_field_is_not_sure_of_are_read_again() -> None:
    assert read(TEXT).lines == [TEXT.splitlines()[2]]


def test_rows_of_tables_on_planning_pages_are_not_read_again() -> None:
    assert read(TABLE).lines
    assert not read(TABLE, planning=True).lines


def test_the_answer_of_both_is_marked_and_fast_does_without() -> None:
    text = "Rapat dipimpin kepala dinas kesehatan kota serang, budi santoso."
    context = TagContext(doc_type="artikel")
    full = load_tagger().tag(text, context).mentions
    fast = load_tagger("fast").tag(text, context).mentions
    assert any(m.method.startswith("crf+encoder") for m in full)
    assert not any("encoder" in m.method for m in fast)
    assert nlp.stamp("fast") != nlp.stamp()


def test_without_the_encoder_the_tagger_is_the_fast_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.encoder.can_read_names", lambda: False)
    nlp.stamp.cache_clear()
    assert load_tagger() is load_tagger("fast")
    assert nlp.stamp() == nlp.stamp("fast")
    nlp.stamp.cache_clear()


def test_a_name_is_as_sure_as_its_kind_wherever_it_begins() -> None:
    line = np.stack(
        [
            chances({"O": 0.3, "B-LOC": 0.5, "B-PER": 0.2})[0],
            chances({"B-PER": 0.5, "I-PER": 0.45, "O": 0.05})[0],
        ]
    )
    found = joint.sureness(line, [LABELS.index("B-LOC"), LABELS.index("B-PER")])
    assert found == pytest.approx([0.5, 0.95], abs=0.01)


def test_where_both_waver_a_name_is_rather_taken_than_left() -> None:
    assert labels(chances({"O": 0.52, "B-PER": 0.48})) == ["B-PER"]
    assert labels(chances({"O": 0.6, "B-PER": 0.4})) == ["O"]


def test_marks_alone_name_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place = LABELS.index("B-LOC")
    monkeypatch.setattr(joint, "SURE", 1.1)
    monkeypatch.setattr(joint, "best_labels", lambda found: [place] * found.shape[0])
    monkeypatch.setattr(joint, "sureness", lambda found, best: [1.0] * len(best))
    found = [m.surface for m in load_names().raw(make_nlp()("| — | / Kota Bima"))]
    assert found == ["Kota", "Bima"]
