"""Why an address was not taken. Each is one sentence for people; the sync goes on."""

from __future__ import annotations

from datetime import datetime

from kb.errors import KBError


class SourceError(KBError):
    """A source cannot be asked, or what it says is not understood."""


class Refused(SourceError):
    """This address is not taken, whatever is tried; others of the source are."""


class Gone(SourceError):
    """The site says that there is no such page."""


class Later(SourceError):
    """The host must not be asked any more for now."""

    def __init__(self, message: str, until: datetime | None = None) -> None:
        super().__init__(message)
        self.until = until


class Unreachable(SourceError):
    """No answer, after all tries."""
