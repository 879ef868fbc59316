"""Small office files made on the fly, with invented content."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this body; ``parts`` are the insides of ``footnotes``, ``header``,
    ``numbering`` and ``styles``."""
    names = {"header": "hdr"}
    relations = ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Type="{_KIND}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>"
        )
        for name, inside in parts.items():
            root = names.get(name, name)
            relations += f'<Relationship Id="{name}" Type="{_KIND}/{name}" Target="{name}.xml"/>'
            archive.writestr(f"word/{name}.xml", f"<w:{root} {W}>{inside}</w:{root}>")
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>"
        )
    return path


def opendocument(path: Path, kind: str, body: str, styles: str = "") -> Path:
    """An OpenDocument file with this body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw", "presentation")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
        )
    return path


def binary_book(path: Path, name: str, rows: list[list[str | float]]) -> Path:
    """A binary workbook (XLSB, MS-XLSB) of one sheet, its strings in the cells."""

    def record(kind: int, data: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = b"", len(data)
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
            length >>= 7
            if not length:
                return number + size + data

    def wide(text: str) -> bytes:
        return struct.pack("<L", len(text)) + text.encode("utf-16-le")

    cells = b""
    for row, line in enumerate(rows):
        cells += record(0, struct.pack("<LLHBBBL", row, 0, 300, 0, 0, 0, 0))  # BrtRowHdr
        for column, value in enumerate(line):
            place = struct.pack("<LL", column, 0)
            if isinstance(value, str):
                cells += record(6, place + wide(value))  # BrtCellSt
            else:
                cells += record(5, place + struct.pack("<d", value))  # BrtCellReal
    size = struct.pack("<LLLL", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = record(129) + record(148, size) + record(145) + cells + record(146) + record(130)
    listed = struct.pack("<LL", 0, 1) + wide("r1") + wide(name)
    book = record(131) + record(143) + record(156, listed) + record(144) + record(132)
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = (
        '<Relationships xmlns="{}"><Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels", relation.format(kind, f"{_KIND}/officeDocument", "xl/workbook.bin")
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            relation.format(kind, f"{_KIND}/worksheet", "worksheets/sheet1.bin"),
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path
