"""Offices that a text states for named persons (``kb_offices``).

A title is read together with what stands behind it (unit, institution, region) and is
given to the person behind it (``Bupati Lebak, X``), before it (``X selaku Bupati Lebak``,
``X, Bupati Lebak,``) or in brackets. Posts in parties, companies, clubs and universities
are no public offices and are left out, as the tagging guide says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kb.model import Mention, Office, OfficeStatus
from kb.nlp.institutions import is_private, is_public
from kb.nlp.language import PARAGRAPH
from kb.nlp.office_phrases import Phrase, PhraseReader
from kb.nlp.rules_names import skip_honorifics

_OWN_CATEGORIES = frozenset({"polri", "tni", "kejaksaan", "pengadilan", "pusat", "kepala daerah"})
_FAMILY = frozenset({"kepala daerah", "sekretariat daerah"})
_SEPARATORS = frozenset({",", "(", "-", "–", "—"})
_ASIDES = frozenset(
    {"asal", "daerah", "dapil", "dari", "dua", "fraksi", "jabatan", "masa", "partai", "pemilihan"}
    | {"periode", "tiga"}
)
_SURE = {"linked": 0.88, "brackets": 0.88, "apposition": 0.8, "beside": 0.7}
_SEVERAL = re.compile(
    r"^(?:wakil ketua|anggota|komisioner|hakim anggota|staf ahli|tenaga ahli|legislator|senator)\b"
)
_PART_OF = re.compile(r"^(?:wakil (?:ketua|kepala)|anggota|sekretaris|ketua komisi|ketua fraksi)\b")
_WEAK = re.compile(
    r"^(?:ketua|wakil ketua|sekretaris|anggota|koordinator) "
    r"(?:tim|satgas|satuan tugas|panitia|gugus|pansus|pokja|forum)"
)


class OfficeReader(PhraseReader):
    """Reads the offices of one document."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        super().__init__(doc, mentions)
        self._done: set[int] = set()
        self.found: list[tuple[Mention, Phrase, str, float]] = []

    def person_after(self, phrase: Phrase) -> Mention | None:
        """The person named right behind the phrase, past a comma and honorifics."""
        tokens, at, size = self.tokens, self._past_party(phrase), len(self.tokens)
        if at < size and tokens.words[at] in (",", ":", "(") and tokens.gap[at] != PARAGRAPH:
            at += 1
        if at >= size or tokens.gap[at] == PARAGRAPH:
            return None
        for start in (at, skip_honorifics(tokens, at, self.lex)):
            mention = self.map.at.get(start)
            if mention is not None and mention.label == "PER":
                return mention
        return None

    def _past_party(self, phrase: Phrase) -> int:
        """``Anggota DPRD Bogor dari PKB, X``, ``... dapil Maluku Tengah, X``: past the aside."""
        tokens, at = self.tokens, phrase.last
        if phrase.institution is None or at >= len(tokens) or tokens.lower[at] not in _ASIDES:
            return at
        for end in range(at + 1, min(at + 8, len(tokens))):
            if tokens.words[end] == "," or self.map.label[end] == "PER":
                return end
            small = tokens.words[end][0].islower() and tokens.lower[end] not in _ASIDES
            if small or tokens.gap[end] == PARAGRAPH:
                break
        return at

    def _shares(self, place: int) -> bool:
        """``Bupati dan Wakil Bupati Serang, A dan B``: gives each title its person."""
        if place + 1 >= len(self.phrases):
            return False
        one, two = self.phrases[place], self.phrases[place + 1]
        tokens = self.tokens
        if (
            one.last + 1 != two.title.first
            or tokens.lower[one.last] not in ("dan", "&", "bersama")
            or one.institution is not None
        ):
            return False
        first = self.person_after(two)
        if first is None:
            return False
        at = self.map.end(first)
        if at >= len(tokens) or tokens.lower[at] not in ("dan", "&", ",", "-"):
            return False
        second = self.map.at.get(skip_honorifics(tokens, at + 1, self.lex))
        if second is None or second.label != "PER":
            return False
        one.institution, one.org = two.institution, two.org
        self.found.append((first, one, "shared titles", 0.85))
        self.found.append((second, two, "shared titles", 0.85))
        self._done.add(id(two))
        return True

    def person_before(self, phrase: Phrase) -> tuple[Mention, str] | None:
        """The person the phrase is said of, when it stands behind the name."""
        tokens = self.tokens
        at = phrase.title.first - 1
        low = at
        while low >= 0 and tokens.lower[low] in self.lex.links and at - low < 6:
            low -= 1
        linked = low < at and tokens.lower[low + 1] in self.lex.link_starts
        if low < 0 or tokens.sentence[low] != tokens.sentence[phrase.title.first]:
            return None
        at = low
        mark = tokens.words[at]
        beside = self.map.label[at] == "PER" and phrase.institution is not None
        if not linked and mark not in _SEPARATORS and not beside:
            return None
        bracket = mark == "("
        if mark in _SEPARATORS:
            at -= 1
        at = self._back_over_degrees(at)
        if at < 0 or self.map.label[at] != "PER":
            return None
        mention = next(
            (m for m in self.map.at.values() if self.map.end(m) == at + 1 and m.label == "PER"),
            None,
        )
        if mention is None:
            return None
        if linked:
            return mention, "linked"
        if bracket:
            return mention, "brackets"
        after = tokens.words[phrase.last] if phrase.last < len(tokens) else "."
        if any(found is mention for found, *_ in self.found) or after in (";", "/"):
            return None
        return mention, "beside" if beside and mark not in _SEPARATORS else "apposition"

    def _back_over_degrees(self, at: int) -> int:
        tokens = self.tokens
        while at > 1:
            low = tokens.lower[at].replace(".", "").replace(" ", "")
            if (self.map.label[at] == "" and low in self.lex.degrees) or (
                tokens.words[at] == ","
                and (
                    tokens.lower[at - 1].replace(".", "").replace(" ", "") in self.lex.degrees
                    or self.map.label[at - 1] == "PER"
                )
            ):
                at -= 1
            else:
                break
        return at

    def public(self, phrase: Phrase) -> bool:
        """True where the phrase names a public office."""
        title = phrase.title.title
        if phrase.org is not None or (
            phrase.institution and title.takes in ("institution", "unit")
        ):
            org = phrase.org.surface if phrase.org is not None else phrase.institution or ""
            if phrase.org is None:
                if org.split()[0].casefold() in self.lex.titles.first_words:
                    return True
                if title.category in _OWN_CATEGORIES or title.takes == "unit":
                    return True
                agency = any(w in self.lex.type_heads for w in phrase.role.casefold().split())
                return agency or is_public(org)
            if phrase.role.casefold().startswith("kepala") and not is_private(org):
                return True
            return is_public(org) or title.category in ("kepala daerah", "pusat")
        if title.takes in ("region", "none", "unit"):
            return True
        words = phrase.role.casefold().split()
        return words[-1] in self.lex.type_heads or words[-1] in self.lex.body_words

    def read(self) -> list[Office]:
        """The offices, in order of the text."""
        pending: list[Phrase] = []
        for place, phrase in enumerate(self.phrases):
            if id(phrase) in self._done or self._shares(place):
                continue
            person = self.person_after(phrase)
            if person is not None:
                self.found.append((person, phrase, "before name", 0.92))
                if _SEVERAL.match(phrase.role.casefold()):
                    self._others(person, phrase)
            else:
                pending.append(phrase)
        for phrase in pending:
            before = self.person_before(phrase)
            if before is not None:
                mention, how = before
                sure = _SURE[how]
                self.found.append((mention, phrase, f"behind name: {how}", sure))
        regions = self._regions()
        out = []
        for mention, phrase, method, sure in self.found:
            if phrase.institution is None and phrase.title.title.takes == "institution":
                phrase.institution = self._body_before(phrase)
                sure -= 0.1
                if phrase.institution is not None and is_public(phrase.institution):
                    sure -= 0.1
                elif not self.public(phrase):
                    continue
            elif not self.public(phrase):
                continue
            institution = phrase.institution
            if institution is None:
                institution = self._same_title(phrase) or (
                    self._inherited(phrase, regions)
                    if phrase.title.title.category in _FAMILY
                    else None
                )
                if institution is not None:
                    sure -= 0.1
            first = min(phrase.title.first, self.map.spans[mention.start][0])
            last = max(phrase.last, self.map.end(mention))
            status: OfficeStatus = phrase.title.status  # type: ignore[assignment]
            out.append(
                Office(
                    name=" ".join(mention.surface.split()),
                    role=phrase.role,
                    institution=institution,
                    status=status,
                    start=self.tokens.start[first],
                    end=self.tokens.end[last - 1],
                    method=method,
                    confidence=round(sure, 2),
                )
            )
        return sorted(out, key=lambda office: office.start)

    def _others(self, person: Mention, phrase: Phrase) -> None:
        """``Wakil Ketua A dan B``: those named behind the first hold the office too."""
        tokens, at = self.tokens, self.map.end(person)
        while at + 1 < len(tokens) and tokens.lower[at] in ("dan", "serta", "&"):
            start = skip_honorifics(tokens, at + 1, self.lex)
            mention = self.map.at.get(start)
            spoken = any(tokens.norm[k] in self.lex.address for k in range(at + 1, start))
            if mention is None or mention.label != "PER" or spoken:
                return
            self.found.append((mention, phrase, "shared title", 0.75))
            at = self.map.end(mention)

    def _body_before(self, phrase: Phrase) -> str | None:
        """The council or agency a deputy or member belongs to, named shortly before."""
        if not _PART_OF.match(phrase.role.casefold()):
            return None
        sentence = self.tokens.sentence[phrase.title.first]
        for other in reversed(self.phrases):
            if other.title.first < phrase.title.first and other.org is not None:
                near = sentence - self.tokens.sentence[other.title.first] <= 1
                return other.institution if near else None
        return None

    def _same_title(self, phrase: Phrase) -> str | None:
        """The institution the same title is written with elsewhere in the document."""
        words = self.lex.titles.full(phrase.title.title.name)
        any_role = phrase.title.title.takes in ("region", "none")
        for other in self.phrases:
            if (
                other.institution
                and self.lex.titles.full(other.title.title.name) == words
                and (any_role or other.role.casefold() == phrase.role.casefold())
            ):
                return other.institution
        return None

    def _regions(self) -> list[tuple[int, str, str]]:
        return [
            (p.title.first, self.lex.titles.full(p.title.title.name), p.institution)
            for p in self.phrases
            if p.institution and p.title.title.category in _FAMILY
        ]

    def _inherited(self, phrase: Phrase, regions: list[tuple[int, str, str]]) -> str | None:
        """The region of the governor, regent or mayor named nearest before."""
        before = [r for r in regions if r[0] < phrase.title.first]
        own = self.lex.titles.full(phrase.title.title.name).split()[-1]
        near = [r for r in before if r[1].split()[-1] == own or own == "daerah"]
        return near[-1][2] if near else None


def find_offices(doc: Doc, mentions: Sequence[Mention]) -> list[Office]:
    """Offices of the persons in ``mentions``; role, institution and status as written."""
    return OfficeReader(doc, mentions).read()


def is_weak(role: str) -> bool:
    """True for a post in a committee or team, which yields to the person's real office."""
    return bool(_WEAK.match(role.casefold()))
