"""Counts the steps that a regular expression takes on a text, as a backtracking engine does.

Seconds depend on the machine; steps do not. The engine here walks the parse tree of ``re``
itself and counts each look at a character. It knows what the project's expressions use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from re import _constants as c  # type: ignore[attr-defined]  # isort: skip
from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

Next = Callable[[int], bool]
_SORTS: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: str.isdigit,
    c.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    c.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    c.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


class Counter:
    """One expression on one text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.text = text
        self.steps = 0
        self._fold = bool(pattern.flags & re.IGNORECASE)
        self._dot = bool(pattern.flags & re.DOTALL)
        self._tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))

    def find_all(self) -> int:
        """Steps of ``findall``."""
        at = 0
        while at <= len(self.text):
            end = self._end(self._tree, at)
            at = max(at + 1, end)
        return self.steps

    def _end(self, nodes: list[Any], at: int) -> int:
        found = -1

        def stop(end: int) -> bool:
            nonlocal found
            found = end
            return True

        return found if self._match(nodes, 0, at, stop) else -1

    def _one(self, op: Any, value: Any, at: int) -> bool:
        """Whether a node of one character takes the one at ``at``."""
        self.steps += 1
        if not 0 <= at < len(self.text):
            return False
        char = self.text[at]
        if op is c.ANY:
            return self._dot or char != "\n"
        chars = {char, char.lower(), char.upper()} if self._fold else {char}
        if op is c.LITERAL:
            return chr(value) in chars
        if op is c.NOT_LITERAL:
            return chr(value) not in chars
        negate = bool(value) and value[0][0] is c.NEGATE
        inside = any(self._in(kind, item, one) for kind, item in value for one in chars)
        return inside != negate

    @staticmethod
    def _in(kind: Any, item: Any, char: str) -> bool:
        if kind is c.LITERAL:
            return ord(char) == item
        if kind is c.RANGE:
            return bool(item[0] <= ord(char[0]) <= item[1])
        return kind is c.CATEGORY and _SORTS[item](char)

    def _match(self, nodes: list[Any], index: int, at: int, then: Next) -> bool:
        if index == len(nodes):
            return then(at)
        op, value = nodes[index]

        def rest(end: int) -> bool:
            return self._match(nodes, index + 1, end, then)

        if op in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN):
            return self._one(op, value, at) and rest(at + 1)
        if op is c.SUBPATTERN:
            return self._match(list(value[3]), 0, at, rest)
        if op is c.ATOMIC_GROUP:
            end = self._end(list(value), at)
            return end >= 0 and rest(end)
        if op is c.BRANCH:
            return any(self._match(list(way), 0, at, rest) for way in value[1])
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            return self._repeat(op, value, at, rest)
        if op in (c.ASSERT, c.ASSERT_NOT):
            direction, inner = value
            start = at if direction > 0 else at - inner.getwidth()[0]
            found = start >= 0 and self._end(list(inner), start) >= 0
            return found == (op is c.ASSERT) and rest(at)
        if op is c.AT:
            return self._at(value, at) and rest(at)
        if op is c.GROUPREF:  # nearly: any character counts as the group again
            return self._one(c.ANY, None, at) and rest(at + 1)
        raise NotImplementedError(op)

    def _at(self, where: Any, at: int) -> bool:
        self.steps += 1
        word = _SORTS[c.CATEGORY_WORD]
        before = at > 0 and word(self.text[at - 1])
        after = at < len(self.text) and word(self.text[at])
        if where is c.AT_BOUNDARY:
            return before != after
        if where is c.AT_NON_BOUNDARY:
            return before == after
        if where in (c.AT_BEGINNING, c.AT_BEGINNING_STRING):
            return at == 0
        return at >= len(self.text) - (self.text[-1:] == "\n")

    def _repeat(self, op: Any, value: Any, at: int, rest: Next) -> bool:
        least, most, inner = value
        single = len(inner) == 1 and inner[0][0] in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN)
        if single and op is not c.MIN_REPEAT:
            end = at
            while end - at < most and self._one(*inner[0], end):
                end += 1
            if op is c.POSSESSIVE_REPEAT:
                return end - at >= least and rest(end)
            while end - at >= least:
                if rest(end):
                    return True
                end -= 1
            return False

        def again(count: int, here: int) -> bool:
            def more(end: int) -> bool:
                return end > here and again(count + 1, end)

            if op is c.MIN_REPEAT:
                if count >= least and rest(here):
                    return True
                return count < most and self._match(list(inner), 0, here, more)
            if count < most and self._match(list(inner), 0, here, more):
                return True
            return count >= least and rest(here)

        return again(0, at)


def steps(pattern: re.Pattern[str], text: str) -> int:
    """Steps of ``pattern.findall(text)``."""
    return Counter(pattern, text).find_all()
