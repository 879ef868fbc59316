"""Interviews whose questions bear no label: a question on a line of its own, an answer below."""

from __future__ import annotations

import re
from functools import cached_property

from kb.nlp.statements.masked import MASK, View
from kb.nlp.statements.quotes import Quote

_LEAST = 3
"""Answers that make a text an interview. Set by hand; no command measured it."""
_SHORT = 10
"""Words of a line that an answer follows though it asks nothing (``Petani merugi.``). Set by hand;
no command measured it."""
_MARKUP = re.compile(r"[\s_*~•–—-]*\Z")


class Interview:
    """Which quotations of one text answer the line above them."""

    def __init__(self, view: View) -> None:
        self.view = view

    def is_answer(self, quote: Quote) -> bool:
        """Whether ``quote`` opens its line below a question, or below a short line of who asks."""
        if not self._answers:
            return False
        return quote.outer_start in self._answers or self._below(quote, asked=False)

    @cached_property
    def _answers(self) -> frozenset[int]:
        """Where the answers to questions begin; none where the text is no interview."""
        found = frozenset(q.outer_start for q in self.view.quotes if self._below(q, asked=True))
        return found if len(found) >= _LEAST else frozenset()

    def _below(self, quote: Quote, asked: bool) -> bool:
        """Whether a line that nobody is quoted in, a question where ``asked``, stands above."""
        masked = self.view.masked
        start = self.view.line(quote.outer_start)[0]
        if not _MARKUP.match(masked, start, quote.outer_start):
            return False
        above = masked[:start].rstrip()
        line = above[above.rfind("\n") + 1 :]
        if not line or MASK in line:
            return False
        return line.endswith("?") if asked else len(line.split()) <= _SHORT
