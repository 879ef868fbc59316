"""What tables, lists, headings and scans of planning documents make look like names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.authority import load
from kb.authority.roots import is_word, roots
from kb.authority.words import common_words, lines, name_parts, sections
from kb.model import Label, Mention, TagContext
from kb.nlp import load_tagger
from kb.nlp.linking.institutions import InstitutionLinker
from kb.nlp.memory import Memory
from kb.nlp.review.longer import go_on
from kb.nlp.review.plain_words import doubtful, is_plain, kinds, short_forms
from kb.nlp.review.plans import is_of_plan, settle_plans
from kb.nlp.review.scans import is_broken, is_garbage

PLAN = TagContext(doc_type="renja", region="Kabupaten Malang")


def named(text: str, surface: str, label: Label, method: str = "crf") -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, label, method=method, confidence=0.9)


def settled(text: str, *mentions: Mention, memory: Memory | None = None) -> list[tuple[str, str]]:
    found = settle_plans(text, mentions, PLAN, memory or Memory())
    return [(m.surface, m.label) for m in found]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("KODE | U R A I A N | RINCIAN", "U R A I A N"),
        ("Tabel 1.4\nGini Ratio di Sumatera Utara", "Gini Ratio"),
        ("Total Fertility Rate (TFR)", "Fertility Rate"),
        ("penyusunan Gender Analysis Pathway (GAP)", "Gender Analysis Pathway"),
        ("KELAS IBU HAMIL\nBelanja Konsumsi", "HAMIL"),
        ("f. Bidang Pemeliharaan, Membawahkan :", "Membawahkan"),
        ("Keputusan Dirjen Bimas Islam No. 802", "Bimas Islam"),
        ("BUPATI\n\nTTD\n\nNAMA\nNIP", "NAMA"),
        ("Pembina Tk. I\n(IV/b)\nNIP. 1971", "IV/b"),
        ("melimpahkan Rahmat dan Hidayah-Nya", "Rahmat"),
        ("Irigasi (DAK Bidang Irigasi)", "DAK"),
        ("Realisasi TW I dan TW II", "TW I"),
    ],
)
def test_ordinary_words_are_no_person(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "PER")) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("1 | INDAH PERMATA | RT.04", "INDAH PERMATA"),  # words of names, though ordinary
        ("Kepala Bidang\n\nTEGUH UTAMA, S.Sos\nNIP. 1971", "TEGUH UTAMA"),
        ("Dr. Rukun Sentosa | Ketua", "Rukun Sentosa"),
        ("2 | Karsono Wiryadi | Anggota", "Karsono Wiryadi"),
        ("Tokoh Aman, S.E. | Bendahara", "Tokoh Aman"),
        ("Rahmat Hidayat | Anggota", "Rahmat Hidayat"),
    ],
)
def test_names_in_tables_stay(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "PER")) == [(surface, "PER")]


def test_a_degree_belongs_to_the_name_before_it() -> None:
    text = "Lestari Wiryani, S.Sos. Karsini, SE."
    assert settled(text, named(text, "S.Sos. Karsini", "PER")) == [("Karsini", "PER")]
    # Initials are no degree.
    text = "M.S. Karsono, SE."
    assert settled(text, named(text, "M.S. Karsono", "PER")) == [("M.S. Karsono", "PER")]


def test_the_documents_own_villages_are_no_persons() -> None:
    text = "Desa | : Pandanlandung"
    assert settled(text, named(text, "Pandanlandung", "PER")) == [("Pandanlandung", "LOC")]
    # Also one that lies elsewhere, once the document has named it with its kind.
    memory = Memory()
    first = "Kelurahan Sri Meranti terletak di barat."
    settled(first, named(first, "Kelurahan Sri Meranti", "LOC"), memory=memory)
    text = "5 | Sri Meranti | 17499 | 2276"
    assert settled(text, named(text, "Sri Meranti", "PER"), memory=memory) == [
        ("Sri Meranti", "LOC")
    ]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Perizinan Kendaraan Dinas Operasional atau Lapangan", "Dinas Operasional"),
        ("Belanja Perjalanan Dinas Luar Daerah", "Dinas Luar Daerah"),
        ("Pemberdayaan Lembaga Kemasyarakatan Tingkat Kecamatan", "Lembaga Kemasyarakatan"),
        ("Sarana Prasarana Kantor Desa | 3 Unit", "Kantor Desa"),
        ("Lomba Antar Satuan Pendidikan Dasar | 300", "Satuan Pendidikan Dasar"),
        ("SK Gugus Tugas KLA", "Gugus Tugas"),
        ("RKA dan DPA serta melaksanakan DPA", "DPA"),
        ("telaah dokumen KLHS Kabupaten Banyuwangi", "KLHS Kabupaten Banyuwangi"),
        ("TFR Sumatera Utara sebesar 2,36", "TFR Sumatera Utara"),
        ("Administrasi Pajak Bumi dan Bangunan (PBB)", "PBB"),
        ("Penyusunan KUA dan PPAS", "KUA"),
        ("kualitas dan Kuantitas Sarana Olahraga masih kurang", "Kuantitas Sarana Olahraga"),
        ("Honorarium Tim Pelaksana Kegiatan", "Tim Pelaksana"),
        ("Koperasi Pasar Permanen | 1 | M2", "Koperasi Pasar Permanen"),
    ],
)
def test_kinds_plans_and_measures_are_no_institution(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "ORG")) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Daftar Kendaraan Dinas Perhubungan Kabupaten Banyuwangi", "Dinas Perhubungan"),
        ("Kantor Pertanahan Kabupaten Agam", "Kantor Pertanahan Kabupaten Agam"),
        ("Kantor Desa Pandanlandung | 1", "Kantor Desa Pandanlandung"),
        ("Dinas Pemuda dan Olahraga | 7", "Dinas Pemuda dan Olahraga"),
        ("Posyandu Melati | 12 kader", "Posyandu Melati"),
        ("pinjaman Bank Dunia | 3", "Bank Dunia"),
        ("Ketua Partai Bulan Bintang (PBB) hadir", "PBB"),
        ("Puskesmas Matur | 4", "Puskesmas Matur"),
        ("Fasilitasi Forum Pembauran Kebangsaan (FPK)", "Forum Pembauran Kebangsaan (FPK)"),
        ("survei Litbang Kompas", "Kompas"),
        ("ormas Pemuda Pancasila", "Pemuda Pancasila"),
        ("Kantor Urusan Agama (KUA) Wagir", "KUA"),
    ],
)
def test_institutions_in_tables_stay(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "ORG")) == [(surface, "ORG")]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("PDRB menurut Lapangan Usaha", "Lapangan Usaha"),
        ("Bangunan | Jembatan Beton | 5", "Jembatan Beton"),
        ("Rehabilitasi Terminal Tipe C (Fasilitas Utama)", "Terminal Tipe C"),
        ("(DLKP) Pelabuhan Pengumpan Lokal", "Pelabuhan Pengumpan Lokal"),
        ("Jalan Desa Lain-lain | 6", "Desa Lain-lain"),
        ("Tunjangan Perangkat Desa\nWaktu : 12 Bulan", "Desa\nWaktu"),
        ("pembinaan Desa Cantik oleh BPS", "Desa Cantik"),
        ("Tata Kerja Kecamatan Tipe A", "Kecamatan Tipe A"),
        ("Rumah Data di Kampung KB", "Kampung KB"),
        ("Laporan Daerah Tahunan dan Lima Tahunan", "Tahunan"),
        ("komitmen Net Zero Emission 2060", "Net Zero Emission 2060"),
        ("pemindahan jalan RT 2", "RT 2"),
        ("Kepala Subbidang Sarana dan Prasarana", "Subbidang Sarana"),
    ],
)
def test_kinds_of_places_are_no_place(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "LOC")) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Desa Pandanlandung Kecamatan Wagir", "Desa Pandanlandung"),
        ("Desa Cempaka Kecamatan Hinai | 15", "Desa Cempaka"),
        ("Kelurahan Pahlawan Kecamatan Perjuangan | 15", "Kecamatan Perjuangan"),
        ("Normalisasi Sungai Deresan | 1", "Sungai Deresan"),
        ("Paving Jalan Merdeka | 200 m", "Jalan Merdeka"),
        ("Jl. Pendidikan No. 5", "Jl. Pendidikan"),
        ("Ditetapkan di Muara Teweh", "Muara"),
        ("Negara Republik Indonesia", "Indonesia"),
        ("Dusun Mawar | 3", "Dusun Mawar"),
        ("terletak di Kelurahan Kemayoran Utara", "Kelurahan Kemayoran"),
        ("Stadion Pajajaran | 1", "Stadion Pajajaran"),
        ("Kecamatan Toroh dan Gubug | 1", "Gubug"),
    ],
)
def test_places_in_tables_stay(text: str, surface: str) -> None:
    assert settled(text, named(text, surface, "LOC")) == [(surface, "LOC")]


def test_the_surroundings_of_a_body_are_the_body() -> None:
    text = "Eselon II di Lingkungan Badan Pemeriksa Keuangan"
    found = settled(text, named(text, "Lingkungan Badan Pemeriksa Keuangan", "LOC"))
    assert found == [("Badan Pemeriksa Keuangan", "ORG")]
    text = "Warga Lingkungan Kejaksaan didata"
    assert settled(text, named(text, "Lingkungan Kejaksaan", "LOC")) == [
        ("Lingkungan Kejaksaan", "LOC")
    ]


def test_a_name_ends_with_its_row() -> None:
    text = "Bantuan Operasional Persatuan Voli Pandanlandung\nKODE | U R A I A N"
    found = settled(text, named(text, "Persatuan Voli Pandanlandung\nKODE", "ORG"))
    assert found == [("Persatuan Voli Pandanlandung", "ORG")]


def test_a_doubled_type_word_is_said_once() -> None:
    ref = InstitutionLinker(None, {}).link("Dinas Kelautan Provinsi Provinsi Sumatera Utara")
    assert ref.name.count("Provinsi") == 1


def test_an_agency_goes_on_over_comma_and_line_break() -> None:
    seen = {("dinas", "pemberdayaan", "perempuan", "perlindungan", "anak", "kependudukan")}
    text = "RENSTRA DINAS PEMBERDAYAAN PEREMPUAN, PERLINDUNGAN ANAK\n\nDAN KEPENDUDUKAN 2019"
    found = go_on(text, [named(text, "DINAS PEMBERDAYAAN PEREMPUAN", "ORG")], seen)
    assert found[0].surface.endswith("KEPENDUDUKAN")
    text = "Sumber : Badan Pengelolaan Pajak dan Retribusi Daerah Provinsi"
    found = go_on(text, [named(text, "Badan Pengelolaan Pajak", "ORG")], ())
    assert found[0].surface == "Badan Pengelolaan Pajak dan Retribusi Daerah"
    # The authority file knows the name.
    text = "Pohon Kinerja Satuan Polisi Pamong\n\nPraja, 2025"
    found = go_on(text, [named(text, "Satuan Polisi Pamong", "ORG")], ())
    assert found[0].surface == "Satuan Polisi Pamong\n\nPraja"
    text = "PERCASI (Persatuan Catur Seluruh Indonesia)"
    found = go_on(text, [named(text, "Persatuan Catur", "ORG")], ())
    assert found[0].surface == "Persatuan Catur Seluruh Indonesia"


def test_an_agency_does_not_take_its_neighbour_along() -> None:
    text = "Dinas Kesehatan dan Dinas Sosial, Dinas Perhubungan dalam rangka"
    first = [named(text, n, "ORG") for n in ("Dinas Kesehatan", "Dinas Sosial")]
    seen = {("dinas", "perhubungan", "dalam")}
    found = go_on(text, [*first, named(text, "Dinas Perhubungan", "ORG")], seen)
    assert [m.surface for m in found] == ["Dinas Kesehatan", "Dinas Sosial", "Dinas Perhubungan"]


def test_lines_of_garbage_name_nobody() -> None:
    assert is_garbage("JOWON ueZoqoi1p usayednqey Fueny uevyeusg uep usefioyag")
    assert is_broken("uBejoyoduad BAuyeNdueN")
    # Names, degrees and short forms are none, nor is a language nobody listed.
    assert not is_garbage("1 | KARSONO WIRYADI, S.Sos., M.PdI | RT. 04 / RW. 01 | ttd")
    assert not is_garbage("LKjIP DitjenPK dan KemenPUPR tahun 2023 telah disusun")
    assert not any(map(is_broken, ("McDonald", "DPRa", "Simanjuntak")))


def test_a_document_of_planning_is_one_though_it_quotes() -> None:
    quoted = 'Visi "Maju" dan misi "Sejahtera" kabupaten'
    assert is_of_plan(quoted, PLAN)
    assert not is_of_plan(quoted, replace(PLAN, doc_type="artikel"))
    assert not is_of_plan(quoted, None)


def test_the_tagger_asks_it_of_plans_alone() -> None:
    text = "Pemeliharaan Kendaraan Dinas Operasional | 12 | Unit\n" * 6
    assert load_tagger().tag(text, PLAN).mentions == ()


def test_words_of_plans_are_data_that_says_something() -> None:
    assert len(set(lines("plans.txt"))) > 200
    table = sections("plans.txt")
    for name in ("words", "english", "given", "grades", "grace", "unnamed", "blanks"):
        words = [word for line in table[name] for word in line.split()]
        assert all(word == word.lower() for word in words), name
        if name != "blanks":
            assert len(words) == len(set(words)), name
    for word in " ".join(table["words"]).split():
        assert not is_word(word), word
        assert word not in common_words(), word
    for word in " ".join(table["given"]).split():
        assert word in roots() - name_parts(), word
    assert all(1 <= most <= 4 for most in kinds().values())
    known = load().institutions
    for short in doubtful():
        assert known.match([short.lower()])[0], short
    assert not short_forms() & {"DPRD", "BPKAD", "KPU", "RSUD"}
    assert is_plain("Pengarusutamaan")
    assert not is_plain("Pandanlandung")
