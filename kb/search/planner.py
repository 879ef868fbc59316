"""Plans a parsed query: stems, synonyms, codes, expansions, lifts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kb.search import ranking
from kb.search.analysis import doubled_words, fold, is_stop_word, split, stem, tokens
from kb.search.columns import FIRST_PAGE, ISSUER, NAMED, NUMBER, OFFICIAL, PLACE, TITLE, TYPE, YEAR
from kb.search.lexicon import Lexicon
from kb.search.plan import (
    FIELDS,
    Anything,
    Both,
    Chain,
    Constant,
    DateRange,
    Key,
    Lifted,
    Marks,
    Plan,
    Planned,
    Resolve,
    Term,
    Union,
    Without,
)
from kb.search.synonyms import Synonyms
from kb.search.tree import (
    All,
    AnyOf,
    Dates,
    Everything,
    Fuzzy,
    Node,
    Not,
    Pattern,
    Phrase,
    Query,
    Value,
    Word,
    Years,
)

_NUMBER = re.compile(
    r"(?:\b(?:nomor|no)\b[.:]?\s*)?\b(\d{1,4})\s*(?:/|tahun|thn\.?|th\.?)\s*((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_PREFIXES = {
    "institution": (ISSUER, NAMED),
    "official": (OFFICIAL,),
    "place": (PLACE,),
    "type": (TYPE,),
    "year": (YEAR,),
}
MAX_TITLE = 200


def title_key(title: str) -> str:
    """What two spellings of one title share."""
    return " ".join(t.surface for t in tokens(title))[:MAX_TITLE]


def number_keys(text: str) -> list[str]:
    """Numbers of regulations in ``text`` as ``4/2023``, and a number typed whole."""
    found = [f"{int(m.group(1))}/{m.group(2)}" for m in _NUMBER.finditer(text)]
    whole = re.sub(r"\s+", "", fold(text))
    if "/" in whole and len(whole) <= 60:
        found.append(whole)
    return list(dict.fromkeys(found))


class Planner:
    """Plans queries against one lexicon. ``resolve`` turns typed names into ids."""

    def __init__(
        self, lexicon: Lexicon, synonyms: Synonyms, resolve: Resolve | None = None
    ) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._resolve = resolve

    def plan(self, query: Query) -> Planned:
        """The plan of ``query``. Never raises."""
        return _Planning(self._lexicon, self._synonyms, self._resolve, query).result()


class _Planning:
    def __init__(
        self, lexicon: Lexicon, synonyms: Synonyms, resolve: Resolve | None, query: Query
    ) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._resolve = resolve
        self._query = query
        self.marks = Marks()
        self.notes = list(query.notes)
        self.words: list[str] = []
        self.scored = False

    def result(self) -> Planned:
        root = self._query.root
        main = self._node(root)
        relaxed: Plan | None = None
        if isinstance(root, All) and root.implicit:
            words = [n for n in self._kept(root.children) if isinstance(n, (Word, AnyOf))]
            rest = [n for n in root.children if not isinstance(n, (Word, AnyOf))]
            if len(words) > 1:
                either = Union(tuple(self._node(n) for n in words))
                fixed = tuple(self._node(n) for n in rest)
                relaxed = Both((either, *fixed)) if fixed else either
        lifts = self._lifts(root)
        if lifts:
            main = Lifted(main, lifts)
            relaxed = Lifted(relaxed, lifts) if relaxed is not None else None
        return Planned(
            main,
            relaxed,
            self.marks,
            tuple(dict.fromkeys(self.words)),
            tuple(dict.fromkeys(self.notes)),
            self.scored,
        )

    # -- nodes ------------------------------------------------------------------------------

    def _node(self, node: Node, negative: bool = False) -> Plan:
        if isinstance(node, Everything):
            return Anything()
        if isinstance(node, All):
            return self._every(self._kept(node.children), negative)
        if isinstance(node, AnyOf):
            parts = tuple(self._node(n, negative) for n in node.children)
            return Union(parts)
        if isinstance(node, Not):
            return Without(self._node(node.child, True))
        if isinstance(node, Years):
            wanted = (Key(YEAR, (f"{node.first}..{node.last}",)),)
            return wanted[0]
        if isinstance(node, Dates):
            return DateRange(node.first, node.last)
        if isinstance(node, Value):
            return self._value(node, negative)
        if not negative:
            self.scored = True
        if isinstance(node, Word):
            return self._word(node, negative)
        if isinstance(node, Phrase):
            return self._phrase(node, negative)
        if isinstance(node, Pattern):
            return self._pattern(node, negative)
        return self._fuzzy(node, negative)

    def _kept(self, children: Sequence[Node]) -> list[Node]:
        """Without stop words, unless there is nothing else to look for."""
        kept = [n for n in children if not (isinstance(n, Word) and self._is_stop(n))]
        return kept or list(children)

    def _is_stop(self, word: Word) -> bool:
        parts = split_word(word.text)[0]
        return not parts or (len(parts) == 1 and is_stop_word(parts[0][0]))

    def _every(self, children: list[Node], negative: bool) -> Plan:
        """All children, with runs of words that have a short form replaced by both forms."""
        parts: list[Plan] = []
        plain = [_single(n) for n in children]
        stretches = dict(self._long_forms(plain))
        at = 0
        while at < len(children):
            end = stretches.get(at)
            if end is None:
                parts.append(self._node(children[at], negative))
                at += 1
                continue
            spelled = Both(tuple(self._node(n, negative) for n in children[at:end]))
            words = tuple(w for w in plain[at:end] if w is not None)
            parts.append(Union((spelled, *self._alternatives(words, "", negative)), best=True))
            at = end
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _long_forms(self, plain: list[str | None]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        start = 0
        for at in range(len(plain) + 1):
            if at == len(plain) or plain[at] is None:
                words = tuple(w for w in plain[start:at] if w is not None)
                found += [(start + a, start + b) for a, b in self._synonyms.find(words)]
                start = at + 1
        return found

    def _alternatives(self, words: tuple[str, ...], field: str, negative: bool) -> list[Plan]:
        out: list[Plan] = []
        for other in self._synonyms.of(words):
            stems = tuple(stem(w) for w in other)
            if not negative:
                self.marks.stem_phrases.add(stems)
            weight = ranking.SYNONYM_WEIGHT
            if len(other) == 1:
                out.append(self._terms(stems[0], field, exact=False, weight=weight))
            else:
                out.append(self._sequence(stems, field, exact=False, weight=weight))
        return out

    def _terms(self, text: str, field: str, *, exact: bool, weight: float = 1.0) -> Plan:
        parts = tuple(
            Term(name, text, exact, weight * ranking.WEIGHTS[name]) for name in FIELDS[field]
        )
        return parts[0] if len(parts) == 1 else Union(parts)

    def _sequence(
        self,
        words: tuple[str, ...],
        field: str,
        *,
        exact: bool,
        slop: int = 0,
        weight: float = 1.0,
    ) -> Plan:
        parts = tuple(
            Chain(
                name, words, tuple(range(len(words))), exact, slop, weight * ranking.WEIGHTS[name]
            )
            for name in FIELDS[field]
        )
        return parts[0] if len(parts) == 1 else Union(parts)

    def _word(self, node: Word, negative: bool) -> Plan:
        parts, whole = split_word(node.text)
        marks = Marks() if negative else self.marks
        if not parts:
            return Anything()
        if len(parts) == 1 and not node.exact:
            surface, stemmed = parts[0][:2]
            marks.stems.add(stemmed)
            if not negative:
                self.words.append(surface)
            options: list[Plan] = [self._terms(stemmed, node.field, exact=False)]
            if stemmed != surface and ranking.EXACT_WEIGHT:
                exact = self._terms(surface, node.field, exact=True, weight=ranking.EXACT_WEIGHT)
                options = [Union((options[0], exact))]
            options += self._alternatives((surface,), node.field, negative)
            return options[0] if len(options) == 1 else Union(tuple(options), best=True)
        surfaces = tuple(p[0] for p in parts)
        marks.surfaces.update(whole)
        options = [
            self._terms(form, node.field, exact=True, weight=ranking.CODE_WEIGHT)
            for form in (whole or surfaces[:1])
        ]
        if len(parts) > 1:
            stems = tuple(p[1] for p in parts)
            marks.stem_phrases.add(stems)
            options.append(self._sequence(stems, node.field, exact=False))
            options += self._alternatives(surfaces, node.field, negative)
            if len(set(stems)) == 1 < len(parts) == 2 and not doubled_words() & {*whole}:
                marks.stems.add(stems[0])  # "buku-buku" is more than one "buku"
                options.append(
                    self._terms(stems[0], node.field, exact=False, weight=ranking.DOUBLED_WEIGHT)
                )
            for number in number_keys(node.text):
                options.append(Constant(Key(NUMBER, (number,)), 1.0))
                first, _, year = number.partition("/")
                if first.isdigit() and year.isdigit():
                    spelled = (first, "tahun", year)
                    marks.phrases.add(spelled)
                    options.append(self._sequence(spelled, node.field, exact=True))
        return options[0] if len(options) == 1 else Union(tuple(options), best=True)

    def _phrase(self, node: Phrase, negative: bool) -> Plan:
        words = tuple(t.surface for t in tokens(node.text))
        marks = Marks() if negative else self.marks
        if not words:
            return Anything()
        if len(words) == 1:
            marks.surfaces.add(words[0])
            if not negative:
                self.words.append(words[0])
            return self._terms(words[0], node.field, exact=True)
        if node.slop:
            marks.surfaces.update(words)
            words = tuple(dict.fromkeys(words))
        else:
            marks.phrases.add(words)
        return self._sequence(words, node.field, exact=True, slop=node.slop)

    def _pattern(self, node: Pattern, negative: bool) -> Plan:
        pattern = fold(node.text)
        found, capped = self._lexicon.matching(pattern)
        if capped:
            self.notes.append("capped")
        return self._one_of([(word, 1.0) for word in found], node.field, negative)

    def _fuzzy(self, node: Fuzzy, negative: bool) -> Plan:
        parts, _ = split_word(node.text)
        if len(parts) != 1:
            return self._word(Word(node.text, node.field), negative)
        found = self._lexicon.near(parts[0][0], node.distance)
        weighed = [(word, 1.0 - ranking.FUZZY_STEP * away) for word, away in found]
        return self._one_of(weighed, node.field, negative)

    def _one_of(self, words: list[tuple[str, float]], field: str, negative: bool) -> Plan:
        if not negative:
            self.marks.surfaces.update(word for word, _ in words)
        return Union(
            tuple(
                Term(name, word, True, weight * ranking.WEIGHTS[name])
                for word, weight in words
                for name in FIELDS[field]
            ),
            best=True,
        )

    def _value(self, node: Value, negative: bool) -> Plan:
        values = tuple(node.values)
        if not values and self._resolve is not None:
            values = tuple(self._resolve(node.field, node.text))
        if not values and node.field == "type":
            values = (re.sub(r"[\s-]+", "_", fold(node.text)),)
        if values:
            keys = tuple(Key(prefix, values) for prefix in _PREFIXES[node.field])
            return keys[0] if len(keys) == 1 else Union(keys)
        self.notes.append("unresolved")
        self.scored = self.scored or not negative
        return self._phrase(Phrase(node.text), negative)

    # -- lifts ------------------------------------------------------------------------------

    def _lifts(self, root: Node) -> tuple[Plan, ...]:
        words = _plain_words(root)
        if not words:
            return ()
        text = " ".join(word.text for word in words)
        lifts: list[Plan] = []
        first = Key(FIRST_PAGE, ("1",))
        named: list[Plan] = []
        surfaces: list[tuple[str, str]] = []
        for word in words:
            surfaces += [(p[0], p[1]) for p in split_word(word.text)[0]]
        kept = [(i, s, st) for i, (s, st) in enumerate(surfaces) if not is_stop_word(s)]
        for (a, _, one), (b, _, two) in itertools.pairwise(kept):
            if one != two and b - a <= 3:
                gap = (0, b - a)
                lifts.append(Chain(ranking.TEXT, (one, two), gap, False, 0, ranking.PAIR_WEIGHT))
                lifts.append(
                    Chain(ranking.TITLE, (one, two), gap, False, 0, ranking.PAIR_TITLE_WEIGHT)
                )
        if 1 < len(kept) <= 24:
            in_title: Plan = Both(tuple(Term(ranking.TITLE, st) for _, _, st in kept))
            lifts.append(Constant(in_title, ranking.ALL_IN_TITLE))
            named.append(in_title)
        key = title_key(text)
        if key:
            full = Key(TITLE, (key,))
            lifts.append(Constant(full, ranking.FULL_TITLE))
            named.append(full)
        numbers = number_keys(text)
        for word in words:
            numbers += number_keys(word.text)
        if numbers:
            number = Key(NUMBER, tuple(dict.fromkeys(numbers)))
            lifts.append(Constant(number, ranking.NUMBER))
            named.append(number)
        lifts.append(Constant(Both((first, Union(tuple(named), best=True))), ranking.FIRST_PAGE))
        return tuple(lifts)


def split_word(text: str) -> tuple[tuple[tuple[str, str, int, int], ...], tuple[str, ...]]:
    """Parts and whole forms of one typed word, several runs joined."""
    found = split(text.strip("-/.,&'’‘`‐‑–:;!?…"))
    return found.parts[:16], found.whole


def _single(node: Node) -> str | None:
    """The folded word of a plain one-word node, else ``None``."""
    if isinstance(node, Word) and not node.field and not node.exact:
        parts = split_word(node.text)[0]
        if len(parts) == 1:
            return parts[0][0]
    return None


def _plain_words(root: Node) -> list[Word]:
    """The words of a query that is a list of words (other parts may stand among them)."""
    if isinstance(root, Word) and not root.field:
        return [root]
    if isinstance(root, All):
        return [n for n in root.children if isinstance(n, Word) and not n.field]
    return []
