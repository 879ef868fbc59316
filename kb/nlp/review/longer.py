"""Names of agencies that go on over a comma, a line break or the foot of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.regions import region_code
from kb.nlp.review.plain_words import is_plain

_WORD = re.compile(r"[\s,&/-]*([^\W_]+)")
_AND = re.compile(r"[ \t]*\n?[ \t]*dan[ \t]*\n?[ \t]*([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")
_ALL = re.compile(r"(?:\s[A-Z][\w-]+){0,3}\s(?:Seluruh|se-|Se-)\s?Indonesia\b")
"""How names of associations end (``Persatuan Catur Seluruh Indonesia``)."""
_REACH = 200
"""Characters behind a name in which the rest of it is looked for. Set by hand; no command measured
it."""
_SMALL = frozenset({"dan", "serta"})
_MOST = 16
"""Words of a name that are looked for behind another, at most. Set by hand; no command measured
it."""

Words = tuple[str, ...]


def words_of(surface: str) -> Words:
    """Words of a name in normal form, without ``dan`` and what stands in brackets."""
    plain = re.sub(r"\([^()]*\)", " ", surface)
    return tuple(word for word in norm(plain).split() if word not in _SMALL)


def is_agency(words: Sequence[str]) -> bool:
    """True for words that begin as an agency's name does (``Dinas``, ``Badan``)."""
    return len(words) > 1 and words[0] in lexicon().agency_heads


@lru_cache(maxsize=1)
def _known() -> dict[Words, tuple[Words, ...]]:
    """First two words -> names of agencies in the authority file, without ``dan``."""
    table: dict[Words, set[Words]] = {}
    for name in authority.load().institutions.index:
        words = tuple(word for word in name if word not in _SMALL)
        if len(words) > 2 and is_agency(words):
            table.setdefault(words[:2], set()).add(words)
    return {key: tuple(found) for key, found in table.items()}


def go_on(text: str, mentions: Sequence[Mention], seen: Iterable[Words]) -> list[Mention]:
    """``mentions``, those of agencies carried to the end of the longer name that the authority
    file or the document has (``seen``), those of associations to ``Seluruh Indonesia``; what
    lies inside is swallowed."""
    told: dict[Words, set[Words]] = {}
    for words in seen:
        if words[-1] in lexicon().not_person:
            continue  # read on into the sentence: "Dinas Perhubungan Dalam"
        told.setdefault(words[:2], set()).add(words)
    for mention in mentions:
        if mention.label == "ORG":
            words = words_of(mention.surface)
            if is_agency(words) and words[-1] not in lexicon().not_person:
                told.setdefault(words[:2], set()).add(words)
    out: list[Mention] = []
    for number, mention in enumerate(mentions):
        if out and mention.start < out[-1].end:
            continue
        if mention.label == "ORG":
            words = words_of(mention.surface)
            if is_agency(words):
                names = [*told.get(words[:2], ()), *_known().get(words[:2], ())]
                following = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
                mention = _carried(text, mention, words, names, following)
            elif (whole := _ALL.match(text, mention.end)) is not None:
                end = whole.end()
                mention = replace(mention, end=end, surface=text[mention.start : end])
        out.append(mention)
    return out


def _carried(
    text: str, mention: Mention, words: Words, names: Iterable[Words], following: int
) -> Mention:
    ahead: list[tuple[str, int]] = []
    at = mention.end
    while len(ahead) < _MOST and (found := _WORD.match(text, at)) is not None:
        at = found.end()
        if at - mention.end > _REACH:
            break
        if norm(found[1]) not in _SMALL:
            ahead.append((norm(found[1]), at))
    best = 0
    for name in names:
        rest = name[len(words) :]
        if name[: len(words)] != words or not rest or len(rest) > len(ahead):
            continue
        if tuple(word for word, _ in ahead[: len(rest)]) == rest:
            best = max(best, ahead[len(rest) - 1][1])
    if not best:
        best = _with_second(text, mention, words, following)
        if not best:
            return mention
    end = _over_region(text, best)
    return replace(mention, end=end, surface=text[mention.start : end])


def _with_second(text: str, mention: Mention, words: Words, following: int) -> int:
    """End of ``Badan Pengelolaan Pajak`` + ``dan Retribusi Daerah``, else 0."""
    lex = lexicon()
    if (
        words[0] not in ("badan", "dinas")
        or " dan " in mention.surface.lower()
        or region_code(mention.surface) is not None
    ):
        return 0
    found = _AND.match(text, mention.end)
    if found is None or found.end() > following:
        return 0
    second = found[1].split()
    low = [norm(word) for word in second]
    if low[0] in lex.agency_heads | lex.institution_first.keys() | lex.region_types:
        return 0
    size = next(
        (i for i, word in enumerate(low) if not is_plain(word) or word in lex.region_types),
        len(low),
    )
    return found.start(1) + len(" ".join(second[:size])) if size else 0


def _over_region(text: str, end: int) -> int:
    """``end`` carried over the region that stands right behind it with its type word."""
    found = re.match(r"\s+((?:Provinsi|Kabupaten|Kota|Kab\.|Prov\.)(?:\s[A-Z]\w+){1,3})",
                     text[end : end + 80], re.IGNORECASE)  # fmt: skip
    if found is None:
        return end
    parts = found[1].split()
    for size in range(len(parts), 1, -1):
        if region_code(" ".join(parts[:size])) is not None:
            last = re.match(r"\s+" + r"\s+".join(map(re.escape, parts[:size])), text[end:])
            return end + last.end() if last is not None else end
    return end
