"""Files that are left out by their name alone: they hold no document of anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from kb.readers.formats import ending, load_formats


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not read; ``reason`` starts with ``kind``."""

    path: str
    kind: str
    """``unsupported``, ``no access``, ``link``, ``not a file``, ``hidden``, ``leaving`` or
    ``apart``."""
    reason: str
    harmless: bool = False
    """True where no document can have been missed: nothing to mend."""


def left_out(name: str, path: str | None = None) -> Skipped | None:
    """Why a file of this name (a path inside an archive, too) is not looked at, ``None`` where
    it is."""
    formats = load_formats()
    *folders, last = name.lower().replace("\\", "/").split("/")
    where = path or name
    if path is None and any(folder in formats.leaving_folders for folder in folders):
        reason = "leaving: kept by a system or program for itself."
        return Skipped(where, "leaving", reason, True)
    if (
        last in formats.leavings
        or last.startswith(formats.leaving_starts)
        or last.endswith(formats.leaving_endings)
    ):
        reason = "leaving: a temporary file, or a download that did not end."
        return Skipped(where, "leaving", reason, True)
    if last.startswith("."):
        return Skipped(where, "hidden", "hidden: a file hidden by its name.", True)
    if ending(last) in formats.apart:
        reason = f"apart: {ending(last)} files hold no documents."
        return Skipped(where, "apart", reason, True)
    return None
