"""What staff decided about words of pages, as gold: one object of the tagging guide a line.

A line of a page about whose words somebody decided is given whole, with every tag as it stands.
What else is on the page nobody looked at, so it is not given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kb.catalog import judgements
from kb.catalog.reading import judged
from kb.catalog.reading.judged import JudgedPlace
from kb.catalog.reading.typed import Reading

SOURCE = "koreksi"


def rows(connection: Reading) -> list[dict[str, Any]]:
    """The gold, by document, page and line."""
    by_page: dict[tuple[int, int], list[JudgedPlace]] = defaultdict(list)
    for place in judged.places(connection):
        by_page[place.document_id, place.page].append(place)
    texts: dict[int, dict[int, str]] = {}
    found: list[dict[str, Any]] = []
    for (document_id, page), places in sorted(by_page.items()):
        if document_id not in texts:
            texts = {document_id: judgements.page_texts(connection, document_id)}
        text = texts[document_id].get(page, "")
        lines: dict[tuple[int, int], set[int]] = defaultdict(set)
        for place in places:
            if line := _line(text, place):
                lines[line].add(place.correction)
        for (start, end), numbers in sorted(lines.items()):
            found.append(_row(connection, document_id, page, text, start, end, sorted(numbers)))
    return found


def _line(text: str, place: JudgedPlace) -> tuple[int, int] | None:
    if not 0 <= place.start < place.end <= len(text):
        return None
    end = text.find("\n", place.end)
    return text.rfind("\n", 0, place.start) + 1, len(text) if end < 0 else end


def _row(
    connection: Reading,
    document_id: int,
    page: int,
    text: str,
    start: int,
    end: int,
    numbers: Sequence[int],
) -> dict[str, Any]:
    document = judged.document(connection, document_id)

    def inside(one: judged.NameThere | judged.OfficeThere | judged.SaidThere) -> bool:
        return start <= one.start and one.end <= end

    return {
        "id": f"{document.key}#{page}.{start}",
        "source": SOURCE,
        "title": document.title,
        "date": document.date,
        "text": text[start:end],
        "mentions": [
            {
                "start": one.start - start,
                "end": one.end - start,
                "surface": one.surface,
                "label": one.label,
            }
            for one in judged.names_on(connection, document_id, page)
            if inside(one)
        ],
        "officials": [
            {"name": one.name, "role": one.role, "institution": one.institution}
            for one in judged.offices_on(connection, document_id, page)
            if inside(one)
        ],
        "statements": [
            {
                "kind": one.kind,
                "start": one.start - start,
                "end": one.end - start,
                "surface": one.text,
                "speaker": one.speaker,
                "cue": one.cue,
            }
            for one in judged.said_on(connection, document_id, page)
            if inside(one)
        ],
        "corrections": list(numbers),
    }
