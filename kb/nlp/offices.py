"""Offices that a text states for named persons (``kb_offices``).

A title is read together with what stands behind it (unit, institution, region) and is
given to the person behind it (``Bupati Lebak, X``), before it (``X selaku Bupati Lebak``,
``X, Bupati Lebak,``) or in brackets. Posts in parties, companies, clubs and universities
are no public offices and are left out, as the tagging guide says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kb.model import Mention, Office, OfficeStatus
from kb.nlp.gazetteer import bare
from kb.nlp.institutions import is_public
from kb.nlp.language import JOINED, PARAGRAPH, Tokens, tokens_of
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.rules_names import skip_honorifics
from kb.nlp.rules_titles import TitleSpan, find_titles
from kb.nlp.signatures import signed_offices

_OWN_CATEGORIES = frozenset({"polri", "tni", "kejaksaan", "pengadilan", "pusat", "kepala daerah"})
_FAMILY = frozenset({"kepala daerah", "sekretariat daerah"})
_WEAK = re.compile(
    r"^(?:ketua|wakil ketua|sekretaris|anggota|koordinator) (?:tim|satgas|satuan tugas|panitia|gugus|pansus|pokja|forum)"
)


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


class OfficeReader:
    """Reads the offices of one document."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.tokens = tokens_of(doc)
        self.lex: Lexicon = lexicon()
        self.map = MentionMap(self.tokens, mentions)
        taken = [label in ("ORG", "PER") for label in self.map.label]
        self.titles = find_titles(self.tokens, taken)
        self.phrases = [self.phrase(title) for title in self.titles]
        self.found: list[tuple[Mention, Phrase, str, float]] = []

    # --- reading one phrase ---------------------------------------------------------

    def phrase(self, title: TitleSpan) -> Phrase:
        """The office phrase that begins with ``title``."""
        tokens, size = self.tokens, len(self.tokens)
        at = title.last
        while (
            at < size and tokens.lower[at] in self.lex.office_skip and tokens.gap[at] != PARAGRAPH
        ):
            at += 1
        role_end = title.last
        if title.title.takes == "unit" and not self._mention(at, "ORG"):
            role_end = at = self._unit_words(at)
        elif title.title.takes in ("institution", "unit") and not self._mention(at, "ORG"):
            if at < size and bare(tokens, at) in self.lex.type_heads and tokens.cap[at]:
                role_end = at = at + 1
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
        return Phrase(title, at, role, None, None)

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

    # --- giving phrases to persons --------------------------------------------------

    def person_after(self, phrase: Phrase) -> Mention | None:
        """The person named right behind the phrase, past a comma and honorifics."""
        tokens, at, size = self.tokens, phrase.last, len(self.tokens)
        if at < size and tokens.words[at] in (",", ":") and tokens.gap[at] != PARAGRAPH:
            at += 1
        if at >= size or tokens.gap[at] == PARAGRAPH:
            return None
        for start in (at, skip_honorifics(tokens, at, self.lex)):
            mention = self.map.at.get(start)
            if mention is not None and mention.label == "PER":
                return mention
        return None

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
        if not linked and tokens.words[at] not in (",", "("):
            return None
        bracket = tokens.words[at] == "("
        if tokens.words[at] in (",", "("):
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
        return mention, "apposition"

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
                return title.category in _OWN_CATEGORIES or title.takes == "unit"
            return is_public(org) or title.category in ("kepala daerah", "pusat")
        if title.takes in ("region", "none"):
            return True
        if title.takes == "unit":
            return True
        last = phrase.role.split()[-1].casefold()
        return last in self.lex.type_heads

    def read(self) -> list[Office]:
        """The offices, in order of the text."""
        pending: list[Phrase] = []
        for phrase in self.phrases:
            person = self.person_after(phrase)
            if person is not None:
                self.found.append((person, phrase, "before name", 0.92))
            else:
                pending.append(phrase)
        for phrase in pending:
            before = self.person_before(phrase)
            if before is not None:
                mention, how = before
                sure = {"linked": 0.88, "brackets": 0.88, "apposition": 0.8}[how]
                self.found.append((mention, phrase, f"behind name: {how}", sure))
        regions = self._regions()
        out = []
        for mention, phrase, method, sure in self.found:
            if not self.public(phrase):
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

    def _same_title(self, phrase: Phrase) -> str | None:
        """The institution the same title is written with elsewhere in the document."""
        words = self.lex.titles.full(phrase.title.title.name)
        for other in self.phrases:
            if other.institution and self.lex.titles.full(other.title.title.name) == words:
                if other.role.casefold() == phrase.role.casefold() or phrase.title.title.takes in (
                    "region",
                    "none",
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
    return OfficeReader(doc, mentions).read() + signed_offices(doc, mentions)


def is_weak(role: str) -> bool:
    """True for a post in a committee or team, which yields to the person's real office."""
    return bool(_WEAK.match(role.casefold()))
