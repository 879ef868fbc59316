"""What one page of a document tells the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.model import EntityRef, Mention, Office


@dataclass(slots=True)
class Memory:
    """Names, entities and offices of the pages before this one."""

    mentions: list[Mention] = field(default_factory=list)
    """Person mentions of earlier pages (offsets of their own page)."""
    persons: dict[str, EntityRef] = field(default_factory=dict)
    """Entity id -> person, in order of first mention."""
    offices: list[Office] = field(default_factory=list)
    """Offices stated on earlier pages."""
    holders: dict[str, str] = field(default_factory=dict)
    """Normal form of a title (``gubernur``, ``gubernur banten``) -> person entity id."""
    region: str | None = None
    """Kemendagri code of the region the document is about, once known."""
    institutions: dict[str, EntityRef] = field(default_factory=dict)
    """Normal form of a name or abbreviation -> institution."""
    agencies: set[tuple[str, ...]] = field(default_factory=set)
    """Words of the names of agencies, where the pages are those of a planning document."""
    villages: set[str] = field(default_factory=set)
    """Bare names of kecamatan and villages, there too."""
