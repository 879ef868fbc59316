"""The words of the interface: ``id.toml`` and ``en.toml`` hold the same keys."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("id", "en")


@lru_cache(maxsize=len(LANGUAGES))
def strings(language: str) -> dict[str, str]:
    """All strings of a language by dotted key (``search.placeholder``)."""
    content = (files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    flat: dict[str, str] = {}
    for section, entries in tomllib.loads(content).items():
        for key, value in entries.items():
            flat[f"{section}.{key}"] = value
    return flat


def translate(language: str, key: str, **values: object) -> str:
    """The string for ``key``, its ``{placeholders}`` filled. Raises ``KeyError``."""
    text = strings(language if language in LANGUAGES else LANGUAGES[0])[key]
    return text.format(**values) if values else text


def number(language: str, value: float, digits: int = 0) -> str:
    """``value`` with the language's separators: 1.234,5 (id), 1,234.5 (en)."""
    text = f"{value:,.{digits}f}"
    if language == "en":
        return text
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


_MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def date(language: str, iso: str | None) -> str:
    """An ISO date (or its year, or year and month) as people write it: ``4 Jan 2024``."""
    if not iso:
        return ""
    parts = iso.split("-")
    months = _MONTHS[language if language in LANGUAGES else LANGUAGES[0]]
    try:
        if len(parts) == 1:
            return str(int(parts[0]))
        month = months[int(parts[1]) - 1]
        day = f"{int(parts[2][:2])} " if len(parts) > 2 else ""
        return f"{day}{month} {int(parts[0])}"
    except (ValueError, IndexError):
        return iso
