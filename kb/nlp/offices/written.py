"""The body or unit that a post is of, as its name stands behind the post."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kb.authority import norm
from kb.authority.words import common_words
from kb.model import Mention
from kb.nlp.language import JOINED, LINE, PARAGRAPH, Tokens, text_of
from kb.nlp.offices.body_kinds import is_public, looks_like_agency
from kb.nlp.offices.listed import listed
from kb.nlp.offices.units import INITIALS, UNITS_OVER, UnitReader, plain
from kb.nlp.rules.gazetteer import CODE, bare
from kb.nlp.rules.titles import TitleSpan

_FORCES = listed("forces")
STATIONS = {"babinsa": "koramil", "bhabin": "polsek", "bhabinkamtibmas": "polsek"}
"""Posts of one in each village, and the station they are of."""
_POSTED = listed("posted")
AGENCY_HEADS = listed("agency_heads")
_DIVISION_HEADS = frozenset({"kordiv", "koordiv", "koordinator divisi", "kordinator divisi"})
_LONGEST_REST = 10
"""Tokens of a body's name behind the piece that was found, at most. Set by hand; no command
measured it."""


def words_of(doc: Doc, tokens: Tokens, first: int, last: int) -> str:
    """The text of the tokens from ``first`` to ``last`` (exclusive), with single spaces."""
    return plain(text_of(doc)[tokens.start[first] : tokens.end[last - 1]])


class BodyReader(UnitReader):
    """Reads the bodies behind the posts of one document."""

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
        elif end < size and self.map.label[end] in ("LOC", "ORG"):
            inside = end if end in self.map.at else at  # "[XII Tanjungpura]"
            end = self.map.end(self.map.at[inside]) if inside in self.map.at else end
        return end

    def _before_body(self, title: TitleSpan, at: int) -> int:
        """``Kabid Angkutan Jalan, [Dishub X], Y``: past the comma before the body, or ``at``."""
        tokens = self.tokens
        if title.title.takes != "unit" or at == title.last or at + 1 >= len(tokens):
            return at
        body = self._mention(at + 1, "ORG") if tokens.words[at] == "," else None
        heads = norm(title.title.name) in AGENCY_HEADS
        if body is None or not (
            heads or is_public(body.surface) or looks_like_agency(body.surface)
        ):
            return at
        end = self.map.end(body)
        return at + 1 if end < len(tokens) and self._leads_to_name(end) else at

    def _given_at(self, title: TitleSpan, at: int, role_end: int) -> Mention | None:
        """``Kabid Data pada [Bappeda Gorontalo]``: the body behind ``pada``."""
        own = title.title.takes == "unit" and role_end > title.last
        own = own or title.title.name.startswith("Asisten")  # "Asisten I di Setda, X"
        if not own or at + 1 >= len(self.tokens) or self.tokens.lower[at] not in ("di", "pada"):
            return None
        body = self._mention(at + 1, "ORG")
        public = body is not None and (is_public(body.surface) or looks_like_agency(body.surface))
        return body if public else None

    def _whole_body(self, org: Mention) -> int:
        """End of the name of a body that was taken for several (``[Biro X Setda]. [Riau] Y``).

        What stands between a post and the name of its holder is the body's name where ``dan``, a
        stop or a short form in brackets joins its pieces; 0 where it is no such thing.
        """
        tokens, size = self.tokens, len(self.tokens)
        end = last = self.map.end(org)
        joined = tokens.lower[end - 1] in ("dan", "&", ")")
        while end < size and end - last < _LONGEST_REST and tokens.gap[end] != PARAGRAPH:
            if joined and end > last and self._leads_to_name(end):
                if tokens.words[end - 1] == ".":
                    if not INITIALS.match(tokens.words[end - 2]):
                        return 0  # "dari kursi Ketua DPRD. [Rusli] menilai"
                    end -= 2  # "Badan Riset dan Inovasi LT. [Handoko]"
                return end if end > last else 0
            mention = self.map.at.get(end)
            past = self._past_bracket(end, named=True)
            stop = tokens.words[end] == "." and tokens.gap[end] == JOINED
            opener = bare(tokens, end + 1) in common_words() if stop and end + 1 < size else False
            if opener and end + 1 not in self.map.at:
                return 0  # "Kepala BPBD Sulsel. Selanjutnya [Moh Hasan]"
            if past > end and bare(tokens, end + 1) not in self.lex.titles.first_words:
                end, joined = past, True
            elif mention is not None and mention.label != "PER":
                end, joined = self.map.end(mention), joined or end > last
            elif tokens.lower[end] in ("dan", "&") and end + 1 < size and tokens.cap[end + 1]:
                end, joined = end + 1, True
            elif self._goes_on(end) or (
                stop and (end == last or INITIALS.match(tokens.words[end - 1]))
            ):
                end, joined = end + 1, joined or stop
            else:
                return 0
        return 0

    def _goes_on(self, at: int) -> bool:
        """Whether a capitalised word that begins no name, post or honorific stands at ``at``."""
        word = bare(self.tokens, at)
        begins = word in self.lex.titles.first_words or word in self.lex.before_name
        return self.tokens.cap[at] and not self.map.label[at] and not begins

    def _joined_body(self, org: Mention, end: int) -> Mention:
        """``org`` up to the token ``end``."""
        first = self.map.spans[org.start][0]
        text = words_of(self.doc, self.tokens, first, end)
        whole = replace(org, surface=text, end=self.tokens.end[end - 1])
        self.map.spans[org.start] = (first, end)
        return whole

    def _unit_over(self, title: TitleSpan, at: int) -> tuple[int, int]:
        """Where ``Bagian Prokopim`` behind ``Kasubbag Protokol`` begins and ends, or ``(0, 0)``."""
        tokens, first = self.tokens, at
        if title.title.takes != "unit":
            return 0, 0
        while first < at + 4 and self._unit_word(first) and tokens.norm[first] not in UNITS_OVER:
            first += 1
        if first == title.last or not self._unit_word(first):
            return 0, 0
        if tokens.norm[first] not in UNITS_OVER:
            return 0, 0
        end = first + 1
        while end - first < 6 and self._unit_word(end) and not self._name_behind(end):
            end += 1
        above = self.map.at.get(end)
        ends = end > first + 1 and (above is None or above.label == "PER")
        return (first, end) if ends else (0, 0)

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

    def _written_place(self, title: TitleSpan, at: int) -> int:
        """End of a place that nothing tagged, between title and name (``Lurah [Pluit] X``)."""
        tokens, end = self.tokens, at
        posted = title.title.name in _POSTED and title.last == at
        if title.title.category != "kecamatan dan desa" and not posted:
            return at
        while end < len(tokens) and end - at < 4 and not self.map.label[end]:
            if end > at and self._name_behind(end):
                return end
            small = not tokens.cap[title.head] and tokens.words[end].isalpha() and end - at < 2
            plain = (tokens.cap[end] or small) and tokens.lower[end] not in self.lex.not_person
            taken = tokens.norm[end] in self.lex.before_name | self.lex.address
            if not plain or taken or tokens.gap[end] == PARAGRAPH:
                return at
            end += 1
        if end > at and end < len(tokens) and self.map.label[end] == "PER":
            return end if end in self.map.at else at
        return at

    def _rest_of_place(self, title: TitleSpan, at: int) -> int:
        """``Kaling [Jasri] Kelod Pak X``: past the words of a village's name that nothing tagged,
        up to its head's name, or ``at``."""
        tokens, end = self.tokens, at
        if title.title.category != "kecamatan dan desa":
            return at
        while end < len(tokens) and end - at < 3 and not self._name_behind(end):
            taken = self.map.label[end] or tokens.norm[end] in self.lex.before_name
            word = tokens.words[end]
            if taken or not (tokens.cap[end] and word.isalpha()) or tokens.gap[end] >= LINE:
                return at
            end += 1
        return end if end < len(tokens) and self._name_behind(end) else at

    def _unit_word(self, at: int) -> bool:
        """Whether a capitalised word that no name claims goes on at ``at``."""
        tokens = self.tokens
        if at >= len(tokens) or self.map.label[at] or tokens.gap[at] in (JOINED, PARAGRAPH):
            return False
        return tokens.cap[at] and tokens.words[at].isalpha()

    def _unit_word_end(self, at: int) -> int:
        """End of the capitalised words from ``at`` that no name claims, before no holder's."""
        end = at
        while end - at < 4 and self._unit_word(end) and not (end > at and self._name_behind(end)):
            end += 1
        return end

    def _is_field(self, title: TitleSpan, org: Mention) -> bool:
        """``Kordiv [SDMO] X``, ``Kabid [P2P] [Dinkes Y]``: whether a short name, taken for a
        body's, is the field of a unit."""
        name, end = org.surface, self.map.end(org)
        if not (name.isupper() and name.isalnum()) or is_public(name) or looks_like_agency(name):
            return False
        if norm(title.title.name) in _DIVISION_HEADS:
            return True
        above = self._mention(end, "ORG") if end < len(self.tokens) else None
        unit = title.title.takes == "unit" and norm(title.title.name) not in AGENCY_HEADS
        return unit and above is not None and is_public(above.surface)

    def _council_behind(self, org: Mention) -> Mention | None:
        """``Legislator Gerindra di [DPRD Sumba Timur]``: the council behind the party."""
        end = self.map.end(org)
        if end >= len(self.tokens) or self.tokens.lower[end] not in ("di", "pada"):
            return None
        council = self._mention(end + 1, "ORG")
        is_one = council is not None and norm(council.surface).startswith("dpr")
        return council if is_one and not norm(org.surface).startswith("dpr") else None

    def _body_above(self, org: Mention) -> Mention | None:
        """``Wakil Direktur [Polairud] [Polda Sulut]``: the force that a bare unit belongs to."""
        end = self.map.end(org)
        above = self._mention(end, "ORG") if end < len(self.tokens) else None
        bare_unit = " " not in org.surface and norm(org.surface) not in _FORCES
        if above is None or not bare_unit or norm(above.surface).split()[0] not in _FORCES:
            return None
        return above

    def _behind_comma(self, at: int) -> Mention | None:
        """``(Penata Ruang Ahli Muda, [Dinas PUPR])``: the body that ends the brackets."""
        words = self.tokens.words
        org = self._mention(at + 1, "ORG") if at + 1 < len(words) and words[at] == "," else None
        end = self.map.end(org) if org is not None else len(words)
        return org if end < len(words) and words[end] == ")" else None

    def _type_word(self, title: TitleSpan, role_end: int) -> int:
        """End of ``Kepala Dinas`` before the rest of an agency's name that nothing tagged
        (``Kepala Dinas [DKP], X``), or 0."""
        tokens, at = self.tokens, title.last
        behind = self.map.at.get(role_end)
        if title.title.takes != "institution" or role_end < at + 2:
            return 0
        if behind is not None and behind.label != "PER":
            return 0
        kind = tokens.norm[at]
        agency = kind in self.lex.type_heads and kind not in self.lex.unit_heads
        return at + 1 if agency and title.title.name in ("Kepala", "Sekretaris") else 0

    def _written_body(self, title: TitleSpan, role_end: int) -> int:
        """End of an agency's name that nothing tagged (``Kepala [Dinas Sosial dan PPA]``)."""
        kind = self.tokens.norm[role_end - 1]
        if title.title.takes != "institution" or kind not in self.lex.type_heads:
            return 0
        if role_end - title.head < 2 or kind in self.lex.unit_heads:
            return 0
        end = self._unit_words(self._past_bracket(role_end))
        while end > role_end and self.map.label[end - 1]:
            end -= 1
        place = self._mention(end, "LOC") if end > role_end and end < len(self.tokens) else None
        return self.map.end(place) if place is not None else end

    def _body_inside(self, title: TitleSpan, role: str, name: str) -> str:
        """``Kabid [Angkutan Jalan Dishub Riau]``: the body behind the words of a unit, or none."""
        words = name.split()
        heads = self.lex.public_heads
        fields = title.title.takes == "unit" or title.title.name == "Deputi"
        cut = fields or role.casefold().endswith((" dan", " &"))
        if not cut or is_public(name) or looks_like_agency(name):
            return ""
        normal = [norm(word) for word in words]
        ends = [k for k, word in enumerate(normal) if word in heads or word.startswith("kemen")]
        at = next((k for k in ends if k), 0)
        return " ".join(words[at:]) if at else ""
