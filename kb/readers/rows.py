"""Reads CSV, JSON and JSONL files whose rows are articles: one document for each row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import Page, SourceDocument, Table
from kb.readers.html import from_markup
from kb.readers.options import ReadOptions
from kb.readers.raster import MAX_ROWS, Block, blocks
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

_TAG = re.compile(r"<(?:p|div|br|span|h[1-6]|ul|ol|table|strong|em|a|b|i)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")
_HIDDEN_TAG = re.compile(r"&lt;/?(?:p|div|br|span|strong|a|ul|li|h[1-6])\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"sep=(.)[\r\n]*\Z", re.IGNORECASE)
ROWS_A_PAGE = 100
HEADER_WITHIN = 15
"""Rows among which the header of a table of articles is looked for."""
SAMPLE = 2_000
"""Rows by which the order of day and month of a column is told."""
_FIGURES = re.compile(r"\D{0,12}(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)(?!\d)")


def read_csv(path: Path, options: ReadOptions) -> Iterator[SourceDocument]:
    """Articles of a CSV file (comma, semicolon, tab or bar, or what a line ``sep=`` says); a
    table without article columns is one document with its tables."""
    text = read_text(path).lstrip("\ufeff")
    first, _, rest = text.partition("\n")
    told = _SEPARATOR.match(first.strip("\"' "))
    delimiter = told.group(1) if told else ""
    if told:
        text = rest
    csv.field_size_limit(64 * 1024 * 1024)
    try:
        rows = _csv_rows(text, delimiter or _delimiter(text))
    except csv.Error as error:
        raise ReadError(f"damaged: the CSV file cannot be read ({error}); save it anew.") from None
    if not any(map(any, rows)):
        raise ReadError("empty: the CSV file has no rows; fetch it again.")
    at = _header_at(rows)
    if at is None:
        yield _table_document(path, rows if delimiter == ";" else _whole_numbers(rows))
        return
    header = [_column(name) for name in rows[at]]
    below = (dict(zip(header, row, strict=False)) for row in rows[at + 1 :] if any(row))
    yield from _articles(path, below, options)


def _csv_rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(text: str) -> str:
    """The sign that parts most rows into the same number of cells."""
    head = text[:20_000]
    sample = head if len(text) <= 20_000 else head[: head.rfind("\n") + 1] or head
    best, chosen = (0.0, 0), ","
    for delimiter in ",;\t|":
        try:
            widths = [len(row) for row in _csv_rows(sample, delimiter)[:100] if any(row)]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = (round(wide.count(usual) / len(widths), 1), usual)
        if score > best:
            best, chosen = score, delimiter
    return chosen


def _whole_numbers(rows: list[list[str]]) -> list[list[str]]:
    """Rows longer than the others because decimal commas part cells as well ("64,5"): joined
    again where there are as many such pairs as there are cells too many."""
    width = max((len(row) for row in rows[:HEADER_WITHIN] if not any(map(_figure, row))), default=0)
    fixed = []
    for row in rows:
        pairs = [i for i in range(len(row) - 1) if _figure(row[i]) and row[i + 1].isdigit()]
        if width > 1 and 0 < len(row) - width == len(pairs):
            for at in reversed(pairs):
                row = [*row[:at], f"{row[at]},{row[at + 1]}", *row[at + 2 :]]
        fixed.append(row)
    return fixed


def _figure(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d{1,3}", cell.strip()))


def _column(name: object) -> str:
    """A column's name in the form of ``COLUMNS``: "Isi Berita" is ``isi_berita``."""
    return re.sub(r"[\s_-]+", "_", str(name).strip().strip("\ufeff").lower()).strip("_")


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The row that names article columns; ``None`` where the first rows hold none."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        names = [_column(cell) for cell in row if cell]
        if len(names) > 1 and _has_articles(dict.fromkeys(names, "")):
            return number
        if len(names) == 1 and number == 0 and _has_articles({names[0]: ""}):
            return number
    return None


def read_json(path: Path, options: ReadOptions) -> Iterator[SourceDocument]:
    """Articles of a JSON file: a list of objects, an object that holds one at any depth (the
    answers of WordPress and other systems), or one object."""
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"damaged: the JSON cannot be read ({error}); save it anew.") from None
    rows = _longest_list(data, 6) or (data if isinstance(data, list) else [data])
    yield from _articles(path, (row for row in rows if isinstance(row, dict)), options)


def _longest_list(data: Any, depth: int) -> list[Any]:
    """The longest list of articles in the data; empty where there is none."""
    if depth == 0:
        return []
    if isinstance(data, list):
        if any(isinstance(row, dict) and _has_articles(_level(row)) for row in data[:50]):
            return data
        inner: Iterable[Any] = data[:200]
    elif isinstance(data, dict):
        if _has_articles(_level(data)):
            return [data]
        inner = data.values()
    else:
        return []
    return max((_longest_list(one, depth - 1) for one in inner), key=len, default=[])


def _level(row: Mapping[str, Any]) -> dict[str, Any]:
    """One object with its names in one form; what systems wrap (``attributes``, ``fields``,
    ``{"rendered": ...}``) is taken out."""
    flat: dict[str, Any] = {}
    for name in ("attributes", "fields", "_source", "node"):
        inner = row.get(name)
        if isinstance(inner, dict):
            flat |= {_column(key): value for key, value in inner.items()}
    for key, value in row.items():
        if isinstance(value, dict):
            told = next((value[k] for k in ("rendered", "raw", "value", "$t") if k in value), None)
            if told is None:
                continue
            value = told
        flat[_column(key)] = value
    return flat


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
    names = {_column(name) for name in row}
    return bool(names & {*COLUMNS["text"], *COLUMNS["html"]})


def _articles(
    path: Path, rows: Iterator[dict[str, Any]], options: ReadOptions
) -> Iterator[SourceDocument]:
    seen: set[str] = set()
    count = 0
    head = [_level(row) for row in islice(rows, SAMPLE)]
    month_first = _month_first(_value(row, "date") for row in head)
    for number, row in enumerate(chain(head, map(_level, rows)), start=1):
        document = _article(path, row, number, options, month_first)
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


def _month_first(dates: Iterable[str]) -> bool:
    """True where the figures of a column can only be month, day, year. Rows of one file have
    one order: what tells it in one row holds for "03/04/2024" in the next."""
    found = [match for match in map(_FIGURES.match, dates) if match]
    return any(int(m[2]) > 12 for m in found) and not any(int(m[1]) > 12 for m in found)


def _date(text: str, month_first: bool) -> str:
    """The date as the row writes it; in ISO where its figures mean something else than a
    reader of Indonesian dates would take them for."""
    if re.fullmatch(r"[2-5]\d{4}(?:[.,]\d+)?", text):  # days since 1899-12-30, as Excel counts
        days = int(text[:5])
        return (date(1899, 12, 30) + timedelta(days=days)).isoformat()
    match = _FIGURES.match(text) if month_first else None
    if match is None:
        return text
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    return f"{year}-{int(match[1]):02d}-{int(match[2]):02d}"


def _value(row: Mapping[str, Any], meaning: str) -> str:
    for name in COLUMNS[meaning]:
        value = row.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = str(value).strip()
            if text:
                return text
    return ""


def _plain(text: str) -> str:
    """A short text without tags and entities (``Judul &amp; &#8220;Isi&#8221;``)."""
    if "&" in text:
        text = unescape(text)
        text = unescape(text) if _ENTITY.search(text) else text  # dumps of dumps
    return " ".join(_TAG.sub("", re.sub(r"</\w+>", "", text)).split()) if "<" in text else text


def _article(
    path: Path, row: Mapping[str, Any], number: int, options: ReadOptions, month_first: bool
) -> SourceDocument | None:
    part = _value(row, "id") or str(number)
    markup = _value(row, "html")
    text = _value(row, "text")
    if text and not markup:
        if _HIDDEN_TAG.search(text[:20_000]) and not _TAG.search(text[:20_000]):
            text = unescape(text)
        if _TAG.search(text[:20_000]):
            markup = text
    title = _plain(_value(row, "title"))
    try:
        if markup:
            document = from_markup(str(path), markup, options, part=part, title=title)
        elif text:
            told = unescape(text) if _ENTITY.search(text) else text
            plain = told.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
            document = from_text(str(path), plain.replace("\xa0", " "), options, part=part)
        else:
            return None
    except ReadError:
        return None
    views = re.sub(r"\D", "", _value(row, "views"))
    address = _value(row, "address")
    ending = path.suffix.lower().lstrip(".")
    kinds = {"csv": "csv", "tsv": "csv", "json": "json"}
    return replace(
        document,
        format=kinds.get(ending, "jsonl"),
        title=title or document.title,
        address=address if address.startswith("http") else document.address,
        published=_date(_value(row, "date"), month_first) or document.published,
        views=int(views) if views and len(views) < 12 else document.views,
    )


def _table_document(path: Path, rows: Sequence[Sequence[str]]) -> SourceDocument:
    """A file of figures: titles above the table, its rows with the names of their columns."""
    pages: list[Page] = []
    tables: list[Table] = []
    for block in blocks(rows):
        names = _names(block)
        lines = [*block.titles]
        head = block.rows[: block.header]
        caption = " ".join(block.titles)[:300] or None
        body = block.rows[block.header :]
        for start in range(0, max(1, len(body)), ROWS_A_PAGE):
            part = body[start : start + ROWS_A_PAGE]
            lines += [_row_line(names, row) for row in part] or ["; ".join(filter(None, names))]
            if start + ROWS_A_PAGE >= len(body):
                lines += block.notes
            number = len(pages) + 1
            pages.append(Page(number, "\n".join(filter(None, lines))))
            if head or part:
                rows_here = (*head, *part)
                tables.append(Table(number, rows_here, min(block.header, len(rows_here)), caption))
            lines = []
    warnings: tuple[str, ...] = ()
    if len(rows) > MAX_ROWS:
        warnings = (f"only the first {MAX_ROWS} of {len(rows)} rows were read",)
    return SourceDocument(
        str(path),
        "csv",
        next((t.caption for t in tables if t.caption), None) or path.stem.replace("_", " "),
        tuple(pages),
        tables=tuple(tables),
        warnings=warnings,
    )


def _names(block: Block) -> list[str]:
    """The name of each column, over all header rows: "Target 2024"."""
    names = [""] * (len(block.rows[0]) if block.rows else 0)
    for level in block.rows[: block.header]:
        above = ""
        for index, cell in enumerate(level):
            above = cell or (above if level is not block.rows[block.header - 1] else "")
            if above and above not in names[index]:
                names[index] = f"{names[index]} {above}".strip()
    return names


def _row_line(names: Sequence[str], row: Sequence[str]) -> str:
    return "; ".join(
        f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell
    )
