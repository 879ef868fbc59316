"""Titles of scanned covers in which OCR read something else, and what counts in their place."""

from __future__ import annotations

import re
from pathlib import PurePath

from kb.describe.casing import title_case
from kb.describe.front import Front
from kb.describe.legible import known_words, share_known
from kb.model import SourceDocument

JUNK = re.compile(
    r"^(?:microsoft (?:word|excel|powerpoint)|untitled|document\d*|dokumen\d*|slide \d|book\d|"
    r"diapositiva|folie|presentation|presentasi|powerpoint|print|scan|img|doc\d|adobe|camscanner|file:|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|cdr|rtf))\b",
    re.IGNORECASE,
)
"""Titles that programs give, which say nothing."""

MAX_TITLE = 300
"""Characters of a title. Set by hand; no command measured it."""

READABLE = 0.7
"""Share of a scanned title's words that must be known, else the file's own title counts. Set by
hand; no command measured it."""


def is_misread(title: str, front: Front) -> bool:
    """True for a scan's title with words that OCR made of something else."""
    if not front.scanned:
        return False
    signs = re.search(r"""[“”"‘’'|<>{}]""", title)
    return bool(signs) or share_known(title, known_words(front.tops)) < READABLE


def instead(source: SourceDocument, front: Front, text: str) -> str | None:
    """What the file says its title is, or its name, where the page's was misread."""
    if not text or not is_misread(text, front):
        return None
    stem = re.sub(r"[_]+", " ", PurePath(source.path).stem)
    names = [(source.title or "").strip(), stem.strip()]
    told = (name for name in names if len(name.split()) > 2 and not JUNK.match(name))
    return next(
        (title_case(name)[:MAX_TITLE] for name in told if not is_misread(name, front)), None
    )
