"""The front of a document: the lines a person reads to tell what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePath
from typing import Any

from kb import authority
from kb.authority import norm
from kb.describe.boxed import outside_box
from kb.describe.legible import UNREADABLE, is_noise, known_words, share_known, undoubled
from kb.describe.misread import mended, of_scan
from kb.model import SourceDocument

MAX_LINES = 45
WHOLE = 400_000
"""So many characters of a document are read for what it calls itself."""
_BODY = re.compile(
    r"^(?:menimbang|mengingat|kata pengantar|kata sambutan|daftar isi|daftar tabel|dalam rangka"
    r"|segala puji|puji syukur|puji dan syukur|dengan memanjatkan|assalam|latar belakang"
    r"|bab i\b|bab 1\b|ringkasan eksekutif|ikhtisar|yang bertanda tangan|pasal 1)\b"
)
FORM_PAGES = 5
"""Pages on which a form begins: the tables of a book further in are not what it is. Set by hand;
no command measured it."""
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
    running: tuple[str, ...] = ()
    """Running heads and feet, the most frequent first."""
    captions: tuple[str, ...] = ()
    """Captions of the first tables."""
    heads: tuple[str, ...] = ()
    """Column heads and first cells of the first tables, and the first words of lines."""
    whole: str = ""
    """Text of all pages, the last ones included where there are many."""
    tops: tuple[str, ...] = ()
    """The first pages' text, for what begins further in."""
    scanned: bool = False
    """True where the title page was read by OCR."""

    @cached_property
    def norms(self) -> tuple[str, ...]:
        return tuple(norm(line) for line in self.lines)

    @cached_property
    def sheets(self) -> tuple[tuple[str, ...], ...]:
        """First lines of each of the first pages, mended."""
        return tuple(_sheet(text) for text in self.tops)

    @cached_property
    def joined(self) -> str:
        return " ".join(self.lines)


def doc_words() -> Mapping[str, Any]:
    """Words of title pages (``docwords.toml``) by list."""
    return authority.load().docwords


def doc_types() -> Mapping[str, Any]:
    """``doctypes.toml`` by key."""
    return authority.load().doctypes


_SHORT_WORD = 3
"""Letters of words that tell nothing of a title. Set by hand; no command measured it."""
_LOOKED = 5
"""Pages on which the words of a title are looked for. Set by hand; no command measured it."""


def stands_in(source: SourceDocument, title: str) -> bool:
    """Whether most words of a title that the file's properties give stand on its first pages: a
    file made from another keeps the other's title. What has no words to tell is believed."""
    words = [word for word in norm(title).split() if len(word) > _SHORT_WORD]
    said = set(norm("\n".join(page.text for page in source.pages[:_LOOKED])).split())
    return source.format == "markdown" or 2 * sum(word in said for word in words) >= len(words)


def read_front(source: SourceDocument) -> Front:
    """The front of the document: its first page with text, and the next while it is a
    title page too; ends where prose, recitals or a table begin.

    A cover that is a picture, of which OCR read no words, is passed over.
    """
    stem = norm(re.sub(r"[_\-.+()]+", " ", PurePath(source.path).stem))
    texts = [page.text for page in source.pages[:8]]
    lines: list[str] = []
    if source.format in {"markdown", "docx"} and source.title and stands_in(source, source.title):
        lines.append(source.title)
    # A Markdown heading says what the text is; below it stands prose, no title page. A Word
    # file often does have one, its title line included.
    sheets = [] if source.format == "markdown" and lines else source.pages[:4]
    scanned = False
    known = known_words([page.text for page in source.pages[:60]])
    said = frozenset(" ".join(p.text for p in source.pages[1:60]).lower().split())
    for page in sheets:
        taken, ended = _title_lines(page.text)
        if page.method == "ocr":
            taken = [of_scan(line, known, said) for line in taken if not is_noise(line, known)]
            if share_known(" ".join(taken), known) < UNREADABLE:
                continue
            scanned = True
        lines += [line for line in taken if norm(line) != norm(source.title or "") or not lines]
        if ended or len(lines) >= MAX_LINES:
            break
        if len(" ".join(lines)) > 60 and len(taken) > 3:
            break
    article = source.format in ARTICLES or (
        source.format in {"csv", "json", "jsonl"} and bool(source.published or source.address)
    )
    return Front(
        lines=tuple(_said_once(lines)[:MAX_LINES]),
        body="\n".join(texts)[:20_000],
        stem=stem,
        article=article,
        running=_running(source),
        captions=tuple(table.caption for table in source.tables[:12] if table.caption),
        heads=_heads(source),
        whole=_whole(source),
        tops=tuple(page.text[:4000] for page in source.pages[:40]),
        scanned=scanned,
    )


def _said_once(lines: list[str]) -> list[str]:
    """Lines without those that say again what the line before said."""
    kept: list[str] = []
    for line in lines:
        if not kept or norm(line) != norm(kept[-1]):
            kept.append(line)
    return kept


def _sheet(text: str) -> tuple[str, ...]:
    rows = [undoubled(" ".join(mended(row).split())) for row in text.split("\n")[:30]]
    return tuple(row for row in rows if row)


def _whole(source: SourceDocument) -> str:
    texts = [page.text for page in source.pages]
    if sum(map(len, texts)) > WHOLE:
        texts = [*texts[:60], *texts[-10:]]
    return "\n".join(texts)[:WHOLE]


def _running(source: SourceDocument) -> tuple[str, ...]:
    """Running lines as the reader kept them, else the lines that open or close most pages."""
    kept = [line for line in source.metadata.get("running", "").split("\n") if line.strip()]
    counts: Counter[str] = Counter()
    for page in source.pages[:60]:
        rows = [line for line in page.text.split("\n") if line.strip()]
        counts.update({" ".join(line.split()) for line in (rows[:1] + rows[-1:])})
    often = max(3, len(source.pages[:60]) // 3)
    kept += [line for line, times in counts.most_common(4) if times >= often and len(line) > 8]
    return tuple(dict.fromkeys(undoubled(mended(line)) for line in kept))


def _heads(source: SourceDocument) -> tuple[str, ...]:
    """Normal forms of what labels a form: cells of the first tables and starts of lines."""
    early = [table for table in source.tables[:4] if table.page <= FORM_PAGES]
    cells = [cell for table in early for row in table.rows[:60] for cell in row if cell]
    for page in source.pages[:2]:
        for line in page.text.split("\n"):
            cells += line.split(" | ") if " | " in line else [line.split(":")[0]]
    return tuple(dict.fromkeys(norm(cell) for cell in cells if 2 < len(cell) < 90))


def _title_lines(text: str) -> tuple[list[str], bool]:
    lines: list[str] = []
    for raw in text.split("\n"):
        line = outside_box(undoubled(" ".join(mended(raw).split())))
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
    """A letterhead that runs on into the title's first phrase."""
    phrases = sorted(
        (
            phrase
            for entry in doc_types().values()
            for phrase in entry["titles"]
            if " " in phrase and phrase != "dalam angka"  # a region stands before it
        ),
        key=lambda phrase: -len(phrase),
    )
    titles = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(
        r"^((?:pemerintah|badan|dinas|inspektorat|sekretariat|kecamatan|biro|rsud)\b.{4,90}?"
        rf"(?<!\bdan)(?<!\btentang)(?<!,))\s+((?:{titles})\b.*)$",
        re.IGNORECASE,
    )


_BEHIND_YEAR = re.compile(
    r"(?<=\b(?:19|20)\d\d) (?=(?:PEMERINTAH|BADAN|DINAS|INSPEKTORAT|SEKRETARIAT|KECAMATAN|DESA"
    r"|KELURAHAN|BIRO|RSUD)\b)"
)
"""Where an agency goes on behind the year of the line above it."""


def _parted(line: str) -> list[str]:
    """The line, in two or more where letterhead and title were set as one block."""
    if line.isupper() and len(line) < 300 and " | " not in line:
        pieces = _BEHIND_YEAR.split(line)
        if len(pieces) > 1:
            return [part for piece in pieces for part in _parted(piece)]
    match = _inner_title().match(line) if len(line) < 200 else None
    if match is None or not match.group(2)[0].isupper() or line[0].islower():
        return [line]
    # "Dinas ... menyusun Rencana Kerja" is a sentence, not a letterhead.
    words = match.group(1).split()
    small = [word for word in words if word[0].islower() and norm(word) not in _SMALL]
    return [line] if small else [match.group(1), match.group(2)]


_SMALL = frozenset(["dan", "serta", "di", "dr", "drg"])
