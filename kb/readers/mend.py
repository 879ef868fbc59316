"""Mends what a page's typesetting did to words: hyphens at line ends, glued words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kb.authority.roots import is_word

_LAST = re.compile(r"([^\W\d_]+)[-\u00ad‐]$")
_FIRST = re.compile(r"^([^\W\d_]+)(.*)$", re.DOTALL)
LONGEST_WORD = 80
_WORD = re.compile(r"[^\W\d_]{7,}")


def join_hyphen(before: str, after: str) -> str | None:
    """Both texts as one where a word was divided at the line end, else ``None``.

    ``pemba-`` + ``ngunan`` is one word; ``sama-`` + ``sama`` keeps its hyphen.
    """
    last = _LAST.search(before, max(0, len(before) - LONGEST_WORD))
    first = _FIRST.match(after)
    if last is None or first is None:
        return None
    head, tail = last.group(1), first.group(1)
    if before.endswith("\u00ad"):
        return before[:-1] + after
    whole = head + tail
    if head.lower() == tail.lower() or (is_word(head) and is_word(tail) and not is_word(whole)):
        return before + after
    if is_word(whole) or (tail.islower() and not is_word(head)):
        return before[:-1] + after
    return before + after


def split_glued(texts: Iterable[str]) -> dict[str, str]:
    """Words of a document that are two of its other words without the space between.

    A word is only divided where it is no word itself, both parts are words that the
    document also uses alone, and there is one way to do it.
    """
    counts: Counter[str] = Counter()
    longer: set[str] = set()
    for text in texts:
        for token in re.findall(r"[^\W\d_]+", text):
            counts[token.lower()] += 1
        longer.update(_WORD.findall(text))
    mended: dict[str, str] = {}
    for token in longer:
        low = token.lower()
        if not low.isalpha() or is_word(low) or counts[low] > 3:
            continue
        ways = [
            at
            for at in range(2, len(low) - 1)
            if _alone(counts, low[:at]) and _alone(counts, low[at:])
        ]
        if len(ways) > 1:
            strong = [at for at in ways if min(at, len(low) - at) >= 4]
            ways = strong if len(strong) == 1 else []
        if ways:
            at = ways[0]
            if token.isupper() or token[at:].islower() or token[at:].istitle():
                mended[token] = f"{token[:at]} {token[at:]}"
    return mended


_SHORT = frozenset(["di", "ke"])


def _alone(counts: Counter[str], part: str) -> bool:
    if len(part) < 3:
        return part in _SHORT and counts[part] >= 3
    return counts[part] >= (2 if len(part) >= 5 else 4) and is_word(part)


def apply(text: str, mended: dict[str, str]) -> str:
    if not mended:
        return text
    return _WORD.sub(lambda match: mended.get(match.group(0), match.group(0)), text)


_TORN = re.compile(r"(?<![\w-])([^\W\d_]{3,}) ([a-z]{1,6})(?![\w.-])")
_ENDINGS = frozenset(["an", "kan", "nya"])
"""What only ends words: alone it is a piece of one ("an." is "atas nama")."""


def torn_words(texts: Iterable[str]) -> dict[tuple[str, str], str]:
    """Pairs of pieces that are one word of the document, which a narrow cell broke without a
    hyphen ("Perlindung an").

    Pieces are put together where the document has the whole word elsewhere, and the second
    only ends words or neither stands without the other.
    """
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        counts.update(token.lower() for token in re.findall(r"[^\W\d_]+", text))
        pairs.update((head.lower(), tail) for head, tail in _TORN.findall(text))
    torn: dict[tuple[str, str], str] = {}
    for (head, tail), times in pairs.items():
        whole = head + tail
        if not counts[whole] or (is_word(tail) and tail not in _ENDINGS):
            continue
        if tail in _ENDINGS or counts[head] == counts[tail] == times:
            torn[head, tail] = whole
    return torn


def rejoin(text: str, torn: dict[tuple[str, str], str]) -> str:
    """The text with words put together that were torn."""
    if not torn:
        return text

    def whole(match: re.Match[str]) -> str:
        known = (match[1].lower(), match[2]) in torn
        return match[1] + match[2] if known else match[0]

    return _TORN.sub(whole, text)
