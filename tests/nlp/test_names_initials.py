"""Initials that the text spells out are persons, others are none; our own sentences."""

from __future__ import annotations

import pytest

from kb.authority.words import sections
from kb.model import Mention
from kb.nlp.names.initials import settle_initials, stand_for
from kb.nlp.pipeline import load_tagger
from tests.nlp.marked import remark, unmark


def settled(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, settle_initials(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "Bupati {P:Rusdi Halim Nasution} (RHN) dan saudara RHN. Pada masa Bupati RHN ini",
            "Bupati {P:Rusdi Halim Nasution} ({P:RHN}) dan saudara {P:RHN}. Pada masa Bupati "
            "{P:RHN} ini",
        ),
        ("tersangka {P:Sartono} (STN). STN diam", "tersangka {P:Sartono} ({P:STN}). {P:STN} diam"),
        (
            "yakni RHN ({P:Rusdi Halim Nasution}), DAN (Kepala {O:Dinas PUPR} {P:Dani M. Ansor}). "
            "Terhadap DAN ditahan",
            "yakni {P:RHN} ({P:Rusdi Halim Nasution}), {P:DAN} (Kepala {O:Dinas PUPR} "
            "{P:Dani M. Ansor}). Terhadap {P:DAN} ditahan",
        ),
        ("{P:Lim Kurniawi} (LKI). {O:LKI} diam", "{P:Lim Kurniawi} ({P:LKI}). {P:LKI} diam"),
        ("biasa dipanggil BAT. Kata {O:BAT}", "biasa dipanggil {P:BAT}. Kata {P:BAT}"),
    ],
)  # fmt: skip
def test_initials_the_text_spells_out_are_a_person_throughout(found: str, wanted: str) -> None:
    assert settled(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        # known bodies, parties, posts and things
        "Hadir {P:Budi Prasetyo Santoso} (BPS). Petugas BPS datang",
        "caleg {P:Pandu Surya Irawan} (PSI) dan {P:Rina} (PKB)",
        "PPK ({P:Pandu Putra Kusuma}) meneken kontrak",
        "Kasubbag TU ({P:Tuti Ulfah}) hadir",
        # letters that are not in the name, or a body's elsewhere in the text
        "dosen {P:Nurdin K. Sallata} (UBX) hadir",
        "{P:Bambang Pamungkas Kurnia} (BPK) hadir",
        "{O:Balai Riset Tani (BRT)} dan {P:Bima Rahmat Tono} (BRT)",
        # two letters of one word are too few
        "wartawan {P:Sartono} (SR) hadir",
        # summoned by a body
        "ia dipanggil DKJ kemarin",
    ],
)
def test_other_letters_stay_what_they_are(same: str) -> None:
    assert settled(same) == same


def test_an_ordinary_word_among_capitals_is_none() -> None:
    text = "BUPATI DAN CAMAT HADIR. DAN ({P:Dani Ansor Nugraha}) ditahan, kata DAN."
    assert settled(text) == (
        "BUPATI DAN CAMAT HADIR. {P:DAN} ({P:Dani Ansor Nugraha}) ditahan, kata {P:DAN}."
    )


def test_initials_that_hide_a_name_are_none() -> None:
    assert settled("pria berinisial {P:IS} ditangkap") == "pria berinisial IS ditangkap"


def test_a_guess_vouches_for_no_initials() -> None:
    text = "kontingen Musabaqah Sari Kutub (MSK). Lepas Kontingen MSK"
    guess = Mention(10, 30, "Musabaqah Sari Kutub", "PER", method="crf", confidence=0.6)
    assert [m.surface for m in settle_initials(text, [guess])] == ["Musabaqah Sari Kutub"]


def test_which_letters_can_stand_for_a_name() -> None:
    fits = {"SRJ": "Sarjono", "WH": "Wahyu Hadi", "SR": "Sarjono", "ARJ": "Sarjono"}
    assert [short for short, name in fits.items() if stand_for(short, name)] == ["SRJ", "WH"]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "{P:Asep Kuswara Hadiman} dan ayahnya, {O:HM Hadiman (HMH)}. HM Hadiman diam",
            "{P:Asep Kuswara Hadiman} dan ayahnya, {P:HM Hadiman} ({P:HMH}). {P:HM Hadiman} diam",
        ),
        ("kata {O:HM} {P:Nurdin} kemarin", "kata {P:HM Nurdin} kemarin"),
    ],
)
def test_an_honorific_glued_to_an_initial(found: str, wanted: str) -> None:
    assert settled(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        "pabrik {O:PT HM Sampoerna} di {L:Jalan HM Arsyad}",
        "kontrak PT HM Nurdin dan Jalan HM Nurdin",
        "saham {O:HM Sentosajaya} naik",
        "lahan 5 HA Sawah",
    ],
)
def test_companies_and_roads_are_no_such_person(same: str) -> None:
    assert settled(same) == same


def test_letters_that_are_words_survive_the_review() -> None:
    text = (
        "Penyidik menetapkan dua tersangka, yakni DAN (Dani Ansor Nugraha) dan MAS (Muhammad "
        "Arif Setiawan). Terhadap DAN dilakukan penahanan."
    )
    found = [m.surface for m in load_tagger().tag(text).mentions if m.label == "PER"]
    assert found == ["DAN", "Dani Ansor Nugraha", "MAS", "Muhammad Arif Setiawan", "DAN"]


def test_the_list_holds_capitals_alone() -> None:
    assert all(word.isupper() for word in sections("beside.txt")["no_initials"])
