"""Many names asked at once: what documents and statements name each."""

from __future__ import annotations

from dataclasses import dataclass

from kb.explore.views.refs import DocumentRef, EntityBadge


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A document that has the words, and on which pages."""

    document: DocumentRef
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the list, and what the base has of it."""

    words: str
    pages: int
    """Pages with these words one after the other, in any case."""
    documents: int
    """Documents they stand in."""
    statements: int
    """Statements on these pages that have the words, or whose speaker does."""
    named: tuple[NamedIn, ...]
    """The documents, most pages first, at most ``MOST`` of ``kb.explore.many``."""
    said: tuple[int, ...]
    """Ids of the statements, latest first, at most as many."""
    entity: EntityBadge | None = None
    """Whom or what the base knows by this name, most mentioned; ``count`` = its mentions."""
    near: tuple[EntityBadge, ...] = ()
    """Names that are spelt nearly so, for a line that nothing has."""
