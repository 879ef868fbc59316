"""The very bytes that addresses gave, by content hash, and what is to be seen in them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from kb.config import Settings
from kb.disk import harmless_name
from kb.errors import NotFound

ENDINGS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/zip": "zip",
    "text/plain": "txt",
    "text/csv": "csv",
}
"""Endings that readers know, by media type (IANA)."""
_DISPOSED = re.compile(r"filename\*=(?:UTF-8'')?([^;]+)|filename=\"?([^\";]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on the disk."""

    sha256: str
    name: str
    """Path below the folder of originals, with slashes."""
    path: Path
    new: bool
    """False where these very bytes were there already."""


def keep(settings: Settings, body: bytes, address: str, headers: Mapping[str, str]) -> Kept:
    """Write the bytes below ``settings.originals_path``; whole or not at all."""
    digest = hashlib.sha256(body).hexdigest()
    folder = settings.originals_path / digest[:2] / digest
    if folder.is_dir():
        for there in sorted(folder.iterdir()):
            if there.is_file() and there.suffix != ".part":
                return Kept(digest, f"{digest[:2]}/{digest}/{there.name}", there, new=False)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(body, address, headers)
    partial = folder / "asal.part"
    with partial.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    return Kept(digest, f"{digest[:2]}/{digest}/{path.name}", path, new=True)


def file_name(body: bytes, address: str, headers: Mapping[str, str]) -> str:
    """What the file is called: as the site names it, with an ending that tells its kind."""
    told = _DISPOSED.search(headers.get("content-disposition", ""))
    name = unquote((told.group(1) or told.group(2)).strip("\" '")) if told else ""
    name = name or unquote(PurePosixPath(urlsplit(address).path).name) or "halaman"
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    right = "pdf" if body.startswith(b"%PDF") else ENDINGS.get(media, "")
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    if right and suffix != right and not (right in ("zip", "txt") and suffix):
        name = (
            f"{name}.{right}"
            if suffix not in ("php", "aspx", "htm")
            else (f"{PurePosixPath(name).stem}.{right}")
        )
    return harmless_name(name)


def file_of(settings: Settings, name: str) -> Path:
    """The file of an original. Raises ``NotFound`` where it is no longer there."""
    path = settings.originals_path / name
    if not path.is_file():
        raise NotFound(f"The original {name} is no longer at {settings.originals_path}.")
    return path
