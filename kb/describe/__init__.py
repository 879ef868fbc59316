"""Says what a document is: pure functions on what the readers found.

Each is loaded when first used: who only searches waits for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.describe.dates import parse_date
    from kb.describe.document import describe
    from kb.describe.indicator_names import indicator_norm
    from kb.describe.indicators import extract_indicators
    from kb.describe.regions import government_of

DESCRIBE_VERSION = "5"
"""Raised when a rule gives other results: documents are then described again."""

__all__ = [
    "DESCRIBE_VERSION",
    "describe",
    "extract_indicators",
    "government_of",
    "indicator_norm",
    "parse_date",
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
