"""Decrees as scans have them: numbers written by hand, headings misread, dates with slips."""

from __future__ import annotations

from kb.describe import describe
from kb.describe.dates import likely_months, likely_year
from kb.describe.own_number import as_dated, whole_number
from kb.model import Page, SourceDocument


def scanned(*texts: str, path: str = "scan.pdf", title: str | None = None) -> SourceDocument:
    pages = tuple(
        Page(number=number, text=text, method="ocr", ocr_confidence=0.93)
        for number, text in enumerate(texts, 1)
    )
    return SourceDocument(path=path, format="pdf", title=title, pages=pages)


RECITALS = """
Menimbang : a. bahwa honorarium perlu disesuaikan,
b. bahwa perlu menetapkan Keputusan Bupati tentang Penetapan Penerima Beasiswa Pemerintah Daerah
Kabupaten Poso Tahun 2023,
Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah,
"""


def decree(number: str, subject: str) -> str:
    return (
        f"BUPATI POSO\nPROVINSI SULAWESI TENGAH\n\nKEPUTUSAN BUPATI POSO\nNOMOR : {number}\n\n"
        f"TENTANG\n\n{subject}\n\nBUPATI POSO,\n{RECITALS}"
    )


def test_a_number_fills_its_line_however_its_parts_are_spaced() -> None:
    page = decree("188.45/02 17 / BKPSDM/IV/ 2023", "PENETAPAN PENERIMA BEASISWA TAHUN 2023")
    told = describe(scanned(page)).number
    assert told is not None
    assert told.value == "188.45/0217/BKPSDM/IV/2023"


def test_each_part_is_taken_from_where_it_can_be_read() -> None:
    cover = ["KEPUTUSAN BUPATI POSO", "NOMOR : 186.4.5/o2l7 [Bay KESRA /202-3"]
    appendix = ["LAMPIRAN", "KEPUTUSAN BUPATI POSO", "NOMOR : 188-4s/021a/ Ban: Kesra/2023"]
    found = whole_number([cover, appendix], "KEPUTUSAN BUPATI", 2023)
    assert found == "188.45/0217/Bag.KESRA/2023"


def test_a_plain_number_and_an_unreadable_serial_are_no_number_of_parts() -> None:
    assert whole_number([["PERATURAN BUPATI POSO", "NOMOR 7"]], "PERATURAN BUPATI", 2023) is None
    unread = ["KEPUTUSAN BUPATI POSO", "NOMOR 188.45/xq~/BKD/2023"]
    assert whole_number([unread], "KEPUTUSAN BUPATI", 2023) is None


def test_another_code_of_the_archive_stays_as_printed() -> None:
    line = ["KEPUTUSAN BUPATI POSO", "NOMOR : 100.3.3.2/41/BAPPEDA/2023"]
    found = whole_number([line], "KEPUTUSAN BUPATI", 2023)
    assert found == "100.3.3.2/41/BAPPEDA/2023"


def test_month_year_and_code_are_those_of_the_date_below() -> None:
    page = "NOTA KESEPAKATAN\nNOMOR: 170/5/9/x4/N 72018\n\nTANGGAL : 5 NOVEMBER 2018 TENTANG"
    assert as_dated("170/5/9/x4/N", page, "NOTA KESEPAKATAN") == "170/5/9/XI/NK/2018"
    other = "NOTA KESEPAKATAN\nNOMOR: 170/5/9/x4/N 72018\n\nTENTANG"
    assert as_dated("170/5/9/x4/N", other, "NOTA KESEPAKATAN") == "170/5/9/x4/N"


def test_a_misread_subject_is_told_as_the_recitals_say_it() -> None:
    page = decree(
        "188.45/0217/BKPSDM/2023",
        "PENETAPAN PENERIMA BEAS ISVVA\nda aa DAERAH KABUPATEN POSO TAHUN 2023",
    )
    title = describe(scanned(page)).title.value
    assert title.endswith("Penetapan Penerima Beasiswa Pemerintah Daerah Kabupaten Poso Tahun 2023")


def test_a_circular_whose_subject_runs_on_into_its_text() -> None:
    page = (
        "WAT. KOTA METRO\n\nMetro, 31 Mei 2022\nYth. Kepala Perangkat Daerah se-Kota Metro\n\n"
        "SURAT EDARAN\nNomor: 003/126/I-05/2022\nTENTANG\n"
        "PERINGATAN HARI LINGKUNGAN TAHUN 2022 Berdasarkan Radiogram dari Menteri tanggal 30 Mei "
        "2022 disampaikan hal-hal sebagai berikut :\n1. Mengibarkan bendera di Kota Metro."
    )
    told = describe(scanned(page))
    assert told.title.value.endswith("tentang Peringatan Hari Lingkungan Tahun 2022")
    assert told.region is not None
    assert told.region.value == "Kota Metro"


def test_the_office_below_the_subject_is_none_of_it() -> None:
    page = (
        "KEPUTUSAN\nKEPALA DINAS SOSIAL KABUPATEN LEBAK\nNOMOR 188/13/DINSOS/2021\nTENTANG\n"
        "STANDAR PELAYANAN BAGI WARGA LANJUT USIA\nKEPALA DINAS SOSIAL KABUPATEN LEBAK\n\n"
        "Menimbang : a. bahwa perlu ditetapkan standar."
    )
    title = describe(scanned(page)).title.value
    assert title.endswith("tentang Standar Pelayanan bagi Warga Lanjut Usia")


def test_a_change_is_counted_beyond_the_fifth() -> None:
    page = decree(
        "188.45/0217/BKPSDM/2023",
        "PERUBAHAN KEENAM ATAS KEPUTUSAN BUPATI POSO NOMOR 188.45/4/2022 TENTANG TIM PENILAI",
    )
    assert "Perubahan Keenam atas Keputusan" in describe(scanned(page)).title.value


def test_a_month_misread_between_day_and_year() -> None:
    assert likely_months("pada tanggal 16 DesemesR 2025") == "pada tanggal 16 desember 2025"
    assert likely_months("sebanyak 12 orang 2025") == "sebanyak 12 orang 2025"
    page = (
        decree("7/2023", "PENERIMA BEASISWA") + "\nDitetapkan di Poso\npada tanggal 4 Okober 2023\n"
    )
    told = describe(scanned(page)).date
    assert told is not None
    assert told.value == "2023-10-04"


def test_a_scan_that_cannot_be_read_is_called_as_its_file_is() -> None:
    page = (
        "REKAPITULASI DATA “2 sarat mesen aa BPBD KOTA “anwar\n\n"
        "1 | Pohon tumbang | 7 Februari 2024 | Kota Metro\n2 | Kebakaran | Kota Metro\n" * 4
    )
    told = describe(scanned(page, path="x/REKAP DATA KEJADIAN 2024.pdf"))
    assert told.title.value.startswith("Rekap Data Kejadian 2024")
    assert told.institution is not None
    assert "anwar" not in told.institution.value


def test_what_a_scan_reads_beside_an_agency_is_none_of_it() -> None:
    text = "RENCANA STRATEGIS\nKANTOR INSPEKTORAT - 3 sc\nKABUPATEN POSO\nTAHUN 2018-2023"
    told = describe(scanned(text)).institution
    assert told is not None
    assert told.value == "Kantor Inspektorat Kabupaten Poso"


def test_a_kapanewon_issues_in_its_own_name() -> None:
    page = (
        "PEMERINTAH KABUPATEN SLEMAN KAPANEWON TURI\n\n"
        "STANDAR OPERASIONAL PROSEDUR (SOP) PELAYANAN SURAT KETERANGAN"
    )
    told = describe(scanned(page)).institution
    assert told is not None
    assert told.value == "Kapanewon Turi Kabupaten Sleman"


def test_a_figure_of_the_number_as_the_file_name_has_it() -> None:
    page = decree("5 TAHUN 2023", "PENETAPAN PENERIMA BEASISWA")
    for path, number in (
        ("20240101_KEPBUP_NOMOR_3_TAHUN_2023.pdf", "3"),
        ("KEPBUP_NOMOR_3_TAHUN_2022.pdf", "5"),
        ("KEPBUP_NOMOR_13_TAHUN_2023.pdf", "5"),
    ):
        told = describe(scanned(page, path=path)).number
        assert told is not None
        assert told.value == number


def test_the_year_of_a_signature_is_that_of_the_number() -> None:
    assert likely_year("pada tanggal 17 JAN 793", 2018) == "pada tanggal 17 JAN 2018"
    assert likely_year("tanggal 14 Pebruari 2095", 2005) == "tanggal 14 Pebruari 2005"
    for kept in ("tanggal 2 Januari 2019", "tanggal 3 Mei 2018", "tanggal 3 Mei 2009"):
        assert likely_year(kept, 2018) == kept
    assert likely_year("tanggal 3 Mei 2013", 2018, scanned=False) == "tanggal 3 Mei 2013"
    assert likely_year("tanggal 3 Mei 218", 2018, scanned=False) == "tanggal 3 Mei 2018"
    page = decree("7 TAHUN 2018", "PENETAPAN PENERIMA BEASISWA")
    told = describe(scanned(page, "Ditetapkan di Poso\npada tanggal 17 JAN 793\nBUPATI POSO,"))
    assert told.date is not None
    assert told.date.value == "2018-01-17"
