"""Finds the files to read below the paths a person named, and says what it left out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import ReadError
from kb.readers.formats import PLAIN, ending, kind_of_name, load_formats
from kb.readers.leaving import Skipped, left_out
from kb.readers.sniff import sniff


@dataclass(slots=True)
class Discovered:
    """What stands below the paths: every file once, in a stable order."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def discover(paths: Iterable[str | Path]) -> Discovered:
    """Absolute paths of files to read, and all that was left out with the reason.

    A file named by the caller is always taken, whatever its name; a folder gives the files
    below it that some reader reads, by name or by content. Links below a folder are not
    followed. Raises ``ReadError`` for a path that does not exist.
    """
    found = Discovered()
    seen: set[Path] = set()
    for name in paths:
        path = Path(name).expanduser().absolute()
        if path.is_dir():
            _below(path, found, seen)
        elif path.exists():
            _take(path, found, seen)
        else:
            raise ReadError(f"not found: {path} does not exist; check the path.")
    return found


def _take(path: Path, found: Discovered, seen: set[Path]) -> None:
    if path not in seen:
        seen.add(path)
        found.files.append(path)


def _below(folder: Path, found: Discovered, seen: set[Path]) -> None:
    formats = load_formats()
    inside = folder.resolve()

    def closed(error: OSError) -> None:
        name = str(error.filename)
        why = (error.strerror or "refused").lower()
        reason = f"no access: the folder may not be entered ({why}); change its permissions."
        found.skipped.append(Skipped(name, "no access", reason))

    for root, folders, names in os.walk(folder, onerror=closed, followlinks=False):
        here = Path(root)
        entered = []
        for name in sorted(folders):
            path = here / name
            skip = _folder(path, inside, names, formats.leaving_folders)
            if skip is None:
                entered.append(name)
            else:
                found.skipped.append(skip)
        folders[:] = entered
        for name in sorted(names):
            path = here / name
            if path in seen:
                continue
            skip = _file(path, inside)
            if skip is None:
                _take(path, found, seen)
            else:
                found.skipped.append(skip)


def _folder(
    path: Path, inside: Path, beside: list[str], leavings: frozenset[str]
) -> Skipped | None:
    if path.is_symlink():
        return _link(path, inside)
    name = path.name.lower()
    if name.startswith("."):
        return Skipped(str(path), "hidden", "hidden: a folder hidden by its name.", True)
    if name in leavings:
        reason = "leaving: a folder that a system or program keeps for itself."
        return Skipped(str(path), "leaving", reason, True)
    for mark in ("_files", "_file"):  # what a browser saves beside a page
        if name.endswith(mark):
            page = name.removesuffix(mark)
            if any(other.lower() in (f"{page}.html", f"{page}.htm") for other in beside):
                return Skipped(str(path), "apart", "apart: pictures and styles of a page.", True)
    return None


def _file(path: Path, inside: Path) -> Skipped | None:
    """Why a file below a folder is not read; ``None`` where it is."""
    formats = load_formats()
    name = path.name.lower()
    if path.is_symlink():
        return _link(path, inside)
    skip = left_out(path.name, str(path))
    if skip is not None:
        return skip
    if not path.is_file():
        try:
            path.stat()
        except OSError:
            return None  # read later, when the reason it cannot be is told
        return Skipped(str(path), "not a file", "not a file: a pipe, socket or device.")
    if kind_of_name(name) is not None:
        return None
    last = ending(name)
    kind, told = None, ""
    try:
        kind = sniff(path)
    except ReadError as error:
        told = str(error)
    except OSError:
        return None
    if kind is not None and (kind not in PLAIN or kind == "html" or not last):
        return None
    if last in formats.called:
        what = f"this is {formats.called[last]}"
    else:
        what = f"files ending in {last} are not read" if last else "it is no text"
    if told.startswith("unsupported") and last not in formats.called:
        return Skipped(str(path), "unsupported", told)
    reason = f"unsupported: {what}; save it as PDF, DOCX, HTML or text and add that."
    return Skipped(str(path), "unsupported", reason)


def _link(path: Path, inside: Path) -> Skipped:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Skipped(str(path), "link", "link: it leads nowhere; mend or remove it.")
    if target.is_relative_to(inside):
        reason = "link: what it leads to lies in the same folder and is read there."
        return Skipped(str(path), "link", reason, True)
    reason = "link: it leads out of the folder and was not followed; name its target to read it."
    return Skipped(str(path), "link", reason)
