"""Files whose names and properties say nothing: sheets of programs, letters with enclosures."""

from __future__ import annotations

from kb.describe import describe
from kb.model import Page, SourceDocument

SHEET = """PEMERINTAH KABUPATEN KEEROM
DINAS SATUAN POLISI PAMONG PRAJA
No | Kelompok Data | Satuan | Tahun
2019 | 2020 | 2021
1 | Jumlah anggota | Orang | 17 | 22 | 43
2 | Jumlah pos jaga di seluruh distrik yang dijaga siang dan malam oleh anggota | Pos | 4 | 5 | 5
3 | Jumlah kendaraan patroli yang dapat dipakai di jalan raya dan kampung | Unit | 4 | 5 | 5
"""


def test_a_sheet_named_by_a_program_is_called_by_its_agency_and_years() -> None:
    source = SourceDocument(
        "08b0928f06b1b17bcee20f6c6dd4f44b.xlsx", "xlsx", None, (Page(1, SHEET),)
    )
    told = describe(source)
    assert told.title is not None
    assert told.years is not None
    assert told.years.value == (2019, 2020, 2021)
    assert told.title.value.startswith("Dokumen ")
    assert told.title.value.endswith("Kabupaten Keerom Tahun 2019-2021")


def test_the_title_of_a_template_is_not_believed() -> None:
    text = "LAPORAN INOVASI\n\nWARUNG BACA KECAMATAN RUMBAI KOTA PEKANBARU\n\nPEMBAHASAN\n\nIsi."
    source = SourceDocument(
        "inovasi.docx", "docx", "Buku Kurikulum Sarjana Teknik", (Page(1, text),)
    )
    title = describe(source).title
    assert title is not None
    assert "Kurikulum" not in title.value
    own = SourceDocument("inovasi.docx", "docx", "Laporan Inovasi Warung Baca", (Page(1, text),))
    kept = describe(own).title
    assert kept is not None
    assert "Warung Baca" in kept.value


LETTER = """KEJAKSAAN NEGERI SALATIGA
Nomor : B-929/M.3.20/04/2025 Salatiga, 21 April 2025
Sifat : Biasa
Lampiran : 1 (satu) bendel
Hal : Rencana Kerja Kejaksaan Negeri Salatiga
Yth.
Kepala Kejaksaan Tinggi Jawa Tengah
Bersama ini kami sampaikan Rencana Kerja Tahun 2025 sebagaimana terlampir.
"""


def test_a_plan_bound_behind_its_letter_is_the_plan() -> None:
    cover = "RENCANA KERJA\n\nKEJAKSAAN NEGERI SALATIGA\n\nTAHUN 2025"
    body = "BAB I\nPENDAHULUAN\nRencana kerja memuat kegiatan tahun 2025."
    pages = (Page(1, LETTER), Page(2, cover), *(Page(n, body) for n in range(3, 9)))
    told = describe(SourceDocument("renja.pdf", "pdf", None, pages))
    assert told.doc_type is not None
    assert told.doc_type.value == "renja"
    assert told.number is None
    alone = describe(SourceDocument("surat.pdf", "pdf", None, pages[:1]))
    assert alone.doc_type is not None
    assert alone.doc_type.value == "lainnya"
    assert alone.title is not None
    assert alone.title.value == "Rencana Kerja Kejaksaan Negeri Salatiga"
