"""What means the same: statements and pages, by vectors that know what some words mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from made_base import Doc, add
from numpy.typing import NDArray

from kb.config import Settings
from kb.errors import NotFound
from kb.explore import KnowledgeBase, open_kb
from kb.ingest.embedding import embed

MATTERS = {"stunting": 0, "gizi": 0, "jalan": 1, "jembatan": 1, "pajak": 2, "puisi": 3}


class Encoder:
    """What texts have in common, and a direction for each matter."""

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), 384), dtype=np.float32)
        found[:, 300] = 5.0
        for row, text in zip(found, texts, strict=True):
            for word, matter in MATTERS.items():
                row[matter] += text.casefold().count(word)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found

    def nearness(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros(len(sentences), dtype=np.float32)


def article(name: str, title: str, *said: str) -> Doc:
    words = " ".join(f"{{direct person:sari-wulandari kata|{one}}}" for one in said)
    return Doc(name, title, (words,), "2024-06-01")


def test_what_was_said_to_the_same_effect_in_other_documents(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    docs = [
        article("a.html", "Stunting turun", "Angka stunting turun.", "Soal stunting kita kompak."),
        article("b.html", "Balita sehat", "Gizi anak membaik."),
        article("c.html", "Dimuat ulang", "Angka stunting turun."),
        article("d.html", "Jalan mulus", "Jalan desa diaspal."),
        article("e.html", "Pajak daerah", "Pajak naik."),
        article("f.html", "Lomba puisi", "Puisi itu hidup."),
    ]
    add(settings, docs, tmp_path)
    embed(settings, load=Encoder)
    with open_kb(settings) as kb:
        own = kb.statements("turun", document=1).statements[0]
        found = kb.similar_statements(own.statement_id)
        # Neither its own document, nor the same words elsewhere, nor another matter.
        assert [one.statement.text for one in found] == ["Gizi anak membaik."]


def test_without_vectors_there_are_none(kb: KnowledgeBase) -> None:
    assert kb.similar_statements(kb.statements(limit=1).statements[0].statement_id) == ()
    with pytest.raises(NotFound, match="kb statements"):
        kb.similar_statements(987_654)
