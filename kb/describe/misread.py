"""Title lines as they were meant: letters set apart put together, slips of OCR mended.

Only lines set in capitals, only words that nothing else can be: a word of the vocabulary of
title pages (document types, offices, type words of regions) in which OCR took one shape for
another it often takes it for, and that is no region's name. Other letters are never changed:
PERUMAHAN is no slip of PERUBAHAN.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb import authority
from kb.authority import norm

_CONFUSED = (("TI", "U"), ("TT", "U"), ("II", "U"), ("LI", "U"), ("TJ", "U"), ("IJ", "U"),
             ("RN", "M"), ("VV", "W"), ("1", "I"), ("0", "O"), ("5", "S"), ("8", "B"),
             ("|", "I"), ("C", "E"), ("AA", "A"))  # fmt: skip
"""What OCR reads for what was printed, in capitals."""


def mended(line: str) -> str:
    """The line with its letters together, words that ran into one apart and its misread title
    words mended."""
    line = year_apart(_RUN.sub(_run, _together(line)))
    line = re.sub(r"(?<=\()\s+(?=\w)|(?<=\w)\s+(?=\))", "", line)
    letters = [char for char in line if char.isalpha()]
    if len(letters) < 4 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return line
    line = re.sub(r"[A-Z015|8]{5,}", lambda match: _word(match.group(0)), line)
    return re.sub(rf"(?<!\w)[A-Z]{{{JOINED},}}(?!\w)", lambda match: _apart(match.group(0)), line)


def year_apart(line: str) -> str:
    """``NOMOR 118TAHUN 2021TENTANG`` -> ``NOMOR 118 TAHUN 2021 TENTANG``; ``TAHUN 2O21`` bears
    a year too."""
    line = _OF_FIGURES.sub(lambda match: match.group(0).translate(_FIGURES), line)
    return _GLUED_YEAR.sub(" ", line)


_OF_FIGURES = re.compile(r"(?<=TAHUN )[12][\dOIl|]{3}(?!\w)")
_FIGURES = str.maketrans("OIl|", "0111")


_GLUED_YEAR = re.compile(
    r"(?<=\w)(?=TAHUN\s*:?\s*(?:19|20)\d\d(?!\d))|(?<=TAHUN)(?=(?:19|20)\d\d(?!\d))"
    r"|(?<=(?:19|20)\d\d)(?=TENTANG\b)"
)

JOINED = 9
"""Letters from which a word of a title may be two that ran into one. Set by hand; no command
measured it."""
PART = 4
"""Letters that each of them must have, but for "dan" and "di" between others. Set by hand; no
command measured it."""


@lru_cache(maxsize=10_000)
def _apart(word: str) -> str:
    """``BERITAACARA`` -> ``BERITA ACARA``: set in small capitals, the blank is no wider than
    what stands between two letters."""
    low = word.lower()
    known = title_words() | _first_words()
    if low in known or low in authority.load().place_words:
        return word
    parts = _cut(low)
    if parts is None or len(parts) < 2 or not known & set(parts):
        return word
    inner = {part for part in parts[1:-1] if part in {"dan", "di"}}
    if any(len(part) < PART for part in parts if part not in inner):
        return word
    return " ".join(parts).upper()


@cache
def _joined_words() -> frozenset[str]:
    return title_words() | _first_words() | _regions()


@cache
def _first_words() -> frozenset[str]:
    """Words that the titles of other documents begin with ("berita acara")."""
    heads = authority.load().doctypes["lainnya"]["heads"]
    return frozenset(word for phrase in heads for word in phrase.split() if len(word) >= PART)


_RUN = re.compile(r"(?<!\S)(?:[A-Z] ){4,}[A-Z](?!\S)")


def _run(match: re.Match[str]) -> str:
    """Letters set apart within a line (``2016 T E N T A N G PERUBAHAN``) put together."""
    words = _cut("".join(match.group(0).split()).lower())
    return " ".join(words).upper() if words else match.group(0)


def _together(line: str) -> str:
    """``P E M E R I N T A H   K O T A`` -> ``PEMERINTAH KOTA``."""
    tokens = re.findall(r"\S+", line)
    single = sum(len(token) == 1 and token.isalnum() for token in tokens)
    if single < 4 or single < 0.7 * len(tokens) or not any(t.isalpha() for t in tokens):
        return line
    parts = re.split(r"\s{2,}|\t", line.strip())
    if len(parts) > 1:
        joined = " ".join("".join(part.split()) for part in parts)
        return re.sub(r"(?<=[^\W\d_])(?=\d{4}\b)", " ", joined)
    out: list[str] = []
    for piece in re.findall(r"[^\W\d_]+|\d+|[^\w\s]+", "".join(tokens)):
        words = _cut(piece.lower()) if piece.isalpha() else None
        shown = iter(piece)
        if words is None and piece.isalpha():
            return line
        if words is None:
            out.append(piece)
        else:
            out += ["".join(next(shown) for _ in word) for word in words]
    return re.sub(r"(?<=\() | (?=\))", "", " ".join(out))


def _cut(glued: str) -> list[str] | None:
    """Letters without spaces cut into known words, as few as may be; ``None`` where none fit."""
    known = _joined_words()
    best: list[list[str] | None] = [[]]
    for end in range(1, len(glued) + 1):
        options = [
            [*before, glued[start:end]]
            for start in range(max(0, end - 20), end)
            if (before := best[start]) is not None and glued[start:end] in known
        ]
        best.append(min(options, key=len, default=None))
    return best[-1]


def _word(word: str) -> str:
    low = word.lower()
    if low in title_words() or low in _regions():
        return word
    for wrong, right in _CONFUSED:
        for match in re.finditer(re.escape(wrong), word):
            tried = word[: match.start()] + right + word[match.end() :]
            if tried.lower() in title_words():
                return tried
    return word


LONG = 6
"""Letters from which a word can be told by those that were read right."""


def of_scan(line: str, known: frozenset[str], said: frozenset[str]) -> str:
    """The line of a scanned cover without what OCR made of its frame, and with words of titles
    that nothing else can be: ``7 LAPCFAN KINEFJA "`` -> ``LAPORAN KINERJA``.

    ``known``: words that a page of this document may hold; ``said``: those its pages of text
    do. A word is mended to one of these.
    """
    words = [_of_scan(word, known, said) for word in line.split()]
    if any(len(word) >= LONG - 1 and _bare(word) in known for word in words):
        while len(words) > 1 and _is_frame(words[0], known, first=True):
            words.pop(0)
        while len(words) > 1 and _is_frame(words[-1], known, first=False):
            words.pop()
    return " ".join(words)


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", word).lower()


def _is_frame(word: str, known: frozenset[str], *, first: bool) -> bool:
    bare = re.sub(r"[\W_]", "", word)
    if bare.isdigit():
        return first and len(bare) == 1 and not word.endswith((".", ")"))
    if len(bare) > 2 or bare.lower() in known or bare.lower() in {"di", "ke"}:
        return False
    return not (bare.isupper() and re.fullmatch(r"[IVXA-D]+", bare)) or not bare


def _of_scan(word: str, known: frozenset[str], said: frozenset[str]) -> str:
    bare = _bare(word)
    if len(bare) < LONG or not bare.isalpha() or not word.isupper() or bare in known:
        return word
    reach = 1 if len(bare) == LONG else 2
    near = [
        one
        for one in title_words() & said
        if abs(len(one) - len(bare)) < 2
        and Levenshtein.distance(one, bare, score_cutoff=2) <= reach
    ]
    if len(near) != 1:
        return word
    return re.sub(r"[^\W_]+", near[0].upper(), word, count=1)


@cache
def title_words() -> frozenset[str]:
    """Words of titles of documents, of institutions and of type words."""
    found = set(authority.load().docwords["frame"])
    for institution in authority.load().institutions:
        found |= set(norm(institution.name).split())
    for entry in authority.load().doctypes.values():
        for phrase in entry["titles"]:
            found |= set(phrase.split())
    return frozenset(word for word in found if len(word) > 2)


@cache
def _regions() -> frozenset[str]:
    """Words of the names of provinces, kabupaten and kota."""
    places = authority.load().places
    names = [places.place(code) for code in (*places.codes(0), *places.codes(1))]
    words = {word for place in names if place is not None for word in norm(place.bare).split()}
    return frozenset(words)


__all__ = ["mended", "of_scan", "title_words"]


def _is_known(name: str) -> bool:
    """True for an institution of the authority file, its kind and its field and nothing else."""
    ids, size = authority.load().institutions.match(norm(name).split())
    return bool(ids) and size == len(name.split())


def as_in_body(name: str, text: str) -> str:
    """The name as the running ``text`` spells it, where a scan's title page misread a letter or
    a running line was mistyped. Of two words only a known name counts: the next kecamatan is
    called nearly the same."""
    words = name.split()
    if len(words) < 2 or (len(words) == 2 and _is_known(name)):
        return name
    counts: Counter[str] = Counter()
    pattern = rf"{re.escape(words[0])}(?:\s+[^\W\d_]+){{{len(words) - 1}}}"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        counts[" ".join(match.group(0).split())] += 1
    own = sum(times for text, times in counts.items() if norm(text) == norm(name))
    near = [
        (times, text)
        for text, times in counts.items()
        if norm(text) != norm(name) and fuzz.ratio(norm(text), norm(name)) >= 92
        and (len(words) > 2 or _is_known(text))
    ]  # fmt: skip
    times, text = max(near, default=(0, name))
    return text if times >= 2 and times > own else name
