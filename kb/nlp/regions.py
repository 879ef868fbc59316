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


_DATELINE = 3
"""Characters before the place of a dateline, at most."""


def _province_of(name: str) -> str | None:
    """The province that all kabupaten and kota called ``name`` lie in (``Serang``)."""
    codes = authority.load().places.by_norm.get(norm(name), ())
    provinces = {code[:2] for code in codes if code.count(".") == 1}
    return provinces.pop() if len(provinces) == 1 else None


def document_region(
    context: TagContext | None, mentions: Sequence[Mention], earlier: str | None
) -> str | None:
    """Code of the region the text is about.

    What ``describe`` said comes first, then the issuing institution, then earlier pages,
    then the dateline, then the region most often named in the text (an institution's region
    counts double), and only for a text that names none the home region of the settings.
    """
    if context is not None:
        for text in (context.region, context.institution):
            code = region_code(text)
            if code is not None:
                return code
    if earlier is not None:
        return earlier
    votes: Counter[str] = Counter()
    within = ""
    for number, mention in enumerate(mentions):
        if mention.label == "PER":
            continue
        code = region_code(mention.surface)
        if not number and mention.start < _DATELINE and mention.surface.isupper():
            if code is not None:
                return code  # "JEPARA - ..."
            within = _province_of(mention.surface) or ""  # "SERANG - ...": kota or kabupaten
        if code is not None and code.count(".") <= 1:
            votes[code] += 2 if mention.label == "ORG" else 1
    if within:
        near = Counter({c: n for c, n in votes.items() if c.startswith(within + ".")})
        return near.most_common(1)[0][0] if near else within
    if not votes:
        return region_code(context.home) if context is not None else None
    (top, count), *rest = votes.most_common(2)
    if rest and rest[0][1] == count:
        provinces = {code[:2] for code, n in votes.items() if n == count}
        return provinces.pop() if len(provinces) == 1 else None
    return top
