"""The front of a document: the lines a person reads to tell what it is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from kb.authority import norm
from kb.describe.misread import mended
from kb.model import SourceDocument

MAX_LINES = 45
_BODY = re.compile(
    r"^(?:menimbang|mengingat|kata pengantar|kata sambutan|daftar isi|daftar tabel|dalam rangka"
    r"|segala puji|puji syukur|puji dan syukur|dengan memanjatkan|assalam|latar belakang"
    r"|bab i\b|bab 1\b|ringkasan eksekutif|ikhtisar|yang bertanda tangan|pasal 1)\b"
)
ARTICLES = frozenset(["portal", "html", "portal-text"])


@dataclass(frozen=True)
class Front:
    """What the describing rules look at."""

    lines: tuple[str, ...]
    """Lines of the title page(s), as printed, top down."""
    body: str
    """Text of the first pages, title page included."""
    stem: str
    """Normal form of the file name without its suffix."""
    article: bool
    """True for a news page, which has no title page."""

    @cached_property
    def norms(self) -> tuple[str, ...]:
        return tuple(norm(line) for line in self.lines)

    @cached_property
    def joined(self) -> str:
        return " ".join(self.lines)


@cache
def doc_words() -> dict[str, Any]:
    """``docwords.toml``: fillers, marks of a draft, marks of a change."""
    return tomllib.loads(files("kb.authority").joinpath("docwords.toml").read_text("utf-8"))


@cache
def doc_types() -> dict[str, dict[str, Any]]:
    """``doctypes.toml`` by key."""
    return tomllib.loads(files("kb.authority").joinpath("doctypes.toml").read_text("utf-8"))


def read_front(source: SourceDocument) -> Front:
    """The front of the document: its first page with text, and the next while it is a
    title page too; ends where prose, recitals or a table begin."""
    stem = norm(re.sub(r"[_\-.]+", " ", PurePath(source.path).stem))
    texts = [page.text for page in source.pages[:8]]
    lines: list[str] = []
    if source.format in {"markdown", "docx"} and source.title:
        lines.append(source.title)
    # A Markdown heading says what the text is; below it stands prose, no title page. A Word
    # file often does have one, its title line included.
    sheets = [] if source.format == "markdown" and lines else texts[:4]
    for text in sheets:
        taken, ended = _title_lines(text)
        lines += [line for line in taken if norm(line) != norm(source.title or "") or not lines]
        if ended or len(lines) >= MAX_LINES:
            break
        if len(" ".join(lines)) > 60 and len(taken) > 3:
            break
    article = source.format in ARTICLES or (
        source.format in {"csv", "json", "jsonl"} and bool(source.published or source.address)
    )
    return Front(tuple(lines[:MAX_LINES]), "\n".join(texts)[:20_000], stem, article)


def _title_lines(text: str) -> tuple[list[str], bool]:
    lines: list[str] = []
    for raw in text.split("\n"):
        line = " ".join(mended(raw).split())
        if not line or not any(char.isalnum() for char in line):
            continue
        if _BODY.match(norm(line)):
            return lines, True
        if len(line) > 150 and sum(char.islower() for char in line) > 0.6 * len(line):
            return lines, True
        lines += _parted(line)
    return lines, False


@cache
def _inner_title() -> re.Pattern[str]:
    """A letterhead set in capitals that runs on into the title's first phrase."""
    phrases = sorted(
        (p for entry in doc_types().values() for p in entry["titles"] if " " in p),
        key=lambda phrase: -len(phrase),
    )
    titles = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(
        r"^((?:pemerintah|badan|dinas|inspektorat|sekretariat|kecamatan|biro|rsud)\b.{4,90}?"
        rf"(?<!\bdan)(?<!\btentang)(?<!,))\s+((?:{titles})\b.*)$",
        re.IGNORECASE,
    )


def _parted(line: str) -> list[str]:
    """The line, in two where letterhead and title were set as one block."""
    match = _inner_title().match(line) if line.isupper() else None
    return [match.group(1), match.group(2)] if match else [line]
