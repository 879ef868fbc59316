"""Numbers of scanned pages that cannot be what was printed."""

from __future__ import annotations

import pytest

from kb.describe.doubt import Read, doubtful

ROW = (Read(75.1, "75,1", "poin"), Read(75.8, "75,8", "poin"), Read(76.4, "76,4", "poin"))


@pytest.mark.parametrize(
    ("number", "row", "scanned", "expected"),
    [
        (Read(9046, "9046", "%"), (), True, True),
        (Read(9046, "9046", "%"), (), False, True),
        (Read(9046, "9046", "orang"), (), True, False),
        (Read(104, "104", "persen"), (), True, True),
        (Read(104.5, "104,5", "persen"), (), True, False),
        (Read(104, "104%", "%"), (), True, False),
        (Read(104, "104", "persen"), (), False, False),
        (Read(769, "769", "poin"), ROW, True, True),
        (Read(769, "769", "poin"), ROW, False, False),
        (Read(76.9, "76,9", "poin"), ROW, True, False),
        (Read(0.76, "0,76", "poin"), ROW, True, True),
        (Read(0, "0", "poin"), ROW, True, False),
    ],
)
def test_doubt(number: Read, row: tuple[Read, ...], scanned: bool, expected: bool) -> None:
    assert doubtful(number, row, scanned=scanned) is expected
