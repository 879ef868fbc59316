"""What a file is, decided by its content; the name only breaks ties."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

from kb.errors import ReadError

HEAD = 65_536
MAX_BYTES = 512 * 1024 * 1024
MAX_TEXT_BYTES = 64 * 1024 * 1024

SUFFIXES = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".php": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""File names a folder is searched for."""

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|meta\s|title[\s>]|div[\s>]|article[\s>]"
    rb"|h[1-3][\s>]|p[\s>]|table[\s>])",
    re.IGNORECASE,
)
_OTHERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def sniff(path: Path) -> str:
    """The format of the file: ``pdf``, ``html``, ``docx``, ``csv``, ``json``, ``jsonl``,
    ``markdown`` or ``text``.

    Raises ``ReadError`` where nothing here can read it.
    """
    size = path.stat().st_size
    if size == 0:
        raise ReadError("empty: the file has no bytes; fetch it again.")
    if size > MAX_BYTES:
        raise ReadError(f"too much memory: the file is larger than {MAX_BYTES >> 20} MiB.")
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return _by_content(path, head, size)


def _by_content(path: Path, head: bytes, size: int) -> str:
    named = SUFFIXES.get(path.suffix.lower())
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00\x0c")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip(path)
    for mark, name in _OTHERS:
        if head.startswith(mark):
            raise ReadError(
                f"unsupported: this is {name}; save it as PDF, DOCX, HTML or text and add that."
            )
    if not start:
        raise ReadError("empty: the file holds only blanks; fetch it again.")
    if b"%PDF-" in head[:4096]:
        return "pdf"
    if start.startswith(b"<") and _HTML.search(head):
        return "html"
    text = decode(head)
    if _binary(text):
        if named == "pdf":
            raise ReadError(
                "not a PDF: the file has no PDF header and is not text; fetch it again."
            )
        raise ReadError("unsupported: this is not a kind of file that can be read here.")
    if size > MAX_TEXT_BYTES:
        raise ReadError(f"too much memory: text larger than {MAX_TEXT_BYTES >> 20} MiB; split it.")
    if named == "html" or (_HTML.search(head) and re.search(rb"</(?:html|body|div)>", head, re.I)):
        return "html"
    structured = _json(text, named)
    if structured:
        return structured
    if named in {"csv", "markdown"}:
        return named
    if named == "pdf" and not text.strip():
        raise ReadError("not a PDF: the file has no PDF header; fetch it again.")
    return "text"


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ReadError("damaged: the file is a broken archive; fetch it again.") from None
    if "word/document.xml" in names:
        return "docx"
    kind = "an Excel workbook" if "xl/workbook.xml" in names else "an archive"
    raise ReadError(f"unsupported: this is {kind}; save it as CSV, PDF or DOCX and add that.")


def _json(text: str, named: str | None) -> str | None:
    start = text.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return None
    first = start.split("\n", 1)[0].strip()
    if first.startswith("{") and len(first) < HEAD - 8:
        try:
            json.loads(first)
        except ValueError:
            pass
        else:
            rest = start[len(first) :].lstrip()
            return "jsonl" if rest or named == "jsonl" else "json"
    if named in {"json", "jsonl"}:
        return named
    return "json" if re.match(r'[\[{]\s*["{\[]', start) else None


def _binary(text: str) -> bool:
    sample = text[:4096]
    strange = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v\x1b")
    strange += sample.count("\ufffd")
    return strange > 0.02 * len(sample) + 1


def decode(data: bytes) -> str:
    """Text of ``data``: by byte order mark, UTF-8, else Windows-1252 as Indonesian desks use."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8")
    if data[:512].count(b"\x00") > len(data[:512]) // 4:
        little = data[1:512:2].count(0) >= data[0:512:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    return data.decode("cp1252", errors="replace")


def read_text(path: Path) -> str:
    """The whole file as text with ``\\n`` line ends and no NUL."""
    text = decode(path.read_bytes())
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def open_zip_safely(data: bytes, limit_mb: int = 256) -> None:
    """Raises ``ReadError`` if the archive would unpack to more than ``limit_mb``."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise ReadError("damaged: the file is a broken archive; fetch it again.") from None
    if total > limit_mb << 20:
        raise ReadError("too much memory: the file unpacks to far more than its size.")
