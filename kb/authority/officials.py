"""Officials the authority file knows: names, and terms of office with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.authority.normal import norm


@dataclass(frozen=True, slots=True)
class Term:
    """One term of office. A date nobody could confirm is ``None``."""

    role: str
    institution: str
    """The institution or region the office belongs to (``Banten``, ``Kota Serang``)."""
    status: str
    start: str | None
    end: str | None
    confirmed: bool
    sources: tuple[str, ...]
    basis: str | None = None
    """The decree, where a source names it."""
    note: str | None = None

    def holds_on(self, date: str | None) -> bool | None:
        """True or false where the dates settle it, ``None`` where they do not."""
        if date is None or (self.start is None and self.end is None):
            return None
        if self.start is not None and date < self.start[: len(date)]:
            return False
        if self.end is not None and date > self.end[: len(date)]:
            return False
        return True if self.start is not None else None


@dataclass(frozen=True, slots=True)
class Official:
    """One person; ``region`` is the Kemendagri code of the region they serve."""

    id: str
    name: str
    aliases: tuple[str, ...]
    region: str
    terms: tuple[Term, ...]

    @property
    def entity_id(self) -> str:
        return f"person:{self.id}"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Officials:
    """All known officials by id and by name."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self._by_id: dict[str, Official] = {}
        index: dict[str, list[Official]] = {}
        for entry in entries:
            terms = tuple(
                Term(
                    role=term["role"],
                    institution=term["institution"],
                    status=term["status"],
                    start=term["from"],
                    end=term["to"],
                    confirmed=term["confirmed"],
                    sources=tuple(term["sources"]),
                    basis=term.get("basis"),
                    note=term.get("note"),
                )
                for term in entry["terms"]
            )
            person = Official(
                entry["id"], entry["name"], tuple(entry["aliases"]), entry["region"], terms
            )
            self._by_id[person.id] = person
            for name in person.names:
                index.setdefault(norm(name), []).append(person)
        self._index: Mapping[str, tuple[Official, ...]] = {k: tuple(v) for k, v in index.items()}

    def __len__(self) -> int:
        return len(self._by_id)

    def all(self) -> tuple[Official, ...]:
        return tuple(self._by_id.values())

    def get(self, entity_id: str) -> Official | None:
        """The official with this entity id (``person:...``), or ``None``."""
        return self._by_id.get(entity_id.removeprefix("person:"))

    def named(self, name: str) -> tuple[Official, ...]:
        """Every official called exactly so (normal form)."""
        return self._index.get(norm(name), ())
