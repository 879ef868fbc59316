"""The encoder as search uses it, and what its vectors bear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from kb import encoder
from kb.model import Passage
from kb.search.meaning.windows import VERSION, Span, windows


class Encoder(Protocol):
    """What ``kb.encoder.load`` gives."""

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        """Vectors [texts, 384] of length 1."""

    def nearness(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """How near each sentence is to the question, without reading any as a whole."""


Load = Callable[[], Encoder | None]


def load(threads: int | None = None) -> Encoder | None:
    """The encoder of this installation, on so many processors (``None``: all); ``None`` where
    it cannot be opened."""
    return encoder.load(threads)


def load_for_questions() -> Encoder | None:
    """The encoder on one processor: a question of ten words takes one processor 3.5 ms, and two
    that others use as well 11.7 (``benchmarks/meaning.py`` beside other work)."""
    return encoder.load(1)


def stamp(catalog: str) -> str:
    """What vectors bear that this encoder made of the catalog with this uuid."""
    return f"{encoder.stamp()}|{VERSION}|{catalog}"


def texts_of(passage: Passage) -> tuple[list[Span], list[str]]:
    """The windows of a passage, and what is read of each: title and section say what a
    window in the middle of a plan is about."""
    head = " ".join(f"{passage.title}. {passage.section}".split())[:MAX_HEAD].strip(" .")
    spans = windows(passage.text)
    lead = f"{head}. " if head else ""
    return spans, [lead + " ".join(passage.text[a:b].split()) for a, b in spans]


MAX_HEAD = 200
"""Characters of title and section before a window."""
