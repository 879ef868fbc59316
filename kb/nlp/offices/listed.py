"""The words around posts and bodies (``kb/authority/words/posts.txt``) as sets."""

from __future__ import annotations

from kb.authority.words import sections

_LIST = "posts.txt"


def listed(section: str) -> frozenset[str]:
    """The lines of ``section``, as written; the file is read once.

    ``KeyError`` where the file has no such section: modules ask when they are loaded.
    """
    return frozenset(sections(_LIST)[section])
