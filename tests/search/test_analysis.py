"""Words of Indonesian texts: families that belong together, and ones that do not."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.language import analysis
from kb.search.language.analysis import (
    analyse,
    fold,
    is_stop_word,
    split,
    stem,
    tokens,
)
from kb.search.language.figures import written_dates
from kb.search.language.informal import formal_forms
from kb.search.language.names import is_name
from kb.search.language.synonyms import Synonyms, from_authority

FAMILIES = [
    "bangun membangun dibangun pembangunan bangunan terbangun pembangunannya",
    "sehat kesehatan penyehatan menyehatkan sehatlah",
    "didik mendidik pendidikan pendidik dididik",
    "layan melayani pelayanan layanan dilayani",
    "penyampaian menyampaikan disampaikan tersampaikan",
    "laksana melaksanakan pelaksanaan dilaksanakan terlaksana",
    "rencana merencanakan perencanaan direncanakan",
    "atur mengatur diatur pengaturan",
    "kembang mengembangkan pengembangan perkembangan berkembang",
    "tingkat meningkatkan peningkatan ditingkatkan meningkat",
    "usaha berusaha mengusahakan pengusaha",
    "ajar mengajar pelajaran pengajaran belajar",
    "hasil menghasilkan dihasilkan berhasil",
    "tani petani bertani",
    "pajak perpajakan memajaki",
    "awasi mengawasi pengawasan pengawas diawasi pengawasannya",
    "pemerintah pemerintahan pemerintahnya pemerintahlah",
    "anggaran penganggaran dianggarkan menganggarkan",
    "penduduk kependudukan penduduknya",
    "jalan jalannya berjalan jalanlah",
    "rusak kerusakan kerusakannya merusak",
    "gerak gerakan pergerakan bergerak menggerakkan",
    "tegak penegakan penegak menegakkan",
    "ternak peternakan peternak",
    "kunjung kunjungan pengunjung mengunjungi pengunjungnya",
    "rawat perawatan perawat dirawat",
    "bank perbankan",
    "putusan keputusan memutuskan",
    "perbaikan memperbaiki diperbaiki perbaikannya",
]

APART = [
    ("pemerintah", "perintah"),
    ("kinerja", "kerja"),
    ("pengawasan", "awas"),
    ("kecamatan", "camat"),
    ("kelurahan", "lurah"),
    ("kebijakan", "bijak"),
    ("pendapatan", "dapat"),
    ("pendapatan", "pendapat"),
    ("keuangan", "uang"),
    ("pengadaan", "ada"),
    ("penduduk", "duduk"),
    ("kementerian", "menteri"),
    ("pemilu", "milu"),
    ("kepulauan", "pulau"),
    ("penerimaan", "terima"),
    ("perhubungan", "hubung"),
    ("serang", "menyerang"),
    ("peserta", "serta"),
    ("perbaikan", "baik"),
    ("memadai", "pada"),
    ("berdasarkan", "dasar"),
    ("selama", "lama"),
    ("sepanjang", "panjang"),
    ("sebesar", "besar"),
    ("sebuah", "buah"),
    ("menengah", "tengah"),
    ("pengumuman", "umum"),
    ("penyakit", "sakit"),
    ("penanganan", "tangan"),
    ("pengeluaran", "keluar"),
    ("undangan", "undang"),
    ("kerusakan", "rusa"),
    ("perguruan", "guru"),
    ("persetujuan", "tujuan"),
    ("penghasilan", "hasil"),
    ("menyampaikan", "sampai"),
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.split()[0])
def test_words_of_a_family_meet(family: str) -> None:
    words = family.split()
    assert {word: stem(word) for word in words} == dict.fromkeys(words, stem(words[0]))


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_of_other_meaning_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "name", ["bekasi", "kediri", "pemalang", "pekalongan", "penajam", "bengkalis", "tabanan",
             "bangkalan", "merangin", "maluku", "mentawai", "kemayoran", "sepatan", "pelalawan"]
)  # fmt: skip
def test_places_are_never_stemmed(name: str) -> None:
    assert stem(name) == name
    assert stem(name + "nya") in (name, name + "nya")


def test_no_word_of_a_region_or_official_is_stemmed_unless_listed() -> None:
    from kb import authority

    ordinary = set(_words()["ordinary"]["words"].split())
    families = {f for forms in _words()["families"].values() for f in forms}
    loaded = authority.load()
    names = [
        place.bare
        for depth in (0, 1, 2)
        for code in loaded.places.codes(depth)
        if (place := loaded.places.place(code)) is not None
    ]
    names += [name for official in loaded.officials.all() for name in official.names]
    words = {word for name in names for word in authority.norm(name).split()}
    changed = {w for w in words - ordinary - families if stem(w) != w}
    assert changed == set()


def _words() -> dict[str, dict[str, str]]:
    text = resources.files("kb.search.language").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_word_lists_are_sorted_and_fold_to_themselves() -> None:
    data = _words()
    for part in ("doubled", "ordinary", "stop"):
        words = data[part]["words"].split()
        assert words == sorted(set(words)), part
        assert [w for w in words if fold(w) != w] == []
    forms = [form for family in data["families"].values() for form in family]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("run", "parts", "whole"),
    [
        ("COVID-19", ["covid", "19"], ["covid-19"]),
        ("2025-2029", ["2025", "2029"], ["2025-2029"]),
        ("2025–2029", ["2025", "2029"], ["2025-2029"]),
        ("PMK.07/2023", ["pmk", "07", "2023"], ["pmk.07/2023"]),
        ("050.13/Kep.12-Bappeda/2024", ["050", "13", "kep", "12", "bappeda", "2024"],
         ["050.13/kep.12-bappeda/2024"]),
        ("1.234.567", ["1", "234", "567"], ["1.234.567", "1234567"]),
        ("Rp1.234.567", ["rp", "1", "234", "567"], ["1.234.567", "1234567"]),
        ("undang-undang", ["undang", "undang"], ["undang-undang"]),
        ("Jum'at", ["jumat"], []),
        ("Cafe\u0301", ["cafe"], []),
        ("ke\u00adbijakan", ["kebijakan"], []),
        ("ﬁskal", ["fiskal"], []),
        ("ＡＰＢＤ", ["apbd"], []),
    ],
)  # fmt: skip
def test_runs_are_split_and_kept_whole(run: str, parts: list[str], whole: list[str]) -> None:
    found = split(run)
    assert [part[0] for part in found.parts] == parts
    assert list(found.whole) == whole


def test_positions_and_offsets() -> None:
    text = "Perda 4/2023 tentang COVID-19."
    found = tokens(text)
    assert [text[t.start : t.end] for t in found] == [
        "Perda",
        "4",
        "2023",
        "tentang",
        "COVID",
        "19",
    ]
    assert [t.position for t in found] == list(range(6))
    analysed = analyse(text)
    assert analysed.surfaces()["covid-19"] == [4]
    assert analysed.surfaces()["2023"] == [2]
    assert analysed.length == 8


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("pada 4 Januari 2024,", ["2024-01-04"]),
        ("Kamis (4/1/2024)", ["2024-01-04"]),
        ("17-08-2023 dan 17.08.2023", ["2023-08-17", "2023-08-17"]),
        ("12 Nopember 2021", ["2021-11-12"]),
        ("32 Januari 2024, 4/13/2024, 1 2 2024", []),
    ],
)
def test_written_dates(text: str, dates: list[str]) -> None:
    assert [iso for _, _, iso in written_dates(text)] == dates
    assert all(date in analyse(text).surfaces() for date in dates)


@given(st.text(max_size=200))
def test_offsets_hold_for_any_text(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert fold(text[token.start : token.end])


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_stop_words_carry_nothing() -> None:
    assert all(is_stop_word(w) for w in ("dan", "yang", "di", "berapakah"))
    assert not any(is_stop_word(w) for w in ("jalan", "dana", "tahun", "besar", "pihak"))


def test_names_come_from_the_authority_file() -> None:
    assert is_name("banten")
    assert not is_name("pembangunan-yang-tidak-ada")


def test_synonyms_go_both_ways_and_ignore_stop_words() -> None:
    found = Synonyms([("APBD", "Anggaran Pendapatan dan Belanja Daerah")])
    long = ("anggaran", "pendapatan", "dan", "belanja", "daerah")
    assert found.of(("apbd",)) == [long]
    assert found.of(("anggaran", "pendapatan", "belanja", "daerah")) == [("apbd",)]
    assert found.find(("tahap", "anggaran", "pendapatan", "belanja", "daerah", "baru")) == [(1, 5)]


@pytest.mark.parametrize("short", ["bappeda", "opd", "apbd", "pad"])
def test_common_abbreviations_are_known(short: str) -> None:
    assert from_authority().of((short,))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("nyumbang", "sumbang"),
        ("ngitung", "hitung"),
        ("ngukur", "ukur"),
        ("nulis", "tulis"),
        ("mukul", "pukul"),
        ("ngecek", "cek"),
        ("gantiin", "gantikan"),
        ("ngasih", "kasih"),
        ("nyelesaiin", "selesaikan"),
    ],
)
def test_colloquial_verbs_have_a_formal_form(said: str, written: str) -> None:
    assert written in formal_forms(said)


@pytest.mark.parametrize("word", ["jalan", "nama", "ngo", "2024a", "cabin"])
def test_other_words_are_left_alone(word: str) -> None:
    assert word not in formal_forms(word)
    assert len(formal_forms(word)) <= 3


def test_texts_are_analysed_in_threads_while_the_table_of_words_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [" ".join(f"kata{n}a, jalan{n}b rusak" for n in range(k, k + 40)) for k in range(60)]
    expected = [analyse(text).words for text in texts]
    monkeypatch.setattr(analysis, "_KNOWN_CHUNKS", 50)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda text: analyse(text).words, texts * 5))
    assert found == expected * 5
