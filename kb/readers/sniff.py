"""What a file is, decided by its content; the name only breaks ties."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

from kb.errors import ReadError
from kb.readers.formats import PLAIN, ending, kind_of_name

HEAD = 65_536
MAX_BYTES = 512 * 1024 * 1024
MAX_TEXT_BYTES = 64 * 1024 * 1024

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|meta\s|title[\s>]|div[\s>]|article[\s>]"
    rb"|h[1-3][\s>]|p[\s>]|table[\s>])",
    re.IGNORECASE,
)
_MARKS = (
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27", "archive"),
    (b"{\\rtf", "rtf"),
)
_OTHERS = (
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound recording"),
    (b"SQLite format 3", "a database"),
    (b"!BDN", "an Outlook mailbox"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "sheet"),
    ("Book", "sheet"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
"""Streams of an OLE file that tell what it is."""
_PARTS = (
    ("word/", "docx"),
    ("xl/", "sheet"),
    ("ppt/", "slides"),
)
_OPENDOCUMENT = {"text": "odt", "spreadsheet": "sheet", "presentation": "odp"}
_FIELDS = re.compile(
    rb"(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|content-type"
    rb"|delivered-to|x-[\w-]+|dkim-signature|authentication-results|reply-to|sender|thread-[\w-]+"
    rb"|user-agent|references|in-reply-to|snapshot-content-location|arc-[\w-]+):",
    re.IGNORECASE,
)
_LOCKED = (
    "password needed: this Office file is locked; open it, save it without a password and add that."
)


def sniff(path: Path) -> str:
    """The kind of reader the file needs, as ``formats.toml`` names them.

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
    named = kind_of_name(path.name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00\x0c")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path)
    if head.startswith(_OLE):
        return _ole(path)
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if named in _BY_NAME and _fits(named, head):
        return named
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
    if _mail(start, named):
        return "mail"
    text = decode(head)
    if _binary(text) or named in _NEVER_TEXT:
        if named == "pdf":
            raise ReadError(
                "not a PDF: the file has no PDF header and is not text; fetch it again."
            )
        if named is not None and named not in PLAIN:
            raise ReadError(
                f"damaged: it is not what its name says ({ending(path.name)}); fetch it again."
            )
        raise ReadError("unsupported: this is not a kind of file that can be read here.")
    if size > MAX_TEXT_BYTES:
        raise ReadError(f"too much memory: text larger than {MAX_TEXT_BYTES >> 20} MiB; split it.")
    if named == "html" or (_HTML.search(head) and re.search(rb"</(?:html|body|div)>", head, re.I)):
        return "html"
    structured = _json(text, named)
    if structured:
        return structured
    if named in {"csv", "sheet"}:  # "Export to Excel" that writes text under that name
        return "csv"
    if named == "markdown":
        return named
    if named == "pdf" and not text.strip():
        raise ReadError("not a PDF: the file has no PDF header; fetch it again.")
    return "text"


_NEVER_TEXT = frozenset(["archive", "msg", "odp", "picture", "slides", "zip"])
_BY_NAME = frozenset(["archive", "picture"])
"""Kinds with formats whose first bytes say little: the name and those together decide."""


def _fits(named: str | None, head: bytes) -> bool:
    if named == "archive":
        return head[257:262] == b"ustar" or head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ"))
    return head.startswith(b"BM") or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def _zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:200] if "mimetype" in names[:3] else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise ReadError("damaged: the file is a broken archive; fetch it again.") from None
    if "[Content_Types].xml" in names or "word/document.xml" in names:
        for part, found in _PARTS:
            if any(name.startswith(part) for name in names):
                return found
    office = kind.decode("ascii", "replace").strip().partition("opendocument.")[2]
    if office:
        found = _OPENDOCUMENT.get(office.removesuffix("-template"), "")
        if found:
            return found
        raise ReadError(f"unsupported: this is an OpenDocument {office}; save it as PDF.")
    if kind.startswith(b"application/epub"):
        raise ReadError("unsupported: this is an e-book; save it as PDF or HTML and add that.")
    return "zip"


def _ole(path: Path) -> str:
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {name[0] for name in ole.listdir(streams=True, storages=True)}
    except Exception:  # olefile raises many kinds of errors on broken files
        raise ReadError("damaged: the Office file is broken; fetch it again.") from None
    for stream, kind in _STREAMS:
        if stream in streams:
            if kind == "locked":
                raise ReadError(_LOCKED)
            return kind
    raise ReadError("unsupported: this is an old Office file of a kind that is not read here.")


def _mail(start: bytes, named: str | None) -> bool:
    """Header lines of a message: by name one is enough, else a few must be the first."""
    lines = start[:8192].split(b"\n")
    if named == "mail":
        return any(_FIELDS.match(line) for line in lines[:30])
    head = [line for line in lines[:12] if line.strip() and line[:1] not in b" \t"]
    known = sum(bool(_FIELDS.match(line)) for line in head[:6])
    return named is None and known >= 4


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


_TWICE = re.compile(
    "[\u00c2\u00c3\u00e2\u00c5]"
    "[\u0080-\u00bf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_LOST_QUOTE = re.compile("\u00e2\u20ac(?=[\\s<.,;:)]|$)")
"""A closing quotation mark encoded twice whose last byte, which is no letter, got lost."""


def mended(text: str) -> str:
    """The text with lines that were encoded twice (UTF-8 read as Windows-1252) put right."""
    if not _TWICE.search(text):
        return text
    import ftfy

    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _TWICE.search(line):
            lines[number] = ftfy.fix_encoding(_LOST_QUOTE.sub("\u00e2\u20ac\u009d", line))
    return "\n".join(lines)


def decode(data: bytes) -> str:
    """Text of ``data``: by byte order mark, UTF-8, else Windows-1252 as Indonesian desks use;
    what was encoded twice is mended."""
    return mended(_decode(data))


def _decode(data: bytes) -> str:
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
