"""Abstracts of regulations as the JDIH network publishes them (Permenkumham 8/2019).

The sheet names the regulation before the word ABSTRAK, its number and gazette in short
(``PERDA NO. 8, LD 2025/NO. 8, 11 HLM.``) or in full.
"""

from __future__ import annotations

import re

from kb.authority import norm
from kb.describe.front import Front, doc_types
from kb.describe.legal import LegalHead

_SHORT = re.compile(
    r"\b(?P<what>[A-Z][A-Za-z ]{2,60}?)\s*,?\s+(?:NO|No|NOMOR|Nomor)\s*[.:]?\s*"
    r"(?P<number>\d[\w./-]*)"
    r"(?:\s*,?\s*(?:TAHUN|Tahun|TH)\.?\s*(?P<year>(?:19|20)\d\d))?"
)


def abstract_head(front: Front) -> LegalHead | None:
    """The regulation that the sheet is an abstract of, or ``None`` where it is no abstract."""
    rows = [line for line in front.body.split("\n")[:40] if line.strip()]
    mark = next(
        (i for i, row in enumerate(rows) if re.match(r"\W*ABSTRAK(?:SI)?\b", row, re.I)), None
    )
    if mark is None:
        return None
    before = " ".join(rows[:mark]) if mark else " ".join(rows[1:8])
    match = _SHORT.search(before)
    if match is None:
        return None
    instrument = _in_full(match.group("what"))
    if instrument is None:
        return None
    year = match.group("year") or _year(before)
    about = re.search(r"\bTENTANG\s+(.{8,300}?)(?:\s*\d+\s*HLM|\s*\(|$)", before, re.I | re.S)
    return LegalHead(
        instrument=instrument,
        whose="",
        number=match.group("number").strip("./-"),
        year=int(year) if year else None,
        subject=" ".join(about.group(1).split()).strip(" .,;") if about else "",
        draft=False,
        appendix=False,
        evidence=" ".join(before.split())[:160],
    )


def _in_full(words: str) -> str | None:
    """``PERDA`` -> ``PERATURAN DAERAH``; ``None`` for no kind of regulation."""
    folded = norm(words)
    for entry in doc_types().values():
        if not entry.get("legal"):
            continue
        for phrase in sorted(entry["titles"], key=len)[::-1]:
            found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)(.*)$", folded)
            if found:
                name = entry["name"] if " " not in phrase else phrase
                return f"{name}{found.group(1)}".upper()
    return None


def _year(text: str) -> str | None:
    found = re.search(r"\b((?:19|20)\d\d)\b", text)
    return found.group(1) if found else None
