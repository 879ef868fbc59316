"""The folder of an index: which one is current, and what it was made from.

``current.json`` names the folder in use, its engine, the analysis and the stamp of the
catalog it was made from. It is replaced in one step, so that a new index can be built
beside the old one and readers see either, never half.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from kb.errors import IndexStale
from kb.search.language.analysis import ANALYSIS_VERSION

FORMAT = 1
CURRENT = "current.json"
MEANING = "meaning"
"""The folder of ``kb.search.meaning``, beside the indexes and none of them."""
MEANT_STATEMENTS = f"{MEANING}/statements"
"""The same for statements; what is a passage there is a statement here."""
REBUILD = "run 'kb rebuild'"


@dataclass(frozen=True, slots=True)
class IndexMeta:
    engine: str
    analysis: str
    stamp: str
    folder: str
    format: int = FORMAT


class Keeper(Protocol):
    """Keeps note of which index of a base is in use."""

    def current(self) -> IndexMeta | None:
        """The index in use, ``None`` where there is none.

        Raises ``IndexStale`` where the note cannot be read.
        """
        ...

    def holds(self, meta: IndexMeta) -> bool:
        """True where what ``meta`` names is there."""
        ...

    def publish(self, meta: IndexMeta) -> None:
        """Makes ``meta`` the index in use, in one step."""
        ...

    def sweep(self, keep: str) -> None:
        """Removes indexes that are not in use."""
        ...

    def forget(self) -> None:
        """Removes all of them: what they were made from is no more."""
        ...


class Folder:
    """The keeper of indexes below a folder of the home."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def current(self) -> IndexMeta | None:
        return current(self._home)

    def holds(self, meta: IndexMeta) -> bool:
        return (self._home / meta.folder).is_dir()

    def publish(self, meta: IndexMeta) -> None:
        publish(self._home, meta)

    def sweep(self, keep: str) -> None:
        if self._home.is_dir():
            sweep(self._home, keep)

    def forget(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)


def current(home: Path) -> IndexMeta | None:
    """The index in use below ``home``; ``None`` where there is none.

    Raises ``IndexStale`` where the file cannot be read.
    """
    try:
        raw = json.loads((home / CURRENT).read_text(encoding="utf-8"))
        return IndexMeta(**raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        raise IndexStale(f"The search index is damaged ({CURRENT}); {REBUILD}.") from None


def check(
    meta: IndexMeta | None, engine: str, stamp: str, holds: Callable[[IndexMeta], bool]
) -> IndexMeta:
    """``meta`` where it fits. Raises ``IndexStale`` where it is missing or does not.

    ``holds`` says whether what ``meta`` names is there.
    """
    if meta is None:
        raise IndexStale(f"There is no search index yet; {REBUILD} or ingest something.")
    if meta.format != FORMAT or meta.analysis != ANALYSIS_VERSION:
        raise IndexStale(f"The search index was made by another version; {REBUILD}.")
    if meta.engine != engine:
        raise IndexStale(f"The search index was made by engine '{meta.engine}'; {REBUILD}.")
    if meta.stamp != stamp:
        raise IndexStale(f"The search index does not belong to this catalog; {REBUILD}.")
    if not holds(meta):
        raise IndexStale(f"The search index is damaged ({meta.folder} is gone); {REBUILD}.")
    return meta


def new_meta(engine: str, stamp: str) -> IndexMeta:
    """A new index under a name that was never used."""
    return IndexMeta(engine, ANALYSIS_VERSION, stamp, f"{engine}-{secrets.token_hex(4)}")


def publish(home: Path, meta: IndexMeta) -> None:
    """Makes ``meta`` the index in use, in one step that survives a crash."""
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"{CURRENT}.{os.getpid()}.new"
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(asdict(meta), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, home / CURRENT)


def sweep(home: Path, keep: str) -> None:
    """Removes indexes that are not in use; what another process holds open stays for later."""
    for path in home.iterdir():
        if path.name in (CURRENT, keep, MEANING):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(CURRENT):
            path.unlink(missing_ok=True)


def size(folder: Path) -> int:
    """Bytes of all files in ``folder``."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total
