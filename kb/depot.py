"""Copies of files at a place that all machines reach: a shared folder, or an address of fsspec.

The setting ``originals`` names the place (``/mnt/asal``, ``s3://arsip/asal``). A copy lies
there by its content, whole or not at all; the same bytes are kept once.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.config import Settings
from kb.disk import content_hash, harmless_name
from kb.errors import ConfigError, ReadError

FOLDER = "titipan"
"""Below the place, beside what sources gave."""
LEFT_HERE = 200
"""Copies of an address that stay in the cache of this machine. Set by hand; no command measured
it."""


def is_set(settings: Settings) -> bool:
    """True where there is a place for copies."""
    return bool(settings.originals)


def below(settings: Settings, path: Path) -> bool:
    """True for a file that lies at the place already."""
    if not settings.originals or "://" in settings.originals:
        return False
    return path.absolute().is_relative_to(Path(settings.originals).expanduser().absolute())


def keep(settings: Settings, path: Path, sha256: str) -> str:
    """Copy a file there; the copy's name below the place, with slashes.

    Raises ``ReadError`` where it cannot be written, ``ConfigError`` where the place is none.
    """
    name = f"{FOLDER}/{sha256[:2]}/{sha256}/{harmless_name(path.name)}"
    system, root = _place(settings)
    target = f"{root}/{name}"
    partial = f"{target}.{os.getpid()}.part"
    try:
        if system.exists(target):
            return name
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.put_file(str(path), partial)
        system.mv(partial, target)
    except Exception as error:  # each store fails in its own way
        raise ReadError(
            f"{path} cannot be copied to {settings.originals} ({_told(error)}); "
            "see that it can be reached and written to."
        ) from None
    return name


def at_hand(settings: Settings, name: str, sha256: str) -> Path:
    """The copy as a file that stays for the next who asks: where it lies in a folder, from an
    address in the cache, which keeps the ``LEFT_HERE`` last asked for.

    Raises ``ReadError`` where it cannot be reached or is not what was kept.
    """
    cache = settings.cache_path / FOLDER
    path = cache / sha256 / name.rpartition("/")[2]
    if path.is_file():
        with contextlib.suppress(OSError):
            os.utime(path.parent)
        return path
    with fetched(settings, name, sha256) as copy:
        if "://" not in settings.originals:
            return copy
        path.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(path)
    for old in sorted(cache.iterdir(), key=_age)[:-LEFT_HERE]:
        shutil.rmtree(old, ignore_errors=True)
    return path


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process took it away
        return 0.0


@contextlib.contextmanager
def fetched(settings: Settings, name: str, sha256: str) -> Iterator[Path]:
    """The copy as a file of this machine, for as long as the block runs.

    Raises ``ReadError`` where it cannot be reached or is not what was kept.
    """
    if "://" not in settings.originals:
        path = Path(settings.originals).expanduser() / name
        if not path.is_file():
            raise ReadError(f"There is no {path}; mount the folder that 'originals' names.")
        yield path
        return
    settings.cache_path.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.cache_path, prefix="titipan-") as folder:
        path = Path(folder) / name.rpartition("/")[2]
        system, root = _place(settings)
        try:
            system.get_file(f"{root}/{name}", str(path))
        except Exception as error:
            raise ReadError(
                f"{name} cannot be fetched from {settings.originals} ({_told(error)}); "
                "see that it can be reached."
            ) from None
        if content_hash(path) != sha256:
            raise ReadError(f"What {settings.originals} has as {name} is another file.")
        yield path


def _place(settings: Settings) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise ConfigError(
            "Copies at 'originals' need the extra 'server'; "
            "install it: pip install 'kb-pemprov[server]'."
        ) from None
    try:
        place = settings.originals
        if "://" not in place:
            place = str(Path(place).expanduser().absolute())
        system, root = url_to_fs(place)
    except (ImportError, ValueError) as error:
        raise ConfigError(
            f"The setting 'originals' names a place that cannot be used ({_told(error)})."
        ) from None
    return system, str(root).rstrip("/")


def _told(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(".")
