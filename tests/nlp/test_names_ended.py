"""Where bodies end and their heads begin, roads named by their ends, known short forms; our own
sentences."""

from __future__ import annotations

import pytest

from kb.model import Mention
from kb.nlp.mended import mended
from kb.nlp.names.addressed import read_addressed
from kb.nlp.names.ended import part_bodies
from kb.nlp.names.known import add_known
from kb.nlp.names.roads import join_roads
from kb.nlp.names.strays import cut_strays
from kb.nlp.review.noise import drop_noise
from tests.nlp.marked import remark, unmark


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("ketua {O:KNPI Wajo Dalle Rapi} hadir", "ketua {O:KNPI Wajo} {P:Dalle Rapi} hadir"),
        (
            "Wakil Ketua II {O:KNI Kota Palu Rano Maleso}.",
            "Wakil Ketua II {O:KNI Kota Palu} {P:Rano Maleso}.",
        ),
        (
            "Sekretaris {O:Dinas Sosial Erlina}, SKM.",
            "Sekretaris {O:Dinas Sosial} {P:Erlina}, SKM.",
        ),
        ("gedung {O:KNPI Wajo Dalle Rapi}", "gedung {O:KNPI Wajo Dalle Rapi}"),
        ("ketua {O:KNPI Wajo Bidang Usaha}", "ketua {O:KNPI Wajo Bidang Usaha}"),
        ("Kepala {O:Dinas Sosial Wajo}", "Kepala {O:Dinas Sosial Wajo}"),
        ("Camat {L:Muhtar}, S.Sos hadir", "Camat {P:Muhtar}, S.Sos hadir"),
        ("Camat {L:MUHTAR} S.Sos hadir", "Camat {P:MUHTAR} S.Sos hadir"),
        ("di {L:Wajo}, S.Sos", "di {L:Wajo}, S.Sos"),
        ("di {L:Muhtar}. Ia", "di {L:Muhtar}. Ia"),
    ],
)
def test_a_body_ends_where_its_head_begins(found: str, wanted: str) -> None:
    text, mentions = unmark(found)
    assert remark(text, part_bodies(text, mentions)) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("ruas jalan {L:Moa}-{L:Weduar} rusak", "{L:ruas jalan Moa-Weduar} rusak"),
        ("{L:jalan Moa} - {L:Weduar} rusak", "{L:jalan Moa - Weduar} rusak"),
        ("tol {L:Moa}–{L:Weduar}", "{L:tol Moa–Weduar}"),
        ("rute {L:Moa}-{L:Weduar}", "rute {L:Moa}-{L:Weduar}"),
        ("{L:Jalan Moa}-{L:Jalan Weduar}", "{L:Jalan Moa}-{L:Jalan Weduar}"),
        ("{L:Jalan Moa} - {L:Kota Weduar}", "{L:Jalan Moa} - {L:Kota Weduar}"),
        ("jalan {L:Moa}, {L:Weduar}", "jalan {L:Moa}, {L:Weduar}"),
    ],
)
def test_a_road_named_by_its_ends_is_one_place(found: str, wanted: str) -> None:
    text, mentions = unmark(found)
    assert remark(text, join_roads(text, mentions)) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("pantau aplikasi BMKG.", "pantau aplikasi {O:BMKG}."),
        ("kata orang PUPR itu", "kata orang {O:PUPR} itu"),
        ("Kadis PUPR hadir", "Kadis PUPR hadir"),
        ("surel PUPR@contoh.id", "surel PUPR@contoh.id"),
        ("PUPR Lembata", "PUPR Lembata"),
        ("di {O:Dinas PUPR}", "di {O:Dinas PUPR}"),
    ],
)
def test_a_known_short_form_is_a_body(found: str, wanted: str) -> None:
    text, mentions = unmark(found)
    assert remark(text, add_known(text, mentions)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("korlap sdr. FURKAN", "korlap sdr. {P:FURKAN}"),
        ("dipanggil buk Ros, kata", "dipanggil buk {P:Ros}, kata"),
        ("kata ibu Kader", "kata ibu Kader"),
        ("pak camat", "pak camat"),
    ],
)
def test_who_is_addressed_in_letters_is_a_person(text: str, wanted: str) -> None:
    assert remark(text, read_addressed(text, ())) == wanted


@pytest.mark.parametrize("tail", ["tidak", "sebelum", "itu", "selaku"])
def test_a_word_glued_to_a_name_is_read_apart(tail: str) -> None:
    text = f"Di Waruna{tail} ada diMapolsek Kei,keNamira lalu keLaha dan diKota Moa."
    copy = mended(text)
    assert copy is not None
    assert f"Waruna {tail}" in copy.text


def test_a_name_that_ends_like_a_word_stays_whole() -> None:
    copy = mended("Pak Sudah diMapolsek Kei,keNamira lalu keLaha bersama Muitu dan Wulan.")
    assert copy is not None
    assert "Muitu" in copy.text


def test_the_first_name_of_somebody_named_whole_stays_though_it_is_a_word() -> None:
    text = "Agung Danarto hadir. Agung berjanji."
    names = [Mention(0, 13, "Agung Danarto", "PER"), Mention(21, 26, "Agung", "PER")]
    assert drop_noise(text, names, ()) == names
    alone = "Masjid baru. Agung berjanji."
    assert drop_noise(alone, [Mention(13, 18, "Agung", "PER")], ()) == []


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "kata {O:Observatorium Suriah untuk} Hak Asasi Manusia itu",
            "kata {O:Observatorium Suriah untuk Hak Asasi Manusia} itu",
        ),
        ("kepada {O:Pusat Data dan} juga", "kepada {O:Pusat Data} dan juga"),
        ("menurut {O:Permenhub} itu", "menurut Permenhub itu"),
        ("resolusi {O:Dewan Keamanan 1325} itu", "resolusi {O:Dewan Keamanan} 1325 itu"),
        ("di {O:Yonif Raider 1325} itu", "di {O:Yonif Raider 1325} itu"),
    ],
)
def test_a_body_ends_with_its_own_words(found: str, wanted: str) -> None:
    text, mentions = unmark(found)
    assert remark(text, cut_strays(text, mentions)) == wanted


def test_a_toll_road_keeps_its_other_end_though_nothing_names_it() -> None:
    text, mentions = unmark("macet di {L:jalan Tol Moa} - Weduar pagi")
    assert remark(text, join_roads(text, mentions)) == "macet di {L:jalan Tol Moa - Weduar} pagi"
    text, mentions = unmark("di {L:jalan Moa} - Kata Budi")
    assert remark(text, join_roads(text, mentions)) == text.replace("jalan Moa", "{L:jalan Moa}")
