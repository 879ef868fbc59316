"""What every kind of source can do: recognise itself, list what it has, fetch one thing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.sources.fetching import Fetcher, Reply
from kb.sources.pages import Listing


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a source lists."""

    address: str
    title: str | None = None
    published: str | None = None
    """As the list writes it."""
    changed: str | None = None
    """When the list says that it last changed; ISO 8601, or any text that changes with it."""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one request of the list gave."""

    items: Sequence[Item]
    cursor: dict[str, Any]
    """Where to go on, should the sync end here."""
    whole: bool = False
    """True with the last batch of a walk that saw all there is."""


@dataclass(slots=True)
class Look:
    """An address as ``kb source add`` first sees it."""

    address: str
    reply: Reply
    listing: Listing
    fetcher: Fetcher


@dataclass(frozen=True, slots=True)
class Finding:
    """What kind of source an address is."""

    kind: str
    address: str
    """Where the list is."""
    told: str
    """One sentence: what was found, with numbers where they are known."""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Visit:
    """One sync of one source, as its kind sees it."""

    fetcher: Fetcher
    address: str
    options: dict[str, Any]
    cursor: dict[str, Any]
    """As the last batch left it; empty the first time."""
    unknown: Callable[[Sequence[Item]], int]
    """How many of these items are new or changed."""
    since: str | None = None
    whole: bool = False
    """True where all must be listed again, to see what is gone."""
    most_pages: int = 1000
    """Requests for one list at most: a calendar has no end."""


class Kind(ABC):
    """A kind of source. Instances hold nothing; ``Visit`` does."""

    name: str

    @abstractmethod
    def recognise(self, look: Look) -> Finding | None:
        """What is found at the address, ``None`` where it is of another kind.

        May ask the site for a page or two more.
        """

    @abstractmethod
    def batches(self, visit: Visit) -> Iterator[Batch]:
        """What is new since ``visit.cursor``, or all of it where ``visit.whole``."""

    def resolve(self, visit: Visit, address: str, etag: str | None, modified: str | None) -> Reply:
        """The document behind an item's address."""
        return visit.fetcher.get(address, etag=etag, modified=modified)
