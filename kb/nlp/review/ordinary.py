"""Names that are none: government affairs, table heads, programmes, mottos, indices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.conventions import generic
from kb.nlp.regions import region_code

_CUT = re.compile(
    r"\s(?:pada|yang|telah|sudah|akan|dapat|oleh|H-\d)(?=\s|$)|\s?\||\sRp\.?\s?\d|\sRp\.?$"
)
"""What stands in no name (words, table rules, money): behind it the sentence goes on."""
_WITHIN = re.compile(r"[Ll]ingkungan\s(?:[Dd]aerah\s)?(?=[A-Z])")
_ITEM = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[a-z][.)]|[-•*])\s+$")
_LIST = re.compile(r"(?:[A-Z][\w-]*(?: [A-Z][\w-]*)*(?:, dan |, | dan ))*$")


def settle_ordinary(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without what only looks like a name; spans cut where a name ends inside.

    ``Cilegon Maju`` is cut to the place, ``SPBE`` (a system) and ``Gerakan Bebas Stunting``
    (a programme) are dropped, as are persons made of table heads (``Masalah Pokok``) or
    of a bare title (``Wagub``).
    """
    out = []
    for mention in mentions:
        settled = _settle(text, mention)
        if settled is not None:
            out.append(settled)
    return out


def _settle(text: str, mention: Mention) -> Mention | None:
    ordinary = lexicon().ordinary
    found = _CUT.search(mention.surface)
    if found is not None:
        mention = _shorter(text, mention, found.start())
    words = norm(mention.surface).split()
    if not words:
        return None
    if mention.label == "PER":
        columns = ordinary["columns"]
        if all(word in columns for word in words) or _is_title(words):
            return None
        return mention
    if found is not None and (mention.surface.islower() or len(words) < 2):
        return None
    whole = mention
    mention = _without_results(text, mention)
    words = norm(mention.surface).split()
    if mention is not whole and len(words) < 2:
        return None
    if mention.label == "LOC":
        if " ".join(words) in generic() and mention.method != "rule":
            return None
        within = _WITHIN.match(mention.surface)
        if within and region_code(mention.surface[within.end() :]) is not None:
            start = mention.start + within.end()
            mention = replace(mention, start=start, surface=text[start : mention.end])
        mention = _motto(text, mention)
        if len(words) == 2 and words[1] in lexicon().before_name and mention.surface[-1] == ".":
            return None
    elif _is_generic(mention.surface):
        return None
    if mention.label == "ORG" and words[0] in ordinary["measures"]:
        return None
    if words[0] == "gerakan" and not _is_movement(words):
        return None
    if words[0] in ordinary["heads"] and len(words) > 1 and _after_programme(text, mention):
        return None
    return mention


def _is_title(words: Sequence[str]) -> bool:
    """True for the bare title of a head of region and the like (``Wagub``)."""
    lex = lexicon()
    title = lex.titles.by_words.get(tuple(words))
    return (
        title is not None
        and title.takes in ("region", "none")
        and not all(word in lex.name_parts for word in words)
    )


def _shorter(text: str, mention: Mention, size: int) -> Mention:
    end = mention.start + size
    return replace(mention, end=end, surface=text[mention.start : end])


def _without_results(text: str, mention: Mention) -> Mention:
    """The name without the kind of target that follows it in a table (``... Outcome``)."""
    parts = re.split(r"\s", mention.surface)
    results = lexicon().ordinary["results"]
    size = next((i for i in range(1, len(parts)) if parts[i].lower() in results), len(parts))
    if size == len(parts):
        return mention
    return _shorter(text, mention, len(" ".join(parts[:size])))


def _is_generic(surface: str) -> bool:
    """True for words that laws use of any agency (``Satuan Kerja Perangkat Daerah (SKPD)``)."""
    generic = lexicon().ordinary["generic"]
    plain = re.sub(r"\([^()]*\)", " ", surface)
    parts = [norm(part) for part in re.split(r"\sdan\s|,|/", plain)]
    return all(part in generic for part in parts if part)


def _motto(text: str, mention: Mention) -> Mention:
    """A region's motto (``Banten Merata``) cut to the region's name."""
    parts = mention.surface.split(" ")
    slogan = lexicon().ordinary["slogan"]
    size = len(parts)
    while size > 1 and parts[size - 1].lower() in slogan:
        size -= 1
    name = " ".join(parts[:size])
    if size == len(parts) or region_code(name) is None or region_code(mention.surface) is not None:
        return mention
    # A village may be called so (Desa Suka Maju), even many of them.
    if norm(parts[0]) in TYPE_WORDS and authority.load().places.named(" ".join(parts[1:])):
        return mention
    return _shorter(text, mention, len(name))


def _is_movement(words: Sequence[str]) -> bool:
    if len(words) == 1 or words[1] in lexicon().ordinary["movement"]:
        return True
    return bool(authority.load().institutions.match(list(words))[0])


def _after_programme(text: str, mention: Mention) -> bool:
    """True behind ``Program`` and the like, also further on in the same enumeration, and
    for the head of a list item (``1. Sekolah Dekat Rumah: ...``)."""
    if text[mention.end : mention.end + 1] == ":" and _ITEM.search(
        text, max(0, mention.start - 12), mention.start
    ):
        return True
    before = text[max(0, mention.start - 120) : mention.start]
    listed = _LIST.search(before)
    head = before[: listed.start()] if listed is not None else before
    word = head.rstrip(' "\u201c').rpartition(" ")[2].rpartition("\n")[2]
    names = [] if listed is None else listed.group().split()
    first = names[0].lower() if names else ""
    programme = lexicon().ordinary["programme"]
    return word.lower() in programme or first in programme
