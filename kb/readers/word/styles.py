"""What a paragraph's style says: whether it is a heading, and which list numbers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.readers.word.package import child, local, on, value

_HEADING = re.compile(r"(?:heading|judul|tajuk)\s*(\d)$")
_TITLES = frozenset(["title", "judul"])


@dataclass(frozen=True, slots=True)
class Style:
    level: int | None = None
    """Depth of the heading from 0, ``None`` where it is none."""
    list: str | None = None
    list_level: int = 0
    new_page: bool = False
    hidden: bool = False


_PLAIN = Style()


class Styles:
    """Paragraph and character styles by their id."""

    def __init__(self, tree: Any | None) -> None:
        self._nodes: dict[str, Any] = {}
        for node in tree if tree is not None else ():
            if local(node) == "style":
                self._nodes.setdefault(value(node, "styleId") or "", node)
        self._found: dict[str, Style] = {}

    def get(self, name: str | None) -> Style:
        """The style with what it takes over from those it is based on."""
        if not name or name not in self._nodes:
            return _PLAIN if not name else Style(level=_by_name(name))
        if name not in self._found:
            self._found[name] = _PLAIN  # ends a style that is based on itself
            self._found[name] = self._read(name)
        return self._found[name]

    def _read(self, name: str) -> Style:
        node = self._nodes[name]
        base = child(node, "basedOn")
        above = self.get(value(base)) if base is not None else _PLAIN
        called = child(node, "name")
        level = _by_name((value(called) if called is not None else None) or name)
        properties = child(node, "pPr")
        depth = child(properties, "outlineLvl")
        if level is None and depth is not None:
            level = outline_level(depth)
        if level is None:
            level = above.level
        number, list_level = numbered(properties)
        before = child(properties, "pageBreakBefore")
        hidden = child(node, "rPr", "vanish")
        return Style(
            level=level,
            list=number if number is not None else above.list,
            list_level=list_level if list_level is not None else above.list_level,
            new_page=on(before) if before is not None else above.new_page,
            hidden=on(hidden) if hidden is not None else above.hidden,
        )


def _by_name(name: str) -> int | None:
    low = " ".join(name.lower().split())
    match = _HEADING.match(low)
    if match:
        return max(int(match[1]) - 1, 0)
    return 0 if low in _TITLES else None


def outline_level(node: Any) -> int | None:
    """Level of ``outlineLvl``; 9 is body text."""
    told = value(node) or ""
    return int(told) if told.isdigit() and int(told) < 9 else None


def numbered(properties: Any | None) -> tuple[str | None, int | None]:
    """``(list, level)`` of ``numPr``; a list ``"0"`` means that there is none."""
    node = child(properties, "numPr")
    if node is None:
        return None, None
    number, level = child(node, "numId"), child(node, "ilvl")
    deep = value(level) if level is not None else None
    return (
        value(number) if number is not None else None,
        min(int(deep), 8) if deep and deep.isdigit() else None,
    )
