"""What a sync tells: while it runs, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Stage = Literal["listing", "fetching", "reading"]


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """A moment of a sync."""

    source: str
    stage: Stage
    done: int
    total: int
    rate: float = 0.0
    """Fetched a second."""
    address: str | None = None


Told = Callable[[SyncProgress], None]


@dataclass(slots=True)
class Outcome:
    """What one sync of one source did."""

    source: str
    kind: str
    new: int = 0
    """Documents that were not in the base."""
    changed: int = 0
    """Documents whose text is another one than before."""
    same: int = 0
    """Addresses looked at again and found as they were."""
    gone: int = 0
    """Documents that are withdrawn since this sync."""
    struck: int = 0
    """Addresses that answered 404 or 410 once; a second time withdraws them."""
    back: int = 0
    """Documents that were withdrawn and are there again."""
    listed: int = 0
    """Addresses that lists showed, new or not."""
    waiting: int = 0
    """Addresses left for the next sync."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """What was not taken, each with the reason."""
    planned: list[str] = field(default_factory=list)
    """With ``dry_run``: addresses that would be fetched."""
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    problem: str | None = None
    """Why the source failed, as one sentence."""
    later: str | None = None
    """Why it ended early without having failed (the budget of the day)."""
    interrupted: bool = False

    def counts(self) -> dict[str, Any]:
        """What is kept of it with the source."""
        return {
            "new": self.new,
            "changed": self.changed,
            "gone": self.gone,
            "back": self.back,
            "refused": len(self.refused),
            "waiting": self.waiting,
            "requests": self.requests,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 1),
        }
