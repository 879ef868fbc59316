"""Which region, or which named place, a LOC mention is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb import authority
from kb.authority import norm
from kb.authority.institutions import slug
from kb.authority.places import TYPE_WORDS
from kb.model import EntityRef, Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.linking.foreign import Foreign, abroad, countries
from kb.nlp.linking.halves import Whole, region_in_name, shortens, wholes, with_initials
from kb.nlp.linking.rows import Rows, bare, bare_name, in_brackets, regions_of
from kb.nlp.linking.slips import misprints, overlong
from kb.nlp.linking.whereabouts import is_elsewhere, landmarks, speaks_for

_UPPER = frozenset({"provinsi", "kabupaten", "kota"})
_COUNTRY = frozenset({"republik indonesia", "ri", "nkri"})
_OF_THE_STATE = frozenset(
    (house, body)
    for house in ("gedung", "kantor", "istana")
    for body in ("dpr", "kementerian", "kpk", "kepresidenan", "merdeka", "mpr", "negara")
)
"""Houses of the state, which stand in no region that a text is about."""
_ROUTES = frozenset({"gang", "jalan", "jl", "laut", "pulau", "selat", "teluk", "tol"})
"""Places that are called after regions they do not lie in."""
_HEAD = re.compile(
    r"(?<!\w)(?:(?P<kota>wali\s?kota|wawali(?:kota)?)|(?P<kabupaten>bupati|wabup)|(?P<kecamatan>camat))"
    r"\s(?:[A-Z]\w+(?:\s[A-Z]\w+)?\s(?:dan|&)\s)?$",
    re.IGNORECASE,
)
"""The head before a bare region, which tells a city from a regency ("Wali Kota Bogor")."""
_HEAD_REACH = 48
"""Characters before a region in which its head stands. Set by hand; no command measured it."""
_SHORT = "short for a name of the text"


@dataclass(frozen=True, slots=True)
class PlaceLink:
    ref: EntityRef | None
    """``None``: the text leaves it open which place is meant."""
    method: str
    confidence: float


class PlaceLinker:
    """Decides the places of one page; regions named outright help with bare names."""

    def __init__(self, mentions: Sequence[Mention], region: str | None, text: str = "") -> None:
        self.text = text
        self.places = authority.load().places
        self.region = region
        self.mentions = mentions
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
            inner = in_brackets(mention) if mention.label == "LOC" else None
            if inner and shortens(inner, bare_name(mention)):
                self.short[norm(inner)] = bare_name(mention)
        self.foreign = Foreign(text, self.local)
        self.rows = Rows(text, self.local, self._near())

    def link(self, mention: Mention) -> PlaceLink:
        """The place of one LOC mention."""
        found = self._alone(mention)
        if found.ref is None or found.ref.authority:
            return found
        whole = self._halves.get(norm(bare_name(mention)))
        if whole is None or whole.entity_id == found.ref.entity_id:
            return found
        sure = min(whole.confidence, 0.6)
        return PlaceLink(replace(whole, method=_SHORT, confidence=sure), _SHORT, sure)

    @cached_property
    def _halves(self) -> Mapping[str, EntityRef]:
        """Normal form of a name that no list has -> the place of the longer name of the text
        that it fits, or of the name it is a misprint of."""
        kept, self.typed = self.typed, dict(self.typed)
        made = {norm(bare_name(m)): self._alone(m).ref for m in self.local}
        self.typed = kept
        known = {name for name, ref in made.items() if ref is None or ref.authority}
        known |= {name for name in made if name in abroad() or name == "indonesia"}
        names = with_initials(self.text, self.local, "LOC")
        doubtful = overlong(self.text, self.mentions)
        found: dict[str, Whole] = dict(wholes(names, known, places=True, doubtful=doubtful))
        longer = {short: norm(bare(w.name)) for short, w in found.items()}
        longer |= misprints(Counter(norm(bare_name(m)) for m in self.local), known)
        out = {}
        for short, name in longer.items():
            ref = made.get(longer.get(name, name))
            if ref is not None:
                out[short] = ref
        return out

    def _alone(self, mention: Mention) -> PlaceLink:
        """The place of one LOC mention, by its own name."""
        text = bare_name(mention)
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
            seat = self.rows.seat(found[-1], mention)
            if seat is not None:
                return self._region(seat, "kecamatan of the village before it", 0.8)
            if found[0].count(".") == 0:
                return self._region(found[0], "province", 0.95)
            chosen = self._choose(found, mention)
            return chosen or PlaceLink(None, "ambiguous", 0.5)
        if level is None and " ".join(words) in self.typed:
            return self._region(self.typed[" ".join(words)], "named with its type before", 0.8)
        if (
            level is None
            and len(words) <= 3
            and self.region is not None
            and not self.rows.is_part(mention)
        ):
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
        if codes[0].count(".") <= 1:
            around = self.rows.around(codes, mention)
            if around is not None:
                return self._region(around, "place named before it", 0.85)
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
                above = set(regions_of(other))
                inside = [c for c in codes if any(c.startswith(a + ".") for a in above)]
                if len(inside) == 1:
                    return self._region(inside[0], "place named beside it", 0.9)
        return None

    def _lies(self, mention: Mention, nowhere: bool) -> tuple[str | None, str]:
        """The region a place lies in and the end of its id, the same for all mentions of a name;
        one whose region is open is told from its namesakes by the text's."""
        name = norm(bare_name(mention))
        alike = [m for m in self.local if norm(bare_name(m)) == name]
        rows = {code for m in alike if (code := self.rows.behind(m)) is not None and not nowhere}
        rows -= {code for code in rows if any(other.startswith(code + ".") for other in rows)}
        code = landmarks().get(name) or (rows.pop() if len(rows) == 1 else None)
        end = None if name.partition(" ")[0] in _ROUTES or nowhere else region_in_name(name)
        wide = end is not None and self.region is not None and self.region.startswith(end + ".")
        code = code or (None if wide else end)
        if code is not None or nowhere or self.region is None:
            return code, f"@{code}" if code else ""
        votes = {speaks_for(self.text, m, self.region, self.foreign.large) for m in alike}
        if 1 not in votes and wide:
            return end, f"@{end}"
        if 1 not in votes and (-1 in votes or is_elsewhere(self.region, self.foreign.large)):
            return None, f"~{self.region}"
        return self.region, f"@{self.region}"

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
        region that is named behind it, else in that of the text if nothing speaks against it."""
        lex = lexicon()
        if " ".join(words) in _COUNTRY:
            text, words = "Indonesia", ["indonesia"]
        whole = countries().get(" ".join(words))
        if whole is not None:
            text, words = whole, norm(whole).split()
        world = tuple(words) in lex.bare_places.get(words[0], ()) if words else False
        ident = slug(text)
        if not ident:
            return PlaceLink(None, "no name", 0.0)
        nowhere = (
            world
            or words[:1] == ["indonesia"]
            or tuple(words[:2]) in _OF_THE_STATE
            or self.foreign.has(words, mention)
        )
        region, suffix = self._lies(mention, nowhere)
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
