"""Office titles in token lists, with the status words before them."""

from __future__ import annotations

from typing import NamedTuple

from kb.authority import Title
from kb.nlp.language import JOINED, PARAGRAPH, Tokens
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.rules.gazetteer import bare


class TitleSpan(NamedTuple):
    """A title at tokens ``first`` to ``last`` (exclusive).

    ``head`` is where the title itself begins, behind its status words. ``whole`` and
    ``whole_title`` are the end and the title where it runs on into another name
    (``Kepala [Desa X]``).
    """

    first: int
    head: int
    last: int
    title: Title
    status: str
    whole: int
    whole_title: Title


_LONGEST_STATUS = 4


def match_status(tokens: Tokens, i: int, lex: Lexicon) -> tuple[int, str]:
    """End and kind of status words at ``i`` (``Penjabat (Pj)``, ``mantan``), or ``(0, "")``."""
    if bare(tokens, i) not in lex.status_first:
        return 0, ""
    words: list[str] = []
    end, status = 0, ""
    for k in range(i, min(i + _LONGEST_STATUS, len(tokens))):
        if k > i and tokens.gap[k] == PARAGRAPH:
            break
        if not tokens.words[k][0].isalpha():
            break
        words.append(bare(tokens, k))
        found = lex.titles.status.get(tuple(words))
        if found:
            end, status = k + 1, found
    if end and tokens.words[end - 1 : end] and _bracketed_status(tokens, end, lex):
        end += 3
    return end, status


def _bracketed_status(tokens: Tokens, i: int, lex: Lexicon) -> bool:
    return (
        i + 2 < len(tokens)
        and tokens.words[i] == "("
        and tokens.words[i + 2] == ")"
        and (bare(tokens, i + 1),) in lex.titles.status
    )


def match_title(
    tokens: Tokens, i: int, lex: Lexicon, limit: int | None = None
) -> tuple[int, Title] | None:
    """The longest title that begins at ``i`` (and ends at ``limit`` at most), or ``None``."""
    misspelt = lex.titles.misspelt
    word = misspelt.get(bare(tokens, i), bare(tokens, i))
    if word.partition(" ")[0] not in lex.titles.first_words:
        return None
    if not tokens.cap[i] and word not in lex.lower_titles:
        return None
    words: list[str] = []
    best: tuple[int, Title] | None = None
    end = len(tokens) if limit is None else limit
    for k in range(i, min(i + 2 * lex.titles.longest, end)):
        if k > i and tokens.gap[k] == PARAGRAPH:
            break
        if (tokens.words[k] in (",", "/") and k > i) or (
            tokens.words[k] == "." and (words == ["ka"] or words[-1:] == ["tk"])
        ):
            continue  # "Ka. UPTD", "Bupati KDH Tk. II"
        words.extend(misspelt.get(bare(tokens, k), bare(tokens, k)).split() or [""])
        if len(words) > lex.titles.longest:
            break
        title = lex.titles.by_words.get(tuple(words))
        if title is None and len(words[-1]) > 6 and words[-1].endswith("nya"):
            title = lex.titles.by_words.get((*words[:-1], words[-1][:-3]))
        if title is not None:
            best = (k + 1, title)
    return best


def find_titles(tokens: Tokens, taken: list[bool]) -> list[TitleSpan]:
    """Every office title, with its status words. ``taken`` is updated."""
    lex = lexicon()
    out: list[TitleSpan] = []
    i = 0
    size = len(tokens)
    while i < size:
        if taken[i] or not tokens.words[i][0].isalpha():
            i += 1
            continue
        head, status = match_status(tokens, i, lex)
        start = head or i
        # "mantan Plt Gubernur": the first word decides, but a former candidate never held it.
        while start < size and head:
            more, behind = match_status(tokens, start, lex)
            if not more:
                break
            start, status = more, behind if behind == "calon" else status
        if start >= size:
            break
        candidate = lex.titles.candidate.get(bare(tokens, start))
        found = None if taken[start] else match_title(tokens, start, lex)
        if candidate is not None and tokens.cap[start]:
            title = Title(candidate, "region", "kepala daerah")
            found, status = (start + 1, title), "calon"
        if found is None or (tokens.gap[start] == JOINED and head):
            i += 1
            continue
        whole, whole_title = end, title = found
        # "Kepala" before "Dinas ..." ends where the institution begins.
        free = min([end] + [k for k in range(start, end) if taken[k]])
        if free < end:
            end, title = match_title(tokens, start, lex, free) or (free, title)
        out.append(TitleSpan(i, start, end, title, status or "definitif", whole, whole_title))
        taken[i:end] = [True] * (end - i)
        i = end
    return out
