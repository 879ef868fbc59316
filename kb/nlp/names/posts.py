"""A post that stands in capitals before a short name is no part of it (``Menpora Wibowo``)."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.authority.words import name_parts
from kb.nlp.lexicon import lexicon

_ALSO_NAMES = frozenset({"jaro", "karo", "carik", "penghulu"})
"""Posts that are just as often the first word of a name."""
_CUSTOM = "adat dan agama"
"""Posts of this kind are borne like names (``Sultan``)."""
_RANK = re.compile(
    r"(?:jen|[Mm]arsma|[Mm]arsda|[Mm]arsdya|[Ll]aks\w+(?: Pertama| Muda| Madya)?"
    r"|[Kk]ol(?:onel)?\.?|[Ll]etkol|[Mm]ayor|[Kk]apten|[Ll]ettu|[Ll]etda|[Pp]eltu|[Pp]elda|[Ss]er(?:ka|ma|tu|da)|[Kk]op(?:ka|tu|da)|[Pp]ra(?:ka|tu|da))"
    r"\s$"
)
_MINISTER = re.compile(r"(?:[Mm]enteri|[Ww]amen|[Mm]enko)\s$")


def in_title(text: str, start: int, surface: str) -> bool:
    """Whether what might be a name is the force behind a rank (``Pelda TNI``) or the field of a
    minister (``Menteri Kominfo``)."""
    before = text[max(0, start - 24) : start]
    if surface.startswith("TNI"):
        return bool(_RANK.search(before))
    return " " not in surface and bool(_MINISTER.search(before))


def behind_post(text: str, start: int, end: int) -> int:
    """Where the name begins in the span of a person that may begin with a post of one word."""
    post, _, name = text[start:end].partition(" ")
    return end - len(name) if name[:1].isupper() and _is_post(norm(post)) else start


def _is_post(word: str) -> bool:
    title = lexicon().titles.by_words.get((word,))
    return (
        title is not None
        and title.category != _CUSTOM
        and word not in _ALSO_NAMES
        and word not in name_parts()
    )
