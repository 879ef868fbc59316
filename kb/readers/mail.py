"""Reads messages (EML, MSG) and web pages saved as one file (MHT): the message, its files."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument
from kb.readers.options import ReadOptions
from kb.readers.sniff import decode
from kb.readers.text import split_pages

MAX_BYTES = 200 * 1024 * 1024
MAX_FILES = 500
_ENDINGS = {"application/pdf": ".pdf", "message/rfc822": ".eml", "text/html": ".html",
            "text/plain": ".txt", "image/jpeg": ".jpg", "image/png": ".png"}  # fmt: skip
_SAVED = re.compile(r"saved by|\bmhtml\b", re.IGNORECASE)


@dataclass(slots=True)
class Letter:
    """A message as its reader sees it."""

    subject: str = ""
    heads: list[tuple[str, str]] = field(default_factory=list)
    """Lines above the text: (``Dari``, ...), (``Kepada``, ...)."""
    sent: str | None = None
    text: str = ""
    html: bytes = b""
    page: bool = False
    """A web page saved as one file, not a message."""
    address: str | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)


def open_letter(path: Path, kind: str) -> Letter:
    """The message with its files. Raises ``ReadError`` where it is damaged."""
    if path.stat().st_size > MAX_BYTES:
        raise ReadError(f"too much memory: the message is larger than {MAX_BYTES >> 20} MiB.")
    return _msg(path) if kind == "msg" else _eml(path.read_bytes())


def read_letter(path: Path, letter: Letter, options: ReadOptions) -> SourceDocument | None:
    """The message itself as a document; ``None`` where it has no words of its own."""
    from kb.readers.html import read_html

    if letter.page and letter.html:
        found = read_html(str(path), letter.html, options=options)
        return replace(found, address=found.address or letter.address)
    text = letter.text.strip()
    if not text and letter.html:
        text = _plain(letter.html)
    heads = [f"{name}: {told}" for name, told in letter.heads if told]
    whole = "\n\n".join(filter(None, ["\n".join(heads), text]))
    if not text and not letter.subject:
        return None
    sender = next((told for name, told in letter.heads if name == "Dari"), "")
    pages = split_pages(whole, options)
    return SourceDocument(
        path=str(path),
        format="msg" if path.suffix.lower() == ".msg" else "eml",
        title=letter.subject or None,
        pages=tuple(Page(number, page) for number, page in enumerate(pages, start=1)),
        metadata={"author": sender} if sender else {},
        published=letter.sent,
    )


def _plain(markup: bytes) -> str:
    """The words of an HTML message, block by block."""
    from kb.readers.blocks import flatten, parse_html

    with suppress(ReadError):
        return "\n\n".join(block.text for block in flatten(parse_html(markup)))
    return ""


def _eml(data: bytes) -> Letter:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except Exception:  # the parser is lenient, but not with everything
        raise ReadError("damaged: the message cannot be read; save it anew.") from None
    letter = Letter(subject=_header(message, "Subject"))
    for name, header in (("Dari", "From"), ("Kepada", "To"), ("Tembusan", "Cc")):
        letter.heads.append((name, _header(message, header)))
    date = _header(message, "Date")
    letter.heads += [("Tanggal", date), ("Perihal", letter.subject)]
    with suppress(ValueError, TypeError, IndexError):
        letter.sent = email.utils.parsedate_to_datetime(date).isoformat()
    place = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    kind = _type(message)
    letter.page = bool(_SAVED.search(_header(message, "From") + _header(message, "X-MimeOLE"))) or (
        kind == "multipart/related" and not message.get("To")
    )
    if place.startswith("http"):
        letter.address = place
    _parts(message, letter, 0)
    return letter


def _type(part: Any) -> str:
    with suppress(Exception):
        return str(part.get_content_type())
    return "application/octet-stream"


def _header(message: Any, name: str) -> str:
    with suppress(Exception):  # headers that break the rules of their kind
        return " ".join(str(message.get(name) or "").split())
    return ""


def _parts(part: Any, letter: Letter, depth: int) -> None:
    kind = _type(part)
    if part.is_multipart() and kind != "message/rfc822" and depth < 20:
        for one in part.iter_parts() if hasattr(part, "iter_parts") else part.get_payload():
            _parts(one, letter, depth + 1)
        return
    name = ""
    with suppress(Exception):
        name = " ".join((part.get_filename() or "").split())
    attached = "attachment" in _header(part, "Content-Disposition").lower() or bool(name)
    if kind == "message/rfc822":
        inner = part.get_payload()
        if isinstance(inner, list) and inner:
            title = _header(inner[0], "Subject") or "pesan"
            letter.files.append((name or f"{title[:80]}.eml", inner[0].as_bytes()))
        return
    content = _content(part)
    if not attached and kind == "text/plain" and not letter.text:
        letter.text = _decoded(part, content)
    elif not attached and kind == "text/html" and not letter.html:
        letter.html = _decoded(part, content).encode("utf-8", "replace")
    elif letter.page or (kind.startswith("image/") and part.get("Content-ID")):
        return  # pictures and styles of the page, logos of the signature
    elif len(letter.files) < MAX_FILES and (attached or kind not in {"text/plain", "text/html"}):
        named = name or f"lampiran-{len(letter.files) + 1}{_ENDINGS.get(kind, '.bin')}"
        if kind.startswith("multipart/") or not content:
            return
        letter.files.append((named, content))


def _content(part: Any) -> bytes:
    with suppress(Exception):
        found = part.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""
    return b""


def _decoded(part: Any, content: bytes) -> str:
    charset = None
    with suppress(Exception):
        charset = part.get_content_charset()
    if charset and charset.lower() not in {"us-ascii", "unknown-8bit"}:
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(charset).replace("\r\n", "\n").replace("\x00", "")
    return decode(content).replace("\r\n", "\n").replace("\x00", "")


def _msg(path: Path) -> Letter:
    import oxmsg

    try:
        message = oxmsg.Message.load(str(path))
    except Exception:  # the library raises many kinds of errors on broken files
        raise ReadError("damaged: the Outlook message cannot be read; save it anew.") from None

    def told(name: str) -> Any:
        with suppress(Exception):
            return getattr(message, name)
        return None

    letter = Letter(subject=" ".join(str(told("subject") or "").split()))
    people = [
        str(getattr(one, "name", "") or getattr(one, "email_address", ""))
        for one in told("recipients") or ()
    ]
    sent = told("sent_date")
    letter.sent = sent.isoformat() if sent is not None else None
    letter.heads = [
        ("Dari", str(told("sender") or "")),
        ("Kepada", ", ".join(people)),
        ("Tanggal", sent.date().isoformat() if sent is not None else ""),
        ("Perihal", letter.subject),
    ]
    letter.text = str(told("body") or "").replace("\r\n", "\n").replace("\x00", "")
    letter.html = str(told("html_body") or "").encode("utf-8", "replace")
    letter.files += list(_attached(told("attachments")))
    return letter


def _attached(files: Any) -> Iterator[tuple[str, bytes]]:
    for number, one in enumerate(list(files or ())[:MAX_FILES], start=1):
        name, content = "", None
        with suppress(Exception):
            name = str(one.file_name or "")
        with suppress(Exception):
            content = one.file_bytes
        if isinstance(content, bytes) and content:
            yield name or f"lampiran-{number}.bin", content
