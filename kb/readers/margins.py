"""Notes that run up or down a page's margin, beside print that runs across it.

An electronic signature leaves one on every page of a decree ("Dokumen ini ditandatangani secara
elektronik ..."). Word by word it would stand between the lines of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.readers.layout import Line, Word

TALL = 1.8
"""So many times as high as wide is a word of three letters that runs up the page. Set by hand; no
command measured it."""
OUTER = 0.2
"""Share of the page's width at its left and right where a margin may reach to. Set by hand; no
command measured it."""
BESIDE = 0.02
"""Share of the words across the page that may reach into a margin. Set by hand; no command
measured it."""


def split_margins(words: Sequence[Word], width: float) -> tuple[list[Word], list[Line]]:
    """The words of the page's own print, and each note of its margins as one line."""
    tall = [word for word in words if _tall(word) and _outer(word, width)]
    if len(tall) < 3:
        return list(words), []
    bands: list[list[Word]] = []
    for word in tall:
        for band in bands:
            if abs(_centre(band[0]) - _centre(word)) < 0.6 * (word.x1 - word.x0 + 2):
                band.append(word)
                break
        else:
            bands.append([word])
    kept, notes = list(words), []
    for band in bands:
        left, right = min(word.x0 for word in band), max(word.x1 for word in band)
        inside = [word for word in kept if left - 1 <= _centre(word) <= right + 1]
        across = [word for word in kept if not _tall(word)]
        reach = [
            word for word in across if word.x0 < right and word.x1 > left
            and word.x1 - word.x0 > 1.5 * (right - left)
        ]  # fmt: skip
        # A column of a table has a cell on every row: what stands beside the note is no note.
        level = [word for word in inside if not _tall(word) and len(word.text) > 3]
        if len(band) < 3 or len(reach) + len(level) > BESIDE * len(across):
            continue
        told = {id(word) for word in inside}
        kept = [word for word in kept if id(word) not in told]
        notes.append(
            Line(
                " ".join(word.text for word in inside),
                left,
                min(word.top for word in inside),
                right,
                max(word.bottom for word in inside),
                words=inside,
            )
        )
    return kept, notes


def _tall(word: Word) -> bool:
    return len(word.text) >= 3 and word.bottom - word.top > TALL * (word.x1 - word.x0)


def _outer(word: Word, width: float) -> bool:
    return word.x1 < OUTER * width or word.x0 > (1 - OUTER) * width


def _centre(word: Word) -> float:
    return (word.x0 + word.x1) / 2
