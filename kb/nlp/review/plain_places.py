"""Places of planning documents that are none: kinds of roads, buildings and villages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.regions import region_code
from kb.nlp.review.plain_words import (
    is_derived,
    is_of_plans,
    is_plain,
    plan_lines,
    plan_words,
    short_forms,
)

_NUMBER = re.compile(r"\s*,?\s*(?:No\b|Nomor\b|\d)", re.IGNORECASE)
_HIGHER = re.compile(r"\s*,?\s*(?:Kec|Kecamatan|Kab|Kabupaten|Kota|Distrik)\b", re.IGNORECASE)
"""A region that another lies in follows right behind it."""
_LOWER = re.compile(r"\b(?:Desa|Kelurahan|Dusun)\s[A-Z]\w+(?:\s[A-Z]\w+)?\s*,?\s*$")
"""A place that lies in another stands right before it."""
_NATURAL = frozenset(
    {"bukit", "curug", "danau", "dusun", "gunung", "kali", "kepulauan", "pantai", "pulau", "selat",
     "situ", "sungai", "tanjung", "teluk", "waduk", "way"}
)  # fmt: skip
_ROADS = frozenset({"gang", "gg", "jalan", "jl", "jln", "ruas"})
_WARDS = frozenset({"rt", "rw"})


def is_no_place(text: str, mention: Mention, region: str | None) -> bool:
    """True for a mention of a place that names none.

    Args:
        region: code of the region the document is about.
    """
    plain = re.sub(r"\([^()]*\)", " ", mention.surface)
    words = norm(plain).split()
    if not words:
        return True
    if mention.surface.islower() and all(map(is_plain, words)):
        return region_code(mention.surface) is None
    if words[0] in lexicon().unit_heads and all(map(is_plain, words)):
        return True
    if words[0] in _WARDS:
        return all(word.isdigit() or word in _WARDS for word in words[1:])
    if len(words) == 1 and (tuple(words) in lexicon().place_types or words[0] in TYPE_WORDS):
        return not (_goes_on(text, mention) or authority.load().places.named(words[0]))
    level = TYPE_WORDS.get(words[0])
    if level is not None and len(words) > 1:
        return _is_no_region(text, mention, words, level, region)
    size = _kind_size(words)
    if size:
        return _is_unnamed(text, mention, words, size)
    return _is_ordinary(text, mention, words, region)


def _is_no_region(
    text: str, mention: Mention, words: Sequence[str], level: str, region: str | None
) -> bool:
    """``Desa Lainnya``, ``Kecamatan Tipe A``, ``Kabupaten Prestasi``; also a word of the next
    cell below (``Dana Desa`` above ``Waktu``)."""
    rest = words[1:]
    written = mention.surface.split()[1:]
    short = any(word.strip("()").upper() in short_forms() for word in written)
    if not short and not all(map(is_plain, rest)):
        return False
    if all(word in TYPE_WORDS for word in rest):
        return True
    if _HIGHER.match(text[mention.end : mention.end + 16]) or _goes_on(text, mention):
        return False
    if _LOWER.search(text[max(0, mention.start - 40) : mention.start]):
        return False
    places = authority.load().places
    codes = places.named(" ".join(rest), level=level)
    if not codes:
        first = places.named(rest[0], level=level, within=region) if region else ()
        return not first
    if level in ("provinsi", "kabupaten", "kota"):
        return False
    return region is not None and not any(code[:2] == region[:2] for code in codes)


def _goes_on(text: str, mention: Mention) -> bool:
    """True where a capitalised word that is no ordinary one stands right behind, so that the
    name is cut (``Muara Teweh``)."""
    after = re.match(r" ([A-Z]\w+)", text[mention.end : mention.end + 30])
    if after is None:
        return False
    return not is_plain(after[1]) or after[1].lower() in plan_words("behind_places")


def _kind_size(words: Sequence[str]) -> int:
    """Words of the kind of place that a name begins with, or 0."""
    types = lexicon().place_types
    return next((n for n in (3, 2, 1) if tuple(words[:n]) in types and len(words) > n), 0)


def _is_unnamed(text: str, mention: Mention, words: Sequence[str], size: int) -> bool:
    """``Jembatan Beton``, ``Terminal Tipe C``, ``Pelabuhan Pengumpan Lokal``."""
    lex = lexicon()
    if _NUMBER.match(text[mention.end : mention.end + 8]) and words[0] in _ROADS:
        return False
    if region_code(" ".join(words[size:])) is not None:
        return False
    own = words[size:]
    if own[0] in ("dan", "yang") or all(word in plan_words("unnamed") for word in own):
        return True
    if "\n" in mention.surface and all(map(is_plain, own)):
        return True
    written = mention.surface.split()[size:]
    if len(written) == 1 and written[0].strip("()") in short_forms():
        return True
    if words[0] in _ROADS:
        said = [word in plan_words("unnamed") or word in lex.ordinary["columns"] for word in own]
        return all(said)
    if words[0] == "lingkungan" and own[0] in lex.agency_heads:
        return False  # a hamlet called after an office nearby
    derived = words[0] not in _NATURAL
    long = [word for word in own if len(word) > 2]
    return bool(long) and all(is_of_plans(w) or (derived and is_derived(w)) for w in long)


def _is_ordinary(text: str, mention: Mention, words: Sequence[str], region: str | None) -> bool:
    """Ordinary words without a kind of place before them (``Tahunan``, ``pantai timur``)."""
    if len(words) > 1:
        if " ".join(words) in plan_lines("directions"):
            return True
        english = all(w.isdigit() or w in plan_words("english") for w in words)
        return english or (mention.surface.islower() and all(map(is_plain, words)))
    word = words[0]
    if _goes_on(text, mention):
        return False
    if not (word in common_words() or word in plan_words("words") or is_derived(word)):
        return False
    if (word,) in lexicon().bare_places.get(word, ()):
        return False
    codes = authority.load().places.named(word)
    return not any(code.count(".") < 2 or (region and code.startswith(region)) for code in codes)
