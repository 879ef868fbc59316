"""Which stored entity a document's entity is: the same one, or another of the same name.

``ingest`` asks for every entity the authority file does not know, with the stored entities
that bear one of its names (or a spelling of it). The answer is the id of one of them, or an
id of its own for a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kb import authority
from kb.authority import norm
from kb.model import EntityRef, Office, TagContext
from kb.nlp.persons import name_words, same_person
from kb.nlp.regions import region_code

SAME_NAME = 0.88
"""From this score two names are spellings of one name, across documents."""


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
    regent there). Where the only thing in common is one word, nobody is taken. Institutions
    and places are one when a name and the region are equal.
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
    mine = _posts(offices)
    abroad = _national(offices)
    home = ref.region or region_code(context.region)
    best: tuple[float, str] | None = None
    clash = False
    for one in known:
        if one.type != "person":
            continue
        alike = _alike(ref, one)
        if alike < SAME_NAME:
            continue
        theirs = _posts(one.offices)
        verdict = _verdict(mine, theirs, home, one.region)
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


Post = tuple[str, str | None]
"""Spelt-out role without status words, and code of the region, where known."""


def _posts(offices: Sequence[StatedOffice] | Sequence[Office]) -> list[Post]:
    titles = authority.load().titles
    out: list[Post] = []
    for office in offices:
        words = norm(office.role).split()
        while words and (words[0],) in titles.status:
            words.pop(0)
        post = (titles.full(" ".join(words)), region_code(office.institution))
        if post not in out:
            out.append(post)
    return out


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
    here = {code for _, code in mine if code} or ({home} if home else set())
    there = {code for _, code in theirs if code} or ({region} if region else set())
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
        heads = {role for role, code in mine if code} & {role for role, code in theirs if code}
        return -1.0 if heads else 0.25
    return -1.0


def _own_id(ref: EntityRef, mine: Sequence[Post], home: str | None) -> str:
    """An id beside the one the name alone gives: name and region."""
    code = next((code for _, code in mine if code), None) or home
    return f"{ref.entity_id}~{code or 'x'}"
