"""Features of the name model: what the CRF sees of each token.

The input is one document as parallel sequences (words, rule tags, word lists),
so this module knows nothing of spaCy. Besides the usual window of words,
shapes and affixes (settings from the measured recipe) there are two kinds of
long-distance features: the *head* of the capitalised run a token stands in
("Dinas" for every word of "Dinas Pekerjaan Umum dan Penataan Ruang"), and what
the rules said of the same word elsewhere in the document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_LINKS = frozenset({"dan", "&", "(", ")", "-", "/", "of", "bin", "binti", "untuk", "de"})
_CLOSERS = frozenset({")", "]", "”", '"', "’"})
_QUOTES = frozenset({'"', "“", "”", "„", "‘", "’"})
_MAX_RUN = 14


@lru_cache(maxsize=200_000)
def shape(word: str) -> str:
    """The word's shape, runs shortened to two (``Aa``, ``AA``, ``d.d``)."""
    out: list[str] = []
    for char in word:
        if char.isupper():
            kind = "A"
        elif char.isalpha():
            kind = "a"
        elif char.isdigit():
            kind = "d"
        else:
            kind = char
        if len(out) < 2 or out[-1] != kind or out[-2] != kind:
            out.append(kind)
    return "".join(out[:10])


@lru_cache(maxsize=200_000)
def _own(word: str) -> tuple[str, ...]:
    low = word.lower()
    feats = [f"w={word}", f"l={low}", f"s={shape(word)}"]
    if low[0].isalpha():
        for size in (2, 3, 4):
            if len(low) > size:
                feats.append(f"p{size}={low[:size]}")
                feats.append(f"e{size}={low[-size:]}")
        if len(word) <= 5 and word.isupper():
            feats.append(f"abbr{len(word)}")
        if "." in word:
            feats.append("dotted")
    elif low[0].isdigit():
        feats.append("digit")
    return tuple(feats)


class _Around(NamedTuple):
    """Features that a word gives its neighbours, by its place from theirs."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    before2: tuple[str, ...]
    after2: tuple[str, ...]


@lru_cache(maxsize=200_000)
def _around(word: str) -> _Around:
    low, form = word.lower(), shape(word)
    return _Around(*((f"{at}l={low}", f"{at}s={form}") for at in ("-1", "+1", "-2", "+2")))


_START, _END = "<s>", "</s>"


@lru_cache(maxsize=50_000)
def _member(names: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Features of word lists: of the token's own, of the one before, after, at the head."""
    own = sorted(f"g:{name}" for name in names)
    return tuple(tuple(f"{at}{name}" for name in own) for at in ("", "-1", "+1", "head"))


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and word[-1].isupper())


def _runs(words: Sequence[str], stops: Sequence[int]) -> list[tuple[int, int] | None]:
    """For each token the capitalised run [first, end) it stands in, links allowed inside.

    ``stops`` are the positions behind the last token of each line; no run goes beyond one.
    """
    runs: list[tuple[int, int] | None] = [None] * len(words)
    i, line, size = 0, 0, len(words)
    while i < size:
        while stops[line] <= i:
            line += 1
        n = stops[line]
        if not words[i] or not _capital(words[i]):
            i += 1
            continue
        end = i + 1
        j = end
        while j < n and j - i < _MAX_RUN:
            word = words[j]
            if word and (_capital(word) or word.isdigit()):
                end = j + 1
            elif word.lower() not in _LINKS:
                break
            j += 1
        if end < n and words[end] == ")" and "(" in words[i:end]:
            end += 1
        for k in range(i, end):
            runs[k] = (i, end)
        i = end
    return runs


def _elsewhere(
    words: Sequence[str], rules: Sequence[str], keys: Sequence[str]
) -> list[tuple[str, ...]]:
    """What the rules said of the same capitalised word at other places of the document."""
    seen: dict[str, Counter[str]] = {}
    for word, tag, key in zip(words, rules, keys, strict=True):
        if word[0].isupper() and len(word) > 1:
            seen.setdefault(key, Counter())[tag[2:] or "O"] += 1
    out: list[tuple[str, ...]] = []
    for word, tag, key in zip(words, rules, keys, strict=True):
        counts = seen.get(key)
        if counts is None or len(word) < 2:
            out.append(())
            continue
        own = tag[2:] or "O"
        feats = [
            f"doc={label}"
            for label, count in counts.items()
            if label != "O" and count - (label == own) > 0
        ]
        if feats and word[0].isupper():
            out.append(tuple(feats))
        elif feats:
            out.append(("doclow",))
        else:
            out.append(("doc0",) if sum(counts.values()) > 1 else ())
    return out


def _style(words: Sequence[str]) -> str:
    """How the words of a line are written: ``caps``, ``title``, ``low`` or ``plain``."""
    letters = [word for word in words if len(word) > 2 and word[0].isalpha()]
    if len(letters) < 4:
        return "few"
    capital = sum(word[0].isupper() for word in letters)
    if sum(word.isupper() for word in letters) >= 0.8 * len(letters):
        return "caps"
    if capital >= 0.75 * len(letters):
        return "title"
    return "low" if not capital else "plain"


def document_features(
    words: Sequence[str],
    rules: Sequence[str],
    lists: Sequence[frozenset[str]],
    lines: Sequence[tuple[int, int]],
) -> list[list[str]]:
    """Feature strings of each token of one document.

    Args:
        words: the tokens; empty or blank tokens (line breaks) must be left out
            by the caller, who passes one call per document.
        rules: the rules' BIO tag of each token.
        lists: names of the word lists each token (or phrase around it) is in.
        lines: ranges [first, end) of the tokens of each line, in order; the window
            of neighbours ends at the ends of its line.

    Returns:
        One list of feature strings per token, for ``pycrfsuite``.
    """
    keys = [word.lower() for word in words]
    runs = _runs(words, [end for _, end in lines])
    elsewhere = _elsewhere(words, rules, keys)
    member = [_member(names) for names in lists]
    shapes = [shape(word) for word in words]
    around = [_around(word) for word in words]
    first_of, last_of = _around(_START), _around(_END)
    start_form, end_form = shape(_START), shape(_END)
    out: list[list[str]] = []
    quoted = False
    depth = 0
    for first_at, n in lines:
        style = _style(words[first_at:n])
        styled = style in ("caps", "title", "low")
        for i in range(first_at, n):
            word = words[i]
            if word in _QUOTES:
                quoted = not quoted
            if word == "(":
                depth = 6
            elif word == ")" or depth > 0:
                depth = 0 if word == ")" else depth - 1
            rule, low, form = rules[i], keys[i], shapes[i]
            begun, goes_on = i > first_at, i + 1 < n
            before = words[i - 1] if begun else _START
            after = words[i + 1] if goes_on else _END
            before_low = keys[i - 1] if begun else _START
            after_low = keys[i + 1] if goes_on else _END
            before_form = shapes[i - 1] if begun else start_form
            after_form = shapes[i + 1] if goes_on else end_form
            feats = [
                *_own(word),
                f"r={rule}",
                *member[i][0],
                *elsewhere[i],
                *(around[i - 1] if begun else first_of).before,
                *(around[i + 1] if goes_on else last_of).after,
                *(around[i - 2] if i - 1 > first_at else first_of).before2,
                *(around[i + 2] if i + 2 < n else last_of).after2,
                f"-1&0={before_low}|{low}",
                f"0&+1={low}|{after_low}",
                f"-1s0s+1s={before_form}|{form}|{after_form}",
            ]
            if begun:
                feats.append(f"-1r={rules[i - 1]}|{rule}")
                feats.extend(member[i - 1][1])
            if goes_on:
                feats.append(f"+1r={rules[i + 1]}")
                feats.append(f"r+1r={rule}|{rules[i + 1]}")
                feats.extend(member[i + 1][2])
            if i + 2 < n:
                feats.append(f"+2r={rules[i + 2]}")
            if styled:
                feats.append(f"line={style}")
                feats.append(f"line={style}|{rule}")
                feats.extend(f"line={style}|{name}" for name in member[i][0])
            run = runs[i]
            if run is not None:
                first, end = run
                head = keys[first]
                feats.append(f"head={head}")
                feats.append(f"headlast={head}|{keys[end - 1]}")
                feats.append(f"prerun={keys[first - 1] if first > first_at else _START}")
                feats.append(f"postrun={keys[end] if end < n else _END}")
                feats.append(f"pos={min(i - first, 4)}/{min(end - first, 6)}")
                feats.extend(member[first][3])
                if first != i:
                    feats.append(f"headr={rules[first]}")
            if quoted:
                feats.append("quoted")
            if depth:
                feats.append("bracket")
                if before == "(":
                    outer = rules[i - 2][2:] if i - 1 > first_at else ""
                    feats.append(f"open:{outer}|{form}|{after}")
            out.append(feats)
    return out
