"""Commands of those who look after sources, and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_Add = Callable[[str, str, str], argparse.ArgumentParser]


def sources(add: _Add, shared: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    """source add, list, show, new, remove, every."""
    kinds = add("source", "", "where documents come in by themselves").add_subparsers(
        title="what", metavar="WHAT", required=True
    )

    def one(name: str, help: str) -> argparse.ArgumentParser:
        run = {"list": "listed"}.get(name, name)
        made = kinds.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(run=f"kb.cli.sources:{run}")
        return made

    c = one("add", "look at an address or a folder and keep it as a source")
    c.add_argument("address", metavar="ADDRESS", help="https://... or a folder")
    c.add_argument("--name", metavar="NAME", help="what to call it (default: its host)")
    c.add_argument("--kind", metavar="KIND", help="wordpress, feed, sitemap, jdih, list, ...")
    c.add_argument("--every", metavar="WHEN", help="06:00 (every day) or 6h, for kb serve")
    one("list", "all sources, with how they are")
    for name, help in (
        ("show", "one source, with what was refused and why"),
        ("remove", "forget a source; its documents stay"),
    ):
        one(name, help).add_argument("name", metavar="SOURCE")
    c = one("new", "documents that sources brought and nobody looked at")
    c.add_argument("name", metavar="SOURCE", nargs="?", help="of this one (all: leave out)")
    c.add_argument("--limit", metavar="N", type=positive, default=20)
    c = one("every", "when kb serve syncs a source by itself")
    c.add_argument("name", metavar="SOURCE")
    c.add_argument("when", metavar="WHEN", help="06:00, 6h or never")
