"""What kind of document it is: by its title page, else its text and file name together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from kb.authority import norm
from kb.describe.front import Front, doc_types, doc_words
from kb.describe.legal import LegalHead
from kb.model import Found, SourceDocument


@dataclass(frozen=True, slots=True)
class TypeFound:
    found: Found[str]
    line: int | None = None
    """Position of the title line in ``Front.lines``."""
    title: str = ""
    """Normal form of the title from its first phrase on."""


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Title phrases and their kind, longest first."""
    rows = [(phrase, key) for key, entry in doc_types().items() for phrase in entry["titles"]]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _subjects() -> tuple[tuple[str, str], ...]:
    rows = [
        (phrase, key)
        for key, entry in doc_types().items()
        if not entry.get("legal") and entry["group"] != "portal"
        for phrase in entry.get("subjects", entry["titles"])
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _filler() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(doc_words()["fillers"], key=len)[::-1])
    return re.compile(rf"^(?:{words}|\d+|tahun|atas)\s+")


def strip_fillers(title: str) -> str:
    """The title (normal form) from its first telling word on."""
    while True:
        shorter = _filler().sub("", title, count=1)
        if shorter == title:
            return title
        title = shorter


def head_type(title: str, phrases: tuple[tuple[str, str], ...] | None = None) -> str | None:
    """The kind whose phrase begins the title (normal form), or ``None``."""
    rows = _phrases() if phrases is None else phrases
    for start in dict.fromkeys((title, strip_fillers(title))):
        for phrase, key in rows:
            if start == phrase or start.startswith(phrase + " "):
                return key
    return None


def find_type(source: SourceDocument, front: Front, head: LegalHead | None) -> TypeFound | None:
    """The document's kind with the rule that told it, or ``None`` where nothing does."""
    if front.article:
        return _article_type(source)
    if head is not None and head.subject:
        return _legal_type(head)
    titled = _title_type(front)
    if head is not None and (titled is None or doc_types()[titled.found.value].get("legal")):
        return _legal_type(head)
    return titled or _text_type(source, front) or _file_type(source, front)


def _legal_type(head: LegalHead) -> TypeFound:
    subject = norm(head.subject)
    core = _subject_core(subject)
    kind = head_type(core, _subjects())
    if kind is not None:
        return TypeFound(Found(kind, "subject of the regulation", head.subject[:160]), None, core)
    instrument = norm(f"{head.instrument} {head.whose}")
    rows = sorted(
        (
            (phrase, key)
            for key, entry in doc_types().items()
            for phrase in entry.get("head", entry["titles"] if entry["group"] == "portal" else ())
        ),
        key=lambda row: -len(row[0]),
    )
    for phrase, key in rows:
        if instrument.startswith(phrase):
            return TypeFound(Found(key, "head of the regulation", head.evidence), None, core)
    return TypeFound(Found("lainnya", "head of the regulation", head.evidence), None, core)


_CHANGES = re.compile(
    r"^(?:perubahan|pencabutan)\s+(?:pertama |kedua |ketiga |keempat |kelima )?(?:atas\s+)?"
    r"(?:peraturan|keputusan|qanun)\b.*?\btentang\s+"
)


def _subject_core(subject: str) -> str:
    """The subject of what is changed, where the regulation changes another one."""
    match = _CHANGES.match(subject)
    return subject[match.end() :] if match else subject


def _title_type(front: Front) -> TypeFound | None:
    junk = doc_types()["lainnya"]
    lines = front.norms
    for mark in junk["marks"]:
        for index, line in enumerate(lines):
            if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", line):
                evidence = front.lines[index]
                return TypeFound(Found("lainnya", "word on the title page", evidence), index)
    letter = _letter(lines)
    if letter is not None:
        evidence = front.lines[letter]
        return TypeFound(Found("lainnya", "head of a letter", evidence), letter)
    for index, line in enumerate(lines):
        if not line:
            continue
        joined = " ".join(lines[index : index + 3])
        if any(line == word or line.startswith(word + " ") for word in junk["heads"]):
            return TypeFound(Found("lainnya", "start of the title", front.lines[index]), index)
        kind = _broken_title(line, joined) or head_type(line)
        if kind == "pengumuman":
            kind = head_type(" ".join(lines[index + 1 : index + 3])) or kind
        if kind is not None and not _cited(front.lines[index], line):
            evidence = " ".join(front.lines[index : index + 2])[:160]
            return TypeFound(
                Found(kind, "title page", evidence), index, " ".join(lines[index : index + 6])
            )
    return None


def _letter(lines: tuple[str, ...]) -> int | None:
    """The line with the subject of a letter: it goes with a document and is none of its kind."""
    if not any(re.match(r"(?:kepada )?yth\b|kepada$", line) for line in lines[:20]):
        return None
    return next(
        (i for i, line in enumerate(lines[:15]) if re.match(r"(?:perihal|hal)\b", line)), None
    )


def _broken_title(line: str, joined: str) -> str | None:
    """A title whose first phrase is set over two or three lines."""
    kind = head_type(joined)
    if kind is None:
        return None
    start = strip_fillers(joined)
    whole = next((phrase for phrase, _ in _phrases() if f"{start} ".startswith(f"{phrase} ")), "")
    first = strip_fillers(line) or line
    return kind if whole.startswith(first) or first in doc_words()["fillers"] else None


def _cited(line: str, folded: str) -> bool:
    """A running sentence that only begins with the phrase."""
    return len(line) > 150 and line[-1:] not in ")0123456789" and len(folded.split()) > 22


def _text_type(source: SourceDocument, front: Front) -> TypeFound | None:
    """By what the document calls itself in its first pages: "penyusunan LAKIP ini"."""
    text = norm(front.body)
    if not text:
        return None
    counts: Counter[str] = Counter()
    evidence: dict[str, str] = {}
    for phrase, key in _phrases():
        if doc_types()[key].get("legal") or key in {"pengadaan", "apbd", "lkpd", "artikel"}:
            continue
        for match in re.finditer(
            rf"(?:penyusunan|menyusun|menyajikan|dokumen|laporan|buku|penyampaian)\s+"
            rf"{re.escape(phrase)}\b|\b{re.escape(phrase)}\s+(?:\w+ ){{0,2}}ini\b",
            text,
        ):
            counts[key] += 1
            evidence.setdefault(key, match.group(0))
    named = {key for key, words in _file_words().items() if _in_stem(words, front.stem)}
    for key in named:
        if counts[key]:
            counts[key] += 2
    best = counts.most_common(2)
    if not best or best[0][1] < 3 or (len(best) > 1 and best[1][1] * 1.5 > best[0][1]):
        return None
    key = best[0][0]
    return TypeFound(Found(key, "what the text calls itself", evidence[key]))


def _file_type(source: SourceDocument, front: Front) -> TypeFound | None:
    """By the file name, only where there is no text that could say otherwise."""
    if len(front.body.strip()) > 200:
        return None
    for key, words in _file_words().items():
        if key != "lainnya" and _in_stem(words, front.stem):
            return TypeFound(Found(key, "file name", front.stem))
    return None


@cache
def _file_words() -> dict[str, tuple[str, ...]]:
    return {key: tuple(entry["files"]) for key, entry in doc_types().items()}


def _in_stem(words: tuple[str, ...], stem: str) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", stem) for word in words)


def _article_type(source: SourceDocument) -> TypeFound | None:
    """Portal pages: by their address or heading, else news as the portal issues it."""
    parts = urlsplit(source.address or "")
    path = norm(re.sub(r"[/\-_.]+", " ", parts.path))
    for key in ("pengumuman", "artikel", "profil", "press_release"):
        for word in doc_types()[key]["files"]:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", path):
                return TypeFound(Found(key, "address", parts.path))
    title = norm(source.title or "")
    for key in ("pengumuman", "press_release"):
        if any(title.startswith(word) for word in doc_types()[key]["titles"]):
            return TypeFound(Found(key, "title", source.title or ""))
    host = parts.hostname or source.metadata.get("site", "")
    if source.format in {"portal", "portal-text"} or host.endswith(".go.id"):
        return TypeFound(Found("press_release", "page of a government portal", host))
    if source.published is None and source.format == "html":
        return None
    return TypeFound(Found("artikel", "page of another site", host))
