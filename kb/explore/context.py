"""What stands around a statement on its page: the sentence before it and the one after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.catalog.reading import pages as page_reads
from kb.explore.sources import Sources
from kb.explore.views import Around, StatementView

FARTHEST = 400
"""Characters on each side at most; what is longer is cut between words."""

# A sentence ends at a full stop, with what closes a quotation, before what begins another; a
# title, an initial or a number before the stop (Dr., H., No., 3.) ends none.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bDrs)(?<!\bProf)(?<!\d)[.!?…][\"”’')\]]*\s+(?=[\"“‘'(]*[A-Z0-9])"
    r"|\n\s*\n"
)


def around(sources: Sources, statements: Sequence[StatementView]) -> dict[int, Around]:
    """See ``KnowledgeBase.around``."""
    texts: dict[tuple[int, int], str] = {}
    found: dict[int, Around] = {}
    with sources.read() as connection:
        for one in statements:
            place = (one.document_id, one.page)
            if place not in texts:
                row = page_reads.page(connection, *place)
                texts[place] = row.text if row is not None else ""
            text = texts[place]
            if text[one.start : one.end] == one.text:
                found[one.statement_id] = Around(
                    sentence_before(text, one.start), sentence_after(text, one.end)
                )
    return found


def sentence_before(text: str, start: int) -> str:
    """From the beginning of the sentence before to ``start``, on one line: what leads to a
    statement within its own sentence included."""
    head = text[max(0, start - 2 * FARTHEST) : start]
    ends = [m.end() for m in _END.finditer(head)]
    own = bool(head[ends[-1] :].strip(" \n\"“‘'")) if ends else True
    wanted = ends[-1] if own and ends else ends[-2] if len(ends) > 1 else 0
    line = " ".join(head[wanted:].split())
    return line if len(line) <= FARTHEST else "… " + line[-FARTHEST:].partition(" ")[2]


def sentence_after(text: str, end: int) -> str:
    """From ``end`` to the end of the sentence after it, on one line: what ends the statement's
    own sentence included."""
    tail = text[end : end + 2 * FARTHEST]
    ends = [m.end() for m in _END.finditer(tail)]
    wanted = next((e for e in ends if len(tail[:e].strip(" \n\"”’'.,!?")) > 1), len(tail))
    line = " ".join(tail[:wanted].split())
    return line if len(line) <= FARTHEST else line[:FARTHEST].rpartition(" ")[0] + " …"
