"""Offices that a text states for named persons (``kb_offices``).

A title is read together with what stands behind it (unit, institution, region) and is
given to the person behind it (``Bupati Lebak, X``), before it (``X selaku Bupati Lebak``,
``X, Bupati Lebak,``) or in brackets. Posts in parties, companies, clubs and universities
are no public offices, as the tagging guide says; they are read apart, because they tell
who speaks (``find_posts``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kb.authority import norm
from kb.model import Mention, Office, OfficeStatus
from kb.nlp.offices.bodies import BodyFinder
from kb.nlp.offices.body_kinds import (
    is_private,
    is_public,
    is_state_campus,
    looks_like_agency,
)
from kb.nlp.offices.holders import OPEN, SURE
from kb.nlp.offices.later import LATE, LaterReader
from kb.nlp.offices.listed import listed
from kb.nlp.offices.moves import Holding
from kb.nlp.offices.open_posts import FUNCTIONAL, STAFF
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain
from kb.nlp.offices.villages import is_here

_OWN_CATEGORIES = listed("own_categories")
_OF = listed("at")
_GOVERNED = listed("governed")
_VILLAGE_COUNCILS = listed("village_councils")
_MINISTERS = listed("ministers")
_COMPANY = frozenset({"perusahaan", "pimpinan perguruan tinggi"})
_KINDS = listed("kinds")
_WEAK = re.compile(
    r"^(?:ketua|wakil ketua|sekretaris|anggota|koordinator) "
    r"(?:tim|satgas|satuan tugas|panitia|gugus|pansus|pokja|forum)"
)


class OfficeReader(LaterReader):
    """Reads the offices of one document."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        super().__init__(doc, mentions)
        self.bodies = BodyFinder(self.tokens, self.lex, self.map, self.phrases, self._of)
        self.posts: list[Office] = []
        """Posts that are no public offices."""

    def public(self, phrase: Phrase) -> bool:
        """True where the phrase names a public office."""
        title = phrase.title.title
        titles = self.lex.titles
        body = phrase.org.surface if phrase.org is not None else ""
        if title.category in titles.private:
            return title.category == "perusahaan" and bool(body) and is_public(body)
        if title.category == "pimpinan perguruan tinggi":
            return is_state_campus(body) or self.bodies.of_campus(body)
        if title.category == "pusat" and norm(title.name).split()[0] in _MINISTERS:
            return True  # "Menteri PAN-RB" is of no party
        if title.category == STAFF:
            body = body or phrase.institution or ""
            first = norm(body).partition(" ")[0]
            if phrase.org is None and first in self.lex.region_types:
                return True  # "Pendamping [Kabupaten Agam]"
            return bool(body) and (is_public(body) or looks_like_agency(body))
        if title.category == FUNCTIONAL:
            return not (body and is_private(body))
        if phrase.institution is None and norm(phrase.role) in titles.not_bare:
            return False
        unit = norm(f"{phrase.role} {body}").split()[1:2]
        if title.name == "Ketua" and unit in (["bidang"], ["seksi"]):
            return False  # agencies have a "Kepala Bidang", associations a "Ketua Bidang"
        if phrase.org is not None or (
            phrase.institution and title.takes in ("institution", "unit")
        ):
            org = phrase.org.surface if phrase.org is not None else phrase.institution or ""
            if phrase.org is None:
                if org.split()[0].casefold() in self.lex.titles.first_words:
                    return True
                if title.category in _OWN_CATEGORIES or title.takes == "unit":
                    return True
                if norm(phrase.role).split()[-1] == "kepala" and not is_private(org):
                    return True  # "Kepala [Pasar Cepu]"
                agency = any(w in self.lex.type_heads for w in phrase.role.casefold().split())
                named = looks_like_agency(org) or looks_like_agency(phrase.role.split(".")[-1])
                named = named or looks_like_agency(phrase.role.split()[-1])
                council = norm(title.name).split()[-1] in self.lex.body_words  # "Sekretaris Dewan"
                kind = " ".join(phrase.role.split()[1:])  # "Komandan Kodim [Maros]"
                return agency or named or council or is_public(org) or is_public(kind)
            if phrase.role.casefold().startswith("kepala") and not is_private(org):
                return True
            if title.takes != "institution" and title.category != "sekolah":
                return not is_private(org)
            if looks_like_agency(org) or self.bodies.of_campus(org):
                return True
            return is_public(org) or title.category in ("kepala daerah", "pusat")
        if title.takes in ("region", "none", "unit") or self._directs(phrase):
            return True
        words = phrase.role.casefold().split()
        if words[:2] == ["ketua", "tim"] and words[2:] and words[2] in titles.teams:
            return True  # "Ketua Tim Penyidik"
        if words[0] == "kepala" and len(words) > 1 and words[1] in self.lex.type_heads:
            return True
        return words[-1] in self.lex.type_heads or words[-1] in self.lex.body_words

    def read(self) -> list[Office]:
        """The public offices, in order of the text; the other posts go to ``posts``."""
        offices: list[Office] = []
        for holding in self.holdings():
            phrase, sure = holding.phrase, SURE.get(holding.method, LATE)
            if self._nameless(phrase.institution):
                phrase.institution = phrase.org = None
            phrase.institution = (
                phrase.institution or self._stated_behind(holding) or self.bodies.presented(phrase)
            )
            public = phrase.listed or self.public(phrase) or self._ranked(holding)
            if not public and self._sits(phrase):
                phrase.institution, phrase.org = self.bodies.only_council(), None
                public = True
            if not public and phrase.institution is None:
                headed = self.bodies.of_its_kind(phrase)
                phrase.institution = headed or self.bodies.campus(phrase)
                body = phrase.institution = (
                    phrase.institution
                    or self.bodies.council(phrase)
                    or self.bodies.above(phrase)
                    or self.bodies.clinic(phrase)
                    or self.bodies.prosecution(phrase)
                )
                public = body is not None and (is_public(body) or is_state_campus(body))
                public = public or (headed is not None and not is_private(headed))
                if body is None and holding.method == "before name":
                    body = self.bodies.inspectorate(phrase) or self.bodies.commission(phrase)
                    phrase.institution = body
                    public = body is not None
            if phrase.institution is None and phrase.title.title.takes == "institution":
                phrase.institution = self.bodies.council_before(phrase)
                sure -= 0.1
                if phrase.institution is not None and is_public(phrase.institution):
                    sure -= 0.1
                    public = True
            public = public or self._deputy(phrase)
            if phrase.institution is None and public:
                phrase.role, phrase.institution = self._split(phrase)
            institution = phrase.institution
            if institution is not None and public and self._is_kind(phrase):
                phrase.role, phrase.institution = f"{phrase.role} {institution}", None
                institution = None
            if institution is not None and public and is_here(institution):
                phrase.institution = institution = (
                    None  # "Kepala desa setempat": the one the text speaks of
                )
            if institution is None and public:
                institution = self.bodies.find(phrase)
                if institution is not None:
                    sure -= 0.1
                else:
                    phrase.role, institution = self._own_council(phrase)
            if institution is None and phrase.title.title.takes != "none":
                sure = min(sure, OPEN)
            office = self._office(holding, institution, sure)
            if public:
                offices.append(office)
            elif institution is not None:
                self.posts.append(office)
        self.posts.sort(key=lambda office: office.start)
        return sorted(offices, key=lambda office: office.start)

    def _is_kind(self, phrase: Phrase) -> bool:
        """``Juru Tulis [Pekon] X``: whether the institution is but the word for a village."""
        small = phrase.title.title.category == "kecamatan dan desa"
        return small and norm(phrase.institution or "") in self.lex.titles.villages.titles

    def _nameless(self, body: str | None) -> bool:
        """``Kasubag Umum [fakultas] X``: whether the body is but the word for its kind."""
        return body is not None and body in _KINDS

    def _split(self, phrase: Phrase) -> tuple[str, str | None]:
        """``Kabid SDA [PUTR Inhil]``, ``Kadis PMD [Kab. Sikka]``: role and body, where the body's
        words, which nothing tagged, were read as the unit's."""
        words = phrase.role.split()
        if phrase.title.title.takes != "unit":
            return phrase.role, None
        for at in range(2, len(words)):
            typed = norm(words[at]) in self.lex.region_types and at + 1 < len(words)
            agency = words[at].isupper() and len(words[at]) > 2 and is_public(words[at])
            if typed or agency:
                return " ".join(words[:at]), " ".join(words[at:])
        return phrase.role, None

    def _own_council(self, phrase: Phrase) -> tuple[str, str | None]:
        """``Ketua BPD X`` in a text that names no village: the post and its body, as written."""
        post, _, body = phrase.role.rpartition(" ")
        council = norm(body) in _VILLAGE_COUNCILS and post
        return (post, body) if council else (phrase.role, None)

    def _sits(self, phrase: Phrase) -> bool:
        """``Legislator PKB X``: the party is no body of his; he sits in a council."""
        legislator = norm(phrase.title.title.name) in ("legislator", "senator")
        return legislator and phrase.org is not None

    def _directs(self, phrase: Phrase) -> bool:
        """``Direktur Pelayanan Kesehatan Rujukan``: a field that companies have not."""
        words = norm(phrase.role.removeprefix("Wakil ")).split()
        fields = [word for word in words[1:] if word not in ("dan", "wilayah")]
        if words[0] != "direktur" or len(fields) < 1:
            return False
        governed = len(fields) > 1 and fields[0] in _GOVERNED
        whole = phrase.institution is None and phrase.title.title.category not in _COMPANY
        return governed or (whole and self.bodies.of_ministry())

    def _deputy(self, phrase: Phrase) -> bool:
        """``Deputi Bidang Pencegahan X``, which companies have not, with no body before it."""
        if phrase.title.title.name != "Deputi" or phrase.role.casefold() == "deputi":
            return False
        return phrase.institution is None and not self.bodies.named_before(phrase)

    def _ranked(self, holding: Holding) -> bool:
        """Whether a rank of police or army stands before the holder's name."""
        first = self.map.spans[holding.mention.start][0]
        between = range(holding.phrase.last, first)
        body = holding.phrase.institution
        ranked = any(self.tokens.norm[k] in self.lex.ranks for k in between)
        return ranked and len(between) < 5 and not (body and is_private(body))

    def _stated_behind(self, holding: Holding) -> str | None:
        """``bidan Wiwi dari Puskesmas Cibeber``: the body behind the name."""
        at = self.map.end(holding.mention)
        if holding.phrase.title.title.category != STAFF or at + 1 >= len(self.tokens):
            return None
        body = self.map.at.get(at + 1)
        found = body is not None and body.label == "ORG" and self.tokens.lower[at] in _OF
        return plain(body.surface) if found and body is not None else None

    def _office(self, holding: Holding, institution: str | None, sure: float) -> Office:
        mention, phrase = holding.mention, holding.phrase
        first = min(phrase.title.first, self.map.spans[mention.start][0])
        last = max(phrase.last, self.map.end(mention))
        status: OfficeStatus = phrase.title.status  # type: ignore[assignment]
        return Office(
            name=plain(mention.surface),
            role=phrase.role,
            institution=institution,
            status="mantan" if holding.over and status != "calon" else status,
            start=self.tokens.start[first],
            end=self.tokens.end[last - 1],
            method=holding.method,
            confidence=round(sure, 2),
        )


def find_offices(doc: Doc, mentions: Sequence[Mention]) -> list[Office]:
    """Offices of the persons in ``mentions``; role, institution and status as written."""
    return read_offices(doc, mentions)[0]


def read_offices(doc: Doc, mentions: Sequence[Mention]) -> tuple[list[Office], list[Office]]:
    """Public offices of the persons in ``mentions``, and their other posts."""
    reader = OfficeReader(doc, mentions)
    return reader.read(), reader.posts


def is_weak(role: str) -> bool:
    """True for a post in a committee or team, which yields to the person's real office."""
    return bool(_WEAK.match(role.casefold()))
