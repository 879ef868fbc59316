"""What a disk says of a file: its name as text that can be stored, and when it last changed."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

NAME_BYTES = 150
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")


def stored_name(path: str | Path) -> str:
    """The path as text: bytes that are no UTF-8 stand as ``\\xe9``, which no database, no
    terminal and no JSON refuses. ``named_file`` finds the file again."""
    return (
        re.sub("[\udc80-\udcff]", lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", str(path))
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def named_file(stored: str) -> Path:
    """The file that ``stored_name`` wrote, whether it is still there or not."""
    path = Path(stored)
    if os.name == "posix" and _ESCAPED.search(stored) and not os.path.lexists(path):
        raw = _ESCAPED.sub(lambda match: chr(0xDC00 + int(match[1], 16)), stored)
        if os.path.lexists(raw):
            return Path(raw)
    return path


def change_stamp(state: os.stat_result) -> int:
    """A number that differs once the content was written again, even where the time of the
    change was set back: on POSIX systems the time of the inode counts with it, which nobody
    can set. Other systems only tell the time of the change."""
    if os.name != "posix":
        return state.st_mtime_ns
    return state.st_mtime_ns + state.st_ctime_ns


def last_change(state: os.stat_result) -> int:
    """When the file was last touched, in nanoseconds since 1970."""
    return max(state.st_mtime_ns, state.st_ctime_ns if os.name == "posix" else 0)


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal. Raises ``OSError``."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def harmless_name(name: str) -> str:
    """The name without folders and odd characters, at most ``NAME_BYTES`` long with its
    ending kept (a file system takes 255 bytes, not characters)."""
    base = re.sub(r"[^\w.\- ]", "_", name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, last = base.rpartition(".")
    if not dot or len(last) > 10:
        stem, last = base, ""
    stem = stem.encode("utf-8", "replace")[:NAME_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"{stem or 'upload'}.{last}" if last else stem or "upload"
