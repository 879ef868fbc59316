"""Words that cannot have a stem are told apart without stemming them, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.search.language.affixes import carries_stem, derived_from, listed, stems_to
from kb.search.language.analysis import held_by_family, stem

TEXT = """memperoleh memeroleh memperingati memeringati menyetujui menyelenggarakan menyeberangi
menyerupai menyelimuti pemersatu penyelidikan menemani penyemaran dikuasai dikurangi gemetar
gerigi telunjuk pelajar belajar menulis ditulisnya tulisan penulis mengecat mengebom pengecat
menerbangkan menertawakan pengeluaran mempertanggungjawabkan keberlangsungan sekurang-kurangnya
berkesinambungan ketidakadilan penganekaragaman modernisasi kapitalisme praktis demianus teminal
mempekerjakan mempelajari pemerintahannya kependudukan berisiko beresiko dianalisa kupukul
kaupukul terlaksananya kesalahpahaman dipertanyakanlah bagaimanakah"""
SAMPLES = Path(__file__).parents[2] / "sample_docs"


def _words() -> set[str]:
    words = set(re.findall("[a-z]+", TEXT)) | set(listed())
    for path in sorted(SAMPLES.rglob("*.html"))[:12]:
        words |= set(re.findall("[a-z]{4,20}", path.read_text(encoding="utf-8").lower()))
    return words


def test_every_word_may_have_its_own_stem() -> None:
    for word in _words():
        root = stem(word)
        assert any(hint in word for hint in held_by_family(root)), (word, root)
        assert derived_from(root).fullmatch(word) or not carries_stem(word), (word, root)


def test_told_as_stemming_tells() -> None:
    words = re.findall("[a-z]+", TEXT)
    roots = ["kuasa", "oleh", "tulis", "kependudukan", "risiko", "di", "pemerintah", "asai"]
    for word in words:
        for root in [*roots, stem(word), word]:
            assert stems_to(word, root) is (stem(word) == root), (word, root)


@pytest.mark.parametrize(
    ("word", "root"),
    [("balikan", "jalan"), ("kabapebe", "kab"), ("sairan", "air"), ("anggaranku", "gara")],
)
def test_most_words_with_the_same_letters_are_left_out(word: str, root: str) -> None:
    assert not derived_from(root).fullmatch(word)


def test_listed_words_do_not_carry_their_stem() -> None:
    assert not carries_stem("penduduknya")
    assert carries_stem("penulisan")


def test_long_runs_of_affixes_take_no_time() -> None:
    assert not derived_from("tulis").fullmatch("memer" * 200 + "didi" * 200)
