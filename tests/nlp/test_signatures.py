"""Signatories of decrees and agreements, and the noise of planning pages."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.model import Mention, TagContext
from kb.nlp import load_tagger
from kb.nlp.lines import is_planning_page, kind_of_line
from kb.nlp.review.ordinary import settle_ordinary
from kb.nlp.review.signatures import find_signatures

Row = tuple[str, str, str | None, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ditetapkan di Serang\npada tanggal 4 Januari 2021\n"
            "GUBERNUR BANTEN,\n\nttd\n\nANDI SURYANA",
            [("ANDI SURYANA", "Gubernur", "Banten", "definitif")],
        ),
        (
            "BUPATI CIANJUR,\nCap/ttd.-\nTJETJEP SOLEHUDIN\nDiundangkan di Cianjur\n"
            "SEKRETARIS DAERAH KABUPATEN CIANJUR,\nCap/ttd\nDrs. BACHRUDIN ALIM\n"
            "NIP.19571231 198503 1 086",
            [
                ("TJETJEP SOLEHUDIN", "Bupati", "Cianjur", "definitif"),
                ("BACHRUDIN ALIM", "Sekretaris Daerah", "Kabupaten Cianjur", "definitif"),
            ],
        ),
        (
            "KEPALA DINAS\nKEBERSIHAN DAN PERTAMANAN\nKABUPATEN CIANJUR\nM. YEYEN ROHANDI, W.BA\n"
            "NIP. 195802281983031009",
            [
                (
                    "M. YEYEN ROHANDI",
                    "Kepala Dinas",
                    "Dinas Kebersihan dan Pertamanan Kabupaten Cianjur",
                    "definitif",
                )
            ],
        ),
        (
            "Plt. BUPATI LAHAT,\n\n\ndto\n\nSITI AMINAH",
            [("SITI AMINAH", "Plt. Bupati", "Lahat", "Plt")],
        ),
        (
            "Pj. WALI KOTA PALU,\nttd\nHADI WIBOWO",
            [("HADI WIBOWO", "Pj. Wali Kota", "Palu", "Pj")],
        ),
        (
            "a.n. GUBERNUR BALI\nSEKRETARIS DAERAH,\nttd\nDEWA MADE INDRAJAYA",
            [("DEWA MADE INDRAJAYA", "Sekretaris Daerah", None, "definitif")],
        ),
        (
            "Nama : Dr. Hj. Rina Wulandari, M.Kes.\nJabatan : Kepala Dinas Kesehatan Kota Palu\n"
            "Selanjutnya disebut pihak pertama",
            [("Rina Wulandari", "Kepala Dinas", "Dinas Kesehatan Kota Palu", "definitif")],
        ),
        ("BAB II\nGAMBARAN UMUM\nKONDISI DAERAH", []),
        ("GUBERNUR BANTEN\nPERATURAN GUBERNUR BANTEN\nNOMOR 4 TAHUN 2021", []),
        ("KEPALA DAERAH\nDAFTAR ISI\nPENDAHULUAN", []),
    ],
)  # fmt: skip
def test_signatories(text: str, expected: list[Row]) -> None:
    found = find_signatures(text)
    rows = [(text[s.name_start : s.name_end], s.role, s.institution, s.status) for s in found]
    assert rows == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("BAB II GAMBARAN UMUM KONDISI DAERAH", "heading"),
        ("2.1 Aspek Geografi ........................ 12", "contents"),
        ("Persentase jalan mantap 80,1 82,5 85,0 87,2 90,0", "table"),
        ("2.1.3 Kondisi Ekonomi", "heading"),
        ("Gubernur Banten Andi Soni membuka rapat itu.", "text"),
    ],
)
def test_kind_of_line(line: str, kind: str) -> None:
    assert kind_of_line(line, 0) == kind


PLAN = """DAFTAR ISI
KATA PENGANTAR ........................................ i
BAB I PENDAHULUAN ..................................... 1
1.1 Latar Belakang .................................... 1
BAB II GAMBARAN UMUM .................................. 9
Tabel 2.1 Jumlah Penduduk Kabupaten Lebak Tahun 2020-2024
Kecamatan Laki-laki Perempuan Jumlah
Rangkasbitung 63.120 61.004 124.124
Persentase Pembangunan Jalan Mantap 80,1 82,5 85,0
Target Renja Capaian Renstra Klik Modul Dashboard
Fungsi Koordinasi Penyusunan Kebijakan Strategis
Dinas Kesehatan Kabupaten Lebak bertanggung jawab atas
Program Pemenuhan Upaya Kesehatan Perorangan
"""


def test_a_planning_page_names_nobody() -> None:
    assert is_planning_page(PLAN, None)
    result = load_tagger().tag(PLAN, TagContext(doc_type="renja"))
    assert [m.surface for m in result.mentions if m.label == "PER"] == []
    assert result.offices == ()
    assert "Dinas Kesehatan Kabupaten Lebak" in {m.surface for m in result.mentions}


def test_the_signatory_of_a_page_is_an_official() -> None:
    text = PLAN + "\nRangkasbitung, 4 Januari 2024\nBUPATI LEBAK,\n\nttd\n\nHASAN FAUZI RAHMAN\n"
    result = load_tagger().tag(text, TagContext(doc_type="perkin", region="Kabupaten Lebak"))
    (office,) = result.offices
    assert (office.role, office.institution, office.method) == ("Bupati", "Lebak", "signature")
    assert office.institution_id == "institution:pemkab@36.02"
    assert office.person_id == "person:hasan-fauzi-rahman"
    assert "Hasan Fauzi Rahman" in {e.name for e in result.entities}


def test_press_text_is_no_planning_page() -> None:
    assert not is_planning_page("“Ya.”\n“Siap.”\n“Ya.”\nA\nB\nC\nD\nE\n", None)
    assert not is_planning_page(PLAN, TagContext(doc_type="press_release"))


def test_a_page_of_a_plan_is_a_planning_page_however_it_is_laid_out() -> None:
    assert is_planning_page("Satu baris saja.", TagContext(doc_type="rpjmd"))
    assert not is_planning_page("Satu baris saja.", TagContext(doc_type="lainnya"))


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        (
            "Urusan Perumahan Rakyat dan Kawasan Permukiman\n"
            "{O:Dinas Perumahan Rakyat dan Kawasan Permukiman Kabupaten Lebak} membangun jalan.",
            "lppd",
        ),
        (
            "Program Perumahan dan Kawasan Permukiman Kumuh, Indeks Kualitas Lingkungan Hidup.",
            "iku",
        ),
        ("Tabel 3.1\nMasalah Pokok Menurut Urusan\n\nNo | Urusan | Masalah Pokok", "rpjpd"),
        ("Nilai menurut Dimensi\n\nNo | Dimensi | Bobot", "ipkd"),
        ("Siswa di {L:Kecamatan Pondok Aren} menempuh jalan jauh.", "lppd"),
        ("Program Sekolah Dekat Rumah, Kerja Nyata, dan Jalan Selatan Tuntas dimulai.", "rkpd"),
        ("Gerakan Bebas Stunting tahap kedua dan {O:Gerakan Pemuda Ansor} bekerja sama.", "rpjmd"),
        ("Warga {L:Lingkungan Kejaksaan} dan {L:Kawasan Industri Modern} didata.", "rkpd"),
        ("1. Sekolah Dekat Rumah: lima lokasi.\n2. Jalan Selatan Tuntas: 40 km.", "rpjmd"),
        ("Satuan Kerja Perangkat Daerah (SKPD), Unit Kerja dan Unit Organisasi.", "renja"),
        ("Rehabilitasi {L:Taman Sukamanah} Outcome 100 persen; Kecamatan Output.", "renja"),
        ("Daya tampung di SMP\n2 Kesehatan", "renja"),
        ("Belanja {O:Rumah Sakit Umum Daerah Malingping} Rp72,10 miliar.", "lkpd"),
    ],
)
def test_capitals_of_plans_name_nobody(marked: str, kind: str) -> None:
    text, expected = unmark(marked)
    found = load_tagger().tag(text, TagContext(doc_type=kind)).mentions
    assert [(m.label, m.surface) for m in found] == [(m.label, m.surface) for m in expected]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kartu Cilegon Maju dibagikan.", "Cilegon"),
        ("Semboyan Banten Merata dipakai lagi.", "Banten"),
        ("Warga Sungai Bersih hadir.", "Sungai Bersih"),
    ],
)
def test_a_motto_is_cut_to_its_region(text: str, name: str) -> None:
    words = text.split(" ")
    surface = " ".join(words[1:3])
    mention = Mention(text.index(surface), text.index(surface) + len(surface), surface, "LOC")
    assert [m.surface for m in settle_ordinary(text, [mention])] == [name]


@pytest.mark.parametrize("title", ["Wagub", "Wali Kota", "Camat"])
def test_a_bare_title_is_no_person(title: str) -> None:
    mention = Mention(0, len(title), title, "PER")
    assert settle_ordinary(f"{title} menegaskan hal itu.", [mention]) == []
