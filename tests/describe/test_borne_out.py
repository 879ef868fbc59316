"""What the rest of a document says where its title page is wanting or misread."""

from __future__ import annotations

from kb.describe import describe
from kb.describe.attested import borne_out
from kb.model import Description, Page, SourceDocument

RECITALS = """DENGAN RAHMAT TUHAN YANG MAHA ESA

BUPATI POSO,

Menimbang : a. bahwa untuk melaksanakan ketentuan Pasal 5 Peraturan Daerah Nomor 3 Tahun 2022
tentang Pajak Daerah perlu diatur tata caranya;
Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
"""
CLAUSE = "MEMUTUSKAN:\nMenetapkan : PERATURAN BUPATI TENTANG TATA CARA PEMUNGUTAN PAJAK PARKIR.\n\n"
BODY = "BAB I\nKETENTUAN UMUM\nPasal 1\nDalam Peraturan Bupati ini yang dimaksud dengan daerah."


def told(*texts: str, path: str = "dok.pdf", method: str = "text") -> Description:
    pages = tuple(
        Page(number=n, text=text, method="ocr" if method == "ocr" and n == 1 else "text",
             ocr_confidence=0.9 if method == "ocr" and n == 1 else None)
        for n, text in enumerate(texts, 1)
    )  # fmt: skip
    return describe(SourceDocument(path=path, format="pdf", title=None, pages=pages))


def test_the_enacting_clause_names_a_regulation_whose_first_line_is_drawn() -> None:
    top = "BUPATI POSO PROVINSI SULAWESI TENGAH NOMOR 48 TAHUN 2024 TENTANG\n"
    found = told(f"{top}TATA CARA PEMUNGUTAN PAJAK PARKIR {RECITALS}", CLAUSE + BODY)
    assert found.doc_type is not None
    assert found.doc_type.value == "perbup"
    assert found.number is not None
    assert found.number.value == "48"
    assert found.region is not None
    assert found.region.value == "Kabupaten Poso"
    assert found.title.value == (
        "Peraturan Bupati Poso Nomor 48 Tahun 2024 tentang Tata Cara Pemungutan Pajak Parkir"
    )


def test_the_clause_has_the_subject_where_the_head_is_lost() -> None:
    found = told(f"BUPATI POSO\n{RECITALS}", CLAUSE + BODY)
    assert found.doc_type is not None
    assert found.doc_type.value == "perbup"
    assert "Pajak Parkir" in found.title.value
    assert found.number is None


def test_a_report_that_quotes_a_clause_is_no_regulation() -> None:
    found = told("LAPORAN KINERJA\nDINAS PERHUBUNGAN\nKABUPATEN POSO\nTAHUN 2023", CLAUSE + BODY)
    assert found.doc_type is not None
    assert found.doc_type.value == "lkjip"


def test_a_gazettes_series_without_a_letter_leaves_the_regulation_whole() -> None:
    found = told(
        "LEMBARAN DAERAH KABUPATEN POSO\n\nNOMOR : 20 TAHUN 2007 SERI\nPERATURAN DAERAH KABUPATEN"
        f" POSO\n\nNOMOR 20 TAHUN 2007\n\nTENTANG\n\nPAJAK RESTORAN\n\n{RECITALS}"
    )
    assert found.number is not None
    assert found.number.value == "20"
    assert found.title.value.endswith("tentang Pajak Restoran")


FORM = (
    "NOMOR SOP | 011/UPT/2021\nTanggal Pembuatan | 4 Januari 2021\n"
    "Disahkan Oleh | Kepala Dinas Sosial Kabupaten Poso\n"
    "SEKSI BANTUAN | NAMA SOP: PELAYANAN KONSELING KELUARGA\n"
    "DASAR HUKUM : 1. Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial"
)


def test_a_procedures_form_says_its_name_and_number() -> None:
    found = told(FORM, "Mutu Baku | Pelaksana | Kegiatan | Kelengkapan | Waktu | Output")
    assert found.title.value == "SOP Pelayanan Konseling Keluarga"
    assert found.number is not None
    assert found.number.value == "011/UPT/2021"


def test_a_file_called_revised_is_no_change_of_the_plan() -> None:
    text = "POHON KINERJA\nDINAS SOSIAL KABUPATEN POSO\nTAHUN 2023"
    corrected = told(text, path="POHON-KINERJA-DINSOS-REVISI.pdf").stage
    assert corrected is None or corrected.value == "murni"
    changed = told(text, path="POHON-KINERJA-PERUBAHAN.pdf").stage
    assert changed is not None
    assert changed.value == "perubahan"


def test_a_name_that_only_a_cover_has_gives_way_to_the_one_the_text_says() -> None:
    text = "Badan Riset dan Inovasi Kota Palu menyusun. " * 4
    assert borne_out("Badan Riset dan POLITiK ef’ fire Kota Palu", "Badan Riset dan Inovasi", text)
    assert not borne_out("Dinas Sosial", "Badan Riset dan Inovasi", text)
    assert not borne_out("Badan Riset dan Inovasi Kota Palu", "Badan Riset dan Inovasi", text)


def test_an_agency_behind_the_kind_on_the_title_line_is_the_issuer() -> None:
    places = "\n".join(
        f"{n} | Pengadaan Mebel | Kecamatan Semua Kelurahan | 10 Unit" for n in range(40)
    )
    title = "Rencana Kerja (RENJA) Badan Kesatuan Bangsa dan Politik Kota Palu Tahun 2024"
    found = told(title, places)
    assert found.institution is not None
    assert found.institution.value == "Badan Kesatuan Bangsa dan Politik Kota Palu"
