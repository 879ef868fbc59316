"""``kb staff``: the people who keep the record."""

from __future__ import annotations

import argparse

from kb.cli.admin import ask
from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.staff import accounts


def add(a: argparse.Namespace, t: Terminal) -> int:
    """``kb staff add``: the password is typed twice, or the first line of standard input."""
    made = accounts.add(settings(a), a.name, a.role, ask(f"New password of {a.name}: "))
    if t.as_json:
        t.value({"name": made.name, "role": made.role})
    else:
        t.say(f"{made.name} may come in as {made.role}.")
    return 0


def listed(a: argparse.Namespace, t: Terminal) -> int:
    """``kb staff list``."""
    found = accounts.accounts(settings(a)).values()
    if t.as_json:
        t.value({"staff": [{"name": o.name, "role": o.role, "added": o.added} for o in found]})
    else:
        t.table(("name", "role", "added"), [(o.name, o.role, o.added) for o in found])
    return 0


def remove(a: argparse.Namespace, t: Terminal) -> int:
    """``kb staff remove``."""
    accounts.remove(settings(a), a.name)
    if t.as_json:
        t.value({"removed": a.name})
    else:
        t.say(f"{a.name} comes in no more; what was decided under the name stays.")
    return 0
