"""Help while typing: completions from titles, phrases and words of the corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from kb.search.language.analysis import fold, is_stop_word, stem, tokens
from kb.search.lexicon import Lexicon, TitleSource

_LAST_WORD = re.compile(r"[^\s\"“”()]+$")

TRIED = 12
"""Completions of a word that are looked up with the word before."""
MIN_PHRASE = 3
"""Letters of a first word before phrases are looked for."""


def phrases(prefix: str, texts: Iterable[str], limit: int = 2) -> list[str]:
    """The most frequent ways in which ``texts`` go on after ``prefix``, by up to two words.

    Counted once for each text; a longer way stands for a shorter one that mostly goes on so.
    """
    words = fold(prefix).split()
    if not words:
        return []
    if prefix[-1].isspace():
        words.append("")
    typed = r"\s+".join(map(re.escape, words))
    pattern = re.compile(rf"(?<!\w){typed}\w*(?:[ \n]\w+){{0,2}}")
    counts: Counter[str] = Counter()
    read = 0
    for text in texts:
        read += 1
        here: set[str] = set()
        for match in pattern.finditer(fold(text)):
            found = match.group().split()
            for length in range(max(2, len(words)), len(found) + 1):
                last = found[length - 1]
                if len(last) > 2 and not last.isdigit() and not is_stop_word(last):
                    here.add(" ".join(found[:length]))
        counts.update(here)
    least = 2 if read < 10 else 3
    best: list[str] = []
    for phrase, count in sorted(counts.items(), key=lambda pair: (-pair[1], -len(pair[0]))):
        longer = (n for other, n in counts.items() if other.startswith(phrase + " "))
        if count < least or 2 * max(longer, default=0) > count or phrase == fold(prefix.strip()):
            continue
        best.append(phrase)
    return best[:limit]


def complete(
    prefix: str,
    lexicon: Lexicon,
    titles: TitleSource,
    together: Callable[[str, Sequence[str]], Sequence[int]],
    sample: Callable[[Sequence[str], Sequence[str]], Iterable[str]],
    limit: int,
) -> list[str]:
    """Queries that begin as ``prefix`` does: titles, frequent phrases, its last word completed.

    ``together`` counts passages that have a word and each of others; completions that stand
    with the word before come first. ``sample`` gives some texts with all of the first words
    and any of the second.
    """
    if not prefix.strip():
        return []
    last = _LAST_WORD.search(prefix)
    typed = fold(last.group()) if last else ""
    head = prefix[: last.start()] if last else prefix
    earlier = [t.surface for t in tokens(head)]
    found: list[str] = []
    folded = fold(" ".join(prefix.split()))
    if len(folded) >= 3:
        wanted = titles.beginning(folded, 3)
        if len(wanted) < 2:
            wanted += titles.holding(folded, 3)
        found += list(dict.fromkeys(wanted))[:3]
    words = lexicon.prefixed(typed, 60) if typed else []
    words = [w for w in words if w.replace("-", "").isalnum()]
    words = [w for w in words if w != typed and not is_stop_word(w)]
    if earlier and words:
        tried = words[:TRIED]
        counted = zip(together(earlier[-1], tried), tried, strict=True)
        ranked = sorted((c for c in counted if c[0]), key=lambda c: -c[0])
        words = [w for _, w in ranked] or words
    if earlier or len(typed) >= MIN_PHRASE:
        whole = [typed] if typed and lexicon.count(typed) else []
        for phrase in phrases(prefix, sample(earlier[-2:], [*whole, *words[:4]])):
            if not any(fold(title) == phrase for title in found):
                found.append(phrase)
    seen: set[str] = set()
    for word in words:
        stemmed = stem(word)
        if len(found) >= limit:
            break
        if stemmed in seen and len(words) > limit:
            continue
        seen.add(stemmed)
        if head + word not in found:
            found.append(head + word)
    return found[:limit]
