"""A folder of this machine that is watched: files that come, change and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.errors import ReadError
from kb.readers.discover import discover
from kb.sources.kinds.base import Batch, Finding, Item, Kind, Look, Visit
from kb.sources.refusals import SourceError


class Folder(Kind):
    """Lists the files below a folder; they are read where they lie."""

    name = "folder"

    def recognise(self, look: Look) -> Finding | None:
        """Never by an address: ``at`` looks at paths."""
        return None

    def at(self, path: Path) -> Finding:
        """What is in the folder. Raises ``SourceError`` where it is none."""
        if not path.is_dir():
            raise SourceError(f"{path} is no folder; name a folder or an address (https://...).")
        found = len(discover([path]).files)
        return Finding(self.name, str(path), f"a folder with {found} files that can be read.")

    def batches(self, visit: Visit) -> Iterator[Batch]:
        """All files. Raises ``SourceError`` where the folder is gone: its disk may only be out."""
        path = Path(visit.address)
        try:
            files = discover([path]).files if path.is_dir() else []
        except (ReadError, OSError):
            files = []
        if not files:
            raise SourceError(
                f"The folder {path} is gone or empty; see whether its disk is in. Nothing was "
                "marked as withdrawn."
            )
        items = []
        for file in files:
            try:
                items.append(Item(str(file), changed=str(file.stat().st_mtime_ns)))
            except OSError:
                continue
        yield Batch(items, {}, whole=True)
