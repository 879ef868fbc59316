"""The words of the interface: ``id.toml`` and ``en.toml`` hold the same keys.

``{count} document[|s]`` has both endings of a word that follows a number: for one, and for more.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from kb.authority import written

LANGUAGES = ("id", "en")
_ENDINGS = re.compile(r"\{(?P<name>\w+)\}(?P<words>[\w ]*)\[(?P<for_one>\w*)\|(?P<more>\w+)\]")


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
    """The string for ``key``, its ``{placeholders}`` filled and the endings of words chosen by
    their numbers. Raises ``KeyError``."""
    text = strings(_known(language))[key]
    text = _ENDINGS.sub(lambda found: _ended(found, str(values.get(found["name"]))), text)
    return text.format(**values) if values else text


def _ended(found: re.Match[str], number: str) -> str:
    ending = found["for_one"] if number == "1" else found["more"]
    return f"{{{found['name']}}}{found['words']}{ending}"


def number(language: str, value: float, digits: int = 0) -> str:
    """``value`` with the language's separators: 1.234,5 (id), 1,234.5 (en)."""
    return written.number(_known(language), value, digits)


def date(language: str, iso: str | None) -> str:
    """An ISO date (or its year, or year and month) as people write it: ``4 Jan 2024``.

    What is no date stays as it is.
    """
    return (written.date(_known(language), iso) or iso) if iso else ""


def _known(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]
