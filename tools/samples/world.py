"""The invented world of the sample corpus: people, indicators, articles, read from data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samples.portal import Article, Site

HERE = Path(__file__).resolve().parent
FIRST_TARGET, FIRST_REALISED = 2021, 2020
LONG_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def read_toml(*parts: str) -> dict[str, Any]:
    """A data file of this folder."""
    return tomllib.loads(HERE.joinpath(*parts).read_text(encoding="utf-8"))


def number(value: float, decimals: int = 2) -> str:
    """Indonesian notation: ``1.234,56``."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def long_date(day: date) -> str:
    """``4 Januari 2024``."""
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def capitals(office: str) -> str:
    """An office as decrees print it: ``Pj. GUBERNUR BANTEN,``."""
    return f"{office.upper().replace('PJ.', 'Pj.')},"


@dataclass(frozen=True, slots=True)
class Indicator:
    key: str
    name: str
    other: str
    unit: str
    decimals: int
    better: str
    agency: str
    goal: str
    formula: str
    source: str
    reason: str
    target: tuple[float, ...]
    realised: tuple[float, ...]

    def target_in(self, year: int) -> float:
        return self.target[year - FIRST_TARGET]

    def realised_in(self, year: int) -> float:
        return self.realised[year - FIRST_REALISED]

    def show(self, value: float) -> str:
        return number(value, self.decimals)

    def achievement(self, year: int) -> float:
        """Achievement in percent of the target; where less is better, counted downwards."""
        target, got = self.target_in(year), self.realised_in(year)
        if self.better == "down":
            return (2 * target - got) / target * 100
        return got / target * 100

    def met(self, year: int) -> bool:
        return self.achievement(year) >= 100


@cache
def indicators() -> tuple[Indicator, ...]:
    rows = read_toml("data", "indicators.toml")["indicator"]
    return tuple(
        Indicator(**{**row, "target": tuple(row["target"]), "realised": tuple(row["realised"])})
        for row in rows
    )


def indicator(key: str) -> Indicator:
    return next(item for item in indicators() if item.key == key)


@cache
def sites() -> dict[str, Site]:
    return {key: Site(**row) for key, row in read_toml("data", "sites.toml").items()}


@cache
def articles() -> tuple[Article, ...]:
    """All articles, oldest first."""
    found = [
        Article(**row)
        for file in sorted((HERE / "articles").glob("*.toml"))
        for row in read_toml("articles", file.name)["article"]
    ]
    return tuple(sorted(found, key=lambda a: (a.date, a.slug)))


def people() -> list[dict[str, Any]]:
    return list(read_toml("data", "people.toml")["person"])


def names() -> Iterator[str]:
    yield from (person["name"] for person in people())


def governor_on(day: date) -> tuple[str, str]:
    """Office as printed in a signature block and name of whoever governed Banten on ``day``."""
    for person in people():
        for office in person["offices"]:
            role = office["role"]
            if office["institution"] != "Banten" or role not in ("Gubernur", "Pj Gubernur"):
                continue
            if office["from"] <= day.isoformat() < office.get("to", "9999"):
                return ("Pj. Gubernur Banten" if role.startswith("Pj") else "Gubernur Banten"), str(
                    person["name"]
                )
    raise LookupError(f"nobody governs on {day}")
