"""Kinds of sources, in the order in which an address is looked at for them."""

from __future__ import annotations

from kb.sources.kinds.base import Kind
from kb.sources.kinds.drive import Drive
from kb.sources.kinds.feed import Feed
from kb.sources.kinds.folder import Folder
from kb.sources.kinds.jdih import Jdih
from kb.sources.kinds.json_list import JsonList
from kb.sources.kinds.paged import Paged, PdfLinks
from kb.sources.kinds.portal import Portal
from kb.sources.kinds.sitemap import Sitemap
from kb.sources.kinds.wordpress import WordPress

ORDER: tuple[Kind, ...] = (
    Drive(),
    WordPress(),
    Jdih(),
    Sitemap(),
    Portal(),
    Paged(),
    PdfLinks(),
    Feed(),
    JsonList(),
)
"""A whole interface first, then lists that are whole, then what the page itself shows."""
KINDS: dict[str, Kind] = {kind.name: kind for kind in (*ORDER, Folder())}
