"""What a figure measures: the noun phrase before it (``angka stunting``) or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb.authority.calendar import load_calendar
from kb.authority.claims import load_claim_words
from kb.model import Mention
from kb.nlp.claims.figures import Figure
from kb.nlp.claims.words import Word, words_of

_BREAK = re.compile(r"[,;:()\"“”?!|\n=]|\.(?=\s|$)")
_HARD = re.compile(r"[;\"“”?!|\n]|\.(?=\s|$)")
_VERB = re.compile(
    r"(?!(?:meninggal|mengungsi|menganggur|menular|mengajar|merokok|menikah|melahirkan|melaut"
    r"|membaik|memadai|mandiri|menengah|medali|mesin|media|meter|direktur|dinas|disabilitas|distrik"
    r"|digital|dividen)\Z)(?:me(?:m|n|ng|ny)?|di)[a-z]{4,}\Z"
)
"""An active or passive verb: what is measured does not reach over it. Those that say what
somebody is or does by himself qualify a noun (``korban meninggal``)."""
_MOST_WORDS = 9
"""Words in the name of what is measured: the longest of ``indicators.toml`` has nine."""
_MOST_BETWEEN = 6
"""Words that are neither links nor names between what is measured and its value."""
_LONGEST_HEAD = 3
CLITIC = re.compile(r"(?:nya|ku|mu)\Z")
_NO_PREDICATE = frozenset(
    ["adalah", "agar", "akibat", "atau", "bagi", "bahwa", "dan", "dari", "dengan", "di", "hingga",
     "ini", "itu", "karena", "ke", "kepada", "lagi", "melalui", "oleh", "pada", "per", "sampai",
     "sebelumnya", "selama", "serta", "tahun", "tersebut", "untuk", "yaitu", "yakni", "dibanding",
     "dibandingkan", "lebih", "atas", "secara", "saja"]
)  # fmt: skip
"""Words behind a figure that open neither the name nor the predicate of what it counts."""
_SMALL = frozenset(["dan", "serta", "atau", "para", "yang", "di", "ke", "dari", "untuk", "oleh"])

_BETWEEN = frozenset(
    ["terkontraksi", "terkumpul", "cuma", "malah", "akhir", "awal", "pertengahan", "tahun", "bulan",
     "triwulan", "semester", "kuartal", "i", "ii", "iii", "iv", "per", "nya", "sepanjang", "selama",
     "berjalan", "depan", "ini", "lalu", "anggaran", "kemarin", "kisaran", "angka", "sebesar"]
)  # fmt: skip
"""Of a period, or a hasty writer's: they may stand between what is measured and its value."""

_OF = frozenset(["terhadap", "dari", "untuk"])
"""Between two names of things measured: the first is measured."""
_ADVERBS = frozenset(["yang", "sudah", "telah", "baru", "masih", "belum", "akan", "juga", "kini"])
_HAVING = frozenset(["memiliki", "mempunyai", "punya", "menerima", "mendapat", "masuk", "belum"])
"""Verbs that say nothing without their object."""
_SAYS_NOTHING = frozenset(
    ["ada", "berbeda", "menjadi", "terdapat", "terdiri", "terjadi", "tersebar", "tersebut"]
)
"""Verbs that are no quality of those that are counted."""
_WHEN = frozenset(["di", "pada", "tahun", "kini", "saat", "hingga", "sampai", "per"])
_PARTS = frozenset(["triwulan", "kuartal", "semester", "bulan"])


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured; offsets are the text's."""

    start: int
    end: int
    sure: float
    """From 0 to 1: how plainly the text ties the figure to it."""


@cache
def _openers() -> frozenset[str]:
    """First words of the names of what is measured."""
    return frozenset(head.split()[0] for head in load_claim_words().heads)


class Subjects:
    """Finds what the figures of one sentence measure."""

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> None:
        self.text, self.start, self.end = text, start, end
        self.known = load_claim_words()
        self.words = words_of(text, start, end)
        self._named = [
            (m.start, m.end)
            for m in mentions
            if start <= m.start < end and m.surface.lower() not in self.known.heads
        ]

    def named(self, place: int) -> bool:
        """Whether a name covers the character at ``place``."""
        return any(s <= place < e for s, e in self._named)

    def before(self, figure: Figure, since: int) -> Subject | None:
        """The nearest name of something measured between ``since`` and the figure."""
        words = [w for w in self.words if since <= w.start and w.end <= figure.start]
        base = since > self.start and bool(words) and words[0].low in ("dari", "terhadap")
        for place in range(len(words) - 1, 1 if base else -1, -1):
            size = self._head_at(words, place)
            if not size or self._of_what_stands_before(words, place):
                continue
            first = self._leftmost(words, self._before_bracket(words, place))
            last = self._rightmost(words, place + size - 1)
            between = self._between(words[last + 1 :], words[last].end, figure.start)
            if between is None:
                return None
            stop = words[last].end
            if "(" in self.text[words[first].start : stop] and self.text[stop : stop + 1] == ")":
                stop += 1
            return Subject(words[first].start, stop, 1.0 if between <= 3 else 0.85)
        return None

    def _of_what_stands_before(self, words: Sequence[Word], place: int) -> bool:
        """``belanja modal yang realisasinya hanya 29 persen``: not the realisation is named."""
        if place < 2 or words[place - 1].low != "yang" or not words[place].low.endswith("nya"):
            return False
        ahead = range(max(0, place - 5), place - 1)
        return words[place].low in self.known.empty and any(
            self._head_at(words, at) for at in ahead
        )

    def _before_bracket(self, words: Sequence[Word], place: int) -> int:
        """``Tingkat pengangguran terbuka (TPT)``: the head of what the abbreviation stands for."""
        if not place or self.text[words[place - 1].end : words[place].start].strip() != "(":
            return place
        for at in range(place - 1, max(place - _MOST_WORDS, -1), -1):
            if words[at].low in self.known.ends or self.named(words[at].start):
                break
            if self._head_at(words, at):
                return at
        return place

    def of_clause(self, figure: Figure, since: int) -> Subject | None:
        """The noun phrase that opens the figure's clause: ``Penyelesaian perkara mencapai ...``.

        A phrase set off by commas that only says who speaks (``, sambungnya,``) is passed over.
        """
        words = [w for w in self.words if since <= w.start and w.end <= figure.start]
        at = len(words)
        while at and (self.joins(words[at - 1]) or words[at - 1].low == "dari"):
            at -= 1  # back over the links between subject and value
        if not at:
            return None
        stop = at
        gap_end = words[at].start if at < len(words) else figure.start
        between = self.text[words[at - 1].end : gap_end]
        if _HARD.search(between) or ("," in between and not self._aside(words[at - 1])):
            return None
        if "," in between:  # over the aside, to the word before it
            comma = self.text.rfind(",", self.start, words[at - 1].start)
            while at and words[at - 1].start > comma:
                at -= 1
            stop = at
            if not at:
                return None
        first = stop
        relative = next(
            (n for n in range(stop - 1, max(stop - _MOST_WORDS, 0), -1) if words[n].low == "yang"),
            None,
        )
        if relative is not None and not _BREAK.search(
            self.text[words[relative - 1].end : words[stop - 1].end]
        ):
            first = relative  # "rumah yang dibangun tahun ini 160 unit"
        while first and stop - first < _MOST_WORDS:
            word = words[first - 1]
            gap = self.text[word.end : words[first].start] if first < stop else ""
            if _BREAK.search(gap) or re.search(r"\d", gap):
                break
            if word.low in self.known.clauses or word.low in self.known.telling:
                break
            if self.named(word.start) or word.low in self.known.up | self.known.down:
                break
            if word.low in ("ia", "kami", "kita", "dia", "bahwa", "ini", "itu") or _VERB.match(
                word.low
            ):
                break
            first -= 1
        while first < stop and (words[first].low in _SMALL or words[first].low in self.known.links):
            first += 1
        last = first
        for place in range(first, stop):
            if relative is not None and place <= relative + 1:
                last = place
                continue
            if words[place].low in _WHEN:
                break
            last = place
        if first >= stop:
            return None
        return Subject(words[first].start, words[last].end, 0.8)

    def topic(self) -> Subject | None:
        """What the sentence is about: the first name of something measured in it."""
        for place in range(len(self.words)):
            size = self._head_at(self.words, place)
            if size:
                last = self._rightmost(self.words, place + size - 1)
                return Subject(self.words[place].start, self.words[last].end, 0.7)
        return None

    def opening(self, figure: Figure) -> Subject | None:
        """The phrase before the first comma: ``Guru bersertifikat, target 2.900 orang``."""
        comma = self.text.find(",", self.start, figure.start)
        first = next((w for w in self.words), None)
        if comma < 0 or first is None or self.named(first.start):
            return None
        words = [w for w in self.words if w.end <= comma]
        while len(words) > 1 and words[-1].low in self.known.up | self.known.down:
            words.pop()  # "KPM BLT menyusut, dari 62 menjadi 35"
        comma = words[-1].end if words else comma
        head = self.text[first.start : comma]
        if re.search(r"\d", head) or any(self.named(w.start) for w in words):
            return None
        if _HARD.search(head) or not 0 < len(words) <= _MOST_WORDS:
            return None
        if words[0].low in self.known.clauses:
            return None
        if any(w.low in self.known.telling or _VERB.match(w.low) for w in words):
            return None
        return Subject(first.start, comma, 0.75)

    def behind(self, figure: Figure, until: int) -> Subject | None:
        """The counted or measured noun phrase right behind the figure."""
        words = [w for w in self.words if w.start >= figure.end and w.end <= until]
        if not words or self.text[figure.end : words[0].start].strip():
            return None
        at = 0
        if [w.low for w in words[:2]] == ["di", "antaranya"]:
            at = 2
            while at < len(words) and words[at].low in self.known.ends:
                at += 1  # "di antaranya sudah harus punya sertifikat"
        elif words[0].low in ("yang", "lebih", "diantaranya"):
            at = 1
        elif words[0].low in ("baru", "positif", "aktif") and figure.unit == "kasus":
            at = 1  # "2.016 kasus baru TBC"
        elif words[0].low == "dari" and not re.search(r"\d", self.text[figure.start : figure.end]):
            at = 1  # "separuh dari pasar tradisional"
        if at == len(words) or words[at].low in self.known.clauses:
            return None
        if not at and words[0].low in _NO_PREDICATE:
            return None
        if _BREAK.search(self.text[figure.end : words[at].start]):
            return None
        last = self._rightmost(words, at)
        return Subject(words[at].start, words[last].end, 0.8)

    def object_of(self, figure: Figure, since: int) -> Subject | None:
        """What is done to those that are counted: ``menyalurkan bansos sembako kepada 14.302
        keluarga`` says how many got it."""
        words = [w for w in self.words if since <= w.start and w.end <= figure.start]
        if len(words) < 3 or words[-1].low not in ("kepada", "untuk", "bagi", "ke", "pada", "di"):
            return None
        for place in range(len(words) - 3, -1, -1):
            if not _VERB.match(words[place].low) and words[place].low not in self.known.verbs:
                continue
            if words[place + 1].low in self.known.ends or self.named(words[place + 1].start):
                continue
            if words[place + 1].low in self.known.clauses or words[place].low in self.known.telling:
                return None
            last = self._rightmost(words, place + 1)
            return Subject(words[place + 1].start, words[last].end, 0.75)
        if words[-2].low.startswith("di") and _VERB.match(words[-2].low):
            clause = [w for w in self.words if w.end <= words[-2].start]
            if clause and not self.named(clause[0].start):
                last = self._rightmost(clause, 0)
                return Subject(clause[0].start, clause[last].end, 0.7)
        return None

    def said_of(self, figure: Figure, until: int) -> Subject | None:
        """What is said of those that are counted: ``17 desa di tiga kecamatan terisolasi``."""
        words = [w for w in self.words if figure.end <= w.start and w.end <= until]
        for at, word in enumerate(words):
            if _HARD.search(self.text[figure.end : word.start]) or word.low in self.known.clauses:
                return None
            if word.low in _ADVERBS:
                continue
            if word.low in _SAYS_NOTHING:
                return None
            said = word.low in self.known.verbs or word.low.startswith(("ter", "ber"))
            if said or word.low in _HAVING:
                last = self._rightmost(words, at) if word.low in _HAVING else at
                return Subject(word.start, words[last].end, 0.7)
        return None

    def doer(self, figure: Figure) -> Subject | None:
        """What does it to those that are counted: ``Banjir merendam 5 kecamatan``."""
        words = [w for w in self.words if w.end <= figure.start]
        if len(words) < 2 or not _VERB.match(words[-1].low):
            return None
        first = len(words) - 1
        while first and not _BREAK.search(self.text[words[first - 1].end : words[first].start]):
            first -= 1
        if first == len(words) - 1 or self.named(words[first].start):
            return None
        low = words[first].low
        if low in self.known.clauses or low in self.known.unnamed or _VERB.match(low):
            return None
        last = min(self._rightmost(words, first), len(words) - 2)
        return Subject(words[first].start, words[last].end, 0.7)

    def is_tied(self, subject: Subject, figure: Figure) -> bool:
        """Whether only links stand between what is measured and its value."""
        between = [w for w in self.words if subject.end <= w.start and w.end <= figure.start]
        return all(self.joins(w) for w in between) and not _BREAK.search(
            self.text[subject.end : figure.start]
        )

    def spent_on(self, figure: Figure, until: int) -> Subject | None:
        """What money is for: the noun phrase behind ``untuk`` or ``bagi``."""
        if not any(w.low in self.known.spending for w in self.words):
            return None
        behind = [w for w in self.words if w.start >= figure.end and w.end <= until]
        if len(behind) < 2 or behind[0].low not in ("untuk", "bagi", "guna", "buat"):
            return None
        last = self._rightmost(behind, 1)
        return Subject(behind[1].start, behind[last].end, 0.75)

    def joins(self, word: Word) -> bool:
        """Whether the word stands between a subject and its value."""
        known = self.known
        return (
            word.low in known.links
            or word.low in known.up
            or word.low in known.down
            or word.low in known.target
            or word.low in _BETWEEN
            or (self.named(word.start) and word.low not in known.heads)
            or word.low in _months()
        )

    def _aside(self, word: Word) -> bool:
        """Whether the phrase that ends with ``word`` only says who speaks."""
        comma = self.text.rfind(",", self.start, word.start)
        if comma < 0:
            return False
        first = next((w for w in self.words if w.start > comma), None)
        return first is not None and (
            first.low.endswith("nya") or first.low in ("kata", "ujar", "menurut", "lanjut", "jelas")
        )

    def _head_at(self, words: Sequence[Word], place: int) -> int:
        """Words of the head that begins at ``place`` (0: none)."""
        opener = words[place].low
        if opener not in _openers() and not opener.endswith(("nya", "ku", "mu")):
            return 0
        for size in range(min(_LONGEST_HEAD, len(words) - place), 0, -1):
            low = [w.low for w in words[place : place + size]]
            said = " ".join(low)
            bare = " ".join([*low[:-1], CLITIC.sub("", low[-1])])
            if said in self.known.heads or bare in self.known.heads:
                return size
        return 0

    def _leftmost(self, words: Sequence[Word], place: int) -> int:
        """The head that opens the phrase: ``persentase penduduk miskin``, not ``miskin``."""
        first = place
        for at in range(place - 1, max(place - _MOST_WORDS, -1), -1):
            gap = self.text[words[at].end : words[at + 1].start]
            if _BREAK.search(gap) or re.search(r"\d", gap) or self.named(words[at].start):
                break
            if words[at].low in _OF:
                continue  # "kontribusi pertanian terhadap PDRB" is no PDRB
            if words[at].low in self.known.ends or words[at].low in self.known.target:
                break
            if self._head_at(words, at):
                first = at
        return first

    def _rightmost(self, words: Sequence[Word], place: int) -> int:
        """The last word of the phrase that goes on behind the word at ``place``."""
        last = place
        for at in range(place + 1, min(place + _MOST_WORDS, len(words))):
            gap = self.text[words[at - 1].end : words[at].start]
            if _BREAK.search(gap) or re.search(r"\d", gap) or self.named(words[at].start):
                break
            low = words[at].low
            if low in self.known.ends or low in self.known.verbs or low in self.known.target:
                break
            if low in _months() or low in _PARTS:
                break
            if low in self.known.telling or low in self.known.clauses or _VERB.match(low):
                break
            last = at
        while last > place and words[last].low in _SMALL:
            last -= 1
        return last

    def _between(self, words: Sequence[Word], start: int, end: int) -> int | None:
        """How many words between subject and value say something else; ``None``: too many."""
        if _HARD.search(self.text[start:end]):
            return None
        other = [w for w in words if not self.joins(w)]
        return len(other) if len(other) <= _MOST_BETWEEN else None


@cache
def _months() -> frozenset[str]:
    return frozenset(load_calendar().months)
