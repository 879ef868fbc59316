"""Which person mentions of one text are one person, and whether the authority knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kb import authority
from kb.authority import Official, norm
from kb.authority.institutions import slug
from kb.model import EntityRef, Mention, Office
from kb.nlp.linking.married import Wives, read_wives
from kb.nlp.regions import region_code
from kb.nlp.same_person import (
    blends,
    initials,
    name_words,
    nicknames,
    same_person,
    short_form,
    skeleton,
)

SAME = 0.74
"""From this score two full names in one text are one person. Set by hand; no command measured
it."""

_CALLED = re.compile(
    r"(?:\s*\([^)\n]{1,12}\)|\))?,?[^.\n,]{0,30}\b"
    r"(?:di(?:sapa|panggil)|sapaan(?: akrab)?(?:nya)?|karib|alias)"
    r"(?: (?:akrab|dengan))*(?: [A-Z]?[a-z]{1,5})? "
)
"""Between a full name and what its bearer is called."""
_ALIAS = re.compile(r",? alias ")
"""Between two whole names of one person."""
_INITIALS = re.compile(r"[A-Z]{2,4}")
_BRACKETS = re.compile(r"(?:, ?[A-Z][\w.]{1,8}){0,3} ?\(")
"""Between a full name and its initials (``Rian Hidayat, S.H. (RH)``)."""
_SPELT = re.compile(r" ?\((?:[A-Z][a-z]{0,2}\.? ){0,2}")
"""Between initials and the name they stand for (``RH (Rian Hidayat)``)."""


@dataclass(slots=True)
class Person:
    """One person of a text: the names written for them and where they stand."""

    words: tuple[str, ...]
    name: str
    names: dict[str, None] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    entity: EntityRef | None = None

    def add(self, surface: str, start: int) -> None:
        words = name_words(surface)
        better = (len(words), len(surface)) > (len(self.words), len(self.name))
        if len(words) > len(self.words) or (better and self.name.isupper()):
            self.words, self.name = words, surface
        self.names.setdefault(surface)
        self.places.append(start)


@dataclass(frozen=True, slots=True)
class Link:
    """The person of one mention, how it was decided and how sure that is."""

    person: Person
    method: str
    confidence: float


def group_persons(
    mentions: Sequence[Mention],
    earlier: Sequence[EntityRef] = (),
    text: str = "",
    offices: Sequence[Office] = (),
) -> dict[int, Link]:
    """Character start of each PER mention -> its person.

    ``earlier`` are persons of earlier pages of the same document; a mention may be a short
    form of one of them. Full names are compared first, then short forms are given to the
    person named last before them (after Wolinski et al. 1995's rule of name reduction).
    """
    persons: list[Person] = []
    for ref in earlier:
        person = Person(name_words(ref.name), ref.name, entity=ref)
        person.names.update(dict.fromkeys(ref.aliases))
        person.places.append(-1)
        persons.append(person)
    found: dict[int, Link] = {}
    own = [m for m in mentions if m.label == "PER"]
    wives = read_wives(text, own, offices)
    single: list[Mention] = []
    last: Mention | None = None
    for mention in own:
        before, last = last, mention
        called_so = _meant(text, mention)
        if called_so is not None:
            meant = next((p for p in persons if p.words == name_words(called_so)), None)
            if meant is None:
                meant = Person(name_words(called_so), called_so)
                persons.append(meant)
            meant.add(" ".join(mention.surface.split()), mention.start)
            found[mention.start] = Link(meant, "nickname", 0.85)
            continue
        surface = " ".join(mention.surface.split())
        words = name_words(surface)
        if len(words) < 2:
            single.append(mention)
            continue
        best, score = None, 0.0
        for person in persons:
            if len(person.words) > 1 and not wives.two(words, person.words):
                value = max(
                    same_person(words, person.words),
                    max((same_person(words, name_words(n)) for n in person.names), default=0.0),
                )
                if value > score:
                    best, score = person, value
        if before is not None and before.start in found and _ALIAS.fullmatch(
            text, before.end, mention.start
        ):  # fmt: skip
            best, score = found[before.start].person, SAME
        if best is None or score < SAME:
            best, score = Person(words, surface), 1.0
            persons.append(best)
        best.add(surface, mention.start)
        method = "full name" if score == 1.0 else "spelling"
        found[mention.start] = Link(best, method, score)
    called: dict[str, Person] = {}
    for mention in single:
        owner = _nicknamed(text, mention, own, found) or _spelt_out(text, mention, own, found)
        if owner is not None:
            called.setdefault(norm(mention.surface), owner)
        known = called.get(norm(mention.surface))
        if known is not None:
            known.add(" ".join(mention.surface.split()), mention.start)
            found[mention.start] = Link(known, "nickname", 0.85)
        else:
            found[mention.start] = _short(mention, persons, wives)
    return found


def _meant(text: str, mention: Mention) -> str | None:
    """The name of whom the whole country calls so, with the word of address before it too
    (``Gus | Ipul``)."""
    address = text[max(0, mention.start - 6) : mention.start].split(" ")[-2:-1]
    known = nicknames()
    whole = norm(" ".join([*address, mention.surface]))
    return known.get(norm(mention.surface)) or known.get(whole)


def _nicknamed(
    text: str, mention: Mention, named: Sequence[Mention], found: Mapping[int, Link]
) -> Person | None:
    """The person before whom the text says is called so (``X, akrab disapa Mbak Y``)."""
    before = [m for m in named if m.end <= mention.start and " " in m.surface]
    if not before or not _CALLED.fullmatch(text, before[-1].end, mention.start):
        return None
    return found[before[-1].start].person


def _spelt_out(
    text: str, mention: Mention, named: Sequence[Mention], found: Mapping[int, Link]
) -> Person | None:
    """The person whose name stands beside initials in brackets, or has them for its own."""
    if not _INITIALS.fullmatch(mention.surface):
        return None
    full = [m for m in named if " " in m.surface]
    for other in full:
        before = _BRACKETS.fullmatch(text, other.end, mention.start)
        if before or _SPELT.fullmatch(text, mention.end, other.start):
            return found[other.start].person
    same = {id(p): p for m in full if initials(m.surface) == mention.surface
            for p in (found[m.start].person,)}  # fmt: skip
    return next(iter(same.values())) if len(same) == 1 else None


def _short(mention: Mention, persons: list[Person], wives: Wives) -> Link:
    surface = " ".join(mention.surface.split())
    words = name_words(surface)
    fitting: list[tuple[float, int, Person]] = []
    known = any(words == person.words for person in persons)
    for person in persons:
        if wives.another(mention.start, words, person.words) or (
            known and wives.husband(words, person.words)
        ):
            continue
        score = short_form(words, person.words)
        if words == person.words:
            score = 1.0
        if score:
            before = [p for p in person.places if p < mention.start]
            fitting.append((score, max(before, default=-2), person))
    blended = [] if fitting else [p for p in persons if blends(words, p.words)]
    if len(blended) == 1:
        blended[0].add(surface, mention.start)
        return Link(blended[0], "blended name", 0.8)
    clipped = [] if fitting else [p for p in persons if _clips(words, p.words)]
    if len(clipped) == 1:
        clipped[0].add(surface, mention.start)
        return Link(clipped[0], "clipped name", 0.6)
    if not fitting:
        person = Person(words, surface)
        person.add(surface, mention.start)
        persons.append(person)
        return Link(person, "single name", 0.6)
    top = max(score for score, _, _ in fitting)
    near = [item for item in fitting if item[0] >= top - 0.1]
    score, _, person = max(near, key=lambda item: (item[1], item[0]))
    person.add(surface, mention.start)
    if len(near) > 1:
        score *= 0.75
    method = "full name" if score == 1.0 else "short name"
    return Link(person, method, round(score, 3))


def _clips(short: Sequence[str], full: Sequence[str]) -> bool:
    """True where one short word is the beginning or end of a longer word of a full name, as
    friends say it (``Win`` or ``Narno`` for ``Winarno``)."""
    if len(short) != 1 or not 3 <= len(short[0]) <= 5:
        return False
    word = short[0]
    return any(
        len(long) > len(word) + 1
        and (long.startswith(word) or (len(word) > 3 and long.endswith(word)))
        for long in full
    )


# --- the authority file -----------------------------------------------------------------


def identify(person: Person, offices: Sequence[Office], region: str | None) -> EntityRef:
    """The entity of ``person``; ``offices`` are those the text states for them.

    An official of the authority file is taken when the name is theirs and no office in the
    text lies in another province. ``region`` is the code of the text's region.
    """
    best: tuple[float, str, Official] | None = None
    for official in _candidates(person):
        score, method = _is_official(person, official, offices, region)
        if score and (best is None or score > best[0]):
            best = (score, method, official)
    names = tuple(dict.fromkeys(_shown(n) for n in person.names))
    if best is not None:
        score, method, official = best
        aliases = tuple(dict.fromkeys((*official.aliases, *names)))
        return EntityRef(
            official.entity_id,
            "person",
            official.name,
            tuple(a for a in aliases if a != official.name),
            authority=True,
            region=official.region,
            method=method,
            confidence=round(score, 3),
        )
    name = _shown(person.name)
    where = next((c for o in offices if (c := region_code(o.institution))), None)
    return EntityRef(
        f"person:{slug(' '.join(person.words)) or 'x'}",
        "person",
        name,
        tuple(n for n in names if n != name and n not in name.split()),
        region=where or region,
        method="name" if len(person.words) > 1 else "single name",
        confidence=0.8 if len(person.words) > 1 else 0.4,
    )


@lru_cache(maxsize=1)
def _by_skeleton() -> Mapping[str, tuple[Official, ...]]:
    """Officials by the skeleton of every word of their names."""
    table: dict[str, dict[str, Official]] = {}
    for official in authority.load().officials.all():
        for name in official.names:
            for word in name_words(name):
                table.setdefault(skeleton(word), {})[official.id] = official
    return {key: tuple(found.values()) for key, found in table.items()}


def _candidates(person: Person) -> list[Official]:
    """Officials that share the skeleton of at least one word with ``person``."""
    table = _by_skeleton()
    found: dict[str, Official] = {}
    for name in (person.name, *person.names):
        for word in name_words(name):
            for official in table.get(skeleton(word), ()):
                found.setdefault(official.id, official)
    return list(found.values())


def _is_official(
    person: Person, official: Official, offices: Sequence[Office], region: str | None
) -> tuple[float, str]:
    score = max(
        same_person(name_words(n), name_words(o))
        for n in (person.name, *person.names)
        for o in official.names
    )
    fits = any(_holds(official, office) for office in offices)
    if not fits and _elsewhere(official, offices):
        return 0.0, ""
    if len(person.words) > 1 and score >= 0.99:
        return 0.97, "authority name"
    if score >= 0.85 and (fits or _near(official, region)):
        return score * 0.95, "authority name, other spelling"
    if fits and max(short_form(person.words, name_words(o)) for o in official.names) >= 0.9:
        return 0.85, "authority office and short name"
    return 0.0, ""


def _holds(official: Official, office: Office) -> bool:
    """True where the official has held this office (same role and region)."""
    titles = authority.load().titles
    role = titles.full(_plain(office.role))
    code = region_code(office.institution)
    for term in official.terms:
        same_role = titles.full(term.role) == role or role.endswith(titles.full(term.role))
        if same_role and (code is None or code == region_code(term.institution)):
            return True
    return False


def _plain(role: str) -> str:
    titles = authority.load().titles
    words = authority.norm(role).split()
    while words and (words[0],) in titles.status:
        words.pop(0)
    return " ".join(words)


def _near(official: Official, region: str | None) -> bool:
    return region is not None and region[:2] == official.region[:2]


def _elsewhere(official: Official, offices: Sequence[Office]) -> bool:
    """True where the text gives an office in another province than the official's."""
    codes = [code for o in offices if (code := region_code(o.institution))]
    return bool(codes) and all(code[:2] != official.region[:2] for code in codes)


def _shown(name: str) -> str:
    """A name in capitals as it is usually written."""
    if not name.isupper() or len(name) < 4:
        return name
    return " ".join(w if "." in w else w.capitalize() for w in name.split())


def refs_of(
    links: Mapping[int, Link], offices: Sequence[Office], region: str | None
) -> dict[int, EntityRef]:
    """Character start of each PER mention -> entity. Each person is identified once."""
    stated: dict[int, list[Office]] = {}
    starts = sorted(links)
    for office in offices:
        for start in starts:
            if office.start <= start < office.end:
                name = name_words(office.name)
                if name == name_words(links[start].person.name) or any(
                    name == name_words(n) for n in links[start].person.names
                ):
                    stated.setdefault(id(links[start].person), []).append(office)
                    break
    refs: dict[int, EntityRef] = {}
    for start, link in links.items():
        person = link.person
        known = person.entity
        if known is None or (len(known.aliases) < len(person.names) and not known.authority):
            person.entity = identify(person, stated.get(id(person), ()), region)
        assert person.entity is not None
        refs[start] = person.entity
    return refs
