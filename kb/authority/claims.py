"""Words by which a figure in running text is known as a claim (``claims.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """All words are lower case; phrases are words with one space between."""

    heads: frozenset[str]
    """What opens the name of something measured (``angka``, ``prevalensi``, ``ipm``)."""
    plain_heads: frozenset[str]
    """Those that are measured without a unit of their own (``ipm``, ``skor``)."""
    share_heads: frozenset[str]
    """Those that are measured in persen (``tpt``)."""
    ends: frozenset[str]
    """Words before which the name of what is measured ends."""
    links: frozenset[str]
    """Words that may stand between what is measured and its value."""
    clauses: frozenset[str]
    """Words a clause begins with."""
    telling: frozenset[str]
    """Verbs behind which what is told begins."""
    pointing: frozenset[str]
    """Phrases that stand for what was measured before (``angka itu``)."""
    empty: frozenset[str]
    """What names no thing when it stands alone (``realisasi``)."""
    unnamed: frozenset[str]
    """Words no name of a thing begins with."""
    units: Mapping[str, str]
    """Written unit -> its name in a claim."""
    factors: Mapping[str, float]
    """Written unit -> what its number is multiplied by, where it is not 1 (``meter``: 0.001)."""
    people: frozenset[str]
    """Nouns that are counted themselves, in ``orang`` (``balita``)."""
    things: frozenset[str]
    """Nouns that are counted themselves (``puskesmas``)."""
    own_units: Mapping[str, str]
    """Those with a unit of their own (``kampung`` -> ``desa``); every other thing is a unit."""
    verbs: frozenset[str]
    """Words of which one must stand beside a bare count."""
    events: frozenset[str]
    """Words of an event, whose people are guests and no figure."""
    members: frozenset[str]
    """Phrases with a word of an event that are counted all the same (``peserta KB``)."""
    places: frozenset[str]
    """Verbs behind which ``di 18 kecamatan`` says where."""
    bystanders: frozenset[str]
    """Beside a count: people or things at hand, no figure."""
    spending: frozenset[str]
    """Verbs whose money is for what follows (``mengalokasikan Rp 2 miliar untuk ...``)."""
    target: frozenset[str]
    up: frozenset[str]
    down: frozenset[str]
    arrives: frozenset[str]
    comparison: frozenset[str]
    planned: frozenset[str]
    """Money that is aimed at by its name (``anggaran``)."""
    spent: frozenset[str]
    """Words beside which it is spent."""
    demanded: frozenset[str]
    """Words of a demand or a limit."""
    reached: frozenset[str]
    """Words of what was reached, behind a target."""
    now: frozenset[str]
    """What stands as it is (``masih``): no period is named."""
    still: frozenset[str]
    """The same, weaker: a period named in the same sentence holds."""
    rise: frozenset[str]
    """What is measured is itself a rise or a fall (``kenaikan``)."""
    goes_on: frozenset[str]
    """The text goes on about the same count (``di antaranya``)."""
    reports: frozenset[str]
    """Texts about one period throughout (``laporan realisasi``)."""
    negative: frozenset[str]
    """Words that turn the figure negative (``terkontraksi``)."""
    elsewhere: frozenset[str]
    """Words of the whole country, to which something is compared."""
    before: frozenset[str]
    """A figure behind one of these measures nothing (``pasal``, ``pukul``)."""
    after: frozenset[str]
    """A figure before one of these measures nothing public (``menit``, ``gol``)."""
    prices: frozenset[str]
    """Beside money: what one pays or gets."""
    sizes: frozenset[str]
    """Beside a length, an area, a weight: the size of one thing."""
    shares: frozenset[str]
    """Beside a share: a reduction, an interest."""
    one_case: frozenset[str]
    """Words of one case of the police."""
    wages: frozenset[str]
    """What one earns by the month (``umk``)."""
    money: frozenset[str]
    """Public money (``apbd``): beside it ``48m`` is an amount."""
    lengths: frozenset[str]
    """Beside these it is a length."""
    timed: frozenset[str]
    """What is measured in spans of time (``angka harapan hidup``)."""
    fractions: Mapping[str, float]
    """Share in percent by word (``separuh`` is 50)."""


@dataclass(frozen=True, slots=True)
class PairingWords:
    """Words by which what was said and what is printed are one quantity; lower case."""

    neutral: frozenset[str]
    """By these names of the same quantity may differ."""
    bases: frozenset[str]
    """Whose number it is, where more follows."""
    by_unit: Mapping[str, frozenset[str]]
    """Unit of a claim (``indeks`` for none) -> words that it says by itself."""
    spelled: Mapping[str, str]
    """Words and phrases written in more than one way -> the one they stand for."""
    money: frozenset[str]
    """Money whose share in percent may be one of what was planned, or of all money."""
    spent: frozenset[str]
    """Words by which it is the former."""
    over: frozenset[str]
    """Right before a figure: it is at least so much."""
    under: frozenset[str]
    """Right before a figure: it is at most so much."""
    handled: frozenset[str]
    """Verbs that are one another where things are handled."""
    done: frozenset[str]
    """Verbs that make another quantity of the things they are done to."""
    same: tuple[tuple[str, ...], ...]
    """Names of the same quantity."""
    yearly: Mapping[str, frozenset[str]]
    """Month (``03``) -> what is measured in it once a year."""
    surveys: frozenset[str]
    """Yearly surveys, whose month does not matter."""
    by_month: frozenset[str]
    """Rates of a month, which is no part of the year's."""
    apart: frozenset[str]
    """Stems of which one alone makes another quantity (``ekstrem``)."""
    whole: frozenset[str]
    """Words whose stem is another thing."""
    small: frozenset[str]
    """Words that never tell one quantity from another."""
    levels: frozenset[str]
    """Levels of government."""
    counted: frozenset[str]
    """Units in which the same things are counted."""
    index: frozenset[str]
    """Printed units that are none."""
    shortened: Mapping[str, str]
    """Short forms of words in printed units -> the words."""


@cache
def load_pairing_words() -> PairingWords:
    """The words of ``[pairing]`` in ``claims.toml`` (read once per process)."""
    data = tomllib.loads(files("kb.authority").joinpath("claims.toml").read_text("utf-8"))
    said = data["pairing"]
    return PairingWords(
        neutral=frozenset(said["neutral"]),
        bases=frozenset(said["bases"]),
        by_unit={unit: frozenset(words) for unit, words in said["by_unit"].items()},
        spelled=said["spelled"],
        money=frozenset(said["money"]),
        spent=frozenset(said["spent"]),
        over=frozenset(said["over"]),
        under=frozenset(said["under"]),
        handled=frozenset(said["handled"]),
        done=frozenset(said["done"]),
        same=tuple(tuple(group) for group in said["same"]),
        yearly={month: frozenset(words) for month, words in said["yearly"].items()},
        surveys=frozenset(said["surveys"]),
        by_month=frozenset(said["by_month"]),
        apart=frozenset(said["apart"]),
        whole=frozenset(said["whole"]),
        small=frozenset(said["small"]),
        levels=frozenset(said["levels"]),
        counted=frozenset(said["counted"]),
        index=frozenset(said["index"]),
        shortened=said["shortened"],
    )


@cache
def load_claim_words() -> ClaimWords:
    """The words of ``claims.toml`` (read once per process)."""
    data = tomllib.loads(files("kb.authority").joinpath("claims.toml").read_text("utf-8"))
    subject, counted, kind, other = (
        data["subject"], data["counted"], data["kind"], data["not_measured"],
    )  # fmt: skip
    units = {word: name for name, words in data["units"].items() for word in words}
    factors: dict[str, float] = {}
    for other_unit in data["converted"].values():
        units |= dict.fromkeys(other_unit["words"], other_unit["unit"])
        factors |= dict.fromkeys(other_unit["words"], float(other_unit["factor"]))
    return ClaimWords(
        heads=frozenset(subject["heads"]) | frozenset(subject["plain_heads"]),
        plain_heads=frozenset(subject["plain_heads"]),
        share_heads=frozenset(subject["share_heads"]),
        ends=frozenset(subject["ends"]),
        links=frozenset(subject["links"]),
        clauses=frozenset(subject["clauses"]),
        telling=frozenset(subject["telling"]),
        pointing=frozenset(subject["pointing"]),
        empty=frozenset(subject["empty"]),
        unnamed=frozenset(subject["unnamed"]),
        units=units,
        factors=factors,
        people=frozenset(counted["people"]),
        things=frozenset(counted["things"]),
        own_units={w: unit for unit, words in counted["own"].items() for w in words},
        verbs=frozenset(counted["verbs"]),
        events=frozenset(counted["events"]),
        members=frozenset(counted["members"]),
        places=frozenset(counted["places"]),
        bystanders=frozenset(counted["bystanders"]),
        spending=frozenset(counted["spending"]),
        target=frozenset(kind["target"]),
        up=frozenset(kind["up"]),
        down=frozenset(kind["down"]),
        arrives=frozenset(kind["arrives"]),
        comparison=frozenset(kind["comparison"]),
        planned=frozenset(kind["planned"]),
        spent=frozenset(kind["spent"]),
        demanded=frozenset(kind["demanded"]),
        reached=frozenset(kind["reached"]),
        now=frozenset(kind["now"]),
        still=frozenset(kind["still"]),
        rise=frozenset(kind["rise"]),
        goes_on=frozenset(kind["goes_on"]),
        reports=frozenset(kind["reports"]),
        negative=frozenset(kind["negative"]),
        elsewhere=frozenset(kind["elsewhere"]),
        before=frozenset(other["before"]),
        after=frozenset(other["after"]),
        prices=frozenset(other["prices"]),
        sizes=frozenset(other["sizes"]),
        shares=frozenset(other["shares"]),
        one_case=frozenset(other["one_case"]),
        wages=frozenset(other["wages"]),
        money=frozenset(other["money"]),
        lengths=frozenset(other["lengths"]),
        timed=frozenset(other["timed"]),
        fractions=data["fractions"],
    )


@lru_cache(maxsize=256)
def any_of(*words: frozenset[str]) -> re.Pattern[str]:
    """Finds one of ``words`` (all sets together) whole, the longest first."""
    return re.compile(rf"(?<![\w-])(?:{_grown(frozenset().union(*words))})(?![\w-])", re.IGNORECASE)


def _grown(words: frozenset[str]) -> str:
    """A pattern for ``words`` that shares their beginnings: each text is tried once a letter,
    not once a word."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], set()).add(word[1:])
    ended = by_first.pop("", None) is not None
    spelled = []
    for first in sorted(by_first):
        letter = r"\s+" if first == " " else re.escape(first)
        spelled.append(letter + _grown(frozenset(by_first[first])))
    if not spelled:
        return ""
    if len(spelled) == 1 and not ended:
        return spelled[0]
    return f"(?:{'|'.join(spelled)})" + ("?" if ended else "")
