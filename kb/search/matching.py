"""Does a short text (a statement) hold what a query asks for?

The index answers for pages; a statement is part of one. Words, phrases, patterns
and operators are read as in the search box; what a query says of the document
(year, institution, title, ...) is the index's to check and counts as true here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from re import Pattern as Regex
from re import compile as regex
from re import escape

from rapidfuzz.distance import OSA, LCSseq

from kb.search import parse
from kb.search.clues import Clue, clues, counted, long_forms, pieces
from kb.search.language.affixes import listed, stems_to
from kb.search.language.analysis import (
    cut,
    different_runs,
    fold,
    held_by_family,
    is_stop_word,
    runs,
    stem,
    tokens,
)
from kb.search.language.synonyms import from_authority
from kb.search.tree import (
    All,
    AnyOf,
    Everything,
    Fuzzy,
    Node,
    Not,
    Pattern,
    Phrase,
    Word,
    asks_for_words,
    denies_words,
    says_of_document,
)
from kb.search.wording import is_span

ANYWHERE = 1_000_000
"""Words apart: as far as a text goes."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """Something that one run of characters has or has not."""

    surface: str = ""
    known: str = ""
    """A surface, stem or whole code."""
    near: str = ""
    distance: int = 0
    pattern: Regex[str] | None = None
    hints: Clue = ()
    """Of ``known``: one of them stands in every word that has it. Of ``pattern``: they all stand
    in every word whose stem is like it."""
    others: Clue = ()
    """Of ``near`` and ``pattern``: words that do not carry their stem, which may be like it."""

    def held(self, surfaces: tuple[str, ...], whole: tuple[str, ...]) -> bool:
        if self.surface:
            return self.surface in surfaces
        if self.known:
            if self.known in surfaces or self.known in whole:
                return True
            return any(stems_to(word, self.known) for word in surfaces)
        return any(map(self._like, surfaces + whole)) or any(
            self._like(stem(word)) for word in surfaces if self._may_stem(word)
        )

    def _like(self, word: str) -> bool:
        if self.pattern is not None:
            return self.pattern.match(word) is not None
        return bool(OSA.distance(self.near, word, score_cutoff=self.distance) <= self.distance)

    def _may_stem(self, word: str) -> bool:
        """False where the stem of a word is not like it for sure."""
        if not (word.isascii() and word.isalpha()) or any(other in word for other in self.others):
            return True
        if self.near:
            return _is_near(self.near, word, self.distance)
        return all(hint in word for hint in self.hints)


def _is_near(near: str, word: str, distance: int) -> bool:
    """False where no stem of ``word`` is ``near`` for sure: a slip spoils one letter at most, an
    affix may have swallowed another one."""
    least = len(near) - distance - 1
    return bool(LCSseq.similarity(near, word, score_cutoff=least) >= least)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Words in a row; with ``slop`` in any order within that many words more."""

    words: tuple[str, ...]
    slop: int
    atoms: int

    def held(self, surfaces: Sequence[str]) -> bool:
        size = len(self.words)
        if self.slop:
            return _within(self.words, surfaces, size + self.slop)
        wanted = list(self.words)
        return any(list(surfaces[i : i + size]) == wanted for i in range(len(surfaces) - size + 1))


class _Text:
    """A text with the atoms its runs have; its words are read where their order matters."""

    def __init__(self, text: str, atoms: int) -> None:
        self._text = text
        self.atoms = atoms

    @cached_property
    def surfaces(self) -> list[str]:
        return [p[0] for run in runs(self._text) for p in cut(run.group())[0]]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One word, phrase or pattern of the query: true where the text has any of ``atoms`` (bits)
    or ``chains``, and everywhere where it asks for nothing."""

    atoms: int = 0
    chains: tuple[_Chain, ...] = ()
    true: bool = False

    def held(self, text: _Text) -> bool:
        return (
            self.true
            or bool(self.atoms & text.atoms)
            or any(c.atoms & text.atoms == c.atoms and c.held(text.surfaces) for c in self.chains)
        )


class Matcher:
    """One query, ready to look at many texts: each run of characters is read once for all."""

    def __init__(self, query: str) -> None:
        self._root = parse(query).root
        self._atoms: dict[_Atom, int] = {}
        self._leaves: dict[Node, _Leaf] = {}
        # By identity: the same words may stand in the query twice.
        self._alls: dict[int, tuple[list[Node], list[tuple[list[Word], _Leaf]]]] = {}
        self._found: dict[str, int] = {}
        self._prepare(self._root)
        self._hints = _any_hint(self._atoms)

    @property
    def anything(self) -> bool:
        """True where the query asks for nothing."""
        return isinstance(self._root, Everything)

    @cached_property
    def narrows(self) -> bool:
        """True where a page that does not match the query cannot hold a statement that does."""
        return not self.anything and not denies_words(self._root)

    @cached_property
    def says_of_document(self) -> bool:
        """True where only the index can tell some of what is asked."""
        return says_of_document(self._root)

    @cached_property
    def clues(self) -> tuple[Clue, ...]:
        """See ``kb.search.clues``."""
        return clues(self._root)

    def matches(self, text: str, extra: str = "") -> bool:
        """True where ``text`` (with ``extra``, the speaker's name) is what the query asks for."""
        return self._holds(self._root, self._look(f"{text}\n\n{extra}" if extra else text))

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """What the query asks for word by word, what it denies left out."""
        root = self._root
        nodes = root.children if isinstance(root, All) else (root,)
        return tuple(n for n in nodes if not isinstance(n, Not) and asks_for_words(n))

    @cached_property
    def traces(self) -> tuple[Clue, ...]:
        """For each of ``parts`` its clue; empty where it has none. Cheap to look for."""
        found = (clues(node) for node in self.parts if not _is_stop_word(node))
        return tuple(some[0] if some else () for some in found)

    def held(self, text: str) -> frozenset[int]:
        """Which of ``parts`` the text holds; function words count as held by any."""
        seen = self._look(text)
        return frozenset(
            place
            for place, node in enumerate(self.parts)
            if _is_stop_word(node) or self._holds(node, seen)
        )

    # --- the query ---------------------------------------------------------------

    def _prepare(self, node: Node) -> None:
        if isinstance(node, All | AnyOf):
            for child in node.children:
                self._prepare(child)
            if isinstance(node, All):
                forms = [(words, self._any_of(others)) for words, others in long_forms(node)]
                self._alls[id(node)] = (counted(node), forms)
        elif isinstance(node, Not):
            self._prepare(node.child)
        else:
            self._leaves[node] = self._leaf(node)

    def _leaf(self, node: Node) -> _Leaf:
        if isinstance(node, Word) and not node.field:
            return self._word(node)
        if isinstance(node, Phrase) and not node.field:
            return self._any_of([_surfaces(node.text)], slop=node.slop)
        if isinstance(node, Fuzzy) and not node.field:
            near, away = fold(node.text), node.distance
            others = tuple(w for w, root in listed().items() if _is_near(near, root, away))
            return _Leaf(self._bit(_Atom(near=near, distance=away, others=others)))
        if isinstance(node, Pattern) and not node.field:
            pattern = fold(node.text)
            hints = pieces(pattern)
            others = tuple(w for w, root in listed().items() if all(h in root for h in hints))
            like = regex(translate(pattern))
            return _Leaf(self._bit(_Atom(pattern=like, hints=hints, others=others)))
        return _Leaf(true=True)

    def _word(self, node: Word) -> _Leaf:
        parts = tokens(node.text)
        if not parts:
            return _Leaf(true=True)
        atoms = self._known(fold(node.text))
        if len(parts) > 1:
            leaf = self._any_of([_surfaces(node.text)], atoms)
            if not is_span(_surfaces(node.text)):
                return leaf
            both = self._any_of([_surfaces(node.text)], slop=ANYWHERE)
            return _Leaf(leaf.atoms, leaf.chains + both.chains)
        surface = parts[0].surface
        if node.exact:
            return self._any_of([(surface,)], atoms)
        atoms |= self._known(parts[0].stem)
        return self._any_of(from_authority().of((surface,)), atoms)

    def _any_of(self, phrases: Sequence[tuple[str, ...]], atoms: int = 0, slop: int = 0) -> _Leaf:
        chains: list[_Chain] = []
        for words in phrases:
            bits = 0
            for word in words:
                bits |= self._bit(_Atom(surface=word))
            if len(words) == 1:
                atoms |= bits
            elif words:
                chains.append(_Chain(words, slop, bits))
        return _Leaf(atoms, tuple(chains), not all(phrases))

    def _known(self, word: str) -> int:
        return self._bit(_Atom(known=word, hints=held_by_family(word)))

    def _bit(self, atom: _Atom) -> int:
        return self._atoms.setdefault(atom, 1 << len(self._atoms))

    # --- texts -------------------------------------------------------------------

    def _look(self, text: str) -> _Text:
        atoms = 0
        for run in different_runs(text):
            found = self._found.get(run)
            if found is None:
                found = self._found[run] = self._read(run)
            atoms |= found
        return _Text(text, atoms)

    def _read(self, run: str) -> int:
        hints = self._hints
        if hints and run.isascii() and run.isalpha() and hints.search(run.lower()) is None:
            return 0
        parts, whole = cut(run)
        surfaces = tuple(part[0] for part in parts)
        return sum(bit for atom, bit in self._atoms.items() if atom.held(surfaces, whole))

    def _holds(self, node: Node, text: _Text) -> bool:
        if isinstance(node, All):
            return self._every(node, text)
        if isinstance(node, AnyOf):
            return any(self._holds(n, text) for n in node.children)
        if isinstance(node, Not):
            return not asks_for_words(node.child) or not self._holds(node.child, text)
        return self._leaves[node].held(text)

    def _every(self, node: All, text: _Text) -> bool:
        left_out: set[int] = set()
        children, long = self._alls[id(node)]
        for words, forms in long:
            if forms.held(text):
                left_out |= {id(n) for n in words}
        return all(self._holds(n, text) for n in children if id(n) not in left_out)


def _any_hint(atoms: Collection[_Atom]) -> Regex[str] | None:
    """Finds a hint of any of ``atoms`` in a word; ``None`` where not all have one."""
    if any(not atom.surface and not atom.known for atom in atoms):
        return None
    hints = {hint for atom in atoms for hint in (atom.hints or (atom.surface,))}
    return regex("|".join(map(escape, sorted(hints, key=len)))) if hints else None


def _surfaces(text: str) -> tuple[str, ...]:
    return tuple(t.surface for t in tokens(text))


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


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and is_stop_word(fold(node.text))
