"""Office phrases: a title read together with its unit, institution or region."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kb.authority import Title, norm
from kb.model import Mention
from kb.nlp.language import JOINED, PARAGRAPH, Tokens, text_of, tokens_of
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.offices.open_posts import FUNCTIONAL, STAFF, open_titles, post_end
from kb.nlp.rules.gazetteer import CODE, bare
from kb.nlp.rules.persons import skip_honorifics
from kb.nlp.rules.titles import TitleSpan, find_titles

_ROLE_WORDS = frozenset(
    {"panitia", "pokja", "satgas", "tim"}
    | {"komisi", "bidang", "bagian", "kantor", "badan", "dinas", "daerah", "unit"}
)
_FORCES = frozenset({"bareskrim", "polda", "polres", "polresta", "polrestabes", "polsek"})
_OVER_UNITS = frozenset({"Asisten Deputi", "Deputi", "Direktur", "Kepala", "Wakil Direktur"})
_CLAUSE_WORDS = frozenset(
    {"akan", "bersama", "dalam", "dari", "dengan", "di", "hadir", "ini", "itu", "juga", "ke"}
    | {"kepada", "menurut", "oleh", "pada", "pindah", "saat", "sebagai", "serta", "sudah", "telah"}
    | {"tersebut", "untuk", "yang"}
)
_SHORT_FORM = re.compile(r"\s*\([^)]*\)\s*$")
_NUMBERED = re.compile(r"^(?:[IVX]+|[A-F]|\d{1,2})$")
_CHAMBERS = frozenset({"banggar", "bamus", "bapemperda", "fraksi", "komisi", "pansus", "panja"})
_MEMBERS = frozenset({"Anggota", "Ketua", "Wakil Ketua", "Sekretaris"})
_AT = frozenset({"di", "pada", "dari"})
VILLAGE = Title("Kepala Desa", "region", "kecamatan dan desa")
"""The title behind ``Kepala`` + ``Kampung X``, ``Pekon X``, ..."""


@dataclass(slots=True)
class Phrase:
    """An office as written: role and institution with their places in the text."""

    title: TitleSpan
    last: int
    """End of the whole phrase in tokens, institution included."""
    role: str
    institution: str | None
    org: Mention | None


class MentionMap:
    """Mentions of one document by token."""

    def __init__(self, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        self.tokens = tokens
        self.at: dict[int, Mention] = {}
        self.spans: dict[int, tuple[int, int]] = {}
        """Character start of a mention -> its tokens."""
        self.label = [""] * len(tokens)
        for mention in mentions:
            first = bisect_right(tokens.end, mention.start)  # also inside a token: "H.[M. Abdul]"
            last = bisect_left(tokens.start, mention.end)
            if last <= first:
                continue
            self.at[first] = mention
            self.spans[mention.start] = (first, last)
            for k in range(first, last):
                self.label[k] = mention.label

    def end(self, mention: Mention) -> int:
        return self.spans[mention.start][1]


def _text(doc: Doc, tokens: Tokens, first: int, last: int) -> str:
    return " ".join(text_of(doc)[tokens.start[first] : tokens.end[last - 1]].split())


def _plain(surface: str) -> str:
    return " ".join(surface.split())


def _role(doc: Doc, tokens: Tokens, title: TitleSpan, last: int) -> str:
    """The role as written; ``Penjabat (Pj) Gubernur`` becomes ``Pj Gubernur``."""
    name = _text(doc, tokens, title.head, last) if last > title.head else ""
    if title.first < title.head:
        before = _text(doc, tokens, title.first, title.head)
        if "(" in before:
            before = before[before.index("(") + 1 : before.rindex(")")]
        name = f"{before} {name}".strip()
    return name


class PhraseReader:
    """Reads every office phrase of one document into ``phrases``."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.tokens = tokens_of(doc)
        self.lex: Lexicon = lexicon()
        self.map = MentionMap(self.tokens, mentions)
        taken = [bool(label) for label in self.map.label]
        listed = find_titles(self.tokens, taken)
        self.titles = sorted([*listed, *open_titles(self.tokens, taken, self.lex)])
        self.phrases: list[Phrase] = []
        for title in self.titles:
            if not self.phrases or title.first >= self.phrases[-1].last:
                self.phrases.append(self.phrase(self._aspired_too(title)))

    def _aspired_too(self, title: TitleSpan) -> TitleSpan:
        """``calon Bupati dan Wakil Bupati X``: the second title is a candidate's as well."""
        before = self.phrases[-1] if self.phrases else None
        joined = before is not None and title.first - before.last <= 1
        if before is None or not joined or before.title.status != "calon":
            return title
        between = self.tokens.lower[before.last : title.first]
        if before.institution is None and between in ([], ["dan"], ["-"], ["/"], ["&"]):
            return title._replace(status="calon")
        return title

    def phrase(self, title: TitleSpan) -> Phrase:
        """The office phrase that begins with ``title``."""
        tokens, size = self.tokens, len(self.tokens)
        at = title.last
        if title.whole > at:
            place = self._mention(at, "LOC")
            if place is not None:  # "Kepala [Desa X]", "Wali [Nagari X]"
                role = _role(self.doc, tokens, title, title.whole)
                title = title._replace(title=title.whole_title)
                return Phrase(title, self.map.end(place), role, _plain(place.surface), None)
        while at < size and tokens.lower[at] in self.lex.office_skip:
            if tokens.lower[at] == "terpilih":  # elected, not yet in office
                title = title._replace(status="calon", last=at + 1)
            at += 1
        role_end = title.last
        if title.title.category == "tni":
            code = self._unit_code(at)
            if code > at:
                role = _role(self.doc, tokens, title, role_end)
                return Phrase(title, code, role, _text(self.doc, tokens, at, code), None)
        if title.title.category in (FUNCTIONAL, STAFF):
            return self._open_post(title)
        block = self._block(title, at)
        if block > at:
            role = _role(self.doc, tokens, title, role_end)
            return Phrase(title, block, role, _text(self.doc, tokens, at - 1, block), None)
        at = self._past_bracket(at)
        if not self._mention(at, "ORG"):
            inside = self._inner_unit(at, title)
            if inside > at:
                role_end = at = inside
        role = _role(self.doc, tokens, title, role_end)
        written = self._written_body(title, role_end)
        if written > at:
            body = _text(self.doc, tokens, role_end - 1, written)
            return Phrase(title, written, role, body, None)
        if at + 1 < size and tokens.words[at] == "/":
            nxt = next((t for t in self.titles if t.first == at + 1), None)
            if nxt is not None:
                rest = self.phrase(nxt)
                return Phrase(title, rest.last, f"{role}/{rest.role}", rest.institution, rest.org)
        org = self._mention(at, "ORG")
        if org is not None:
            above = self._body_above(org)
            if above is not None:
                role = f"{role} {_plain(org.surface)}"
                org = above
            return self._with_org(title, role, org)
        if at < size and tokens.words[at] == "(" and self._mention(at + 1, "ORG"):
            end = self.map.end(self.map.at[at + 1])
            if end < size and tokens.words[end] == ")":
                at = end + 1
        place = self._mention(at, "LOC")
        if place is not None:
            if role.casefold() == "kepala" and bare(tokens, at) in self.lex.region_types:
                role = f"{role} {tokens.words[at]}"
                title = title._replace(title=VILLAGE)
            where = _plain(_SHORT_FORM.sub("", place.surface))
            end = self.map.end(place)
            if end < size and tokens.lower[end] == "terpilih":  # "Bupati Demak terpilih X"
                title, end = title._replace(status="calon"), end + 1
            return Phrase(title, end, role, where, None)
        named = self._written_place(title, at)
        if named > at:
            return Phrase(title, named, role, _text(self.doc, tokens, at, named), None)
        if tokens.norm[title.last - 1].endswith("nya") and role.endswith("nya"):
            return self._owned(title, at, role[:-3])
        return Phrase(title, at, role, None, None)

    def _body_above(self, org: Mention) -> Mention | None:
        """``Wakil Direktur [Polairud] [Polda Sulut]``: the force that a bare unit belongs to."""
        end = self.map.end(org)
        above = self._mention(end, "ORG") if end < len(self.tokens) else None
        bare_unit = " " not in org.surface and norm(org.surface) not in _FORCES
        if above is None or not bare_unit or norm(above.surface).split()[0] not in _FORCES:
            return None
        return above

    def _open_post(self, title: TitleSpan) -> Phrase:
        """``Penyuluh Pertanian [pada] BPP Cina``: the post's words, then its body."""
        tokens = self.tokens
        end = at = post_end(tokens, self.map.label, title.last, self.lex)
        role = _role(self.doc, tokens, title, end)
        if at < len(tokens) and tokens.lower[at] in _AT:
            at += 1
        org = self._mention(at, "ORG")
        if org is not None:
            return Phrase(title, self.map.end(org), role, _plain(org.surface), org)
        place = self._mention(end, "LOC")
        if place is not None:
            return Phrase(title, self.map.end(place), role, _plain(place.surface), None)
        return Phrase(title, end, role, None, None)

    def _block(self, title: TitleSpan, at: int) -> int:
        """End of ``03 RW 05 Karang Anyar`` behind ``Ketua RT``, or ``at``."""
        tokens, end = self.tokens, at
        if title.title.name not in ("Ketua RT", "Ketua RW") or at >= len(tokens):
            return at
        while end < len(tokens) and end - at < 4 and tokens.gap[end] != PARAGRAPH:
            if not (tokens.words[end].isdigit() or tokens.norm[end] in ("rt", "rw")):
                break
            end += 1
        place = self._mention(end, "LOC") if end > at and end < len(tokens) else None
        return self.map.end(place) if place is not None else end

    def _written_body(self, title: TitleSpan, role_end: int) -> int:
        """End of an agency's name that nothing tagged (``Kepala [Dinas Sosial dan PPA]``)."""
        kind = self.tokens.norm[role_end - 1]
        if title.title.takes != "institution" or kind not in self.lex.type_heads:
            return 0
        if role_end - title.head < 2 or kind in self.lex.unit_heads:
            return 0
        end = self._unit_words(role_end)
        while end > role_end and self.map.label[end - 1]:
            end -= 1
        place = self._mention(end, "LOC") if end > role_end and end < len(self.tokens) else None
        return self.map.end(place) if place is not None else end

    def _written_place(self, title: TitleSpan, at: int) -> int:
        """End of a place that nothing tagged, between title and name (``Lurah [Pluit] X``)."""
        tokens, end = self.tokens, at
        if title.title.category != "kecamatan dan desa":
            return at
        while end < len(tokens) and end - at < 4 and not self.map.label[end]:
            if end > at and self._name_behind(end):
                return end
            plain = tokens.cap[end] and tokens.lower[end] not in self.lex.not_person
            taken = tokens.norm[end] in self.lex.before_name | self.lex.address
            if not plain or taken or tokens.gap[end] == PARAGRAPH:
                return at
            end += 1
        if end > at and end < len(tokens) and self.map.label[end] == "PER":
            return end if end in self.map.at else at
        return at

    def _past_bracket(self, at: int) -> int:
        """``Sekretaris Daerah (Sekda) Provinsi ...``: the abbreviation in between is passed."""
        words = self.tokens.words
        if at + 3 < len(words) and words[at] == "(" and words[at + 2] == ")":
            inside = words[at + 1]
            if inside[0].isupper() and inside.isalpha() and not self.map.label[at + 1]:
                return at + 3
        return at

    def _owned(self, title: TitleSpan, at: int, role: str) -> Phrase:
        """``Gubernur Banten ... melalui Juru Bicaranya``: the office of the one before."""
        owner = self.phrases[-1] if self.phrases else None
        whose = None
        if owner and self.tokens.sentence[owner.last - 1] == self.tokens.sentence[title.first]:
            whose = _text(self.doc, self.tokens, owner.title.head, owner.last)
        return Phrase(title, at, role, whose, None)

    def _inner_unit(self, at: int, title: TitleSpan) -> int:
        """End of the words between title and name that belong to the role.

        ``Komisi II``, ``Bidang Arsip``, ``Divisi Hukum dan Pengawasan``: capitalised words no
        name claims, when a name follows them; else words known from names of agencies.
        """
        tokens, takes = self.tokens, title.title.takes
        if at >= len(tokens) or tokens.gap[at] == PARAGRAPH or self.map.label[at]:
            return at
        numbered = title.title.category in ("kecamatan dan desa", "sekretariat daerah")
        if tokens.words[at] in _CHAMBERS and title.title.name in _MEMBERS:
            return at + 1  # "anggota pansus"
        if tokens.norm[at] == "wilayah" and at + 1 < len(tokens):
            return at + 2 if _NUMBERED.match(tokens.words[at + 1]) else at
        if _NUMBERED.match(tokens.words[at]) and (takes == "unit" or numbered):
            at += 1
            if at >= len(tokens) or self.map.label[at]:
                return at
        small = self._small_unit(at, title)
        if small > at:
            return small
        ministry = title.title.name in ("Menteri", "Wakil Menteri", "Wamen")
        if not (takes in ("unit", "institution") or numbered or ministry):
            return at
        word = bare(tokens, at)
        own = word in self.lex.unit_heads or word in self.lex.org_words
        bridge = self._bridge(at, takes == "unit") if own or takes != "region" or ministry else at
        if bridge > at:
            return bridge
        if takes == "unit" or (takes == "institution" and word in self.lex.unit_heads):
            return self._unit_words(at)
        if takes == "institution" and tokens.cap[at] and word in self.lex.type_heads:
            return at + 1
        return at

    def _small_unit(self, at: int, title: TitleSpan) -> int:
        """End of a unit in small letters: ``staf ahli bidang hukum dan politik``.

        Behind other titles only where a body and a person follow
        (``Deputi pengembangan regional Bappenas X``).
        """
        tokens, end = self.tokens, at
        fields = tokens.norm[at] == "bidang" and title.title.name.startswith("Staf Ahli")
        if not fields and (tokens.cap[at] or title.title.name not in _OVER_UNITS):
            return at
        while end < len(tokens) and end - at < 7 and not self.map.label[end]:
            low = tokens.lower[end]
            if tokens.gap[end] == PARAGRAPH or not low.isalpha() or low in _CLAUSE_WORDS:
                break
            if low[:2] in ("me", "di") and low not in self.lex.org_words:
                break
            end += 1
        if end - at < (2 if fields else 1):
            return at
        if fields:
            return end
        org = self._mention(end, "ORG") if end < len(tokens) else None
        return end if org is not None and self._leads_to_name(self.map.end(org)) else at

    def _bridge(self, at: int, unit: bool = False) -> int:
        """End of the capitalised words from ``at`` that lead up to a name, or ``at``."""
        tokens, end, size = self.tokens, at, len(self.tokens)
        while end < size and end - at < 10:
            if self.map.label[end]:
                return end
            word, low = tokens.words[end], tokens.lower[end]
            if tokens.gap[end] == PARAGRAPH or low in self.lex.calendar:
                return at
            if self._name_behind(end):
                return end
            past = self._past_bracket(end)
            if past > end and end > at:
                return end if self._leads_to_name(past) else at
            joins = low in ("dan", "&", "/", "serta") or (
                word == "," and end + 1 < size and self._joins(end + 1)
            )
            own = low in _ROLE_WORDS or bare(tokens, end) in self.lex.org_words
            known = tokens.cap[end] and (own or unit or low not in self.lex.not_person)
            if not (known or (joins and end > at) or _NUMBERED.match(word)):
                return at
            if known and bare(tokens, end) in self.lex.titles.first_words and end > at:
                return at
            end += 1
        return at

    def _joins(self, at: int) -> bool:
        tokens = self.tokens
        return (tokens.cap[at] or tokens.lower[at] == "dan") and not self.map.label[at]

    def _leads_to_name(self, at: int) -> bool:
        mention = self.map.at.get(at)
        return (mention is not None and mention.label == "PER") or self._name_behind(at)

    def _name_behind(self, at: int) -> bool:
        """True where honorifics (or a comma) at ``at`` lead to a person's name."""
        start = at + 1 if self.tokens.words[at] == "," else at
        past = skip_honorifics(self.tokens, start, self.lex)
        mention = self.map.at.get(past)
        return mention is not None and mention.label == "PER" and past > at

    def _unit_code(self, at: int) -> int:
        """End of an army unit's number and name (``064/Maulana Yusuf``) from ``at``."""
        tokens, size = self.tokens, len(self.tokens)
        if at >= size or not CODE.match(tokens.words[at]):
            return at
        end = at + 1
        if end + 1 < size and tokens.words[end] in ("/", "-"):
            end += 2
            while (
                end < size
                and tokens.cap[end]
                and tokens.gap[end] not in (JOINED, PARAGRAPH)
                and end - at < 6
                and tokens.norm[end] not in self.lex.before_name
                and not (self.map.label[end] == "PER" and end in self.map.at)
            ):
                end += 1
        elif end < size and self.map.label[end] == "LOC":
            end = self.map.end(self.map.at[end]) if end in self.map.at else end
        return end

    def _mention(self, at: int, label: str) -> Mention | None:
        mention = self.map.at.get(at)
        if mention is None or mention.label != label:
            return None
        return mention if self.tokens.gap[at] != PARAGRAPH else None

    def _with_org(self, title: TitleSpan, role: str, org: Mention) -> Phrase:
        """``Kepala`` + ``Dinas Kesehatan``: the type word goes with the role too."""
        first, last = self.map.spans[org.start]
        head = bare(self.tokens, first)
        institution = " ".join(org.surface.split())
        if head in self.lex.unit_heads:
            split = self._unit_words(first + 1, last)
            if first < split < last:
                role = f"{role} {_text(self.doc, self.tokens, first, split)}"
                institution = _text(self.doc, self.tokens, split, last)
                return Phrase(title, last, role, institution, org)
        if head in self.lex.type_heads and role.split()[-1].casefold() in ("kepala", "sekretaris"):
            role = f"{role} {self.tokens.words[first]}"
        return Phrase(title, last, role, institution, org)

    def _unit_words(self, at: int, inside: int = 0) -> int:
        """End of the capitalised words that name a unit (``Tata Usaha``) from ``at``.

        Words of other names end it, but for the name that ends at ``inside``.
        """
        tokens, end = self.tokens, at
        while end < len(tokens) and end - at < 9 and tokens.gap[end] not in (JOINED, PARAGRAPH):
            if self.map.label[end] and end >= inside:
                break
            if tokens.cap[end] and bare(tokens, end) in self.lex.org_words:
                end += 1
            elif (
                tokens.lower[end] in ("dan", "&")
                and end > at
                and end + 1 < len(tokens)
                and tokens.cap[end + 1]
                and bare(tokens, end + 1) in self.lex.org_words
                and (not self.map.label[end + 1] or end + 1 < inside)
            ):
                end += 2
            else:
                break
        return end
