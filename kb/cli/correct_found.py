"""``kb correct``: what was found in a document, named by its words; names of an entity."""

from __future__ import annotations

import argparse

from kb.cli.correct import decide, who
from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.errors import QueryError
from kb.explore import open_kb
from kb.staff import Desk


def _given(a: argparse.Namespace, *names: str) -> dict[str, str]:
    found = {name: getattr(a, name) for name in names if getattr(a, name) is not None}
    if a.reject and found:
        raise QueryError("What is rejected cannot be changed as well; give one of the two.")
    if not a.reject and not found:
        told = ", ".join(f"--{name.replace('_', '-')}" for name in names)
        raise QueryError(f"Say what is right ({told}), or --reject.")
    return found


def _row(a: argparse.Namespace, kind: str) -> int:
    return Desk(settings(a)).find(kind, a.document, a.words, a.page)


def _run(a: argparse.Namespace, t: Terminal, kind: str, changes: dict[str, object]) -> int:
    row, by = _row(a, kind), {"by": who(a), "reason": a.reason}
    if a.reject:
        return decide(a, t, lambda desk: desk.reject(kind, row, **by), "Rejected")
    change = "number" if kind == "indicator" else kind
    return decide(a, t, lambda desk: getattr(desk, change)(row, **changes, **by), "Corrected")


def office(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct office``."""
    names = ("role", "institution", "status", "person", "date_from", "date_to")
    return _run(a, t, "office", dict(_given(a, *names)))


def statement(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct statement``."""
    return _run(a, t, "statement", dict(_given(a, "speaker", "kind")))


def mention(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct mention``."""
    return _run(a, t, "mention", dict(_given(a, "entity")))


def number(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct number``."""
    return _run(a, t, "indicator", dict(_given(a, "value", "unit", "kind", "year")))


def split(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct split``."""
    more = {"into": a.to, "name": a.name, "reason": a.reason}
    return decide(a, t, lambda desk: desk.split(a.entity, a.documents, **more), "Split")


def page(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct page``."""
    said = {"legible": bool(a.legible), "reason": a.reason}
    return decide(a, t, lambda desk: desk.page(a.document, a.page, **said), "Noted")


def alias(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct alias``."""
    more = {"remove": bool(a.remove), "reason": a.reason}
    return decide(a, t, lambda desk: desk.alias(a.entity, a.name, **more), "Noted")


def seen(a: argparse.Namespace, t: Terminal) -> int:
    """``kb correct seen``."""
    marks: dict[int, str | None] = dict.fromkeys(a.documents)
    if bool(marks) == (a.source is not None):
        raise QueryError("Name documents, or with --source the source whose new ones were seen.")
    source = None
    if a.source is not None:
        with open_kb(settings(a)) as kb:
            source = kb.source(a.source, limit=0).source.name
            total, _ = kb.new_documents(a.source, limit=0)
            marks = {
                one.document.document_id: one.mark
                for one in kb.new_documents(a.source, limit=total)[1]
            }
        if not marks:
            t.say(f"'{source}' has nothing new.")
            return 0
    return decide(a, t, lambda d: d.look_at(marks, source=source, reason=a.reason), "Seen")
