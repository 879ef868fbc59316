"""Posts whose holder is named only afterwards: ``Camat Tambora diam. "Belum," jawab Rini.``"""

from __future__ import annotations

from kb.model import Mention
from kb.nlp.language import LINE, PARAGRAPH
from kb.nlp.offices.holders import HolderReader
from kb.nlp.offices.listed import listed
from kb.nlp.offices.moves import Holding
from kb.nlp.offices.phrases import Phrase

METHOD = "named later"
LATE = 0.8
"""How sure a holder is that was named so. Set by hand; no command measured it."""
_LEADING = listed("leading")
_FORMS = listed("address")
_ANSWERING = listed("answering")
_PRONOUNS = listed("pronouns")
_GOES_ON = listed("goes_on")
_QUOTES = frozenset("\"“”'‘’")
_FAR = 60
"""Tokens between a post and the name of its holder at most. Set by hand; no command measured it."""


class LaterReader(HolderReader):
    """Joins posts that open a sentence with the person named right after it."""

    def holdings(self) -> list[Holding]:
        """Every person with an office; those named later last."""
        held = super().holdings()
        for phrase in self.phrases:
            person = self._named_later(phrase) if id(phrase) not in self._of else None
            if person is not None:
                held.append(Holding(person, phrase, METHOD))
                self._of[id(phrase)] = person
        return held

    def _named_later(self, phrase: Phrase) -> Mention | None:
        """The next person, where nobody else is spoken of and nothing else is said of him."""
        tokens, at = self.tokens, phrase.last
        if phrase.title.status == "calon" or not self._is_subject(phrase) or self._taken(phrase):
            return None
        while at < len(tokens) and at - phrase.last < _FAR and self.map.label[at] != "PER":
            if any(other.title.first == at for other in self.phrases):
                return None
            at += 1
        person = self.map.at.get(at) if at < len(tokens) else None
        if person is None or person.label != "PER" or self._known(person):
            return None
        far = tokens.sentence[at] - tokens.sentence[phrase.last - 1]
        paragraphs = sum(tokens.gap[k] == PARAGRAPH for k in range(phrase.last, at + 1))
        if not 0 < far <= 3 or paragraphs:
            return None
        return person if self._is_he(at) and not self._described(self.map.end(person)) else None

    def _is_subject(self, phrase: Phrase) -> bool:
        """Whether the post, with its body or a form of address before it, opens its sentence."""
        tokens, first = self.tokens, phrase.title.first
        start = first
        while start > 0 and tokens.sentence[start - 1] == tokens.sentence[first]:
            start -= 1
        before = tokens.lower[start:first]
        led = all(word in _LEADING or word in _FORMS for word in before)
        spoken = bool(before) and before[-1] in _FORMS
        return led and (phrase.institution is not None or spoken)

    def _taken(self, phrase: Phrase) -> bool:
        """Whether the text says elsewhere who holds an office of the same title."""
        title = self.lex.titles.full(phrase.title.title.name)
        return any(
            self.lex.titles.full(one.phrase.title.title.name) == title and not one.over
            for one in self.held
        )

    def _known(self, person: Mention) -> bool:
        """Whether the person was named before, or holds another office."""
        parts = {word.casefold() for word in person.surface.split()}
        earlier = (m for m in self.map.at.values() if m.label == "PER" and m.start < person.start)
        again = any(parts & {word.casefold() for word in m.surface.split()} for m in earlier)
        return again or any(one.mention.surface == person.surface for one in self.held)

    def _is_he(self, at: int) -> bool:
        """Whether the words before the name make it that of the one just spoken of: ``jawab X``,
        ``Beliau (Ibu X)``, ``Pak X teriak``."""
        tokens, first = self.tokens, at
        while first > 0 and self._addressed(first - 1):
            first -= 1
        if first == 0:
            return False
        before = tokens.lower[first - 1]
        if before == "(":
            return tokens.lower[first - 2] in _PRONOUNS
        if before in self.lex.cue_verbs | self.lex.name_cues | _ANSWERING:
            return True
        opens = tokens.sentence[first - 1] != tokens.sentence[first]
        return opens and first < at and tokens.words[first - 1] not in _QUOTES

    def _addressed(self, at: int) -> bool:
        return self.tokens.norm[at] in self.lex.address | self.lex.before_name | _FORMS

    def _described(self, end: int) -> bool:
        """Whether the words behind the name say who else he is (``X (43), warga Curug``)."""
        tokens = self.tokens
        end = self._past_degrees(end)
        if end >= len(tokens) or tokens.gap[end] >= LINE:
            return False
        if tokens.words[end] == "(":
            return True
        if tokens.words[end] != "," or end + 1 >= len(tokens):
            return False
        behind = tokens.lower[end + 1]
        return behind not in _GOES_ON and tokens.words[end + 1] not in _QUOTES
