"""Addresses beside the app's own. A further door (an API, feeds, pictures) is added here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.config import Settings

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


def routes(settings: Settings) -> list[BaseRoute]:
    """What is answered before the app is asked, first match first.

    Whatever is mounted here stands behind ``kb.server.guard`` like everything else: checked
    Host, headers, no bodies but for the prefixes in ``BODIES``.
    """
    return []


BODIES: tuple[str, ...] = ()
"""Beginnings of paths (``/api/``) that may be sent a body; each must bound it itself."""
