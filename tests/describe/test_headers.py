"""What the header rows of a table call its columns."""

from __future__ import annotations

import pytest

from kb.describe.headers import column_names, header_texts


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([("No", "Indikator", "Target")], ["No", "Indikator", "Target"]),
        (
            [("No", "Indikator", "Target", ""), ("", "", "2025", "2026")],
            ["No", "Indikator", "Target 2025", "Target 2026"],
        ),
        (
            # "No" is one tall cell: it names nothing beside it.
            [("No", "", "Target", ""), ("", "Indikator", "2025", "2026")],
            ["No", "Indikator", "Target 2025", "Target 2026"],
        ),
        (
            [
                ("Indikator", "2024", "", "2025", ""),
                ("", "Target", "Realisasi", "Target", "Realisasi"),
                ("1", "2", "3", "4", "5"),
            ],
            ["Indikator", "2024 Target", "2024 Realisasi", "2025 Target", "2025 Realisasi"],
        ),
        ([("Uraian",), ("Uraian",)], ["Uraian"]),
    ],
)
def test_header_words_of_each_column(head: list[tuple[str, ...]], expected: list[str]) -> None:
    assert header_texts([*head, ("x",) * len(expected)], len(head)) == expected


def test_names_are_whole_and_differ() -> None:
    assert column_names([("Target", "", "Target", "Target")], 1) == [
        "Target",
        "2",
        "Target (2)",
        "Target (3)",
    ]
