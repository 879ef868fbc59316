"""Originals as a WARC file (ISO 28500), which archives and replay tools read."""

from __future__ import annotations

import io
from http import HTTPStatus
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kb import __version__
from kb.catalog.reading import sources as reads
from kb.catalog.reading.sources import OriginalRow
from kb.config import Settings
from kb.errors import NotFound, ReadError
from kb.sources.ledger import Ledger

_NOTES = ("address", "hops", "content-encoding", "content-length")
"""What stands with an original and is no header of the answer as it is kept (unpacked)."""


class _Writer(WARCWriter):  # type: ignore[misc]
    """warcio's writer, with buffers that need not be closed: an original fits into memory."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


def write(settings: Settings, to: Path, document: int | None = None) -> int:
    """Write all originals (or those of one document) to ``to``; how many records.

    Raises ``NotFound`` for a document that was not fetched, ``ReadError`` where the file
    cannot be written.
    """
    rows = _rows(settings, document)
    partial = to.with_name(f"{to.name}.part")
    written = 0
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            writer = _Writer(stream, gzip=to.suffix == ".gz")
            info = {"software": f"kb-pemprov/{__version__}", "format": "WARC File Format 1.0"}
            writer.write_record(writer.create_warcinfo_record(to.name, info))
            for row in rows:
                path = settings.originals_path / row.path
                if path.is_file():
                    writer.write_record(_record(writer, row, path.read_bytes()))
                    written += 1
        partial.replace(to)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ReadError(
            f"{to} cannot be written ({error.strerror or error}); name another file."
        ) from None
    return written


def _rows(settings: Settings, document: int | None) -> list[OriginalRow]:
    with Ledger(settings).read() as connection:
        if document is None:
            return reads.originals_of(connection)
        key = reads.document_key(connection, document)
        if key is None:
            raise NotFound(f"There is no document {document}; look it up with 'kb search'.")
        found = reads.originals_of(connection, key)
    if not found:
        raise NotFound(f"Document {document} was not fetched from an address; it has no original.")
    return found


def _record(writer: Any, row: OriginalRow, body: bytes) -> Any:
    told = row.headers
    headers = [(name, str(value)) for name, value in told.items() if name not in _NOTES]
    headers.append(("content-length", str(len(body))))
    phrase = HTTPStatus(row.status).phrase
    return writer.create_warc_record(
        str(told.get("address") or row.address),
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(f"{row.status} {phrase}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": row.at.replace("+00:00", "Z")},
    )
