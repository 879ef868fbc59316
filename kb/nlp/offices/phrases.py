"""Office phrases: a title read together with its unit, institution or region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kb.authority import Title, norm
from kb.model import Mention
from kb.nlp.language import JOINED, LINE, PARAGRAPH, SPACE, Tokens
from kb.nlp.lexicon import lexicon
from kb.nlp.offices.body_kinds import is_public
from kb.nlp.offices.listed import listed
from kb.nlp.offices.open_posts import FUNCTIONAL, STAFF, open_titles, post_end
from kb.nlp.offices.units import CLAUSE_WORDS, RANK_WORDS, plain
from kb.nlp.offices.written import AGENCY_HEADS, STATIONS, BodyReader, words_of
from kb.nlp.rules.gazetteer import bare
from kb.nlp.rules.titles import TitleSpan, find_titles

_LEVEL = re.compile(r"(?:KDH|Kepala Daerah)\b\s*(?:(?:Tingkat|Tkt?|Dati)\b\.?\s*)?(?:II?\b\s*)?")
_SHORT_FORM = re.compile(r"\s*\([^)]*\)\s*$")
_SHORT_POSTS = listed("short_posts")
_SECTIONS = listed("sections")
_FIELDS = frozenset({"bidang", "divisi"})
_COUNTRY = frozenset({"RI", "Indonesia"})
_OVER_BODIES = frozenset({"kaban", "kakan"})
"""Heads whose title is followed by the name of the body, never by a field."""
_AT = listed("at")
VILLAGE = Title("Kepala Desa", "region", "kecamatan dan desa")
"""The title behind ``Kepala`` + ``Kampung X``, ``Pekon X``, ..."""


_ASSISTED = listed("assisted")
ASSISTANT = Title("Asisten Sekda", "region", "sekretariat daerah")
"""The title behind ``Asisten`` + a field of a regional secretariat, with no body."""


@dataclass(slots=True)
class Phrase:
    """An office as written: role and institution with their places in the text."""

    title: TitleSpan
    last: int
    """End of the whole phrase in tokens, institution included."""
    role: str
    institution: str | None
    org: Mention | None
    listed: bool = False
    """True for a post on a board, read in a list whose line begins with its body."""


def _role(doc: Doc, tokens: Tokens, title: TitleSpan, last: int) -> str:
    """The role as written; ``Penjabat (Pj) Gubernur`` becomes ``Pj Gubernur``."""
    name = words_of(doc, tokens, title.head, last) if last > title.head else ""
    if title.first < title.head:
        before = words_of(doc, tokens, title.first, title.head)
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


def _without_level(mention: Mention) -> Mention | None:
    """``Bupati [KDH Tingkat II Lebak]``: the region behind the rest of an old title; ``None``
    where nothing is left."""
    level = _LEVEL.match(mention.surface)
    if mention.label == "PER" or level is None:
        return mention
    rest = mention.surface[level.end() :]
    start = mention.start + level.end()
    return replace(mention, start=start, surface=rest, label="LOC") if rest else None


def _is_address(mention: Mention) -> bool:
    """Whether a place's name is but its type and a form of address (``Kepala [Pekon Bpk.] X``)."""
    words = norm(mention.surface).split()
    return mention.label == "LOC" and len(words) == 2 and words[1] in lexicon().address


def _without_post(mention: Mention) -> Mention:
    """``[Wadirlantas Polda NTB]``: the body behind a post that a name swallowed."""
    first, _, rest = mention.surface.partition(" ")
    title = lexicon().titles.by_words.get((norm(first),))
    if mention.label != "ORG" or title is None:
        return mention
    if title.takes not in ("unit", "region") and title.name != "Deputi":
        return mention
    if not rest[:1].isupper() or title.category in lexicon().titles.private:
        return mention
    return replace(mention, start=mention.start + len(first) + 1, surface=rest)


class PhraseReader(BodyReader):
    """Reads every office phrase of one document into ``phrases``."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        levels = (_without_level(m) for m in mentions if not _is_post(m))
        named = [_without_post(m) for m in levels if m is not None]
        super().__init__(doc, [m for m in named if not _is_address(m)])
        taken = [bool(label) for label in self.map.label]
        listed = find_titles(self.tokens, taken)
        found = sorted([*listed, *open_titles(self.tokens, taken, self.lex)])
        self.titles = [title for title in found if not self._of_rank(title)]
        self.phrases: list[Phrase] = []
        for title in self.titles:
            if not self.phrases or title.first >= self.phrases[-1].last:
                phrase = self.phrase(self._aspired_too(title))
                past = self._past_aside(phrase.last)
                if past > phrase.last and (phrase.institution or self._leads_to_name(past)):
                    phrase.last = past
                self.phrases.append(phrase)

    def _of_rank(self, title: TitleSpan) -> bool:
        """Whether a title is but a word of a rank (``Ajun [Komisaris] Polisi``)."""
        norms, first, last = self.tokens.norm, title.first, title.last
        ranked = norms[first] in RANK_WORDS and self.tokens.cap[first]
        return ranked and (
            norms[last : last + 1] == ["polisi"] or norms[first - 1 : first] == ["ajun"]
        )

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
                    return Phrase(title, block, role, words_of(self.doc, tokens, at, block), None)
                return Phrase(title, self.map.end(place), role, plain(place.surface), None)
        while at < size and tokens.lower[at] in self.lex.office_skip:
            if tokens.lower[at] == "terpilih":  # elected, not yet in office
                title = title._replace(status="calon", last=at + 1)
            at += 1
        if self._stopped(title, at):
            title = title._replace(last=at + 1, whole=at + 1)
            at += 1
        role_end = title.last
        if title.title.category == "tni":
            code = self._unit_code(at)
            if code > at:
                role = _role(self.doc, tokens, title, role_end)
                return Phrase(title, code, role, words_of(self.doc, tokens, at, code), None)
        if title.title.category in (FUNCTIONAL, STAFF):
            return self._open_post(title)
        block = self._block(title, at)
        if block > at:
            role = _role(self.doc, tokens, title, role_end)
            return Phrase(title, block, role, words_of(self.doc, tokens, at - 1, block), None)
        at = self._past_bracket(at)
        opens = title.first > 0 and tokens.words[title.first - 1] == "("
        if opens and at == title.last and at < size and tokens.words[at] == ")":
            seat = self._mention(at + 1, "LOC")
            at += seat is not None and tokens.gap[at + 1] < LINE  # "Komandan .. (Danlanal) [X]"
        if not self._mention(at, "ORG"):
            inside = self._inner_unit(at, title)
            if inside > at:
                role_end = at = inside
            if title.title.category == "pusat" and tokens.words[role_end - 1] in _COUNTRY:
                role = _role(self.doc, tokens, title, role_end - 1)
                return Phrase(title, at, role, tokens.words[role_end - 1], None)
            at = self._past_aside(at)
            at = self._before_body(title, at)
        role = _role(self.doc, tokens, title, role_end)
        headed = at > role_end and self._mention(at, "ORG") is not None  # "Kantor Wilayah (..) [X]"
        typed = 0 if headed else self._type_word(title, role_end)
        if typed:
            role = _role(self.doc, tokens, title, typed)
            body = words_of(self.doc, tokens, typed - 1, role_end)
            return Phrase(title, at, role, body, None)
        written = self._written_body(title, role_end)
        if written > at:
            body = words_of(self.doc, tokens, role_end - 1, written)
            return Phrase(title, written, role, body, None)
        if at + 1 < size and tokens.words[at] == "/":
            nxt = next((t for t in self.titles if t.first == at + 1), None)
            if nxt is not None:
                rest = self.phrase(nxt)
                return Phrase(title, rest.last, f"{role}/{rest.role}", rest.institution, rest.org)
        first, over = self._unit_over(title, at)
        if over:
            role = _role(self.doc, tokens, title, first)
            return Phrase(title, over, role, words_of(self.doc, tokens, first, over), None)
        org = self._mention(at, "ORG")
        if org is not None and self._is_field(title, org):  # "Kordiv [SDMO] X"
            at = self.map.end(org)
            role = f"{role} {plain(org.surface)}"
            org = self._mention(at, "ORG") if at < size else None
        whole = self._whole_body(org) if org is not None else 0
        if org is not None and whole:
            return self._with_org(title, role, self._joined_body(org, whole))
        if org is not None:
            council = self._council_behind(org)
            if council is not None:
                return Phrase(title, self.map.end(council), role, plain(council.surface), council)
            above = self._body_above(org)
            if above is not None:
                role = f"{role} {plain(org.surface)}"
                org = above
            return self._with_org(title, role, org)
        if at < size and tokens.words[at] == "(" and self._mention(at + 1, "ORG"):
            end = self.map.end(self.map.at[at + 1])
            if end < size and tokens.words[end] == ")":
                at = end + 1
        post = norm(title.title.name)
        kind = self.lex.titles.bodies.get(post.removeprefix("wa")) or STATIONS.get(post)
        if kind is not None and at == title.last and at + 1 < size:
            seat = self._mention(at + 1, "LOC") if tokens.lower[at] == kind.casefold() else None
            if seat is not None:  # "Danramil Koramil [Sape]"
                end = self.map.end(seat)
                return Phrase(title, end, role, words_of(self.doc, tokens, at, end), None)
        place = self._mention(at, "LOC")
        if place is None and role_end > title.last and norm(title.title.name) in _OVER_BODIES:
            body = words_of(self.doc, tokens, title.last, role_end)  # "Kaban Kesbangpol X"
            return Phrase(title, at, _role(self.doc, tokens, title, title.last), body, None)
        if place is not None:
            if role.casefold() == "kepala" and bare(tokens, at) in self.lex.region_types:
                role = f"{role} {tokens.words[at]}"
                title = title._replace(title=VILLAGE)
            where = plain(_SHORT_FORM.sub("", place.surface))
            end = self.map.end(place)
            if self._rest_of_place(title, end) > end:
                end = self._rest_of_place(title, end)
                where = words_of(self.doc, tokens, at, end)
            if end < size and tokens.lower[end] == "terpilih":  # "Bupati Demak terpilih X"
                title, end = title._replace(status="calon"), end + 1
            return Phrase(title, self._past_field(end), role, where, None)
        short = self._unit_word_end(at) if role_end > title.last and self._short_head(at) else 0
        if short:
            return Phrase(title, short, role, words_of(self.doc, tokens, at, short), None)
        given = self._given_at(title, at, role_end)
        if given is not None:
            return self._with_org(title, role, given)
        named = self._written_place(title, at)
        if named > at:
            return Phrase(title, named, role, words_of(self.doc, tokens, at, named), None)
        if tokens.norm[title.last - 1].endswith("nya") and role.endswith("nya"):
            return self._owned(title, at, role[:-3])
        return Phrase(title, self._past_field(at), role, None, None)

    def _stopped(self, title: TitleSpan, at: int) -> bool:
        """Whether the stop at ``at`` only ends a short title in small letters (``kabag. Umum``)."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or tokens.words[at] != "." or tokens.gap[at] != JOINED:
            return False
        short = title.title.takes == "unit" and norm(title.title.name) in self.lex.titles.short
        return short and not tokens.cap[title.head] and tokens.gap[at + 1] == SPACE

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

    def _open_post(self, title: TitleSpan) -> Phrase:
        """``Penyuluh Pertanian [pada] BPP Cina``: the post's words, then its body."""
        tokens = self.tokens
        end = at = post_end(tokens, self.map.label, title.last, self.lex)
        opens = title.first > 0 and tokens.words[title.first - 1] == "("
        led = opens or self._said_of_name(title.first)
        while end - at < 3 and self._small(end):
            end += 1  # "(petugas assessment [Pusdalops])"
        over = self._mention(end, "ORG") if end < len(tokens) else None
        if over is not None and is_public(over.surface):  # "pengelola program [Dinkes X], Y"
            led = led or self._leads_to_name(self.map.end(over))
        end = at = end if end > at and led and over is not None else at
        end = at = self._to_closing_mark(title, at)
        role = _role(self.doc, tokens, title, end)
        if opens and at < len(tokens) and tokens.words[at] == ")":
            at += self._mention(at + 1, "ORG") is not None  # "Pejabat X (PPK) [Satker Y]"
        if at < len(tokens) and tokens.lower[at] in _AT:
            at += 1
        org = self._mention(at, "ORG")
        if org is None:
            org = self._behind_comma(at)
        field = self.tokens.norm[title.last] if end > title.last else ""
        if org is None and title.title.name == "asisten" and field in _ASSISTED:
            title = title._replace(title=ASSISTANT)
        if org is not None:
            first, last = self.map.spans[org.start]
            body = plain(org.surface)
            if tokens.lower[first] in self.lex.titles.open_levels and last - first > 1:
                role = f"{role} {tokens.words[first]}"  # "Pengawas [Sekolah Cabang Dinas X]"
                return Phrase(title, last, role, words_of(self.doc, tokens, first + 1, last), None)
            return Phrase(title, last, role, body, org)
        place = self._mention(end, "LOC")
        if place is not None:
            return Phrase(title, self.map.end(place), role, plain(place.surface), None)
        return Phrase(title, end, role, None, None)

    def _to_closing_mark(self, title: TitleSpan, at: int) -> int:
        """``X, dokter jaga,``: past words in small letters between a name's mark and the next."""
        end = at
        while end - at < 3 and self._small(end) and not self._goes_on_as_clause(end):
            end += 1
        closed = end < len(self.tokens) and self.tokens.words[end] in (",", ")")
        return end if closed and self._said_of_name(title.first) else at

    def _goes_on_as_clause(self, at: int) -> bool:
        """Whether the word at ``at`` is one of a sentence and no field of a post."""
        word = self.tokens.lower[at]
        return word in CLAUSE_WORDS or word.startswith(("me", "di", "ber", "ter"))

    def _small(self, at: int) -> bool:
        """Whether a word in small letters that leads on to a body stands at ``at``."""
        word = self.tokens.words[at] if at < len(self.tokens) else ""
        return word.isalpha() and word.islower() and word not in _AT and not self.map.label[at]

    def _owned(self, title: TitleSpan, at: int, role: str) -> Phrase:
        """``Gubernur Banten ... melalui Juru Bicaranya``: the office of the one before."""
        owner = self.phrases[-1] if self.phrases else None
        whose = None
        if owner and self.tokens.sentence[owner.last - 1] == self.tokens.sentence[title.first]:
            whose = words_of(self.doc, self.tokens, owner.title.head, owner.last)
        return Phrase(title, at, role, whose, None)

    def _with_org(self, title: TitleSpan, role: str, org: Mention) -> Phrase:
        """``Kepala`` + ``Dinas Kesehatan``: the type word goes with the role too."""
        first, last = self.map.spans[org.start]
        head = bare(self.tokens, first)
        institution = plain(org.surface)
        section = head in _SECTIONS and norm(title.title.name) == "kepala"
        if section and self._unit_words(first + 1, last) == last:  # "Kepala [Bagian Pengawasan]"
            title = title._replace(title=replace(title.title, takes="unit"))
            return Phrase(title, last, f"{role} {institution}", None, None)
        if head in self.lex.unit_heads:
            split = self._unit_words(first + 1, last)
            if first < split < last:
                role = f"{role} {words_of(self.doc, self.tokens, first, split)}"
                institution = words_of(self.doc, self.tokens, split, last)
                return Phrase(title, last, role, institution, org)
        inner = self._body_inside(title, role, institution)
        if inner:
            role = f"{role} {institution[: -len(inner)].strip()}"
            return Phrase(title, last, role, inner, replace(org, surface=inner))
        if head in self.lex.type_heads and role.split()[-1].casefold() in ("kepala", "sekretaris"):
            role = f"{role} {self.tokens.words[first]}"
        place = self._mention(last, "LOC") if last < len(self.tokens) else None
        if place is not None and norm(title.title.name) in AGENCY_HEADS:
            where = plain(place.surface)  # "Kadis [PUPR] [Lembata]"
            return Phrase(title, self.map.end(place), f"{role} {institution}", where, None)
        return Phrase(title, self._past_field(last), role, institution, org)
