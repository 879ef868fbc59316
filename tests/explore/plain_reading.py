"""Every statement read word by word: what the quick ways must find, no more and no less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from re import compile as regex

from rapidfuzz.distance import OSA

from kb.search import parse
from kb.search.language.analysis import fold, is_stop_word, runs, split, tokens
from kb.search.language.synonyms import from_authority
from kb.search.tree import (
    All,
    AnyOf,
    Fuzzy,
    Node,
    Not,
    Pattern,
    Phrase,
    Word,
    asks_for_words,
)


@dataclass
class Read:
    surfaces: list[str]
    known: set[str]
    """Surfaces, stems and whole codes."""


def read(text: str) -> Read:
    words = [split(run.group()) for run in runs(text)]
    surfaces = [part[0] for word in words for part in word.parts]
    stems = [part[1] for word in words for part in word.parts]
    whole = [code for word in words for code in word.whole]
    return Read(surfaces, {*surfaces, *stems, *whole})


def matches(query: str, text: str) -> bool:
    """True where ``text`` is what ``query`` asks for, as far as a text can tell."""
    return _holds(parse(query).root, read(text))


def _holds(node: Node, text: Read) -> bool:
    if isinstance(node, All):
        return _every(node, text)
    if isinstance(node, AnyOf):
        return any(_holds(n, text) for n in node.children)
    if isinstance(node, Not):
        return not asks_for_words(node.child) or not _holds(node.child, text)
    if not asks_for_words(node):
        return True
    if isinstance(node, Word):
        return _word(node, text)
    if isinstance(node, Phrase):
        return _phrase([t.surface for t in tokens(node.text)], text, node.slop)
    if isinstance(node, Fuzzy):
        return any(OSA.distance(fold(node.text), w) <= node.distance for w in text.known)
    assert isinstance(node, Pattern)
    return any(regex(translate(fold(node.text))).match(word) for word in text.known)


def _every(node: All, text: Read) -> bool:
    plain = [n for n in node.children if isinstance(n, Word) and not n.field]
    kept = [n for n in plain if not is_stop_word(fold(n.text))] or plain
    skipped = {id(n) for n in plain} - {id(n) for n in kept}
    words = tuple(fold(n.text) for n in kept)
    if node.implicit and len(kept) > 1:
        for start, end in from_authority().find(words):
            if any(_phrase(o, text) for o in from_authority().of(words[start:end])):
                skipped |= {id(n) for n in kept[start:end]}
    return all(_holds(n, text) for n in node.children if id(n) not in skipped)


def _word(node: Word, text: Read) -> bool:
    parts = tokens(node.text)
    if not parts or fold(node.text) in text.known:
        return True
    if len(parts) > 1:
        return _phrase([p.surface for p in parts], text)
    if node.exact:
        return parts[0].surface in text.surfaces
    others = from_authority().of((parts[0].surface,))
    return parts[0].stem in text.known or any(_phrase(o, text) for o in others)


def _phrase(words: Sequence[str], text: Read, slop: int = 0) -> bool:
    if not words:
        return True
    width = len(words) + slop
    stretches = (text.surfaces[i : i + width] for i in range(len(text.surfaces)))
    if slop:
        return any(set(words) <= set(stretch) for stretch in stretches)
    return any(stretch == list(words) for stretch in stretches)
