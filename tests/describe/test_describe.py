"""What a document is: the project's own title pages, articles, and real documents."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kb.authority import norm
from kb.describe import describe, government_of
from kb.describe.front import doc_types, doc_words
from kb.model import Description, Page, SourceDocument

PAGES: list[dict[str, Any]] = [
    page
    for name in ("title_pages.toml", "title_pages_wobbly.toml")
    for page in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["page"]
]
FIELDS = {
    "type": "doc_type",
    "number": "number",
    "issuer": "institution",
    "region": "region",
    "level": "level",
    "stage": "stage",
    "draft": "draft",
    "date": "date",
}


def pdf(text: str, name: str = "berkas.pdf", **more: Any) -> SourceDocument:
    return SourceDocument(name, "pdf", None, (Page(1, text.strip()),), **more)


def value(told: Description, field: str) -> Any:
    found = getattr(told, field)
    return found.value if found is not None else None


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
def test_title_pages(page: dict[str, Any]) -> None:
    told = describe(pdf(page["text"], page["file"]))
    for name, field in FIELDS.items():
        if name in page:
            assert value(told, field) == page[name], name
    if "years" in page:
        years = value(told, "years")
        assert set(page["years"]) <= set(years)
        assert (min(years), max(years)) == (min(page["years"]), max(page["years"]))
    for field in (told.title, told.doc_type, told.years, told.institution, told.number):
        assert field is None or field.rule


def article(**fields: Any) -> SourceDocument:
    body = "SERANG - Gubernur membuka acara di Pendopo, Kamis (4/1/2024). Acara berlangsung lancar."
    given = {"format": "portal", "title": "Gubernur Buka Acara", "pages": (Page(1, body),)}
    return SourceDocument("a.html", **{**given, **fields})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            article(published="04 Jan 2024", address="https://www.bantenprov.go.id/x"),
            ("press_release", "2024-01-04", (2024,), "Pemerintah Provinsi Banten"),
        ),
        (
            article(address="https://bantenprov.go.id/artikel/x"),
            ("artikel", "2024-01-04", (2024,), "Pemerintah Provinsi Banten"),
        ),
        (
            article(published="5 Agt 2023", address="https://sumedangkab.go.id/berita/1"),
            ("press_release", "2023-08-05", (2023,), "Pemerintah Kabupaten Sumedang"),
        ),
        (
            article(published="2024-01-03T20:00:00Z", metadata={"site": "serangkota.go.id"}),
            ("press_release", "2024-01-04", (2024,), "Pemerintah Kota Serang"),
        ),
        (
            article(format="html", published="2024-02-01", address="https://koran.example/1"),
            ("artikel", "2024-02-01", (2024,), None),
        ),
        (
            article(title="Pengumuman Seleksi Terbuka", published="1 Mei 2024"),
            ("pengumuman", "2024-05-01", (2024,), None),
        ),
    ],
)
def test_articles(source: SourceDocument, expected: tuple[Any, ...]) -> None:
    told = describe(source)
    fields = ("doc_type", "date", "years", "institution")
    assert tuple(value(told, field) for field in fields) == expected
    assert value(told, "language") == "id"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("", "Renstra 2021-2026.pdf", "renstra"),
        ("", "scan 12.pdf", None),
        ("KATA PENGANTAR\nDengan tersusunnya dokumen LKjIP ini. Penyusunan LKjIP dilakukan oleh "
         "tim. Semoga LKjIP ini berguna. Laporan LKjIP menyajikan capaian.", "x.pdf", "lkjip"),
        ("Rapat membahas RPJMD dan RKPD.", "rpjmd.pdf", "rpjmd"),
        ("BAHAN PAPARAN\nRANCANGAN RKPD 2026", "rkpd.pdf", "lainnya"),
        ("KEPUTUSAN GUBERNUR BANTEN\nNOMOR 5 TAHUN 2024\nTENTANG\nTIM PENYUSUN RPJMD", "a.pdf",
         "keputusan"),
    ],
)  # fmt: skip
def test_kind_from_other_evidence(text: str, name: str, kind: str | None) -> None:
    assert value(describe(pdf(text, name)), "doc_type") == kind


def test_title_is_told_from_the_page_not_from_junk_metadata() -> None:
    source = SourceDocument(
        "x.pdf",
        "pdf",
        "Microsoft Word - fix bgt.docx",
        (Page(1, "RENCANA STRATEGIS\nDINAS SOSIAL KOTA CONTOH\nTAHUN 2021-2026"),),
    )
    assert (
        describe(source).title.value == "Rencana Strategis Dinas Sosial Kota Contoh Tahun 2021-2026"
    )


def test_every_document_has_a_title() -> None:
    assert describe(pdf("", "daftar_hadir.pdf")).title.value == "daftar hadir"


@pytest.mark.parametrize(
    ("name", "government"),
    [
        ("Gubernur Banten", "Pemerintah Provinsi Banten"),
        ("Pj. Bupati Cianjur", "Pemerintah Kabupaten Cianjur"),
        ("Wali Kota Medan", "Pemerintah Kota Medan"),
        ("Walikota Medan", "Pemerintah Kota Medan"),
        ("Bappeda Provinsi Banten", None),
        ("Gubernur", None),
        ("Gubernur Bank Indonesia", None),
    ],
)
def test_the_head_of_a_region_acts_for_its_government(name: str, government: str | None) -> None:
    assert government_of(name) == government


def test_doctypes_data() -> None:
    for key, entry in doc_types().items():
        assert entry["label"], key
        assert entry["name"], key
        assert entry["group"] in {"portal", "perencanaan", "pelaporan", "anggaran", "hukum", "lain"}
        for field in ("titles", "files", "head", "heads", "marks", "subjects"):
            words = entry.get(field, [])
            assert words == sorted(set(words)), (key, field)
            assert all(word == norm(word) for word in words), (key, field)
    phrases = Counter(phrase for entry in doc_types().values() for phrase in entry["titles"])
    assert [phrase for phrase, times in phrases.items() if times > 1] == []
    assert len([entry for entry in doc_types().values() if entry.get("menu")]) == 10
    for name, words in doc_words().items():
        if name != "bodies":  # stand in the order they are looked for
            assert isinstance(words, str | dict) or words == sorted(set(words)), name


EXPECTED_TYPES = {
    "LAKIP": {"lkjip"},
    "Renja": {"renja"},
    "Renstra": {"renstra"},
    "Perda": {"perda"},
    "Perbup": {"perbup"},
    "Pergub": {"pergub"},
    "Perjanjian Kinerja": {"perkin"},
    "Perjanjian Kinerja (perubahan APBD)": {"perkin"},
    "IKU (Keputusan Bupati)": {"iku"},
    "Keputusan Menteri Dalam Negeri": {"keputusan"},
    "Manual": {"lainnya"},
}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_real_documents(material: Path, tmp_path: Path) -> None:
    """The expected set; needs OCR for its scans."""
    from kb.readers import ReadOptions, read

    wrong: list[str] = []
    rows = [
        json.loads(line)
        for line in (material / "pdf_gov" / "expected_metadata.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    for row in rows:
        if row["doc_type"] is None:
            continue
        (source,) = read(
            material / "pdf_gov" / row["file"], ReadOptions(cache=Path("/tmp/ocrcache"))
        )
        told = describe(source)
        years = row["year"]
        if isinstance(years, str):
            first, last = map(int, years.split("-"))
            years = list(range(first, last + 1))
        else:
            years = [years]
        checks = {
            "type": value(told, "doc_type") in EXPECTED_TYPES[row["doc_type"]],
            "years": set(years) <= set(value(told, "years") or ()),
            "number": (value(told, "number") or "") == (row["number"] or ""),
            "region": row["region"] == "Nasional" or value(told, "region") == row["region"],
        }
        wrong += [f"{row['file']}: {name}" for name, good in checks.items() if not good]
    assert wrong == []
