"""The names component with the shipped model, and what is done to its spans afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import ModelError
from kb.model import Label, Mention
from kb.nlp.language import make_nlp
from kb.nlp.names import MODEL_DIR, NameTagger, load_names, read_doc
from kb.nlp.names.consistency import repeat_names
from kb.nlp.names.conventions import apply_conventions
from kb.nlp.names.dateline import read_datelines
from kb.nlp.pipeline import load_tagger

NLP = make_nlp()


def found(text: str) -> list[tuple[str, str]]:
    return [(m.surface, m.label) for m in load_names().tag(NLP.make_doc(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SERANG - Penjabat (Pj) Gubernur Banten Rahmat Wiguna membuka rapat di Kota Serang.",
            [
                ("SERANG", "LOC"),
                ("Banten", "LOC"),
                ("Rahmat Wiguna", "PER"),
                ("Kota Serang", "LOC"),
            ],
        ),
        (
            "Kepala Badan Perencanaan Pembangunan Daerah (Bappeda) Provinsi Jambi Ir. Hj. Nur "
            "Aini, M.Si mengatakan anggaran cukup.",
            [
                ("Badan Perencanaan Pembangunan Daerah (Bappeda) Provinsi Jambi", "ORG"),
                ("Nur Aini", "PER"),
            ],
        ),
        (
            "Kapolres Garut AKBP Yonky Permana dan Ketua KPU Kabupaten Garut Dian Hasanudin.",
            [
                ("Garut", "LOC"),
                ("Yonky Permana", "PER"),
                ("KPU Kabupaten Garut", "ORG"),
                ("Dian Hasanudin", "PER"),
            ],
        ),
        ("Kegiatan itu dihadiri kepala dinas terkait dan warga setempat.", []),
    ],
)
def test_names_by_the_guide(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_mentions_point_at_the_text_and_say_how_sure_they_are() -> None:
    text = "Bupati Lebak Iti Nurhayati\n\nmenemui warga Desa Kanekes,  Kecamatan Leuwidamar."
    mentions = load_names().tag(NLP.make_doc(text))
    assert mentions
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.method in ("crf", "consistency", "dateline")
        assert 0.0 < mention.confidence <= 1.0
        assert "\n" not in mention.surface
    assert mentions == sorted(mentions, key=lambda m: m.start)


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "((((", "\u200b", "a" * 5000, "A\nB\nC"])
def test_any_text_is_survived(text: str) -> None:
    for mention in load_names().tag(NLP.make_doc(text)):
        assert text[mention.start : mention.end] == mention.surface


def test_joined_names_are_read_apart() -> None:
    pieces = read_doc(NLP.make_doc("Irna Narulita-Tanto Arban di GubernurBanten, COVID-19")).pieces
    texts = [piece.text for piece in pieces]
    assert texts[:4] == ["Irna", "Narulita", "-", "Tanto"]
    assert "Banten" in texts
    assert "COVID-19" in texts


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kb train"):
        NameTagger.load(tmp_path)


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL_DIR.glob("*.gz")) < 4 * 1024 * 1024


def mentions(text: str, *names: tuple[str, Label], confidence: float = 0.95) -> list[Mention]:
    out, at = [], 0
    for surface, label in names:
        start = text.index(surface, at)
        at = start + len(surface)
        out.append(Mention(start, at, surface, label, method="crf", confidence=confidence))
    return out


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Dinas Kesehatan (Dinkes) Kota Serang siap",
            [("Dinas Kesehatan", "ORG"), ("Dinkes", "ORG"), ("Kota Serang", "LOC")],
            ["Dinas Kesehatan (Dinkes) Kota Serang"],
        ),
        (
            "Komisi Pemilihan Umum (KPU) siap",
            [("Komisi Pemilihan Umum", "ORG")],
            ["Komisi Pemilihan Umum (KPU)"],
        ),
        (
            "Samsat Malingping Kabupaten Lebak",
            [("Samsat Malingping", "ORG"), ("Kabupaten Lebak", "LOC")],
            ["Samsat Malingping Kabupaten Lebak"],
        ),
        (
            "di Desa Sukamaju, Kec. Baros",
            [("Sukamaju", "LOC"), ("Baros", "LOC")],
            ["Desa Sukamaju", "Kec. Baros"],
        ),
        ("Wali Kota Serang Budi", [("Serang", "LOC"), ("Budi", "PER")], ["Serang", "Budi"]),
        (
            "Kata H. Budi Santoso, S.E., M.Si",
            [("H. Budi Santoso, S.E., M.Si", "PER")],
            ["Budi Santoso"],
        ),
        ("Wahidin Halim (WH) hadir", [("Wahidin Halim", "PER")], ["Wahidin Halim"]),
        (
            "Kawasan Pusat Pemerintahan (KP3B)",
            [("Kawasan Pusat Pemerintahan (KP3B", "LOC")],
            ["Kawasan Pusat Pemerintahan (KP3B)"],
        ),
        (
            "Polres Serang, Kota Serang",
            [("Polres Serang", "ORG"), ("Kota Serang", "LOC")],
            ["Polres Serang", "Kota Serang"],
        ),
        (
            "Rina Dewi (Lebak) juara",
            [("Rina Dewi", "PER"), ("Lebak", "LOC")],
            ["Rina Dewi", "Lebak"],
        ),
        (
            "di Desa Oro Wetan Kec.Rembang",
            [("Desa Oro Wetan Kec.Rembang", "LOC")],
            ["Desa Oro Wetan", "Kec.Rembang"],
        ),
        ("ibu kota Kabupaten Lebak", [("kota Kabupaten Lebak", "LOC")], ["Kabupaten Lebak"]),
        ("mahasiswa KKN Universitas Halu", [("KKN Universitas Halu", "ORG")], ["Universitas Halu"]),
        ("tutup RD. Silvester Ndona", [("RD. Silvester Ndona", "PER")], ["Silvester Ndona"]),
        ("Bendahara LPD Desa Kutuh", [("Desa Kutuh", "LOC")], ["LPD Desa Kutuh"]),
        ("laba (Bank Nagari) naik", [("Bank Nagari)", "ORG")], ["Bank Nagari"]),
        ("Nomor: PR-14/N.1.3/Kph.3/05/2025", [("Kph", "PER")], []),
        ("Jangan diam, Pak Gub!", [("Gub", "PER")], []),
    ],
)
def test_ends_by_the_guide(text: str, names: list[tuple[str, Label]], expected: list[str]) -> None:
    assert [m.surface for m in apply_conventions(text, mentions(text, *names))] == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Wali Kota Palu, Ayu Lestari hadir", ["Palu", "Ayu Lestari"], ["LOC", "PER"]),
        ("Bupati Tapin, Kabupaten Banjar", ["Tapin", "Kabupaten Banjar"], ["LOC", "LOC"]),
        ("Bupati Tapin, Pasar Induk", ["Tapin", "Pasar Induk"], ["LOC", "LOC"]),
        ("Warga Palu, Ayu Lestari hadir", ["Palu", "Ayu Lestari"], ["LOC", "LOC"]),
    ],
)
def test_behind_an_office_and_a_comma_stands_its_holder(
    text: str, names: list[str], expected: list[str]
) -> None:
    found = apply_conventions(text, mentions(text, *((name, "LOC") for name in names)))
    assert [m.label for m in found] == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("SINGARAJA, BALI TERKINI — Dua turis", [], ["LOC SINGARAJA", "ORG BALI TERKINI"]),
        ("Merauke (TIFA) - Bupati hadir", [("Merauke", "LOC")], ["LOC Merauke", "ORG TIFA"]),
        ("ENDE, KOMINFO - Ketua dewan", [], ["LOC ENDE"]),
        ("WANGI, Kendari Sore – Bupati", [("Kendari", "LOC")], ["LOC WANGI", "ORG Kendari Sore"]),
        ("PALU, Sulawesi Tengah - Hujan", [("PALU", "LOC")], ["LOC PALU"]),
        ("Meunasah Baro (14/3) - Warga", [], []),
        ('KABID TIBUM, EEP: "Sudah tiga kali"', [], []),
        ("Menurut Budi, Ani - Tono menang", [], []),
    ],
)
def test_datelines_name_place_and_medium(
    text: str, names: list[tuple[str, Label]], expected: list[str]
) -> None:
    found = read_datelines(text, mentions(text, *names))
    assert [f"{m.label} {m.surface}" for m in found] == expected


def test_each_of_a_pair_is_found_again() -> None:
    text = "Pak Ganendra hadir. Ganendra-Mahesa menang, kata Ganendra-lah."
    found = repeat_names(text, mentions(text, ("Ganendra", "PER")))
    assert [m.start for m in found] == [4, 20]


def test_initials_of_a_named_person_open_the_turns_of_an_interview() -> None:
    text = "Ahmad Fauzi Wicaksono menjawab.\nSP: Apa kendalanya?\nAFW: Modal."
    found = repeat_names(text, mentions(text, ("Ahmad Fauzi Wicaksono", "PER")))
    assert [m.surface for m in found] == ["Ahmad Fauzi Wicaksono", "AFW"]


LISTED = """Pejabat yang dilantik hari ini di Aula Kantor Bupati:
1. Demianus Lewaherilla, S.Sos sebagai Kepala Dinas Perhubungan
2. Dr. Orpa Letelay, M.Kes sebagai Kepala Dinas Kesehatan, Pengendalian Penduduk dan KB
3. Melkias Dahaklory sebagai Sekretaris DPRD
4. Hengki Tiwery, SE sebagai Camat Moa
Mereka mulai bekerja Senin depan.
"""


def test_a_list_of_appointments_is_press_text() -> None:
    names = [m.surface for m in load_tagger().tag(LISTED).mentions if m.label == "PER"]
    assert names == [
        "Demianus Lewaherilla",
        "Orpa Letelay",
        "Melkias Dahaklory",
        "Hengki Tiwery",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ajak Warga Pilah Sampah dari Rumah", []),
        ("Tekan Inflasi, Petani Diminta Tanam Cabai", []),
        ("Kami di kelurahan tinggal mendampingi.", []),
        ("Paripurna LKPJ Bupati TA 2024 digelar.", []),
        ("Dinas Kesehatan Kabupaten Pesisir Barat", ["Dinas Kesehatan Kabupaten Pesisir Barat"]),
    ],
)
def test_capitals_of_headlines_name_nobody(text: str, expected: list[str]) -> None:
    assert [surface for surface, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Dinas Sosial Kabupaten Cianjur 3", "ORG", ["Dinas Sosial Kabupaten Cianjur"]),
        ("Renstra Dinas Sosial 2011-2016", "ORG", ["Dinas Sosial"]),
        ("SMP Negeri 3", "ORG", ["SMP Negeri 3"]),
        ("SDN Sukasari 2", "ORG", ["SDN Sukasari 2"]),
    ],
)
def test_page_numbers_and_years_are_no_part_of_an_institution(
    text: str, name: Label, expected: list[str]
) -> None:
    surface = text.removeprefix("Renstra ")
    assert [m.surface for m in apply_conventions(text, mentions(text, (surface, name)))] == expected


def test_lower_case_words_are_persons_only_when_sure() -> None:
    text = "di warung nasi"
    assert not apply_conventions(text, mentions(text, ("warung nasi", "PER"), confidence=0.6))
    assert apply_conventions(text, mentions(text, ("warung nasi", "PER"), confidence=0.9))


def test_a_name_found_once_is_found_again() -> None:
    text = "Bupati Rudi Hartono hadir. Kemudian Rudi berkata, lalu Rudi Hartono pulang."
    again = repeat_names(text, mentions(text, ("Rudi Hartono", "PER")))
    assert [m.surface for m in again] == ["Rudi Hartono", "Rudi", "Rudi Hartono"]
    assert [m.method for m in again] == ["crf", "consistency", "consistency"]


def test_a_doubtful_name_vouches_for_nothing() -> None:
    text = "Rudi hadir. Kemudian Rudi pulang."
    assert len(repeat_names(text, mentions(text, ("Rudi", "PER"), confidence=0.4))) == 1


def test_names_of_earlier_pages_are_known() -> None:
    earlier = mentions("Bupati Wahyu Sentanu", ("Wahyu Sentanu", "PER"))
    assert [m.surface for m in repeat_names("lalu Sentanu pergi", [], earlier)] == ["Sentanu"]


def test_a_part_of_another_name_is_no_short_form() -> None:
    text = "Rudi Hartono hadir. Jalan Hartono Raya macet."
    assert len(repeat_names(text, mentions(text, ("Rudi Hartono", "PER")))) == 1


def test_wrapped_lines_of_a_pdf_are_read_as_one() -> None:
    first = "Rapat koordinasi tersebut dihadiri oleh Kepala Dinas Perumahan dan"
    text = f"{first}\nKawasan Permukiman Kabupaten Garut serta warga.\nBupati Garut\n\nWarga"
    lines = read_doc(NLP.make_doc(text))
    number = dict(zip((piece.text for piece in lines.pieces), lines.lines, strict=True))
    assert number["dan"] == number["Kawasan"]
    assert number["Bupati"] != number["Kawasan"]
    assert number["Bupati"] != number["Warga"]


@pytest.mark.parametrize(
    "text",
    [
        "BAB II GAMBARAN UMUM KONDISI DAERAH\n2.1 Aspek Geografi dan Demografi",
        "Indeks Pembangunan Manusia Poin 72,3 73,1 74,0\nPersentase Jalan Mantap Persen 81 85 90",
        "KATA PENGANTAR\nDAFTAR ISI\nDAFTAR TABEL",
    ],
)
def test_headings_and_table_cells_are_not_people(text: str) -> None:
    assert not [m for m in load_names().tag(NLP.make_doc(text)) if m.label == "PER"]
