"""What the readers know of Indonesian words, and of running lines."""

from __future__ import annotations

import pytest

from kb.authority.roots import is_word
from kb.readers.layout import Line
from kb.readers.lexicon import quality
from kb.readers.mend import apply, join_hyphen, split_glued
from kb.readers.running import strip_running
from kb.readers.sheets import Sheet

GOOD = (
    "bahwa untuk meningkatkan akuntabilitas kinerja Pemerintah Kabupaten perlu menetapkan "
    "indikator kinerja utama dengan Keputusan Bupati tentang pengukuran keberhasilan sasaran"
)
BAD = (
    "bahwa untnk meningkatkarr akunta*bi1itas kinerj a Pemerinta}r Kabrpaten perru menetapk4n "
    "indikatcr kinrja uta.ma dengar' Kepfusan Brpati tertang penguk'*ran keberhas1lan s4saran"
)


@pytest.mark.parametrize(
    "word",
    ["pembangunan", "memperjuangkan", "penyusunan", "berkelanjutan", "masing-masing"],
)
def test_words(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["kineria", "limatahun", "pernerintah", "qwzx"])
def test_no_words(word: str) -> None:
    assert not is_word(word)


def test_quality_tells_bad_layers() -> None:
    assert quality(GOOD) > 0.95
    assert quality(BAD) < 0.6
    assert quality("The report of the committee is for the use of all members.") > 0.9
    assert quality("") == 0


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("program pemba-", "ngunan jalan", "program pembangunan jalan"),
        ("bersama-", "sama kita", "bersama-sama kita"),
        ("Undang-", "Undang Nomor", "Undang-Undang Nomor"),
        ("tahun 2025-", "2029", None),
    ],
)
def test_hyphens(before: str, after: str, whole: str | None) -> None:
    assert join_hyphen(before, after) == whole


def test_glued_words_are_divided_by_the_documents_own_words() -> None:
    text = "kurun waktu lima tahun ke depan, lima tahun lagi, tahun ini dan lima kota; tahun"
    mended = split_glued([text + " visi limatahun ke depan", text])
    assert mended == {"limatahun": "lima tahun"}
    assert apply("visi limatahun", mended) == "visi lima tahun"


def _line(text: str, top: float) -> Line:
    return Line(text, 72, top, 300, top + 10)


@pytest.mark.parametrize("printed", ["{n}", "Halaman {n}", "- {n} -", "{n} | Renstra Dinas"])
def test_page_numbers(printed: str) -> None:
    sheets = [
        Sheet(
            [_line(f"isi {n} yang lain dari yang lain", 300), _line(printed.format(n=n), 810)], 842
        )
        for n in range(5, 13)
    ]
    kept, labels = strip_running(sheets)
    assert all(len(lines) == 1 for lines in kept)
    if "Renstra" not in printed:
        assert labels == [str(n) for n in range(5, 13)]


def test_numbers_in_the_text_are_no_labels() -> None:
    sheets = [Sheet([_line("isi halaman", 300), _line(str(n), 810)], 842) for n in (7, 1999, 3, 40)]
    _, labels = strip_running(sheets)
    assert labels == [None] * 4
