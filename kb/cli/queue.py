"""``kb ingest --queue`` and ``kb worker``."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from kb.cli.terminal import Terminal
from kb.errors import ConfigError

if TYPE_CHECKING:
    from kb.config import Settings
    from kb.queue.status import Status
    from kb.queue.taking import Done


def hand_in(where: Settings, a: argparse.Namespace, t: Terminal) -> int:
    """Put a job for each file into the queue."""
    from kb.ingest import Progress
    from kb.queue.handing import hand_in as run

    if a.password or a.embed or a.workers:
        raise ConfigError(
            "Workers go by their own settings: leave --password, --embed and --workers out, and "
            "set 'passwords' where they run."
        )
    with t.bar("handing over") as bar:

        def show(p: Progress) -> None:
            bar.show(p.done, p.total, stage="handing over")

        made = run(where, a.paths, ocr=a.ocr, force=a.force, in_place=a.in_place, progress=show)
    amiss = [one for one in made.skipped if not one.harmless]
    status = 1 if made.failed or amiss else 0
    if t.as_json:
        t.value(
            {
                "files": made.files,
                "waiting": made.waiting,
                "unchanged": made.unchanged,
                "copied": made.copied,
                "failed": [{"path": f.path, "reason": f.reason} for f in made.failed],
                "skipped": [asdict(one) for one in made.skipped],
            }
        )
        return status
    for failure in made.failed:
        t.say(f"failed: {failure.path}: {failure.reason}")
    for one in amiss:
        t.say(f"skipped: {one.path}: {one.reason}")
    before = f", {made.waiting} waited already" if made.waiting else ""
    failed = f", {len(made.failed)} failed" if made.failed else ""
    left = f", {len(made.skipped)} skipped" if made.skipped else ""
    t.say(
        f"{made.files} files handed to the workers{before}, {made.unchanged} documents "
        f"unchanged{failed}{left}."
    )
    if made.files and not made.copied:
        t.say("Workers must see them by the same paths (or set 'originals'; docs/serving.md).")
    if made.files:
        t.say("'kb worker' reads them, 'kb worker --status' says how it goes.")
    return status


def work(where: Settings, a: argparse.Namespace, t: Terminal) -> int:
    """Be a worker until it is told to end."""
    import logging

    from kb.queue.working import work as run
    from kb.server import timetable

    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    counted = {"files": 0, "failed": 0, "documents": 0, "pages": 0}

    def told(done: Done) -> None:
        if not done.later:
            counted["files"] += 1
            counted["failed"] += done.reason is not None
            counted["documents"] += done.documents
            counted["pages"] += done.pages
        if not t.as_json:
            _say(done, t)

    run(where, count=a.jobs, until_empty=a.until_empty, look=timetable.look, told=told)
    if t.as_json:
        t.value(counted)
    else:
        t.say(
            f"{counted['files']} files read, {counted['failed']} failed: "
            f"{counted['documents']} documents, {counted['pages']} pages."
        )
    return 1 if counted["failed"] else 0


def _say(done: Done, t: Terminal) -> None:
    if done.reason is None:
        took = f"{done.pages} pages in {done.seconds:.1f} s"
        t.say(f"{done.path}: {took}" if done.documents else f"{done.path}: as it was")
    else:
        t.say(f"{'later' if done.later else 'failed'}: {done.path}: {done.reason}")
    t.out.flush()


def status(where: Settings, t: Terminal) -> int:
    """How the queue stands."""
    from kb.queue.status import status as ask

    found = ask(where)
    if t.as_json:
        t.value(None if found is None else _value(found))
    elif found is None:
        t.say("Nothing was ever handed to workers: 'kb ingest --queue PATH' does that.")
    else:
        _show(found, t)
    return 0


def _show(found: Status, t: Terminal) -> None:
    if not found.workers:
        t.say("No worker runs ('kb worker' starts one).")
    for one in found.workers:
        t.say(f"worker on {one.host}, pid {one.pid}, since {one.since}")
    t.say(
        f"{found.waiting} files wait ({len(found.in_hand)} in hand, {len(found.again)} put back), "
        f"{found.done} are done, {found.failed_files} failed: "
        f"{found.documents} documents, {found.pages} pages."
    )
    if found.not_indexed:
        t.say(f"{found.not_indexed} documents wait for the search index.")
    for row in found.in_hand:
        t.say(f"in hand: {row.path} ({row.host}, since {row.at})")
    for row in found.again:
        t.say(f"again: {row.path}: {row.reason} (tried {row.tries} times, last at {row.at})")
    for row in found.failed:
        t.say(f"failed: {row.path}: {row.reason}")


def _value(found: Status) -> dict[str, object]:
    return {
        "workers": [{"host": w.host, "pid": w.pid, "since": w.since} for w in found.workers],
        "waiting": found.waiting,
        "in_hand": [{"path": r.path, "host": r.host, "since": r.at} for r in found.in_hand],
        "again": [
            {"path": r.path, "reason": r.reason, "tries": r.tries, "at": r.at} for r in found.again
        ],
        "failed": [{"path": r.path, "reason": r.reason} for r in found.failed],
        "failed_files": found.failed_files,
        "done": found.done,
        "documents": found.documents,
        "pages": found.pages,
        "not_indexed": found.not_indexed,
    }
