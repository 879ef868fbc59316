"""Numbers of chapters and pages in Roman and Arabic figures."""

from __future__ import annotations

from kb.authority.calendar import roman_value


def numeral(text: str) -> int | None:
    """The chapter's number, written in Roman or Arabic figures."""
    return int(text) if text.isdigit() else roman_value(text.upper())


def roman(number: int) -> str:
    """The number in Roman figures."""
    parts: list[str] = []
    for size, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
                       (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        while number >= size:
            parts.append(sign)
            number -= size
    return "".join(parts)
