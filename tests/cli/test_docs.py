"""docs/cli.md against the parser: every command, every option, every example."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.cli.parser import parser

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?:^    .*\n)+", DOCS, flags=re.MULTILINE)
SYNOPSIS = re.compile(r"\[|\||\.\.\.|\b[A-Z]{2,}\b|\b[A-Z]\b")


def commands(
    top: argparse.ArgumentParser, prefix: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command with its parser, sub-commands included."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                yield (*prefix, name), child
                yield from commands(child, (*prefix, name))


ALL = dict(commands(parser()))
LEAVES = {name: p for name, p in ALL.items() if not any(n[:-1] == name for n in ALL)}


def examples() -> list[str]:
    lines = [line.strip() for block in BLOCKS for line in block.splitlines()]
    found = [line for line in lines if line.startswith("kb ") and not SYNOPSIS.search(line)]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_is_documented(name: tuple[str, ...]) -> None:
    assert re.search(rf"^    kb {' '.join(name)}\b", DOCS, flags=re.MULTILINE) or name in (
        ("export",),
        ("eval",),
    )


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_every_option_is_documented(name: tuple[str, ...]) -> None:
    section = section_of(name[0])
    for action in LEAVES[name]._actions:
        for option in action.option_strings:
            if option in ("-h", "--help", "--home", "--json"):
                continue
            own = name[0] == "export" and option in ("--to", "--until")
            text = section if own or name[0] != "export" else section_of(name[1])
            assert option in text, f"{option} of kb {' '.join(name)}"


def section_of(command: str) -> str:
    found = re.findall(r"^### kb (.+?)$(.*?)(?=^##|\Z)", DOCS, flags=re.MULTILINE | re.DOTALL)
    return next(text for names, text in found if command in names.replace(",", "").split())


@pytest.mark.parametrize("line", examples())
def test_every_example_parses(line: str) -> None:
    arguments = parser().parse_args(shlex.split(line)[1:])
    assert ":" in arguments.run


def test_no_command_is_documented_that_does_not_exist() -> None:
    known = {name[0] for name in ALL}
    for names in re.findall(r"^### kb (.+)$", DOCS, flags=re.MULTILINE):
        for name in names.replace(",", "").split():
            assert name in known, name


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_every_command_names_a_function_that_exists(name: tuple[str, ...]) -> None:
    from importlib import import_module

    runs = LEAVES[name].get_default("run") or ALL[name[:1]].get_default("run")
    module, _, function = runs.partition(":")
    assert callable(getattr(import_module(module), function))
