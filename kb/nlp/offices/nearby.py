"""The institution of an office from the words of its sentence: who is present for which body."""

from __future__ import annotations

from collections.abc import Mapping

from kb.authority import norm
from kb.model import Mention
from kb.nlp.offices.body_kinds import is_private, is_public, looks_like_agency
from kb.nlp.offices.finder import Finder
from kb.nlp.offices.listed import listed
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain

_FROM = frozenset({"dari", "mewakili"})
_PRESENT = listed("present")
_BESIDE = listed("beside")
_HEADS = listed("neighbour_heads")
_CIRCLES = listed("circles")
_CIRCLE_POSTS = tuple(listed("circle_posts"))
_GOVERNMENTS = ("pemkab", "pemko", "pemprov", "pemda", "pemerintah ")
_DISTRICTS = frozenset({"kecamatan", "kelurahan"})
_OF_DISTRICT = listed("of_district")
_AGENCY_HEADS = tuple(listed("agency_heads"))


class NearbyBodies(Finder):
    """Finds bodies in the sentences of the phrases of one document."""

    def named_before(self, phrase: Phrase) -> list[str]:
        """The bodies the sentence names before ``phrase``."""
        return [plain(m.surface) for _, m in self._before(phrase)]

    def _before(self, phrase: Phrase) -> list[tuple[int, Mention]]:
        first = phrase.title.first
        sentence = self.tokens.sentence[first]
        return [
            (at, m)
            for at, m in sorted(self.map.at.items())
            if m.label == "ORG" and at < first and self.tokens.sentence[at] == sentence
        ]

    def _districts_before(self, phrase: Phrase) -> list[tuple[int, Mention]]:
        """The districts and wards the sentence names before ``phrase``."""
        first = phrase.title.first
        sentence = self.tokens.sentence[first]
        return [
            (at, m)
            for at, m in self.map.at.items()
            if m.label == "LOC" and at < first and self.tokens.sentence[at] == sentence
            if norm(m.surface).split()[0] in _DISTRICTS
        ]

    def presented(self, phrase: Phrase) -> str | None:
        """``dari BPBD datang Sekretaris, X``, ``Dinkes diwakili Y selaku Kepala Bidang Z``: that
        body; ``Camat Curug yang diwakili X, Kasi Y``: that district."""
        title = phrase.title.title
        whole = title.takes == "institution" and phrase.role != title.name
        if phrase.institution is not None or title.takes not in ("unit", "institution") or whole:
            return None
        sender = self._sender(phrase)
        if sender is not None:
            return sender
        before = sorted([*self._before(phrase), *self._districts_before(phrase)])
        found = [self.map.end(m) for at, m in before if self._comes(at, m)]
        headed = [one for one in self.phrases if self._stands_for(one, phrase)]
        if found and not (headed and headed[-1].last > found[-1]):
            body = next(m for m in self.map.at.values() if self.map.end(m) == found[-1])
            return None if is_private(body.surface) else plain(body.surface)
        return headed[-1].institution if headed else None

    def _sender(self, phrase: Phrase) -> str | None:
        """``dari [Kecamatan Curug] Kasi X``, ``dari [Satker Y], PPK Z``: the body right before."""
        tokens, last = self.tokens, phrase.title.first
        last -= last > 0 and tokens.words[last - 1] == ","
        for at, body in self.map.at.items():
            if self.map.end(body) != last or at == 0 or tokens.lower[at - 1] != "dari":
                continue
            name = plain(body.surface)
            public = body.label == "ORG" and (is_public(name) or looks_like_agency(name))
            if public or norm(name).split()[0] in _DISTRICTS:
                return name
        return None

    def of_district(self, phrase: Phrase) -> str | None:
        """``Camat Curug X, Kapolsek Y``: the district whose head the sentence names beside him."""
        if norm(phrase.title.title.name) not in _OF_DISTRICT:
            return None
        found = {
            other.institution
            for other in self.phrases
            if norm(other.title.title.name) == "camat"
            and other.institution is not None
            and self._same_sentence(other, phrase)
        }
        return found.pop() if len(found) == 1 else None

    def _comes(self, at: int, body: Mention) -> bool:
        """Whether the words around the name of a body say that somebody stands for it."""
        lower, end = self.tokens.lower, self.map.end(body)
        by_one = lower[end + (lower[end : end + 1] == ["yang"]) :][:1] == ["diwakili"]
        comes = end < len(lower) and lower[end] in _PRESENT and at > 0 and lower[at - 1] in _FROM
        return by_one or comes

    def _stands_for(self, head: Phrase, phrase: Phrase) -> bool:
        """Whether ``phrase`` is said of who stands for the ``head`` of a district or village."""
        tokens, end = self.tokens, head.last
        if head.institution is None or head.title.title.category != "kecamatan dan desa":
            return False
        near = end <= phrase.title.first and end < len(tokens)
        near = near and tokens.sentence[end - 1] == tokens.sentence[phrase.title.first]
        return near and "diwakili" in tokens.lower[end : end + 2]

    def of_neighbour(self, phrase: Phrase) -> str | None:
        """``Kepala UPTD PPA X, A bersama Kasubbag TU B``: the body whose head stands beside the
        head of a unit, joined by a word and not by a comma."""
        lower, first = self.tokens.lower, phrase.title.first
        joined = first > 0 and lower[first - 1] in _BESIDE
        if phrase.title.title.takes != "unit" or not joined:
            return None
        for other in reversed(self.phrases):
            if other.title.first < first and other.org is not None:
                names = [m for k, m in self.map.at.items() if other.last <= k < first]
                heads = norm(other.role).split()[0] in _HEADS and len(names) == 1
                mine = heads and self._same_sentence(other, phrase)
                return other.institution if mine else None
        return None

    def of_circle(self, phrase: Phrase) -> str | None:
        """``pimpinan perangkat daerah di lingkungan Pemko Medan di antaranya Kadis Kominfo X``:
        the government whose officials the sentence counts up."""
        role = norm(phrase.role).removeprefix("plt ").removeprefix("plh ")
        if not role.startswith(_CIRCLE_POSTS):
            return None
        for at, body in reversed(self._before(phrase)):
            governs = norm(body.surface).startswith(_GOVERNMENTS)
            if governs and not _CIRCLES.isdisjoint(self.tokens.lower[max(0, at - 4) : at]):
                return plain(body.surface)
        return None

    def _same_sentence(self, one: Phrase, two: Phrase) -> bool:
        return self.tokens.sentence[one.title.first] == self.tokens.sentence[two.title.first]

    def of_agency_head(self, phrase: Phrase) -> str | None:
        """``Kadis PUPR Lembata X bersama Kepala Bidang Jalan, Y``: the region of the head."""
        title = phrase.title.title
        if title.takes != "unit" or title.category != "perangkat daerah":
            return None
        sentence, first = self.tokens.sentence, phrase.title.first
        for other in reversed(self.phrases):
            at = other.title.first
            if at < first and sentence[at] == sentence[first] and other.institution is not None:
                head = norm(other.role).removeprefix("plt ").split()[0]
                mine = head.startswith(_AGENCY_HEADS) and other.org is None
                return other.institution if mine else None
        return None


def same_holder(one: Phrase, two: Phrase, holders: Mapping[int, Mention]) -> bool:
    """Whether the holders of the two offices share a name."""
    first, second = _names(one, holders), _names(two, holders)
    return not first.isdisjoint(second)


def other_holder(one: Phrase, two: Phrase, holders: Mapping[int, Mention]) -> bool:
    """Whether the text names different holders of the two offices."""
    first, second = _names(one, holders), _names(two, holders)
    whole = len(first) > 1 and len(second) > 1  # a single name may be what friends call him
    return whole and first.isdisjoint(second)


def _names(phrase: Phrase, holders: Mapping[int, Mention]) -> set[str]:
    """The words of the name of who holds the office; none where nobody is named."""
    holder = holders.get(id(phrase))
    return set(norm(holder.surface).split()) if holder is not None else set()
