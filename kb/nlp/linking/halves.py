"""Short and long names of one body or place within a text.

"K3S" and "K3S Kabupaten Gianyar", "Bank Lestari" and "PT BPR Bank Lestari", "Liga Bola Basket
(LBB) Pelajar" and "LBB Pelajar", "Sirkuit GBT" and "Sirkuit Gelora Bung Tomo": where the text has
exactly one longer name that a short one fits, they are one. Names that the authority file knows
are not touched: the caller says which these are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, sections
from kb.model import Label, Mention

BRACKET = re.compile(r"\(\s*([^()]{2,40}?)\s*\)")
_TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_NUMBER = re.compile(r"(?:\d+|[ivx]+|[a-z])")
_SMALL = frozenset({"dan", "and", "of", "di", "untuk", "serta"})
"""Words that initials leave out."""
_SIDES = frozenset({"barat", "selatan", "tengah", "timur", "utara"})
_PIECE = 2
"""Letters that a blend takes of each word, at least (``Cisel`` of ``Cianjur Selatan``)."""
_BLEND = 5
"""Letters of a blend, at least: shorter ones are of many names. Set by hand; no command measured
it."""


_OWN = 5
"""Letters of a word that alone names a body called so with the country's name, at least. Set by
hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The longer name that a short one stands for."""

    name: str
    """As written."""
    short: str
    """The short name, as written."""
    regional: bool
    """The short name leaves out the region: elsewhere it may be of another."""


@dataclass(frozen=True, slots=True)
class _Name:
    surface: str
    leads: frozenset[str]
    words: tuple[str, ...]
    """As written, without what stands in front and without brackets."""
    shorts: tuple[tuple[str, ...], ...]
    """The words with the initials in brackets instead of what these stand for."""
    lone: tuple[str, ...]
    """The initials in brackets by themselves."""

    @property
    def core(self) -> str:
        """The name without what stands in brackets."""
        return " ".join(BRACKET.sub(" ", self.surface).split())

    @property
    def key(self) -> str:
        return norm(self.core)


def wholes(
    names: Sequence[str],
    apart: Collection[str],
    *,
    places: bool = False,
    doubtful: Collection[str] = (),
) -> Mapping[str, Whole]:
    """Normal form of a short name -> the one longer name of the text that it fits.

    Args:
        names: as written, in order of the text; what stands in brackets belongs to them.
        apart: normal forms of those that are known and therefore no other's short form.
        places: names of places: words for a building or an area say no more than the name
            without them, and a longer name that is known is not the short one's.
        doubtful: normal forms of those that may hold more than a name (``overlong``).
    """
    read: dict[str, _Name] = {}
    for name in names:
        made = _read(name, places)
        if made.words and (made.key not in read or made.lone):
            read[made.key] = made
    longest = sorted(
        read.values(),
        key=lambda n: (-len(n.words), -_rank(n, places), n.key),
    )
    out: dict[str, Whole] = {}
    for one in (*longest, *_initials(longest)):
        if one.key in apart or one.key in out:
            continue
        found: dict[str, Whole] = {}
        for other in longest:
            if other.key in doubtful or other.key == one.key or (places and other.key in apart):
                continue
            fit = _fits(one, other, places)
            if fit is not None:
                end = out.get(other.key) or Whole(other.surface, "", False)
                whole = Whole(end.name, one.core, fit or end.regional)
                found.setdefault(norm(end.name), whole)
        if len(found) == 1:
            out[one.key] = next(iter(found.values()))
    return {key: _end(key, out) for key in out}


def _end(key: str, found: Mapping[str, Whole]) -> Whole:
    """The whole name behind a short one, over others that are themselves short."""
    whole, seen = found[key], {key}
    while (following := norm(BRACKET.sub(" ", whole.name))) in found and following not in seen:
        seen.add(following)
        more = found[following]
        whole = Whole(more.name, whole.short, whole.regional or more.regional)
    return whole


def with_initials(text: str, mentions: Sequence[Mention], label: Label) -> list[str]:
    """The names of this kind, each with the short form in brackets right behind it that is a
    mention of its own (``Cianjur Selatan (Cisel)``)."""
    out = [m.surface for m in mentions if m.label == label]
    for left, right in pairwise(mentions):
        between = text[left.end : right.start].strip()
        closed = between == "(" and text[right.end : right.end + 1] == ")"
        if closed and left.label == right.label == label and shortens(right.surface, left.surface):
            out.append(f"{left.surface} ({right.surface})")
    return out


def shortens(short: str, name: str) -> bool:
    """Whether all letters of ``short`` stand in ``name`` in this order, from the first letter of
    one of its words on (``JakPro`` of ``PT Jakarta Propertindo``), and are less than half."""
    letters = norm(short).replace(" ", "")
    words = norm(name).split()
    if not letters or len(letters) * 2 > sum(map(len, words)):
        return False
    for at, word in enumerate(words):
        rest = iter("".join(words[at:]))
        if word[0] == letters[0] and all(letter in rest for letter in letters):
            return True
    return False


@lru_cache(maxsize=1)
def _words() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in sections("halves.txt").items()}


def is_team(word: str) -> bool:
    """Whether a word before a body says that its people are meant (``tim Dishub``)."""
    return word in _words()["teams"]


def _read(surface: str, places: bool) -> _Name:
    bracket = BRACKET.search(surface)
    before = words_of(surface[: bracket.start()] if bracket else surface)
    after = words_of(BRACKET.sub(" ", surface[bracket.end() :])) if bracket else ()
    words = before + after
    skip = _leads(words, places)
    shorts: list[tuple[str, ...]] = []
    lone: tuple[str, ...] = ()
    if bracket and " " not in bracket[1] and bracket[1][:1].isupper():
        inner = bracket[1]
        lone = () if places else (inner,)
        for at in range(len(before)):
            rest = " ".join(before[at:])
            if inner[:1].casefold() == rest[:1].casefold() and shortens(inner, rest):
                # "Senat Universitas Bahari (UB)": the initials are of the end alone
                lone = (inner,) if at <= skip else ()
                shorts = [(*before[at and skip : at], inner, *after), (*before[:at], inner, *after)]
                break
    leads = frozenset(norm(word) for word in words[:skip])
    return _Name(surface, leads, words[skip:], tuple(shorts), lone)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name; ``Alun-Alun`` is one."""
    out: list[str] = []
    for word in _TOKEN.findall(text):
        if not out or norm(out[-1]) != norm(word):
            out.append(word)
    return tuple(out)


def _leads(words: Sequence[str], places: bool) -> int:
    """How many words stand in front of the name itself."""
    kinds = _words()["venues"] if places else _words()["legal"] | _words()["groups"]
    at = 0
    while at < len(words) - 1:
        two = norm(" ".join(words[at : at + 2]))
        size = 2 if two in kinds and at + 2 < len(words) else norm(words[at]) in kinds
        left = len(words) - at - int(size)
        if not size or (left == 1 and norm(words[at]) in _words()["groups"]):
            break
        at += int(size)
    return at


def _initials(names: Sequence[_Name]) -> Iterator[_Name]:
    """The initials in brackets as names of their own, where no mention has them."""
    have = {name.key for name in names}
    for name in names:
        for word in name.lone:
            if norm(word) not in have:
                yield _Name(word, frozenset(), (word,), (), ())


def _fits(short: _Name, long: _Name, places: bool) -> bool | None:
    """Whether ``short`` is a short name of ``long``: ``True`` where it leaves out the region,
    ``None``: it is none."""
    if not places and not short.leads <= long.leads | _words()["teams"]:
        return None
    if short.words == long.lone:
        return bool(region_of(long.words))
    if _same(short.words, long.words):
        return False if _rank(short, places) < _rank(long, places) else None
    if len(short.words) == 1 and _blends(short.words[0], without_region(long.words)):
        return bool(region_of(long.words))
    found: bool | None = None
    for words in (long.words, *long.shorts):
        fit = _begins(short.words, words)
        if fit is not None and (found is None or not fit):
            found = fit
    return found


def _rank(name: _Name, places: bool) -> int:
    """Which of two names that differ in what stands in front is the whole one: the one with its
    legal form, without words for a group, a building or an area."""
    legal = 0 if places else len(name.leads & _words()["legal"])
    return 2 * legal - len(name.leads)


def _begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool | None:
    """As ``_fits``, of names without what stands in front."""
    code = region_of(short)
    if code and code == region_of(long):  # "Badko HMI Jabar", "Badko HMI Jawa Barat"
        mine, its = without_region(short), without_region(long)
        if len(mine) > 0 and _spelt(mine, its) == len(its):
            shorter = (len(mine), len(short), norm(" ".join(short)))
            return False if shorter < (len(its), len(long), norm(" ".join(long))) else None
    used = _spelt(short, long)
    if used is None:  # "Kodam Pattimura", "Kodam XV Pattimura"
        plain = [word for word in long if not _NUMBER.fullmatch(norm(word))]
        return False if 1 < len(short) < len(long) and _same(short, plain) else None
    rest = [norm(word) for word in long[used:]]
    if not rest:
        return False if len(short) < len(long) else None
    if authority.load().places.parse(" ".join(rest)) is not None:
        return True
    if rest[0] in _words()["apart"] or _NUMBER.fullmatch(rest[0]) or rest[0] in ("rt", "rw"):
        return None
    if rest == ["indonesia"] and len(short) == 1:  # "Garuda", "Garuda Indonesia"
        own = len(short[0]) >= _OWN and norm(short[0]) not in common_words()
        return False if own else None
    if len(short) == 1 and norm(short[0]) not in _words()["bare"]:
        return None
    return region_of(long) is not None


def _spelt(short: Sequence[str], long: Sequence[str]) -> int | None:
    """Words of ``long`` that ``short`` takes up from its beginning, initials for theirs; ``None``
    where they are other words."""
    at = 0
    for word in short:
        if at < len(long) and norm(word) == norm(long[at]):
            at += 1
            continue
        size = _of_initials(word, long[at:])
        if not size:
            return None
        at += size
    return at


def _of_initials(word: str, words: Sequence[str]) -> int:
    """Words at the beginning of ``words`` whose initials ``word`` is, 0 for none."""
    if not (word.isupper() and word.isalpha() and len(word) > 1):
        return 0
    letters = list(word.casefold())
    for size, one in enumerate(words, start=1):
        if norm(one) in _SMALL:
            continue
        if not norm(one).startswith(letters.pop(0)):
            return 0
        if not letters:
            return size
    return 0


def _blends(word: str, words: Sequence[str]) -> bool:
    """Whether ``word`` is made of the beginnings of all ``words``."""
    parts = [norm(one) for one in words if norm(one) not in _SMALL]
    letters = norm(word)

    def eaten(at: int, part: int) -> bool:
        if part == len(parts):
            return at == len(letters)
        most = len(parts[part])
        return any(
            letters.startswith(parts[part][:size], at) and eaten(at + size, part + 1)
            for size in range(_PIECE, most + 1)
        )

    return len(parts) > 1 and len(letters) >= _BLEND and " " not in letters and eaten(0, 0)


def _same(one: Sequence[str], two: Sequence[str]) -> bool:
    return norm("".join(one)) == norm("".join(two))


@lru_cache(maxsize=4096)
def region_of(words: tuple[str, ...]) -> str | None:
    """Code of the region at the end of a name."""
    at = _tail(words)
    return authority.load().places.parse(" ".join(words[at:])) if at else None


def region_in_name(name: str) -> str | None:
    """Code of the province, kabupaten or kota at the end of a name (``Hotel Melati Surabaya``) or
    that the name is a side of (``Surabaya Barat``)."""
    words = words_of(name)
    parse = authority.load().places.parse
    side = parse(" ".join(words[:-1])) if words and norm(words[-1]) in _SIDES else None
    code = side or region_of(words)
    pair = parse(" ".join(without_region(words)))  # "Serang-Jakarta"
    return code if code and code.count(".") <= 1 and (side or pair is None) else None


def without_region(words: tuple[str, ...]) -> tuple[str, ...]:
    at = _tail(words)
    return words[:at] if at else words


@lru_cache(maxsize=4096)
def _tail(words: tuple[str, ...]) -> int:
    """Where the region at the end of a name begins, 0: there is none."""
    parse = authority.load().places.parse
    return next((i for i in range(1, len(words)) if parse(" ".join(words[i:]))), 0)
