"""A hostile corpus shows as text on every page: looked at in the browser's own DOM."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

Serve = Callable[[Path], AbstractContextManager[str]]
Settle = Callable[[Any], None]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = '<img src=x onerror="window.kbOwned=1"><script>window.kbOwned=1</script>'
MARKDOWN = "**tebal** [klik](javascript:window.kbOwned=1) :red[merah] $x^2$ `kode` ![g](http://127.0.0.1:9/g.png)"
FORMULA = '=HYPERLINK("http://127.0.0.1:9","klik")'
TURNED = "aman\u202egnp.exe\u2069"
WORD = "kerbaubesi"

ARTICLES = [
    {
        "url": "https://contoh.go.id/berita/1",
        "title": f"{FORMULA} {MARKUP} {WORD}",
        "date": "2024-01-04",
        "text": f"Kepala Dinas Kesehatan Kota Serang {MARKUP} Budi Contoh mengatakan, {WORD} "
        f"naik. “{MARKDOWN} {WORD} kami jaga,” kata Budi Contoh. {TURNED}",
    },
    {
        "url": "javascript:window.kbOwned=1",
        "title": f"# {MARKDOWN} {WORD}",
        "date": "2024-02-05",
        "text": f"Bupati Lebak Siti <b>Contoh</b> menegaskan bahwa {WORD} aman. "
        f"“{MARKUP} itu {WORD},” ujarnya. {MARKDOWN}",
    },
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[str]:
    from kb.config import Settings
    from kb.ingest import ingest

    folder = tmp_path_factory.mktemp("jahat")
    lines = "\n".join(json.dumps(a, ensure_ascii=False) for a in ARTICLES)
    source = folder / "artikel.jsonl"
    source.write_text(lines, encoding="utf-8")
    home = folder / "basis"
    report = ingest(Settings(home=home), [source])
    assert report.added == len(ARTICLES), report
    with serve(home) as address:
        yield address


def assert_only_text(page: Any) -> None:
    """No element, link or colour came out of the corpus, and no script ran."""
    assert page.evaluate("() => window.kbOwned") is None
    main = page.locator('[data-testid="stApp"]')
    assert main.locator('img[src="x"], img[src*="127.0.0.1:9"], a[href^="javascript"]').count() == 0
    assert main.locator("strong", has_text=re.compile("^tebal$")).count() == 0
    assert main.locator("code", has_text="kode").count() == 0
    assert main.locator(".katex").count() == 0
    assert main.locator(".stMarkdownColoredText", has_text="merah").count() == 0
    assert "\u202e" not in page.content()


@pytest.mark.parametrize(
    "path",
    [
        "",
        f"cari?q={WORD}",
        f"pernyataan?q={WORD}",
        "entitas",
        f"linimasa?q={WORD}",
        f"tren?q={WORD},{quote(MARKUP)}",
        f"indikator?q={quote(MARKUP)}",
        f"cari?q={quote(MARKUP + MARKDOWN)}&tahun={quote(MARKUP)}&lembaga={quote(MARKUP)}",
        "dokumen?id=1",
        "dokumen?id=2",
        f"dokumen?id={quote(MARKUP)}",
        f"entitas?id=person:{quote(MARKUP)}",
    ],
)
def test_every_page_shows_it_as_text(hostile: str, page: Any, settle: Settle, path: str) -> None:
    page.goto(f"{hostile}/{path}")
    settle(page)
    assert_only_text(page)


def test_the_words_are_there_to_read(hostile: str, page: Any, settle: Settle) -> None:
    page.goto(f"{hostile}/cari?q={WORD}")
    settle(page)
    text = page.locator('[data-testid="stApp"]').inner_text()
    assert "<script>window.kbOwned=1</script>" in text
    assert ":red[merah]" in text
    assert "=HYPERLINK(" in text


def test_a_formula_in_an_export_is_text(hostile: str, page: Any, settle: Settle) -> None:
    page.goto(f"{hostile}/cari?q={WORD}")
    settle(page)
    page.get_by_role("button", name="Unduh hasil").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh CSV").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")]
