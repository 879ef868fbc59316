"""Why pages of a document have no text: the sentences of its reading notes, and the pages
that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

LATE = "scanned pages without text because OCR ran out of time; the next ingest tries them again"
FAILED = "scanned pages that OCR could not read"
OFF = "pages without usable text, OCR is off"
BROKEN = "pages that could not be read"
UNTABLED = "pages whose tables could not be told apart, their words stand in the text"


def note(why: str, numbers: Sequence[int]) -> str:
    """The sentence with all its pages, those in a row put together: ``...: 3, 5-9``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = (f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"{why}: {', '.join(told)}"


def reason(notes: Sequence[str], page: int) -> str | None:
    """Which of the sentences above names the page, ``None`` where none does."""
    for one in notes:
        for why in (LATE, FAILED, OFF, BROKEN):
            if one.startswith(f"{why}:") and _names(one[len(why) + 1 :], page):
                return why
    return None


def _names(told: str, page: int) -> bool:
    runs = re.findall(r"(\d+)(?:-(\d+))?", told)
    return any(int(first) <= page <= int(last or first) for first, last in runs)
