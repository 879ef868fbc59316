"""Reads messages (EML, MSG) and web pages saved as one file (MHT): the message, its files."""

from __future__ import annotations

import email
import email.message
import email.policy
import email.utils
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath
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
_DIRECTORY = re.compile(r'"?(.*?)"?\s*</O=[^>]*>', re.IGNORECASE)
"""A sender within the own office, whose address is a path in its directory."""
_RICH_TEXT = "__substg1.0_10090102"
_MESSAGE_INSIDE = "__substg1.0_3701000D"
_DEEPEST = 3
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
    missing: list[tuple[str, str]] = field(default_factory=list)
    """Files that came with it and are not in it, with the reasons."""
    warnings: list[str] = field(default_factory=list)


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
    if not text and not letter.subject and not letter.warnings:
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
        warnings=tuple(letter.warnings),
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
    return _outlook(message, 0)


def _outlook(message: Any, depth: int) -> Letter:
    """A message of Outlook; ``depth`` counts the messages that it is attached to."""
    letter = Letter()

    def told(name: str, what: str) -> Any:
        try:
            return getattr(message, name)
        except Exception:  # of a damaged property; the others are read
            letter.warnings.append(f"{what} of the message cannot be read")
            return None

    letter.subject = " ".join(str(told("subject", "the subject") or "").split())
    people = [
        str(getattr(one, "name", "") or getattr(one, "email_address", ""))
        for one in told("recipients", "the recipients") or ()
    ]
    sent = told("sent_date", "the date")
    letter.sent = sent.isoformat() if sent is not None else None
    letter.heads = [
        ("Dari", _DIRECTORY.sub(r"\1", str(told("sender", "the sender") or ""))),
        ("Kepada", ", ".join(filter(None, people))),
        ("Tanggal", sent.date().isoformat() if sent is not None else ""),
        ("Perihal", letter.subject),
    ]
    letter.text = str(told("body", "the text") or "").replace("\r\n", "\n").replace("\x00", "")
    letter.html = str(told("html_body", "the text") or "").encode("utf-8", "replace")
    if not letter.text.strip() and not letter.html and _has(message, _RICH_TEXT):
        letter.warnings.append("the text of the message is there as rich text only: save it as EML")
    for number, one in enumerate(told("attachments", "the list of files") or (), start=1):
        if number > MAX_FILES:
            letter.missing.append(("...", f"unsupported: more than {MAX_FILES} files in it."))
            break
        _attached(one, number, letter, depth)
    return letter


def _has(thing: Any, name: str) -> bool:
    return any(stream.name == name for stream in thing._storage.streams)


def _attached(one: Any, number: int, letter: Letter, depth: int) -> None:
    """A file that came with the message, or the reason why it is not there."""
    name, content = "", None
    with suppress(Exception):
        name = str(one.file_name or "")
    with suppress(Exception):
        content = one.file_bytes
    inner = next((s for s in one._storage.storages if s.name == _MESSAGE_INSIDE), None)
    if isinstance(content, bytes) and content:
        letter.files.append((name or f"lampiran-{number}.bin", content))
    elif inner is not None and depth < _DEEPEST:
        found = _outlook(_message_inside(inner), depth + 1)
        title = found.subject or PurePath(name).stem or "pesan"
        letter.files.append((f"{title[:80]}.eml", _as_eml(found)))
    else:
        reason = "unsupported: only a link to it is in the message; add the file itself."
        if inner is not None:
            reason = "unsupported: too many messages within messages; save it as a file."
        letter.missing.append((name or f"lampiran-{number}", reason))


def _message_inside(storage: Any) -> Any:
    """A message that is attached to another. Its properties begin eight bytes earlier than
    those of a message of its own (MS-OXMSG 2.4.1), which alone the library knows."""
    import oxmsg
    from oxmsg.storage import Storage, Stream

    streams = tuple(
        Stream(stream.path, stream.bytes_[:24] + bytes(8) + stream.bytes_[24:])
        if stream.name == "__properties_version1.0"
        else stream
        for stream in storage.streams
    )
    return oxmsg.Message(Storage(storage.path, streams, storage.storages))


def _as_eml(letter: Letter) -> bytes:
    """The message in the form that messages attached to others are read in."""
    message = email.message.EmailMessage()
    names = {"Dari": "From", "Kepada": "To"}
    for name, value in [*letter.heads, ("Subject", letter.subject), ("Date", letter.sent or "")]:
        header = names.get(name, name)
        if value and header in {"From", "To", "Subject", "Date"}:
            with suppress(Exception):  # an address that breaks the rules of its kind
                message[header] = (
                    email.utils.format_datetime(datetime.fromisoformat(value))
                    if header == "Date"
                    else " ".join(value.split())
                )
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html.decode("utf-8", "replace"), subtype="html")
    for name, content in letter.files:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()
