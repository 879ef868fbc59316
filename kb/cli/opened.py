"""Opening the base for a command; a stale or damaged index is rebuilt on the way."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from kb.cli.terminal import Terminal
from kb.config import Settings, load_settings
from kb.errors import IndexStale
from kb.explore import KnowledgeBase, open_kb

T = TypeVar("T")


def settings(arguments: argparse.Namespace) -> Settings:
    """The settings of the home the command names."""
    return load_settings(arguments.home)


def asked(
    arguments: argparse.Namespace, terminal: Terminal, question: Callable[[KnowledgeBase], T]
) -> T:
    """The answer of an open base. Where the index does not fit: rebuild it and ask again."""
    with open_kb(settings(arguments)) as kb:
        try:
            return question(kb)
        except IndexStale as error:
            terminal.note(f"{error} Rebuilding it now ...")
        rebuild_index(kb.settings, terminal)
        kb.refresh()
        return question(kb)


def rebuild_index(where: Settings, terminal: Terminal) -> tuple[int, int, float]:
    """Rebuild with a bar; documents, passages and seconds."""
    from kb.ingest import Progress, rebuild

    with terminal.bar("indexing") as bar:

        def show(p: Progress) -> None:
            bar.show(p.done, p.total, rate=p.rate, left=p.left, stage=p.stage)

        report = rebuild(where, show)
    return report.documents, report.passages, report.seconds
