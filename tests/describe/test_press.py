"""Press texts kept as plain files. All persons are invented."""

from __future__ import annotations

import pytest

from kb.describe import describe
from kb.model import Description, Page, SourceDocument

PROSE = (
    "Kegiatan berlangsung di aula kantor setempat dan diikuti puluhan peserta, Senin (12/5/2025)."
)


def told(text: str, **more: object) -> Description:
    fields = {"format": "text", "title": None, "pages": (Page(1, text.strip()),), **more}
    return describe(SourceDocument("rilis.txt", **fields))  # type: ignore[arg-type]


def values(text: str) -> tuple[str | None, str | None, str | None]:
    """Issuing institution, region and kind."""
    found = told(text)
    fields = (found.institution, found.region, found.doc_type)
    return tuple(f.value if f else None for f in fields)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the city of the dateline is not who writes
        (
            "MAKASSAR - Sekretaris Daerah Provinsi Sulawesi Selatan Andi Rahim Mappa menerima"
            f" audiensi bank di Kota Makassar. {PROSE}",
            (
                "Pemerintah Provinsi Sulawesi Selatan",
                "Provinsi Sulawesi Selatan",
                "press_release",
            ),
        ),
        # a press office in the dateline
        (
            "Warga Terima Bantuan\n\nBALIGE, KOMINFO - Ketua DPRD Kabupaten Toba Parlin Manik"
            f" menyerahkan bantuan kepada warga Balige. {PROSE}",
            ("Pemerintah Kabupaten Toba", "Kabupaten Toba", "press_release"),
        ),
        # a newspaper is not the government it writes of
        (
            "JAYAPURA, KOMPAS — Penjabat Gubernur Papua Pegunungan Yonas Wandik melantik dua"
            f" belas pejabat tinggi di Wamena. {PROSE}",
            (None, "Provinsi Papua Pegunungan", "artikel"),
        ),
        (
            "SURABAYA (KoranPagi) – Sekretaris Komisi B DPRD Kota Surabaya Bakti Hardana meminta"
            f" perusahaan air terbuka. {PROSE}",
            (None, "Kota Surabaya", "artikel"),
        ),
        # a letterhead over the text
        (
            "SIARAN PERS\nKEJAKSAAN TINGGI BALI\nNomor: PR-14/N.1.3/Kph.3/05/2025\n\nPenyidik"
            f" menetapkan dua orang tersangka dalam perkara dana desa adat. {PROSE}",
            ("Kejaksaan Tinggi Bali", "Provinsi Bali", "press_release"),
        ),
        # police, told from the head
        (
            "PATI - Kapolres Pati AKBP Rendra Wibisana memimpin apel gelar pasukan menjelang"
            f" lebaran tahun ini. {PROSE}",
            ("Kepolisian Resor Pati", "Kabupaten Pati", "press_release"),
        ),
        # a minister acts: no region's government wrote it
        (
            "JAKARTA - Menteri Dalam Negeri Bagus Waluyo melantik Penjabat Gubernur Sulawesi"
            f" Tenggara di Jakarta pagi ini. {PROSE}",
            (None, None, "artikel"),
        ),
        # neither dateline nor letterhead: who acts, but no kind is claimed
        (
            "Wali Kota Ajak Warga Pilah Sampah\nWali Kota Surakarta, Sekar Ningtyas, meninjau"
            f" bank sampah di Kelurahan Mojosongo pagi tadi. {PROSE}",
            ("Pemerintah Kota Surakarta", "Kota Surakarta", None),
        ),
        # named third in the sentence is not who acts
        (
            "Wali Nagari Pasia Laweh Zul Marjohan Datuak Parpatiah bersama Camat Palupuh Hendri"
            " Yunaldi, S.STP., M.Si. dan Anggota DPRD Sumbar Ismet Sofyani meresmikan rumah"
            f" tahfiz. {PROSE}",
            (None, None, None),
        ),
    ],
)
def test_who_issued_a_press_text(
    text: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"Bupati Resmikan Pasar\n\nLEBAK, HUMAS - Bupati Lebak Ratna Kusuma hadir. {PROSE}",
            "Bupati Resmikan Pasar",
        ),
        (
            "SIARAN PERS\nPOLRES PATI\nNomor: 12/V/2025\nPolisi Ungkap Jaringan Curanmor\n"
            f"PATI - Kapolres Pati AKBP Rendra Wibisana memimpin jumpa pers. {PROSE}",
            "Polisi Ungkap Jaringan Curanmor",
        ),
        (f"LEBAK, HUMAS - Bupati Lebak Ratna Kusuma meresmikan pasar itu. {PROSE}", "rilis"),
    ],
)
def test_the_headline_is_the_title(text: str, title: str) -> None:
    found = told(text)
    assert found.title.value == title
    assert found.date is not None
    assert found.date.value == "2025-05-12"


def test_a_title_page_is_no_press_text() -> None:
    page = "PEMERINTAH KABUPATEN LEBAK\nRENCANA KERJA PEMERINTAH DAERAH\nTAHUN 2025\n\n" + PROSE * 3
    found = told(page)
    assert found.doc_type is not None
    assert found.doc_type.value == "rkpd"
    assert found.institution is not None
    assert found.institution.value == "Pemerintah Kabupaten Lebak"


def test_a_row_of_a_form_is_no_dateline() -> None:
    form = (
        "DINAS CONTOH KABUPATEN LEBAK | NOMOR SOP | SOP/12/2026\n"
        "DISAHKAN OLEH | Kepala Dinas Contoh yang menandatangani Budi Wirawan, S.H.\n"
        "JUDUL SOP | Pelayanan Surat Masuk\n" + "Petugas menerima surat dan mencatatnya. " * 12
    )
    assert told(form, format="pdf").title.value == "SOP Pelayanan Surat Masuk"
    piped = f"Warga Gotong Royong\n\nRANGKASBITUNG | Warga Lebak membersihkan sungai. {PROSE}"
    assert told(piped).title.value == "Warga Gotong Royong"
