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

FEATURES_VERSION = "3"

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


@lru_cache(maxsize=200_000)
def _beside(word: str, place: str) -> tuple[str, ...]:
    return (f"{place}l={word.lower()}", f"{place}s={shape(word)}")


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and word[-1].isupper())


def _runs(words: Sequence[str]) -> list[tuple[int, int] | None]:
    """For each token the capitalised run [first, end) it stands in, links allowed inside."""
    runs: list[tuple[int, int] | None] = [None] * len(words)
    i, n = 0, len(words)
    while i < n:
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


def document_features(
    words: Sequence[str],
    rules: Sequence[str],
    lists: Sequence[frozenset[str]],
) -> list[list[str]]:
    """Feature strings of each token of one document.

    Args:
        words: the tokens; empty or blank tokens (line breaks) must be left out
            by the caller, who passes one call per document.
        rules: the rules' BIO tag of each token.
        lists: names of the word lists each token (or phrase around it) is in.

    Returns:
        One list of feature strings per token, for ``pycrfsuite``.
    """
    n = len(words)
    keys = [word.lower() for word in words]
    runs = _runs(words)
    elsewhere = _elsewhere(words, rules, keys)
    member = [tuple(sorted(f"g:{name}" for name in names)) for names in lists]
    out: list[list[str]] = []
    quoted = False
    depth = 0
    for i, word in enumerate(words):
        if word in _QUOTES:
            quoted = not quoted
        if word == "(":
            depth = 6
        elif word == ")" or depth > 0:
            depth = 0 if word == ")" else depth - 1
        feats = list(_own(word))
        rule = rules[i]
        feats.append(f"r={rule}")
        feats.extend(member[i])
        feats.extend(elsewhere[i])
        before = words[i - 1] if i else "<s>"
        before2 = words[i - 2] if i > 1 else "<s>"
        after = words[i + 1] if i + 1 < n else "</s>"
        after2 = words[i + 2] if i + 2 < n else "</s>"
        feats.extend(_beside(before, "-1"))
        feats.extend(_beside(after, "+1"))
        feats.extend(_beside(before2, "-2"))
        feats.extend(_beside(after2, "+2"))
        low = keys[i]
        feats.append(f"-1&0={before.lower()}|{low}")
        feats.append(f"0&+1={low}|{after.lower()}")
        feats.append(f"-1s0s+1s={shape(before)}|{shape(word)}|{shape(after)}")
        if i:
            feats.append(f"-1r={rules[i - 1]}|{rule}")
            feats.extend([f"-1{name}" for name in member[i - 1]])
        if i + 1 < n:
            feats.append(f"+1r={rules[i + 1]}")
            feats.append(f"r+1r={rule}|{rules[i + 1]}")
            feats.extend([f"+1{name}" for name in member[i + 1]])
        if i + 2 < n:
            feats.append(f"+2r={rules[i + 2]}")
        run = runs[i]
        if run is not None:
            first, end = run
            head = keys[first]
            feats.append(f"head={head}")
            feats.append(f"headlast={head}|{keys[end - 1]}")
            feats.append(f"prerun={keys[first - 1] if first else '<s>'}")
            feats.append(f"postrun={keys[end] if end < n else '</s>'}")
            feats.append(f"pos={min(i - first, 4)}/{min(end - first, 6)}")
            feats.extend([f"head{name}" for name in member[first]])
            if first != i:
                feats.append(f"headr={rules[first]}")
        if quoted:
            feats.append("quoted")
        if depth:
            feats.append("bracket")
            if before == "(":
                feats.append(f"open:{rules[i - 2][2:] if i > 1 else ''}|{shape(word)}|{after}")
        out.append(feats)
    return out
