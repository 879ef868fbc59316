"""The parts of a Word file as XML trees."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from kb.errors import ReadError
from kb.readers.sniff import open_zip_safely

_PROPERTIES = ("title", "creator", "subject", "created", "modified", "description", "keywords")
_NAMES = {"creator": "author"}


@dataclass(slots=True)
class Package:
    """An open Word file."""

    archive: zipfile.ZipFile
    main: str
    """Name of the part with the text."""
    targets: dict[str, tuple[str, str]]
    """Relations of the main part: id -> (kind, name of the part)."""

    def tree(self, name: str) -> Any | None:
        """A part as a tree, ``None`` where it is missing or no XML."""
        try:
            data = self.archive.read(name)
        except (KeyError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError):
            return None
        except Exception:  # zlib.error and others of the decompressors
            return None
        return parse(data)

    def related(self, kind: str) -> Any | None:
        """The first part of this kind (``numbering``, ``styles``, ``footnotes``)."""
        for found, name in self.targets.values():
            if found == kind:
                return self.tree(name)
        return None

    def properties(self) -> dict[str, str]:
        """What the file says of itself: ``title``, ``author``, ``created``, ..."""
        tree = self.tree("docProps/core.xml")
        found: dict[str, str] = {}
        if tree is not None:
            for node in tree:
                name = local(node)
                text = " ".join((node.text or "").split())
                if name in _PROPERTIES and text:
                    found[_NAMES.get(name, name)] = text
        return found


def parse(data: bytes) -> Any | None:
    """XML without entities or anything fetched; what can be read of a broken part."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    try:
        return etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(node: Any) -> str:
    """The name of an element without its namespace: strict and transitional files differ."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(node: Any, name: str = "val") -> str | None:
    """An attribute by its name without namespace."""
    for key, found in node.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(found)
    return None


def child(node: Any | None, *names: str) -> Any | None:
    """The first descendant along a path of element names."""
    for name in names:
        if node is None:
            return None
        node = next((one for one in node if local(one) == name), None)
    return node


def on(node: Any | None) -> bool:
    """True for a switch that is there and not turned off."""
    return node is not None and (value(node) or "true").lower() not in {"0", "false", "off", "none"}


def open_package(path: Path) -> Package:
    """Raises ``ReadError`` where the file is damaged."""
    data = path.read_bytes()
    open_zip_safely(data)
    damaged = ReadError("damaged: the Word document cannot be opened; save it anew.")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError):
        raise damaged from None
    package = Package(archive, "word/document.xml", {})
    for kind, name in _relations(package, "").values():
        if kind == "officeDocument":
            package.main = name
    package.targets = _relations(package, package.main)
    return package


def _relations(package: Package, name: str) -> dict[str, tuple[str, str]]:
    folder, file = posixpath.split(name)
    tree = package.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for node in tree if tree is not None else ():
        target = node.get("Target") or ""
        if node.get("TargetMode") == "External" or not target:
            continue
        joined = target if target.startswith("/") else posixpath.join(folder, target)
        kind = re.split(r"[/]", node.get("Type") or "")[-1]
        found[node.get("Id") or target] = (kind, posixpath.normpath(joined).lstrip("/"))
    return found
