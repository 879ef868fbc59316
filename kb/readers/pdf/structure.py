"""What pypdf knows of a PDF beside its text: outline, page labels, metadata, encryption."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import Destination

from kb.errors import PasswordNeeded
from kb.model import OutlineItem
from kb.readers.marks import clean

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MAX_OUTLINE = 5000


@dataclass(slots=True)
class Structure:
    outline: tuple[OutlineItem, ...] = ()
    labels: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    password: str | None = None
    """The password that opens the file; ``None`` where it needs none."""
    problems: list[str] = field(default_factory=list)


def read_structure(path: Path, passwords: tuple[str, ...], data: bytes | None = None) -> Structure:
    """Structure of the file (of ``data`` instead, where given); what pypdf cannot read is
    left empty.

    Raises ``PasswordNeeded`` where the file is encrypted and no password opens it.
    """
    found = Structure()
    try:
        reader = pypdf.PdfReader(path if data is None else BytesIO(data), strict=False)
        if reader.is_encrypted:
            found.password = _open(reader, passwords)
    except PasswordNeeded:
        raise
    except Exception as error:
        # pypdf raises many kinds of errors on damaged files; pdfium may still read them.
        found.problems.append(f"structure not readable ({type(error).__name__})")
        return found
    for read in (_metadata, _outline, _labels):
        try:
            read(reader, found)
        except Exception as error:
            found.problems.append(f"{read.__name__[1:]} not readable ({type(error).__name__})")
    return found


def _open(reader: pypdf.PdfReader, passwords: tuple[str, ...]) -> str:
    for password in ("", *passwords):
        try:
            if reader.decrypt(password):
                return password
        except Exception:
            # An unknown kind of encryption: pdfium is asked with the same passwords.
            continue
    raise PasswordNeeded(
        "password needed: none of the passwords given opens this file; give it with --password."
    )


def _metadata(reader: pypdf.PdfReader, found: Structure) -> None:
    for key, value in (reader.metadata or {}).items():
        name = str(key).lstrip("/").lower()
        text = clean(str(value))[:1000]
        if text and name.isalnum():
            found.metadata[name] = text


def _root(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def _labels(reader: pypdf.PdfReader, found: Structure) -> None:
    if "/PageLabels" in _root(reader):
        found.labels = tuple(clean(label) for label in reader.page_labels)


def _outline(reader: pypdf.PdfReader, found: Structure) -> None:
    if "/Outlines" not in _root(reader):
        return
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference is not None
    }
    items: list[OutlineItem] = []

    def walk(nodes: list[Any], level: int) -> None:
        for node in nodes:
            if len(items) >= MAX_OUTLINE:
                return
            if isinstance(node, list):
                if level < 12:
                    walk(node, level + 1)
            elif isinstance(node, Destination):
                page = node.page
                number = numbers.get(getattr(page, "idnum", -1))
                title = clean(str(node.title or ""))
                if number and title:
                    items.append(OutlineItem(title[:300], number, level))

    walk(list(reader.outline), 0)
    found.outline = tuple(items)
