"""A catalog that several writers fill at the same time, each a document at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from kb.catalog.postgres import waited_in_vain
from kb.catalog.store import Catalog
from kb.errors import KBError


class Opened(Protocol):
    """What taking files in needs of an open catalog."""

    def read(self) -> contextlib.AbstractContextManager[Connection]:
        """A connection that sees one unchanging state until the block ends."""

    def write(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction: committed whole at the end of the block, or not at all."""


class NotNow(KBError):
    """What the writer has in hand is not to be stored by it."""


class Stopped(NotNow):
    """The writer was told to end while it waited."""


class Shared:
    """One of several writers (``Opened``). Each transaction waits for whoever has the base alone
    (an ingest, a correction), however long that takes, or until ``stopped``.

    ``still_mine`` looks in each transaction whether the work is this writer's yet, and raises
    where another was given it meanwhile.
    """

    def __init__(
        self,
        catalog: Catalog,
        still_mine: Callable[[Connection], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._catalog = catalog
        self._still_mine = still_mine
        self._stopped = stopped

    def read(self) -> contextlib.AbstractContextManager[Connection]:
        return self._catalog.read()

    @contextlib.contextmanager
    def write(self, *, quiet: bool = False) -> Iterator[Connection]:
        with contextlib.ExitStack() as held:
            while True:
                if self._stopped():
                    raise Stopped("Stopped while another process had the base alone.")
                try:
                    connection = held.enter_context(self._catalog.write(quiet=quiet, shared=True))
                    break
                except OperationalError as error:
                    if not waited_in_vain(error):
                        raise
            self._still_mine(connection)
            yield connection
