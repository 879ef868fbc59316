"""A text as it was meant: lost spaces put back, misread letters and marks put right.

Rules and models read words. Where a writer lost the spaces (``CamatPagaden BaratHj.Elin
Herlinaserta``) or a scanner read ``rn`` for ``m`` and ``1`` for ``l`` (``rnengatakan``), they
read a mended copy; what they find is brought back to the text as it stands. A text without
such a habit is not touched: one odd word may be a name. Markup left in a text and damaged
quotation marks (``damaged``) are always read as they were meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kb import authority
from kb.authority.words import common_words, either, name_parts, sections
from kb.model import Claim, Mention, TagResult
from kb.nlp.damaged import lost_marks
from kb.nlp.lexicon import lexicon
from kb.nlp.names.seams import is_habit

MISREAD = 3
"""From so many words that a scanner misread the text is one it read badly."""
_LEAST = 3
_SHORT_LINE = 20
"""Letters of a line that may be a heading and not wrapped."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|[\w.+-]+@|[@#])\S+|\S+\.(?:com|co\.id|go\.id|id|net|org)\b"
)
_SEAM = re.compile(
    r"(?<=[a-z]{2})(?=[A-Z][a-z]|[A-Z]{2})|(?<=[a-z]{3})(?=[A-Z][a-z]{0,2}\.)"
    r"|(?<=[a-z]{3})(?=\d)|(?<=\d)(?=[a-z]{3}|[A-Z][a-z]{2})"
    r"|(?<=[,;:!?])(?=[^\W\d_])|(?<=[a-z]{2}\.)(?=[A-Z][a-z])|(?<=\)\.)(?=[A-Z])"
    r"|(?<=[^\W\d_])(?=\()|(?<=\))(?=[^\W\d_])"
    r"|(?<=[a-z]{4})(?=drg?\.)"
)
_CAPITALS = re.compile(r"(?<![^\W\d_])([A-Z]{2,})([A-Z][a-z]{3,})")
_AFTER_STOP = re.compile(r"(?<![^\W\d_])([A-Z][A-Za-z]{0,4})\.(?=[A-Z][a-z]{2})")
_TAILS = frozenset({"dan", "masih", "pernah", "saat", "serta", "telah", "tiba", "untuk", "yang"})
_FAR_TAILS = frozenset(sections("rows.txt")["tails"])
_NAME = 4
"""Letters a name has before one of the tails of the list. Set by hand; no command measured it."""
_JOINING = frozenset({"dan", "serta", "yang"})
_AFFIXES = frozenset({"ber", "kah", "kan", "lah", "nya", "pem", "pen", "per", "pun", "tah", "ter"})
_VERBAL = ("ber", "di", "me", "ter")
_BROKEN = re.compile(r"([^\W_]+)-[ \t]*\n[ \t]*([a-z1]+)|([^\W_]+) (kan|nya|an)\b|[^\W_]+")
_ONE = re.compile(r"(?<=[a-z])1(?=[a-z])|(?<![^\W_])1(?=[a-z]{3})|(?<=[a-z]{2})1(?![^\W_])")


@dataclass(frozen=True)
class Mended:
    """The mended copy of a text and the way back."""

    original: str
    text: str
    begin: tuple[int, ...]
    """For each character of ``text`` where it begins in ``original``."""
    end: tuple[int, ...]
    """For each character where it ends there; a space put in has no width."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of ``text[start:end]`` in the original."""
        return self.begin[start], self.end[end - 1]

    def restored(self, result: TagResult) -> TagResult:
        """``result`` with offsets and words of the original; entities keep what was meant."""
        written: dict[str, str] = {}
        mentions: list[Mention] = []
        for mention in result.mentions:
            start, end = self.span(mention.start, mention.end)
            surface = self.original[start:end]
            written[" ".join(mention.surface.split())] = " ".join(surface.split())
            mentions.append(replace(mention, start=start, end=end, surface=surface))
        offices = []
        for office in result.offices:
            start, end = self.span(office.start, office.end)
            offices.append(
                replace(
                    office,
                    name=written.get(office.name, office.name),
                    role=self._as_written(office.role, office.start, office.end),
                    institution=office.institution
                    and written.get(office.institution, office.institution),
                    start=start,
                    end=end,
                )
            )
        statements = []
        for said in result.statements:
            start, end = self.span(said.start, said.end)
            speaker = said.speaker and written.get(" ".join(said.speaker.split()), said.speaker)
            statements.append(
                replace(
                    said, start=start, end=end, surface=self.original[start:end], speaker=speaker
                )
            )
        return replace(
            result,
            mentions=tuple(mentions),
            offices=tuple(offices),
            statements=tuple(statements),
            claims=tuple(self._claim(claim) for claim in result.claims),
        )

    def _claim(self, claim: Claim) -> Claim:
        start, end = self.span(claim.start, claim.end)
        subject, subject_end = self.span(claim.subject_start, claim.subject_end)
        value, value_end = self.span(claim.value_start, claim.value_end)
        return replace(
            claim,
            start=start,
            end=end,
            surface=self.original[start:end],
            subject=self.original[subject:subject_end],
            subject_start=subject,
            subject_end=subject_end,
            value=self.original[value:value_end],
            value_start=value,
            value_end=value_end,
        )

    def _as_written(self, words: str, start: int, end: int) -> str:
        at = self.text.find(words, start, end)
        if at < 0:
            return words
        first, last = self.span(at, at + len(words))
        found = " ".join(self.original[first:last].split())
        return found if found.count(" ") == words.count(" ") else words


def mended(text: str) -> Mended | None:
    """The mended copy of ``text``, or ``None`` where there is nothing to mend."""
    plain = _ADDRESS.sub(" ", text)
    edits = sorted({*_spaces(text)} if is_habit(plain) else ())
    misread = list(_misread(text))
    if len(misread) >= MISREAD:
        edits = sorted({*edits, *misread, *_wrapped(text)})
    lost = list(lost_marks(text))
    if lost:
        edits = sorted({*edits, *lost})
    if not edits:
        return None
    out: list[str] = []
    begin: list[int] = []
    end: list[int] = []
    at = 0
    for start, stop, new in [*edits, (len(text), len(text), "")]:
        if start < at:
            continue
        out.append(text[at:start])
        begin.extend(range(at, start))
        end.extend(range(at + 1, start + 1))
        out.append(new)
        for number in range(len(new)):
            last = number == len(new) - 1
            begin.append(min(start + number, stop))
            end.append(stop if last else min(start + number + 1, stop))
        at = stop
    return Mended(text, "".join(out), tuple(begin), tuple(end))


Edit = tuple[int, int, str]
"""What stands at ``start`` to ``end``, and what was meant."""


def _spaces(text: str) -> Iterator[Edit]:
    """Spaces to put in where words ran together."""
    closed = [m.span() for m in _ADDRESS.finditer(text)]
    places = {m.start() for m in _SEAM.finditer(text)}
    degrees = lexicon().degrees
    for match in _AFTER_STOP.finditer(text):
        behind = _WORD.match(text, match.end())
        assert behind is not None
        if f"{match[1]}{behind.group()}".lower() not in degrees:
            places.add(match.end())
    places.update(_quoted(text))
    for match in _CAPITALS.finditer(text):
        places.add(match.start(2) + (_verb_or_tail(match[2][1:]) and 1))
    for word in re.finditer(r"[^\W\d_]{6,}", text):
        start = word.start()
        named = text[start - 1 : start] in ("'", "’")
        for cut in [p for p in sorted(places) if start < p < word.end()] + [word.end()]:
            places.update(start + at for at in _cuts(text[start:cut], named))
            start = cut
    brands = _brands()
    for place in sorted(places):
        left = re.search(r"[^\W\d_]*\Z", text[max(0, place - 20) : place])
        behind = _WORD.match(text, place)
        whole = (left.group() if left else "") + (behind.group() if behind else "")
        inside = any(start < place < end for start, end in closed)
        if not inside and not any(brand in whole.lower() for brand in brands):
            yield place, place, " "


def _quoted(text: str) -> Iterator[int]:
    """Spaces at quotation marks: before one that opens, behind one that closes."""
    opened = False
    for match in re.finditer(r"[\"“”\n]", text):
        at, mark = match.start(), match.group()
        if mark == "\n":
            opened = False
            continue
        opens = mark == "“" or (mark == '"' and not opened)
        opened = opens
        if opens and text[at - 1 : at].strip(" (\n"):
            yield at
        elif not opens and text[at + 1 : at + 2].isalpha():
            yield at + 1


@lru_cache(maxsize=1)
def _brands() -> frozenset[str]:
    return frozenset(sections("rows.txt")["camel"])


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Words in lower case that a piece of a word is believed to be."""
    cues = authority.load().cues
    saying = {
        word for key in ("active", "passive") for words in cues[key].values() for word in words
    }
    titles = lexicon().titles
    return common_words() | saying | lexicon().org_words | titles.first_words | titles.last_words


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    """Words behind which any word is believed to begin."""
    return frozenset(authority.load().cues["active"]["clause"]) | {"bahwa", "yang"}


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?:di|ke|se)(?=(?:{either('rows.txt', 'glued')})\Z)")


def _verb_or_tail(low: str) -> bool:
    """Whether the end of a name run together is a word of the sentence (``FRPBserta``)."""
    return low in _TAILS or (low.startswith(_VERBAL) and len(low) > 5 and low in _known())


@lru_cache(maxsize=50_000)
def _cuts(word: str, named: bool = False) -> tuple[int, ...]:
    """Where other words begin in a word without seams (``bahwaturnamen``, ``Dedimengatakan``).

    ``named``: the word ends a name, though it begins in small letters (``Ma'mun``).
    """
    low, known = word.lower(), _known()
    if low in known or not word[1:].islower() or len(low) < 2 * _LEAST:
        return ()
    kind = _glued().match(low)
    if kind is not None:
        return (kind.end(),)
    named = named or word[0].isupper()
    for at in range(len(low) - _LEAST, _LEAST - 1, -1):
        left, right = low[:at], low[at:]
        if right in _AFFIXES or left in _AFFIXES or (named and not left.endswith("nya")):
            continue
        if left in known and (right in known or (left in _saying() and len(right) > _LEAST)):
            return (at, *(at + more for more in _cuts(right)))
    for at in range(_LEAST, len(low) - _LEAST + 1):
        right = low[at:]
        if right in _JOINING or (named and _verb_or_tail(right)):
            return (at,)
        if named and at >= _NAME and right in _FAR_TAILS and low not in name_parts():
            return (at,)
        more = _cuts(right) if named and right.startswith(_VERBAL) else ()
        if more and right[: more[0]] in known:
            return (at, *(at + cut for cut in more))
    if named and low[-2:] in ("di", "ke") and low[:-2] in lexicon().bare_places:
        return (len(low) - 2,)
    return ()


def _misread(text: str) -> Iterator[Edit]:
    """Words that a scanner misread or that the end of a line cut, as they were meant."""
    if "rn" not in text and not _ONE.search(text):
        return
    known = _known()
    for match in _BROKEN.finditer(text):
        first, second, stem, ending = match.group(1, 2, 3, 4)
        if first:
            word, joined = f"{first}{second}", True
        elif stem:
            word, joined = f"{stem}{ending}", _right(stem.lower()) not in known
            if not joined:
                continue
        else:
            word, joined = match.group(), False
        meant = _right(word)
        if meant != word or (joined and (stem is None or meant.lower() in known)):
            yield match.start(), match.end(), meant


def _wrapped(text: str) -> Iterator[Edit]:
    """The ends of lines at which a clipping's sentence goes on."""
    for match in re.finditer(r"[^\n]*?([^\s]+)[ \t]*(\n)(?=([^\s]))", text):
        goes_on = match[3].islower() or (match[1].isalpha() and match[1].islower())
        if goes_on and match.end() - match.start() > _SHORT_LINE:
            yield match.start(2), match.end(2), " "


def _right(word: str) -> str:
    """``word`` with ``m`` for ``rn`` and ``l`` for ``1`` where that makes it a word."""
    meant = _ONE.sub("l", word)
    meant = re.sub(r"rn(?=[bp])", "m", meant)  # no Indonesian word has "rnb"
    low, known = meant.lower(), _known()
    if "rn" in low and low not in known:
        whole = meant.replace("rn", "m").replace("Rn", "M")
        if whole.lower() in known or _stemmed(whole.lower()) in known:
            return whole
        if low.startswith("rn"):
            return "m" + meant[2:].replace("rn", "m")
    return meant


def _stemmed(low: str) -> str:
    """``low`` without the endings that lists of words leave out."""
    return re.sub(r"(?:nya|kan|i|an)\Z", "", low)
