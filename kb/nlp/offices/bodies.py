"""The institution of an office that the text leaves out beside it.

A unit's head belongs to the body whose head is named before (``Kapolda Sumut ... Kabid
Humas``), a deputy or member to the council named before, a regent's secretary to the
region of the regent, a village head to the one village the text names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.authority import norm
from kb.model import Mention
from kb.nlp.language import PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon
from kb.nlp.offices.home import home_region
from kb.nlp.offices.houses import HouseFinder
from kb.nlp.offices.listed import listed
from kb.nlp.offices.nearby import other_holder, same_holder
from kb.nlp.offices.open_posts import FUNCTIONAL
from kb.nlp.offices.parts import REGION_TYPE, body_from, last_body, of_rank, same_body
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import MentionMap, plain
from kb.nlp.offices.villages import VillageFinder
from kb.nlp.offices.written import STATIONS

_PART_OF = re.compile(
    r"^(?:wakil (?:ketua|kepala)|anggota|sekretaris"
    r"|ketua (?:komisi|fraksi|pansus|panitia khusus))\b"
)
_CHAMBER = re.compile(
    r"\b(?:pansus|panja|komisi|fraksi|banggar|bamus|bapemperda|kelompok khusus|badan kehormatan)\b"
    r"|\bsekwan\Z|\bsekretaris dewan\Z"
)
_BODY_HEADS = listed("body_heads")
_KIND_HEADS = listed("kind_heads")
_DEPUTY = re.compile(r"\bwakil ketua (?:i{1,3}|iv|[1-4])\Z|\bketua sementara\Z|^ketua dewan\Z")
_ACTING = listed("acting")
_DIVISION = re.compile(r"(?:komisioner\Z|(?:koordinator|kordinator|ketua) divisi\b|ko+rdiv\b)")
_OFFICE_OF = re.compile(
    r"^(?:(?:Setda|Setkab|Setko|Sekretariat Daerah|Pem(?:kab|kot|prov|da))\b\.?\s*)+", re.IGNORECASE
)
_AGENCY_HEAD = re.compile(r"(?:kadis|kadin(?!as\b)|kaban) ?[a-z]")
_PLACES_WITH_HEADS = frozenset({"pasar", "pelabuhan", "terminal"})
"""Places that a public "Kepala" heads."""
FAMILY = frozenset({"kepala daerah", "sekretariat daerah"})


_OF_COUNTRY = frozenset({"presiden", "wakil presiden"})
_COUNTRY = frozenset({"ri", "republik indonesia", "indonesia"})


class BodyFinder(HouseFinder):
    """Finds institutions for the phrases of one document that have none."""

    def __init__(
        self,
        tokens: Tokens,
        lex: Lexicon,
        names: MentionMap,
        phrases: Sequence[Phrase],
        holders: Mapping[int, Mention],
    ) -> None:
        super().__init__(tokens, lex, names, phrases)
        self._holders = holders
        """Phrase (its ``id``) -> who holds it, as far as it was read."""
        self._regions = [
            (p, lex.titles.full(p.title.title.name), p.institution)
            for p in phrases
            if p.institution and p.title.title.category in FAMILY
        ]
        self._villages = VillageFinder(tokens, lex, names, phrases)
        self._heads = [(p.title.first, body) for p in phrases if (body := self._headed(p))]

    def find(self, phrase: Phrase) -> str | None:
        """The institution of ``phrase``, or ``None`` where the text does not tell."""
        station = STATIONS.get(norm(phrase.title.title.name))
        if station is not None:
            return self._villages.beside(phrase) or self._only_force((station,))  # one of many
        if self.lex.titles.full(phrase.title.title.name) in _OF_COUNTRY:
            country = self.same_title(phrase)  # "Presiden X" beside a "Presiden KSPI Y"
            return country if country and norm(country) in _COUNTRY else None
        return (
            self.of_circle(phrase)
            or self.same_title(phrase)
            or (self.inspectorate(phrase) if norm(phrase.role) != "inspektur" else None)
            or self._unit_of(phrase)
            or self.of_neighbour(phrase)
            or self.of_agency_head(phrase)
            or self._villages.of(phrase)
            or self.of_its_kind(phrase)
            or self.council(phrase)
            or self._own_body(phrase)
            or self.of_district(phrase)
            or (self._inherited_name(phrase) if self._of_region(phrase) else None)
            or self._of_home(phrase)
            or self.only_agency(phrase)
        )

    def _inherited_name(self, phrase: Phrase) -> str | None:
        """``_inherited``, as a head would bear it: ``Wali Kota`` of ``Surabaya``, not of ``Kota
        Surabaya``."""
        region = self._inherited(phrase)
        kind = {"kota": "kota ", "bupati": "kabupaten "}
        word = kind.get(self.lex.titles.full(phrase.title.title.name).split()[-1], "")
        if region is not None and word and region.casefold().startswith(word):
            return region[len(word) :].lstrip()
        return region

    def _of_home(self, phrase: Phrase) -> str | None:
        """``Wabup X`` in a text about one regency: that one."""
        title = phrase.title.title
        last = self.lex.titles.full(title.name).split()[-1]
        if title.category not in FAMILY or last in ("gubernur", "provinsi"):
            return None
        return home_region(self.map.at.values())

    def inspectorate(self, phrase: Phrase) -> str | None:
        """``Inspektur X``, a post of any region: the inspectorate named, or the text's region."""
        role = norm(phrase.role)
        if role != "inspektur" and not role.startswith(("inspektur pembantu", "irban")):
            return None
        named = {
            plain(m.surface)
            for m in self.map.at.values()
            if norm(m.surface).startswith("inspektorat")
        }
        if len(named) == 1 or role != "inspektur":
            return named.pop() if len(named) == 1 else None
        return home_region(self.map.at.values())

    def _of_region(self, phrase: Phrase) -> bool:
        title = phrase.title.title
        staff = title.category == "perangkat daerah" and title.takes == "region"
        return title.category in FAMILY or staff

    def _own_body(self, phrase: Phrase) -> str | None:
        """``Kapolres`` in a text about ``Polres Pati``: the region of the body he heads."""
        stem = self.lex.titles.bodies.get(norm(phrase.title.title.name).removeprefix("wa"))
        if stem is None:
            return None
        named: set[str] = set()
        for mention in self.map.at.values():
            body = body_from(mention.surface, (norm(stem),)) if mention.label == "ORG" else None
            long = self.lex.titles.spelt_out.get(norm(stem))
            if long and mention.label == "ORG" and norm(mention.surface).startswith(f"{long} "):
                body = " ".join([stem, *mention.surface.split()[2:]])  # "Kejaksaan Negeri X"
            if body is not None and len(body.split()) > 1:  # "Unit Reskrim Polsek Cisitu" too
                named.add(self._seat(body.split()[1:]))
        whole = [one for one in named if not any(one != o and one.endswith(o) for o in named)]
        return whole[0] if len(whole) == 1 else None

    def _seat(self, words: Sequence[str]) -> str:
        """``Rantau Panjang Polres Ogan Ilir``: the seat alone, without the body above."""
        above = {norm(body) for body in self.lex.titles.bodies.values()}
        end = next((k for k, word in enumerate(words) if k and norm(word) in above), len(words))
        return " ".join(words[:end])

    def council_before(self, phrase: Phrase) -> str | None:
        """The council or agency a deputy or member belongs to, named shortly before."""
        if not _PART_OF.match(phrase.role.casefold()):
            return None
        sentence = self.tokens.sentence[phrase.title.first]
        for other in reversed(self.phrases):
            if other.title.first < phrase.title.first and other.org is not None:
                near = sentence - self.tokens.sentence[other.title.first] <= 1
                return other.institution if near else None
        return None

    def same_title(self, phrase: Phrase) -> str | None:
        """The institution the same title is written with elsewhere in the document."""
        words = self.lex.titles.full(phrase.title.title.name)
        one_a_region = phrase.title.title.category in FAMILY
        any_role = phrase.title.title.takes in ("region", "none")
        first: str | None = None
        for other in self.phrases:
            if (
                other.institution
                and self.lex.titles.full(other.title.title.name) == words
                and (any_role or other.role.casefold() == phrase.role.casefold())
                and not (one_a_region and other_holder(phrase, other, self._holders))
            ):
                if same_holder(phrase, other, self._holders):
                    return other.institution
                first = first or other.institution
        return first

    def _headed(self, phrase: Phrase) -> str | None:
        """The body ``phrase`` is the head of, as units beneath it would name it."""
        if phrase.institution is None:
            return None
        title = norm(phrase.title.title.name)
        stem = self.lex.titles.bodies.get(title.split()[0].removeprefix("wa"))
        if stem is not None:
            return f"{stem} {phrase.institution}"
        head = title.split()[0] in _BODY_HEADS
        return phrase.institution if head and phrase.org is not None else None

    def _unit_of(self, phrase: Phrase) -> str | None:
        """The body of the head named before in the sentence or the paragraph."""
        title = phrase.title.title
        starts = self.lex.titles.unit_bodies.get(title.category)
        if title.takes != "unit" or starts is None or self._heads_agency(phrase):
            return None
        if norm(title.name) in self.lex.titles.bodies:
            return None  # "Kalapas" heads the body: ``_own_body`` tells its region
        first = phrase.title.first
        paragraph = first
        while paragraph > 0 and self.tokens.gap[paragraph] != PARAGRAPH:
            paragraph -= 1
        anywhere = title.category not in ("perangkat daerah", FUNCTIONAL)
        sentence = paragraph
        if title.category == FUNCTIONAL:
            while self.tokens.sentence[sentence] != self.tokens.sentence[first]:
                sentence += 1
        low = 0 if anywhere else sentence
        while not anywhere and low < first and ";" in self.tokens.words[low:first]:
            low += 1  # the items of a list stand for themselves
        found_heads = [(at, body) for at, body in self._heads if low <= at < first]
        found = list(found_heads)
        if anywhere:
            found.extend(
                (at, plain(m.surface))
                for at, m in self.map.at.items()
                if m.label == "ORG" and at < first
            )
        bodies = [body for _, body in sorted(found)]
        if self.lex.titles.full(title.name).startswith("kepala bagian"):
            starts = tuple(
                start for start in starts if start not in self.lex.titles.without_sections
            )
        ranks = self.lex.titles.unit_ranks.get(norm(title.name).split()[0])
        if title.category in ("polri", "regu") and ranks is not None:
            headed = [body for _, body in found_heads]
            bodies = bodies or [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]
            found_one = next((p for rank in ranks if (p := of_rank(headed, bodies, rank))), None)
            return found_one or self._only_force(ranks)
        if not anywhere and bodies and body_from(bodies[-1], self.lex.titles.central):
            return None  # a section of the ministry's office is none of the agency before
        if bodies or not anywhere:
            since = paragraph if title.category == FUNCTIONAL else 0
            body = last_body(bodies, starts) or self._only_agency(since, first, starts)
            if body is not None or title.category != "pusat":
                return body
        later = {
            part
            for m in self.map.at.values()
            if m.label == "ORG"
            if (part := body_from(m.surface, starts))
        }
        return later.pop() if len(later) == 1 else None

    def _only_force(self, ranks: Sequence[str]) -> str | None:
        """The one force of the first of ``ranks`` that the text names, wherever it stands."""
        named = [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]
        for rank in ranks:
            parts = [part for name in named if (part := body_from(name, (rank,)))]
            if parts:
                return same_body(parts)
        return None

    def _heads_agency(self, phrase: Phrase) -> bool:
        """Whether the title says which agency he heads (``Kadishub``, ``Kadis PUPR``)."""
        role = norm(phrase.role).removeprefix("plt ").removeprefix("plh ")
        return _AGENCY_HEAD.match(role) is not None

    def _only_agency(self, since: int, first: int, starts: Sequence[str]) -> str | None:
        """The one agency named from ``since`` to ``first``, where the text speaks of no other."""
        named: dict[str, str] = {}
        for at, mention in sorted(self.map.at.items()):
            part = body_from(mention.surface, starts) if mention.label == "ORG" else None
            if part and since <= at < first:
                named.setdefault(" ".join(norm(part).split()[:2]), part)
        return next(iter(named.values())) if len(named) == 1 else None

    def council(self, phrase: Phrase) -> str | None:
        """``anggota pansus``, ``Wakil Ketua II`` in a text about one council: that one.

        The one chamber of the kind, where the text names it (``Pansus Pasar DPRD X``).
        """
        role = phrase.role.casefold()
        sits = role == "wakil ketua" or (role == "anggota" and self._beside_chair(phrase))
        if sits and not self._other_chairs(phrase):
            return self.only_council()
        if not (_CHAMBER.search(role) or _DEPUTY.search(role)):
            return None
        named = [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]
        kind = norm(role).split()[-1]
        if kind in self.lex.body_words:
            chamber = same_body([name for name in named if norm(name).split()[0] == kind])
            if chamber is not None:
                return chamber
        return self.only_council()

    def _beside_chair(self, phrase: Phrase) -> bool:
        """``dihadiri Wakil Ketua A, anggota B``: whether the post before in the sentence is of a
        chamber or its council."""
        before = [p for p in self.phrases if p.title.first < phrase.title.first][-1:]
        return any(
            self._same_sentence(one, phrase)
            and one.title.title.category == "lembaga perwakilan"
            and (norm(one.role) == "wakil ketua" or _CHAMBER.search(norm(one.role)) is not None)
            for one in before
        )

    def _other_chairs(self, phrase: Phrase) -> bool:
        """Whether the text names a chairman of something that is no council."""
        return any(
            norm(other.role).endswith("ketua")
            and other.institution is not None
            and body_from(other.institution, self.lex.titles.councils) is None
            and not _CHAMBER.search(norm(other.institution))  # "Ketua Fraksi X"
            for other in self.phrases
            if other is not phrase
        )

    def only_council(self) -> str | None:
        """The one council the text names, by its fullest name."""
        named = [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]
        parts = [p for name in named if (p := body_from(name, self.lex.titles.councils))]
        return same_body([part for part in parts if len(part.split()) > 1] or parts)

    def prosecution(self, phrase: Phrase) -> str | None:
        """``Jaksa X`` in a text about one prosecutor's office: that one."""
        return self._unit_of(phrase) if norm(phrase.role) == "jaksa" else None

    def above(self, phrase: Phrase) -> str | None:
        """``pejabat BNPB yaitu Deputi Pencegahan X``: the public body named before a deputy."""
        if phrase.title.title.name not in self.lex.titles.second:
            return None
        named = self.named_before(phrase)
        named = [name for name in named if norm(name).split()[0] not in self.lex.unit_heads]
        return named[0] if len(set(named)) == 1 else None

    def commission(self, phrase: Phrase) -> str | None:
        """``Komisioner X``, ``Kordiv Hukum X`` in a text about one commission: that one."""
        if not _DIVISION.match(norm(phrase.role)):
            return None
        named = [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]
        headed = [p.institution for p in self.phrases if p.institution and p.org is not None]
        for bodies in (named, headed):
            one = same_body(
                [b for b in bodies if norm(b).split()[0] in self.lex.titles.commissions]
            )
            if one is not None:
                return one
        return None

    def of_its_kind(self, phrase: Phrase) -> str | None:
        """``Kepala Pangkalan`` in a text about ``Pangkalan PSDKP Bitung``."""
        words = norm(phrase.role).split()
        words = words[words[0] in _ACTING :]
        words = ["kepala", "dinas"] if words in (["kadis"], ["kadin"], ["kadinas"]) else words
        if len(words) != 2 or words[0] not in _KIND_HEADS:
            return None
        named = {
            plain(m.surface)
            for m in self.map.at.values()
            if m.label != "PER" and norm(m.surface).split()[0] == words[1]
            if m.label == "ORG" or words[1] in _PLACES_WITH_HEADS
        }
        return named.pop() if len(named) == 1 else None

    def _inherited(self, phrase: Phrase) -> str | None:
        """The region of the governor, regent or mayor named nearest before."""
        title = self.lex.titles.full(phrase.title.title.name)
        own = title.split()[-1]
        regions = [
            r
            for r in self._regions
            if r[1] != title or not other_holder(phrase, r[0], self._holders)
        ]
        near = [
            r
            for r in regions
            if r[0].title.first < phrase.title.first
            and (r[1].split()[-1] == own or own == "daerah")
        ]
        if near:
            return near[-1][2]
        if own == "gubernur":
            return None  # a regency that the text names is no province
        # "Sekda Wakatobi ... Bupati X": the one region of which the text names officials.
        named: dict[str, str] = {}
        for _, other, region in regions:
            if not other.endswith("gubernur"):
                whose = _OFFICE_OF.sub("", region)
                named.setdefault(REGION_TYPE.sub("", f"{norm(whose)}"), whose)
        return next(iter(named.values())) if len(named) == 1 else None
