"""What a text must hold to be what a query asks for, as strings to look for beforehand.

A clue is a few strings of which a text that matches holds at least one: lower-case ASCII
letters and digits that stand within one word of the text, apostrophes left out. Clues may
let through what does not match and never leave out what does; a part of a query about
which nothing can be said has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate

from kb.search.language.affixes import listed
from kb.search.language.analysis import fold, held_by_family, is_stop_word, tokens
from kb.search.language.synonyms import from_authority
from kb.search.tree import All, AnyOf, Node, Pattern, Phrase, Word

Clue = tuple[str, ...]

_NO_LETTER = re.compile(r"[^a-z]+")
_THREE = re.compile("...")
_PLAIN = re.compile(r"[a-z0-9]+")
_SIGN_AS_WORD = {"persen": "%"}
"""Words that stand for a sign of the text."""


def clues(node: Node) -> tuple[Clue, ...]:
    """The clues of ``node``: a text that matches it satisfies every one of them."""
    if isinstance(node, All):
        return _of_all(node)
    if isinstance(node, AnyOf):
        found = [clues(n) for n in node.children]
        if not all(found):
            return ()
        return _shortened([[s for some in found for s in _telling(some)]])
    if isinstance(node, Word) and not node.field:
        return _of_word(node)
    if isinstance(node, Phrase) and not node.field:
        return _shortened([_spelled(t.surface) for t in tokens(node.text)])
    if isinstance(node, Pattern) and not node.field:
        return _of_pattern(node)
    return ()


def pieces(pattern: str) -> Clue:
    """Strings all of which stand in a word that carries a stem the folded ``pattern`` matches.

    A stem may have lost its first letter to a prefix.
    """
    if "[" in pattern:
        return ()
    found = [piece[1:] for piece in _NO_LETTER.split(pattern)]
    return tuple(piece for piece in found if len(piece) > 1)


def counted(node: All) -> list[Node]:
    """The children of ``node`` that count: function words only where no other word does."""
    words = [n for n in node.children if isinstance(n, Word) and not n.field]
    kept = [n for n in words if not is_stop_word(fold(n.text))] or words
    left_out = {id(n) for n in words} - {id(n) for n in kept}
    return [n for n in node.children if id(n) not in left_out]


def long_forms(node: All) -> list[tuple[list[Word], Sequence[tuple[str, ...]]]]:
    """Words of ``node`` that together have other forms (an abbreviation), and these."""
    words = [n for n in counted(node) if isinstance(n, Word) and not n.field]
    if not node.implicit or len(words) < 2:
        return []
    folded = tuple(fold(n.text) for n in words)
    return [
        (words[start:end], from_authority().of(folded[start:end]))
        for start, end in from_authority().find(folded)
    ]


def _of_all(node: All) -> tuple[Clue, ...]:
    others: dict[int, list[str] | None] = {}
    for words, forms in long_forms(node):
        for word in words:
            others[id(word)] = _any_of(forms)
    found: list[list[str]] = []
    for child in counted(node):
        instead = others.get(id(child), [])
        if instead is not None:
            found += [[*clue, *instead] for clue in clues(child)]
    return _shortened(found)


def _of_word(node: Word) -> tuple[Clue, ...]:
    parts = tokens(node.text)
    if len(parts) != 1:
        return _shortened([[*_spelled(p.surface), *_thousands(p.surface)] for p in parts])
    surface, stem = parts[0].surface, parts[0].stem
    if node.exact:
        return _shortened([_spelled(surface)])
    others = _any_of(from_authority().of((surface,)))
    if others is None:
        return ()
    family = held_by_family(stem) if stem.isalpha() else ()
    strings = [*_spelled(surface), *_spelled(stem), *family, *others]
    return _shortened([[*strings, *_thousands(surface)]])


def _of_pattern(node: Pattern) -> tuple[Clue, ...]:
    pattern = fold(node.text)
    if not pattern.isascii():
        return ()
    longest = max(pieces(pattern), key=len, default="")
    others = [word for word, root in listed().items() if longest in root]
    matches = re.compile(translate(pattern)).match
    others += [sign for word, sign in _SIGN_AS_WORD.items() if matches(word)]
    return _shortened([[longest, *others]])


def _spelled(word: str) -> list[str]:
    """How a text may write one word of the analysis."""
    sign = _SIGN_AS_WORD.get(word)
    return [word] if sign is None else [word, sign]


def _thousands(word: str) -> list[str]:
    """A whole number with dots, as texts write it."""
    if not (word.isascii() and word.isdigit()) or len(word) < 4:
        return []
    first = len(word) % 3
    return [(word[:first] + _THREE.sub(r".\g<0>", word[first:])).lstrip(".")]


def _any_of(forms: Sequence[tuple[str, ...]]) -> list[str] | None:
    """For each form, words in a row, the one that tells most; ``None`` where one has none."""
    found: list[str] = []
    for form in forms:
        plain = [w for w in form if _PLAIN.fullmatch(w) and w not in _SIGN_AS_WORD]
        if not plain:
            return None
        found.append(max(plain, key=len))
    return found


def _telling(found: Sequence[Clue]) -> Clue:
    """The clue that fewest texts satisfy, as far as lengths tell."""
    return max(found, key=lambda clue: (min(map(len, clue)), -len(clue)))


def _shortened(found: Sequence[Sequence[str]]) -> tuple[Clue, ...]:
    """Each clue without strings that hold another of it; those that tell nothing left out."""
    kept: dict[Clue, None] = {}
    for strings in found:
        if not all(_PLAIN.fullmatch(s.replace(".", "").replace("%", "0")) for s in strings):
            continue
        if not strings or any(len(s) < 2 and s != "%" for s in strings):
            continue
        shortest = sorted(dict.fromkeys(strings), key=len)
        some = [s for i, s in enumerate(shortest) if not any(t in s for t in shortest[:i])]
        kept[tuple(some)] = None
    return tuple(kept)
