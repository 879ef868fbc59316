"""Content sniffing, plain text, Markdown, DOCX, rows, and finding files."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from kb.errors import ReadError
from kb.readers import ReadOptions, discover, read
from kb.readers.sniff import decode, sniff

PARAGRAPH = (
    "Gubernur membuka musyawarah perencanaan pembangunan di pendopo dan berpesan soal data. "
)


def one(path: Path, **options: object):
    (document,) = read(path, ReadOptions(**options))
    return document


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        ("a.txt", b"%PDF-1.4\n...", "pdf"),
        ("a.bin", b"\n\n%PDF-1.7\n", "pdf"),
        ("a.html", b"teks saja tanpa tanda", "html"),
        ("a.txt", b'{"title": "x", "text": "y"}\n{"title": "z", "text": "w"}\n', "jsonl"),
        ("a.txt", b'[{"title": "x", "text": "y"}]', "json"),
        ("a.csv", b"title,text\na,b\n", "csv"),
        ("a.md", b"# Judul\n\nisi", "markdown"),
        ("a", "Ünïcode biasa".encode("utf-16"), "text"),
        ("a.txt", "Kamis — “kutip”".encode("cp1252"), "text"),
    ],
)
def test_content_decides_what_a_file_is(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty:"),
        (b"   \n\n ", "empty:"),
        (b"\x89PNG\r\n\x1a\n....", "damaged: the picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged: the Office file"),
        (bytes(range(1, 32)) * 40, "not a PDF:"),
        (b"PK\x03\x04 broken", "damaged:"),
    ],
)
def test_unreadable_files_say_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="^" + reason):
        list(read(path, ReadOptions()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode("“Desa” — Rp1.000".encode(encoding)) == "“Desa” — Rp1.000"


def test_html_named_pdf_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text(f"<html><body><h1>Judul Halaman</h1><p>{PARAGRAPH * 3}</p></body></html>")
    document = one(path)
    assert document.format == "html"
    assert PARAGRAPH.strip() in document.pages[0].text
    assert "HTML" in document.warnings[0]


def test_plain_text_pages_at_form_feeds_and_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("halaman satu\n\fhalaman dua\n", encoding="utf-8")
    assert [page.text for page in one(path).pages] == ["halaman satu", "halaman dua"]
    path.write_text((PARAGRAPH + "\n\n") * 50, encoding="utf-8")
    pages = one(path, max_page_chars=1000).pages
    assert all(len(page.text) <= 1000 for page in pages)
    assert "".join(page.text for page in pages).count("Gubernur") == 50


def test_markdown_outline_and_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "---\ntitle: Catatan\ndate: 2024-03-12\n---\n# Bab Satu\n\nTeks **tebal** dan "
        "[tautan](http://x.example).\n\n## Sub\n\n- butir\n",
        encoding="utf-8",
    )
    document = one(path)
    assert (document.title, document.published) == ("Catatan", "2024-03-12")
    assert [(item.title, item.level) for item in document.outline] == [("Bab Satu", 0), ("Sub", 1)]
    assert "Teks tebal dan tautan." in document.pages[0].text


def test_docx_pages_tables_and_headings(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("BAB I PENDAHULUAN", 1)
    document.add_paragraph(PARAGRAPH)
    document.add_page_break()
    document.add_heading("Sasaran", 2)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["No", "Indikator", "1", "IPM"],
        strict=True,
    ):  # fmt: skip
        cell.text = text
    path = tmp_path / "a.docx"
    document.save(str(path))
    found = one(path)
    assert len(found.pages) == 2
    assert [(item.title, item.page) for item in found.outline] == [
        ("BAB I PENDAHULUAN", 1),
        ("Sasaran", 2),
    ]
    assert found.tables[0].rows == (("No", "Indikator"), ("1", "IPM"))
    assert "1 | IPM" in found.pages[1].text


def test_docx_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (300 << 20))
    with pytest.raises(ReadError, match=r"^too much memory"):
        one(path)


def test_csv_rows_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "url;judul;tanggal;isi;dilihat\n"
        f'https://x.go.id/1;Satu;12 Mar 2024;"{PARAGRAPH}";1.204\n'
        f"https://x.go.id/2;Dua;13 Mar 2024;{PARAGRAPH};7\n;;;;\n",
        encoding="utf-8-sig",
    )
    documents = list(read(path, ReadOptions()))
    assert [(d.title, d.published, d.views, d.part) for d in documents] == [
        ("Satu", "12 Mar 2024", 1204, "1"),
        ("Dua", "13 Mar 2024", 7, "2"),
    ]
    assert documents[0].address == "https://x.go.id/1"


def test_csv_without_articles_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "data_ipm.csv"
    path.write_text("Kabupaten,IPM\nLebak,64,5\nSerang,67\n", encoding="utf-8")
    document = one(path)
    assert document.tables[0].rows == (("Kabupaten", "IPM"), ("Lebak", "64,5"), ("Serang", "67"))
    assert "Kabupaten: Lebak; IPM: 64" in document.pages[0].text


def test_json_and_jsonl_rows(tmp_path: Path) -> None:
    rows = [
        {"id": "a1", "title": "Satu", "text": PARAGRAPH, "date": "2024-01-04"},
        {"id": "a2", "title": "Dua", "html": f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>"},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"meta": 1, "data": rows}), encoding="utf-8")
    assert [d.part for d in read(path, ReadOptions())] == ["a1", "a2"]
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(rows[0]), "{broken", json.dumps(rows[1])]
    path.write_text("\n".join(lines), encoding="utf-8")
    documents = list(read(path, ReadOptions()))
    assert [d.title for d in documents] == ["Satu", "Dua"]
    assert "1 lines are not JSON" in documents[-1].warnings[0]
    assert "<p>" not in documents[1].pages[0].text


def test_discover(tmp_path: Path) -> None:
    for name in ["b/x.PDF", "a.html", ".hidden.html", "c.exe", "b/~$y.docx", "b/.git/z.txt"]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    found = discover([tmp_path, tmp_path / "a.html", tmp_path / "c.exe"]).files
    assert [path.name for path in found] == ["a.html", "x.PDF", "c.exe"]
    with pytest.raises(ReadError, match=r"^not found"):
        discover([tmp_path / "none"])
