"""Faults met on planning documents of many governments, each with the right answer.

Texts are as the readers hand them over; contents are invented.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kb.describe import describe
from kb.model import Description, Page, SourceDocument, Table

KINDS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "title_pages_kinds.toml").read_text("utf-8")
)["page"]
FIELDS = {
    "type": "doc_type",
    "number": "number",
    "issuer": "institution",
    "region": "region",
    "stage": "stage",
    "draft": "draft",
    "date": "date",
    "title": "title",
}
PROSE = (
    "Pembangunan daerah dilaksanakan secara bertahap dan berkesinambungan dengan memperhatikan "
    "kemampuan keuangan daerah serta kebutuhan masyarakat, sehingga hasilnya dapat dirasakan."
)


def pdf(*texts: str, name: str = "berkas.pdf", **more: Any) -> SourceDocument:
    pages = tuple(Page(number, text.strip()) for number, text in enumerate(texts, start=1))
    return SourceDocument(name, "pdf", more.pop("title", None), pages, **more)


def told(source: SourceDocument, *fields: str) -> tuple[Any, ...]:
    description = describe(source)
    return tuple(value(description, field) for field in fields)


def value(description: Description, field: str) -> Any:
    found = getattr(description, field)
    return found.value if found is not None else None


@pytest.mark.parametrize("page", KINDS, ids=[page["id"] for page in KINDS])
def test_kinds_of_document(page: dict[str, Any]) -> None:
    description = describe(pdf(page["text"], name=page["file"]))
    for name, field in FIELDS.items():
        if name in page:
            assert value(description, field) == page[name], name
    if "years" in page:
        assert list(value(description, "years")) == page["years"]


def test_a_cover_that_is_a_picture_is_no_title() -> None:
    cover = Page(
        1, "an 2 laman Kerbrangan\nPerianggqmgjawanan Kepafa\nTahun Ammaran 2119", method="ocr"
    )
    pages = [
        cover,
        *(Page(n, f"BAB {n} GAMBARAN UMUM\n\n{PROSE}") for n in range(2, 7)),
    ]
    running = "Pemerintah Kota Bontang\nLKPj Wali Kota Bontang Akhir Tahun Anggaran 2022"
    source = SourceDocument(
        "dokumen_81.pdf", "pdf", None, tuple(pages), metadata={"running": running}
    )
    assert told(source, "doc_type", "title", "years", "region", "institution") == (
        "lkpj",
        "LKPj Wali Kota Bontang Akhir Tahun Anggaran 2022",
        (2022,),
        "Kota Bontang",
        "Pemerintah Kota Bontang",
    )


def test_a_shadow_is_said_once() -> None:
    text = (
        "RENCANA STRATEGIS RENCANA STRATEGIS RENCANA STRATEGIS RENCANA STRATEGIS\n"
        "(RENSTRA)\n(RENSTRA)\n(RENSTRA)\nTAHUN 2021-2026\nTAHUN 2021-2026\n"
        "DINAS SOSIAL DINAS SOSIAL DINAS SOSIAL PROVINSI JAMBI PROVINSI JAMBI PROVINSI JAMBI"
    )
    assert told(pdf(text), "title", "institution") == (
        "Rencana Strategis (Renstra) Tahun 2021-2026 Dinas Sosial Provinsi Jambi",
        "Dinas Sosial Provinsi Jambi",
    )


def test_a_letter_spaced_head_is_no_title() -> None:
    head = "K E M E N T E R I A N P E R T A N I A N R E P U B L I K I N D O N E S I A"
    slides = ("EVALUASI SISTEM PENYULUHAN TAHUN 2019", "TUJUAN EVALUASI", "HASIL EVALUASI")
    source = pdf(*(f"{head}\n\n{slide}" for slide in slides))
    assert told(source, "title", "institution") == (
        "Evaluasi Sistem Penyuluhan Tahun 2019",
        "Kementerian Pertanian",
    )


def test_the_title_ends_where_a_table_or_a_sentence_begins() -> None:
    text = (
        "LAPORAN KINERJA INSTANSI PEMERINTAH (LKjIP)\nDINAS PERTANIAN KABUPATEN LEBAK TAHUN 2021\n"
        "Perbandingan capaian kinerja disajikan pada tabel berikut.\n"
        "Tabel 11. Capaian Kinerja terhadap Target Renstra 2019-2024\n"
        "No | Indikator Kinerja | Satuan | Capaian 2020 | Capaian 2021 | Target 2022"
    )
    assert told(pdf(text), "title", "years") == (
        "Laporan Kinerja Instansi Pemerintah (LKjIP) Dinas Pertanian Kabupaten Lebak Tahun 2021",
        (2021,),
    )


def test_who_promises_a_performance_agreement_issues_it() -> None:
    text = f"""
PERJANJIAN KINERJA TAHUN 2024

Dalam rangka mewujudkan manajemen pemerintahan yang efektif, kami yang bertanda tangan dibawah ini :
Nama : SARI WULANDARI, S.Sos.
Jabatan : SEKRETARIS DEWAN PERWAKILAN RAKYAT DAERAH
Selanjutnya disebut pihak pertama.
Nama : BAGAS PRATAMA
Jabatan : BUPATI KARO
Selaku atasan pihak pertama, selanjutnya disebut pihak kedua.
{PROSE}

Kabanjahe, 3 Januari 2024
Pihak kedua, Pihak Pertama,
"""
    assert told(pdf(text), "institution", "region", "title", "date") == (
        "Sekretariat DPRD Kabupaten Karo",
        "Kabupaten Karo",
        "Perjanjian Kinerja Tahun 2024 Sekretariat DPRD Kabupaten Karo",
        "2024-01-03",
    )


def test_the_form_of_a_wealth_report() -> None:
    text = """
PENGUMUMAN
LAPORAN HARTA KEKAYAAN PENYELENGGARA NEGARA (Tanggal Penyampaian/Jenis Laporan -
Tahun: 7 Februari 2022/Periodik - 2021)

BIDANG : EKSEKUTIF LEMBAGA : PEMERINTAH KABUPATEN SINJAI UNIT KERJA : DINAS PERIKANAN
I. DATA PRIBADI
1. Nama : WAHYU SAPUTRA
2. Jabatan : KEPALA DINAS
II. DATA HARTA
A. TANAH DAN BANGUNAN Rp. 311.000.000
1. MOBIL, TOYOTA RUSH Tahun 2014, HASIL SENDIRI Rp. 200.000.000
"""
    fields = ("doc_type", "title", "institution", "region", "years", "date")
    assert told(pdf(text), *fields) == (
        "lhkpn",
        "Laporan Harta Kekayaan Penyelenggara Negara (LHKPN) Wahyu Saputra (Kepala Dinas) "
        "Tahun 2021",
        "Pemerintah Kabupaten Sinjai",
        "Kabupaten Sinjai",
        (2021,),
        "2022-02-07",
    )


def test_a_plan_without_a_cover() -> None:
    agency = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
    source = pdf(
        f"BAB I PENDAHULUAN\n\n{agency} sebagai salah satu perangkat daerah di Kabupaten Karo "
        f"wajib menyusun rencana kerja. Dalam penyusunan rencana kerja dilakukan evaluasi rencana "
        f"kerja 2020.\n{PROSE}",
        "RENCANA PROGRAM DAN KEGIATAN PRIORITAS DAERAH TAHUN 2021 KABUPATEN KARO "
        f"{agency.upper()}\n\nProgram | Target | Pagu\nPelayanan Izin | 1 tahun | 75.000.000",
        f"BAB IV PENUTUP\n\nDemikian Rencana Kerja {agency} Kabupaten Karo Tahun 2021 disusun.",
        name="20200401011222_renja_2021.pdf",
        title="Renja SKPD",
        metadata={"title": "Renja SKPD"},
    )
    assert told(source, "doc_type", "years", "institution", "title") == (
        "renja",
        (2021,),
        f"{agency} Kabupaten Karo",
        f"Rencana Kerja (Renja) {agency} Kabupaten Karo Tahun 2021",
    )


def test_a_decree_of_a_council_that_changes_another() -> None:
    text = """
PIMPINAN DPRD KABUPATEN KARO PROVINSI SUMATERA UTARA

KEPUTUSAN DPRD KABUPATEN KARO NOMOR 170 – 05 TAHUN 2025

TENTANG

PERUBAHAN KEDUA KEPUTUSAN DPRD NOMOR 170-20 TAHUN 2024 TENTANG
SUSUNAN KEANGGOTAAN KOMISI DPRD KABUPATEN KARO MASA KEANGGOTAAN 2024 – 2029

PIMPINAN DPRD KABUPATEN KARO,

Menimbang : a. bahwa perlu perubahan susunan keanggotaan;
"""
    fields = ("doc_type", "number", "years", "stage", "institution")
    assert told(pdf(text), *fields) == (
        "keputusan",
        "170-05",
        (2025,),
        "perubahan",
        "DPRD Kabupaten Karo",
    )
    assert told(pdf(text), "title")[0].endswith(
        "Susunan Keanggotaan Komisi DPRD Kabupaten Karo Masa Keanggotaan 2024 – 2029"
    )


def test_the_day_of_effect_is_not_that_of_signing() -> None:
    source = pdf(
        "GUBERNUR JAMBI\nPERATURAN GUBERNUR JAMBI NOMOR 31 TAHUN 2018\nTENTANG\n"
        "UPAH MINIMUM PROVINSI JAMBI TAHUN 2019\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n"
        "GUBERNUR JAMBI,\nMenimbang : a. bahwa upah perlu diatur;",
        "Pasal 7\nPeraturan Gubernur ini mulai berlaku pada tanggal 1 Januari 2019.\n"
        "Agar setiap orang mengetahuinya.\nDitetapkan di Jambi\npada tanggal        November 2018\n"
        "GUBERNUR JAMBI,",
    )
    assert told(source, "date") == ("2018-11",)


def test_a_date_no_report_of_its_year_can_bear_is_passed_over() -> None:
    source = pdf(
        "LAPORAN KINERJA INSTANSI PEMERINTAH\nDINAS SOSIAL KOTA BINJAI\nTAHUN 2019",
        f"RINGKASAN\n\n{PROSE}\n\nBinjai, Januari 2018\n\nKEPALA DINAS SOSIAL",
        f"KATA PENGANTAR\n\n{PROSE}\n\nBinjai, Januari 2020\n\nKEPALA DINAS SOSIAL",
    )
    assert told(source, "date") == ("2020-01",)


def test_a_form_names_its_agency_and_year() -> None:
    text = """
FORMULIR INDIKATOR KINERJA UTAMA

1. Perangkat Daerah : Dinas Perikanan Kabupaten Sinjai
2. Tugas dan Fungsi : Melaksanakan urusan perikanan
3. Tahun : 2025

NO | TUJUAN SASARAN | INDIKATOR KINERJA UTAMA | PENJELASAN
"""
    assert told(pdf(text), "doc_type", "institution", "years", "title") == (
        "iku",
        "Dinas Perikanan Kabupaten Sinjai",
        (2025,),
        "Formulir Indikator Kinerja Utama Dinas Perikanan Kabupaten Sinjai Tahun 2025",
    )


def test_a_budget_report_of_an_agency_and_its_notes() -> None:
    lra = """
Dinas Pemuda Dan Olahraga Laporan Realisasi Anggaran
Untuk Tahun Yang Berakhir Sampai Dengan 31 Desember 2020 dan 2019

Uraian | Anggaran 2020 | Realisasi 2020 | Realisasi 2019
PENDAPATAN | 850.000.000,00 | 903.026.989,00 | 851.870.113,00

Balige, 15 Februari 2021 Kepala Dinas Pemuda dan Olahraga
"""
    assert told(pdf(lra), "doc_type", "institution", "region", "years", "date") == (
        "lra",
        "Dinas Pemuda dan Olahraga Kabupaten Toba",
        "Kabupaten Toba",
        (2020,),
        "2021-02-15",
    )
    notes = f"V. CATATAN ATAS LAPORAN KEUANGAN\nBAB I PENDAHULUAN\n\n{PROSE}"
    assert told(pdf(notes), "doc_type", "title") == ("calk", "Catatan atas Laporan Keuangan")


@pytest.mark.parametrize(
    ("running", "name"),
    [
        ("Rancangan Rencana Kerja Dinas Perhubungan Kabupaten Karo Tahun 2027", "berkas.pdf"),
        ("", "ranwal_renja_2027.pdf"),
    ],
)
def test_a_draft_that_its_cover_does_not_call_one(running: str, name: str) -> None:
    source = pdf(
        "RENJA\nRENCANA KERJA\nDinas Perhubungan Kabupaten Karo Tahun 2027",
        f"KATA PENGANTAR\n\n{PROSE}",
        name=name,
        metadata={"running": running} if running else {},
    )
    assert told(source, "doc_type", "years", "draft", "title") == (
        "renja",
        (2027,),
        True,
        "Rancangan Rencana Kerja (Renja) Dinas Perhubungan Kabupaten Karo Tahun 2027",
    )


def test_a_regulation_behind_its_contents() -> None:
    source = pdf(
        "DAFTAR ISI\nBAB I PENDAHULUAN ........ I-1\nBAB II GAMBARAN UMUM ........ II-1",
        "SALINAN\n\nPEMERINTAH KABUPATEN SAMOSIR\n\nPERATURAN DAERAH KABUPATEN SAMOSIR NOMOR 6 "
        "TAHUN 2016\n\nTen ANG\n\nRENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH KABUPATEN SAMOSIR "
        "TAHUN 2016 - 2021\n\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n\nBUPATI SAMOSIR,\nMenimbang : a.",
        "Ditetapkan di Pangururan nada tanansl 9 — 12 — 2016\nBUPATI SAMOSIR",
        name="perda_no_6_rpjmd.pdf",
    )
    assert told(source, "doc_type", "number", "years", "date") == (
        "rpjmd",
        "6",
        (2016, 2017, 2018, 2019, 2020, 2021),
        "2016-12-09",
    )


def test_the_number_of_a_scan_as_its_file_name_has_it() -> None:
    text = (
        "GUBERNUR JAMBI\n\nPERATURAN GUUSEKNUK JAMBI NOMOR ?4 TAHUN 2014\n\nTENTANG\n\nUPAH MINIMUM"
    )
    source = SourceDocument(
        "Pergub_24_2014.pdf", "pdf", None, (Page(1, text, method="ocr", ocr_confidence=0.9),)
    )
    assert told(source, "doc_type", "number", "institution") == ("pergub", "24", "Gubernur Jambi")


def test_the_cited_regulation_is_not_the_document() -> None:
    text = (
        "PERUBAHAN ATAS PERATURAN BUPATI KARO NOMOR 51 TAHUN 2017\n"
        "PEMBENTUKAN UNIT PELAKSANA TEKNIS DAERAH"
    )
    assert told(pdf(text), "number") == (None,)


def test_data_without_a_title_cover_the_years_they_tell_of() -> None:
    source = pdf(
        "Laju inflasi Kabupaten Karo selama tahun 2018-2020 menurun. Pada tahun 2019 inflasi "
        "sebesar 2,1 persen. Pada periode tahun 2018-2020 harga terkendali.",
        name="Perkembangan_Tingkat_Inflasi.pdf",
    )
    assert told(source, "doc_type", "years", "region") == (
        "statistik",
        (2018, 2019, 2020),
        "Kabupaten Karo",
    )


def test_the_caption_of_a_table_names_a_document_without_text_above_it() -> None:
    rows = (("No", "Indikator", "Formula"), ("1", "Indeks Pembangunan Gender", "IPM / IPM"))
    source = pdf(
        "No | Indikator | Formula\n1 | Indeks Pembangunan Gender | IPM / IPM",
        tables=(Table(1, rows, 1, "KAMUS INDIKATOR DINAS SOSIAL KOTA BINJAI TAHUN 2024"),),
    )
    assert told(source, "doc_type", "years", "institution") == (
        "manual_indikator",
        (2024,),
        "Dinas Sosial Kota Binjai",
    )


def test_what_stands_beside_the_head_of_a_region_is_not_his_name() -> None:
    text = (
        "LAMPIRAN\nPERATURAN BUPATI KARO SEKRETARIAT DAERAH KABUPATEN\nNOMOR 86 TAHUN 2022\n"
        "TENTANG\nSUSUNAN ORGANISASI SEKRETARIAT DAERAH"
    )
    assert told(pdf(text), "institution", "number") == ("Bupati Karo", "86")


def test_a_decree_without_its_word_for_about_and_a_disease_with_a_year() -> None:
    text = (
        "KEPUTUSAN WALI KOTA BINJAI\nNOMOR : 443/26/KPTS/2021\n"
        "PEMBENTUKAN SATUAN TUGAS PENANGANAN CORONA VIRUS DISEASE 2019"
    )
    assert told(pdf(text), "number", "years") == ("443/26/KPTS/2021", (2021,))
    assert "Satuan Tugas" in told(pdf(text), "title")[0]


def test_an_annex_is_named_by_its_heading() -> None:
    text = (
        "Lampiran I : Peraturan Daerah Kota Binjai\nNomor : 9 Tahun 2021\n"
        "Tanggal : 30 Desember 2021\nKOTA BINJAI\n"
        "RINGKASAN APBD YANG DIKLASIFIKASI MENURUT KELOMPOK DAN JENIS PENDAPATAN\n"
        "TAHUN ANGGARAN 2022\nKode | Uraian | Jumlah\n4 | PENDAPATAN DAERAH | 100"
    )
    kind, number, years, title = told(pdf(text), "doc_type", "number", "years", "title")
    assert (kind, number, years) == ("apbd", "9", (2022,))
    assert title.startswith("Lampiran Peraturan Daerah Kota Binjai Nomor 9 Tahun 2021: Ringkasan")


def test_a_head_in_small_letters_and_a_gazette_before_the_head() -> None:
    small = (
        "Keputusan Menteri Negara Lingkungan Hidup\nNo. 12 Tahun 1997\nTentang : Baku Mutu Tanah"
    )
    assert told(pdf(small), "number", "years", "title") == (
        "12",
        (1997,),
        "Keputusan Menteri Negara Lingkungan Hidup Nomor 12 Tahun 1997 tentang Baku Mutu Tanah",
    )
    gazette = (
        "BERITA NEGARA REPUBLIK INDONESIA\nNo.1575, 2017 LEMBAGA. ORTA. Balai Biak. Pencabutan.\n"
        "PERATURAN\nKEPALA LEMBAGA PENERBANGAN DAN ANTARIKSA NASIONAL\nNOMOR 16 TAHUN 2015\n"
        "TENTANG\nORGANISASI DAN TATA KERJA BALAI BIAK\nDENGAN RAHMAT TUHAN YANG MAHA ESA"
    )
    assert told(pdf(gazette), "doc_type", "number", "years") == ("peraturan_pusat", "16", (2015,))


def test_a_numbered_heading_and_a_sentence_name_no_document() -> None:
    pages = tuple(
        Page(number, f"1. CAPAIAN KINERJA MAKRO\nCapaian kinerja makro merupakan hasil.\n{name}")
        for number, name in ((1, "RLPPD"), (2, PROSE), (3, PROSE))
    )
    head = {"running": "Pemerintah Kota Binjai Tahun 2024"}
    source = SourceDocument("RLPPD Tahun 2023.pdf", "pdf", None, pages, metadata=head)
    assert told(source, "doc_type", "years") == ("lppd", (2023,))


def test_a_form_says_its_name() -> None:
    text = (
        "DOKUMEN RENCANA KERJA SATUAN KERJA PERANGKAT DAERAH | Formulir RKA - SKPD 2.2.1\n"
        "PEMERINTAH KOTA BINJAI TAHUN ANGGARAN 2019\nOrganisasi : DINAS PENDIDIKAN"
    )
    assert told(pdf(text), "doc_type", "years") == ("rka", (2019,))


def test_the_heading_of_an_annex_is_no_subject() -> None:
    text = (
        "Lampiran IIa Peraturan Bupati Karo Nomor : 40 Tahun 2021\n\n"
        "PEMERINTAH KABUPATEN KARO RINGKASAN APBD BERDASARKAN RINCIAN OBYEK TAHUN ANGGARAN 2022\n"
        "NOMOR URUT | URAIAN | JUMLAH\n4 | PENDAPATAN | 1.722.563.823.500,00"
    )
    assert told(pdf(text), "doc_type", "years", "title") == (
        "apbd",
        (2022,),
        "Lampiran Peraturan Bupati Karo Nomor 40 Tahun 2021: Ringkasan APBD Berdasarkan Rincian "
        "Obyek Tahun Anggaran 2022",
    )


def test_a_sentence_and_a_person_are_no_part_of_an_agency() -> None:
    sentence = "Kepala Dinas Sosial Nuraini Siti dan Yan Manuhutu membuka pelatihan untuk warga."
    assert "membuka" not in str(told(pdf(sentence), "institution"))
    line = "Wawancara dengan Kepala Dinas Kesehatan Binjai Sri Wahyuni"
    assert told(pdf(line), "institution") == ("Dinas Kesehatan Binjai",)


LETTER = "SURAT EDARAN\nNOMOR 4 TAHUN 2021\nTENTANG\nCUTI PEGAWAI\n\nA. LATAR BELAKANG\n" + PROSE
SIGNED = "Demikian untuk dilaksanakan.\nDikeluarkan di Binjai\npada tanggal 3 Mei 2021\n\n"


@pytest.mark.parametrize(
    ("above", "below", "sender"),
    [
        ("BKN\n\nKepada Yth. Para Kepala Kantor\n\n", "", "Badan Kepegawaian Negara"),
        ("PEMERINTAH KOTA BINJAI\nDINAS KESEHATAN\n\n", "", "Dinas Kesehatan Kota Binjai"),
        ("PEMERINTAH KABUPATEN KARO\n\n", "BUPATI KARO,", "Bupati Karo"),
        (
            "PEMERINTAH KABUPATEN KARO\n\n",
            "a.n. BUPATI KARO\nSEKRETARIS DAERAH,",
            "Bupati Karo",
        ),
        (
            "PEMERINTAH KOTA BINJAI\n\n",
            "SEKRETARIS DAERAH KOTA BINJAI,",
            "Sekretariat Daerah Kota Binjai",
        ),
        ("PEMERINTAH KOTA BINJAI\n\n", "", "Pemerintah Kota Binjai"),
        ("", "KEPALA BADAN KEPEGAWAIAN NEGARA,", "Badan Kepegawaian Negara"),
    ],
)
def test_a_letter_is_sent_by_its_letterhead_or_who_signed_it(
    above: str, below: str, sender: str
) -> None:
    assert told(pdf(above + LETTER, SIGNED + below), "institution", "title") == (
        sender,
        "Surat Edaran Nomor 4 Tahun 2021 tentang Cuti Pegawai",
    )


def official(*fields: str, to: str = "Yth. Kepala Dinas Sosial Kabupaten Karo\ndi tempat") -> str:
    head = (
        "PEMERINTAH KOTA BINJAI\nDINAS KESEHATAN\nJI. Veteran 12 Telp. (061) 882 Kode Pos 20711\n"
    )
    return f"{head}\nBinjai, 9 Maret 2023\n" + "\n".join((*fields, to, PROSE * 2))


@pytest.mark.parametrize(
    ("fields", "title", "number"),
    [
        (
            ("Nomor : 440 / 17/Dinkes/III/2023", "Lampiran : -", "Hal : Undangan Rapat Imunisasi"),
            "Undangan Rapat Imunisasi",
            "440/17/Dinkes/III/2023",
        ),
        (
            ("Lampiran : 1 berkas", "Perihal : Permohonan Data Penerima", "bantuan tahun lalu"),
            "Permohonan Data Penerima bantuan tahun lalu",
            None,
        ),
    ],
)
def test_an_official_letter_is_called_by_its_subject(
    fields: tuple[str, ...], title: str, number: str | None
) -> None:
    assert told(pdf(official(*fields)), "title", "number", "institution", "date") == (
        title,
        number,
        "Dinas Kesehatan Kota Binjai",
        "2023-03-09",
    )


def test_a_number_of_a_kind_we_do_not_know_and_an_address_that_is_no_title() -> None:
    text = (
        "PEMERINTAH KOTA BINJAI\nINSPEKTORAT\nJI. Veteran 12 Telp. (061) 882 Kode Pos 20711\n"
        "BINJAI\n\nPIAGAM PENGAWASAN\nNomor : 700/ 160 /415/2021\n\nA. Pendahuluan\n"
        f"{PROSE} Berlaku 2022. Tahun 2022.\n{PROSE}"
    )
    assert told(pdf(text), "title", "number", "years") == (
        "Piagam Pengawasan Inspektorat Kota Binjai Tahun 2021",
        "700/160/415/2021",
        (2021,),
    )


def test_a_regulation_it_rests_on_is_not_the_document() -> None:
    text = (
        "PARAMETER DAN BIAYA UJI SESUAI PERATURAN GUBERNUR SUMATERA UTARA NO. 72 TAHUN 2013\n"
        "No. | Parameter | Harga\n1 | Suhu | 12.000\n" + PROSE
    )
    assert told(pdf(text), "doc_type", "number") == ("lainnya", None)


def test_a_law_is_the_presidents_and_signed_before_its_annexes() -> None:
    head = (
        "PERATURAN PEMERINTAH REPUBLIK INDONESIA\nNOMOR 82 TAHUN 2001\nTENTANG\n"
        "PENGELOLAAN KUALITAS AIR\nPRESIDEN REPUBLIK INDONESIA\nMenimbang :\na. bahwa air"
    )
    signed = "Ditetapkan di Jakarta\npada tanggal 14 Desember 2001\nPRESIDEN REPUBLIK INDONESIA,"
    source = pdf(head, *[PROSE] * 50, signed, *[PROSE] * 20)
    assert told(source, "title", "institution", "date") == (
        "Peraturan Pemerintah Republik Indonesia Nomor 82 Tahun 2001 tentang Pengelolaan "
        "Kualitas Air",
        "Presiden Republik Indonesia",
        "2001-12-14",
    )
    annex = "LAMPIRAN I\nPERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 82 TAHUN 2001 TENTANG AIR"
    assert told(pdf(annex), "institution") == ("Presiden Republik Indonesia",)


def test_a_ministry_is_called_as_it_was() -> None:
    text = f"KEMENTERIAN PENDIDIKAN, KEBUDAYAAN, RISET, DAN TEKNOLOGI\n\nPANDUAN MAGANG\n{PROSE}"
    assert told(pdf(text), "institution") == (
        "Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi",
    )


def test_a_letterhead_on_one_line_is_no_press_text() -> None:
    head = (
        "PEMERINTAH KABUPATEN KARO KECAMATAN TIGAPANAH Jalan Jend. Sungkono Nomor 4 (0628) 891898"
    )
    text = f"{head} TIGAPANAH, 22171\nALUR PELAYANAN\n1. PEMOHON MENDAFTARKAN DIRI\n" + PROSE
    source = SourceDocument("alur.docx", "docx", None, (Page(1, text),))
    assert told(source, "institution", "title") == (
        "Kecamatan Tigapanah Kabupaten Karo",
        "Alur Pelayanan Kecamatan Tigapanah Kabupaten Karo",
    )


def test_an_agency_named_by_letters_alone_is_spelled_out_in_the_text() -> None:
    text = (
        "BAB I\nPENDAHULUAN\n1.1 Latar Belakang\nBadan Pengelolaan Pantai Daerah (BPPTD) Provinsi "
        f"Maluku dibentuk dengan peraturan daerah. {PROSE}"
    )
    source = pdf(text, PROSE, PROSE, metadata={"running": "LKIP BPPTD Provinsi Maluku 2016"})
    assert told(source, "institution", "region", "years") == (
        "Badan Pengelolaan Pantai Daerah Provinsi Maluku",
        "Provinsi Maluku",
        (2016,),
    )


def test_a_cover_whose_letters_fell_apart_gives_way_to_the_running_head() -> None:
    running = "Dinas Perikanan dan Kelautan Provinsi Maluku\nRencana Kerja Tahun 2017"
    body = f"Rencana kerja Dinas Perikanan dan Kelautan Provinsi Maluku disusun. {PROSE}"
    source = pdf("RE\nENCA\nKE\nERJA\nDINAS PER\nRIKA NAN", body, PROSE,
                 metadata={"running": running})  # fmt: skip
    assert told(source, "institution") == ("Dinas Perikanan dan Kelautan Provinsi Maluku",)


def test_an_office_of_the_secretariat_is_one_with_and_without_it() -> None:
    named = (
        "Biro Organisasi menyusun laporan ini.\nBiro Organisasi Sekretariat Daerah Provinsi Maluku "
        "menetapkan sasaran.\n"
    )
    text = f"BAB I\nPENDAHULUAN\n{PROSE}\nLaporan kinerja tahun 2016\n" + 4 * named
    source = pdf(text, 3 * named, name="LKIP 2016.pdf")
    assert told(source, "institution") == ("Biro Organisasi Sekretariat Daerah Provinsi Maluku",)


def test_a_year_may_stand_behind_a_dash() -> None:
    source = pdf(f"BAB I\nPENDAHULUAN\n{PROSE} Pada tahun 2015 dan tahun 2015.", PROSE, PROSE,
                 metadata={"running": "RENJA DINAS SOSIAL PROVINSI MALUKU-2016"})  # fmt: skip
    assert told(source, "years") == ((2016,),)


def test_a_day_within_a_sentence_is_no_signature() -> None:
    text = (
        "LAPORAN KINERJA (LKjIP)\nDINAS PETERNAKAN PROVINSI MALUKU\nTAHUN 2016\n\nBAB IV\n"
        "PENUTUP\nAnggaran semula, kemudian pada tanggal 30 Oktober 2016 berdasarkan DPPA menjadi "
        "lebih besar."
    )
    assert told(pdf(text), "date") == (None,)
    assert told(pdf(f"{text}\nDitetapkan pada tanggal 30 Januari 2017\nKepala Dinas,"), "date") == (
        "2017-01-30",
    )


def test_a_plan_of_one_year_is_not_signed_three_years_before() -> None:
    text = "RENCANA KERJA (RENJA)\nDINAS SOSIAL PROVINSI MALUKU\nTAHUN 2017\n\nAmbon, 3 Maret 2014"
    assert told(pdf(text), "date") == (None,)
    assert told(pdf(text.replace("2014", "2016")), "date") == ("2016-03-03",)
