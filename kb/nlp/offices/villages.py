"""The village, ward, block or district whose head a text names without it.

``Kades X`` in a text that speaks of one ``Desa Sukamaju`` is the head of that village.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kb.authority import norm
from kb.nlp.language import PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon
from kb.nlp.offices.finder import Finder
from kb.nlp.offices.listed import listed
from kb.nlp.offices.parts import REGION_TYPE
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import MentionMap, plain
from kb.nlp.regions import region_code

_SEATS = listed("seats")
_COUNCILS = listed("village_councils")
_DISTRICT_HEADS = frozenset({"camat", "panewu", "panewu anom", "kepala distrik"})
_DATELINE = frozenset({"-", "–", "—", "~", "(", ",", ":"})
"""What may stand behind the place a text begins with."""


def is_here(institution: str) -> bool:
    """Whether ``institution`` only points at the one the text speaks of (``desa setempat``)."""
    return norm(institution).endswith(" setempat")


def _bare(name: str) -> str:
    """A village's name in normal form, without the word ``desa`` or the like before it."""
    return REGION_TYPE.sub("", norm(name))


def _alone(name: str) -> str:
    """A place's name without its type word: ``pemdes Sebatih`` is ``Desa Sebatih``."""
    return norm(name).partition(" ")[2]


class VillageFinder(Finder):
    """Finds the village of a head or officer for the phrases of one document."""

    def __init__(
        self, tokens: Tokens, lex: Lexicon, names: MentionMap, phrases: Sequence[Phrase]
    ) -> None:
        super().__init__(tokens, lex, names, phrases)
        self._known = lex.titles.villages
        own = frozenset({*self._known.titles, *self._known.short})
        self._types = own | self._known.wider | self._known.hamlets
        self._lead = next((k for k in range(1, len(tokens)) if tokens.gap[k] == PARAGRAPH), 60)
        """Where the first paragraph ends, in tokens."""

    def of(self, phrase: Phrase) -> str | None:
        """The one village (ward, district) of the head's kind that the document names."""
        if phrase.title.title.category != "kecamatan dan desa":
            return None
        title = self.lex.titles.full(phrase.title.title.name)
        kinds = [kind for kind, titles in self._known.titles.items() if title in titles]
        if title in self._known.hamlet_heads:
            hamlets = {_alone(name): name for _, name in self._of_kinds(tuple(self._known.hamlets))}
            if len(hamlets) == 1:
                return next(iter(hamlets.values()))
        placed = self._of_kinds(kinds)
        written = {_alone(name): name for _, name in reversed(placed)}
        ranked = Counter(_alone(name) for _, name in placed).most_common(2)
        block = bool(kinds) and kinds[0] in self._known.blocks
        if ranked and (len(ranked) == 1 or (ranked[0][1] > ranked[1][1] and not block)):
            return written[ranked[0][0]]
        lead = {_alone(name) for at, name in placed if at < self._lead}
        if len(lead) == 1 and not block:
            return written[lead.pop()]
        if title in _DISTRICT_HEADS or block:
            return None  # many in a village
        heads = {
            other.institution
            for other in self.phrases
            if other.institution
            and self.lex.titles.full(other.title.title.name) in self._known.heads
            and not norm(other.institution).startswith(("rt ", "rw "))
        }
        if heads:
            return heads.pop() if len(heads) == 1 else None
        if placed or title in self._known.hamlet_heads:
            return None
        return self._before_district() or self._of_council() or self._in_dateline()

    def _of_council(self) -> str | None:
        """``Ketua BPD Sukamaju``: the one village whose council the text names."""
        named: dict[str, str] = {}
        for mention in self.map.at.values():
            council, _, village = plain(mention.surface).partition(" ")
            small = village and region_code(village) is None  # "BPD Bali" is a bank
            if mention.label == "ORG" and small and norm(council) in _COUNCILS:
                named.setdefault(_bare(village), village)
        return next(iter(named.values())) if len(named) == 1 else None

    def _in_dateline(self) -> str | None:
        """``SUNGAI LANDIA – Ahad kemarin ...``: the place a village's page begins with."""
        first = min(self.map.at, default=len(self.tokens))
        mention = self.map.at.get(first)
        if first > 1 or mention is None or mention.label != "LOC":
            return None
        end = self.map.end(mention)
        marked = end < len(self.tokens) and self.tokens.words[end] in _DATELINE
        if not marked or norm(mention.surface).split()[0] in self.lex.region_types:
            return None
        large = region_code(mention.surface) is not None or self._a_district(mention.surface)
        return None if large else plain(mention.surface)

    def _a_district(self, name: str) -> bool:
        return any(region_code(f"{kind} {name}") is not None for kind in ("Kecamatan", "Distrik"))

    def beside(self, phrase: Phrase) -> str | None:
        """``Kades Wera X bersama Babinsa Y``: the village whose head the sentence names before."""
        first, sentence = phrase.title.first, self.tokens.sentence
        for other in self.phrases:
            head = self.lex.titles.full(other.title.title.name) in self._known.heads
            near = other.title.first < first and sentence[other.title.first] == sentence[first]
            if head and near:
                return other.institution or self.of(other)
        return None

    def _of_kinds(self, kinds: Sequence[str]) -> list[tuple[int, str]]:
        """Each place of the ``kinds`` that a name of the text is or ends with, and where."""
        placed: list[tuple[int, str]] = []
        for at, mention in sorted(self.map.at.items()):
            words = mention.surface.split()
            before = self.tokens.words[at - 1] if at else ""
            if mention.label == "LOC" and norm(before) in self._known.titles:
                words = [before, *words]  # "Jorong [Pasar Lama]"
            normal = [norm(word) for word in words]
            typed = normal[0] in self._types or normal[0] in self._known.venues
            if mention.label == "PER" or (mention.label == "LOC" and not typed):
                continue
            if is_here(mention.surface):
                continue
            starts = [
                k for k, word in enumerate(normal) if word in self._types and k + 1 < len(words)
            ]
            for start, end in pairwise([*starts, len(words)]):
                kind = self._known.short.get(normal[start], normal[start])
                if kind in kinds:
                    start += normal[start] in _SEATS  # "Kantor Camat [Curug]"
                    placed.append((at, " ".join(words[start:end])))
        return placed

    def _before_district(self) -> str | None:
        """``warga [Oelbubuk] [Kecamatan Mollo Tengah]``: the one place named so is the village."""
        found: dict[str, str] = {}
        for _, mention in sorted(self.map.at.items()):
            if mention.label != "LOC" or norm(mention.surface).split()[0] in self.lex.place_first:
                continue
            end = self.map.end(mention)
            end += end < len(self.tokens) and self.tokens.words[end] == ","
            wider = self.map.at.get(end)
            if wider is None or wider.label != "LOC" or len(mention.surface.split()) > 3:
                continue
            if norm(wider.surface).split()[0] in self._known.districts:
                found[norm(mention.surface)] = plain(mention.surface)
        return next(iter(found.values())) if len(found) == 1 else None
