# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Who speaks: whoever the words before a quotation speak of, bodies that are nobody; our own sentences."""

from __future__ import annotations

import pytest
from marked_statements import told

from kb.model import Office

OPENING = "Bupati [Rara Suminar] membuka musdes. Camat [Daud Lembang] mengatakan jalan rusak parah."
OFFICES = (
    Office("Rara Suminar", "Bupati", None),
    Office("Daud Lembang", "Camat", None),
    Office("Yosi Tamba", "Kadis Pertanian", None),
)


def speakers(marked: str) -> list[str | None]:
    return [who for words, who, _ in told(f"{OPENING} {marked}", *OFFICES)][1:]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # the sentence of the quotation opens with a person or with an office
        ('Sekcam [Nurmi Lawa] malah lebih galak, "tidak ada alasan lagi" katanya.', "Nurmi Lawa"),
        ('Seorang ibu, Ny. [Wasti], tak ambil pusing, "yang penting tidak becek" katanya.', "Wasti"),
        ('Bupati lebih galak, "tidak ada alasan lagi" katanya.', "Rara Suminar"),
        ('Usai rapat, Bupati lebih galak, "tidak ada alasan lagi" katanya.', "Rara Suminar"),
        # what was done to him is no speech of his
        ('Bupati dimintai tanggapan, "tidak ada alasan lagi" katanya.', "Daud Lembang"),
        ('[Nurmi Lawa] ditegur keras, "tidak ada alasan lagi" katanya.', "Daud Lembang"),
        ('Ia lebih galak, "tidak ada alasan lagi" katanya.', "Daud Lembang"),
        # a few words are speech where a verb of saying follows
        ('Kades [Man Suyur] cuma senyum "siap bu" jawabnya.', "Man Suyur"),
        # a verb that no list has, behind a quotation that is a sentence
        ('"Dua pekan warga mandi air got" semprotnya.', "Daud Lembang"),
        # signed in a bracket
        ('\n\n"Kita butuh perahu dan selimut" ([Nurmi Lawa])', "Nurmi Lawa"),
        ('\n\n"Kita butuh perahu dan selimut" (Bupati)', "Rara Suminar"),
    ],
)  # fmt: skip
def test_who_opens_the_sentence(marked: str, speaker: str) -> None:
    assert speakers(marked) == [speaker]


def test_one_line_of_many_voices() -> None:
    marked = (
        'Kata Bu Bupati: "Bawang kita tidak kalah!" 💪 Pak Camat menambahi, "bibitnya sendiri lho" 😍 '
        'Pak Kadis? "Saya bantu manggul saja" 😂\n\nHadir pula Kadis Pertanian [Yosi Tamba].'
    )
    assert speakers(marked) == ["Rara Suminar", "Daud Lembang", "Yosi Tamba"]


def test_a_bracket_that_signs_nothing() -> None:
    marked = '\n\n"Kita butuh perahu dan selimut" (Selasa sore)'
    assert speakers(marked) == []


@pytest.mark.parametrize("body", ["{BPBD Morowali} mencatat ada", "Polisi menduga ada"])
def test_a_body_does_not_take_the_floor_from_a_person(body: str) -> None:
    marked = f'"Kita bantu semua," katanya. {body} 14 rumah terendam air. "Besok kami ke lokasi," ujarnya.'
    assert speakers(marked)[-1] == "Daud Lembang"
    alone = f'{body} 14 rumah terendam air. "Besok kami ke lokasi," ujarnya.'
    assert told(alone)[-1][1] in ("BPBD Morowali", "Polisi")


def test_a_former_office_is_the_officials() -> None:
    marked = 'Tersangka [Nana Wati] mengaku menyesal. "Berkas sudah lengkap," pungkas mantan Kasat Lantas Polres Sadu ini.'
    assert speakers(marked)[-1] == "Daud Lembang"


def test_an_office_before_a_picture_is_not_the_next_persons() -> None:
    marked = 'Selamat kepada [Vita Rani], Lurah Kebon Jati 🎉 Camat [Daud Lembang] berpesan "turun ke gang setiap hari" 🚶 Lurah baru bersemangat, "besok saya keliling" ucapnya.'
    found = told(
        marked, Office("Vita Rani", "Lurah", "Kebon Jati"), Office("Daud Lembang", "Camat", None)
    )
    assert [who for _, who, _ in found] == ["Daud Lembang", "Vita Rani"]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # verbs of answering, a verb before words that end the sentence
        ('Kasi [Jen Tanah] yang memandu menimpali "uangnya juga jangan tertinggal".', "Jen Tanah"),
        ('Kasi [Jen Tanah] balik bertingkah "uangnya juga jangan tertinggal".', "Jen Tanah"),
        ('"Tikusnya banyak sih Bu" godai [Jen Tanah].', "Jen Tanah"),
        ('"Yang penting senang dulu," [Jen Tanah] terkekeh.', "Jen Tanah"),
        # forms of address with a piece of the office
        ('"Tanam di pot juga bisa," kata Pak Bup.', "Rara Suminar"),
        ('Langsung dijawab Mas Cam: "siap, minggu depan saya kirim".', "Daud Lembang"),
    ],
)  # fmt: skip
def test_how_hasty_writers_tell_it(marked: str, speaker: str) -> None:
    assert speakers(marked) == [speaker]


def test_a_title_behind_a_verb_is_no_speech() -> None:
    assert speakers('Kasi [Jen Tanah] membuka "Festival Laut Biru Nusantara".') == []


def test_a_calling_taken_for_a_name_names_nobody() -> None:
    marked = 'bu bidan [fitri] ikut memeriksa. "ada lima orang tinggi," ujar bu [bidan].'
    assert told(marked)[-1][1] == "fitri"


def test_a_full_stop_before_degrees_ends_no_sentence() -> None:
    marked = 'Sementara itu, Kapolsek Gempa Kompol [Muna Wan].,S.H, menjelaskan bahwa kotak siap. "Kami jaga," ujarnya.'
    assert speakers(marked)[-1] == "Muna Wan"
