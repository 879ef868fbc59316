"""The words of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def say(language: str, key: str, **values: object) -> str:
    """The sentence for ``key``, its placeholders filled. Raises ``KeyError``."""
    return _all()[language if language in _all() else "id"][key].format(**values)
