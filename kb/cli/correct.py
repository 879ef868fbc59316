"""Commands that correct: merge, rename, hide, untag, set, undo; and the record of all that."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.explore import open_kb
from kb.explore.views import Correction
from kb.staff import Desk, Kept


def who(a: argparse.Namespace) -> str | None:
    """Who decides: as said, else who is logged in at this machine."""
    if a.by:
        return str(a.by)
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return None


def decide(a: argparse.Namespace, t: Terminal, work: Callable[[Desk], Kept], done: str) -> int:
    """Decide, and say under which number."""
    kept = work(Desk(settings(a), who(a)))
    if kept.index_waits:
        t.note(kept.index_waits)
    if t.as_json:
        t.value({"correction": kept.number, "documents": kept.documents})
    else:
        t.say(f"{done} (correction {kept.number}; take it back with 'kb undo {kept.number}').")
    return 0


def merge(a: argparse.Namespace, t: Terminal) -> int:
    """``kb merge``."""
    return decide(a, t, lambda desk: desk.merge(a.entity, a.into, reason=a.reason), "Merged")


def rename(a: argparse.Namespace, t: Terminal) -> int:
    """``kb rename``."""
    return decide(a, t, lambda desk: desk.rename(a.entity, a.name, reason=a.reason), "Renamed")


def hide(a: argparse.Namespace, t: Terminal) -> int:
    """``kb hide``."""
    return decide(a, t, lambda desk: desk.hide(a.entity, reason=a.reason), "Hidden")


def untag(a: argparse.Namespace, t: Terminal) -> int:
    """``kb untag``."""
    return decide(
        a,
        t,
        lambda desk: desk.untag(a.entity, surface=a.words, document=a.document, reason=a.reason),
        "Untagged",
    )


def set_field(a: argparse.Namespace, t: Terminal) -> int:
    """``kb set``."""
    return decide(
        a, t, lambda desk: desk.set_field(a.document, a.field, a.value, reason=a.reason), "Set"
    )


def undo(a: argparse.Namespace, t: Terminal) -> int:
    """``kb undo``."""
    kept = Desk(settings(a), who(a)).undo(a.number)
    if kept.index_waits:
        t.note(kept.index_waits)
    if t.as_json:
        t.value({"undone": a.number})
    else:
        t.say(f"Correction {a.number} is taken back.")
    return 0


def corrections(a: argparse.Namespace, t: Terminal) -> int:
    """``kb corrections`` and ``kb corrections list``."""
    with open_kb(settings(a)) as kb:
        found = kb.corrections(undone=a.all)
    if t.as_json:
        t.value(
            {
                "corrections": [
                    {
                        "number": c.correction_id,
                        "kind": c.kind,
                        "target": c.target,
                        "value": dict(c.value),
                        "at": c.at,
                        "by": c.by,
                        "reason": c.reason,
                        "document": c.document,
                        "undone": c.undone,
                        "undone_by": c.undone_by,
                        "problem": c.problem,
                    }
                    for c in found
                ]
            }
        )
        return 0
    t.table(
        ("number", "kind", "at", "by", "what", "state"),
        [(c.correction_id, c.kind, c.at, c.by or "", c.summary, _state(c)) for c in found],
    )
    return 0


def _state(c: Correction) -> str:
    if c.undone:
        return f"taken back {c.undone}" + (f" by {c.undone_by}" if c.undone_by else "")
    return f"not found again: {c.problem}" if c.problem else ""


def export(a: argparse.Namespace, t: Terminal) -> int:
    """``kb corrections export``."""
    count = Desk(settings(a)).export(Path(a.file))
    if t.as_json:
        t.value({"file": a.file, "corrections": count})
    else:
        t.say(f"{count} corrections in {a.file}.")
    return 0


def gold(a: argparse.Namespace, t: Terminal) -> int:
    """``kb corrections gold``."""
    count = Desk(settings(a)).gold(Path(a.file))
    if t.as_json:
        t.value({"file": a.file, "lines": count})
    else:
        t.say(f"{count} lines of pages in {a.file}; 'kb train --with {a.file}' learns from them.")
    return 0


def take_in(a: argparse.Namespace, t: Terminal) -> int:
    """``kb corrections import``."""
    taken = Desk(settings(a)).take_in(Path(a.file))
    if t.as_json:
        t.value(asdict(taken))
    else:
        t.say(
            f"{taken.new} new, {taken.known} known, {taken.undone} taken back; "
            f"{taken.waiting} wait for documents that are not here."
        )
    return 0
