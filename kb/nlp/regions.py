"""The region a document is about, and the region an institution's name carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.model import Mention, TagContext


@lru_cache(maxsize=20_000)
def region_code(name: str | None) -> str | None:
    """Kemendagri code of the region that ``name`` is or ends with, if only one fits.

    ``Banten``, ``Kota Serang``, ``Dinas Kesehatan Provinsi Banten``.
    """
    if not name:
        return None
    places = authority.load().places
    whole = places.parse(name)
    if whole is not None:
        return whole
    words = norm(name).split()
    for i, word in enumerate(words):
        if word in TYPE_WORDS and i + 1 < len(words):
            code = places.parse(" ".join(words[i:]))
            if code is not None:
                return code
    for size in (4, 3, 2, 1):
        if len(words) > size:
            code = places.parse(" ".join(words[-size:]))
            if code is not None:
                return code
    return None


def document_region(
    context: TagContext | None, mentions: Sequence[Mention], earlier: str | None
) -> str | None:
    """Code of the region the text is about.

    What ``describe`` said comes first, then the issuing institution, then earlier pages,
    then the region most often named in the text (an institution's region counts double).
    """
    if context is not None:
        for text in (context.region, context.institution):
            code = region_code(text)
            if code is not None:
                return code
    if earlier is not None:
        return earlier
    votes: Counter[str] = Counter()
    for mention in mentions:
        if mention.label == "PER":
            continue
        code = region_code(mention.surface)
        if code is not None and code.count(".") <= 1:
            votes[code] += 2 if mention.label == "ORG" else 1
    if not votes:
        return None
    (top, count), *rest = votes.most_common(2)
    if rest and rest[0][1] == count:
        provinces = {code[:2] for code, n in votes.items() if n == count}
        return provinces.pop() if len(provinces) == 1 else None
    return top
