"""Commands that correct: merge, rename, hide, untag, set, undo. The index follows at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.errors import QueryError
from kb.explore import open_kb
from kb.staff import Desk, Kept


def _decide(a: argparse.Namespace, t: Terminal, work: Callable[[Desk], Kept], done: str) -> int:
    kept = work(Desk(settings(a)))
    if kept.index_waits:
        t.note(kept.index_waits)
    if t.as_json:
        t.value({"correction": kept.number, "documents": kept.documents})
    else:
        t.say(f"{done} (correction {kept.number}; take it back with 'kb undo {kept.number}').")
    return 0


def merge(a: argparse.Namespace, t: Terminal) -> int:
    """``kb merge``."""
    return _decide(a, t, lambda desk: desk.merge(a.entity, a.into, by=a.by), "Merged")


def rename(a: argparse.Namespace, t: Terminal) -> int:
    """``kb rename``."""
    return _decide(a, t, lambda desk: desk.rename(a.entity, a.name, by=a.by), "Renamed")


def hide(a: argparse.Namespace, t: Terminal) -> int:
    """``kb hide``."""
    return _decide(a, t, lambda desk: desk.hide(a.entity, by=a.by), "Hidden")


def untag(a: argparse.Namespace, t: Terminal) -> int:
    """``kb untag``."""
    return _decide(
        a,
        t,
        lambda desk: desk.untag(a.entity, surface=a.words, document=a.document, by=a.by),
        "Untagged",
    )


def set_field(a: argparse.Namespace, t: Terminal) -> int:
    """``kb set``."""
    value: object = a.value
    if a.field == "years":
        try:
            value = [int(y) for y in a.value.replace(",", " ").split()]
        except ValueError:
            raise QueryError("years are given as '2024' or '2024 2025'.") from None
    elif a.field == "draft":
        value = a.value.strip().lower() in ("true", "yes", "ya", "1")
    return _decide(a, t, lambda desk: desk.set_field(a.document, a.field, value, by=a.by), "Set")


def undo(a: argparse.Namespace, t: Terminal) -> int:
    """``kb undo``."""
    kept = Desk(settings(a)).undo(a.number)
    if kept.index_waits:
        t.note(kept.index_waits)
    if t.as_json:
        t.value({"undone": a.number})
    else:
        t.say(f"Correction {a.number} is taken back.")
    return 0


def corrections(a: argparse.Namespace, t: Terminal) -> int:
    """``kb corrections``."""
    with open_kb(settings(a)) as kb:
        found = kb.corrections()
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
                    }
                    for c in found
                ]
            }
        )
        return 0
    t.table(
        ("number", "kind", "at", "what"),
        [(c.correction_id, c.kind, c.at, c.summary) for c in found],
    )
    return 0
