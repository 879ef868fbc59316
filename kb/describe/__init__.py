"""Says what a document is: pure functions on what the readers found.

Each is loaded when first used: who only searches waits for none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kb import stamp as stamps

if TYPE_CHECKING:
    from kb.describe.dates import parse_date
    from kb.describe.document import describe
    from kb.describe.indicator_names import indicator_norm
    from kb.describe.indicators import extract_indicators
    from kb.describe.regions import government_of

DATA = (
    "authority/abbreviations.toml",
    "authority/agencies.toml",
    "authority/amounts.toml",
    "authority/calendar.toml",
    "authority/doctypes.toml",
    "authority/docwords.toml",
    "authority/indicators.toml",
    "authority/institutions.json",
    "authority/offices.toml",
    "authority/place_aliases.toml",
    "authority/place_words.txt.gz",
    "authority/places.tsv.gz",
)
"""Files that describing reads, below ``kb/``."""

__all__ = [
    "describe",
    "extract_indicators",
    "government_of",
    "indicator_norm",
    "parse_date",
    "stamp",
]

_HOMES = {
    "describe": "document",
    "extract_indicators": "indicators",
    "government_of": "regions",
    "indicator_norm": "indicator_names",
    "parse_date": "dates",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kb.describe' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kb.describe.{_HOMES[name]}"), name)


@lru_cache(maxsize=1)
def stamp() -> str:
    """Version of exactly what describing runs on: its modules and its part of the authority."""
    return stamps.of([f"kb.describe.{name}" for name in _HOMES.values()], DATA)
