"""Posts that change hands: who moved, who took over, who held the post before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kb.authority import norm
from kb.model import Mention
from kb.nlp.language import PARAGRAPH
from kb.nlp.offices.listed import listed
from kb.nlp.offices.neighbours import NeighbourReader
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain

_FROM = frozenset({"dari", "semula"})
_ARROWS = frozenset({"→", "⇒", "➡", "➔"})
_SHAFTS = frozenset({"-", "=", "–", "—"})
_PLACED = listed("placed")
_INTERIM = listed("interim") | {","}
_SUCCESSORS, _TO_SUCCESSOR = listed("successors"), listed("to_successor")
_TERMS, _STATING = listed("terms"), listed("stating")
_LONGEST_TERM, _LIST_GAP = 12, 40
"""Tokens between a post and the verb that names its holder, and between the entries of a list of
holders, at most. Set by hand; no command measured it."""
_FROM_VERB, _TO_VERB = 9, 4
"""Tokens between a name and the post taken from it, and between the verb that takes it and the
name, at most. Set by hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A person, the phrase that names the office, and how the two were joined."""

    mention: Mention
    phrase: Phrase
    method: str
    over: bool = False
    """True where the words between say that the office is held no longer."""


class MoveReader(NeighbourReader, ABC):
    """Reads the sentences of rotations and handovers; who else holds an office, a reader built on
    it says."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        super().__init__(doc, mentions)
        self.held: list[Holding] = []
        self._places: set[int] = set()
        """Where mentions begin that were taken for persons and are places."""
        self._of: dict[int, Mention] = {}
        """Phrase -> who holds it."""

    def _hold(self, holding: Holding) -> None:
        self.held.append(holding)
        self._of[id(holding.phrase)] = holding.mention

    def _without_the_quoted(self) -> list[Holding]:
        """All that are held but the office of ``ala X, Ketua Komisi D: Ada 25 Ribu Anak``: in that
        headline it opens what its own holder, named elsewhere, says."""
        quoted = (":", "behind name: apposition")
        return [
            one
            for one in self.held
            if ("".join(self.tokens.words[one.phrase.last : one.phrase.last + 1]), one.method)
            != quoted
            or not any(_held_by_another(one, other) for other in self.held)
        ]

    @abstractmethod
    def person_before(self, phrase: Phrase) -> Holding | None:
        """The person the phrase is said of, when it stands behind the name."""

    def _chained(self, at: int, first: int) -> Mention | None:
        """``X, Kepala Bappeda, yang kini menjabat Sekda``: the holder of the phrase before."""
        before = self._phrase_to(at, first)
        return self._of.get(id(before)) if before is not None else None

    def _phrase_to(self, at: int, first: int) -> Phrase | None:
        """The phrase that ends with the token ``at`` (or a comma there), before ``first``."""
        end = at if self.tokens.words[at] == "," else at + 1
        for phrase in self.phrases:
            if phrase.title.first <= at and end <= phrase.last <= first:
                return phrase
        return None

    def _moved_on(self, phrase: Phrase) -> Holding | None:
        """``X, Camat A --> Camat B``, ``X, semula Camat A, kini Camat B``: X, who left A.

        Also the other way round: ``Camat B dijabat X, sebelumnya Camat A``.
        """
        tokens, links, first = self.tokens, self.lex.titles.links, phrase.title.first
        at = first - 1
        while at > 0 and tokens.lower[at] in links.between and first - at < 5:
            at -= 1
        crossed = tokens.lower[at + 1 : first]
        arrow = self._before_arrow(at)
        now, past = bool(links.now.intersection(crossed)), links.past(crossed)
        if at < 1 or not (arrow < at or ((now or past) and tokens.words[at] == ",")):
            return None
        if tokens.sentence[arrow] != tokens.sentence[first] or tokens.gap[first] == PARAGRAPH:
            return None
        before = self._phrase_to(arrow, first)
        holder: Mention | None = None
        if before is not None:
            holder = self._of.get(id(before))
            if holder is None:
                held = self.person_before(before)
                holder = held.mention if held is not None else None
        if arrow < at and holder is None:
            holder = self._person_to(self._back_over_degrees(arrow))
        elif arrow == at:
            holder = holder or self._just_named(at)
            if past and holder is not None:
                return Holding(holder, phrase, "behind name: linked", True)
        if holder is None:
            return None
        if before is not None:
            self._leave(before)
        return Holding(holder, phrase, "behind name: linked")

    def _just_named(self, at: int) -> Mention | None:
        """The holder of a phrase before whose name ends at the comma ``at``."""
        person = self._person_to(self._back_over_degrees(at - 1))
        named = any(one.mention is person and one.phrase.last < at for one in self.held)
        return person if named else None

    def _person_to(self, at: int) -> Mention | None:
        """The person whose name ends with the token ``at``."""
        if at < 0 or self.map.label[at] != "PER":
            return None
        return next(
            (m for m in self.map.at.values() if self.map.end(m) == at + 1 and m.label == "PER"),
            None,
        )

    def _person_from(self, at: int) -> Mention | None:
        """The person whose name begins at the token ``at``, past honorifics."""
        mention = self.map.at.get(self._to_person(at))
        return mention if mention is not None and mention.label == "PER" else None

    def _before_arrow(self, at: int) -> int:
        """The token before an arrow that ends at ``at`` (``-->``, ``→``), or ``at``."""
        words = self.tokens.words
        if words[at] in _ARROWS:
            return at - 1
        end = at
        if words[at] == ">":
            end -= 1
            while end > 0 and words[end] in _SHAFTS:
                end -= 1
        return end if at - end > 1 else at

    def _leave(self, phrase: Phrase) -> None:
        """Marks the office of ``phrase`` as one its holder left."""
        self.held = [replace(one, over=True) if one.phrase is phrase else one for one in self.held]

    def _stationed(self, phrase: Phrase, at: int) -> Mention | None:
        """``X kembali ke [Satreskrim] sebagai Kanit Tipidum``: X; the body goes to the phrase."""
        tokens, links = self.tokens, self.lex.titles.links
        body = next(
            (m for m in self.map.at.values() if self.map.end(m) == at + 1 and m.label == "ORG"),
            None,
        )
        if body is None or self.map.spans[body.start][0] < 2:
            return None
        back = self.map.spans[body.start][0] - 1
        if tokens.lower[back] not in _PLACED:
            return None
        last = back = back - 1
        while back > 0 and tokens.lower[back] in links.stationed | links.between:
            back -= 1
        if back == last or last - back > 5:
            return None
        person = self._person_to(self._back_over_degrees(back))
        if person is not None and phrase.institution is None:
            phrase.institution, phrase.org = plain(body.surface), body
        return person

    def _moved(self, at: int) -> Mention | None:
        """``X dari Camat Curug menjadi Sekda``: X, whose old post ends at ``at``."""
        tokens = self.tokens
        for phrase in self.phrases:
            first = phrase.title.first
            if phrase.last == at + 1 and first > 0 and tokens.lower[first - 1] in _FROM:
                person = self._person_to(self._back_over_degrees(first - 2))
                if person is not None:
                    return person
        return None

    def _removed(self, phrase: Phrase) -> Holding | None:
        """``mencopot X dari kursi Ketua KPU Karo``, ``X mundur dari jabatan Camat``: X, before."""
        tokens, links, at = self.tokens, self.lex.titles.links, phrase.title.first - 1
        while at > 0 and tokens.lower[at] in links.seat:
            at -= 1
        if at < 2 or tokens.lower[at] != "dari":
            return None
        at -= 1
        verb = False
        while at > 0 and self.map.label[at] != "PER" and phrase.title.first - at < _FROM_VERB:
            verb = verb or tokens.lower[at] in links.removing
            at -= 1
        person = self._person_to(self._back_over_degrees(at))
        if person is None or tokens.sentence[at] != tokens.sentence[phrase.title.first]:
            return None
        before = self.map.spans[person.start][0] - 1
        near = tokens.lower[max(0, before - _TO_VERB) : before + 1]
        verb = verb or bool(links.removing.intersection(near))
        return Holding(person, phrase, "behind name: linked", True) if verb else None

    def stated(self, phrase: Phrase) -> Mention | None:
        """``Kepala Desa Tarus periode 2019 s/d 2025 adalah X``, ``Lurah pertama dijabat X``: X."""
        tokens, at = self.tokens, phrase.last
        while at < len(tokens) and at - phrase.last < _LONGEST_TERM:
            if tokens.lower[at] in _STATING:
                return self._behind_verb(at)
            if not (tokens.lower[at] in _TERMS or tokens.words[at][0].isdigit()):
                break
            at += 1
        return None

    def _behind_verb(self, at: int) -> Mention | None:
        """``dijabat [oleh] [bapak] X``: the person behind the verb at ``at``."""
        lower = self.tokens.lower
        at += 1 + (lower[at + 1 : at + 2] == ["oleh"])
        addressed = at < len(lower) and lower[at] in self.lex.address
        return self._person_from(at) or (self._person_from(at + 1) if addressed else None)

    def _in_turn(self) -> Iterator[Holding]:
        """``1966 s/d 1969 dijabat oleh X`` in a list of those who held the post named above it."""
        tokens, passive = self.tokens, self.lex.titles.links.passive_held
        named = {one.mention.start for one in self.held}
        since = -_LIST_GAP
        for at in range(1, len(tokens)):
            if tokens.lower[at] not in passive:
                continue
            person = self._behind_verb(at)
            before = [p for p in self.phrases if p.last <= at]
            if person is None or person.start in named or not before:
                continue
            post = before[-1]
            own = tokens.sentence[post.title.first] == tokens.sentence[at]
            if own or at - max(post.last, since) > _LIST_GAP:
                continue
            since = at
            yield Holding(person, post, "predecessor")

    def _successors(self) -> Iterator[Holding]:
        """``Penggantinya X``, ``Camat Sadu Y digantikan X``: X in the office named just before."""
        tokens, replaced = self.tokens, self.lex.titles.links.replaced
        taken = {one.mention.start for one in self.held if not one.over}
        for at in range(1, len(tokens) - 1):
            named = tokens.lower[at] in _SUCCESSORS
            if not named and tokens.lower[at] not in replaced:
                continue
            behind = at + 1
            while behind < len(tokens) and tokens.lower[behind] in _TO_SUCCESSOR:
                behind += 1
            person = self._person_from(behind) or self._person_from(behind + 1)
            held = [one for one in self.held if max(self._ends_at(one)) <= at]
            if person is None or person.start in taken or not held:
                continue
            one = max(held, key=lambda each: max(self._ends_at(each)))
            far = tokens.sentence[at] - tokens.sentence[max(self._ends_at(one)) - 1]
            near = far <= 1 if named else far == 0
            if near and not self._named_between(max(self._ends_at(one)), at):
                self._leave(one.phrase)
                yield Holding(person, replace(one.phrase), "successor")

    def _ends_at(self, one: Holding) -> tuple[int, int]:
        return one.phrase.last, self.map.end(one.mention)

    def _named_between(self, first: int, last: int) -> bool:
        """Whether another person is named from token ``first`` to ``last``."""
        return any(first <= at < last and m.label == "PER" for at, m in self.map.at.items())

    def _successor(self, mention: Mention) -> Mention | None:
        """``A menggantikan B sebagai Camat``: A, for the mention B."""
        tokens = self.tokens
        at = self.map.spans[mention.start][0] - 1
        while at > 0 and tokens.norm[at] in self.lex.before_name:
            at -= 1
        if at < 1 or tokens.lower[at] not in self.lex.titles.links.replacing:
            return None
        return self._person_to(self._back_over_degrees(at - 1))

    def _handed_over(self, phrase: Phrase) -> list[Holding]:
        """``jabatan Camat Sadu [diserahkan] dari X kepada Y``: Y now, X before."""
        tokens, at = self.tokens, phrase.last
        at += at < len(tokens) and tokens.lower[at].startswith("diserah")
        if at >= len(tokens) or tokens.lower[at] != "dari":
            return []
        one = self._person_from(at + 1)
        if one is None:
            return []
        at = self._past_degrees(self.map.end(one))
        if at >= len(tokens) or tokens.lower[at] not in ("kepada", "ke"):
            return []
        two = self._person_from(at + 1)
        if two is None:
            return []
        return [Holding(two, phrase, "before name"), Holding(one, phrase, "predecessor", True)]

    def _handed_on(self, phrase: Phrase) -> list[Holding]:
        """``Camat Sadu yang sebelumnya dijabat oleh X digantikan oleh Y``: Y now, X before."""
        tokens, links, at = self.tokens, self.lex.titles.links, phrase.last
        direct = self._handed_over(phrase)
        if direct:
            return direct
        passed: set[str] = set()
        at += at + 1 < len(tokens) and tokens.words[at] == "," and tokens.lower[at + 1] == "yang"
        while at < len(tokens) and tokens.lower[at] in links.held and at - phrase.last < 8:
            passed.add(tokens.lower[at])
            at += 1
        before = self._person_from(at) if passed & links.passive_held else None
        if before is None:
            return []
        at = end = self._past_degrees(self.map.end(before))
        while at < len(tokens) and tokens.lower[at] in _INTERIM and at - end < 5:
            at += 1
        replaced = at < len(tokens) and tokens.lower[at] in links.replaced
        if not replaced:
            over = bool(links.former & passed)
            return [Holding(before, phrase, "predecessor" if over else "before name", over)]
        at += 1 + (at + 1 < len(tokens) and tokens.lower[at + 1] in ("oleh", "kepada"))
        after = self._person_from(at)
        found = [Holding(before, phrase, "predecessor", True)]
        if after is not None:
            found.insert(0, Holding(after, phrase, "before name"))
        return found

    def _predecessors(self) -> Iterator[Holding]:
        """``X menjadi Camat Curug menggantikan Y``: Y held the office before."""
        tokens, links = self.tokens, self.lex.titles.links
        for one in self.held:
            at, first = one.phrase.last, one.phrase.title.first
            if one.method != "before name" and tokens.lower[first - 1] not in links.ends:
                continue
            if at < len(tokens) and tokens.words[at] == ",":
                at += 1
            if at + 1 >= len(tokens) or tokens.lower[at] not in links.replacing:
                continue
            mention = self._person_from(at + 1)
            if mention is not None and mention is not one.mention:
                yield Holding(mention, one.phrase, "predecessor", True)


def _held_by_another(one: Holding, other: Holding) -> bool:
    """Whether ``other`` holds the same title in a body that bears the name of that of ``one``."""
    bodies = [norm(each.phrase.institution or "") for each in (one, other)]
    return (
        norm(one.phrase.title.title.name) == norm(other.phrase.title.title.name)
        and one.mention.surface != other.mention.surface
        and bodies[0] in bodies[1]
    )
