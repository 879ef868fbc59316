"""``kb collections``: what people keep, for who runs the base."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kb.cli.correct import who
from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.errors import QueryError
from kb.explore import open_kb
from kb.staff.keeping import Clip, CollectionView, Keeper


def listed(a: argparse.Namespace, t: Terminal) -> int:
    """``kb collections`` and ``kb collections list``."""
    found = Keeper(settings(a), None).collections()
    if t.as_json:
        t.value({"collections": [_value(one) for one in found]})
        return 0
    if not found:
        t.say("Nobody keeps a collection; people do with 'Simpan' in the app.")
        return 0
    t.table(
        ("number", "name", "owner", "shared", "holds", "changed"),
        [
            (
                o.row.id,
                o.row.name,
                o.row.owner,
                "yes" if o.row.shared else "",
                o.count,
                o.row.changed,
            )
            for o in found
        ],
    )
    return 0


def show(a: argparse.Namespace, t: Terminal) -> int:
    """``kb collections show``."""
    found = Keeper(settings(a), None).collection(a.number)
    if t.as_json:
        t.value({**_value(found), "holds": [_clip(one) for one in found.clips]})
        return 0
    t.say(f"{found.row.name} ({found.row.owner})")
    t.table(
        ("document", "page", "kind", "state", "title", "note"),
        [
            (
                one.spot.document_id or "",
                one.spot.page,
                one.row.kind,
                one.spot.state if one.spot.found else "not found again",
                one.row.title,
                one.row.note,
            )
            for one in found.clips
        ],
    )
    return 0


def export(a: argparse.Namespace, t: Terminal) -> int:
    """``kb collections export``."""
    from kb.staff.dossier import docx, dossier, pdf

    file = Path(a.file)
    make = {".docx": docx, ".pdf": pdf}.get(file.suffix.casefold())
    if make is None:
        raise QueryError(f"'{file.name}' is no dossier; name a .docx or a .pdf.")
    where = settings(a)
    found = Keeper(where, None).collection(a.number)
    with open_kb(where) as kb:
        made = dossier(
            kb,
            found,
            who=who(a) or found.row.owner,
            root=where.address,
            today=date.today().isoformat(),
            language="en" if a.english else "id",
        )
    file.write_bytes(make(made))
    if t.as_json:
        t.value({"file": a.file, "quotations": len(made.entries)})
    else:
        t.say(f"{len(made.entries)} quotations in {a.file}.")
    return 0


def _value(one: CollectionView) -> dict[str, object]:
    row = one.row
    return {
        "number": row.id,
        "name": row.name,
        "owner": row.owner,
        "shared": row.shared,
        "count": one.count,
        "changed": row.changed,
    }


def _clip(one: Clip) -> dict[str, object]:
    return {
        "document": one.spot.document_id,
        "page": one.spot.page,
        "kind": one.row.kind,
        "state": one.spot.state,
        "found": one.spot.found,
        "title": one.row.title,
        "note": one.row.note,
        "starred": one.row.starred,
        "owner": one.row.owner,
    }
