"""Several holders: who shares an office, and lists that give each of many a body of his own."""

from __future__ import annotations

import re
from abc import ABC
from collections.abc import Iterator
from dataclasses import replace

from kb.authority import Title, norm
from kb.model import Mention
from kb.nlp.language import LINE
from kb.nlp.offices.listed import listed
from kb.nlp.offices.moves import Holding, MoveReader
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain
from kb.nlp.offices.written import words_of
from kb.nlp.rules.titles import TitleSpan

SEVERAL = re.compile(
    r"^(?:wakil ketua|anggota|komisioner|hakim anggota|staf ahli|tenaga ahli|legislator|senator"
    r"|staf khusus|(?:tenaga )?pendamping)\b"
)
IN_LIST = "behind name: list"
IN_BRACKETS = "behind name: brackets"
_LEADING = listed("leading_to_list")
_LISTED_POSTS = listed("listed_posts")
_LISTED_BODIES = listed("listed_bodies")
_MEMBER = Title("Anggota", "institution", "lembaga perwakilan")
_AND = frozenset({"dan", "serta", ",", ";"})
_LONGEST_LEAD, _LONGEST_PLACE = 6, 4
"""Tokens between a post and the list of those who hold it, and of a place in brackets, at most.
Set by hand; no command measured it."""


class ListReader(MoveReader, ABC):
    """Reads the offices of those who stand in a row."""

    def _each(self, holding: Holding) -> Iterator[Mention]:
        """``A, B dan C masing-masing selaku Pranata Komputer``: A and B as well as C."""
        tokens, end = self.tokens, self.map.end(holding.mention)
        each = "masing-masing" in tokens.lower[end : holding.phrase.title.first]
        at = self.map.spans[holding.mention.start][0] - 1 if each else 0
        while at > 0 and tokens.lower[at] in ("dan", "serta", ","):
            person = self._person_to(self._back_over_degrees(at - 1))
            if person is None:
                return
            yield person
            at = self.map.spans[person.start][0] - 1

    def _others(self, person: Mention) -> Iterator[Mention]:
        """``Wakil Ketua A dan B``, ``anggota A, B, C dan D``: all of them hold the office."""
        tokens, at = self.tokens, self._past_degrees(self.map.end(person))
        named: list[Mention] = []
        while at + 1 < len(tokens):
            if tokens.lower[at] not in ("dan", "serta", "&", ","):
                break
            last = tokens.lower[at] != ","
            at += tokens.words[at] == "," and tokens.lower[at + 1] in ("dan", "serta", "&")
            start = self._to_person(at + 1)
            mention = self.map.at.get(start)
            spoken = any(tokens.norm[k] in self.lex.address for k in range(at + 1, start))
            if mention is None or mention.label != "PER" or spoken:
                return
            named.append(mention)
            at = self._past_degrees(self.map.end(mention))
            if last or tokens.lower[at - 1] in ("dan", "serta"):
                break
        else:
            return
        commas = len(named) > 1
        stops = at >= len(tokens) or tokens.words[at] in (".", ";") or tokens.gap[at] >= LINE
        stops = stops or tokens.sentence[at] != tokens.sentence[at - 1]
        joined = named and tokens.lower[self.map.spans[named[-1].start][0] - 1] != ","
        if named and (joined or (commas and stops)):
            yield from named

    def _placed(self, phrase: Phrase) -> list[Holding]:
        """``Wali jorong yang hadir X (Koto Tinggi) dan Y (Pasar)``: each with his own place."""
        tokens, size, at = self.tokens, len(self.tokens), phrase.last
        if phrase.title.title.takes != "region" or phrase.institution is not None:
            return []
        while at < size and at - phrase.last < _LONGEST_LEAD and tokens.lower[at] in _LEADING:
            at += 1
        found: list[Holding] = []
        while at < size and (person := self._person_from(at)) is not None:
            opening = self._past_degrees(self.map.end(person))
            close = self._place_in_brackets(opening)
            if not close:
                break
            place = words_of(self.doc, tokens, opening + 1, close)
            found.append(Holding(person, replace(phrase, institution=place), "before name"))
            self._places.update(self._begins(k) for k in range(opening + 1, close))
            at = close + 1
            while at < size and tokens.lower[at] in _AND:
                at += 1
        return found if len(found) > 1 else []

    def _begins(self, at: int) -> int:
        mention = self.map.at.get(at)
        return mention.start if mention is not None else -1

    def _place_in_brackets(self, at: int) -> int:
        """Where ``(Koto Tinggi)``, a place or words that might be one, closes; 0 for others."""
        tokens, words = self.tokens, self.tokens.words
        for end in range(at + 1, min(at + _LONGEST_PLACE + 2, len(words))):
            if words[at] != "(" or words[end] == ")":
                return end if words[at] == "(" and end > at + 1 else 0
            known = (bare := tokens.norm[end]) in self.lex.titles.first_words or not bare.isalpha()
            if known or not tokens.cap[end] or self.map.label[end] == "ORG":
                return 0
        return 0

    def _listed_by_body(self) -> Iterator[Holding]:
        """``Kec. Dolok : X (ketua), Y, Z``: the line's body for X; Y and Z are members, where the
        text speaks of members."""
        members = "anggota" in self.tokens.lower
        for place, one in enumerate(self.held):
            head = self._head_of_line(one) if self._in_short(one) else None
            if head is None:
                continue
            phrase = replace(one.phrase, institution=plain(head.surface))
            phrase.listed = True
            self.held[place] = replace(one, phrase=phrase)
            if members:
                for person in self._rest_of_line(one):
                    first, last = self.map.spans[person.start]
                    title = TitleSpan(first, first, last, _MEMBER, "definitif", last, _MEMBER)
                    member = Phrase(title, last, "anggota", phrase.institution, None)
                    member.listed = True
                    yield Holding(person, member, IN_LIST)

    def _in_short(self, one: Holding) -> bool:
        """Whether a post of a board, without its body, stands in brackets behind the name."""
        bare_post = one.phrase.institution is None and norm(one.phrase.role) in _LISTED_POSTS
        return bare_post and one.method == IN_BRACKETS

    def _head_of_line(self, one: Holding) -> Mention | None:
        """The district, village or body with which a line of such a list begins."""
        tokens, first = self.tokens, self.map.spans[one.mention.start][0]
        start = first
        while start > 0 and tokens.gap[start] < LINE:
            start -= 1
        at = next((k for k in range(start, first) if tokens.words[k][0].isalpha()), first)
        head = self.map.at.get(at)
        if head is None or head.label == "PER":
            return None
        end = self.map.end(head)
        public = any(word in _LISTED_BODIES for word in tokens.norm)
        return head if public and tokens.words[end : end + 1] == [":"] else None

    def _rest_of_line(self, one: Holding) -> Iterator[Mention]:
        """Those named behind ``one`` on his line, who have no office of their own."""
        tokens, at = self.tokens, one.phrase.last
        held = {other.mention.start for other in self.held}
        while at < len(tokens) and tokens.gap[at] < LINE:
            mention = self.map.at.get(at)
            if mention is not None and mention.label == "PER" and mention.start not in held:
                yield mention
            at += 1
