"""A watched folder in one sync: files are read where they lie; what left it is withdrawn."""

from __future__ import annotations

from kb.catalog import shelving
from kb.catalog import writes_sources as notes
from kb.catalog.reading import sources as reads
from kb.catalog.reading.sources import SourceRow
from kb.catalog.reading.typed import Reading
from kb.sources.kinds import KINDS
from kb.sources.kinds.base import Item, Visit
from kb.sources.ledger import Ledger, key_of
from kb.sources.manners import now, stamp
from kb.sources.refusals import SourceError
from kb.sources.report import Outcome

SUDDEN = 0.5
"""Share of a folder's files that may vanish at once: more looks like a disk that is out. Set by
hand; no command measured it."""
FEW = 10


def look(ledger: Ledger, row: SourceRow, outcome: Outcome, visit: Visit) -> list[str]:
    """Files that are there, to be given to the ingest. Raises ``SourceError`` where the folder
    is gone or most of it vanished at once."""
    source_id = row.id
    items: list[Item] = []
    for batch in KINDS["folder"].batches(visit):
        items += batch.items
    outcome.listed = len(items)
    here = {key_of(item.address): item for item in items}
    with ledger.read() as connection:
        known = reads.finds_of(connection, source_id, ["kept", "withdrawn"])
    gone = [one for one in known if one.key not in here and one.state == "kept"]
    kept = sum(one.state == "kept" for one in known)
    if len(gone) > FEW and len(gone) > SUDDEN * kept:
        raise SourceError(
            f"{len(gone)} of {kept} files of {row.address} vanished at once; see whether its "
            "disk is in. Where they were taken out on purpose, remove the source and add it again."
        )
    back = [one for one in known if one.key in here and one.state == "withdrawn"]
    fresh = set(here) - {one.key for one in known}
    outcome.back, outcome.gone = len(back), len(gone)
    outcome.planned = [here[key].address for key in sorted(fresh)]
    at = stamp(now())
    rows = [
        {
            "source_id": source_id,
            "key": key,
            "address": here[key].address,
            "changed": here[key].changed,
            "state": "kept",
            "checked": at,
            "first_seen": at,
            "listed": 0,
        }
        for key in sorted(fresh)
    ]

    def write(connection: Reading) -> None:
        notes.add_finds(connection, rows)
        for one in back:
            notes.change_find(connection, one.id, state="kept", reason=None)
            shelving.come_back(connection, one.key, [one.address])

    outcome.waiting = 0
    ledger.later(write)
    return [item.address for item in items]


def leave(ledger: Ledger, row: SourceRow, listed: list[str]) -> None:
    """After the ingest, which follows files that moved: what is still missing is withdrawn."""
    here = {key_of(path) for path in listed}
    with ledger.read() as connection:
        known = reads.finds_of(connection, row.id, ["kept"])
    day = stamp(now())[:10]

    def write(connection: Reading) -> None:
        for one in known:
            if one.key not in here:
                reason = "gone: the file is no longer in the folder."
                notes.change_find(connection, one.id, state="withdrawn", reason=reason)
                shelving.withdraw(connection, one.key, day, [one.address])

    ledger.flush(write)
