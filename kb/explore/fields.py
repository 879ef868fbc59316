"""Values people give: dates and document types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from kb.authority.normal import norm
from kb.errors import QueryError

WITH_FIGURES = "memuat angka"
"""The filter for pages that state a figure, as a label."""
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def day(text: str | None, name: str) -> str | None:
    """A date, month or year as ISO; raises ``QueryError`` for anything else."""
    if text is None or not text.strip():
        return None
    found = _ISO.fullmatch(text.strip())
    if found:
        parts = [int(p) for p in found.groups() if p is not None]
        try:
            date(*(parts + [1] * (3 - len(parts))))
        except ValueError:
            found = None
        else:
            return "-".join(f"{p:04d}" if i == 0 else f"{p:02d}" for i, p in enumerate(parts))
    raise QueryError(f"{name}: '{text}' is not a date; write it as 2024, 2024-03 or 2024-03-15.")


def after(iso: str | None) -> str | None:
    """The exclusive upper bound of an ISO date or prefix, for comparing strings."""
    return None if iso is None else iso + "-99"


@cache
def doc_type_labels() -> Mapping[str, str]:
    """Document types of the authority file by key, with their Indonesian name."""
    from kb import authority

    found: dict[str, str] = {}
    for key, entry in authority.load().doctypes.items():
        if isinstance(entry, Mapping):
            found[key] = str(entry.get("label") or entry.get("name") or key)
    return found


def doc_type_label(key: str | None) -> str | None:
    """The name of a document type; the key itself where the authority file lacks it."""
    return None if key is None else doc_type_labels().get(key, key)


def is_amended(key: str | None) -> bool:
    """Whether a kind of document is made and amended, so that it tells which of both one is."""
    from kb import authority

    entry = authority.load().doctypes.get(key or "")
    return isinstance(entry, Mapping) and bool(entry.get("amended"))


def doc_type(text: str) -> str | None:
    """The key of a document type given by key or by name; ``None`` where there is no such."""
    wanted = norm(text)
    for key, label in doc_type_labels().items():
        if wanted in (norm(key), norm(label)):
            return key
    return None
