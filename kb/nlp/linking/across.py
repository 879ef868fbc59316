"""Which sightings of different documents are one person or institution.

All sightings tied by what they share (``Evidence.keys``) are judged together, in an order that
their content alone gives: by how much speaks for a pair, then by names, offices and regions.
So the answer does not depend on which document was read first. Two sightings of one document
are never joined: the document itself told them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import combinations

from kb import authority
from kb.authority import norm
from kb.evidence import Evidence, Fixed, Linked, Sighting, StatedOffice
from kb.model import EntityRef, Office, TagContext
from kb.nlp.linking.stored import LONG_NAME, MOVED, SAME_NAME, Post, national, posts_of, verdict
from kb.nlp.regions import region_code
from kb.nlp.same_person import (
    behind_own,
    blends,
    name_words,
    same_person,
    short_form,
    skeleton,
)

_KEY_LETTERS = 3
"""Letters of a word's skeleton from which it tells holders of one office apart."""
_BLEND_LETTERS = 2
"""Letters of a first name that a blend of it begins with (``blends``)."""
_LATEST = "9999"
"""Documents without a date come after all others."""


def office_keys(ref: EntityRef, offices: Sequence[Office], context: TagContext) -> Evidence:
    """A person's region and the keys of offices: who holds one post in one region under
    names that share a word is compared, however much of the name is written."""
    region = ref.region or (region_code(context.region) if ref.type == "person" else None)
    names = [name_words(name) for name in (ref.name, *ref.aliases)]
    words = {skeleton(word) for name in names for word in name}
    words = {word for word in words if len(word) >= _KEY_LETTERS} | {
        f"^{name[0][:_BLEND_LETTERS]}" for name in names if name
    }
    keys = {
        f"office {post.role}|{post.region}|{word}"
        for post in posts_of(offices, region)
        if post.region or _of_the_country(post)
        for word in words
    }
    return Evidence(region, tuple(sorted(keys)) if ref.type == "person" else ())


def settle(
    found: Sequence[Sighting], fixed: Sequence[Fixed] = (), kept: Collection[str] = ()
) -> dict[int, Linked]:
    """Sighting id -> the entity it is. ``kept``: ids that staff decided about or readers follow;
    an entity keeps such an id where it has it, otherwise it takes the one of its earliest
    document."""
    persons = [one for one in found if one.local_id.startswith("person:")]
    others = [one for one in found if not one.local_id.startswith("person:")]
    out: dict[int, Linked] = {}
    for kind, sightings in (("person:", persons), ("institution:", others)):
        groups = _Groups(
            sightings, [one for one in fixed if one.entity_id.startswith(kind)], kind == "person:"
        )
        out |= groups.named(frozenset(kept))
    return out


@dataclass(slots=True)
class _Group:
    """Sightings held to be one, with all they say together."""

    names: set[tuple[str, ...]]
    words: int
    posts: set[Post]
    regions: set[str]
    abroad: bool
    order: tuple[str, ...] = ()
    documents: set[int] = field(default_factory=set)
    sightings: list[Sighting] = field(default_factory=list)
    fixed: str | None = None
    why: str = "name"


class _Groups:
    def __init__(
        self, sightings: Sequence[Sighting], fixed: Sequence[Fixed], persons: bool
    ) -> None:
        self._persons = persons
        # Of one name, one region and the same posts: one and the same, whatever else is said.
        # What is compared pair by pair are these, so a governor named in ten thousand documents
        # is as many groups as he has posts and regions, not ten thousand.
        alike: dict[tuple[object, ...], list[Sighting]] = defaultdict(list)
        for one in sightings:
            posts = _posts(one.offices, one.region) if persons else ((), False)
            alike[one.local_id, one.region or "", *posts].append(one)
        self.groups = [self._of(members) for members in alike.values()]
        for known in fixed:
            group = self._start(known, (known.name, *known.names))
            group.order = (known.entity_id,)
            group.fixed, group.documents = known.entity_id, set(known.documents)
            self.groups.append(group)
        self.groups.sort(key=lambda group: group.order)
        self._join()

    def _of(self, members: list[Sighting]) -> _Group:
        one = members[0]
        names = sorted({name for member in members for name in (member.name, *member.names)})
        group = self._start(one, names)
        group.words = max(self._words(member.name) for member in members)
        group.order = (one.local_id, one.region or "", *sorted(map(str, group.posts)), *names)
        group.documents = {member.document_id for member in members}
        group.sightings = list(members)
        return group

    def _start(self, one: Sighting | Fixed, written: Sequence[str]) -> _Group:
        if self._persons:
            names = {name_words(name) for name in written}
            posts, abroad = _posts(one.offices, one.region)
        else:
            names, posts, abroad = {(norm(name),) for name in written}, (), False
        return _Group(
            names=names,
            words=self._words(one.name),
            posts=set(posts),
            regions={one.region} if one.region else set(),
            abroad=abroad,
        )

    def _words(self, name: str) -> int:
        return len(name_words(name)) if self._persons else LONG_NAME

    def _join(self) -> None:
        pairs = []
        for a, b in combinations(range(len(self.groups)), 2):
            judged = self._judge(self.groups[a], self.groups[b])
            if judged is not None:
                pairs.append((-judged[0], a, b, judged[1]))
        head = list(range(len(self.groups)))

        def root(one: int) -> int:
            while head[one] != one:
                head[one] = head[head[one]]
                one = head[one]
            return one

        for _, a, b, why in sorted(pairs):
            left, right = sorted((root(a), root(b)))
            if left == right or self._judge(self.groups[left], self.groups[right]) is None:
                continue
            head[right] = left
            _swallow(self.groups[left], self.groups[right], why)
        self.groups = [group for i, group in enumerate(self.groups) if head[i] == i]

    def _judge(self, one: _Group, two: _Group) -> tuple[float, str] | None:
        """How much speaks for one and the same, and what; ``None``: they are two."""
        if one.documents & two.documents or (one.fixed and two.fixed):
            return None
        if not self._persons:
            apart = one.regions and two.regions and not one.regions & two.regions
            return None if apart or not one.names & two.names else (1.0, "name and region")
        alike = _alike(one, two)
        short = alike < SAME_NAME
        if short and not (one.posts & two.posts and _short_for(one, two)):
            return None
        if bool(one.posts) != bool(two.posts) and _all_behind_own(one, two):
            return None  # an official and, maybe, the wife who bears his name
        score = verdict(list(one.posts), list(two.posts), one.regions, two.regions)
        if score == MOVED and alike == 1.0 and min(one.words, two.words) >= LONG_NAME:
            score = 0.25
        if score < 0 and not (one.posts and two.posts) and (one.abroad or two.abroad):
            score = 0.5  # a minister is named in every province
        single = min(one.words, two.words) == 1
        if score < 0 or (single and score < 2 and not one.regions & two.regions):
            return None
        if short:
            return SAME_NAME + score, "short name and office"
        why = "name and office" if score >= 3 else "name and region" if score >= 1 else "name"
        return (
            alike + score + 0.25 * bool(one.fixed or two.fixed),
            why if alike == 1 else f"spelling, {why}",
        )

    def named(self, kept: frozenset[str]) -> dict[int, Linked]:
        """Each sighting with the id of its group. Of two groups of one name the one with the
        earliest document is called by the name alone, so later documents change no id."""
        out: dict[int, Linked] = {}
        taken = {group.fixed for group in self.groups if group.fixed}

        def first(group: _Group) -> tuple[str, str, str]:
            return min((s.date or _LATEST, s.text_hash, s.local_id) for s in group.sightings)

        mine = [group for group in self.groups if group.sightings]
        ids: dict[int, str] = {}
        for group in sorted(mine, key=first):
            decided = {s.entity_id for s in group.sightings} & kept
            if group.fixed or (decided - taken):
                ids[id(group)] = group.fixed or min(decided - taken)
                taken.add(ids[id(group)])
        for group in sorted(mine, key=first):
            if id(group) not in ids:
                ids[id(group)] = _own_id(group, first(group), taken)
                taken.add(ids[id(group)])
            for one in group.sightings:
                out[one.id] = Linked(ids[id(group)], group.why)
        return out


def _swallow(one: _Group, two: _Group, why: str) -> None:
    one.names |= two.names
    one.posts |= two.posts
    one.regions |= two.regions
    one.documents |= two.documents
    one.sightings += two.sightings
    one.words = max(one.words, two.words)
    one.abroad = one.abroad or two.abroad
    one.fixed = one.fixed or two.fixed
    one.why = why


def _alike(one: _Group, two: _Group) -> float:
    """Best match of a full name of one with a full name of the other."""
    mine, theirs = one.names, two.names
    if min(one.words, two.words) > 1:
        mine = {words for words in mine if len(words) > 1}
        theirs = {words for words in theirs if len(words) > 1}
    if mine & theirs:
        return 1.0
    return max((_same(a, b) for a in mine for b in theirs), default=0.0)


_same = lru_cache(maxsize=100_000)(same_person)


def _short_for(one: _Group, two: _Group) -> bool:
    """Whether all one document says of the name is a short form of the other's: only the post
    they share can then say that they are one (``Menteri Wibowo``)."""
    few, many = (one, two) if one.words <= two.words else (two, one)
    return few.words == 1 < many.words and all(
        any(short_form(a, b) or blends(a, b) for b in many.names) for a in few.names
    )


def _of_the_country(post: Post) -> bool:
    """Whether there is one holder at a time in the whole country (``Presiden``)."""
    title = authority.load().titles.by_words.get(tuple(post.role.split()))
    return title is not None and title.takes == "none"


def _all_behind_own(one: _Group, two: _Group) -> bool:
    """Whether each match of their names is one name behind another of its own."""
    pairs = [(a, b) for a in one.names for b in two.names if _same(a, b) >= SAME_NAME]
    return bool(pairs) and all(behind_own(a, b) for a, b in pairs)


@lru_cache(maxsize=20_000)
def _posts(offices: tuple[StatedOffice, ...], region: str | None) -> tuple[tuple[Post, ...], bool]:
    """What offices tell, in order, and whether one of them is of the whole country."""
    return tuple(sorted(set(posts_of(offices, region)), key=str)), national(offices)


def _own_id(group: _Group, first: tuple[str, str, str], taken: Collection[str]) -> str:
    """The id its name gives; where another has that, the region stands behind, and where
    that is taken too, letters of its first document."""
    posts = sorted(post.region for post in group.posts if post.region)
    code = next(iter((*posts, *sorted(group.regions))), "x")
    mark = sha256(first[1].encode()).hexdigest()[:6]
    own = f"{first[2]}~{code}"
    names = (first[2], own, f"{own}~{mark}", *(f"{own}~{mark}{n}" for n in range(len(taken) + 1)))
    return next(name for name in names if name not in taken)
