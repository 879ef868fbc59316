"""The one normal form of names."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ASCII = {
    code: chr(code).lower() if chr(code).isalnum() else None if chr(code) in "'`" else " "
    for code in range(128)
}


@lru_cache(maxsize=65536)
def norm(text: str) -> str:
    """``text`` with case and accents folded, punctuation as single spaces.

    Apostrophes inside a word vanish (``Ma'ruf`` meets ``Maruf``). Two names are
    written alike when their normal forms are equal.
    """
    if text.isascii():  # nearly all names, and many times faster
        return " ".join(text.translate(_ASCII).split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    out: list[str] = []
    for char in folded:
        if char.isalnum():
            out.append(char)
        elif char in "'’‘`´" or unicodedata.combining(char):
            continue
        else:
            out.append(" ")
    return " ".join("".join(out).split())
