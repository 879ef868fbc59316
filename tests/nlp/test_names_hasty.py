"""Names as hasty writers leave them: places in a row, words glued, hashtags, cut lines."""

from __future__ import annotations

import pytest

from kb.lab.corpora import read_marks
from kb.model import Mention
from kb.nlp.names.habits import apply_habits
from kb.nlp.names.neighbours import read_apart
from kb.nlp.names.seams import is_habit, pieces


def found(marked: str) -> tuple[str, list[Mention]]:
    read = read_marks(marked)
    return read.text, [
        Mention(a, b, read.text[a:b], label, confidence=0.9)  # type: ignore[arg-type]
        for a, b, label in read.spans
    ]


def apart(marked: str) -> list[str]:
    return [m.surface for m in read_apart(*found(marked))]


def habits(marked: str) -> list[tuple[str, str]]:
    return [(m.surface, m.label) for m in apply_habits(*found(marked))]


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("[[LOC jalan Kyai Mojo Magelang]]", ["jalan Kyai Mojo", "Magelang"]),
        ("[[LOC Hotel Melati Indah Salatiga]]", ["Hotel Melati Indah", "Salatiga"]),
        ("[[LOC desa Mekar Sari Ogan Ilir]]", ["desa Mekar Sari", "Ogan Ilir"]),
        ("[[LOC Desa Enam Kec. Kapuas Sanggau]]", ["Desa Enam", "Kec. Kapuas", "Sanggau"]),
        ("[[LOC Stadion Maulana Yusuf Kota Serang]]", ["Stadion Maulana Yusuf", "Kota Serang"]),
        ("[[LOC Moro Karimun]]", ["Moro", "Karimun"]),
        ("[[LOC SP 4 Prafi]] di [[LOC Prafi]]", ["SP 4", "Prafi", "Prafi"]),
        ("[[LOC Jl. Garuda No. 1 Sumbawa]]", ["Jl. Garuda", "Sumbawa"]),
        ("[[LOC Jalan Puputan 17]]", ["Jalan Puputan"]),
        ("[[LOC Jalan Veteran-Jalan Pemuda]]", ["Jalan Veteran", "Jalan Pemuda"]),
    ],
)  # fmt: skip
def test_places_in_a_row_are_so_many_places(marked: str, places: list[str]) -> None:
    assert apart(marked) == places


@pytest.mark.parametrize(
    "place",
    [
        "Jalan Raya Serang", "Balai Desa Jati Wetan", "Alun-alun Kota Serang", "Kota Serang",
        "Pendopo Gubernur Banten", "Hotel Novotel Palembang", "Kecamatan Kota Juang",
        "Selat Bali", "Ogan Ilir", "Gedung Serbaguna Desa Patampanua", "jalan Cisewu-Pangalengan",
        "Jalan Lintas Sumatera", "Kantor Gubernur Jambi", "Kecamatan Bandar Mataram",
    ],
)  # fmt: skip
def test_one_place_stays_one(place: str) -> None:
    assert apart(f"[[LOC {place}]]") == [place]


def test_a_smaller_region_counts_only_where_the_text_tells_of_it() -> None:
    lone = "[[LOC lapangan Dwi Warna Barabai]]"
    assert apart(lone) == ["lapangan Dwi Warna Barabai"]
    told = f"{lone}, [[LOC Hulu Sungai Tengah]]"
    assert apart(told)[:2] == ["lapangan Dwi Warna", "Barabai"]


def test_neighbourhoods_are_places() -> None:
    assert habits("warga RT 02 RW 01 dan RT 5/RW 3, RW 08") == [
        ("RT 02 RW 01", "LOC"),
        ("RT 5/RW 3", "LOC"),
        ("RW 08", "LOC"),
    ]
    assert habits("di [[LOC Dusun Karet RT 02]] pagi") == [("Dusun Karet RT 02", "LOC")]


def test_a_hashtag_that_is_just_a_name_is_one() -> None:
    text = "[[ORG Pemkot Cimahi]] kerja #PemkotCimahi #kotabima #KalimantanBarat #jumatbersih"
    assert habits(text)[1:] == [
        ("PemkotCimahi", "ORG"),
        ("kotabima", "LOC"),
        ("KalimantanBarat", "LOC"),
    ]


def test_what_is_counted_and_common_words_end_a_name() -> None:
    assert habits("[[ORG Polsek Tambun 5 org]], [[ORG Yonif 5]]") == [
        ("Polsek Tambun", "ORG"),
        ("Yonif 5", "ORG"),
    ]
    assert habits("di [[LOC Jalan Ijen bareng]] kades") == [("Jalan Ijen", "LOC")]
    assert habits("[[LOC kampung baru]]") == [("kampung baru", "LOC")]


def test_a_word_cut_at_the_end_of_a_line_is_whole() -> None:
    assert habits("oleh [[ORG Kementeri]]-\nan Agama di So-\n[[LOC rogenen]]") == [
        ("Kementeri-\nan", "ORG"),
        ("So-\nrogenen", "LOC"),
    ]


def test_an_institution_ends_where_the_text_ends_it_elsewhere() -> None:
    text = "di [[ORG PDAM Tirta Handayani]]. Direktur [[ORG PDAM Tirta]] [[PER Handayani Suwarno]]"
    assert habits(text)[1:] == [("PDAM Tirta Handayani", "ORG"), ("Suwarno", "PER")]


def test_a_unit_bears_its_number_and_name() -> None:
    assert habits("sumber Penrem 141/[[PER Toddopuli]] ok") == [("Penrem 141/Toddopuli", "ORG")]


def parts(word: str, habit: bool = False) -> list[str]:
    return [piece.text for piece in pieces(word, 0, habit)]


def test_sure_seams_are_read_in_any_text() -> None:
    assert parts("diKota") == ["di", "Kota"]
    assert parts("dikelurahan") == ["di", "kelurahan"]
    assert parts("GubernurBanten") == ["Gubernur", "Banten"]
    assert parts("TNI-Polri") == ["TNI", "-", "Polri"]
    assert [p.start for p in pieces("TNI-Polri", 7, False)] == [7, 10, 11]
    for word in ("dikatakan", "Herlinaserta", "Ramadan", "Alun-alun", "McDonald", "PPNI"):
        assert parts(word) == [word]


def test_where_spaces_are_missing_names_end_before_ordinary_words() -> None:
    assert parts("Herlinaserta", True) == ["Herlina", "serta"]
    assert parts("TubanbersamaKoramil", True) == ["Tuban", "bersama", "Koramil"]
    assert parts("KetuaPPNIYayah", True) == ["Ketua", "PPNI", "Yayah"]
    assert parts("Bersama", True) == ["Bersama"]
    glued = "Camat hadir diKota SerangSubhan dan keDesa Jati."
    assert is_habit(glued)
    assert not is_habit("Camat hadir di Kota Serang. YouTube dan TNI-Polri.")
