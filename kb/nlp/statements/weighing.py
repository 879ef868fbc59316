"""Who else may have said it: the persons of a text as the learnt weights see them.

Each statement whose speaker the rules only inferred (``katanya``, a description, nobody named)
is looked at once more: every person of the text, and who the rules chose, gets marks (how far
away, named first or last in the sentence, spoke before or behind, ...), and so does the setting
(``kind``, cue, how many are named in the sentence, ...). ``weights`` says what they are worth.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.authority import norm
from kb.model import Statement
from kb.nlp.statements.contenders import (
    Contender,
    asking,
    in_other_offices,
    is_anybody,
    named_within,
    of_person,
    of_phrase,
    relatives,
)
from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import People, Person

INFERRED = frozenset({"last", "phrase", "named", "none", "agent"})
"""Ways (behind the stroke of ``method``) in which the rules infer who speaks; of the errors on the
work halves before their kinds were mended, 9 in 10. Set by hand; no command measured it."""
_LINES = re.compile(r"\n\s*")
_PLAIN = frozenset({"para", "salah", "sang", "satu", "warga"})
_STEPS = {
    "named": (1, 2, 3, 5), "words": (1, 2, 3), "spoke": (0, 1, 2, 4), "later": (0, 1, 3),
    "speaks": (0, 1, 3), "sentences": (0, 1, 2, 3, 5, 9), "lines": (0, 1, 2, 4),
    "from start": (0, 20, 50, 100, 200), "to end": (0, 2, 20, 80), "rank": (0, 1, 2, 4),
    "beside": (0, 1, 2), "first": (0, 1, 2, 4, 9), "opens": (0, 1, 3, 8), "roles": (0, 1, 2),
    "of phrase": (0, 1, 2), "by name": (0, 1, 2),
}  # fmt: skip
"""Steps of what is counted. Set by hand; no command measured them."""
_MOST = {
    "in sentence": 2, "new": 2, "newly named": 2, "gap": 4, "other words": 3, "before": 3,
    "phrase words": 4,
}  # fmt: skip
"""Counts of the setting, more than which is the same. Set by hand; no command measured them."""


def _step(name: str, value: int) -> str:
    place = bisect_left(_STEPS[name], value)
    return f"{name}<{_STEPS[name][place]}" if place < len(_STEPS[name]) else f"{name}>"


@dataclass(frozen=True, slots=True)
class _Naming:
    """What stands around one naming, as marks."""

    sentence: int
    line: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One statement with its setting and the marks of everybody who may have said it."""

    number: int
    setting: list[str]
    marks: list[list[str]]
    chosen: int | None
    """Who the rules chose."""
    barred: frozenset[int] = frozenset()
    """Who did not say it: ``kata ibunda X`` is not X."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What surrounds one statement."""

    number: int
    said: Statement
    start: int
    end: int
    words: list[str]
    """Of its sentence, outside what is said."""
    told: set[int]
    """Who is named in its sentence."""
    latest: dict[int, int]
    """Where each was named last before its sentence."""
    ranked: list[int]
    """These, the latest first."""
    since: int
    """Where the statement before ends."""
    sentence: int
    fresh: list[int]
    """Who was named first after the statement before."""


class Weighing:
    """One text whose statements are weighed."""

    def __init__(self, view: View, people: People, statements: Sequence[Statement]) -> None:
        self.view = view
        self.people = people
        self.statements = statements
        self._lines = [found.end() for found in _LINES.finditer(view.text)]
        self._sentences = [sentence.start for sentence in view.sentences]
        self._quotes = {quote.start: quote for quote in view.quotes}
        self.contenders = [of_person(p, view, people) for p in people.persons]
        self.chosen = [self._index(s.speaker) for s in statements]
        self._namings: dict[int, _Naming] = {}
        self._bodies = {
            m.surface for m in view.mentions if m.label == "ORG" and m.surface.count(" ") > 1
        }
        """Bodies named in full, which speak for themselves."""
        self._named = sorted(
            (start, number) for number, c in enumerate(self.contenders) for start, _ in c.places
        )

    def rows(self) -> list[Weighed]:
        """The statements whose speaker was inferred, where there is a choice."""
        found = []
        for number, statement in enumerate(self.statements):
            way = way_of(statement)
            if way in INFERRED and len(self.contenders) > (self.chosen[number] is not None):
                phrase = statement.speaker or ""
                if way == "phrase" and (is_anybody(phrase, self.people) or phrase in self._bodies):
                    continue
                found.append(self._weighed(number, statement, way))
        return found

    # --- who there is ----------------------------------------------------------------

    def _index(self, name: str | None) -> int | None:
        """Number of who is called ``name``; a new contender where it is no person's name."""
        if name is None:
            return None
        for number, one in enumerate(self.contenders):
            if one.name == name:
                return number
        tokens = frozenset(norm(name).split())
        if name[:1].isupper() and tokens and self.people.title_of(name) is None:
            for number, one in enumerate(self.contenders):
                if one.person is not None and tokens <= one.tokens:
                    return number
        self.contenders.append(of_phrase(name, self.view, self.people))
        return len(self.contenders) - 1

    # --- where things stand ----------------------------------------------------------

    def _sentence(self, place: int) -> int:
        return bisect_right(self._sentences, place) - 1

    def _line(self, place: int) -> int:
        return bisect_right(self._lines, place)

    def _frame(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """What stands before and behind the words said, in their sentence."""
        view = self.view
        line_start, line_end = view.line(start)[0], view.line(max(end - 1, start))[1]
        begin = max(view.sentence_at(start).start, line_start)
        begin = min(max(begin, view.masked.rfind(MASK, begin, start) + 1), start)
        last = min(max(view.sentence_at(max(end - 1, start)).end, end), line_end)
        following = view.masked.find(MASK, end, last)
        return (begin, start), (end, following if following >= 0 else max(last, end))

    def _naming(self, number: int, place: tuple[int, int]) -> _Naming:
        """What stands around a name, worked out once."""
        found = self._namings.get(place[0])
        if found is None:
            start, end = place
            view = self.view
            sentence = view.sentence_at(start)
            low = bisect_left(self._named, (sentence.start, -1))
            inside = self._named[low : bisect_left(self._named, (sentence.end, -1))]
            begin = max(sentence.start, view.text.rfind("\n", 0, start) + 1)
            marks = [
                _step("from start", start - begin),
                _step("to end", len(view.masked[end : sentence.end].strip(" ."))),
                _step("beside", len({one for _, one in inside})),
            ]
            if inside and inside[0][1] == number:
                marks.append("first in sentence")
            if inside and inside[-1][1] == number:
                marks.append("last in sentence")
            found = _Naming(self._sentence(start), self._line(start), tuple(marks))
            self._namings[start] = found
        return found

    # --- marks -----------------------------------------------------------------------

    def _weighed(self, number: int, said: Statement, way: str) -> Weighed:
        scene = self._scene(number, said)
        setting = self._setting(scene, way)
        chosen = self.chosen[number]
        spoken = self.contenders[chosen] if chosen is not None else None
        phrase = spoken if spoken is not None and spoken.person is None else None
        if phrase is not None:
            setting += self._phrase_marks(phrase.name)
        marks = [self._place(scene, one) for one in range(len(self.contenders))]
        self._add_turns(scene, marks)
        self._add_words(scene, phrase, marks)
        barred = asking(self.contenders)
        if phrase is not None and way == "phrase":
            barred |= relatives(phrase.name, self.contenders, self.people)
            barred |= in_other_offices(phrase.name, self.contenders, self.people)
        if said.kind == "direct":
            barred |= named_within(said, self.contenders, self.people) - {chosen}
        return Weighed(number, setting, marks, chosen, barred)

    def _scene(self, number: int, said: Statement) -> _Scene:
        """What surrounds a statement."""
        view = self.view
        quote = self._quotes.get(said.start)
        start = quote.outer_start if quote is not None else said.start
        end = quote.outer_end if quote is not None else said.end
        before, behind = self._frame(start, end)
        words = [
            word.group() for a, b in (before, behind) for word in WORD.finditer(view.masked, a, b)
        ]
        opening = before[0]
        latest: dict[int, int] = {}
        told = set()
        for place, one in self._named:
            if place < opening:
                latest[one] = place
            if before[0] <= place < before[1] or behind[0] <= place < behind[1]:
                told.add(one)
        since = self.statements[number - 1].end if number else 0
        return _Scene(
            number, said, start, end, words, told, latest,
            ranked=sorted(latest, key=lambda one: -latest[one]),
            since=since,
            sentence=self._sentence(opening),
            fresh=[
                one
                for one, c in enumerate(self.contenders)
                if c.places and since <= c.places[0][0] < opening
            ],
        )  # fmt: skip

    def _setting(self, scene: _Scene, way: str) -> list[str]:
        """Marks of the statement."""
        cues, number, said = self.people.cues, scene.number, scene.said
        low = [word.casefold() for word in scene.words]
        cue = (said.cue or "").casefold()
        root = cue.removesuffix("nya")
        line = self._line(scene.start)
        holds = {
            "direct": said.kind == "direct",
            "answers": root in cues.answering,
            "goes on": root in cues.continuing,
            "opens line": not self.view.masked[
                self.view.line(scene.start)[0] : scene.start
            ].strip(),
            "pronoun": not cues.pronouns.isdisjoint(low),
            "pointing": not cues.pointing.isdisjoint(low),
            "office": not self.people.titles.first_words.isdisjoint(low),
            "same line": number > 0 and self._line(self.statements[number - 1].start) == line,
        }
        counts = {
            "in sentence": len(scene.told),
            "new": len(scene.fresh),
            "newly named": sum(place >= scene.since for place in scene.latest.values()),
            "gap": scene.sentence - self._sentence(scene.since) if number else 9,
            "other words": sum(not cues.is_report(word) and word != cue for word in low),
            "before": len(scene.latest),
        }
        return [
            f"way={way}",
            f"cue={'none' if not cue else 'nya' if root != cue else 'word'}",
            *(name for name, held in holds.items() if held),
            *(f"{name}:{min(count, _MOST[name])}" for name, count in counts.items()),
        ]

    def _place(self, scene: _Scene, one: int) -> list[str]:
        """Marks of where somebody is named."""
        c = self.contenders[one]
        first = c.places[0][0] if c.places else None
        place = scene.latest.get(one)
        marks = [
            _step("named", c.size),
            _step("words", len(c.tokens)),
            _step("first", scene.sentence - self._sentence(first) if first is not None else 20),
            _step("opens", self._sentence(first) if first is not None else 30),
        ]
        if one in scene.told:
            marks.append("in sentence")
        if one in scene.fresh:
            marks += ("new", "only new") if len(scene.fresh) == 1 else ("new",)
        if first is not None and first >= scene.end:
            marks.append("only behind")
        if c.person is not None:
            marks += _standing(c.person)
        if place is None:
            return [*marks, "not before"]
        naming = self._naming(one, next(p for p in c.places if p[0] == place))
        rank = scene.ranked.index(one)
        marks += naming.marks
        marks += (
            _step("sentences", scene.sentence - naming.sentence),
            _step("lines", self._line(scene.start) - naming.line),
            _step("rank", rank),
        )
        if place >= scene.since:
            marks.append("named since")
            following = scene.ranked[rank + 1] if rank + 1 < len(scene.ranked) else None
            if rank == 0 and (following is None or scene.latest[following] < scene.since):
                marks.append("only one named since")
        return marks

    def _add_turns(self, scene: _Scene, marks: list[list[str]]) -> None:
        """Who speaks elsewhere, as the rules have it."""
        number, chosen = scene.number, self.chosen
        for name, at in (("chosen", 0), ("spoke last", -1), ("spoke before", -2), ("next", 1)):
            one = chosen[number + at] if 0 <= number + at < len(chosen) else None
            if one is not None:
                marks[one].append(name)
        for one, listed in enumerate(marks):
            listed += (
                _step("spoke", chosen[:number].count(one)),
                _step("later", chosen[number + 1 :].count(one)),
                _step("speaks", chosen.count(one) - (chosen[number] == one)),
            )

    def _add_words(self, scene: _Scene, phrase: Contender | None, marks: list[list[str]]) -> None:
        """Whose office or name stands beside the words said, in them, or in the ``phrase``."""
        framed = set(norm(self.people.titles.full(norm(" ".join(scene.words)))).split())
        content = frozenset(norm(scene.said.surface).split())
        here = [len(c.roles & framed) for c in self.contenders]
        alike = [
            len(c.roles & phrase.roles) if phrase is not None and c.person is not None else 0
            for c in self.contenders
        ]
        for c, listed, office, like in zip(self.contenders, marks, here, alike, strict=True):
            if not c.tokens.isdisjoint(content):
                listed.append("named inside")
            if not c.heads.isdisjoint(framed):
                listed.append("office here")
            if office and office == max(here) and here.count(office) == 1:
                listed.append("best office")
            if like and like == max(alike) and alike.count(like) == 1:
                listed.append("best of phrase")
            listed += (
                _step("roles", office),
                _step("of phrase", like),
                _step("by name", self._by_name(c, phrase, scene.start)),
            )

    def _phrase_marks(self, phrase: str) -> Iterator[str]:
        """Marks of the phrase that the rules took for the speaker (``seorang warga``)."""
        words = phrase.split()
        yield f"phrase words:{min(len(words), _MOST['phrase words'])}"
        if norm(words[0] if words else "") in self.people.cues.indefinite:
            yield "phrase of anybody"
        if self.people.title_of(phrase) is not None:
            yield "phrase of office"
        if len(words) > 2 and all(word[:1].isupper() for word in words[-2:]):
            yield "phrase ends like a name"

    def _by_name(self, one: Contender, phrase: Contender | None, before: int) -> int:
        """How many words of the ``phrase`` the rules chose stand beside a name."""
        if phrase is None or one.person is None:
            return 0
        keys = [w for w in norm(phrase.name).split() if len(w) > 3 and w not in _PLAIN]
        most = 0
        for start, end in one.places:
            if start < before:
                text = self.view.text
                beside = norm(f"{text[max(0, start - 80) : start]} {text[end : end + 80]}").split()
                most = max(most, sum(w in beside or f"{w}nya" in beside for w in keys))
        return most


def _standing(person: Person) -> Iterator[str]:
    """Marks of what the text says of somebody wherever he is named."""
    yield "person"
    if person.roles:
        yield "office"
    if person.suspected:
        yield "suspected"
    if person.asks:
        yield "asks"
    if person.office is not None:
        yield f"holds:{person.office.status}"


def way_of(statement: Statement) -> str:
    """How the rules came to the speaker (``last`` of ``quote-nya/last``)."""
    return statement.method.rpartition("/")[2].partition(";")[0]
