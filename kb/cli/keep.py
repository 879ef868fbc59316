"""Commands that keep a base safe: backup and restore, and moving its catalog."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from kb.cli.opened import rebuild_index, settings
from kb.cli.terminal import Terminal


def backup(a: argparse.Namespace, t: Terminal) -> int:
    """``kb backup``."""
    from kb.ingest.backup import backup as run

    file = Path(a.file).expanduser().absolute()
    made = run(settings(a), file)
    if t.as_json:
        t.value({**asdict(made), "file": str(file)})
        return 0
    t.say(
        f"{file}: {made.documents} documents, {made.uploads} uploaded files, "
        f"{made.bytes / 1e6:.1f} MB. It holds the settings with the hash of the admin password: "
        "keep it where only you can read it."
    )
    if made.elsewhere:
        t.say(
            f"{made.elsewhere} files were read where they lie and are not in it; "
            "back up their folders as well."
        )
    return 0


def restore(a: argparse.Namespace, t: Terminal) -> int:
    """``kb restore``."""
    from kb.ingest.backup import restore as run

    where = settings(a)
    found = run(where, Path(a.file).expanduser().absolute(), replace=a.replace)
    documents, passages, _ = rebuild_index(where, t)
    if t.as_json:
        t.value({**asdict(found), "home": str(where.home), "passages": passages})
        return 0
    t.say(
        f"The base of {found.made} is at {where.home}: {documents} documents, {passages} pages. "
        "Start kb serve again if it is running."
    )
    return 0


def move(a: argparse.Namespace, t: Terminal) -> int:
    """``kb move``."""
    from kb.catalog.moving import move as run

    where = settings(a)
    moved = run(where, replace(where, catalog="" if a.to == "file" else a.to))
    if t.as_json:
        t.value(asdict(moved))
        return 0
    t.say(
        f"{moved.documents} documents ({moved.rows} rows of {moved.tables} tables) are at "
        f"{moved.to} and the same there, row by row. Say so in {where.home / 'kb.toml'} "
        "(catalog = ..., or the variable KB_CATALOG) to go on with it; the old one is still there."
    )
    return 0
