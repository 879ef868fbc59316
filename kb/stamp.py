"""Stamps: the version of exactly what a stage runs on, its modules and its data.

A document is read again when the stamp of a stage is another one. Modules are followed by
their imports from an entry on, so that a scorer or a page of the app changes nothing; data
files are named by the stage, and a test opens them under watch and compares
(``tests/test_stamp.py``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(kb[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)|import[ \t]+(kb[\w.]*))",
    re.MULTILINE,
)
_NAME = re.compile(r"(\w+)(?:\s+as\s+\w+)?")
_REMARK = re.compile(rb"^[ \t]*#[^\n]*\n?", re.MULTILINE)


def _file(module: str) -> Path | None:
    base = _ROOT.parent.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


def _imported(path: Path) -> Iterator[str]:
    for source, names, whole in _IMPORT.findall(path.read_text(encoding="utf-8")):
        yield source or whole
        for name in _NAME.findall(re.sub(r"#[^\n]*", "", names)):
            yield f"{source}.{name}"


def modules(entries: Sequence[str]) -> list[Path]:
    """Files of the project that the modules ``entries`` run on, themselves included, sorted.

    The packages that a module lies in count; what stands under ``TYPE_CHECKING`` counts too.
    """
    found: dict[str, Path] = {}
    waiting = list(entries)
    while waiting:
        module = waiting.pop()
        parts = module.split(".")
        waiting += [
            ".".join(parts[:n]) for n in range(2, len(parts)) if ".".join(parts[:n]) not in found
        ]
        path = _file(module) if module not in found else None
        if path is not None:
            found[module] = path
            waiting += [name for name in _imported(path) if name not in found and name != "kb"]
    return sorted(set(found.values()))


def data(patterns: Sequence[str]) -> list[Path]:
    """Data files below ``kb/`` that ``patterns`` name (``authority/words/*.txt``), sorted."""
    return sorted({path for pattern in patterns for path in _ROOT.glob(pattern) if path.is_file()})


def of(entries: Sequence[str], patterns: Sequence[str] = ()) -> str:
    """Twelve hexadecimal digits over the modules and data files, as they are on the disk now.

    Lines that are only a remark, and the ends of lines, count for nothing in modules.
    """
    digest = hashlib.sha256()
    for path in [*modules(entries), *data(patterns)]:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        if path.suffix == ".py":
            content = _REMARK.sub(b"", content)
        digest.update(path.relative_to(_ROOT).as_posix().encode("utf-8"))
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]
