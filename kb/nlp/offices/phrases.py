"""Office phrases: a title read together with its unit, institution or region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kb.authority import Title, norm
from kb.model import Mention
from kb.nlp.language import JOINED, PARAGRAPH, Tokens, text_of
from kb.nlp.lexicon import lexicon
from kb.nlp.offices.body_kinds import is_public, looks_like_agency
from kb.nlp.offices.open_posts import FUNCTIONAL, STAFF, open_titles, post_end
from kb.nlp.offices.units import UnitReader
from kb.nlp.rules.gazetteer import bare
from kb.nlp.rules.titles import TitleSpan, find_titles

_FORCES = frozenset({"bareskrim", "polda", "polres", "polresta", "polrestabes", "polsek"})
_SHORT_FORM = re.compile(r"\s*\([^)]*\)\s*$")
_SHORT_POSTS = frozenset({"pkd", "plkb", "popt", "ppl", "ppns", "pptk"})
_AGENCY_HEADS = frozenset({"kaban", "kadin", "kadinas", "kadis"})
_UNITS_OVER = frozenset({"bag", "bagian", "bidang", "biro", "subbag", "subbagian"})
_FIELDS = frozenset({"bidang", "divisi"})
_OVER_BODIES = frozenset({"kaban", "kakan"})
"""Heads whose title is followed by the name of the body, never by a field."""
_LONGEST_REST = 10
"""Tokens of a body's name behind the piece that was found, at most. Set by hand; no command
measured it."""
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


def _is_post(mention: Mention) -> bool:
    """Whether a name is no name but a post (``Dirpolairud``, ``PKD``)."""
    titles = lexicon().titles
    words = tuple(norm(mention.surface).split())
    title = titles.by_words.get(words)
    listed = title is not None and title.category not in titles.private
    return mention.label == "ORG" and (listed or (len(words) == 1 and words[0] in _SHORT_POSTS))


def _without_post(mention: Mention) -> Mention:
    """``[Wadirlantas Polda NTB]``: the body behind a post that a name swallowed."""
    first, _, rest = mention.surface.partition(" ")
    title = lexicon().titles.by_words.get((norm(first),))
    if mention.label != "ORG" or title is None or title.takes not in ("unit", "region"):
        return mention
    if not rest[:1].isupper() or title.category in lexicon().titles.private:
        return mention
    return replace(mention, start=mention.start + len(first) + 1, surface=rest)


class PhraseReader(UnitReader):
    """Reads every office phrase of one document into ``phrases``."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        super().__init__(doc, [_without_post(m) for m in mentions if not _is_post(m)])
        taken = [bool(label) for label in self.map.label]
        listed = find_titles(self.tokens, taken)
        self.titles = sorted([*listed, *open_titles(self.tokens, taken, self.lex)])
        self.phrases: list[Phrase] = []
        for title in self.titles:
            if not self.phrases or title.first >= self.phrases[-1].last:
                phrase = self.phrase(self._aspired_too(title))
                phrase.last = self._past_aside(phrase.last)
                self.phrases.append(phrase)

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
                block = self._block(title, self.map.end(place))
                if " " not in place.surface and block > self.map.end(place):  # "Ketua [RT] 04"
                    return Phrase(title, block, role, _text(self.doc, tokens, at, block), None)
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
            at = self._past_aside(at)
            at = self._before_body(title, at)
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
        first, over = self._unit_over(title, at)
        if over:
            role = _role(self.doc, tokens, title, first)
            return Phrase(title, over, role, _text(self.doc, tokens, first, over), None)
        org = self._mention(at, "ORG")
        whole = self._whole_body(org) if org is not None else 0
        if org is not None and whole:
            return self._with_org(title, role, self._joined_body(org, whole))
        if org is not None:
            council = self._council_behind(org)
            if council is not None:
                return Phrase(title, self.map.end(council), role, _plain(council.surface), council)
            above = self._body_above(org)
            if above is not None:
                role = f"{role} {_plain(org.surface)}"
                org = above
            return self._with_org(title, role, org)
        if at < size and tokens.words[at] == "(" and self._mention(at + 1, "ORG"):
            end = self.map.end(self.map.at[at + 1])
            if end < size and tokens.words[end] == ")":
                at = end + 1
        kind = self.lex.titles.bodies.get(norm(title.title.name).removeprefix("wa"))
        if kind is not None and at == title.last and at + 1 < size:
            seat = self._mention(at + 1, "LOC") if tokens.lower[at] == kind.casefold() else None
            if seat is not None:  # "Danramil Koramil [Sape]"
                end = self.map.end(seat)
                return Phrase(title, end, role, _text(self.doc, tokens, at, end), None)
        place = self._mention(at, "LOC")
        if place is None and role_end > title.last and norm(title.title.name) in _OVER_BODIES:
            body = _text(self.doc, tokens, title.last, role_end)  # "Kaban Kesbangpol X"
            return Phrase(title, at, _role(self.doc, tokens, title, title.last), body, None)
        if place is not None:
            if role.casefold() == "kepala" and bare(tokens, at) in self.lex.region_types:
                role = f"{role} {tokens.words[at]}"
                title = title._replace(title=VILLAGE)
            where = _plain(_SHORT_FORM.sub("", place.surface))
            end = self.map.end(place)
            if end < size and tokens.lower[end] == "terpilih":  # "Bupati Demak terpilih X"
                title, end = title._replace(status="calon"), end + 1
            return Phrase(title, self._past_field(end), role, where, None)
        named = self._written_place(title, at)
        if named > at:
            return Phrase(title, named, role, _text(self.doc, tokens, at, named), None)
        if tokens.norm[title.last - 1].endswith("nya") and role.endswith("nya"):
            return self._owned(title, at, role[:-3])
        return Phrase(title, at, role, None, None)

    def _before_body(self, title: TitleSpan, at: int) -> int:
        """``Kabid Angkutan Jalan, [Dishub Sultra], X``: past the comma before the body, or ``at``."""
        tokens = self.tokens
        if title.title.takes != "unit" or at == title.last or at + 1 >= len(tokens):
            return at
        body = self._mention(at + 1, "ORG") if tokens.words[at] == "," else None
        if body is None or not (is_public(body.surface) or looks_like_agency(body.surface)):
            return at
        end = self.map.end(body)
        return at + 1 if end < len(tokens) and self._leads_to_name(end) else at

    def _whole_body(self, org: Mention) -> int:
        """End of the name of a body that was taken for several (``[Biro X Setda]. [Riau] Y``).

        What stands between a post and the name of its holder is the body's name where ``dan``, a
        stop or a short form in brackets joins its pieces; 0 where it is no such thing.
        """
        tokens, size = self.tokens, len(self.tokens)
        end = last = self.map.end(org)
        joined = False
        while end < size and end - last < _LONGEST_REST and tokens.gap[end] != PARAGRAPH:
            if joined and end > last and self._leads_to_name(end):
                return end
            mention = self.map.at.get(end)
            past = self._past_bracket(end, named=True)
            if past > end and bare(tokens, end + 1) not in self.lex.titles.first_words:
                end, joined = past, True
            elif mention is not None and mention.label != "PER":
                end, joined = self.map.end(mention), True
            elif tokens.lower[end] in ("dan", "&") and end + 1 < size and tokens.cap[end + 1]:
                end, joined = end + 1, True
            elif tokens.words[end] == "." and tokens.gap[end] == JOINED and end == last:
                end += 1
            elif not tokens.cap[end] or self.map.label[end]:
                return 0
            elif bare(tokens, end) in self.lex.titles.first_words | self.lex.before_name:
                return 0
            else:
                end += 1
        return 0

    def _joined_body(self, org: Mention, end: int) -> Mention:
        """``org`` up to the token ``end``."""
        first = self.map.spans[org.start][0]
        text = _text(self.doc, self.tokens, first, end)
        whole = replace(org, surface=text, end=self.tokens.end[end - 1])
        self.map.spans[org.start] = (first, end)
        return whole

    def _unit_over(self, title: TitleSpan, at: int) -> tuple[int, int]:
        """Where ``Bagian Prokopim`` behind ``Kasubbag Protokol`` begins and ends, or ``(0, 0)``."""
        tokens, first = self.tokens, at
        if title.title.takes != "unit":
            return 0, 0
        while first < at + 4 and self._unit_word(first) and tokens.norm[first] not in _UNITS_OVER:
            first += 1
        if first == title.last or not self._unit_word(first):
            return 0, 0
        if tokens.norm[first] not in _UNITS_OVER:
            return 0, 0
        end = first + 1
        while end - first < 6 and self._unit_word(end) and not self._name_behind(end):
            end += 1
        above = self.map.at.get(end)
        ends = end > first + 1 and (above is None or above.label == "PER")
        return (first, end) if ends else (0, 0)

    def _unit_word(self, at: int) -> bool:
        """Whether a capitalised word that no name claims goes on at ``at``."""
        tokens = self.tokens
        if at >= len(tokens) or self.map.label[at] or tokens.gap[at] in (JOINED, PARAGRAPH):
            return False
        return tokens.cap[at] and tokens.words[at].isalpha()

    def _past_field(self, at: int) -> int:
        """``Staf Ahli Bupati Bima Bidang Hukum, X``: past the field behind the body, or ``at``."""
        tokens, end = self.tokens, at + 1
        if at >= len(tokens) or tokens.norm[at] not in _FIELDS or tokens.gap[at] == PARAGRAPH:
            return at
        while end < len(tokens) and end - at < 9 and not self.map.label[end]:
            joins = tokens.lower[end] in ("dan", "&", "serta", "bidang")
            word = tokens.words[end]
            if word == "," and self._joins(end + 1) and not self._name_behind(end):
                joins = True
            if not (tokens.cap[end] or joins) or tokens.gap[end] == PARAGRAPH:
                break
            if self._name_behind(end):
                break
            end += 1
        return end if end > at + 1 and self._leads_to_name(end) else at

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

    def _open_post(self, title: TitleSpan) -> Phrase:
        """``Penyuluh Pertanian [pada] BPP Cina``: the post's words, then its body."""
        tokens = self.tokens
        end = at = post_end(tokens, self.map.label, title.last, self.lex)
        role = _role(self.doc, tokens, title, end)
        if at < len(tokens) and tokens.lower[at] in _AT:
            at += 1
        org = self._mention(at, "ORG")
        if org is None:
            org = self._behind_comma(at)
        if org is not None:
            first, last = self.map.spans[org.start]
            body = _plain(org.surface)
            if tokens.lower[first] in self.lex.titles.open_levels and last - first > 1:
                role = f"{role} {tokens.words[first]}"  # "Pengawas [Sekolah Cabang Dinas X]"
                return Phrase(title, last, role, _text(self.doc, tokens, first + 1, last), None)
            return Phrase(title, last, role, body, org)
        place = self._mention(end, "LOC")
        if place is not None:
            return Phrase(title, self.map.end(place), role, _plain(place.surface), None)
        return Phrase(title, end, role, None, None)

    def _behind_comma(self, at: int) -> Mention | None:
        """``(Penata Ruang Ahli Muda, [Dinas PUPR])``: the body that ends the brackets."""
        words = self.tokens.words
        org = self._mention(at + 1, "ORG") if at + 1 < len(words) and words[at] == "," else None
        end = self.map.end(org) if org is not None else len(words)
        return org if end < len(words) and words[end] == ")" else None

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
        end = self._unit_words(self._past_bracket(role_end))
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
            small = not tokens.cap[title.head] and tokens.words[end].isalpha() and end - at < 2
            plain = (tokens.cap[end] or small) and tokens.lower[end] not in self.lex.not_person
            taken = tokens.norm[end] in self.lex.before_name | self.lex.address
            if not plain or taken or tokens.gap[end] == PARAGRAPH:
                return at
            end += 1
        if end > at and end < len(tokens) and self.map.label[end] == "PER":
            return end if end in self.map.at else at
        return at

    def _owned(self, title: TitleSpan, at: int, role: str) -> Phrase:
        """``Gubernur Banten ... melalui Juru Bicaranya``: the office of the one before."""
        owner = self.phrases[-1] if self.phrases else None
        whose = None
        if owner and self.tokens.sentence[owner.last - 1] == self.tokens.sentence[title.first]:
            whose = _text(self.doc, self.tokens, owner.title.head, owner.last)
        return Phrase(title, at, role, whose, None)

    def _body_inside(self, title: TitleSpan, role: str, name: str) -> str:
        """``Kabid [Angkutan Jalan Dishub Riau]``: the body behind the words of a unit, or none."""
        words = name.split()
        heads = self.lex.public_heads
        cut = title.title.takes == "unit" or role.casefold().endswith((" dan", " &"))
        if not cut or is_public(name) or looks_like_agency(name):
            return ""
        at = next((k for k, word in enumerate(words) if k and norm(word) in heads), 0)
        return " ".join(words[at:]) if at else ""

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
        inner = self._body_inside(title, role, institution)
        if inner:
            role = f"{role} {institution[: -len(inner)].strip()}"
            return Phrase(title, last, role, inner, replace(org, surface=inner))
        if head in self.lex.type_heads and role.split()[-1].casefold() in ("kepala", "sekretaris"):
            role = f"{role} {self.tokens.words[first]}"
        place = self._mention(last, "LOC") if last < len(self.tokens) else None
        if place is not None and norm(title.title.name) in _AGENCY_HEADS:
            where = _plain(place.surface)  # "Kadis [PUPR] [Lembata]"
            return Phrase(title, self.map.end(place), f"{role} {institution}", where, None)
        return Phrase(title, self._past_field(last), role, institution, org)
