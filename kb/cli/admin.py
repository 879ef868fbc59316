"""``kb admin-password``: turn the Kelola page on by setting its password."""

from __future__ import annotations

import argparse
import getpass
import sys
import tomllib

from kb.access import hash_password
from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.errors import ConfigError

SETTING = "admin_hash"


def ask(prompt: str = "New admin password: ") -> str:
    """The password: typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(prompt)
    if getpass.getpass("Again: ") != first:
        raise ConfigError("The two passwords differ; run the command again.")
    return first


def set_line(content: str, name: str, value: str) -> str:
    """TOML ``content`` with the top-level string ``name`` set; the other lines as they are."""
    kept = [line for line in content.splitlines() if line.split("=", 1)[0].strip() != name]
    first_table = next(
        (i for i, line in enumerate(kept) if line.lstrip().startswith("[")), len(kept)
    )
    kept.insert(first_table, f'{name} = "{value}"')
    return "\n".join(kept) + "\n"


def admin_password(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Store the hash in ``kb.toml`` of the home, or take the password away."""
    found = settings(arguments)
    file = found.home / "kb.toml"
    content = file.read_text(encoding="utf-8") if file.is_file() else ""
    try:
        value = "" if arguments.remove else hash_password(ask())
    except ValueError as error:
        raise ConfigError(f"{error} Choose a longer one.") from None
    changed = set_line(content, SETTING, value)
    tomllib.loads(changed)
    found.home.mkdir(parents=True, exist_ok=True)
    partial = file.with_name("kb.toml.part")
    # It holds the hash, and may hold passwords of documents: for its owner's eyes only.
    partial.touch(mode=0o600)
    partial.chmod(0o600)
    partial.write_text(changed, encoding="utf-8")
    partial.replace(file)
    state = "off" if arguments.remove else "on"
    if arguments.json:
        terminal.value({"kelola": state, "file": str(file)})
    else:
        terminal.say(f"The Kelola page is {state}; start kb serve again to see it.")
    return 0
