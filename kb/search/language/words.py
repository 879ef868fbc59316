"""The words that Indonesian analysis treats in their own way: ``words.toml``, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """``words.toml`` in the form that analysis needs; all words are folded."""

    families: Mapping[str, str]
    """Form -> stem."""
    spelling: Mapping[str, str]
    """Root as some write it -> root as the dictionary does."""
    chat: Mapping[str, str]
    """Short form of chats -> the word in full."""
    stop: frozenset[str]
    question: frozenset[str]
    """Words that make a query a question."""
    ordinary: frozenset[str]
    """Words that are also names, and stemmed all the same."""
    doubled: frozenset[str]
    """Doubled words with a meaning of their own (``undang-undang``)."""


@cache
def special() -> Words:
    """The words of this version."""
    text = files("kb.search.language").joinpath("words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Words(
        families={form: stem for stem, forms in data["families"].items() for form in forms},
        spelling={
            other: word for word, others in data["spelling"].items() for other in others.split()
        },
        chat={short: word for word, forms in data["chat"].items() for short in forms.split()},
        stop=frozenset(data["stop"]["words"].split()),
        question=frozenset(data["question"]["words"].split()),
        ordinary=frozenset(data["ordinary"]["words"].split()),
        doubled=frozenset(data["doubled"]["words"].split()),
    )
