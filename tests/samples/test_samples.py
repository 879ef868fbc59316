"""The sample corpus is what its script makes, hangs together and names nobody real."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pypdf
import pypdfium2 as pdfium
import pytest

pytestmark = pytest.mark.slow

pytest.importorskip("reportlab", reason="the sample script needs the 'samples' extra")
ROOT = Path(__file__).resolve().parents[2]

from samples import corpus, world  # noqa: E402

NOTICE = re.compile(r"(?i)(dokumen|naskah) contoh, bukan dokumen resmi")
SCAN = "pengumuman-seleksi-jpt-2024-scan.pdf"
LONG = "rpjmd-2025-2029.pdf"
SAKIP = {
    "Pedoman SAKIP": "pedoman-sakip-",
    "RPJPD": "rpjpd-",
    "RPJMD": "rpjmd-",
    "RKPD": "rkpd-",
    "LPPD": "lppd-",
    "LKPD": "lkpd-",
    "Perkin Gubernur": "perkin-",
    "IKU": "iku-",
    "Pengadaan": "pengadaan-",
}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Everything but the long document, made anew (it has a slow test of its own)."""
    files = dict(corpus.article_files())
    files |= dict(corpus.pdf_files(skip=(LONG,)))
    files |= dict(corpus.other_files())
    return files


@pytest.fixture(scope="module")
def pdf_texts(sample_docs: Path) -> dict[str, list[str]]:
    return {
        file.name: _pages(file.read_bytes())
        for file in sorted((sample_docs / "dokumen").glob("*.pdf"))
    }


def _pages(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def _essence(name: str, data: bytes) -> object:
    """What must be equal where the versions of zlib, Pillow or python-docx differ."""
    if name.endswith(".pdf"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        return _pages(data), reader.page_labels, dict(reader.metadata or {})
    if name.endswith(".docx"):
        document = docx.Document(io.BytesIO(data))
        return [p.text for p in document.paragraphs], [
            [c.text for c in row.cells] for table in document.tables for row in table.rows
        ]
    return data


def test_the_files_are_what_the_script_makes(made: dict[str, bytes], sample_docs: Path) -> None:
    stored = {
        file.relative_to(sample_docs).as_posix()
        for file in sample_docs.rglob("*")
        if file.is_file()
    }
    assert stored == set(made) | {f"dokumen/{LONG}"}
    different = [
        name
        for name, data in made.items()
        if (sample_docs / name).read_bytes() != data
        and _essence(name, (sample_docs / name).read_bytes()) != _essence(name, data)
    ]
    assert different == []


@pytest.mark.slow
def test_the_long_document_is_what_the_script_makes(sample_docs: Path) -> None:
    data = corpus.PDFS[LONG]().pdf()
    stored = (sample_docs / "dokumen" / LONG).read_bytes()
    assert stored == data or _essence(LONG, stored) == _essence(LONG, data)


def test_sizes(sample_docs: Path) -> None:
    sizes = [file.stat().st_size for file in sample_docs.rglob("*") if file.is_file()]
    assert sum(sizes) < 10 * 2**20
    assert max(sizes) < 2 * 2**20


def test_articles_cover_years_offices_and_kinds() -> None:
    rows = world.articles()
    assert len(rows) >= 36
    years = Counter(article.date.year for article in rows)
    assert set(years) == set(range(2019, 2027))
    assert min(years.values()) >= 3
    offices = {article.site for article in rows}
    assert {"dprd", "bawaslu", "polda"} <= offices
    assert sum(site.startswith(("kab-", "kota-")) for site in offices) >= 3
    assert {article.kind for article in rows} == {"press-release", "artikel"}
    for article in rows:
        assert 148 <= len(article.body.split()) <= 400, article.slug
    assert len({article.file_name for article in rows}) == len(rows)


def test_articles_have_the_shape_of_the_portal(sample_docs: Path) -> None:
    themed = 0
    for article in world.articles():
        text = (sample_docs / "artikel" / article.file_name).read_text(encoding="utf-8")
        assert NOTICE.search(text), article.slug
        assert f'<link rel="canonical" href="https://{world.sites()[article.site].host}/' in text
        if article.site in corpus.THEME_SITES:
            themed += 1
            continue
        for mark in (
            article.printed_date,
            f"{article.views} dilihat",
            "Sumber Gambar :",
            "Bagikan Artikel",
            "Kabar Populer",
            "Kabar Terkini",
            "Statistik Kunjungan",
            "PERKIN GUBERNUR",
        ):
            assert mark in text, (article.slug, mark)
    assert 0 < themed < 8


def test_one_release_was_issued_three_times() -> None:
    bodies = {
        article.slug: set(article.paragraphs())
        for article in world.articles()
        if "gerakan-bebas-stunting" in article.slug
    }
    assert len(bodies) == 3
    first, second, third = bodies.values()
    assert first != second != third
    assert len(first & second & third) >= 5


@pytest.mark.parametrize("kind", SAKIP)
def test_every_sakip_type_is_there(kind: str, sample_docs: Path) -> None:
    files = list((sample_docs / "dokumen").glob(f"{SAKIP[kind]}*.pdf"))
    assert len(files) >= (2 if kind in {"RKPD", "LPPD", "LKPD", "Perkin Gubernur", "IKU"} else 1)


def test_long_document_and_scan(pdf_texts: dict[str, list[str]], sample_docs: Path) -> None:
    assert len(pdf_texts[LONG]) >= 150
    assert len(set(pdf_texts[LONG])) == len(pdf_texts[LONG])
    assert all(not text.strip() for text in pdf_texts[SCAN])
    assert len(pypdf.PdfReader(sample_docs / "dokumen" / SCAN).pages[0].images) == 1


def test_pages_are_labelled_as_printed(sample_docs: Path, pdf_texts: dict[str, list[str]]) -> None:
    reader = pypdf.PdfReader(sample_docs / "dokumen" / LONG)
    labels = reader.page_labels
    assert labels[:3] == ["i", "ii", "iii"]
    assert {"I-1", "II-1", "III-1", "IV-1", "V-1"} <= set(labels)
    for label, text in zip(labels[1:], pdf_texts[LONG][1:], strict=True):
        assert label in text.split()
    assert len(reader.outline) >= 5
    assert (reader.metadata or {}).get("/Title", "").startswith("Rencana Pembangunan Jangka")


def test_every_text_says_that_it_is_a_sample(
    pdf_texts: dict[str, list[str]], sample_docs: Path
) -> None:
    for name, pages in pdf_texts.items():
        if name != SCAN:
            assert NOTICE.search(pages[0]), name
            assert all(NOTICE.search(page) for page in pages[1:]), name
    for file in (sample_docs / "lain").iterdir():
        if file.suffix == ".docx":
            text = "\n".join(p.text for p in docx.Document(str(file)).paragraphs)
        else:
            text = file.read_text(encoding="utf-8")
        assert NOTICE.search(text), file.name
        if file.suffix == ".csv":
            assert len(NOTICE.findall(text)) == len(text.strip().splitlines()) - 1


def test_targets_come_back_as_results(pdf_texts: dict[str, list[str]]) -> None:
    """A target of the Perkin stands in the LPPD of that year beside its realisation."""
    for year in (2022, 2023, 2024, 2025):
        promise = " ".join(" ".join(pdf_texts[f"perkin-gubernur-{year}.pdf"]).split())
        report = " ".join(" ".join(pdf_texts[f"lppd-{year}.pdf"]).split())
        for item in world.indicators():
            target, got = item.show(item.target_in(year)), item.show(item.realised_in(year))
            assert target in report
            assert got in report
            if item.name in promise:
                assert target in promise


def test_offices_do_not_overlap() -> None:
    """Nobody holds two terms of one office at once, and one governor follows another."""
    for person in world.people():
        for office in person["offices"]:
            assert office["from"] < office.get("to", "9999"), person["name"]
            date.fromisoformat(office["from"])
    for day in ("2019-06-01", "2022-05-19", "2022-05-20", "2024-05-20", "2025-02-20", "2026-06-01"):
        assert world.governor_on(date.fromisoformat(day))
    held = {office["role"] for person in world.people() for office in person["offices"]}
    assert {
        "Pj Gubernur",
        "Plt Sekretaris Daerah",
        "calon Gubernur",
        "Plh Sekretaris Daerah",
    } <= held


def _real_names(root: Path) -> Iterator[str]:
    """Names in the authority's file of officials, whatever its exact shape."""
    file = root / "kb" / "authority" / "officials.json"
    if not file.is_file():
        pytest.skip("the authority has no officials yet")
    stack: list[object] = [json.loads(file.read_text(encoding="utf-8"))]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            for key, value in item.items():
                if key in {"name", "label"} and isinstance(value, str):
                    yield value
                elif key in {"aliases", "alt", "names"} and isinstance(value, list):
                    yield from (v for v in value if isinstance(v, str))
                else:
                    stack.append(value)
        elif isinstance(item, list):
            stack += item


def test_no_invented_person_is_a_real_official(root: Path, sample_docs: Path) -> None:
    real = {" ".join(name.casefold().split()) for name in _real_names(root)}
    full = {name for name in real if len(name.split()) >= 2}
    assert full
    assert not {name.casefold() for name in world.names()} & real
    text = " ".join(
        [
            *(article.title + " " + article.body for article in world.articles()),
            *(file.read_text(encoding="utf-8") for file in (ROOT / "tools/samples/data").iterdir()),
        ]
    ).casefold()
    words = " ".join(re.findall(r"[\w'-]+", text))
    assert [name for name in full if f" {name} " in words] == []


def test_the_world_names_every_speaker_once_in_full() -> None:
    """Offices in the articles are those of the data file: each person appears in the texts."""
    text = " ".join(a.title + " " + a.body + " " + a.caption for a in world.articles())
    letters = (ROOT / "tools/samples/data/other.toml").read_text(encoding="utf-8")
    missing = [name for name in world.names() if name not in text and name not in letters]
    assert missing == []


def test_data_files_are_valid() -> None:
    for file in (ROOT / "tools/samples").rglob("*.toml"):
        tomllib.loads(file.read_text(encoding="utf-8"))
    with zipfile.ZipFile(ROOT / "sample_docs/lain/notulen-kinerja-triwulan-2-2025.docx") as package:
        assert package.testzip() is None
