"""A passage as the terms an index stores: fields, keys and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb.model import Passage
from kb.search.analysis import Analysed, analyse
from kb.search.columns import LABEL, NUMBER, TITLE, date_number, facet_keys
from kb.search.planner import number_keys, title_key

MAX_LABEL = 300


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """``title`` and ``section`` are shared between the pages of a document."""

    title: Analysed
    section: Analysed
    text: Analysed
    keys: list[str]
    date: int


@lru_cache(maxsize=256)
def _analysed(text: str) -> Analysed:
    return analyse(text)


def prepare(passage: Passage) -> IndexedPassage:
    """Everything an engine stores of ``passage``."""
    keys = facet_keys(passage)
    key = title_key(passage.title)
    if key:
        keys.append(TITLE + key)
    keys += [NUMBER + number for number in number_keys(passage.number)]
    if passage.page == 1 and passage.title.strip():
        keys.append(LABEL + " ".join(passage.title.split())[:MAX_LABEL])
    return IndexedPassage(
        _analysed(passage.title),
        _analysed(passage.section),
        analyse(passage.text),
        keys,
        date_number(passage.date),
    )
