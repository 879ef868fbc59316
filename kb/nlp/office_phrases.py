"""Office phrases: a title read together with its unit, institution or region."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kb.model import Mention
from kb.nlp.gazetteer import CODE, ROMAN, bare
from kb.nlp.language import JOINED, PARAGRAPH, Tokens, tokens_of
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.rules_titles import TitleSpan, find_titles


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
            first = bisect_left(tokens.start, mention.start)
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
    return " ".join(doc.text[tokens.start[first] : tokens.end[last - 1]].split())


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
        self.titles = find_titles(self.tokens, [bool(label) for label in self.map.label])
        self.phrases: list[Phrase] = []
        for title in self.titles:
            if not self.phrases or title.first >= self.phrases[-1].last:
                self.phrases.append(self.phrase(title))

    def phrase(self, title: TitleSpan) -> Phrase:
        """The office phrase that begins with ``title``."""
        tokens, size = self.tokens, len(self.tokens)
        at = title.last
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
        if not self._mention(at, "ORG"):
            inside = self._inner_unit(at, title)
            if inside > at:
                role_end = at = inside
        role = _role(self.doc, tokens, title, role_end)
        if at < size and tokens.words[at] == "/" and at + 1 < size:
            nxt = next((t for t in self.titles if t.first == at + 1), None)
            if nxt is not None:
                rest = self.phrase(nxt)
                return Phrase(title, rest.last, f"{role}/{rest.role}", rest.institution, rest.org)
        org = self._mention(at, "ORG")
        if org is not None:
            return self._with_org(title, role, org)
        if at < size and tokens.words[at] == "(" and self._mention(at + 1, "ORG"):
            end = self.map.end(self.map.at[at + 1])
            if end < size and tokens.words[end] == ")":
                at = end + 1
        place = self._mention(at, "LOC")
        if place is not None:
            return Phrase(title, self.map.end(place), role, place.surface, None)
        if tokens.norm[title.last - 1].endswith("nya") and role.endswith("nya"):
            return self._owned(title, at, role[:-3])
        return Phrase(title, at, role, None, None)

    def _owned(self, title: TitleSpan, at: int, role: str) -> Phrase:
        """``Gubernur Banten ... melalui Juru Bicaranya``: the office of the one before."""
        owner = self.phrases[-1] if self.phrases else None
        whose = None
        if owner and self.tokens.sentence[owner.last - 1] == self.tokens.sentence[title.first]:
            whose = _text(self.doc, self.tokens, owner.title.head, owner.last)
        return Phrase(title, at, role, whose, None)

    def _inner_unit(self, at: int, title: TitleSpan) -> int:
        """End of the unit words that belong to the role (``Komisi II``, ``Bidang Arsip``)."""
        tokens, takes = self.tokens, title.title.takes
        if at >= len(tokens) or not tokens.cap[at] or tokens.gap[at] == PARAGRAPH:
            return at
        if self.map.label[at]:
            return at
        word = bare(tokens, at)
        if takes == "unit" or (takes == "institution" and word in self.lex.unit_heads):
            return self._unit_words(at)
        if takes == "institution" and word in ("komisi", "fraksi") and at + 1 < len(tokens):
            return at + 2 if ROMAN.match(tokens.words[at + 1]) else self._unit_words(at)
        if takes == "institution" and word in self.lex.type_heads:
            return at + 1
        return at

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
            split = self._unit_words(first + 1)
            if first < split < last:
                role = f"{role} {_text(self.doc, self.tokens, first, split)}"
                institution = _text(self.doc, self.tokens, split, last)
                return Phrase(title, last, role, institution, org)
        if head in self.lex.type_heads and role.split()[-1].casefold() in ("kepala", "sekretaris"):
            role = f"{role} {self.tokens.words[first]}"
        return Phrase(title, last, role, institution, org)

    def _unit_words(self, at: int) -> int:
        """End of the capitalised words that name a unit (``Tata Usaha``) from ``at``."""
        tokens, end = self.tokens, at
        while end < len(tokens) and end - at < 9 and tokens.gap[end] not in (JOINED, PARAGRAPH):
            if self.map.label[end]:
                break
            if tokens.cap[end] and bare(tokens, end) in self.lex.org_words:
                end += 1
            elif (
                tokens.lower[end] in ("dan", "&")
                and end > at
                and end + 1 < len(tokens)
                and tokens.cap[end + 1]
                and bare(tokens, end + 1) in self.lex.org_words
                and not self.map.label[end + 1]
            ):
                end += 2
            else:
                break
        return end
