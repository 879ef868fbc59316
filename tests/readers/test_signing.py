"""Dates under a signed rule, read once more where the whole page did not give them."""

from __future__ import annotations

from PIL import Image

from kb.readers.layout import Word
from kb.readers.signing import with_dates

PAGE = Image.new("L", (1600, 2000), 255)


def row(text: str, x: float, top: float) -> list[Word]:
    words = []
    for part in text.split():
        words.append(Word(part, x, top, x + 14 * len(part), top + 30))
        x += 14 * len(part) + 12
    return words


def said(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def test_a_lost_date_is_read_from_its_own_block() -> None:
    asked: list[tuple[int, int]] = []

    def read(block: Image.Image) -> list[Word]:
        asked.append(block.size)
        return [*row("Ditetapkan di Manado", 30, 12), *row("pada tanggal 1 Juli 2019", 30, 52)]

    page = [*row("Pasal 9", 700, 800), *row("Ditetapkan di Manado", 900, 1000),
            *row("pede naa", 900, 1040), *row("GUBERNUR SULAWESI UTARA,", 900, 1100)]  # fmt: skip
    found = with_dates(PAGE, page, read)
    assert said(found) == (
        "Pasal 9 Ditetapkan di Manado pada tanggal 1 Juli 2019 GUBERNUR SULAWESI UTARA,"
    )
    day = next(word for word in found if word.text == "1")
    assert abs(day.top - 1040) < 15, "placed on the page, not on the block"
    assert day.x0 > 900
    assert asked[0][0] < 800, "the block alone is read"


def test_a_date_that_stands_is_not_read_again() -> None:
    def read(_: Image.Image) -> list[Word]:
        raise AssertionError("read again")

    page = [*row("Diundangkan di Serang", 100, 1000), *row("pada tanggal 3 Mei 2021", 100, 1040)]
    assert with_dates(PAGE, page, read) == page


def test_a_block_that_gives_no_date_stays() -> None:
    page = [*row("Ditetapkan di Serang", 100, 1000), *row("pada tanggal", 100, 1040)]
    assert with_dates(PAGE, page, lambda _: row("pada —ngg", 30, 52)) == page
