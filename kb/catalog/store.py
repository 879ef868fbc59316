"""Opening the catalog, and the two kinds of connection."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType

from sqlalchemy import Connection, Integer, String, cast, update
from sqlalchemy.exc import DatabaseError

from kb.catalog import reads
from kb.catalog.database import Database, database
from kb.catalog.schema import PASSAGES_VERSION, meta
from kb.config import Settings
from kb.errors import CatalogError

_NEXT_REVISION = (
    update(meta)
    .where(meta.c.key == "revision")
    .values(value=cast(cast(meta.c.value, Integer) + 1, String))
)


class Catalog:
    """One open catalog. Readers may open it while one writer writes.

    Use it as a context manager, or call ``close``; one that nobody closes gives its connections
    back with the last reference to it.
    """

    def __init__(self, settings: Settings, base: Database, *, writable: bool) -> None:
        self.settings = settings
        self.writable = writable
        self._base = base
        self._engine = base.engine(write=writable)
        self._uuid: str | None = None
        # Not at exit: a forked child that ends must not close what is its parent's.
        weakref.finalize(self, self._engine.dispose).atexit = False

    @classmethod
    def open(cls, settings: Settings, *, write: bool = False) -> Catalog:
        """The catalog of this home, created (``write``) or brought to this version.

        A writer holds ``writer_lock`` before it opens. Raises ``CatalogError`` where
        there is none to read, where it is damaged, or where a newer program wrote it.
        """
        base = database(settings)
        try:
            if not write and not base.exists():
                raise CatalogError(
                    f"There is no knowledge base at {base.shown}; "
                    "make one with 'kb ingest PATH' or name its folder with --home."
                )
            if write:
                settings.home.mkdir(parents=True, exist_ok=True)
            base.prepare(write=write)
        except DatabaseError as error:
            raise CatalogError(base.explain(error)) from None
        return cls(settings, base, writable=write)

    def __enter__(self) -> Catalog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state until the block ends."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self, *, quiet: bool = False, shared: bool = False) -> Iterator[Connection]:
        """A transaction: committed whole at the end of the block, or not at all.

        It gives the catalog its next revision (``reads.revision``), unless it is ``quiet``:
        what it writes is in no answer of the base. ``shared``: the writer does not hold the
        writer lock, but shares it for this transaction (PostgreSQL alone; ``kb.catalog.together``).
        """
        if not self.writable:
            raise CatalogError("This catalog was opened for reading; open it with write=True.")
        with self._engine.connect() as plain:
            connection = plain.execution_options(kb_write="shared" if shared else True)
            with connection.begin():
                yield connection
                if not quiet:
                    connection.execute(_NEXT_REVISION)

    def checkpoint(self) -> None:
        """Bring all committed changes safely to disk (fsync)."""
        self._base.checkpoint(self._engine)

    def texts(self, passage_ids: Sequence[int]) -> Mapping[int, str]:
        """Stored text of passages by id: the ``TextSource`` of the search engines."""
        with self.read() as connection:
            return reads.texts(connection, passage_ids)

    def index_stamp(self, *versions: str) -> str:
        """What a search index must bear to belong to this catalog.

        ``versions`` are those of what made the index (``kb.search.ANALYSIS_VERSION``).
        """
        if self._uuid is None:
            with self.read() as connection:
                self._uuid = reads.get_meta(connection, "uuid") or ""
        return "|".join((self._uuid, f"schema {PASSAGES_VERSION}", *versions))
