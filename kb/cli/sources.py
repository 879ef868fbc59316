"""Commands that bring documents in by themselves: source, sync, remove, warc."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from kb.cli.opened import settings
from kb.cli.terminal import Terminal, duration
from kb.explore import open_kb

if TYPE_CHECKING:
    from kb.sources.book import Source
    from kb.sources.report import Outcome

LISTED = 20


def add(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source add``."""
    from kb.sources import book

    source, told = book.add(settings(a), a.address, name=a.name, kind=a.kind, timetable=a.every)
    if t.as_json:
        t.value({**_value(source), "found": told})
        return 0
    t.say(f"Found {told}")
    t.say(f"It is the source '{source.name}' now; 'kb sync {source.name}' fetches it.")
    return 0


def listed(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source list``."""
    from kb.sources import book

    found = book.sources(settings(a))
    if t.as_json:
        t.value({"sources": [_value(source) for source in found]})
        return 0
    if not found:
        t.say("There are no sources; 'kb source add ADDRESS' makes one.")
        return 0
    head = ("name", "kind", "documents", "waiting", "last good", "timetable", "problem")
    rows = [
        (
            s.name,
            s.kind,
            s.states.get("kept", 0),
            s.states.get("waiting", 0),
            (s.last_good or "never")[:16].replace("T", " "),
            s.timetable or "",
            s.problem or "",
        )
        for s in found
    ]
    t.table(head, rows)
    return 0


def show(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source show``."""
    from kb.sources import book

    where = settings(a)
    source = book.show(where, a.name)
    refused = book.refusals(where, source.number)
    if t.as_json:
        t.value({**_value(source), "refused": [asdict(one) for one in refused]})
        return 0
    t.heading(source.name)
    t.say(f"{source.kind}: {source.address}")
    told = ", ".join(f"{count} {state}" for state, count in sorted(source.states.items()))
    t.say(f"addresses: {told or 'none yet'}")
    t.say(f"timetable: {source.timetable or 'none (kb sync fetches it)'}")
    t.say(f"last run: {source.last_run or 'never'}; last good one: {source.last_good or 'never'}")
    if source.problem:
        t.say(f"problem ({source.failures} in a row): {source.problem}")
    for one in refused[:LISTED]:
        t.say(f"{one.state}: {one.address}: {one.reason}")
    if len(refused) > LISTED:
        t.say(f"... and {len(refused) - LISTED} more; --json lists them all.")
    return 0


def new(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source new``."""
    with open_kb(settings(a)) as kb:
        total, found = kb.new_documents(a.name, limit=a.limit)
    if t.as_json:
        shown = [
            {
                "document": one.document.document_id,
                "title": one.document.title,
                "doc_type": one.document.doc_type,
                "date": one.document.date,
                "years": list(one.years),
                "institution": one.document.institution,
                "source": one.source.name,
                "arrived": one.arrived,
                "version": one.version,
                "address": one.document.address,
            }
            for one in found
        ]
        t.value({"total": total, "documents": shown})
        return 0
    if not total:
        t.say("Nothing new: somebody looked at every document of these sources.")
        return 0
    t.table(
        ("document", "source", "came in", "date", "type", "issuer", "title"),
        [
            (
                one.document.document_id,
                one.source.name,
                one.arrived[:10],
                one.document.date or "",
                one.document.doc_type or "",
                one.document.institution or "",
                one.document.title,
            )
            for one in found
        ],
    )
    if total > len(found):
        t.say(f"... of {total}; --limit shows more.")
    return 0


def remove(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source remove``."""
    from kb.sources import book

    source = book.remove(settings(a), a.name)
    if t.as_json:
        t.value({"removed": source.name})
    else:
        t.say(f"'{source.name}' is no source any more; its documents stay.")
    return 0


def every(a: argparse.Namespace, t: Terminal) -> int:
    """``kb source every``."""
    from kb.sources import book

    source = book.set_timetable(settings(a), a.name, None if a.when == "never" else a.when)
    if t.as_json:
        t.value(_value(source))
    else:
        t.say(f"'{source.name}': {source.timetable or 'no timetable'}; kb serve keeps to it.")
    return 0


def sync(a: argparse.Namespace, t: Terminal) -> int:
    """``kb sync``."""
    from kb.sources.report import SyncProgress
    from kb.sources.syncing import sync as run

    with t.bar("fetching") as bar:

        def show_progress(p: SyncProgress) -> None:
            extra = (p.address or "").rpartition("/")[2] or p.source
            bar.show(p.done, p.total, rate=p.rate, extra=extra, stage=p.stage)

        outcomes = run(
            settings(a),
            [a.source] if a.source else [],
            since=a.since,
            dry_run=a.dry_run,
            whole=a.whole,
            told=show_progress,
        )
    failed = any(o.problem or o.interrupted for o in outcomes)
    if t.as_json:
        t.value({"sources": [_outcome(o) for o in outcomes]})
        return 1 if failed else 0
    if not outcomes:
        t.say("There are no sources; 'kb source add ADDRESS' makes one.")
    for o in outcomes:
        _say(o, t, a.dry_run)
    return 1 if failed else 0


def _say(o: Outcome, t: Terminal, dry_run: bool) -> None:
    t.heading(o.source)
    if dry_run:
        t.say(f"{len(o.planned)} addresses would be fetched ({o.requests} requests to see it).")
        for address in o.planned[:LISTED]:
            t.say(address, 2)
        if len(o.planned) > LISTED:
            t.say(f"... and {len(o.planned) - LISTED} more; --json lists them all.", 2)
    else:
        parts = [f"{o.new} new", f"{o.changed} changed", f"{o.same} as before"]
        parts += [f"{o.gone} withdrawn"] if o.gone else []
        parts += [f"{o.back} back again"] if o.back else []
        parts += [f"{o.struck} gave 404 once"] if o.struck else []
        parts += [f"{len(o.refused)} refused"] if o.refused else []
        parts += [f"{o.waiting} left for later"] if o.waiting else []
        t.say(
            f"{', '.join(parts)}; {o.requests} requests, {o.bytes / 1e6:.1f} MB in "
            f"{duration(o.seconds)}."
        )
        for address, reason in o.refused[:LISTED]:
            t.say(f"refused: {address}: {reason}")
        if len(o.refused) > LISTED:
            t.say(f"refused: ... and {len(o.refused) - LISTED} more; --json lists them all.")
    if o.later:
        t.say(o.later)
    if o.problem:
        t.say(f"failed: {o.problem}")
    if o.interrupted:
        t.say("Interrupted: what is in is in; run the same command again to go on.")


def _outcome(o: Outcome) -> dict[str, object]:
    value = asdict(o)
    value["refused"] = [{"address": address, "reason": reason} for address, reason in o.refused]
    value["seconds"] = round(o.seconds, 3)
    return value


def _value(source: Source) -> dict[str, object]:
    return asdict(source)


def take_out(a: argparse.Namespace, t: Terminal) -> int:
    """``kb remove``."""
    from kb.staff import Desk

    kept = Desk(settings(a)).remove(a.document, a.reason, by=a.by)
    if kept.index_waits:
        t.note(kept.index_waits)
    if t.as_json:
        t.value({"correction": kept.number})
    else:
        t.say(f"Document {a.document} is out; bring it back with 'kb undo {kept.number}'.")
    return 0


def warc(a: argparse.Namespace, t: Terminal) -> int:
    """``kb warc``."""
    from pathlib import Path

    from kb.sources.warc import write

    count = write(settings(a), Path(a.file).expanduser().absolute(), a.document)
    if t.as_json:
        t.value({"file": a.file, "records": count})
    else:
        t.say(f"{a.file}: {count} originals.")
    return 0
