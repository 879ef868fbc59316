"""Which endings of file names are read, and what the others are (``formats.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PLAIN = frozenset(["text", "markdown", "csv", "json", "jsonl", "html"])
"""Kinds that any text could be taken for; the others are told by their content alone."""
HOLDERS = frozenset(["zip", "archive", "mail", "msg"])
"""Kinds that hold other files."""

DRAWN = frozenset(["pdf", "picture"])
"""Formats of documents whose pages can be shown as they look."""


@dataclass(frozen=True, slots=True)
class Formats:
    read: Mapping[str, str]
    """Ending -> kind."""
    apart: frozenset[str]
    leavings: frozenset[str]
    leaving_starts: tuple[str, ...]
    leaving_endings: tuple[str, ...]
    leaving_folders: frozenset[str]
    called: Mapping[str, str]


@cache
def load_formats() -> Formats:
    data = tomllib.loads(files("kb.readers").joinpath("formats.toml").read_text("utf-8"))
    leavings = data["leavings"]
    return Formats(
        read={ending: kind for kind, endings in data["read"].items() for ending in endings},
        apart=frozenset(data["apart"]["endings"]),
        leavings=frozenset(leavings["names"]),
        leaving_starts=tuple(leavings["starts"]),
        leaving_endings=tuple(leavings["endings"]),
        leaving_folders=frozenset(leavings["folders"]),
        called=data["called"],
    )


def ending(name: str) -> str:
    """The ending of a file name, lower case, with its full stop; ``.tar.gz`` is one."""
    low = name.lower()
    stem, dot, last = low.rpartition(".")
    if not dot or not stem:
        return ""
    if stem.endswith(".tar") and len(stem) > 4:
        return f".tar.{last}"
    return f".{last}"


def kind_of_name(name: str) -> str | None:
    """The kind a file's name promises, ``None`` where it promises none that is read."""
    return load_formats().read.get(ending(name))
