"""Catalog against index, files and authority data: what is wrong and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
from sqlalchemy import Connection, func, or_, select
from sqlalchemy.exc import DatabaseError

from kb.authority import load
from kb.catalog import Catalog, read_owner, reads
from kb.catalog.database import database
from kb.catalog.dialect import damage
from kb.catalog.schema import documents, entities, files, mentions, pages, runs, statements
from kb.config import Settings
from kb.disk import change_stamp, content_hash, named_file
from kb.errors import CatalogError, IndexStale, SearchDown
from kb.ingest import indexing
from kb.ingest.embedding import is_running, waiting
from kb.ingest.report import Problem
from kb.ingest.stages import Stages, file_stamp, real
from kb.search.engine import SearchEngine

REBUILD = "run 'kb rebuild'"
AGAIN = "run 'kb ingest' on it again"
MENDED = frozenset(
    {"index-missing", "index-stale", "index-damaged", "index-behind", "index-lacks", "index-extra",
     "counts"}
)  # fmt: skip
"""Kinds that ``rebuild`` mends: everything it needs stands in the catalog."""
SHOWN = 20
"""Single files or entities listed for one kind of problem; the rest is counted."""


def check(
    settings: Settings,
    *,
    stages: Stages | None = None,
    access: indexing.Access = indexing.REAL,
) -> list[Problem]:
    """Everything found wrong, worst first; an empty list where nothing is.

    Reads only. Raises ``CatalogError`` where there is no catalog at all.
    """
    try:
        with Catalog.open(settings) as catalog:
            with catalog.read() as connection:
                found = list(_database(connection))
                if not found:
                    found += _run(connection, settings)
                    found += _tags(connection)
                    found += _files(connection)
                    found += _stamps(connection, stages or real(settings.tagger))
                    found += _counts(connection)
                    found += _authority(connection)
            found += _index(settings, catalog, access)
            if settings.meaning and not found:
                found += _vectors(settings, catalog)
            return found
    except DatabaseError as error:
        raise CatalogError(
            database(settings).explain(error),
        ) from None


def _some(kind: str, subjects: list[str], message: str, remedy: str) -> Iterator[Problem]:
    """One problem for each of the first subjects, and one for the rest."""
    for subject in subjects[:SHOWN]:
        yield Problem(kind, message.format(subject), remedy, subject)
    rest = len(subjects) - SHOWN
    if rest > 0:
        yield Problem(kind, f"... and {rest} more of the same kind.", remedy)


def _database(connection: Connection) -> Iterator[Problem]:
    damaged, broken = damage(connection)
    if damaged:
        yield Problem(
            "catalog-damaged",
            f"The catalog's database is damaged: {'; '.join(damaged)}.",
            "restore catalog.sqlite from a backup, or move it away and ingest again",
        )
    if broken:
        names = ", ".join(sorted(set(broken)))
        yield Problem(
            "catalog-links",
            f"{len(broken)} rows of {names} point at rows that do not exist.",
            "run 'kb ingest --force' on the files again",
        )


def _run(connection: Connection, settings: Settings) -> Iterator[Problem]:
    ours = select(runs).where(runs.c.status != "queued").order_by(runs.c.id.desc())
    row = connection.execute(ours.limit(1)).one_or_none()
    if row is None or row.status == "done":
        return
    owner = read_owner(settings)
    if row.status == "running" and owner is not None and owner.pid == row.pid:
        alive = row.pid == os.getpid() or psutil.pid_exists(row.pid or 0)
        if alive:
            return
    yield Problem(
        "run-unfinished",
        f"The last ingest (started {row.started}) did not finish.",
        "run the same 'kb ingest' again; it goes on where it stopped",
    )


def _tags(connection: Connection) -> Iterator[Problem]:
    for table, words in ((mentions, mentions.c.surface), (statements, statements.c.text)):
        written = func.substr(pages.c.text, table.c.start + 1, table.c.end - table.c.start)
        rows = connection.execute(
            select(table.c.document_id, func.count().label("count"))
            .outerjoin(
                pages,
                (pages.c.document_id == table.c.document_id) & (pages.c.number == table.c.page),
            )
            .where(or_(pages.c.id.is_(None), written != words))
            .group_by(table.c.document_id)
        ).all()
        yield from _some(
            "offsets",
            [str(row.document_id) for row in rows],
            f"{table.name.capitalize()} of document {{}} do not stand where they say.",
            "run 'kb ingest --force' on its file",
        )


def _files(connection: Connection) -> Iterator[Problem]:
    rows = connection.execute(
        select(files.c.path, files.c.size, files.c.mtime_ns, files.c.sha256)
        .where(files.c.status.in_(("done", "same")))
        .order_by(files.c.path)
    ).all()
    gone, changed = [], []
    for row in rows:
        path = named_file(row.path)
        try:
            state = path.stat()
            as_noted = row.mtime_ns in (
                None,
                change_stamp(state),
                state.st_mtime_ns,  # as earlier versions noted it
            )
            # A file that was only moved, linked or given other rights has another stamp too.
            if state.st_size != row.size or not (as_noted or content_hash(path) == row.sha256):
                changed.append(row.path)
        except OSError:
            gone.append(row.path)
    yield from _some(
        "file-gone",
        gone,
        "{} is not there any more; its documents are kept, but cannot be opened.",
        "put the file back, or ingest it from its new place",
    )
    yield from _some("file-changed", changed, "{} was changed after it was read.", AGAIN)
    halves = connection.execute(
        select(files.c.path).where(files.c.status == "reading").order_by(files.c.path)
    ).scalars()
    yield from _some("file-unfinished", list(halves), "{} was not read to its end.", AGAIN)


def _stamps(connection: Connection, stages: Stages) -> Iterator[Problem]:
    now = stages.stamp()
    rows = connection.execute(
        select(files.c.path, files.c.stamp).where(files.c.status == "done")
    ).all()
    old = sum(
        1 for row in rows if row.stamp.split("|ocr ")[0] != file_stamp(now, Path("x"), "auto")
    )
    if old:
        yield Problem(
            "tags-old",
            f"{old} files were read and tagged by an earlier version of the program.",
            "run 'kb ingest' on their folders again",
        )


def _counts(connection: Connection) -> Iterator[Problem]:
    true = (
        select(
            mentions.c.entity_id,
            func.count().label("mentions"),
            func.count(mentions.c.document_id.distinct()).label("documents"),
        )
        .where(mentions.c.entity_id.is_not(None))
        .group_by(mentions.c.entity_id)
        .subquery()
    )
    wrong = connection.execute(
        select(func.count())
        .select_from(entities)
        .outerjoin(true, true.c.entity_id == entities.c.id)
        .where(
            or_(
                entities.c.mention_count != func.coalesce(true.c.mentions, 0),
                entities.c.document_count != func.coalesce(true.c.documents, 0),
            )
        )
    ).scalar_one()
    if wrong:
        yield Problem("counts", f"The mention counts of {wrong} entities are wrong.", REBUILD)
    lost = connection.execute(
        select(func.count())
        .select_from(documents)
        .where(
            documents.c.group_id.is_not(None),
            documents.c.group_id.not_in(select(documents.c.id)),
        )
    ).scalar_one()
    if lost:
        yield Problem(
            "groups",
            f"{lost} documents belong to a group of near-duplicates that is gone.",
            "run 'kb ingest --force' on their files",
        )


def _authority(connection: Connection) -> Iterator[Problem]:
    authority = load()
    if reads.get_meta(connection, "authority") != authority.version:
        yield Problem(
            "authority-old",
            "The officials in the catalog are those of another version of the authority file.",
            "run 'kb ingest' on any file or folder",
        )
        return
    here = {official.entity_id for official in authority.officials.all()}
    stored = set(
        connection.execute(
            select(entities.c.id).where(
                entities.c.origin == "authority", entities.c.type == "person"
            )
        ).scalars()
    )
    yield from _some(
        "authority-gone",
        sorted(stored - here),
        "{} came from the authority file, which no longer has it.",
        "merge it into the right official, or hide it",
    )


def _vectors(settings: Settings, catalog: Catalog) -> Iterator[Problem]:
    """Pages without vectors, where there are any: a base without all of them is by choice."""
    lacking = waiting(settings, catalog)
    with catalog.read() as connection:
        _, stored = reads.totals(connection)
    if lacking and (lacking < stored or is_running(settings)):
        running = is_running(settings)
        yield Problem(
            "vectors-lack",
            f"{lacking} of {stored} pages have no vectors: they are not found by meaning.",
            "wait: they are being made now" if running else "run 'kb embed'",
        )


def _index(settings: Settings, catalog: Catalog, access: indexing.Access) -> Iterator[Problem]:
    with catalog.read() as connection:
        waiting = reads.queued(connection)
        stored = reads.passage_ids(connection)
    try:
        if not access.there(settings):
            if stored:
                yield Problem("index-missing", "There is no search index.", REBUILD)
            return
        engine: SearchEngine = access.read(settings, catalog)
    except SearchDown as error:
        yield Problem("index-down", str(error), "see that the search server runs, then check again")
        return
    except IndexStale as error:
        yield Problem("index-stale", str(error), REBUILD)
        return
    except Exception as error:  # a damaged index fails in its engine's own ways
        yield Problem(
            "index-damaged",
            f"The search index cannot be opened ({type(error).__name__}: {error}).",
            REBUILD,
        )
        return
    try:
        indexed = engine.passage_ids()
    except Exception as error:
        yield Problem(
            "index-damaged", f"The search index cannot be read ({type(error).__name__}).", REBUILD
        )
        return
    finally:
        engine.close()
    if waiting:
        yield Problem(
            "index-behind",
            f"{len(waiting)} documents changed and the search index does not have them yet.",
            "run 'kb ingest' or " + REBUILD.removeprefix("run "),
        )
        return
    if stored - indexed:
        yield Problem(
            "index-lacks", f"The search index lacks {len(stored - indexed)} passages.", REBUILD
        )
    if indexed - stored:
        yield Problem(
            "index-extra",
            f"The search index has {len(indexed - stored)} passages the catalog does not have.",
            REBUILD,
        )
