"""Which name of something measured a figure belongs to: of the sentence, or of the text before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.authority.claims import any_of, load_claim_words
from kb.model import Claim, Mention
from kb.nlp.claims.counted import MONEY, is_counted, is_plain
from kb.nlp.claims.figures import Figure, figures
from kb.nlp.claims.subjects import Subject, Subjects
from kb.nlp.claims.words import words_of

_MOST_WORDS_ON = 12
"""Words between two figures of one thing."""
_GOING_ON = frozenset(
    ["alias", "atau", "dari", "dibanding", "dibandingkan", "sebelumnya", "sedangkan", "hanya",
     "tumbuh", "padahal", "semula", "setara", "sekitar"]
)  # fmt: skip
_WE = frozenset(["kami", "kita"])
_AMONG = re.compile(r"\s+di\s?antaranya\b", re.IGNORECASE)
_AND = frozenset(["dan", "serta", "maupun", "sedangkan", "sementara"])
_THEN = _AND | {"tapi", "tetapi", "namun", "yang", "baru"}
_REST = frozenset(["sisa", "seluruh", "semua"])
_DEGREE = frozenset(
    ["ada", "baru", "cuma", "hanya", "hingga", "masih", "pada", "per", "sampai", "sedikitnya",
     "selama", "sepanjang", "sudah", "total", "tinggal"]
)  # fmt: skip
_OR = frozenset(["atau", "dan", "maupun"])


@dataclass(frozen=True, slots=True)
class Carried:
    """What was measured last, in which unit and of which period: the next sentence may go on
    with it."""

    subject: Subject | None = None
    unit: str | None = None
    period: str | None = None
    end: int = 0
    report: bool = False
    """Whether the text is about one period throughout."""
    last: Claim | None = None
    first: Subject | None = None
    """What the sentence before measured first."""
    by_unit: tuple[tuple[str, Subject], ...] = ()
    """What was measured last in each unit."""


class Naming:
    """Finds what each figure of one sentence measures."""

    def __init__(
        self, text: str, start: int, end: int, mentions: Sequence[Mention], before: Carried
    ) -> None:
        self.text = text
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        self.start, self.end = start + lead, start + len(text[start:end].rstrip())
        self.mentions = [m for m in mentions if start <= m.start < end]
        self.figures = figures(text, start, end)
        self.words = load_claim_words()
        self.subjects = Subjects(text, start, end, self.mentions)
        self.before = before

    def _subject(
        self, figure: Figure, since: int, until: int, before: Subject | None
    ) -> Subject | None:
        behind = self.subjects.behind(figure, until)
        counted = behind is not None and is_counted(self.text, behind)
        named = self.subjects.before(figure, since)
        if figure.unit is None and counted:
            return behind
        if behind is not None and not self._empty(behind) and self._starts(figure, since, behind):
            return behind
        if named is not None and not self._empty(named):
            return named
        if figure.unit == "persen" and behind is not None and self._is_head(behind):
            return behind  # "desa kita 100% ODF"
        if before is not None and (named is not None or self._goes_on(since, figure)):
            return before
        if figure.unit in MONEY and (spent := self.subjects.spent_on(figure, until)):
            return spent
        if figure.unit not in (None, "persen", "poin", *MONEY):
            given = self.subjects.object_of(figure, since) or self.subjects.doer(figure)
            if given is not None and not self._empty(given):
                return given
        if self._asks_for_earlier(figure, since):
            return self._earlier(figure, since)
        if named is None or figure.unit not in MONEY:
            for found in (self.subjects.of_clause(figure, since), self.subjects.opening(figure)):
                if found is not None and not self._empty(found):
                    return found
        if behind is not None and not self._empty(behind) and (figure.unit is not None or counted):
            return behind
        shared = self._shared(figure, until)
        if shared is not None:
            return shared
        if self.before.subject is not None and self._points_back(figure, since):
            return before if before is not None else self._earlier(figure, since)
        if figure.unit in ("orang", "keluarga", "desa", "kecamatan"):
            return self.subjects.said_of(figure, until)
        return named if named is not None and not self._empty(named) else None

    def _is_head(self, subject: Subject) -> bool:
        first = words_of(self.text, subject.start, subject.end)[:1]
        return bool(first) and first[0].low in self.words.heads

    def _plain(self, subject: Subject) -> bool:
        return is_plain(self.text, subject, self.words)

    def _among(self, figure: Figure) -> bool:
        return _AMONG.match(self.text, figure.end, self.end) is not None

    def _starts(self, figure: Figure, since: int, behind: Subject) -> bool:
        """Whether the figure opens its noun phrase: ``34 di antaranya rusak``, ``rumah terendam
        dan 230 jiwa mengungsi``, ``mencatat 87 kasus pencurian``."""
        if self._among(figure):
            return True
        ahead = [w.low for w in words_of(self.text, since, figure.start)][-1:]
        if figure.unit in ("orang", "keluarga", "kasus") and ahead:
            told = ahead[0] in self.words.verbs or ahead[0] in self.words.telling
            return ahead[0] in _AND or (figure.unit == "kasus" and told)
        return False

    def _shared(self, figure: Figure, until: int) -> Subject | None:
        """``36 atau 51 persen balita``: one noun behind two figures."""
        next_one = next((f for f in self.figures if f.start >= until), None)
        if next_one is None or self.text[figure.end : next_one.start].strip().lower() not in _OR:
            return None
        return self.subjects.behind(next_one, self.end)

    def _empty(self, subject: Subject) -> bool:
        """Whether the phrase names nothing: ``realisasi``, ``angka itu``, ``tepatnya``."""
        low = [w.low for w in words_of(self.text, subject.start, subject.end)]
        if len(low) > 1 and low[0] in _REST and low[1] in self.words.heads:
            return False  # "sisa utang daerah"
        if len(low) > 1 and " ".join(low[:2]) in self.words.heads:
            return False  # "cetak sawah"
        return (
            not low
            or (len(low) == 1 and len(low[0]) == 1)
            or low[0] in self.words.unnamed
            or (len(low) == 1 and low[0] in self.words.empty)
        )

    def _goes_on(self, since: int, figure: Figure) -> bool:
        """``naik 3 poin menjadi 71,2``, ``1.200 rumah atau 45 persen``: one thing measured."""
        between = self.text[since : figure.start]
        words = [w.low for w in words_of(self.text, since, figure.start)]
        if re.search(r"[;?!\n]|\.\s", between) or len(words) > _MOST_WORDS_ON:
            return between[:1] == ";" and not words  # "2023 21,3%; 2024 18,9%"
        known = self.words
        joins = [w for w in self.subjects.words if since <= w.start and w.end <= figure.start]
        said = {w.low for w in joins}
        if said & known.spent and all(
            self.subjects.joins(w) or w.low in known.spent or w.low in _THEN for w in joins
        ):
            return True  # "Dana desa Rp 1 miliar dan sudah terserap 97 persen"
        return all(self.subjects.joins(w) for w in joins) or any(
            word in known.arrives or word in known.up or word in known.down or word in known.target
            or word in _GOING_ON
            for word in words
        )  # fmt: skip

    def _arrives(self, since: int, figure: Figure) -> bool:
        """``bertambah 1.120 sambungan menjadi 24.530 sambungan``."""
        return self.text[since : figure.start].strip().lower() in self.words.arrives

    def _bare_ahead(self, since: int, figure: Figure) -> bool:
        """Whether only a period and words of degree stand before the figure: ``Sampai bulan
        Maret sudah Rp 1,2 T``, ``Total ada 512 kejadian``."""
        words = [w for w in self.subjects.words if since <= w.start and w.end <= figure.start]
        return bool(words) and all(
            self.subjects.joins(w) or w.low in _DEGREE or w.low in self.words.target for w in words
        )

    def _asks_for_earlier(self, figure: Figure, since: int) -> bool:
        """``target tahun ini Rp 30 triliun``: a word that is empty without what went before."""
        if self.before.subject is None or figure.unit is None:
            return False
        said = [w.low for w in words_of(self.text, since, figure.start)]
        while said and said[-1] in self.words.links | {"tahun", "ini", "sebesar", "sebanyak"}:
            said.pop()
        return bool(said) and (
            said[-1] in self.words.empty or said[-1] in ("target", "targetnya", "kita", "kami")
        ) and self._like_before(figure)  # fmt: skip

    def _like_before(self, figure: Figure) -> bool:
        earlier = self.before.unit
        return earlier in (None, figure.unit) or (earlier in MONEY and figure.unit in MONEY)

    def _earlier(self, figure: Figure, since: int) -> Subject | None:
        """What the text was about: ``angka itu`` is the first figure of the sentence before, a
        share the last thing that was measured in shares."""
        said = self.text[since : figure.start].lower()
        found = self.before.subject
        if any_of(self.words.pointing).search(said) and self.before.first is not None:
            found = self.before.first
        elif figure.unit is not None and not self._like_before(figure):
            found = dict(self.before.by_unit).get(figure.unit, found)
        return replace(found, sure=0.7) if found is not None else None

    def _points_back(self, figure: Figure, since: int) -> bool:
        """Whether nothing but a period, a place or ``angka itu`` stands before the figure."""
        said = self.text[since : figure.start].lower()
        if any_of(self.words.pointing).search(said):
            return True
        fits = self.before.unit is None or self._like_before(figure) or "total" in said
        if figure.unit is not None and fits and self._bare_ahead(since, figure):
            return True
        if figure.unit is not None and figure.unit == self.before.unit:
            cue = any_of(self.words.empty, self.words.up, self.words.down, _WE)
            if cue.search(said) is not None:
                return True
        decimal = figure.unit is None and figure.number != int(figure.number)
        return figure.unit in ("persen", "poin") or decimal
