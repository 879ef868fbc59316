"""Plans a parsed query: stems, synonyms, codes, expansions, lifts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kb.search import ranking
from kb.search.columns import ISSUER, NAMED, NUMBER, OFFICIAL, PLACE, TYPE, YEAR
from kb.search.further import any_of, lifted
from kb.search.language.analysis import cut, fold, is_stop_word, runs, stem
from kb.search.language.synonyms import Synonyms
from kb.search.language.words import special
from kb.search.lifts import lifts_of
from kb.search.passages import number_keys
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
from kb.search.wording import (
    BOUND,
    Known,
    figure_stretches,
    halves,
    is_count,
    is_span,
    joined,
    single,
    split_word,
    undoubled,
)

_PREFIXES = {
    "institution": (ISSUER, NAMED),
    "official": (OFFICIAL,),
    "place": (PLACE,),
    "type": (TYPE,),
    "year": (YEAR,),
}


class Planner:
    """Plans queries against the words of one index. ``resolve`` turns typed names into ids."""

    def __init__(self, known: Known, synonyms: Synonyms, resolve: Resolve | None = None) -> None:
        self._known = known
        self._synonyms = synonyms
        self._resolve = resolve

    def plan(self, query: Query) -> Planned:
        """The plan of ``query``. Never raises."""
        return _Planning(self._known, self._synonyms, self._resolve, query).result()


class _Planning:
    def __init__(
        self, known: Known, synonyms: Synonyms, resolve: Resolve | None, query: Query
    ) -> None:
        self._known = known
        self._synonyms = synonyms
        self._resolve = resolve
        self._query = query
        self.marks = Marks()
        self.notes = list(query.notes)
        self.words: list[str] = []
        self.scored = False

    def result(self) -> Planned:
        root = self._query.root
        main = self._every([root], False) if isinstance(root, Word) else self._node(root)
        relaxed: Plan | None = None
        if isinstance(root, All) and root.implicit:
            words = [n for n in self._kept(root.children) if isinstance(n, (Word, AnyOf))]
            rest = [n for n in root.children if not isinstance(n, (Word, AnyOf))]
            if len(words) > 1:
                fixed = tuple(self._node(n) for n in rest)
                relaxed = any_of(tuple(self._node(n) for n in words), fixed)
        lifts = lifts_of(root, lambda word: self._word(Word(word.text, "title"), True))
        if lifts:
            main = Lifted(main, lifts)
            relaxed = lifted(relaxed, lifts) if relaxed is not None else None
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
            parts = tuple(self._node(n, negative) for n in dict.fromkeys(node.children))
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
        """Each once, without stop words unless there is nothing else to look for."""
        kept: list[Node] = []
        rest = iter(itertools.pairwise((*children, Everything())))
        for node, after in rest:
            if not isinstance(node, Word) or not self._is_stop(node):
                kept.append(node)
            elif (one := single(node)) in BOUND:  # "antar daerah" is "antardaerah"
                word = joined(one, single(after), self._known)
                if word:
                    kept.append(Word(word))
                    next(rest)
        return _once(kept or children)

    def _is_stop(self, word: Word) -> bool:
        parts = split_word(word.text)[0]
        return not parts or (len(parts) == 1 and is_stop_word(parts[0][0]))

    def _every(self, children: list[Node], negative: bool) -> Plan:
        """All children, with runs of words that have another form replaced by both forms."""
        parts: list[Plan] = []
        plain = [single(n) for n in children]
        numbers = figure_stretches(children)
        together = {
            at: word
            for at in range(len(plain) - 1)
            if (word := joined(plain[at], plain[at + 1], self._known))
        }
        stretches = {at: at + 2 for at in together} | dict(self._long_forms(plain))
        stretches |= {start: end for start, (end, _) in numbers.items()}
        at = 0
        while at < len(children):
            end = stretches.get(at)
            if end is None:
                parts.append(self._node(children[at], negative))
                at += 1
                continue
            spelled = tuple(self._node(n, negative) for n in children[at:end])
            either: list[Plan] = [spelled[0] if end - at == 1 else Both(spelled)]
            if at in numbers:
                either.append(self._figure(numbers[at][1], negative))
            else:
                words = tuple(w for w in plain[at:end] if w is not None)
                either += self._alternatives(words, "", negative)
                if at in together and end - at == 2:
                    either.append(self._terms(stem(together[at]), "", exact=False))
                    if not negative:
                        self.marks.stems.add(stem(together[at]))
            parts.append(Union(tuple(either), best=True))
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

    def _figure(self, term: str, negative: bool) -> Plan:
        """A number or date as every written form of it is indexed."""
        if not negative:
            self.marks.figures.add(term)
            self.marks.surfaces.add(term)
        return self._terms(term, "", exact=True, weight=ranking.SYNONYM_WEIGHT)

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
        parts, whole = split_word(undoubled(node.text) if not node.exact else node.text)
        marks = Marks() if negative else self.marks
        if not parts:
            return Anything()
        if len(parts) == 1 and not node.exact:
            surface, stemmed = parts[0][:2]
            marks.stems.add(stemmed)
            if is_count(surface):
                marks.figures.add(surface)
            if not negative:
                self.words.append(surface)
            options: list[Plan] = [self._terms(stemmed, node.field, exact=False)]
            if stemmed != surface and ranking.EXACT_WEIGHT:
                exact = self._terms(surface, node.field, exact=True, weight=ranking.EXACT_WEIGHT)
                options = [Union((options[0], exact))]
            options += self._alternatives((surface,), node.field, negative)
            agency = self._synonyms.agency_of_head(surface)
            if agency is not None:
                options.append(self._every([Word("kepala"), Word(agency)], negative))
            apart = halves(surface, self._known)
            if apart is not None:
                pair = (stem(apart[0]), stem(apart[1]))
                marks.stem_phrases.add(pair)
                options.append(self._sequence(pair, node.field, exact=False))
            return options[0] if len(options) == 1 else Union(tuple(options), best=True)
        surfaces = tuple(p[0] for p in parts)
        marks.surfaces.update(whole)
        marks.figures.update(filter(is_count, whole))
        options = [
            self._terms(form, node.field, exact=True, weight=ranking.CODE_WEIGHT)
            for form in (whole or surfaces[:1])
        ]
        if len(parts) > 1:
            stems = tuple(p[1] for p in parts)
            marks.stem_phrases.add(stems)
            options.append(self._sequence(stems, node.field, exact=False))
            options += self._alternatives(surfaces, node.field, negative)
            if is_span(surfaces):
                marks.surfaces.update(surfaces)
                options.append(Both(tuple(self._year(year, node.field) for year in surfaces)))
            if len(set(stems)) == 1 < len(parts) == 2 and not special().doubled & {*whole}:
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

    def _year(self, year: str, field: str) -> Plan:
        return self._terms(year, field, exact=True, weight=ranking.SPAN)

    def _phrase(self, node: Phrase, negative: bool) -> Plan:
        # Not the stems of ``tokens``: those of names nobody saw before are slow, and not asked.
        words = tuple(word for run in runs(node.text) for word, _, _ in cut(run.group())[0])
        marks = Marks() if negative else self.marks
        if not words:
            return Anything()
        if len(words) == 1:
            marks.surfaces.add(words[0])
            if not negative:
                self.words.append(words[0])
            return self._terms(words[0], node.field, exact=True)
        if node.slop:
            words = tuple(dict.fromkeys(words))
            marks.surfaces.update(words)
            near = self._sequence(words, node.field, exact=True, slop=node.slop)
            # Being near decides; how often they are, engines count in ways of their own.
            scores = tuple(self._terms(word, node.field, exact=True) for word in words)
            return Lifted(Constant(near, 0.0), scores)
        marks.phrases.add(words)
        return self._sequence(words, node.field, exact=True)

    def _pattern(self, node: Pattern, negative: bool) -> Plan:
        pattern = fold(node.text)
        found, capped = self._known.lexicon().matching(pattern)
        if capped:
            self.notes.append("capped")
        return self._one_of([(word, 1.0) for word in found], node.field, negative)

    def _fuzzy(self, node: Fuzzy, negative: bool) -> Plan:
        parts, _ = split_word(node.text)
        if len(parts) != 1:
            return self._word(Word(node.text, node.field), negative)
        found = self._known.lexicon().near(parts[0][0], node.distance)
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


def _once(nodes: Sequence[Node]) -> list[Node]:
    """Without what is asked for again; a word said twice ("undang undang") may be one."""
    kept: list[Node] = []
    for node in nodes:
        if node not in kept or (kept[-1] == node and kept[-2:] != [node, node]):
            kept.append(node)
    return kept
