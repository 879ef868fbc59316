"""What means the same: statements and pages, by vectors that know what some words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.config import Settings
from kb.errors import NotFound
from kb.explore import KnowledgeBase, open_kb
from kb.ingest.embedding import embed


class Encoder:
    """A direction for stunting, one for roads, one for the rest."""

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        found = np.full((len(texts), 384), 0.01, dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            low = text.casefold()
            row[0] += low.count("stunting") + low.count("balita")
            row[1] += low.count("jalan") + low.count("jembatan")
            row[2 + len(text) % 90] += 0.3
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found

    def nearness(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros(len(sentences), dtype=np.float32)


def test_statements_to_the_same_effect_stand_in_other_documents(fresh: Settings) -> None:
    embed(fresh, load=Encoder)
    with open_kb(fresh) as kb:
        for own in kb.statements(limit=100, fold=False).statements:
            found = kb.similar_statements(own.statement_id)
            assert all(one.statement.document_id != own.document_id for one in found)
            assert all(one.statement.text != own.text for one in found)
            scores = [one.score for one in found]
            assert scores == sorted(scores, reverse=True)
        assert any(
            kb.similar_statements(own.statement_id)
            for own in kb.statements(limit=100, fold=False).statements
        )


def test_without_vectors_there_are_none(kb: KnowledgeBase) -> None:
    assert kb.similar_statements(kb.statements(limit=1).statements[0].statement_id) == ()
    with pytest.raises(NotFound, match="kb statements"):
        kb.similar_statements(987_654)
