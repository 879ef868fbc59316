"""Documents as governments and offices publish them whose papers nobody here had seen: forms with
a box, decrees with a number written by hand, offices of the centre, sheets and slides."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kb.describe import describe
from kb.describe.boxed import box_date, box_number, outside_box
from kb.describe.centre_offices import centre_office
from kb.describe.dates import likely_months
from kb.describe.misread import mended
from kb.model import Page, SourceDocument

PAGES: list[dict[str, Any]] = [
    page
    for name in ("title_pages_strangers.toml", "title_pages_villages.toml")
    for page in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["page"]
]
FIELDS = {
    "type": "doc_type",
    "number": "number",
    "issuer": "institution",
    "region": "region",
    "date": "date",
    "title": "title",
    "stage": "stage",
}


def source(page: dict[str, Any]) -> SourceDocument:
    texts = page["text"].split("=====")
    pages = [
        Page(number, text.strip(), method=page.get("method", "text"))
        for number, text in enumerate(texts, start=1)
    ]
    return SourceDocument(page["file"], page.get("format", "pdf"), page.get("given"), tuple(pages))


@pytest.mark.parametrize("page", PAGES, ids=[page["id"] for page in PAGES])
def test_documents_of_strangers(page: dict[str, Any]) -> None:
    told = describe(source(page))
    for name, field in FIELDS.items():
        if name in page:
            found = getattr(told, field)
            assert (found.value if found is not None else None) == page[name], name
    if "years" in page:
        assert list(told.years.value if told.years else ()) == page["years"]


def test_words_that_ran_into_one_are_set_apart() -> None:
    assert mended("BERITAACARA DINASKESEHATAN") == "BERITA ACARA DINAS KESEHATAN"
    assert mended("NOMOR 118TAHUN 2021TENTANG") == "NOMOR 118 TAHUN 2021 TENTANG"
    assert mended("LAPORAN ( LKIP ) TAHUN2021") == "LAPORAN (LKIP) TAHUN 2021"


@pytest.mark.parametrize(
    "line", ["KOTABARU", "TANJUNGPINANG", "PERTANGGUNGJAWABAN", "KEPEMUDAAN", "KETENTERAMAN"]
)
def test_a_word_or_a_place_stays_whole(line: str) -> None:
    assert mended(line) == line


def test_the_box_is_no_part_of_the_line_beside_it() -> None:
    assert outside_box("STANDAR PELAYANAN Revisi : 00") == "STANDAR PELAYANAN"
    assert outside_box("SOP | No. Dokumen : 440/1/SOP/2022") == "SOP"
    assert outside_box("Halaman | 1/2") == ""
    assert outside_box("REVISI RENCANA STRATEGIS") == "REVISI RENCANA STRATEGIS"


def test_the_box_says_number_and_day() -> None:
    assert box_number("No. Dokumen : SP-17\nRevisi : 00") is None
    assert box_number("No. Dokumen | : 440 / 12 /SOP/2022") == "440/12/SOP/2022"
    text = "Tgl. Efektif : 9 Maret 2020\nTgl. Pembuatan | 2 Maret 2020"
    assert box_date(text) == ("2020-03-02", "Tgl. Pembuatan | 2 Maret 2020")
    # By hand: the month by its shape, the year as the number has it.
    handwritten = "TGL. PEMBUATAN | 18 YELEMBER 219"
    assert box_date(handwritten, 2019, scanned=True) == ("2019-12-18", handwritten)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("l7 Mei 2O21", "17 Mei 2021"),
        ("1 7 Juni 2022", "17 Juni 2022"),
        ("4 |Anuari 2021", "4 januari 2021"),
        ("III Maret 2020", "III Maret 2020"),
        ("pada tanggaly20April =. 2017", "pada tanggaly 20 April 2017"),
        ("di Metro/2i Desember 2017", "di Metro/21 Desember 2017"),
    ],
)
def test_figures_of_a_scanned_date(said: str, meant: str) -> None:
    assert likely_months(said) == meant


def test_an_office_of_the_centre_is_told_by_its_region() -> None:
    assert centre_office(["BADAN PUSAT STATISTIK", "JAKARTA"]) is None
    found = centre_office(["BADAN PUSAT STATISTIK", "KABUPATEN SOPPENG"])
    assert found is not None
    assert found[:2] == (0, "Badan Pusat Statistik Kabupaten Soppeng")
    assert centre_office(["PEMERINTAH KOTA METRO", "DENGAN", "KEJAKSAAN NEGERI METRO"]) is None
    assert centre_office(["Kepada Yth.", "KPU Kota Metro"]) is None
    court = centre_office(["PENGADILAN NEGERI BLORA", "RENCANA STRATEGIS"])
    assert court is not None
    assert court[2] is not None
    assert court[2].name == "Kabupaten Blora"
