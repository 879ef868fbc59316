"""Indonesian text to index terms: the same for every engine, for pages and for queries.

A page becomes positions of *surface* words (lower case, accents folded) and of their
*stems*. Codes written with hyphens, slashes, dots or commas ("COVID-19", "PMK.07/2023")
count as their parts and, at the place of the first part, as the whole thing typed.

Stems: PySastrawi (Enhanced Confix Stripping), corrected by the word families of
``words.toml``; names of places and persons of the authority file are never stemmed.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from kb import stamp as stamps
from kb.search.language.figures import date_terms, figures_of_text, written_dates
from kb.search.language.names import is_name
from kb.search.language.spelling import standard, variants_of
from kb.search.language.words import special

DATA = (
    "search/language/*.toml",
    "search/language/analysis.py",
    "search/language/figures.py",
    "search/language/names.py",
    "search/language/spelling.py",
    "search/language/words.py",
    "search/passages.py",
    "authority/amounts.toml",
    "authority/calendar.toml",
    "authority/officials.json",
    "authority/place_words.txt.gz",
)
"""What decides on the terms of a text, below ``kb/``."""
ANALYSIS_VERSION = stamps.of((), DATA)
"""Changes whenever the same text could give other terms: indexes made before are stale."""

MAX_POSITION = 65_535
MAX_TERM = 60
"""Longest term kept, in characters."""

_JOINERS = "-/.,&'’‘`‐‑–"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
_PERCENT = r"(?<=[0-9])%|(?<=[0-9] )%"
_ASCII_WORD = re.compile(rf"[A-Za-z0-9]+(?:[-/.,&'`][A-Za-z0-9]+)*|{_PERCENT}")
_WORD = re.compile(
    rf"(?:[^\W_]|[{_INVISIBLE}])+(?:[{_JOINERS}](?:[^\W_]|[{_INVISIBLE}])+)*|{_PERCENT}"
)
_PART = re.compile(rf"(?:[^\W_]|['’‘`{_INVISIBLE}])+|(?<=[0-9])%|^%$")
_DROPPED = re.compile(rf"['’‘`{_INVISIBLE}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_CENTS = re.compile(r"\.0+$")
_MONEY = re.compile(r"(rp|idr|usd)\.?(?=\d)", re.IGNORECASE)
_CLITIC = re.compile(r"(.{3,}?)(?:nya|lah|kah|pun|ku|mu)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: ``start``/``end`` are its characters, ``position`` counts words."""

    surface: str
    stem: str
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Word:
    """What one run of characters between spaces means to the index."""

    parts: tuple[tuple[str, str, int, int], ...]
    """Surface, stem, start and end within the run."""
    whole: tuple[str, ...]
    """Further terms at the position of the first part: the code as typed, a plain number."""


def is_stop_word(word: str) -> bool:
    """True for words too common to ask for (``dan``, ``yang``)."""
    return word in special().stop


def fold(text: str) -> str:
    """Lower case, compatibility forms and accents folded, invisible characters dropped."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize(
        "NFKC", "".join(c for c in folded if not unicodedata.combining(c) and c.isprintable())
    )


@cache
def _sastrawi() -> object:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer().delegatedStemmer


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The stem of one folded word; the word itself for names, codes and short words."""
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    families, ordinary = special().families, special().ordinary
    if word in families:
        return families[word]
    spelled = standard(word)
    if spelled != word and not is_name(word):
        return stem(spelled)
    found = str(_sastrawi().stem_word(word)) or word  # type: ignore[attr-defined]
    if found == word:
        return word
    clitic = _CLITIC.match(word)
    base = clitic.group(1) if clitic else word
    if word not in ordinary and is_name(word):
        return word
    if clitic:
        if base in families:
            return families[base]
        if found != base and base not in ordinary and is_name(base):
            return base
    # ke-...-an and pe-...-an surround a root, -kan follows a verb (Sneddon 1996, 1.2).
    surrounded = base.startswith(("ke", "pe")) and base.endswith(found[1:] + "kan")
    return found + "k" if surrounded and is_root(found + "k") else found


@lru_cache(maxsize=1 << 14)
def is_root(word: str) -> bool:
    """True for the roots of the dictionary that the stemmer knows."""
    return bool(_sastrawi().dictionary.contains(word))  # type: ignore[attr-defined]


def held_by_family(root: str) -> tuple[str, ...]:
    """Strings one of which stands in every word with the stem ``root``.

    The root without its first letter, which a prefix may swallow (``tulis``,
    ``menulis``), and the words listed with it. Cheaper to look for than a stem.
    """
    listed = tuple(form for form, stem_ in special().families.items() if stem_ == root)
    others = tuple(other for form in (root, *listed) for other in variants_of(form))
    if root == "persen":
        others += ("%",)
    return (root[1:] or root, *listed, *others)


@lru_cache(maxsize=1 << 17)
def split(run: str) -> Word:
    """The parts of ``run`` (characters between spaces) and the forms of the whole."""
    parts, whole = cut(run)
    return Word(tuple((word, stem(word), start, end) for word, start, end in parts), whole)


@lru_cache(maxsize=1 << 17)
def cut(run: str) -> tuple[tuple[tuple[str, int, int], ...], tuple[str, ...]]:
    """As ``split``, without the stems: most of its time goes into them."""
    money = _MONEY.match(run)
    if money:  # "Rp1.500.000" is "Rp" and a number
        at = money.end()
        parts, whole = cut(run[at:])
        unit = (fold(money.group(1)), 0, money.end(1))
        return (unit, *((word, start + at, end + at) for word, start, end in parts)), whole
    found = tuple(
        (surface, match.start(), match.end())
        for match in _PART.finditer(run)
        if (surface := _surface(match.group()))
    )
    if run.endswith("%"):
        return found, cut(run[:-1])[1]
    if len(found) < 2:
        return found, ()
    joined = re.sub("[‐‑–]", "-", fold(_DROPPED.sub("", run)))
    forms = [joined] if len(joined) <= MAX_TERM else []
    if _THOUSANDS.fullmatch(joined):
        forms.append(_CENTS.sub("", joined.replace(".", "").replace(",", ".")))
    return found, tuple(forms)


def _surface(part: str) -> str:
    """The folded word of one part of a run; a percent sign is read as people say it."""
    return "persen" if part == "%" else fold(_DROPPED.sub("", part))[:MAX_TERM]


def runs(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Runs of characters that belong together, from ``start`` to ``end``, left to right."""
    return (_ASCII_WORD if text.isascii() else _WORD).finditer(text, start, end)


def different_runs(text: str) -> set[str]:
    """The runs of ``text``, each once."""
    return set((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def tokens(text: str) -> list[Token]:
    """The words of ``text`` in order, with offsets."""
    out: list[Token] = []
    position = 0
    for match in runs(text):
        base = match.start()
        for surface, stemmed, start, end in split(match.group()).parts:
            out.append(Token(surface, stemmed, base + start, base + end, position))
            position += 1
    return out


def surfaces(text: str) -> tuple[str, ...]:
    """The surfaces of ``tokens(text)``, without the cost of stemming."""
    found = (_surface(part.group()) for run in runs(text) for part in _PART.finditer(run.group()))
    return tuple(surface for surface in found if surface)


@dataclass(slots=True)
class Analysed:
    """The words of one field of one passage, in order."""

    words: list[str]
    """Surfaces; a word's place in this list is its position."""
    roots: list[str]
    """Their stems."""
    more: list[tuple[int, str]]
    """Further terms by position: codes as typed, plain numbers, ISO dates."""

    @property
    def length(self) -> int:
        """Terms in the field."""
        return len(self.words) + len(self.more)

    def surfaces(self) -> dict[str, list[int]]:
        """Positions of every word and further term, ascending."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word].append(at)
        for at, term in self.more:
            found[term].append(at)
        for term in {term for _, term in self.more}:
            found[term].sort()
        return self._within_reach(found)

    def stems(self) -> dict[str, list[int]]:
        """Positions of the stems that differ from their word."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, (word, root) in enumerate(zip(self.words, self.roots, strict=True)):
            if root != word:
                found[root].append(at)
        return self._within_reach(found)

    def _within_reach(self, found: dict[str, list[int]]) -> dict[str, list[int]]:
        if len(self.words) > MAX_POSITION:
            return {term: [min(at, MAX_POSITION) for at in ats] for term, ats in found.items()}
        return found


@lru_cache(maxsize=1 << 17)
def _terms(run: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    word = split(run)
    return tuple(p[0] for p in word.parts), tuple(p[1] for p in word.parts), word.whole


class _Plain(dict[str, str | None]):
    """What stands between spaces -> its surface, ``None`` where it is no plain word; the stems
    beside.

    A page is some hundreds of them, nearly all plain and known ("daerah", "daerah,"): looking
    them up in one sweep takes a third of the time of a call for each.
    """

    def __init__(self) -> None:
        self.roots: dict[str, str] = {}

    def __missing__(self, chunk: str) -> str | None:
        every = [_terms(run) for run in _runs_of(chunk)]
        plain = len(every) == 1 and len(every[0][0]) == 1 and not every[0][2]
        plain = plain and not every[0][0][0][-1:].isdigit()
        self.roots[chunk] = every[0][1][0] if plain else ""
        found = self[chunk] = every[0][0][0] if plain else None
        return found


_KNOWN_CHUNKS = 1 << 18
_plain = _Plain()


def _looked_up(chunks: list[str]) -> tuple[list[str | None], list[str]]:
    """Surfaces and stems of ``chunks``, each as long as they are.

    A full table is left to the threads that read it and a new one begun: none is ever emptied.
    """
    global _plain
    table = _plain
    if len(table) >= _KNOWN_CHUNKS:
        table = _plain = _Plain()
    surfaces = list(map(table.__getitem__, chunks))
    return surfaces, list(map(table.roots.__getitem__, chunks))


@lru_cache(maxsize=1 << 16)
def _runs_of(chunk: str) -> tuple[str, ...]:
    """The runs of what stands between spaces."""
    return tuple((_ASCII_WORD if chunk.isascii() else _WORD).findall(chunk))


def analyse(text: str) -> Analysed:
    """Terms of ``text``, as the index stores them."""
    dated = written_dates(text)
    # Cut at spaces, which is cheap, where no run needs what stands before it and none is counted.
    whole_runs = bool(dated) or " %" in text
    found = (_ASCII_WORD if text.isascii() else _WORD).findall(text) if whole_runs else text.split()
    plain, plain_roots = _looked_up(found)
    dates = {start: iso for start, _, iso in dated}
    at_run = {m.start(): n for n, m in enumerate(runs(text))} if dates else {}
    by_run = {at_run[start]: iso for start, iso in dates.items() if start in at_run}
    words: list[str] = []
    roots: list[str] = []
    more: list[tuple[int, str]] = []
    amounts: dict[int, str] = {}
    done = 0
    special = _places_of_none(plain)
    for n in sorted({*special, *by_run}) if by_run else special:
        words += plain[done:n]  # type: ignore[arg-type]  # none is special before n
        roots += plain_roots[done:n]
        done = n + 1
        for run in (found[n],) if whole_runs else _runs_of(found[n]):
            surfaces, stems, whole = _terms(run)
            if whole:
                more += [(len(words), term) for term in whole]
            if n in by_run:
                iso, month, day = date_terms(by_run[n])
                more += [(len(words), iso), (len(words), day)]
                if whole:  # written in digits; the name of a month is seen below
                    more.append((len(words), month))
            words += surfaces
            roots += stems
            if run[-1].isdigit():
                amounts[len(words)] = run.lower()
    words += plain[done:]  # type: ignore[arg-type]
    roots += plain_roots[done:]
    more += [(at, term) for at, _, term in figures_of_text(words, amounts)]
    return Analysed(words, roots, more)


def _places_of_none(values: list[str | None]) -> list[int]:
    """Where ``None`` stands; ``index`` looks for it at the speed of C."""
    places: list[int] = []
    try:
        at = values.index(None)
        while True:
            places.append(at)
            at = values.index(None, at + 1)
    except ValueError:
        return places


def figure_spans(text: str, terms: Set[str]) -> list[tuple[int, int]]:
    """Where ``text`` writes the numbers and dates of ``terms`` (``kb.search.language.figures``)."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    amounts: dict[int, str] = {}
    starts: dict[int, int] = {}
    for match in runs(text):
        for surface, _, start, end in split(match[0]).parts:
            words.append(surface)
            places.append((match.start() + start, match.start() + end))
        if match[0][-1].isdigit():
            amounts[len(words)] = match[0].lower()
            starts[len(words)] = match.start()
    found = [
        (starts.get(at, places[at][0]), places[end - 1][1])
        for at, end, term in figures_of_text(words, amounts)
        if term in terms
    ]
    dates = ((a, b) for a, b, iso in written_dates(text) if not terms.isdisjoint(date_terms(iso)))
    return [*found, *dates]
