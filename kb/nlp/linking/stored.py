"""What tells two people of one name apart across documents: their posts and regions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from kb import authority
from kb.authority import norm
from kb.model import Office
from kb.nlp.regions import region_code

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


def posts_of(
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


def national(offices: Sequence[StatedOffice] | Sequence[Office]) -> bool:
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


def verdict(
    mine: Sequence[Post],
    theirs: Sequence[Post],
    homes: Collection[str],
    regions: Collection[str],
) -> float:
    """Below 0: two people. 0: nothing speaks for or against. Above: one person.

    ``homes`` and ``regions`` stand for the regions of posts where none has any. Posts in
    different provinces, or of one rank in different regions of a province (a regent here is no
    regent there), are of two people; so are posts of the administrations of two kabupaten or
    kota: officials move within theirs or up to the province, seldom to the next regency.
    """
    if set(mine) & set(theirs):
        return 3.0
    here = {post.region for post in mine if post.region} or set(homes)
    there = {post.region for post in theirs if post.region} or set(regions)
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
