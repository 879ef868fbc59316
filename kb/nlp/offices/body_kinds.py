"""What kind of body an institution's name speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.nlp.lexicon import lexicon
from kb.nlp.offices.listed import listed

_PRIVATE_INSIDE = listed("private_inside")
_PUBLIC_INSIDE = listed("public_inside")
_FORCE_INSIDE = listed("force_inside")
_AGENCY_INSIDE = listed("agency_inside")
_PUBLIC_NAMES = tuple(sorted(listed("public_names")))
_CAMPUS_UNITS = listed("campus_units")
_LONGEST_SHORT = 6
"""Letters of a campus's short form at most. Set by hand; no command measured it."""
_GROUPS = frozenset({"regu", "tim"})
_AGENCY_SHORT = re.compile(
    r"(?:(?:Din|Dis|Dik|Bap|Bak|Set|Pan|Pus)[a-z]{2,}"
    r"|(?:BP|BK|BPP|UPT|UPTD|RSUD|PP|KP|BN)[A-Z0-9]{0,6}|RSU[A-Z]{2,4})\Z"
)
"""How short forms of public bodies are built that no list has (``Dinrumkimhub``, ``BPPKAD``)."""


@lru_cache(maxsize=20_000)
def is_public(name: str) -> bool:
    """True where posts in the institution ``name`` are public offices.

    The authority file decides where it knows the name, else the first word does. Parties,
    companies, associations, universities and private schools are not public.
    """
    lex = lexicon()
    words = norm(name).split()
    if not words:
        return False
    if " ".join(words).startswith(_PUBLIC_NAMES) or (
        words[0] in _CAMPUS_UNITS and is_state_campus(name)
    ):
        return not any(word in _PRIVATE_INSIDE for word in words)
    known = authority.load().institutions
    ids, size = known.match(words)
    if ids:
        item = known.get(ids[0])
        if item is not None:
            if item.id == "dpd-ri" and len(words) > size and words[1] != "ri":
                return False
            return item.public
    if words[0] in _GROUPS and len(words) > 1:
        if words[1] in lex.titles.teams:
            return True  # "Tim Percepatan Penurunan Stunting"
        return is_public(" ".join(words[1:]))  # "Tim Basarnas Ambon"
    if words[0] == "politeknik" and words[1:2] == ["kesehatan"]:
        return True  # those of the ministry of health
    if words[0] in lex.public_heads:
        return not any(word in _PRIVATE_INSIDE for word in words)
    if words[0] in lex.private_heads:
        return any(word in _PUBLIC_INSIDE for word in words[1:]) and words[0] not in (
            "partai",
            "pt",
        )
    inside = _PUBLIC_INSIDE | _FORCE_INSIDE
    return any(word in inside for word in words) or (
        words[0] == "pusat" and bool(_AGENCY_INSIDE.intersection(words))
    )


@lru_cache(maxsize=20_000)
def is_private(name: str) -> bool:
    """True where the name speaks of a company, party, school or association."""
    known = authority.load().institutions
    words = norm(name).split()
    ids, _ = known.match(words)
    item = known.get(ids[0]) if ids else None
    if item is not None:
        return not item.public
    if name[:1].isupper() and _AGENCY_SHORT.match(name.split()[0]):
        return False
    return any(word in lexicon().private_heads for word in words) and not any(
        word in _PUBLIC_INSIDE for word in words
    )


@lru_cache(maxsize=2_000)
def is_state_campus(name: str) -> bool:
    """True for a state university, also where one of its faculties is named."""
    words = norm(name).split()
    campuses = lexicon().campuses
    for place, word in enumerate(words):
        if word in ("universitas", "institut"):
            rest = words[place + 1 :]
            return any(" ".join(rest[:size]) in campuses for size in range(1, 5))
    short = [word for word in words if len(word) <= _LONGEST_SHORT and word.startswith(("i", "u"))]
    return any(word in campuses for word in short)


@lru_cache(maxsize=20_000)
def looks_like_agency(name: str) -> bool:
    """True where the first word of ``name`` is built like a public body's short form."""
    first = name.split()[0] if name.split() else ""
    return bool(_AGENCY_SHORT.match(first)) and not is_private(name)
