"""Takes the files out of archives one by one, within limits and under names of our own.

ZIP and TAR are read here; RAR and 7-Zip by ``bsdtar`` (libarchive) where it is installed.
Nothing is written under a name that an archive gives: such names may lead anywhere.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from kb.errors import ReadError
from kb.readers.sniff import MAX_BYTES

MAX_MEMBERS = 10_000
MAX_TOTAL = 2 * 1024 * 1024 * 1024
"""Bytes that one archive with all archives in it may unpack to."""
MAX_RATIO, RATIO_FROM = 400, 64 * 1024 * 1024
"""A member of more than ``RATIO_FROM`` bytes may be this many times its packed size; office
files and text stay below 50, what unpacks to nothing but noughts reaches 1,000."""
UNPACK_SECONDS = 600
NO_BSDTAR = (
    "unsupported: RAR and 7-Zip archives are read by bsdtar, which is not installed "
    "(Debian: libarchive-tools); install it, or unpack the archive and add its files."
)
BOMB = "too much memory: it unpacks to far more than its size; unpack it yourself and add that."
_CHUNK = 1 << 20


@dataclass(slots=True)
class Budget:
    """Bytes and files that may still be unpacked from one named file."""

    left: int = MAX_TOTAL
    members: int = MAX_MEMBERS

    def spend(self, size: int) -> None:
        """Raises ``ReadError`` where nothing is left."""
        self.left -= size
        if self.left < 0:
            raise ReadError(f"too much memory: it unpacks to more than {MAX_TOTAL >> 30} GiB.")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive; ``file`` is ``None`` where it was refused, with the reason."""

    name: str
    """As the archive names it, for people: no path to be used."""
    file: Path | None
    reason: str = ""


def bsdtar() -> str | None:
    """Path of the program that reads RAR and 7-Zip, ``None`` where it is not installed."""
    return shutil.which(os.environ.get("KB_BSDTAR") or "bsdtar")


def members(
    path: Path, kind: str, folder: Path, budget: Budget, passwords: Sequence[str] = ()
) -> Iterator[Member]:
    """Each file of the archive, written below ``folder`` for as long as it is looked at.

    Raises ``ReadError`` where the archive cannot be opened.
    """
    if kind == "zip":
        yield from _zip(path, folder, budget, passwords)
    elif tarfile.is_tarfile(path):
        yield from _tar(path, folder, budget)
    else:
        yield from _other(path, folder, budget)


def shown_name(name: str) -> str:
    """A member's name for people: forward slashes, no way up, nothing that steers a terminal."""
    parts = [
        "".join(char if char.isprintable() else "_" for char in part)
        for part in name.replace("\\", "/").split("/")
        if part not in {"", ".", ".."}
    ]
    return "/".join(parts)[-500:] or "berkas"


def place(folder: Path, number: int, name: str) -> Path:
    """Where a member is written: a folder of its own, under a short harmless form of its name."""
    own = folder / str(number)
    own.mkdir()
    base = PurePosixPath(shown_name(name)).name
    safe = "".join(char if char.isalnum() or char in " ._-()" else "_" for char in base).strip()
    stem, dot, last = safe.rpartition(".")
    encoded = (stem if dot else safe).encode("utf-8")[:120].decode("utf-8", "ignore")
    return own / ((f"{encoded}.{last[:10]}" if dot else encoded).lstrip(".") or "berkas")


def _copy(source: IO[bytes], target: Path, packed: int, budget: Budget) -> None:
    written = 0
    with target.open("wb") as stream:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            budget.spend(len(chunk))
            if written > MAX_BYTES:
                raise ReadError(f"too much memory: the file is larger than {MAX_BYTES >> 20} MiB.")
            if written > RATIO_FROM and written > MAX_RATIO * max(packed, 1):
                raise ReadError(BOMB)
            stream.write(chunk)


def _zip(path: Path, folder: Path, budget: Budget, passwords: Sequence[str]) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ReadError("damaged: the file is a broken archive; fetch it again.") from None
    with archive:
        for number, info in enumerate(archive.infolist()):
            name = shown_name(_named(info))
            if info.is_dir():
                continue
            if budget.members <= 0:
                yield Member(name, None, f"unsupported: more than {MAX_MEMBERS} files in it.")
                return
            budget.members -= 1
            target = place(folder, number, name)
            try:
                reason = _take(archive, info, target, budget, passwords)
                yield Member(name, None if reason else target, reason)
            finally:
                shutil.rmtree(target.parent, ignore_errors=True)


def _named(info: zipfile.ZipInfo) -> str:
    """The name; old archives keep UTF-8 without saying so, which comes out as code page 437."""
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            return info.filename.encode("cp437").decode("utf-8")
    return info.filename


def _take(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    target: Path,
    budget: Budget,
    passwords: Sequence[str],
) -> str:
    """Unpack one member; the reason where that fails."""
    for password in (None, *passwords) if info.flag_bits & 1 else (None,):
        try:
            pwd = password.encode() if password else None
            with archive.open(info, pwd=pwd) as source:
                _copy(source, target, info.compress_size, budget)
            return ""
        except ReadError as error:
            return str(error)
        except RuntimeError:
            continue  # no password, or a wrong one
        except NotImplementedError:
            if info.flag_bits & 1:
                continue
            return "unsupported: it is packed in a way that is not read; pack it anew as ZIP."
        except Exception:  # broken members fail in the ways of their decompressors
            if info.flag_bits & 1:
                continue
            return "damaged: it cannot be unpacked; fetch the archive again."
    return "password needed: this file of the archive is locked; give it with --password."


def _tar(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    size = path.stat().st_size
    try:
        with tarfile.open(path, "r:*") as archive:
            for number, info in enumerate(archive):
                name = shown_name(info.name)
                if not info.isfile():
                    continue
                if budget.members <= 0:
                    yield Member(name, None, f"unsupported: more than {MAX_MEMBERS} files in it.")
                    return
                budget.members -= 1
                target = place(folder, number, name)
                try:
                    source = archive.extractfile(info)
                    if source is not None:
                        _copy(source, target, max(size, info.size // 50), budget)
                    yield Member(name, target)
                except ReadError as error:
                    yield Member(name, None, str(error))
                finally:
                    shutil.rmtree(target.parent, ignore_errors=True)
    except (tarfile.TarError, OSError, EOFError, ValueError):
        raise ReadError("damaged: the archive cannot be read to its end; fetch it again.") from None


def _other(path: Path, folder: Path, budget: Budget) -> Iterator[Member]:
    program = bsdtar()
    if program is None:
        raise ReadError(NO_BSDTAR)
    out = folder / "unpacked"
    out.mkdir()
    process = subprocess.Popen(
        [
            program,
            "-x",
            "--no-same-owner",
            "--no-same-permissions",
            "-f",
            str(path),
            "-C",
            str(out),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        said = _watched(
            process, out, min(budget.left, MAX_RATIO * path.stat().st_size + RATIO_FROM)
        )
        found = sorted(_files(out))
        if not found:
            if "passphrase" in said or "encrypt" in said:
                raise ReadError("password needed: the archive is locked; unpack it and add that.")
            raise ReadError("damaged: the archive cannot be unpacked; fetch it again.")
        for number, file in enumerate(found):
            name = shown_name(file.relative_to(out).as_posix())
            if budget.members <= 0:
                yield Member(name, None, f"unsupported: more than {MAX_MEMBERS} files in it.")
                return
            budget.members -= 1
            budget.spend(file.stat().st_size)
            target = place(folder, number, name)
            file.rename(target)
            try:
                yield Member(name, target)
            finally:
                shutil.rmtree(target.parent, ignore_errors=True)
        if process.returncode:
            yield Member("...", None, "damaged: the rest of the archive cannot be unpacked.")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        shutil.rmtree(out, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder, followlinks=False):
        for name in names:
            file = Path(root) / name
            if file.is_file() and not file.is_symlink():
                yield file


def _watched(process: subprocess.Popen[bytes], out: Path, room: int) -> str:
    """Wait for the program; what it said. Raises ``ReadError`` beyond the limits."""
    ends = time.monotonic() + UNPACK_SECONDS
    while True:
        try:
            _, said = process.communicate(timeout=0.5)
            return said.decode("utf-8", "replace").lower()
        except subprocess.TimeoutExpired:
            if time.monotonic() > ends:
                raise ReadError("too slow: the archive was not unpacked in time.") from None
            if sum(file.stat().st_size for file in _files(out)) > room:
                raise ReadError(BOMB) from None
