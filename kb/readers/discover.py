"""Finds the files to read below the paths a person named."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kb.errors import ReadError
from kb.readers.sniff import SUFFIXES


def discover(paths: Iterable[str | Path]) -> list[Path]:
    """Absolute paths of files to read, each once, in a stable order.

    A file named by the caller is always taken, whatever its name; a folder gives the
    files below it whose suffix is known, without hidden ones, lock files and links
    that lead out of it. Raises ``ReadError`` for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for name in paths:
        path = Path(name).expanduser().absolute()
        if path.is_dir():
            for file in _below(path):
                found.setdefault(file)
        elif path.exists():
            found.setdefault(path)
        else:
            raise ReadError(f"not found: {path} does not exist; check the path.")
    return list(found)


def _below(folder: Path) -> list[Path]:
    files = []
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            file = Path(root) / name
            if name.startswith((".", "~$")) or file.suffix.lower() not in SUFFIXES:
                continue
            if file.is_file():
                files.append(file)
    return files
