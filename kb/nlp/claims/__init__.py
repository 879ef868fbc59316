"""Claims: figures about measurable things, in what is said and in what a release tells.

A sentence with a figure is a claim where the text ties the figure to something measured; what
is not plainly tied is left out. ``extract_claims`` is the pure core, ``kb_claims`` the spaCy
component over it. Words are those of ``authority/claims.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kb import authority
from kb.authority.claims import any_of, load_claim_words
from kb.model import Claim, ClaimKind, ClaimPeriod, Mention, Statement, TagContext
from kb.nlp.claims.figures import Figure, figures
from kb.nlp.claims.periods import Period, period_of, periods
from kb.nlp.claims.subjects import Subject, Subjects, is_plain, words_of
from kb.nlp.language import text_of
from kb.nlp.lines import is_planning_page
from kb.nlp.regions import region_code
from kb.nlp.statements import sentence_spans

_FIGURE = re.compile(
    r"\d|persen|kali lipat|separuh|separo|setengah|seper[a-z]+|(?:dari|antara)\s+[a-z]+",
    re.IGNORECASE,
)
_SURE_OF_PERIOD = {"stated": 1.0, "document": 0.95, "carried": 0.8, "unknown": 0.8}
_CAME_FROM = re.compile(r"\bdari\s*(?:angka\s*|sekitar\s*)?\Z")
_MONEY = frozenset(["rupiah", "dolar"])
_LARGE = 1e9
"""A price or a fee is less; a budget may be."""
_SOME = 100_000
_MANY = 1000
_FEW = 10
"""Fewer things than this are told one by one: no figure of a report."""
_SIZES = frozenset(
    ["km", "meter", "meter persegi", "hektare", "ton", "kg", "kuintal", "liter", "titik"]
)
_COUNTS = frozenset(
    ["orang", "keluarga", "unit", "desa", "kelurahan", "kecamatan", "kasus", "ekor"]
)
_OWN_UNITS = frozenset(
    [
        "desa",
        "kampung",
        "kasus",
        "kecamatan",
        "kelurahan",
        "keluarga",
        "kejadian",
        "kk",
        "kpm",
        "kunjungan",
        "perkara",
        "pohon",
    ]
)
_OWN_NAMES = {
    "kampung": "desa",
    "kejadian": "kasus",
    "kk": "keluarga",
    "kpm": "keluarga",
    "kunjungan": "orang",
    "perkara": "kasus",
}
_GOING_ON = frozenset(
    [
        "atau",
        "dari",
        "dibanding",
        "dibandingkan",
        "sebelumnya",
        "sedangkan",
        "hanya",
        "tumbuh",
        "padahal",
    ]
)


def extract_claims(
    text: str,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    sentences: Sequence[tuple[int, int]],
    context: TagContext,
) -> list[Claim]:
    """The claims of ``text``, left to right; offsets are characters of ``text``."""
    found: list[Claim] = []
    carried = Carried()
    for start, end in sentences:
        if _FIGURE.search(text, start, end):
            sentence = _Sentence(text, start, end, mentions, statements, context, carried)
            found += sentence.claims()
            carried = sentence.carried
        elif (topic := Subjects(text, start, end, ()).topic()) is not None:
            carried = replace(carried, subject=topic, unit=None)
    return found


@dataclass(frozen=True, slots=True)
class Carried:
    """What was measured last, in which unit and of which period: the next sentence may go on
    with it."""

    subject: Subject | None = None
    unit: str | None = None
    period: str | None = None
    end: int = 0


class _Sentence:
    """The figures of one sentence, each with what it measures."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        statements: Sequence[Statement],
        context: TagContext,
        carried: Carried,
    ) -> None:
        self.text, self.context = text, context
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        self.start, self.end = start + lead, start + len(text[start:end].rstrip())
        self.mentions = [m for m in mentions if start <= m.start < end]
        self.statements = [s for s in statements if s.start < end and s.end > start]
        self.figures = figures(text, start, end)
        self.words = load_claim_words()
        self.subjects = Subjects(text, start, end, self.mentions)
        self.periods = list(periods(text, start, end, context.date))
        self.carried = carried
        """What was measured last, for the next sentence."""

    def claims(self) -> list[Claim]:
        """Every figure that is tied to something measured."""
        out: list[Claim] = []
        before: Subject | None = None
        for number, figure in enumerate(self.figures):
            since = self.figures[number - 1].end if number else self.start
            after = self.figures[number + 1 :]
            until = after[0].start if after else self.end
            figure = self._same_unit(figure, after)
            if self._refused(figure, since, until):
                continue
            subject = self._subject(figure, since, until, before)
            if subject is None:
                continue
            if figure.unit is None and not self._counts(figure):
                if out and subject == before:
                    figure = replace(figure, unit=out[-1].unit)
                elif subject.start < self.start:
                    figure = replace(figure, unit=self.carried.unit)
            if not self._measures(figure, subject):
                continue
            before = subject
            out.append(self._claim(figure, subject, since, until, out[-1] if out else None))
            unit = out[-1].unit if out[-1].kind != "change" else self.carried.unit
            told = out[-1] if out[-1].kind != "comparison" else None
            self.carried = Carried(
                subject, unit, told.period if told else self.carried.period, self.end
            )
        return compared(out)

    def _counts(self, figure: Figure) -> bool:
        """Whether a noun that is counted stands behind the figure."""
        behind = self.subjects.behind(figure, self.end)
        return behind is not None and self._counted(behind)

    def _same_unit(self, figure: Figure, after: Sequence[Figure]) -> Figure:
        """``dari 24,5 menjadi 20,1 persen``: the first is percent as well."""
        if figure.unit is not None:
            return figure
        if after and after[0].unit is not None:
            between = self.text[figure.end : after[0].start].strip().lower()
            if between in self.words.arrives:
                return replace(figure, unit=after[0].unit)
        return figure

    def _subject(
        self, figure: Figure, since: int, until: int, before: Subject | None
    ) -> Subject | None:
        behind = self.subjects.behind(figure, until)
        counted = behind is not None and self._counted(behind)
        if figure.unit is None and counted:
            return behind
        named = self.subjects.before(figure, since)
        if named is not None and not self._empty(named):
            return named
        if before is not None and (named is not None or self._goes_on(since, figure)):
            return before
        if figure.unit in _MONEY and (spent := self.subjects.spent_on(figure, until)):
            return spent
        if named is None or figure.unit not in _MONEY:
            clause = self.subjects.of_clause(figure, since)
            if clause is not None and not self._empty(clause):
                return clause
            opening = self.subjects.opening(figure)
            if opening is not None and not self._empty(opening):
                return opening
        if behind is not None and not self._empty(behind) and (figure.unit is not None or counted):
            return behind
        next_one = next((f for f in self.figures if f.start >= until), None)
        if next_one is not None and self.text[figure.end : next_one.start].strip() == "atau":
            shared = self.subjects.behind(next_one, self.end)
            if shared is not None:
                return shared
        if self.carried.subject is not None and self._points_back(figure, since):
            return replace(self.carried.subject, sure=0.7)
        return named

    def _empty(self, subject: Subject) -> bool:
        """Whether the phrase names nothing: ``realisasi``, ``angka itu``, ``tepatnya``."""
        low = [w.low for w in words_of(self.text, subject.start, subject.end)]
        return (
            not low
            or low[0] in self.words.unnamed
            or (len(low) == 1 and low[0] in self.words.empty)
        )

    def _counted(self, subject: Subject) -> bool:
        first = words_of(self.text, subject.start, subject.end)[:2]
        said = [w.low for w in first]
        return bool(
            {said[0], " ".join(said)} & (self.words.people | self.words.things) if said else False
        )

    def _goes_on(self, since: int, figure: Figure) -> bool:
        """``naik 3 poin menjadi 71,2``, ``1.200 rumah atau 45 persen``: one thing measured."""
        between = self.text[since : figure.start]
        words = [w.low for w in words_of(self.text, since, figure.start)]
        if re.search(r"[;?!\n]|\.\s", between) or len(words) > 12:
            return False
        known = self.words
        return not words or any(
            word in known.arrives or word in known.up or word in known.down or word in known.target
            or word in _GOING_ON
            for word in words
        )  # fmt: skip

    def _points_back(self, figure: Figure, since: int) -> bool:
        """Whether nothing but a period, a place or ``angka itu`` stands before the figure."""
        said = self.text[since : figure.start].lower()
        if any_of(self.words.pointing).search(said):
            return True
        if any_of(self.words.empty).search(said) and figure.unit == self.carried.unit:
            return True
        decimal = figure.unit is None and figure.number != int(figure.number)
        return figure.unit in ("persen", "poin") or decimal

    def _refused(self, figure: Figure, since: int, until: int) -> bool:
        """True for what is a price, a distance, guests: a figure of something else."""
        words, text = self.words, self.text
        left = max(text.rfind(mark, self.start, figure.start) for mark in (", ", "; ", ". ")) + 1
        near = text[max(left, since, self.start) : min(until, figure.end + 40)].lower()
        if figure.unit in _MONEY or (figure.unit is None and "harga" in near):
            return figure.number < _LARGE and any_of(words.prices).search(near) is not None
        if figure.unit in _SIZES:
            return any_of(words.sizes).search(near) is not None
        if figure.unit == "persen":
            return any_of(words.shares).search(near) is not None
        if figure.unit in ("tahun", "hari", "kali", None, *_COUNTS):
            following = words_of(text, figure.end, min(figure.end + 30, self.end))[:2]
            before = words_of(text, max(self.start, figure.start - 30), figure.start)[-1:]
            beside = [w.low for w in (*following, *before)]
            if beside and following and following[0].low in words.after:
                return True
            if any(low in words.bystanders for low in beside):
                return True
            if figure.unit in ("tahun", "hari", "kali"):
                said = text[self.start : figure.start].lower()
                return not any(name in said for name in words.timed)
            low = [w.low for w in words_of(text, self.start, self.end)]
            return any(word in words.events for word in low)
        return False

    def _measures(self, figure: Figure, subject: Subject) -> bool:
        words, text = self.words, self.text
        said = [w.low for w in words_of(text, self.start, self.end)]
        if figure.unit is None:
            if is_plain(text, subject, words):
                return True
            if subject.start < figure.start and figure.number >= _MANY:
                return self._noun(figure, subject) is not None
            if figure.number < _FEW:
                return False
            if not self._counted(subject) and subject.start > figure.start:
                return False
            return any(w in words.verbs for w in said)
        if figure.unit in _MONEY:
            return figure.number >= _SOME
        return True

    def _claim(
        self, figure: Figure, subject: Subject, since: int, until: int, before: Claim | None
    ) -> Claim:
        when = period_of(self.text, self.periods, figure.start, figure.end, since, until)
        kind = self._kind(figure, subject, since, when, before)
        period, origin = self._period(when, kind)
        clause = self.text[max(since, self.start) : figure.start].lower()
        negative = any_of(self.words.negative).search(clause) is not None
        said = next((s for s in self.statements if s.start <= figure.start < s.end), None)
        region, stated = self._region(figure)
        return Claim(
            start=self.start,
            end=self.end,
            surface=self.text[self.start : self.end],
            subject=self.text[subject.start : subject.end],
            subject_start=subject.start,
            subject_end=subject.end,
            value=self.text[figure.start : figure.end],
            value_start=figure.start,
            value_end=figure.end,
            number=-figure.number if negative and figure.number > 0 else figure.number,
            unit=figure.unit or self._noun(figure, subject),
            kind=kind,
            period=period,
            period_origin=origin,
            region=region,
            institution=self._institution(figure) or (said.institution if said else None),
            speaker=said.speaker if said else None,
            speaker_id=said.speaker_id if said else None,
            statement=said.kind if said else None,
            method="words" if stated else "words, region of the document",
            confidence=round(subject.sure * _SURE_OF_PERIOD[origin], 2),
        )

    def _period(self, when: Period | None, kind: ClaimKind) -> tuple[str | None, ClaimPeriod]:
        """The figure's own period, else that of the figure before it in the same paragraph."""
        if when is not None:
            return when.value, when.origin
        gap = self.text[self.carried.end : self.start] if self.carried.end else "\n\n"
        if kind in ("reached", "change") and self.carried.period and "\n\n" not in gap:
            return self.carried.period, "carried"
        return None, "unknown"

    def _noun(self, figure: Figure, subject: Subject) -> str | None:
        """What a bare count counts: ``350 puskesmas`` are units, ``412 balita`` people."""
        behind = words_of(self.text, figure.end, self.end)[:2]
        if behind and not self.text[figure.end : behind[0].start].strip():
            said = {behind[0].low, " ".join(w.low for w in behind)}
        else:
            said = set()
        if not said & (self.words.people | self.words.things):
            said = {w.low for w in words_of(self.text, subject.start, subject.end)}
        if said & self.words.people:
            return "orang"
        own = said & _OWN_UNITS
        if own:
            return _OWN_NAMES.get(own := min(own), own)
        return "unit" if said & self.words.things else None

    def _kind(
        self,
        figure: Figure,
        subject: Subject,
        since: int,
        when: Period | None,
        before: Claim | None,
    ) -> ClaimKind:
        words, text = self.words, self.text
        ahead = text[since : figure.start].lower()
        if since <= subject.start < figure.start:  # its own words say nothing of the kind
            ahead = (text[since : subject.start] + " " + text[subject.end : figure.start]).lower()
        if figure.unit == "kali lipat":
            return "change"
        if any_of(words.comparison | words.elsewhere).search(ahead) or _CAME_FROM.search(ahead):
            return "comparison"
        aimed = [m.start() for m in any_of(words.target | words.demanded).finditer(ahead)]
        done = [m.start() for m in any_of(words.reached).finditer(ahead)]
        if aimed and not (done and done[-1] > aimed[-1]):
            return "target"
        moved = [m.start() for m in any_of(words.up | words.down).finditer(ahead)]
        arrived = [m.start() for m in any_of(words.arrives).finditer(ahead)]
        if moved and not (arrived and arrived[-1] > moved[-1]):
            return "change"
        name = [w.low for w in words_of(text, subject.start, subject.end)]
        if re.search(r"\btumbuh\b", ahead) and name[0] not in ("ekonomi", "perekonomian"):
            return "change"
        if figure.unit == "poin" and not is_plain(text, subject, words):
            return "change"
        if done:
            return "reached"
        whole = text[self.start : self.end].lower()
        if name[0] in words.planned and not any_of(words.spent).search(whole):
            return "target"
        if when is not None and self.context.date and when.value[:4] > self.context.date[:4]:
            return "target"
        if (
            before is not None
            and before.kind == "target"
            and re.match(r"\s*(?:,|dan\b|serta\b|,\s*dan\b)", ahead)
        ):
            return "target"
        return "reached"

    def _region(self, figure: Figure) -> tuple[str | None, bool]:
        """The region the sentence names nearest the figure, else the document's."""
        near = sorted(
            (m for m in self.mentions if m.label == "LOC"),
            key=lambda m: min(abs(m.start - figure.start), abs(m.end - figure.start)),
        )
        for mention in near:
            if region_code(mention.surface) is not None:
                return mention.surface, True
        return self.context.region, False

    def _institution(self, figure: Figure) -> str | None:
        named = [m for m in self.mentions if m.label == "ORG"]
        return named[0].surface if len(named) == 1 else None


def compared(claims: Sequence[Claim]) -> list[Claim]:
    """Of one thing measured twice in a sentence, the earlier figure is what the later one is
    compared to; so is that of another region."""
    out = list(claims)
    for at, one in enumerate(out):
        if one.kind != "reached":
            continue
        for other in (*out[:at], *out[at + 1 :]):
            same = other.subject_start == one.subject_start and other.unit == one.unit
            earlier = bool(one.period and other.period and one.period < other.period)
            if other.kind == "reached" and same and earlier:
                out[at] = replace(one, kind="comparison")
    return out


for _name in ("kb_claims",):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=[])


@Language.component("kb_claims")
def kb_claims(doc: Doc) -> Doc:
    """Write ``doc._.kb_claims`` from the text, its mentions and statements."""
    text = text_of(doc)
    context = cast("TagContext", doc._.kb_context or TagContext())
    if is_planning_page(text, context):
        doc._.kb_claims = []  # tables are read as indicators
        return doc
    if context.region is None and doc._.kb_memory is not None and doc._.kb_memory.region:
        place = authority.load().place(doc._.kb_memory.region)
        context = replace(context, region=place.name if place else None)
    doc._.kb_claims = extract_claims(
        text,
        cast("Sequence[Mention]", doc._.kb_mentions or ()),
        cast("Sequence[Statement]", doc._.kb_statements or ()),
        sentence_spans(doc),
        context,
    )
    return doc
