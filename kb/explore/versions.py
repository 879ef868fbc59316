"""What changed between two versions of one document, paragraph by paragraph."""

from __future__ import annotations

from difflib import SequenceMatcher

from kb.catalog.reading import documents as reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore.compare import changes
from kb.explore.sources import Sources
from kb.explore.views import Change, SharedPassage, VersionChanges

SAME_PARAGRAPH = 0.5
"""Paragraphs that share so much of their words, in one place of the text, are one that was
edited; others are one that went and one that came. Set by hand."""
Block = tuple[int, str]
"""Page and text of a paragraph."""


def compare(sources: Sources, document_id: int, version: int, other: int | None) -> VersionChanges:
    """See ``KnowledgeBase.compare_versions``."""
    with sources.read() as connection:
        row = reads.document(connection, document_id)
        if row is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
        other = row.version if other is None else other
        if version == other:
            raise QueryError("Compare two different versions.")
        left = _version(connection, document_id, version, row.version, row.title)
        right = _version(connection, document_id, other, row.version, row.title)
    passages, unchanged = _changed(_blocks(left[1]), _blocks(right[1]))
    return VersionChanges(
        document_id, version, other, changes(left[0], right[0]), tuple(passages), unchanged
    )


def _version(
    connection: Reading, document_id: int, version: int, present: int, title: str
) -> tuple[str, list[tuple[int, str]]]:
    if version == present:
        return title, page_reads.texts_of_pages(connection, document_id)
    found = reads.version_pages(connection, document_id, version)
    if found is None:
        raise NotFound(
            f"Document {document_id} has no version {version}; 'kb show {document_id}' names them."
        )
    return found


def _blocks(pages: list[tuple[int, str]]) -> list[Block]:
    return [
        (page, " ".join(block.split()))
        for page, text in pages
        for block in text.split("\n\n")
        if block.strip()
    ]


def _changed(left: list[Block], right: list[Block]) -> tuple[list[SharedPassage], int]:
    """Paragraphs that differ, in order, and how many do not."""
    matcher = SequenceMatcher(None, [b for _, b in left], [b for _, b in right], autojunk=False)
    found: list[SharedPassage] = []
    unchanged = 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            unchanged += i2 - i1
            continue
        found += _edited(left[i1:i2], right[j1:j2])
    return found, unchanged


def _edited(left: list[Block], right: list[Block]) -> list[SharedPassage]:
    """Paragraphs of one changed place: edited ones in pairs, the rest as gone or come."""
    found: list[SharedPassage] = []
    rest = list(right)
    for page, text in left:
        best, share = None, SAME_PARAGRAPH
        for candidate in rest:
            ratio = SequenceMatcher(None, text.split(), candidate[1].split(), autojunk=False)
            if ratio.ratio() >= share:
                best, share = candidate, ratio.ratio()
        if best is None:
            gone = (Change("removed", text),)
            found.append(SharedPassage(page, page, 0.0, text, "", gone))
            continue
        found += map(_came, rest[: rest.index(best)])
        rest = rest[rest.index(best) + 1 :]
        shared = changes(text, best[1])
        found.append(SharedPassage(page, best[0], round(share, 3), text, best[1], shared))
    return [*found, *map(_came, rest)]


def _came(block: Block) -> SharedPassage:
    page, text = block
    return SharedPassage(page, page, 0.0, "", text, (Change("added", text),))
