"""A text as the statement rules see it: sentences, quotations masked, words, clauses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Mention
from kb.nlp.statements.cues import Cues
from kb.nlp.statements.quotes import Quote

WORD = re.compile(r"[^\W\d_]+(?:[-'’./][^\W\d_]+)*")
MASK = "\u2007"
"""Stands for each character of a quotation in the masked text (a figure space)."""
_VERB = re.compile(r"(?:me|di|ber|ter)[a-z]{3,}\Z")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\)))\.(?=[A-Z][A-Za-z]+[ ,])|(?<=[a-z]{4})\.(?= [a-z]{2,} )"
)
"""A full stop that ends a sentence though no space, or no capital, follows it."""
_NEW_LINE = re.compile(MASK + r"[ \t]*\n\s*(?=\w)")
"""A line that ends with a quotation, without a full stop, and the next one."""
_SMALL = "\u2600-\u27bf\U0001f300-\U0001faff"
_PICTURE = re.compile(rf"[{_SMALL}][\u200d\ufe0f{_SMALL} ]*(?=[A-Z])")
"""Small pictures that end a sentence where a full stop would stand (``dilantik 🎉 Camat``)."""
_PREDICATE_WORDS = 16
_NOMINAL_WORDS = 9


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence outside quotations; a quotation inside it is masked."""

    start: int
    end: int


class View:
    """One text with its mentions, quotations and sentences; all offsets are the text's."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        sentences: Sequence[tuple[int, int]],
        quotes: Sequence[Quote],
        cues: Cues,
    ) -> None:
        self.text = text
        self.cues = cues
        self.quotes = list(quotes)
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self._starts = [m.start for m in self.mentions]
        chars = list(text)
        for quote in quotes:
            for place in range(quote.outer_start, quote.outer_end):
                if chars[place] != "\n":
                    chars[place] = MASK
        self.masked = "".join(chars)
        letters = sum(c.isalpha() for c in text)
        self.shouting = letters > 40 and sum(c.isupper() for c in text) > 0.7 * letters
        """True for a text typed all in capitals, where case says nothing."""
        self.whispering = is_small(text)
        """True for a text typed all in small letters, where case says nothing either."""
        self._stops = [end for _, end in sentences]
        self.sentences = self._merge(sentences)
        self._sentence_starts = [s.start for s in self.sentences]

    def between(self, start: int, end: int, *labels: str) -> list[Mention]:
        """Mentions that lie in ``text[start:end]``, of the given labels (all without)."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [
            m
            for m in self.mentions[first:last]
            if m.end <= end and (not labels or m.label in labels)
        ]

    def mention_at(self, place: int) -> Mention | None:
        """The mention that covers the character at ``place``."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and self.mentions[index].end > place:
            return self.mentions[index]
        return None

    def _merge(self, sentences: Sequence[tuple[int, int]]) -> list[Sentence]:
        """Join the sentences that a quotation or a name spans."""
        out: list[Sentence] = []
        inside = [(q.outer_start, q.outer_end) for q in self.quotes]
        number = 0
        for start, end in sentences:
            while number < len(inside) and inside[number][1] <= start:
                number += 1
            cut = number < len(inside) and inside[number][0] < start < inside[number][1]
            if not cut:
                named = self.mention_at(start)
                cut = named is not None and named.start < start
                cut = cut or self.text[start] == ","  # "Munawan.,S.H, menjelaskan"
                stop = self.text[: start - 1].endswith(".") and self.text[start].islower()
                before = self.mention_at(start - 3) if stop and start > 2 else None
                cut = cut or (before is not None and before.end >= start - 2)  # "Elvis M. diam"
            if cut and out and number < len(inside) and start == self.quotes[number].start:
                opening = inside[number][0]
                if self.text[:opening].rstrip()[-1:] in (".", "?", "!"):
                    out[-1] = Sentence(out[-1].start, opening)
                    out.append(Sentence(opening, end))
                    continue
            if cut and out:
                out[-1] = Sentence(out[-1].start, max(out[-1].end, end))
            else:
                out.append(Sentence(start, end))
        return [t for s in out for t in self._split_glued(s) if self.text[t.start : t.end].strip()]

    def _split_glued(self, sentence: Sentence) -> list[Sentence]:
        """Split where a space is missing behind a full stop (``tersebut.Namun``), or where
        a careless writer goes on in small letters (``ketuk pintu. itu saran saja``)."""
        start, parts = sentence.start, []
        glued = _GLUED.finditer(self.masked, sentence.start, sentence.end)
        lines = _NEW_LINE.finditer(self.masked, sentence.start, sentence.end)
        pictures = _PICTURE.finditer(self.masked, sentence.start, sentence.end)
        for match in sorted([*glued, *lines, *pictures], key=lambda m: m.end()):
            if self.mention_at(match.end() - 1) is None:
                parts.append(Sentence(start, match.end()))
                start = match.end()
        parts.append(Sentence(start, sentence.end))
        return parts

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that covers ``place`` (or begins next)."""
        index = max(bisect_right(self._sentence_starts, place) - 1, 0)
        return self.sentences[index] if self.sentences else Sentence(0, len(self.text))

    def first_sentence(self, start: int, end: int) -> int:
        """Where the first sentence of the words ``text[start:end]`` ends, quotation or not."""
        index = bisect_right(self._stops, start)
        stop = min(self._stops[index], end) if index < len(self._stops) else end
        return start + len(self.text[start:stop].rstrip())

    def line(self, place: int) -> tuple[int, int]:
        """Start and end of the paragraph line around ``place``."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place)
        return start, end if end >= 0 else len(self.text)

    def skip_connectors(self, start: int, end: int) -> int:
        """Offset behind leading connectors (``Meski demikian,``) of ``text[start:end]``."""
        while True:
            low = self.masked[start:end].casefold()
            lead = len(low) - len(low.lstrip(" ,-–—"))
            start, low = start + lead, low[lead:]
            for connector in self.cues.connectors:
                rest = low[len(connector) :]
                if low.startswith(connector) and rest[:1] in (",", " ") and "," in rest[:2]:
                    start += len(connector)
                    break
            else:
                return start

    def clause_commas(self, start: int, end: int) -> list[int]:
        """Offsets of the commas of ``text[start:end]`` that stand in no mention or number."""
        found = []
        for match in re.finditer(",", self.masked[start:end]):
            place = start + match.start()
            after = self.text[place + 1 : place + 2]
            if after.isdigit() and self.text[place - 1 : place].isdigit():
                continue
            if self.mention_at(place) is None:
                found.append(place)
        return found

    def is_verb(self, word: str) -> bool:
        """Whether a lower-case ``word`` looks like a verb of a finite clause."""
        return bool(_VERB.match(word)) and word not in self.cues.not_verbs

    def is_clause(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` holds a predicate near its start."""
        return self.predicate(start, end) is not None

    def predicate(self, start: int, end: int) -> int | None:
        """Offset of the first predicate near the start of ``text[start:end]``."""
        previous = ""
        subordinate = False
        for number, match in enumerate(WORD.finditer(self.masked, start, end)):
            if number >= _PREDICATE_WORDS:
                break
            word = match.group()
            low = word.casefold()
            auxiliary = low in self.cues.predicates
            strong = auxiliary or ((word == low or self.shouting) and self.is_verb(low))
            joined = previous in ("dan", "atau", "serta") and subordinate
            if strong and previous not in self.cues.subordinators and not joined:
                return match.start()
            if strong:
                subordinate = True
            elif low not in ("dan", "atau", "serta"):
                subordinate = False
            aside = previous == "yang" and low.endswith("nya")  # "jadwal yang rencananya dipakai"
            if not (strong and auxiliary) and not aside:
                previous = low
        return None

    def is_nominal_clause(self, start: int, end: int) -> bool:
        """Whether a noun with a predicate that is no verb opens ``text[start:end]``.

        ``jumlahnya 165 orang``, ``putusan itu independen``, ``produksi naik``.
        """
        cues, previous, before, related = self.cues, "", 0, False
        for number, match in enumerate(_WORD_OR_NUMBER.finditer(self.masked, start, end)):
            if number >= _NOMINAL_WORDS:
                break
            word, low = match.group(), match.group().casefold()
            figure = word[0].isdigit()
            if number and previous not in cues.subordinators:
                counted = figure and previous not in cues.numbered and not _YEAR.match(word)
                if counted and _UNIT.match(self.masked, match.end()):
                    return True
                if word == low and low in cues.states:
                    return True
                pointed = previous in cues.pointing or (
                    previous.endswith("nya") and not related and not cues.may_report(previous)
                )
                plain = word == low and not figure and low not in cues.going_on
                if before and pointed and plain and low not in cues.pointing:
                    return True
            before, previous, related = number + 1, low, related or low == "yang"
        return False


_WORD_OR_NUMBER = re.compile(r"\d[\d.,/]*|[^\W\d_]+(?:[-'’./][^\W\d_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_UNIT = re.compile(r"\s+(?:[a-z]{2,}|%)|%")


_MARKS = str.maketrans("_*~", "   ")


def unmarked(text: str) -> str:
    """``text`` with blanks for the marks of bold and slanted words in messages (``_"..."_``)."""
    return text.translate(_MARKS)


def is_small(text: str) -> bool:
    """Whether a text is typed (nearly) without capitals."""
    letters = sum(c.isalpha() for c in text)
    return letters > 40 and sum(c.isupper() for c in text) < 0.005 * letters


def is_headline(text: str) -> bool:
    """Whether a line is a heading: no full stop, nearly every word with a capital."""
    if len(text) > 400:
        return False
    line = text.strip()
    if not line or line[-1] in ".?!,;:”\"’'»":
        return False
    words = WORD.findall(line)
    if not 3 <= len(words) <= 24:
        return False
    capital = sum(w[0].isupper() for w in words)
    return bool(capital >= 0.75 * len(words))
