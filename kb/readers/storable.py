"""Text that every later stage can hold: no character that databases and pipes refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.disk import stored_name
from kb.model import SourceDocument

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable_text(text: str) -> str:
    """``text`` with one U+FFFD for each NUL and lone surrogate: as long as it was."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable(source: SourceDocument) -> SourceDocument:
    """The document without characters no database takes, each replaced by one U+FFFD.

    Offsets stay what they are.
    """

    clean = storable_text

    def maybe(text: str | None) -> str | None:
        return None if text is None else clean(text)

    metadata: Mapping[str, str] = {clean(k): clean(str(v)) for k, v in source.metadata.items()}
    return replace(
        source,
        path=clean(stored_name(source.path)),
        part=maybe(source.part),
        title=maybe(source.title),
        pages=tuple(
            replace(
                page, text=clean(page.text), label=maybe(page.label), section=maybe(page.section)
            )
            for page in source.pages
        ),
        outline=tuple(replace(item, title=clean(item.title)) for item in source.outline),
        tables=tuple(
            replace(
                table,
                rows=tuple(tuple(clean(cell) for cell in row) for row in table.rows),
                caption=maybe(table.caption),
            )
            for table in source.tables
        ),
        metadata=metadata,
        address=maybe(source.address),
        published=maybe(source.published),
        warnings=tuple(clean(text) for text in source.warnings),
    )
