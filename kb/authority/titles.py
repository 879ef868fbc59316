"""Titles of offices, and the honorifics and degrees that stand around names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from kb.authority.normal import norm

Takes = Literal["region", "institution", "unit", "none"]


@dataclass(frozen=True, slots=True)
class Title:
    """One title as written, without status words such as ``Pj``."""

    name: str
    takes: Takes
    category: str


@dataclass(frozen=True, slots=True)
class OfficeLinks:
    """Words between a name and the office said of it (``X yang kini menjabat Sekda``)."""

    between: frozenset[str]
    """Every word that may stand there."""
    starts: frozenset[str]
    ends: frozenset[str]
    passive: frozenset[str]
    """Verbs whose agent may follow (``dilantik Bupati X``): they need an end word."""
    future: frozenset[str]
    """Words that make of a post one to come, but before ``menjabat``."""
    former: frozenset[str]
    replacing: frozenset[str]
    replaced: frozenset[str]
    held: frozenset[str]
    """Words between an office and who held it (``yang sebelumnya dijabat oleh X``)."""
    passive_held: frozenset[str]
    removing: frozenset[str]
    """Verbs that take an office away (``mencopot X dari kursi Ketua``)."""
    seat: frozenset[str]
    """Words between ``dari`` and the office that is taken away."""
    now: frozenset[str]
    """Words before an office that is the new one (``semula Camat A, kini Camat B``)."""
    stationed: frozenset[str]
    """Words between a name and the body of the office (``X bertugas di ... sebagai``)."""
    kin: frozenset[str]
    """Words before an office that make the next name somebody else's (``istri``)."""

    def join(self, words: Sequence[str]) -> bool:
        """True where ``words`` say that the office behind them is that of the name before."""
        if not words or (words[-1] in self.former and len(words) == 1):
            return False
        if self.future.intersection(words) and "menjabat" not in words:
            return False  # "X akan menjadi Bupati"
        if words[-1] in self.ends:
            return True
        return words[0] in self.starts and not self.passive.intersection(words)

    def past(self, words: Sequence[str]) -> bool:
        """True where ``words`` say that the office is held no longer."""
        return bool(self.former.intersection(words))


@dataclass(frozen=True, slots=True)
class Villages:
    """Words about villages, wards, blocks and districts, in normal form."""

    titles: Mapping[str, frozenset[str]]
    """Type word of a place -> the titles (spelt out) of those who head it or work there."""
    short: Mapping[str, str]
    """Short type words -> the words."""
    blocks: frozenset[str]
    """Of which a village has many."""
    venues: frozenset[str]
    wider: frozenset[str]
    """Type words of regions above a district."""
    districts: frozenset[str]
    heads: frozenset[str]
    """Titles of the heads of villages."""
    hamlets: frozenset[str]
    """Type words of parts of a village."""
    hamlet_heads: frozenset[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Villages:
        return cls(
            titles={kind: frozenset(titles) for kind, titles in data["titles"].items()},
            short=dict(data["short"]),
            **{
                name: frozenset(data[name])
                for name in (
                    "blocks",
                    "venues",
                    "wider",
                    "districts",
                    "heads",
                    "hamlets",
                    "hamlet_heads",
                )
            },
        )


class Titles:
    """Titles by the words of their normal form."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.by_words: dict[tuple[str, ...], Title] = {}
        for group in data["group"]:
            for name in group["titles"]:
                title = Title(name, cast(Takes, group["takes"]), group["category"])
                self.by_words.setdefault(tuple(norm(name).split()), title)
        self.short: Mapping[str, str] = {
            norm(short): norm(full) for short, full in data["short"].items()
        }
        """Normal form of a short title -> normal form of what it stands for."""
        self.status: Mapping[tuple[str, ...], str] = {
            tuple(norm(word).split()): status
            for status, words in data["status"].items()
            for word in words
        }
        self.candidate: Mapping[str, str] = {
            norm(short): full for short, full in data["candidate"].items()
        }
        self.links = OfficeLinks(**{use: frozenset(words) for use, words in data["links"].items()})
        self.bodies: Mapping[str, str] = dict(data["bodies"])
        """Normal form of the head's title -> type of the body he heads (``kapolda``)."""
        self.unit_bodies: Mapping[str, tuple[str, ...]] = {
            category: tuple(starts) for category, starts in data["unit_bodies"].items()
        }
        """Category of unit heads -> how the names of the bodies above them begin."""
        self.unit_ranks: Mapping[str, tuple[str, ...]] = {
            word: tuple(bodies) for word, bodies in data["unit_ranks"].items()
        }
        """First word of a police unit's title -> the bodies that have such units, nearest first."""
        self.villages = Villages.of(data["villages"])
        told = data["bodies_of_posts"]
        self.central: tuple[str, ...] = tuple(told["central"])
        """How the names of central bodies begin that have heads in every region."""
        self.commissions: tuple[str, ...] = tuple(told["commissions"])
        self.councils: tuple[str, ...] = tuple(told["councils"])
        self.spelt_out: Mapping[str, str] = dict(told["spelt_out"])
        """Short type of a body -> its two words (``kejari`` -> ``kejaksaan negeri``)."""
        self.clinics: tuple[str, ...] = tuple(told["clinics"])
        self.teams = frozenset(told["teams"])
        """What follows "Tim" in the names of teams that governments set up."""
        self.second = frozenset(told["second"])
        """Posts directly below the head of a body."""
        self.without_sections = frozenset(told["without_sections"])
        """How agencies begin that have divisions ("bidang") and no sections ("bagian")."""
        self.not_bare = frozenset(norm(word) for word in data["bare"]["words"])
        """Titles that are an office only beside an institution or region."""
        self.private = frozenset(data["private"]["categories"])
        """Categories of posts that are no public offices."""
        open_ = data["open"]
        self.open_posts = frozenset(map(norm, open_["posts"]))
        """Head words of functional posts (``auditor``)."""
        self.open_staff = frozenset(map(norm, open_["staff"]))
        """Head words of posts that are an office only beside a public body."""
        self.open_levels = frozenset(map(norm, open_["levels"]))
        self.open_stems: Mapping[str, str] = {
            norm(stem): category for category, stems in open_["stems"].items() for stem in stems
        }
        """How one-word posts begin -> their category."""
        self.misspelt: Mapping[str, str] = {
            norm(wrong): norm(right) for right, forms in data["misspelt"].items() for wrong in forms
        }
        """Words of titles as they are often misspelt -> the words."""
        self.longest = max(map(len, self.by_words))
        self.first_words = frozenset(words[0] for words in self.by_words)
        self.last_words = frozenset(words[-1] for words in self.by_words)

    def full(self, role: str) -> str:
        """Normal form of ``role`` with its abbreviation spelt out (``wagub`` -> ...)."""
        words = norm(role).split()
        for size in range(len(words), 0, -1):
            full = self.short.get(" ".join(words[:size]))
            if full is not None:
                return " ".join([full, *words[size:]])
        return " ".join(words)


class Honorifics:
    """Sets of words, in lower case without full stops."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        def words(*keys: str) -> frozenset[str]:
            return frozenset(bare(word) for key in keys for word in data[key])

        self.address = words("address")
        self.women = words("women")
        """Forms of address and titles before a name that only women bear."""
        self.before = words("before")
        self.after = words("after")
        self.ranks = words("police", "military")
        self.police = words("police")
        self.rank_after = words("rank_after")
        self.name_parts = words("name_parts")
        self.degrees: tuple[str, ...] = tuple(data["after"])
        self.stopped: tuple[str, ...] = tuple(data["stopped"])
        """Abbreviations whose full stop ends no sentence."""
        self.stopped_ending: tuple[str, ...] = tuple(data["stopped_ending"])
        self.variants: Mapping[str, str] = {
            form: folded for folded, forms in data["variants"].items() for form in forms
        }
        """Word of a name -> the form all its spellings are folded to."""
        self.spelling: tuple[tuple[str, str], ...] = tuple(
            (old, new) for old, new in data["spelling"]["pairs"]
        )


def bare(word: str) -> str:
    """``word`` in lower case without full stops and spaces (``M.Si`` -> ``msi``)."""
    return word.replace(".", "").replace(" ", "").casefold()
