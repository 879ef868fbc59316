"""Commands that fill and mend the base: ingest, rebuild, check."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from kb.cli.opened import rebuild_index, settings
from kb.cli.terminal import Terminal, duration

if TYPE_CHECKING:
    from kb.config import Settings
    from kb.ingest import IngestReport, Problem
    from kb.ingest.embedding import EmbedReport

LEAST_URGENT = 15
"""Niceness of ``kb embed --gently``."""
LISTED = 50
"""Left out files named one by one; all are counted."""


def ingest(a: argparse.Namespace, t: Terminal) -> int:
    """``kb ingest``."""
    from kb.ingest import Progress
    from kb.ingest import ingest as run
    from kb.ingest.report import counted, missed

    where = settings(a)
    if a.queue:
        from kb.cli.queue import hand_in

        return hand_in(where, a, t)
    with t.bar("reading") as bar:

        def show(p: Progress) -> None:
            name = (p.path or "").replace("\\", "/").rpartition("/")[2]
            page = f" page {p.page}/{p.pages}" if p.page and p.pages else ""
            failed = f"{p.failed} failed" if p.failed else ""
            extra = ", ".join(x for x in (failed, f"{name}{page}".strip()) if x)
            bar.show(p.done, p.total, rate=p.rate, left=p.left, extra=extra, stage=p.stage)

        report = run(
            where,
            a.paths,
            workers=a.workers,
            ocr=a.ocr,
            force=a.force,
            passwords=tuple(a.password),
            progress=show,
        )
    for remark in report.notes:
        t.note(remark)
    status = 1 if missed(report) or report.interrupted else 0
    if t.as_json:
        value = {
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "failed": [{"path": f.path, "reason": f.reason} for f in report.failed],
            "skipped": [asdict(one) for one in report.skipped],
            "skipped_kinds": counted(report.skipped),
            "documents": report.documents,
            "passages": report.passages,
            "seconds": round(report.seconds, 3),
            "interrupted": report.interrupted,
            "without_vectors": report.without_vectors,
        }
        t.value(value)
        return max(status, _embedded(a, t, where, report))
    for failure in report.failed:
        t.say(f"failed: {failure.path}: {failure.reason}")
    _skipped(report, t)
    failed = f", {len(report.failed)} failed" if report.failed else ""
    skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
    t.say(
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged{failed}"
        f"{skipped} "
        f"in {duration(report.seconds)}; the base holds {report.documents} documents, "
        f"{report.passages} pages."
    )
    if report.without_vectors and not a.embed:
        t.say(
            f"{report.without_vectors} pages can be found by words, not yet by meaning: "
            "'kb embed' makes their vectors, and 'kb serve' by itself."
        )
    if report.interrupted:
        t.say("Interrupted: what is in is in; run the same command again to go on.")
    return max(status, _embedded(a, t, where, report))


def _embedded(a: argparse.Namespace, t: Terminal, where: Settings, report: IngestReport) -> int:
    """The vectors of ``kb ingest --embed``; the exit status."""
    if not a.embed or report.interrupted or not report.without_vectors:
        return 0
    made = _embed(where, t)
    if not t.as_json:
        _say_embedded(made, t)
    return 1 if made.interrupted else 0


def _skipped(report: IngestReport, t: Terminal) -> None:
    """What was left out: each file where a document may have been missed, the rest counted."""
    from kb.ingest.report import counted

    amiss = [one for one in report.skipped if not one.harmless]
    for one in amiss[:LISTED]:
        t.say(f"skipped: {one.path}: {one.reason}")
    if len(amiss) > LISTED:
        t.say(f"skipped: ... and {len(amiss) - LISTED} more; --json lists them all.")
    kinds = counted(report.skipped)
    if kinds:
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        t.say(f"skipped by kind: {told}")


def embed(a: argparse.Namespace, t: Terminal) -> int:
    """``kb embed``."""
    report = _embed(settings(a), t, gently=a.gently)
    if t.as_json:
        t.value(
            {
                "passages": report.passages,
                "windows": report.windows,
                "removed": report.removed,
                "statements": report.statements,
                "waiting": report.waiting,
                "seconds": round(report.seconds, 3),
                "interrupted": report.interrupted,
            }
        )
    else:
        _say_embedded(report, t)
    return 1 if report.interrupted else 0


def _embed(where: Settings, t: Terminal, *, gently: bool = False) -> EmbedReport:
    from kb.ingest import Progress, stoppable
    from kb.ingest.embedding import embed as run
    from kb.search.meaning import encoding

    if gently and hasattr(os, "nice"):
        os.nice(LEAST_URGENT)
    threads = 1 if gently else None
    with t.bar("embedding") as bar, stoppable(None) as stopped:

        def show(p: Progress) -> None:
            bar.show(p.done, p.total, rate=p.rate, left=p.left, stage=p.stage)

        return run(where, show, stop=stopped, load=lambda: encoding.load(threads))


def _say_embedded(report: EmbedReport, t: Terminal) -> None:
    t.say(
        f"{report.passages} pages ({report.windows} windows) and {report.statements} statements "
        f"got vectors in {duration(report.seconds)}; {report.waiting} pages still have none."
    )
    if report.interrupted:
        t.say("Interrupted: what is done is kept; run the same command again to go on.")


def rebuild(a: argparse.Namespace, t: Terminal) -> int:
    """``kb rebuild``."""
    documents, passages, seconds = rebuild_index(settings(a), t)
    if t.as_json:
        t.value({"documents": documents, "passages": passages, "seconds": round(seconds, 3)})
    else:
        t.say(f"Indexed {passages} pages of {documents} documents in {duration(seconds)}.")
    return 0


def check(a: argparse.Namespace, t: Terminal) -> int:
    """``kb check``."""
    from kb.ingest import check as run
    from kb.ingest.checking import MENDED

    where = settings(a)
    problems = run(where)
    mended: list[Problem] = []
    if a.mend and any(p.kind in MENDED for p in problems):
        rebuild_index(where, t)
        before, problems = problems, run(where)
        mended = [p for p in before if p not in problems]
    for p in mended if not t.as_json else ():
        t.say(f"mended: {p.message}")
    if t.as_json:
        t.value(
            {
                "mended": [p.message for p in mended],
                "problems": [
                    {
                        "kind": p.kind,
                        "message": p.message,
                        "remedy": p.remedy,
                        "subject": p.subject,
                    }
                    for p in problems
                ],
            }
        )
    elif not problems:
        t.say("Catalog, index, files and authority data agree.")
    else:
        for p in problems:
            t.say(f"{p.kind}: {p.message}")
            t.say(f"to mend it: {p.remedy}", 2)
    return 1 if problems else 0
