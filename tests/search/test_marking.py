"""Marks stand on every word of the text that a query found, and nowhere else."""

from __future__ import annotations

import pytest

from kb.model import MARK_END, MARK_START
from kb.search.language.analysis import runs, split, tokens
from kb.search.marking import MANY_HINTS, Marker, snippet
from kb.search.plan import Marks

TEXTS = (
    "jalan jalan-jalan, jalan. (jalan) per-jalan perjalanan jalan/2 jalan_x x.jalan ..jalan",
    "a--a a-a a- -a a.a,a a",
    "“jalan” ja\u00adlan jalan\u0301 jalan’s jalan – jalan–jalan JALAN Jalán",
    "4 4/2023 4/4 44 4 Rp1.500.000,50 1.500.000 1500000 rp 2.000 Rp2.000",
    "Ma'ruf, Ma’ruf, maruf dan Ma`ruf menulis tulisan; penulisnya ditulis. İstanbul’da jalan",
    "pendapatan asli daerah, pendapatan-asli daerah; PENDAPATAN\n asli Daerah pendapatan daerah",
    "COVID-19 covid 19 Covid‑19 covid-19-2",
)
WANTED = (
    Marks(stems={"jalan"}),
    Marks(surfaces={"jalan"}),
    Marks(surfaces={"1500000", "4/2023", "covid-19", "2000", "1500000.50"}),
    Marks(stems={"maruf", "tulis", "a"}),
    Marks(stems={"4"}, surfaces={"rp"}),
    Marks(stems={"jalan"}, surfaces={f"kata{n}" for n in range(MANY_HINTS + 1)}),
)


def read_word_by_word(marks: Marks, text: str) -> set[int]:
    """Characters that are marked when every run of the text is looked at."""
    found: set[int] = set()
    for run in runs(text):
        word = split(run[0])
        if marks.surfaces & set(word.whole):
            found |= set(range(run.start(), run.end()))
        for surface, stem, start, end in word.parts:
            if stem in marks.stems or surface in marks.surfaces:
                found |= set(range(run.start() + start, run.start() + end))
    return found


@pytest.mark.parametrize("marks", WANTED)
@pytest.mark.parametrize("text", TEXTS)
def test_the_same_places_as_reading_word_by_word(text: str, marks: Marks) -> None:
    found = Marker(marks).spans(text)
    assert {at for start, end in found for at in range(start, end)} == read_word_by_word(
        marks, text
    )
    assert found == sorted(found)


@pytest.mark.parametrize("form", [0, 1])
@pytest.mark.parametrize("phrase", [("pendapatan", "asli", "daerah"), ("jalan", "jalan"), ("a",)])
@pytest.mark.parametrize("text", TEXTS)
def test_phrases_wherever_their_words_follow_each_other(
    text: str, phrase: tuple[str, ...], form: int
) -> None:
    words = tokens(text)
    forms = [word.stem if form else word.surface for word in words]
    size = len(phrase)
    expected = {
        at
        for n in range(len(forms) - size + 1)
        if tuple(forms[n : n + size]) == phrase
        for at in range(words[n].start, words[n + size - 1].end)
    }
    marks = Marks(stem_phrases={phrase}) if form else Marks(phrases={phrase})
    assert {at for a, b in Marker(marks).spans(text) for at in range(a, b)} == expected


def test_a_snippet_shows_the_stretch_with_most_different_hits() -> None:
    text = "desa " + "x " * 300 + "jalan desa rusak " + "y " * 300
    shown = snippet(Marker(Marks(stems={"jalan", "desa"})), text, 80)
    assert f"{MARK_START}jalan{MARK_END} {MARK_START}desa{MARK_END} rusak" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 110
