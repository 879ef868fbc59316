"""``kb many``: a list of names, and which documents and statements have which."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from kb.cli.opened import asked
from kb.cli.terminal import Terminal
from kb.errors import ReadError

_WHY = {"twice": "they say what another line says", "wordless": "they have no word to look for"}


def many(a: argparse.Namespace, t: Terminal) -> int:
    """``kb many FILE``."""
    from kb.explore.many import listed

    given = listed(_text(a.file), table=a.file.lower().endswith((".csv", ".tsv")))
    found = asked(a, t, lambda kb: kb.ask_many(given.lines))
    left_out = {"twice": given.twice, "wordless": given.wordless}
    if t.as_json:
        t.value({"lines": [asdict(one) for one in found], **left_out})
        return 0
    for why, count in left_out.items():
        if count:
            t.note(f"Lines left out: {count}; {_WHY[why]}.")
    rows = [
        (
            one.documents,
            one.pages,
            one.statements,
            one.words,
            one.entity.entity_id
            if one.entity
            else ", ".join(f"{e.name}?" for e in one.near)
            if one.near
            else "",
        )
        for one in sorted(found, key=lambda one: -one.documents)
    ]
    t.table(("documents", "pages", "statements", "name", "known as"), rows)
    return 0


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ReadError(f"'{name}' cannot be read as text; give a list in UTF-8.") from None
