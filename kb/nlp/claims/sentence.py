"""The figures of one sentence, each with what it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.authority.claims import any_of
from kb.model import Claim, ClaimKind, ClaimPeriod, Mention, Statement, TagContext
from kb.nlp.claims.counted import MONEY, is_counted, is_refused, unit_of_noun
from kb.nlp.claims.figures import Figure
from kb.nlp.claims.kinds import Told, compared, is_negative, kind_of, later
from kb.nlp.claims.naming import Carried, Naming
from kb.nlp.claims.periods import Carrying, Period, carried, is_of_same, period_of, periods
from kb.nlp.claims.subjects import Subject
from kb.nlp.claims.words import words_of
from kb.nlp.regions import region_code

_FROM_WHOLE = re.compile(
    r"\bdari\s+(?:(?:total|jumlah|sekitar|kebutuhan|rencana|target|sasaran|usulan|kuota)\s+)*\Z"
)
_ONLY = re.compile(
    r",\s*(?:(?:kami|kita)\s+)?(?:baru|hanya|cuma|sudah|sebanyak|ada|masih|yang\s+\w+|tinggal)?"
    r"\s*(?:punya|memiliki|ada)?\s*\Z",
    re.IGNORECASE,
)
_SURE_OF_PERIOD = {"stated": 1.0, "document": 0.95, "carried": 0.8, "unknown": 0.8}
"""How sure a claim is, by where its period comes from. Set by hand; no command measured it."""
_MOST_SHARE = 150
"""Persen: more than all there are is a count (gross enrolment may pass 100)."""
_SOME = 100_000
"""Less money is a price, whatever stands beside it."""
_MANY = 1000
_FEW = 10
"""Fewer things than this are told one by one: no figure of a report."""


class SentenceFigures(Naming):
    """The figures of one sentence, each with what it measures."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        statements: Sequence[Statement],
        context: TagContext,
        before: Carried,
    ) -> None:
        super().__init__(text, start, end, mentions, before)
        self.context = context
        self.statements = [s for s in statements if s.start < end and s.end > start]
        self.periods = list(periods(text, start, end, context.date))
        self.carried = before
        """What was measured last, for the next sentence."""

    def claims(self) -> list[Claim]:
        """Every figure that is tied to something measured."""
        out: list[Claim] = []
        before: Subject | None = None
        for number, figure in enumerate(self.figures):
            since = self.figures[number - 1].end if number else self.start
            after = self.figures[number + 1 :]
            until = after[0].start if after else self.end
            figure = self._same_unit(figure, after, out[-1] if out else None)
            if is_refused(
                self.text, self.start, self.end, figure, since, until,
                bool(self.periods) or self.before.report,
            ):  # fmt: skip
                continue
            figure = self._with_noun(figure, since, until, before)
            subject = self._subject(figure, since, until, before)
            if out and self._part_of(figure, out[-1], since):
                subject = Subject(out[-1].subject_start, out[-1].subject_end, 0.75)
                figure = replace(figure, unit=out[-1].unit, counts=True)
            if subject is None:
                continue
            figure = self._inherited(figure, subject, before, out)
            if not self._measures(figure, subject):
                continue
            before = subject
            out.append(self._claim(figure, subject, since, until, out))
        if out:
            out = compared(later(out, self.text), self.before.last, self.context.date)
            self._carry(out, before)
        return out

    def _part_of(self, figure: Figure, whole: Claim, since: int) -> bool:
        """``dari 65 puskesmas, 40 sudah berstatus BLUD``: the part of what was counted."""
        if figure.unit is not None or figure.number >= whole.number or self._counts(figure):
            return False
        ahead = self.text[max(self.start, whole.value_start - 30) : whole.value_start].lower()
        between = self.text[since : figure.start]
        return _FROM_WHOLE.search(ahead) is not None and _ONLY.search(between) is not None

    def _with_noun(self, figure: Figure, since: int, until: int, before: Subject | None) -> Figure:
        """``backlog RTLH tinggal 11.980 rumah``: the noun belongs to the value where what is
        measured stands before it."""
        if figure.unit is not None or figure.counts:
            return figure
        behind, named = self.subjects.behind(figure, until), self.subjects.before(figure, since)
        if behind is None or not is_counted(self.text, behind):
            return figure
        if " " in self.text[behind.start : behind.end]:
            return figure
        tied = named is not None and self.subjects.is_tied(named, figure)
        on = named is None and before is not None and self._arrives(since, figure)
        if not on and (named is None or not tied or self._empty(named)):
            return figure
        unit = unit_of_noun(self.text, figure, behind, self.end)
        return replace(figure, end=behind.end, unit=unit)

    def _carry(self, out: list[Claim], subject: Subject | None) -> None:
        told = [claim for claim in out if claim.kind != "comparison"]
        told = [claim for claim in told if claim.kind != "target"] or told
        period = told[-1].period if told else self.before.period
        if told and told[-1].kind == "target" and self.before.period is not None:
            period = self.before.period
        if period is None and self.before.report:
            period = self.before.period
        units = [claim.unit for claim in out if claim.kind != "change"]
        unit = units[-1] if units else self.before.unit
        by_unit = dict(self.before.by_unit)
        for claim in out:
            if claim.unit is not None:
                by_unit[claim.unit] = Subject(claim.subject_start, claim.subject_end, 0.7)
        first = Subject(out[0].subject_start, out[0].subject_end, 0.7)
        self.carried = Carried(
            subject, unit, period, self.end, self.before.report, (told or out)[-1], first,
            tuple(by_unit.items()),
        )  # fmt: skip

    def _inherited(
        self, figure: Figure, subject: Subject, before: Subject | None, out: list[Claim]
    ) -> Figure:
        """A bare number behind another one of the same thing has its unit."""
        if figure.unit is not None or self._counts(figure):
            return figure
        if self._is_share(figure, subject):
            return replace(figure, unit="persen")
        if out and self._among(figure):
            return replace(figure, unit=out[-1].unit)
        first = words_of(self.text, subject.start, subject.end)[:1]
        pointing = bool(first) and first[0].low.endswith("nya")
        moved = bool(out) and out[-1].kind == "change" and self._plain(subject)
        if moved:
            return figure  # "NTP turun 0,42 persen menjadi 113,7"
        if out and (subject == before or (pointing and not self._plain(subject))):
            return replace(figure, unit=out[-1].unit)
        if subject.start < self.start:
            return replace(figure, unit=self.before.unit)
        return figure

    def _is_share(self, figure: Figure, subject: Subject) -> bool:
        """``TPT di bawah 6``: what is measured in persen, whatever is said."""
        words = self.words
        low = " ".join(w.low for w in words_of(self.text, subject.start, subject.end))
        return (
            low in words.share_heads
            and 0 <= figure.number <= _MOST_SHARE
            and subject.start < figure.start
            and self.subjects.is_tied(subject, figure)
        )

    def _counts(self, figure: Figure) -> bool:
        """Whether a noun that is counted stands behind the figure."""
        behind = self.subjects.behind(figure, self.end)
        return behind is not None and is_counted(self.text, behind)

    def _same_unit(self, figure: Figure, after: Sequence[Figure], before: Claim | None) -> Figure:
        """``dari 24,5 menjadi 20,1 persen``: the first is percent as well; ``4,2 ton per hektare
        dari sebelumnya 3,1 ton``: so is the second ton per hektare."""
        if (
            before is not None
            and figure.unit
            and (before.unit or "").startswith(f"{figure.unit} per ")
        ):
            return replace(figure, unit=before.unit)
        if figure.unit is not None:
            return figure
        if after and after[0].unit is not None:
            between = self.text[figure.end : after[0].start].strip().lower()
            if between in self.words.arrives:
                return replace(figure, unit=after[0].unit)
        return figure

    def _measures(self, figure: Figure, subject: Subject) -> bool:
        text = self.text
        if text[subject.start : subject.end].lower().split(" ")[0] in self.words.wages:
            return False
        if figure.unit in MONEY:
            return figure.number >= _SOME
        if figure.unit is not None:
            return True
        if self._plain(subject):
            return True
        if figure.number != int(figure.number) and subject.start < figure.start:
            return self.subjects.is_tied(subject, figure)  # "tingkat kepuasan mencapai 86,7"
        noun = unit_of_noun(text, figure, subject, self.end)
        if noun is None:
            return False
        if noun == "medali" or figure.counts or self._of_deaths(figure, subject):
            return True
        if self._moved(figure):
            return True
        counted = is_counted(text, subject)
        if figure.number >= _MANY and (subject.start < figure.start or counted):
            return True
        if figure.number < _FEW:
            return False
        if not counted and subject.start > figure.start:
            return False
        if counted and self.before.last is not None and self._bare_ahead(self.start, figure):
            return True  # "Tahun lalu hanya 80 ruas"
        told = self.words.verbs | self.words.target | self.words.spending
        return any(w.low in told for w in words_of(text, self.start, self.end))

    def _of_deaths(self, figure: Figure, subject: Subject) -> bool:
        """Few deaths are a figure too."""
        following = words_of(self.text, figure.end, self.end)[:1]
        named = words_of(self.text, subject.start, subject.end)[:1]
        return any(w.low in ("kematian", "korban") for w in (*following, *named))

    def _moved(self, figure: Figure) -> bool:
        """``KPM BLT menyusut dari 62 menjadi 35``: small as it is, it was counted twice."""
        at = next((n for n, f in enumerate(self.figures) if f.end == figure.end), None)
        if at is None:
            return False
        for one, two in ((at, at + 1), (at - 1, at)):
            if not 0 <= one < two < len(self.figures):
                continue
            between = self.text[self.figures[one].end : self.figures[two].start].strip().lower()
            ahead = self.text[
                max(self.start, self.figures[one].start - 12) : self.figures[one].start
            ]
            if between in self.words.arrives and _FROM_WHOLE.search(ahead.lower()):
                return True
        return False

    def _claim(
        self, figure: Figure, subject: Subject, since: int, until: int, out: list[Claim]
    ) -> Claim:
        text, before = self.text, out[-1] if out else None
        when = period_of(text, self.periods, figure.start, figure.end, since, until)
        said = next((s for s in self.statements if s.start <= figure.start < s.end), None)
        region, stated = self._region(figure)
        kind = kind_of(
            Told(
                text, self.start, self.end, figure, subject, since, when, before, self.context.date
            )
        )
        if kind == "reached" and subject.start < self.start and self._wider(region, stated):
            kind = "comparison"
        period, origin = self._period(when, kind, figure, subject, since, until, out)
        negative = is_negative(text[max(since, self.start) : figure.start])
        decimal = figure.number != int(figure.number)
        index = figure.unit is None and (self._plain(subject) or decimal)
        unit = "poin" if index else figure.unit or unit_of_noun(text, figure, subject, self.end)
        return Claim(
            start=self.start,
            end=self.end,
            surface=text[self.start : self.end],
            subject=text[subject.start : subject.end],
            subject_start=subject.start,
            subject_end=subject.end,
            value=text[figure.start : figure.end],
            value_start=figure.start,
            value_end=figure.end,
            number=-figure.number if negative and figure.number > 0 else figure.number,
            unit=unit,
            kind=kind,
            period=period,
            period_origin=origin,
            region=region,
            institution=self._institution() or (said.institution if said else None),
            speaker=said.speaker if said else None,
            speaker_id=said.speaker_id if said else None,
            statement=said.kind if said else None,
            method="words" if stated else "words, region of the document",
            confidence=round(subject.sure * _SURE_OF_PERIOD[origin], 2),
        )

    def _period(
        self, when: Period | None, kind: ClaimKind, figure: Figure, subject: Subject,
        since: int, until: int, out: list[Claim],
    ) -> tuple[str | None, ClaimPeriod]:  # fmt: skip
        """The figure's own period, else that of the figure before it of the same count."""
        if when is not None:
            if kind == "target" and when.end <= since:
                past = when.value[:4] < (self.context.date or "")[:4]
                if past and not is_of_same(self.text[since : figure.start]):
                    return None, "unknown"  # "tahun lalu 71 persen, kita ingin 75 persen"
                return when.value[:4], when.origin  # "hingga Juni 39 persen dari target": a year's
            return when.value, when.origin
        dated = [c for c in out if c.kind != "comparison" and c.period is not None]
        told = [c.period for c in dated if c.kind != "target"] or [c.period for c in dated]
        named = self.text[subject.start : subject.end].lower()
        clause = self.text[since : figure.start]
        goes_on = (
            subject.start < self.start
            or any(word.endswith("nya") for word in named.split()[:2])
            or any_of(self.words.goes_on).search(self.text[self.start : until]) is not None
        )  # fmt: skip
        known = Carrying(
            told[-1] if told else None, self.before.period, self.before.report, goes_on, named
        )
        period = carried(clause, kind, known)
        return period, "carried" if period is not None else "unknown"

    def _wider(self, region: str | None, stated: bool) -> bool:
        """Whether the figure is of a region around the document's own."""
        if not stated or region is None or self.context.region is None:
            return False
        code, own = region_code(region), region_code(self.context.region)
        return code is not None and own is not None and own != code and own.startswith(code)

    def _region(self, figure: Figure) -> tuple[str | None, bool]:
        """The region named last before the figure, else first behind it in its clause, else the
        document's: a region in the next clause is another figure's."""
        named = [m for m in self.mentions if m.label == "LOC" and region_code(m.surface)]
        ahead = [m for m in named if m.end <= figure.start]
        behind = [
            m
            for m in named
            if m.start >= figure.end and self._same_clause(self.text[figure.end : m.start])
        ]
        for mention in (*ahead[-1:], *behind[:1]):
            return mention.surface, True
        return self.context.region, False

    def _same_clause(self, between: str) -> bool:
        low = between.lower()
        return not (set(",;") & set(low)) and any_of(self.words.clauses).search(low) is None

    def _institution(self) -> str | None:
        named = [m for m in self.mentions if m.label == "ORG"]
        return named[0].surface if len(named) == 1 else None
