"""Which mention stands at which token, and the words of a unit between a post and a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from kb.model import Mention
from kb.nlp.language import JOINED, LINE, PARAGRAPH, SPACE, Tokens, tokens_of
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.offices.listed import listed
from kb.nlp.offices.parts import acts
from kb.nlp.rules.gazetteer import bare
from kb.nlp.rules.persons import skip_honorifics
from kb.nlp.rules.titles import TitleSpan

_ADDRESS = listed("address")
_ROLE_WORDS = listed("role_words")
_OVER_UNITS = listed("over_units")
_COUNTED = frozenset({"Inspektur Pembantu", "Irban"})
_COORDINATORS = frozenset({"Koordinator", "Kordinator"})
CLAUSE_WORDS = listed("clause_words")
INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}\Z")
UNITS_OVER = listed("units_over")
_ENDS = frozenset({",", ".", ";", ")", "("})
_INSIDE = frozenset({"&", "-", "/", "."})
"""Marks inside a short form in brackets."""
_LONGEST_BRACKET = 14
"""Tokens of a short form with its brackets at most. Set by hand; no command measured it."""
_LONGEST_UNIT = 14
"""Tokens of a unit's or agency's name behind a post at most. Set by hand; no command measured
it."""
_LONGEST_RANK = 5
"""Words of a spelt-out rank at most. Set by hand; no command measured it."""
_MINISTERS = listed("ministers")
RANK_WORDS = listed("rank_words")
_NUMBERED = re.compile(r"^(?:[IVX]+|[A-F]|\d{1,2})$")
_CHAMBERS = listed("chambers")
_MEMBERS = listed("chamber_posts")


def plain(surface: str) -> str:
    """``surface`` with single spaces."""
    return " ".join(surface.split())


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


class UnitReader:
    """Reads the words between the posts and the names of one document."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.tokens = tokens_of(doc)
        self.lex: Lexicon = lexicon()
        self.map = MentionMap(self.tokens, mentions)

    def _past_bracket(self, at: int, named: bool = False) -> int:
        """``Sekretaris Daerah (Sekda) Provinsi ...``: past the short form in brackets, or ``at``.

        ``named``: also one with the name of a body or place in it (``(Kakanwil [Kemenag Riau])``).
        """
        words, size, end = self.tokens.words, len(self.tokens), at + 1
        if at >= size or words[at] != "(" or self.tokens.gap[at] == PARAGRAPH:
            return at
        while end < size and end - at < _LONGEST_BRACKET and words[end] != ")":
            label = self.map.label[end]
            other = not words[end][0].isalpha() and words[end] not in _INSIDE
            if (
                other
                or label == "PER"
                or (label and not named)
                or self.tokens.gap[end] == PARAGRAPH
            ):
                return at
            end += 1
        short = end > at + 1 and end < size and words[end] == ")" and words[at + 1][0].isupper()
        return end + 1 if short else at

    def _past_aside(self, at: int) -> int:
        """Past a short form in brackets before a body, a place or the holder, or ``at``."""
        past = self._past_bracket(at, named=True)
        return past if past > at and self._leads_on(past) else at

    def _leads_on(self, at: int) -> bool:
        """Whether the name of a body, a place or (past honorifics) a person begins at ``at``."""
        return at in self.map.at or self._name_behind(at)

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
        if tokens.norm[at] == "wilayah" and tokens.cap[at] and at + 1 < len(tokens):
            return self._past_number(at + 1) if _NUMBERED.match(tokens.words[at + 1]) else at
        counted = numbered or takes == "unit" or title.title.name in _COUNTED
        if _NUMBERED.match(tokens.words[at]) and counted:
            at += 1
            if at >= len(tokens) or self.map.label[at]:
                return at
        if self._of_minister(title) and tokens.lower[at] in ("dan", "&"):
            return self._more_fields(at)
        if takes == "unit" and title.last - title.head > 1 and tokens.lower[at] in ("dan", "&"):
            return self._more_fields(at)  # "Kepala Seksi Intelijen [dan Penindakan] Kejari X"
        small = self._small_unit(at, title)
        if small > at:
            return small
        ministry = self._of_minister(title)
        if not (takes in ("unit", "institution") or numbered or ministry):
            return at
        if title.title.name in ("Babinsa", "Bhabin", "Bhabinkamtibmas"):
            return at  # a village follows, never a unit
        word = bare(tokens, at)
        own = word in self.lex.unit_heads or word in self.lex.org_words
        if acts(word) and not own:
            return at
        free = takes == "unit" or title.title.name == "Deputi"
        bridge = self._bridge(at, free) if own or takes != "region" or ministry else at
        if bridge > at:
            return bridge
        if takes == "unit" or (takes == "institution" and word in self.lex.unit_heads):
            return max(self._unit_words(at), self._to_mark(at))
        clinic = word in self.lex.titles.clinics
        if takes == "institution" and (word in self.lex.type_heads or clinic):
            named = at + 1 < len(tokens) and self._leads_to_name(at + 1)
            return at + 1 if tokens.cap[at] or named else at  # "sekretaris dinas La Ota"
        return at

    def _past_number(self, at: int) -> int:
        """Past ``II`` or ``I.2`` at ``at``."""
        tokens, end = self.tokens, at + 3
        inner = end <= len(tokens) and tokens.words[at + 1] == "." and tokens.gap[at + 1] == JOINED
        return end if inner and tokens.words[at + 2].isdigit() else at + 1

    def _of_minister(self, title: TitleSpan) -> bool:
        """Whether the title is that of a minister, with his field or without."""
        if title.title.category != "pusat":
            return False
        return title.title.name.casefold().removeprefix("wakil ").split()[0] in _MINISTERS

    def _more_fields(self, at: int) -> int:
        """``Menteri Desa [dan PDT] X``: past the fields behind the one the title names."""
        if at + 1 >= len(self.tokens) or bare(self.tokens, at + 1) in self.lex.titles.first_words:
            return at
        short = self.tokens.words[at + 1].isupper() and not self.map.label[at + 1]
        end = at + 2 if short else self._bridge(at + 1, True)  # "PDT" is "Pendeta" as well
        return end if end > at + 1 and self._leads_on(end) else at

    def _to_mark(self, at: int) -> int:
        """End of a unit of words no list has, up to a mark (``Kasubag Dokumentasi Pimpinan,``)."""
        tokens, end = self.tokens, at
        while end < len(tokens) and end - at < 6 and tokens.gap[end] == SPACE:
            word = bare(tokens, end)
            known = (word,) in self.lex.titles.by_words or word in self.lex.before_name
            joins = tokens.lower[end] in ("dan", "&") and end > at
            if word in UNITS_OVER:
                return at
            if self.map.label[end] or known or not (joins or tokens.cap[end]):
                break
            if not joins and (not word.isalpha() or word in self.lex.calendar):
                break
            end += 1
        stops = end >= len(tokens) or tokens.gap[end] >= LINE or tokens.words[end] in _ENDS
        return end if stops else at

    def _small_unit(self, at: int, title: TitleSpan) -> int:
        """End of a unit in small letters: ``staf ahli bidang hukum dan politik``.

        Behind other titles only where a body and a person follow
        (``Deputi pengembangan regional Bappenas X``).
        """
        tokens, end = self.tokens, at
        over = title.title.name.startswith("Staf Ahli") or self._of_minister(title)
        fields = tokens.norm[at] == "bidang" and over
        if not fields and (tokens.cap[at] or title.title.name not in _OVER_UNITS | _COORDINATORS):
            return at
        while end < len(tokens) and end - at < 7 and not self.map.label[end]:
            low = tokens.lower[end]
            if tokens.gap[end] == PARAGRAPH or not low.isalpha() or low in CLAUSE_WORDS:
                break
            if low[:2] in ("me", "di") and low not in self.lex.org_words:
                break
            if end > at and (self._name_behind(end) or self._short_head(end)):
                break
            end += 1
        if end - at < (2 if fields else 1):
            return at
        if fields:
            return end
        if title.title.name in _COORDINATORS and end - at < 4 and self._leads_to_name(end):
            return end  # "Koordinator imunisasi X"
        if title.title.name == "Kepala" and end - at == 1 and self._leads_to_name(end):
            return end if self._names_one(tokens.norm[at]) else at  # "Kepala pasar ibu X"
        if title.title.takes == "unit" and end - at < 4 and self._name_behind(end):
            return end  # "kasi kedaruratan mas x"
        org = self._mention(end, "ORG") if end < len(tokens) else None
        if self._said_of_name(title.first) and (org is not None or self._short_head(end)):
            return end  # "X, kepala wilayah kerja [KSOP Y]"
        return end if org is not None and self._leads_to_name(self.map.end(org)) else at

    def _names_one(self, kind: str) -> bool:
        """Whether a body or place of the text is called after its ``kind`` (``Pasar Baru``)."""
        others = (m for m in self.map.at.values() if m.label != "PER")
        return any(m.surface.casefold().startswith(f"{kind} ") for m in others)

    def _said_of_name(self, at: int) -> bool:
        """Whether a comma or a bracket stands between a person's name and ``at``."""
        words, label = self.tokens.words, self.map.label
        return at > 1 and words[at - 1] in ("(", ",") and label[at - 2] == "PER"

    def _short_head(self, at: int) -> bool:
        """Whether the short form of a kind of public body, which nothing tagged, stands at ``at``
        (``KSOP``)."""
        short = at < len(self.tokens) and self.tokens.words[at].isupper() and not self.map.label[at]
        return short and bare(self.tokens, at) in self.lex.public_heads

    def _bridge(self, at: int, unit: bool = False) -> int:
        """End of the capitalised words from ``at`` that lead up to a name, or ``at``."""
        tokens, end, size = self.tokens, at, len(self.tokens)
        while end < size and end - at < _LONGEST_UNIT:
            if self.map.label[end]:
                return end
            word, low = tokens.words[end], tokens.lower[end]
            if tokens.gap[end] == PARAGRAPH or low in self.lex.calendar:
                return at
            if self._name_behind(end):
                return end
            past = self._past_bracket(end)
            if past > end and end > at:
                return end if self._leads_on(past) else at
            if word == "," and end > at and self._body_and_holder(end + 1):
                return end
            joins = low in ("dan", "&", "/", "serta") or (
                word == "," and end + 1 < size and self._joins(end + 1)
            )
            own = low in _ROLE_WORDS or bare(tokens, end) in self.lex.org_words
            known = tokens.cap[end] and (own or unit or low not in self.lex.not_person)
            if not (known or (joins and end > at) or _NUMBERED.match(word)):
                return at
            begins = bare(tokens, end) in self.lex.titles.first_words and not own
            if known and begins and end > at:  # not "Penegakan Hukum" for the "Hukum Tua"
                return at
            end += 1
        return at

    def _body_and_holder(self, at: int) -> bool:
        """Whether the name of a body stands at ``at``, and a person's behind it."""
        body = self.map.at.get(at)
        if body is None or body.label != "ORG":
            return False
        end = self.map.end(body)
        return end < len(self.tokens) and self._leads_to_name(end)

    def _joins(self, at: int) -> bool:
        tokens = self.tokens
        return (tokens.cap[at] or tokens.lower[at] == "dan") and not self.map.label[at]

    def _leads_to_name(self, at: int) -> bool:
        mention = self.map.at.get(at)
        return (mention is not None and mention.label == "PER") or self._name_behind(at)

    def _name_behind(self, at: int) -> bool:
        """True where honorifics (or a comma) at ``at`` lead to a person's name."""
        if at >= len(self.tokens):
            return False  # the text ends with what leads up to a name
        start = at + 1 if self.tokens.words[at] == "," else at
        past = self._to_person(start)
        mention = self.map.at.get(past)
        return mention is not None and mention.label == "PER" and past > at

    def _to_person(self, at: int) -> int:
        """Where honorifics from ``at`` end: at the next person's name, though it may begin like
        one (``dr. [Nyai Herlina]``)."""
        past = skip_honorifics(self.tokens, at, self.lex)
        for k in range(at, past):
            mention = self.map.at.get(k)
            if mention is not None and mention.label == "PER":
                return k
        past = self._past_rank(past)
        return past if self._person_at(past) else self._past_address(past)

    def _past_address(self, at: int) -> int:
        """``sdr. [Yusup]``, ``bapak H. [Marzuki]``: past forms of address in small letters, and the
        honorifics behind them, before a name; or ``at``."""
        tokens, end = self.tokens, at
        while end + 1 < len(tokens) and tokens.norm[end] in self.lex.address | _ADDRESS:
            end += 1 + (tokens.words[end + 1] == "." and tokens.gap[end + 1] == JOINED)
        past = skip_honorifics(tokens, end, self.lex) if at < end < len(tokens) else at
        return past if self._person_at(past) else at

    def _past_rank(self, at: int) -> int:
        """``Brigadir Jenderal Polisi (Brigjen Pol) [X]``, ``Kolonel (P) [X]``: past a rank in full
        words, and the short form or branch in brackets behind a rank, before a name; or ``at``."""
        tokens, end = self.tokens, at
        branch = at > 0 and bare(tokens, at - 1) in self.lex.rank_after
        if at and tokens.words[at - 1 : at + 1] == [")", "."] and self._person_at(at + 1):
            return at + 1  # "Letkol Laut (P). X"
        if branch and tokens.words[at : at + 2] == [".", ")"] and self._person_at(at + 2):
            return at + 2  # "Kolonel (Pnb.) X"
        while end < len(tokens) and end - at < _LONGEST_RANK and self._rank_word(end):
            end += 1
        ranked = end > at or (at > 0 and bare(tokens, at - 1) in self.lex.ranks)
        if ranked and end < len(tokens) and tokens.words[end] == "(":
            close = next(
                (k for k in range(end + 2, end + 6) if tokens.words[k : k + 1] == [")"]), 0
            )
            named = "PER" in self.map.label[end : close + 1]
            end = close + 1 if close and not named else end
        past = skip_honorifics(tokens, end, self.lex) if end > at else at
        return past if self._person_at(past) else at

    def _person_at(self, at: int) -> bool:
        mention = self.map.at.get(at)
        return mention is not None and mention.label == "PER"

    def _rank_word(self, at: int) -> bool:
        """Whether a word of a spelt-out rank, which no name claims, stands at ``at``."""
        spelt = bare(self.tokens, at) in RANK_WORDS and self.tokens.cap[at]
        return spelt and not self.map.label[at] and self.tokens.gap[at] != PARAGRAPH

    def _mention(self, at: int, label: str) -> Mention | None:
        mention = self.map.at.get(at)
        if mention is None or mention.label != label:
            return None
        return mention if self.tokens.gap[at] != PARAGRAPH else None

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
