"""Which stored entity a document's entity is: the same one, or another of the same name.

``ingest`` asks for every entity the authority file does not know, with the stored entities
that bear one of its names (or a spelling of it). The answer is the id of one of them, or an
id of its own for a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kb import authority
from kb.authority import norm
from kb.model import EntityRef, Office, TagContext
from kb.nlp.regions import region_code
from kb.nlp.same_person import name_words, same_person

SAME_NAME = 0.88
"""From this score two names are spellings of one name, across documents. Set by hand; no command
measured it."""


LONG_NAME = 3
"""Words of a name that two officials of one province do not share by chance."""
MOVED = -0.75
"""Verdict on posts of two different regencies: two people, unless the name is a rare one. Set by
hand; no command measured it."""


class StatedOffice(Protocol):
    """An office of a stored entity."""

    @property
    def role(self) -> str: ...
    @property
    def institution(self) -> str | None: ...
    @property
    def status(self) -> str: ...


class KnownEntity(Protocol):
    """A stored entity, as ``kb.catalog`` hands it over."""

    @property
    def entity_id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def region(self) -> str | None: ...
    @property
    def authority(self) -> bool: ...
    @property
    def offices(self) -> Sequence[StatedOffice]: ...


def resolve(
    ref: EntityRef,
    offices: Sequence[Office],
    context: TagContext,
    known: Sequence[KnownEntity],
) -> str:
    """The stored entity id ``ref`` belongs to, or a new id.

    Persons: the names must match, and the offices must not place the two in different
    provinces, or in different regions of one province at the same rank (a regent here is no
    regent there). Two posts of the administrations of two different kabupaten or kota are two
    people too, unless the name is too long to be shared by chance: officials move within their
    administration or up to the province, seldom to the next regency. Where the only thing in
    common is one word, nobody is taken. Institutions and places are one when a name and the
    region are equal.
    """
    if ref.authority:
        return ref.entity_id
    if ref.type == "person":
        return _person(ref, offices, context, known)
    names = {norm(n) for n in (ref.name, *ref.aliases)}
    for one in known:
        named = one.type == ref.type and names & {norm(n) for n in (one.name, *one.aliases)}
        if named and (one.region == ref.region or None in (one.region, ref.region)):
            return one.entity_id
    return ref.entity_id


def _person(
    ref: EntityRef,
    offices: Sequence[Office],
    context: TagContext,
    known: Sequence[KnownEntity],
) -> str:
    about = ref.region or region_code(context.region)
    mine = _posts(offices, about)
    abroad = _national(offices)
    home = about
    best: tuple[float, str] | None = None
    clash = False
    for one in known:
        if one.type != "person":
            continue
        alike = _alike(ref, one)
        if alike < SAME_NAME:
            continue
        theirs = _posts(one.offices, one.region)
        verdict = _verdict(mine, theirs, home, one.region)
        if verdict == MOVED and alike == 1.0 and len(name_words(ref.name)) >= LONG_NAME:
            verdict = 0.25
        if verdict < 0 and not (mine and theirs) and (abroad or _national(one.offices)):
            verdict = 0.5  # a minister is named in every province
        same_id = one.entity_id == ref.entity_id
        if verdict < 0:
            clash = clash or same_id
            continue
        single = len(name_words(ref.name)) == 1
        if single and verdict < 2 and not (same_id and home == one.region):
            clash = clash or same_id
            continue
        score = alike + verdict + 0.5 * same_id + 0.25 * one.authority
        if best is None or score > best[0]:
            best = (score, one.entity_id)
    if best is not None:
        return best[1]
    return _own_id(ref, mine, home) if clash else ref.entity_id


def _alike(ref: EntityRef, one: KnownEntity) -> float:
    """Best match of a full name of one with a full name of the other."""
    mine = {name_words(n) for n in (ref.name, *ref.aliases)}
    theirs = {name_words(n) for n in (one.name, *one.aliases)}
    own = len(name_words(ref.name))
    if own > 1:
        mine = {words for words in mine if len(words) > 1}
        theirs = {words for words in theirs if len(words) > 1}
    return max((same_person(a, b) for a in mine for b in theirs), default=0.0)


@dataclass(frozen=True, slots=True)
class Post:
    """An office as far as it tells people apart."""

    role: str
    """Spelt-out role without status words."""
    region: str | None
    """Code of the region, where known."""
    local: bool
    """True for a post of the administration or council of a region, not of a national body
    with offices everywhere (police, courts, statistics), whose people are moved about."""


_LOCAL_TITLES = frozenset({"kepala daerah", "sekretariat daerah", "kecamatan dan desa"})
_LOCAL_KINDS = frozenset({"opd", "pemerintah daerah", "alat dprd"})
_SMALL = {"camat": "kecamatan", "lurah": "kelurahan", "kepala desa": "desa"}
"""Roles whose region is usually written without its type word, and that type."""


def _posts(
    offices: Sequence[StatedOffice] | Sequence[Office], about: str | None = None
) -> list[Post]:
    known = authority.load()
    titles = known.titles
    out: list[Post] = []
    for office in offices:
        words = norm(office.role).split()
        while words and (words[0],) in titles.status:
            words.pop(0)
        role = titles.full(" ".join(words))
        title = titles.by_words.get(tuple(role.split()))
        region = region_code(office.institution) or _small_region(role, office, about)
        local = title is not None and title.category in _LOCAL_TITLES
        if not local and office.institution:
            ids, _ = known.institutions.match(norm(office.institution).split())
            item = known.institutions.get(ids[0]) if ids else None
            local = item is not None and item.kind in _LOCAL_KINDS
        post = Post(role, region, local)
        if post not in out:
            out.append(post)
    return out


def _small_region(role: str, office: StatedOffice | Office, about: str | None) -> str | None:
    """Code of a kecamatan or village named without its type word, inside region ``about``."""
    level = _SMALL.get(role)
    if level is None or not office.institution:
        return None
    named = authority.load().places.named
    found = named(office.institution, level=level)
    if len(found) > 1 and about:
        near = [named(office.institution, level=level, within=about[:size]) for size in (5, 2)]
        found = next((codes for codes in near if len(codes) == 1), [])
    return found[0] if len(found) == 1 else None


def _national(offices: Sequence[StatedOffice] | Sequence[Office]) -> bool:
    """True where one of the offices is of the whole country (``Menteri``, ``DPR RI``)."""
    known = authority.load()
    for office in offices:
        if office.institution is None:
            title = known.titles.by_words.get(tuple(norm(office.role).split()))
            if title is not None and title.takes == "none":
                return True
        else:
            ref = known.resolve_institution(office.institution)
            if ref is not None and ref.authority and ref.region is None:
                return True
    return False


def _verdict(
    mine: Sequence[Post], theirs: Sequence[Post], home: str | None, region: str | None
) -> float:
    """Below 0: two people. 0: nothing speaks for or against. Above: one person."""
    if set(mine) & set(theirs):
        return 3.0
    here = {post.region for post in mine if post.region} or ({home} if home else set())
    there = {post.region for post in theirs if post.region} or ({region} if region else set())
    if not here or not there:
        return 0.5
    if here & there:
        return 2.0
    nested = any(a.startswith(b + ".") or b.startswith(a + ".") for a in here for b in there)
    if nested:
        return 1.0
    if not mine or not theirs:
        # An office on one side only: another province is no proof, but no help either.
        return 0.0 if {c[:2] for c in here} & {c[:2] for c in there} else -0.5
    if {c[:2] for c in here} & {c[:2] for c in there}:
        heads = {p.role for p in mine if p.region} & {p.role for p in theirs if p.region}
        if heads:
            return -1.0
        local = [
            all(p.local and len(p.region) > 2 for p in posts if p.region)
            for posts in (mine, theirs)
        ]
        return MOVED if all(local) and not {c[:5] for c in here} & {c[:5] for c in there} else 0.25
    return -1.0


def _own_id(ref: EntityRef, mine: Sequence[Post], home: str | None) -> str:
    """An id beside the one the name alone gives: name and region."""
    code = next((post.region for post in mine if post.region), None) or home
    return f"{ref.entity_id}~{code or 'x'}"
