"""Reads CSV, JSON and JSONL files whose rows are articles: one document for each row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument, Table
from kb.readers.html import read_html
from kb.readers.options import ReadOptions
from kb.readers.sniff import read_text
from kb.readers.text import from_text

COLUMNS = {
    "title": ("title", "judul", "headline", "judul_berita", "nama"),
    "text": (
        "text",
        "teks",
        "body",
        "isi",
        "isi_berita",
        "content",
        "konten",
        "article",
        "artikel",
        "article_text",
        "full_text",
        "description",
        "deskripsi",
        "berita",
    ),
    "html": ("html", "content_html", "body_html", "raw_html"),
    "date": (
        "date",
        "tanggal",
        "published",
        "published_at",
        "publish_date",
        "date_published",
        "datepublished",
        "tgl",
        "tanggal_terbit",
        "pubdate",
        "created_at",
        "waktu",
        "time",
    ),
    "address": ("url", "link", "address", "alamat", "tautan", "permalink", "source_url", "href"),
    "views": ("views", "dilihat", "dibaca", "hits", "view_count", "view"),
    "id": ("id", "no", "nomor", "article_id", "slug"),
}
"""Column names of articles by meaning, first choice first."""

_TAG = re.compile(r"<(?:p|div|br|span|h[1-6]|ul|ol|table|strong|em|a)\b[^>]*>", re.IGNORECASE)
MAX_TABLE_ROWS = 5000


def read_csv(path: Path, options: ReadOptions) -> Iterator[SourceDocument]:
    """Articles of a CSV file (comma, semicolon, tab or bar); a table without article
    columns is one document with that table."""
    text = read_text(path)
    csv.field_size_limit(64 * 1024 * 1024)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
        dialect.doublequote = True
    except csv.Error:
        dialect = csv.excel
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), dialect) if any(row)]
    except csv.Error as error:
        raise ReadError(f"damaged: the CSV file cannot be read ({error}); save it anew.") from None
    if not rows:
        raise ReadError("empty: the CSV file has no rows; fetch it again.")
    header = [name.strip().lower() for name in rows[0]]
    if not _has_articles(dict.fromkeys(header, "")):
        yield _table_document(path, rows)
        return
    yield from _articles(path, (dict(zip(header, row, strict=False)) for row in rows[1:]), options)


def read_json(path: Path, options: ReadOptions) -> Iterator[SourceDocument]:
    """Articles of a JSON file: a list of objects, an object that holds one, or one object."""
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"damaged: the JSON cannot be read ({error}); save it anew.") from None
    rows = data if isinstance(data, list) else [data]
    if isinstance(data, dict) and not _has_articles(data):
        lists = [v for v in data.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        rows = max(lists, key=len, default=[data])
    yield from _articles(path, (row for row in rows if isinstance(row, dict)), options)


def read_jsonl(path: Path, options: ReadOptions) -> Iterator[SourceDocument]:
    """Articles of a JSON Lines file; a line that is not JSON is named in the warnings."""
    bad: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                bad.append(number)
                continue
            if isinstance(row, dict):
                yield row
            else:
                bad.append(number)

    last: SourceDocument | None = None
    for document in _articles(path, rows(), options):
        if last is not None:
            yield last
        last = document
    if last is not None:
        if bad:
            lines = ", ".join(map(str, bad[:10])) + (", ..." if len(bad) > 10 else "")
            note = f"{len(bad)} lines are not JSON and were left out: {lines}"
            last = replace(last, warnings=(*last.warnings, note))
        yield last


def _has_articles(row: Mapping[str, Any]) -> bool:
    names = {str(name).strip().lower() for name in row}
    return bool(names & {*COLUMNS["text"], *COLUMNS["html"]})


def _articles(
    path: Path, rows: Iterator[dict[str, Any]], options: ReadOptions
) -> Iterator[SourceDocument]:
    seen: set[str] = set()
    count = 0
    for number, raw in enumerate(rows, start=1):
        row = {str(key).strip().lower(): value for key, value in raw.items()}
        document = _article(path, row, number, options)
        if document is None:
            continue
        if document.part in seen:
            document = replace(document, part=f"{document.part}#{number}")
        seen.add(document.part or "")
        count += 1
        yield document
    if not count:
        names = ", ".join(COLUMNS["text"][:5])
        raise ReadError(
            f"unsupported: no row has an article text; name its column {names} or html."
        )


def _value(row: Mapping[str, Any], meaning: str) -> str:
    for name in COLUMNS[meaning]:
        value = row.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = str(value).strip()
            if text:
                return text
    return ""


def _article(
    path: Path, row: Mapping[str, Any], number: int, options: ReadOptions
) -> SourceDocument | None:
    part = _value(row, "id") or str(number)
    markup = _value(row, "html")
    text = _value(row, "text")
    if not markup and len(_TAG.findall(text[:20_000])) >= 2:
        markup = text
    try:
        if markup:
            document = read_html(str(path), _as_page(markup, _value(row, "title")), part=part)
        elif text:
            document = from_text(
                str(path), text.replace("\r\n", "\n").replace("\x00", ""), options, part=part
            )
        else:
            return None
    except ReadError:
        return None
    views = re.sub(r"\D", "", _value(row, "views"))
    address = _value(row, "address")
    title = _value(row, "title") or document.title
    return replace(
        document,
        format=path.suffix.lower().lstrip(".")
        if path.suffix.lower() in {".csv", ".json"}
        else ("csv" if path.suffix.lower() == ".tsv" else "jsonl"),
        title=title,
        address=address if address.startswith("http") else document.address,
        published=_value(row, "date") or document.published,
        views=int(views) if views and len(views) < 12 else document.views,
    )


def _as_page(markup: str, title: str) -> bytes:
    if re.search(r"<html[\s>]|<body[\s>]", markup[:2000], re.IGNORECASE):
        return markup.encode("utf-8", "replace")
    safe = title.replace("&", "&amp;").replace("<", "&lt;")
    page = (
        f"<html><head><title>{safe}</title></head><body><article>{markup}</article></body></html>"
    )
    return page.encode("utf-8", "replace")


def _table_document(path: Path, rows: list[list[str]]) -> SourceDocument:
    cells = [tuple(" ".join(cell.split()) for cell in row) for row in rows[: MAX_TABLE_ROWS + 1]]
    header = cells[0]
    lines = [
        "; ".join(
            f"{name}: {cell}" if name else cell
            for name, cell in zip(header, row, strict=False)
            if cell
        )
        for row in cells[1:]
    ]
    pages: list[Page] = []
    for start in range(0, max(1, len(lines)), 100):
        pages.append(
            Page(len(pages) + 1, "\n".join(lines[start : start + 100]) or "; ".join(header))
        )
    tables = tuple(
        Table(page.number, (header, *cells[1 + 100 * i : 101 + 100 * i]))
        for i, page in enumerate(pages)
    )
    warnings: tuple[str, ...] = ()
    if len(rows) > MAX_TABLE_ROWS + 1:
        warnings = (f"only the first {MAX_TABLE_ROWS} of {len(rows) - 1} rows were read",)
    return SourceDocument(
        str(path),
        "csv",
        path.stem.replace("_", " "),
        tuple(pages),
        tables=tables,
        warnings=warnings,
    )
