"""When the disk under a catalog is full."""

from __future__ import annotations

NO_ROOM = (
    "There is no room left on the disk for the knowledge base; make some and run it again: "
    "what was finished is kept."
)


def no_room(error: Exception) -> bool:
    """True where the database says that the disk is full."""
    return any(said in str(error) for said in ("disk is full", "No space left on device"))
