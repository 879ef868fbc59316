"""A damaged index, told apart from our own errors.

Only reading the files of an index raises ``Damaged``, right where a library reads them;
``damage_is_stale`` makes of it the error that says what to do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from kb.errors import IndexStale
from kb.search import store


class Damaged(Exception):
    """A file of the index does not hold what was written into it, or is gone."""


@contextlib.contextmanager
def reading(*errors: type[Exception]) -> Iterator[None]:
    """Around a library that reads its files, and nothing else: ``errors`` are damage."""
    try:
        yield
    except errors as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error


@contextlib.contextmanager
def damage_is_stale() -> Iterator[None]:
    """Turns ``Damaged`` into ``IndexStale``."""
    try:
        yield
    except Damaged as error:
        raise IndexStale(f"The search index is damaged ({error}); {store.REBUILD}.") from error
