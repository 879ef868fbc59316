"""Whole table pages: every number that is sure is found, and none that is not printed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kb.describe import extract_indicators
from kb.model import Description, Found, IndicatorValue, Page, SourceDocument, Table

PAGES: list[dict[str, Any]] = [
    page
    for name in ("indicator_pages.toml", "indicator_forms.toml")
    for page in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["page"]
]


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def read(page: dict[str, Any]) -> list[IndicatorValue]:
    rows = rows_of(page["rows"])
    tables = [Table(1, rows, page["header_rows"], page.get("caption"))]
    if "next_rows" in page:
        more = rows_of(page["next_rows"])
        more = tuple((*row, *[""] * (len(rows[0]) - len(row))) for row in more)
        tables.append(Table(2, more, page.get("next_header_rows", 1), None))
    lines = [page.get("heading", ""), *(" | ".join(c for c in row if c) for row in rows)]
    scanned = page.get("scanned")
    first = Page(1, "\n".join(lines), method="ocr" if scanned else "text", ocr_confidence=scanned)
    source = SourceDocument("a.pdf", "pdf", None, (first, Page(2, "")), tables=tuple(tables))
    told = Description(
        Found("x", "test"),
        years=Found(tuple(page["years"]), "test"),
        doc_type=Found(page["doc_type"], "test"),
        institution=Found(page["agency"], "test"),
        region=Found(page["region"], "test"),
    )
    return extract_indicators(source, told)


Row = tuple[str, str, int, str]


def expected(page: dict[str, Any]) -> list[Row]:
    lines = [line.split("; ") for line in page["values"].strip().split("\n") if line]
    return [(n, k, int(y), v if v.startswith("text ") else repr(float(v))) for n, k, y, v in lines]


def found(page: dict[str, Any]) -> list[Row]:
    return [
        (
            v.indicator,
            f"{v.kind} TW {v.quarter}" if v.quarter else v.kind,
            v.year,
            f"text {v.value_text}" if v.value is None else repr(v.value),
        )
        for v in read(page)
    ]


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
def test_every_sure_number_and_no_other(page: dict[str, Any]) -> None:
    assert sorted(found(page)) == sorted(expected(page))
