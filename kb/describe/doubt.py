"""Numbers of scanned pages that cannot be what was printed.

OCR reads ``90%`` as ``9046`` and drops decimal commas. A number is left out where the shape
of its own column and row says that another was printed; nothing is mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kb.authority import norm

SURE_OCR = 0.85
"""Mean confidence that a scanned page must have for its numbers to count. Set by hand; no command
measured it."""
MAX_SHARE = 1000.0
"""A percentage above this is no percentage, however it was read."""
MAX_SCANNED_SHARE = 100.0
"""On a scan one above this must show its decimal comma or its percent sign."""
LEAP = 8.0
"""A number that is so many times its neighbours in the row lost a comma or won a digit. Set by
hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Read:
    """One number with what stands around it."""

    value: float
    text: str
    unit: str | None


def is_share(unit: str | None) -> bool:
    """True for a unit of percent."""
    return bool(unit) and norm((unit or "").replace("%", "persen")).startswith(
        ("persen", "prosen", "persentase")
    )


def doubtful(number: Read, neighbours: Sequence[Read], *, scanned: bool) -> bool:
    """True where ``number`` is not surely what was printed.

    ``neighbours`` are the other numbers of the same indicator in its row.
    """
    share = is_share(number.unit)
    size = abs(number.value)
    if share and size > MAX_SHARE:
        return True
    if not scanned:
        return False
    plain = "," not in number.text and "%" not in number.text
    if share and size > MAX_SCANNED_SHARE and plain:
        return True
    others = [abs(other.value) for other in neighbours if other.value]
    if not others or not size:
        return False
    middle = median(others)
    leapt = size > LEAP * middle or size < middle / LEAP
    commas = any("," in other.text for other in neighbours)
    return leapt and (plain or commas)
