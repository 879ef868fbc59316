"""Which region, or which named place, a LOC mention is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.institutions import slug
from kb.authority.places import TYPE_WORDS
from kb.authority.words import sections
from kb.model import EntityRef, Mention
from kb.nlp.lexicon import lexicon

_UPPER = frozenset({"provinsi", "kabupaten", "kota"})
_COUNTRY = frozenset({"republik indonesia", "ri", "nkri"})
_OF_THE_STATE = frozenset(
    (house, body)
    for house in ("gedung", "kantor", "istana")
    for body in ("dpr", "kementerian", "kpk", "kepresidenan", "merdeka", "mpr", "negara")
)
"""Houses of the state, which stand in no region that a text is about."""
_COUNTRIES = ("countries", "more_countries")
_ABROAD = (*_COUNTRIES, "places", "cities")
_RIGHT_BEHIND = 5
"""Characters between a place and the region it lies in, at most: ", " or " di ". Set by hand; no
command measured it."""
_HEAD = re.compile(
    r"(?<!\w)(?:(?P<kota>wali\s?kota|wawali(?:kota)?)|(?P<kabupaten>bupati|wabup)|(?P<kecamatan>camat))"
    r"\s(?:[A-Z]\w+(?:\s[A-Z]\w+)?\s(?:dan|&)\s)?$",
    re.IGNORECASE,
)
"""The head before a bare region, which tells a city from a regency ("Wali Kota Bogor")."""
_HEAD_REACH = 48
"""Characters before a region in which its head stands. Set by hand; no command measured it."""
_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class PlaceLink:
    ref: EntityRef | None
    """``None``: the text leaves it open which place is meant."""
    method: str
    confidence: float


@lru_cache(maxsize=2)
def abroad(kinds: tuple[str, ...]) -> frozenset[str]:
    """Names of places of other countries (``words/abroad.txt``) in normal form."""
    lists = sections("abroad.txt")
    return frozenset(norm(name) for kind in kinds for name in lists[kind])


class PlaceLinker:
    """Decides the places of one page; regions named outright help with bare names."""

    def __init__(self, mentions: Sequence[Mention], region: str | None, text: str = "") -> None:
        self.text = text
        self.places = authority.load().places
        self.region = region
        self.local = [m for m in mentions if m.label == "LOC"]
        self.explicit: set[str] = set()
        self.short: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        """Bare name of a kecamatan or village written with its type word -> its code."""
        for mention in mentions:
            if mention.label == "PER":
                continue
            words = norm(mention.surface).split()
            for i, word in enumerate(words[:-1]):
                if TYPE_WORDS.get(word) in _UPPER:
                    code = self.places.parse(" ".join(words[i:]))
                    if code:
                        self.explicit.add(code)
            bracket = _BRACKETS.search(mention.surface)
            if bracket and mention.label == "LOC":
                self.short[norm(bracket[1])] = _BRACKETS.sub("", mention.surface)
        self.foreign = {
            norm(m.surface) for m in self.local if self._in_country(norm(m.surface).split(), m)
        }

    def link(self, mention: Mention) -> PlaceLink:
        """The place of one LOC mention."""
        text = _BRACKETS.sub("", " ".join(mention.surface.split()))
        text = self.short.get(norm(text), text)
        words = norm(text).split()
        level = TYPE_WORDS.get(words[0]) if len(words) > 1 else None
        if level is not None:
            found = self.places.named(" ".join(words[1:]), level=level)
            chosen = self._choose(found, mention)
            if chosen is not None:
                if chosen.ref is not None and chosen.ref.region and level not in _UPPER:
                    self.typed.setdefault(" ".join(words[1:]), chosen.ref.region)
                return chosen
            if found:
                return PlaceLink(None, "ambiguous", 0.5)
        led = self._led(text, mention) if level is None else None
        if led is not None:
            return led
        found = [c for c in self.places.named(text) if c.count(".") <= 1]
        if found:
            if found[0].count(".") == 0:
                return self._region(found[0], "province", 0.95)
            chosen = self._choose(found, mention)
            return chosen or PlaceLink(None, "ambiguous", 0.5)
        if level is None and " ".join(words) in self.typed:
            return self._region(self.typed[" ".join(words)], "named with its type before", 0.8)
        if level is None and len(words) <= 3 and self.region is not None:
            small = self.places.named(text, within=self._near())
            inside = [c for c in small if c.startswith(f"{self.region}.")]
            small = inside or small
            kecamatan = [c for c in small if c.count(".") == 2]
            chosen = self._choose(kecamatan or small, mention)
            if chosen is not None and chosen.ref is not None:
                return PlaceLink(chosen.ref, "bare name in region", 0.6)
        return self._other(text, words, mention)

    def _led(self, text: str, mention: Mention) -> PlaceLink | None:
        """The region of the head named right before it."""
        start = max(0, mention.start - _HEAD_REACH)
        head = _HEAD.search(self.text, start, mention.start)
        if head is None or head.lastgroup is None:
            return None
        codes = self.places.named(text, level=head.lastgroup)
        if head.lastgroup == "kecamatan":
            return self._choose(codes, mention)
        return self._region(codes[0], "region of its head", 0.95) if len(codes) == 1 else None

    def _near(self) -> str | None:
        """The province of the text (a kabupaten is not left for its neighbours' sake)."""
        return self.region[:2] if self.region else None

    def _choose(self, codes: list[str], mention: Mention) -> PlaceLink | None:
        if len(codes) == 1:
            return self._region(codes[0], "name", 0.95)
        if not codes:
            return None
        named = [c for c in codes if c in self.explicit]
        if len(named) == 1:
            return self._region(named[0], "named in full in the text", 0.75)
        if codes[0].count(".") >= 2:
            beside = self._beside(codes, mention)
            if beside is not None:
                return beside
            for within in (self.region, self._near()):
                inside = [c for c in codes if within and c.startswith(within + ".")]
                if len(inside) == 1:
                    return self._region(inside[0], "only one in the region", 0.8)
        if self.region in codes:
            return self._region(str(self.region), "region of the text", 0.7)
        return None

    def _beside(self, codes: list[str], mention: Mention) -> PlaceLink | None:
        """``Desa X, Kecamatan Y, Kabupaten Z``: the regions named next decide."""
        for other in self.local:
            if 0 < other.start - mention.end < 60:
                above = set(self._regions_of(other))
                inside = [c for c in codes if any(c.startswith(a + ".") for a in above)]
                if len(inside) == 1:
                    return self._region(inside[0], "place named beside it", 0.9)
        return None

    def _regions_of(self, mention: Mention) -> list[str]:
        """Codes of the regions that bear the name of a mention, with its type word or without."""
        words = norm(mention.surface).split()
        level = TYPE_WORDS.get(words[0]) if len(words) > 1 else None
        return self.places.named(" ".join(words[1:] if level else words), level=level)

    def _behind(self, mention: Mention) -> str | None:
        """The one kabupaten, kota or province named right behind (``Hutan Tele, Samosir``)."""
        for other in self.local:
            if 0 < other.start - mention.end <= _RIGHT_BEHIND:
                found = [c for c in self._regions_of(other) if c.count(".") <= 1]
                return found[0] if len(found) == 1 else None
        return None

    def _abroad(self, words: list[str], mention: Mention) -> bool:
        """Whether a place is one of another country: by its own name or by the country at its end
        or right behind it (``Davao``, ``Davao Filipina``, ``Kudat, Malaysia``), here or elsewhere
        in the text."""
        name = " ".join(words)
        return name in abroad(_ABROAD) or name in self.foreign or self._in_country(words, mention)

    def _in_country(self, words: list[str], mention: Mention) -> bool:
        ends = {" ".join(words[at:]) for at in range(1, len(words))}
        behind = (o for o in self.local if 0 < o.start - mention.end <= _RIGHT_BEHIND)
        ends.update(norm(other.surface) for other in behind)
        return not ends.isdisjoint(abroad(_COUNTRIES))

    def _region(self, code: str, method: str, confidence: float) -> PlaceLink:
        place = self.places.place(code)
        assert place is not None
        aliases = (place.bare, *self.places.aliases(code)) if code.count(".") <= 1 else ()
        ref = EntityRef(
            place.entity_id,
            "place",
            place.name,
            aliases,
            authority=True,
            region=code,
            method=method,
            confidence=confidence,
        )
        return PlaceLink(ref, method, confidence)

    def _other(self, text: str, words: list[str], mention: Mention) -> PlaceLink:
        """A road, building, river, country: an entity of its own, named by its words, in the
        region that is named right behind it, else in that of the text."""
        lex = lexicon()
        if " ".join(words) in _COUNTRY:
            text, words = "Indonesia", ["indonesia"]
        world = tuple(words) in lex.bare_places.get(words[0], ()) if words else False
        ident = slug(text)
        if not ident:
            return PlaceLink(None, "no name", 0.0)
        nowhere = (
            world
            or words[:1] == ["indonesia"]
            or tuple(words[:2]) in _OF_THE_STATE
            or self._abroad(words, mention)
        )
        region = None if nowhere else self._behind(mention) or self.region
        suffix = f"@{region}" if region else ""
        sure = 0.9 if world else 0.6
        ref = EntityRef(
            f"place:{ident}{suffix}",
            "place",
            text,
            region=region,
            method="name",
            confidence=sure,
        )
        return PlaceLink(ref, "name", sure)
