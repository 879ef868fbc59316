"""Opens what holds other files (archives, messages), or must be turned into another format
first, and has each file inside read like a file of its own."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb.errors import NotFound, ReadError
from kb.model import SourceDocument
from kb.readers import archive, mail, office
from kb.readers.archive import Budget, Member
from kb.readers.formats import HOLDERS
from kb.readers.leaving import left_out
from kb.readers.options import ReadOptions
from kb.readers.sniff import sniff

DEEPEST = 3
"""Archives within archives that are opened; deeper ones are refused with a reason."""
BETWEEN = "/"
"""Stands between the names of a holder inside another and of a file in it."""

ReadOne = Callable[[Path], Iterable[SourceDocument]]
"""Reads one plain file; raises ``ReadError``."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file inside another that was not read, and why."""

    part: str
    reason: str
    harmless: bool = False
    """True where no document can have been missed."""


def read_whole(
    path: Path, options: ReadOptions, read_one: ReadOne
) -> Iterator[SourceDocument | Refused]:
    """All documents in the file, and in the files inside it, which are told apart by ``part``.

    Raises ``ReadError`` where the file itself cannot be read; a file inside it that cannot
    is handed on as ``Refused``, and the others are read.
    """
    kind = sniff(path)
    if kind not in HOLDERS:
        yield from _plain(path, kind, read_one)
        return
    documents = 0
    refused: list[Refused] = []
    for found in _inside(path, kind, options, read_one, Budget(), 1):
        if isinstance(found, Refused):
            refused.append(found)
        else:
            documents += 1
        yield found if isinstance(found, Refused) else replace(found, path=str(path))
    if not documents:
        told = [one for one in refused if not one.harmless]
        if len(told) == 1:
            raise ReadError(f"{told[0].reason.rstrip('.')} ({told[0].part}).")
        what = f"none of the {len(told)} files in it could be read" if told else "no file is in it"
        raise ReadError(f"empty: {what}.")


def _plain(path: Path, kind: str, read_one: ReadOne) -> Iterator[SourceDocument]:
    if kind not in {"doc", "ppt"}:
        yield from read_one(path)
        return
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        made = office.modern(path, kind, Path(folder))
        for document in read_one(made):
            yield replace(document, path=str(path), format=kind)


def _inside(
    path: Path,
    kind: str,
    options: ReadOptions,
    read_one: ReadOne,
    budget: Budget,
    depth: int,
) -> Iterator[SourceDocument | Refused]:
    """Documents with ``part`` naming where inside they stand, and what was refused."""
    with tempfile.TemporaryDirectory(prefix="kb-") as folder:
        for member in _members(path, kind, options, read_one, Path(folder), budget):
            if isinstance(member, SourceDocument):
                yield member
                continue
            if member.file is None:
                yield Refused(member.name, member.reason)
                continue
            skip = left_out(member.name)
            if skip is not None:
                yield Refused(member.name, skip.reason, skip.harmless)
                continue
            try:
                inner = sniff(member.file)
                if inner not in HOLDERS:
                    for document in _plain(member.file, inner, read_one):
                        yield replace(document, part=_joined(member.name, document.part, "#"))
                elif depth >= DEEPEST:
                    reason = "unsupported: too many archives within archives; unpack it yourself."
                    yield Refused(member.name, reason)
                else:
                    deeper = _inside(member.file, inner, options, read_one, budget, depth + 1)
                    for found in deeper:
                        yield replace(found, part=_joined(member.name, found.part, BETWEEN))
            except ReadError as error:
                yield Refused(member.name, str(error))


def _joined(name: str, part: str | None, mark: str) -> str:
    return f"{name}{mark}{part}" if part else name


def _members(
    path: Path,
    kind: str,
    options: ReadOptions,
    read_one: ReadOne,
    folder: Path,
    budget: Budget,
) -> Iterator[SourceDocument | Member]:
    if kind not in {"mail", "msg"}:
        yield from archive.members(path, kind, folder, budget, options.passwords)
        return
    letter = mail.open_letter(path, kind)
    own = mail.read_letter(path, letter, options)
    if own is not None:
        yield own
    seen: set[str] = set()
    for number, (name, content) in enumerate(letter.files):
        shown = archive.shown_name(name)
        if shown in seen:
            shown = f"{number + 1}-{shown}"
        seen.add(shown)
        budget.spend(len(content))
        target = archive.place(folder, number, shown)
        target.write_bytes(content)
        yield Member(shown, target)
    for name, reason in letter.missing:
        yield Member(archive.shown_name(name), None, reason)


@contextlib.contextmanager
def opened(path: Path, part: str | None, options: ReadOptions) -> Iterator[Path]:
    """The file that a document came from, unpacked for a moment where it lies inside another.

    Raises ``NotFound`` where it is not there any more, ``ReadError`` where it is damaged.
    """
    kind = sniff(path)
    if part is None or kind not in HOLDERS:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="kb-") as folder, contextlib.ExitStack() as stack:
        nothing: ReadOne = lambda _: ()  # noqa: E731
        for member in _members(path, kind, options, nothing, Path(folder), Budget()):
            if isinstance(member, SourceDocument) or member.file is None:
                continue
            if part == member.name or part.startswith(f"{member.name}#"):
                yield member.file
                return
            if part.startswith(member.name + BETWEEN):
                rest = part[len(member.name) + 1 :]
                yield stack.enter_context(opened(member.file, rest, options))
                return
    raise NotFound(f"'{part}' is not in {path.name} any more; ingest it again.")
