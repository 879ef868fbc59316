"""Does a short text (a statement) hold what a query asks for?

The index answers for pages; a statement is part of one. Words, phrases, patterns
and operators are read as in the search box; what a query says of the document
(year, institution, title, ...) is the index's to check and counts as true here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from re import Pattern as Regex
from re import compile as regex

from kb.search import parse
from kb.search.analysis import fold, held_by_family, is_stop_word, runs, split, tokens
from kb.search.synonyms import from_authority
from kb.search.tree import All, AnyOf, Everything, Fuzzy, Node, Not, Pattern, Phrase, Word

_NO_LETTER = regex(r"[^a-z]+")


@dataclass(slots=True)
class _Text:
    surfaces: list[str]
    stems: list[str]
    known: frozenset[str]


def _read(text: str) -> _Text:
    surfaces: list[str] = []
    stems: list[str] = []
    whole: list[str] = []
    for run in runs(text):
        word = split(run.group())
        whole += word.whole
        for surface, stemmed, _, _ in word.parts:
            surfaces.append(surface)
            stems.append(stemmed)
    return _Text(surfaces, stems, frozenset((*surfaces, *stems, *whole)))


class Matcher:
    """One query, ready to look at many texts."""

    def __init__(self, query: str) -> None:
        self._root = parse(query).root
        self._patterns: dict[str, Regex[str]] = {}
        self._words = _told_by_single_words(self._root)
        self._found: dict[str, int] = {}
        # For each word what one of must stand in a text, seen without signs and spaces.
        self._hints = tuple(_hints(word) for word in self._words)

    @property
    def narrows(self) -> bool:
        """True where a page that does not match the query cannot hold a statement that does."""
        return not isinstance(self._root, Everything) and not _denies_words(self._root)

    def matches(self, text: str, extra: str = "") -> bool:
        """True where ``text`` (with ``extra``, the speaker's name) is what the query asks for."""
        whole = f"{text}\n\n{extra}" if extra else text
        if self._words:
            return self._has_all_words(whole, self._words)
        return self._holds(self._root, _read(whole))

    def _has_all_words(self, text: str, words: Sequence[Word]) -> bool:
        """As ``_holds``, for plain words: a run of characters is looked at once for all texts."""
        letters = _NO_LETTER.sub("", fold(text))
        if not all(any(hint in letters for hint in hints) for hints in self._hints):
            return False
        missing = (1 << len(words)) - 1
        for run in runs(text):
            spelled = run.group()
            found = self._found.get(spelled)
            if found is None and spelled.isascii() and spelled.isalpha():
                lower = spelled.lower()
                if not any(hint in lower for hints in self._hints for hint in hints):
                    found = self._found[spelled] = 0
            if found is None:
                read = _read(spelled)
                found = sum(1 << at for at, word in enumerate(words) if _has_word(word, read))
                self._found[spelled] = found
            missing &= ~found
            if not missing:
                return True
        return False

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """What the query asks for word by word, what it denies left out."""
        root = self._root
        nodes = root.children if isinstance(root, All) else (root,)
        return tuple(n for n in nodes if not isinstance(n, Not) and _about_words(n))

    @cached_property
    def traces(self) -> tuple[tuple[str, ...], ...]:
        """For each of ``parts`` letters of which a text that holds it has some, lower case;
        empty where nothing can be said beforehand. Cheap to look for."""
        return tuple(_traces(node) for node in self.parts)

    def held(self, text: str) -> frozenset[int]:
        """Which of ``parts`` the text holds; function words count as held by any."""
        read = _read(text)
        return frozenset(
            place
            for place, node in enumerate(self.parts)
            if (isinstance(node, Word) and is_stop_word(fold(node.text))) or self._holds(node, read)
        )

    def _holds(self, node: Node, text: _Text) -> bool:
        if isinstance(node, All):
            return self._every(node, text)
        if isinstance(node, AnyOf):
            return any(self._holds(n, text) for n in node.children)
        if isinstance(node, Not):
            return not _about_words(node.child) or not self._holds(node.child, text)
        if isinstance(node, Word):
            return bool(node.field) or _has_word(node, text)
        if isinstance(node, Phrase):
            return bool(node.field) or _has_phrase(_surfaces(node.text), text, node.slop)
        if isinstance(node, Fuzzy):
            return bool(node.field) or _has_nearly(fold(node.text), node.distance, text)
        if isinstance(node, Pattern):
            return bool(node.field) or self._has_pattern(node.text, text)
        return True

    def _every(self, node: All, text: _Text) -> bool:
        plain = [n for n in node.children if isinstance(n, Word) and not n.field]
        kept = [n for n in plain if not is_stop_word(fold(n.text))] or plain
        skipped = {id(n) for n in plain} - {id(n) for n in kept}
        long_forms: list[tuple[int, int]] = []
        words = tuple(fold(n.text) for n in kept)
        if node.implicit and len(kept) > 1:
            long_forms = from_authority().find(words)
        for start, end in long_forms:
            others = from_authority().of(words[start:end])
            if any(_has_phrase(o, text) for o in others):
                skipped |= {id(n) for n in kept[start:end]}
        return all(self._holds(n, text) for n in node.children if id(n) not in skipped)

    def _has_pattern(self, pattern: str, text: _Text) -> bool:
        if pattern not in self._patterns:
            self._patterns[pattern] = regex(translate(fold(pattern)))
        found = self._patterns[pattern]
        return any(found.match(word) for word in text.known)


def _hints(word: Word) -> tuple[str, ...]:
    """Letters one of which stand in every text that has the word; for numbers, none do."""
    spelled = (fold(word.text), *held_by_family(tokens(word.text)[0].stem))
    if not all(s.isascii() and s.isalpha() for s in spelled):
        return ("",)
    return spelled


def _told_by_single_words(root: Node) -> tuple[Word, ...]:
    """The words of a query that a text holds where it holds each of them; else nothing.

    Left out are queries in which a long form or its abbreviation may stand for words.
    """
    nodes = root.children if isinstance(root, All) else (root,)
    plain = [n for n in nodes if isinstance(n, Word) and not n.field]
    if len(plain) != len(nodes) or any(len(tokens(n.text)) != 1 for n in plain):
        return ()
    kept = [n for n in plain if not is_stop_word(fold(n.text))] or plain
    folded = tuple(fold(n.text) for n in kept)
    if from_authority().find(folded) or any(
        from_authority().of((tokens(n.text)[0].surface,)) for n in kept
    ):
        return ()
    return tuple(kept)


def _traces(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Word) or is_stop_word(fold(node.text)):
        return ()
    parts = tokens(node.text)
    if len(parts) != 1:
        return ()
    others = [other[0] for other in from_authority().of((parts[0].surface,)) if other]
    found = [parts[0].stem, *others]
    # A prefix eats the first letter of a stem (tangan: penanganan).
    return tuple(word[1:] if len(word) > 4 else word for word in found)


def _surfaces(text: str) -> tuple[str, ...]:
    return tuple(t.surface for t in tokens(text))


def _has_word(node: Word, text: _Text) -> bool:
    parts = tokens(node.text)
    if fold(node.text) in text.known:
        return True
    if not parts:
        return True
    if len(parts) > 1:
        return _has_phrase(tuple(p.surface for p in parts), text)
    if node.exact:
        return parts[0].surface in text.surfaces
    if parts[0].stem in text.known:
        return True
    return any(_has_phrase(o, text) for o in from_authority().of((parts[0].surface,)))


def _has_phrase(words: Sequence[str], text: _Text, slop: int = 0) -> bool:
    if not words:
        return True
    if not all(w in text.known for w in words):
        return False
    if slop:
        return _within(words, text.surfaces, len(words) + slop)
    size = len(words)
    wanted = list(words)
    return any(text.surfaces[i : i + size] == wanted for i in range(len(text.surfaces) - size + 1))


def _within(words: Sequence[str], surfaces: Sequence[str], width: int) -> bool:
    wanted = set(words)
    places = [(i, w) for i, w in enumerate(surfaces) if w in wanted]
    for at, (start, _) in enumerate(places):
        seen: set[str] = set()
        for position, word in places[at:]:
            if position - start >= width:
                break
            seen.add(word)
        if seen == wanted:
            return True
    return False


def _has_nearly(word: str, distance: int, text: _Text) -> bool:
    from rapidfuzz.distance import OSA

    return any(OSA.distance(word, known, score_cutoff=distance) <= distance for known in text.known)


def _about_words(node: Node) -> bool:
    """True where any part of ``node`` asks for words of the text."""
    if isinstance(node, All | AnyOf):
        return any(_about_words(n) for n in node.children)
    if isinstance(node, Not):
        return _about_words(node.child)
    return isinstance(node, Word | Phrase | Fuzzy | Pattern) and not node.field


def _denies_words(node: Node) -> bool:
    if isinstance(node, Not):
        return _about_words(node.child)
    if isinstance(node, All | AnyOf):
        return any(_denies_words(n) for n in node.children)
    return False
