"""Posts as an open class: what no list of titles can hold.

A post is a head word of a family (``auditor``, ``penyuluh``, ``analis``; ``Kadis...`` run
together with its agency) and the words behind it up to a name, a body or a mark
(``Analis Kebijakan Ahli Muda``). The families stand in ``[open]`` of ``offices.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kb.authority import Title
from kb.nlp.language import JOINED, PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.offices.listed import listed
from kb.nlp.offices.parts import acts
from kb.nlp.rules.gazetteer import bare
from kb.nlp.rules.titles import TitleSpan, match_status

FUNCTIONAL = "jabatan fungsional"
STAFF = "pegawai"
"""Category of posts that are an office only beside a public body (``staf Prokopim``)."""
_RUN_TOGETHER = 3
"""Letters of an agency that a head word run together with it must have at least."""
_LONGEST = 7
_GROUPS = listed("groups")
_NUMBER = re.compile(r"^(?:[IVX]+|\d{1,3}(?:\.\d)?)$")


@lru_cache(maxsize=50_000)
def _post(word: str) -> Title | None:
    """The family of posts that ``word`` (normal form) begins, or ``None``."""
    titles = lexicon().titles
    if word in titles.open_posts:
        return Title(word, "unit", FUNCTIONAL)
    if word in titles.open_staff:
        return Title(word, "unit", STAFF)
    if word in titles.first_words or word in lexicon().bare_places:
        return None
    for stem, category in titles.open_stems.items():
        if word.startswith(stem) and (
            word == stem or (len(word) >= len(stem) + _RUN_TOGETHER and word.isalpha())
        ):
            return Title(word, "unit", category)
    return None


def open_titles(tokens: Tokens, taken: Sequence[bool], lex: Lexicon) -> list[TitleSpan]:
    """Posts of the open families in ``tokens``, outside the tokens that are ``taken``."""
    out: list[TitleSpan] = []
    for i in range(len(tokens)):
        if taken[i] or not tokens.words[i][0].isalpha():
            continue
        title, last = _post(bare(tokens, i)), i + 1
        if title is None and last < len(tokens) and not taken[last]:  # "ahli gizi"
            title = _post(f"{bare(tokens, i)} {bare(tokens, last)}")
            last += 1
        if title is None or (title.category not in (FUNCTIONAL, STAFF) and not tokens.cap[i]):
            continue
        if i and tokens.lower[i - 1] in _GROUPS:
            continue  # "tim penilai dari Kemenpora"
        first, status = i, ""
        for back in (1, 2):
            if i >= back and not any(taken[i - back : i]):
                end, found = match_status(tokens, i - back, lex)
                if end == i:
                    first, status = i - back, found
        out.append(TitleSpan(first, i, last, title, status or "definitif", last, title))
    return out


def post_end(tokens: Tokens, labels: Sequence[str], at: int, lex: Lexicon) -> int:
    """End of the words behind a post's head that belong to it, from ``at``.

    Capitalised words, words of levels (``madya``) and words known from agencies' names, up
    to a name, a mark or a word of the sentence.
    """
    end = at
    while end < len(tokens) and end - at < _LONGEST:
        if labels[end] or tokens.gap[end] in (JOINED, PARAGRAPH):
            break
        low, word = tokens.lower[end], tokens.words[end]
        joins = low in ("dan", "&") and end > at and end + 1 < len(tokens) and not labels[end + 1]
        named = tokens.norm[end] in lex.before_name or tokens.norm[end] in lex.address
        known = low in lex.titles.open_levels or bare(tokens, end) in lex.org_words
        if (
            named
            or (acts(low) and not known)
            or not (known or joins or _NUMBER.match(word) or (tokens.cap[end] and word.isalpha()))
        ):
            break
        end += 1
    while end > at and tokens.lower[end - 1] in ("dan", "&"):
        end -= 1
    return end
