"""The grammar, and that nothing typed breaks it."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.search import parse
from kb.search.tree import (
    All,
    AnyOf,
    Dates,
    Everything,
    Fuzzy,
    Node,
    Not,
    Pattern,
    Phrase,
    Value,
    Word,
    Years,
)

from .conftest import PASSAGES, Base

MOST_WORK = 600_000
"""Calls and returns: the most that any of these made was 182,000 (printed by setting this to 1),
and a loop that grows with the square of a text makes millions."""


def both(*nodes: Node, implicit: bool = True) -> Node:
    return All(nodes, implicit)


TREES = [
    ("jalan", Word("jalan")),
    ("jalan rusak", both(Word("jalan"), Word("rusak"))),
    ("jalan DAN rusak", both(Word("jalan"), Word("rusak"), implicit=False)),
    ("a ATAU b c", AnyOf((Word("a"), both(Word("b"), Word("c"))))),
    ("(a OR b) c", both(AnyOf((Word("a"), Word("b"))), Word("c"))),
    ("a -b", both(Word("a"), Not(Word("b")))),
    ("BUKAN a", Not(Word("a"))),
    ("NOT NOT a", Word("a")),
    ('-"dana desa"', Not(Phrase("dana desa"))),
    ("“dana desa”", Phrase("dana desa")),
    ('"dana desa"~3', Phrase("dana desa", 3)),
    ('"dana desa"~', Phrase("dana desa", 5)),
    ("dan atau", both(Word("dan"), Word("atau"))),
    ("serng~", Fuzzy("serng", 1)),
    ("serng~2", Fuzzy("serng", 2)),
    ("bant*", Pattern("bant*")),
    ("b?nten", Pattern("b?nten")),
    ("berapa?", Word("berapa?")),
    ("tahun:2024", Years(2024, 2024)),
    ("tahun: 2024", Years(2024, 2024)),
    ("TAHUN:2024", Years(2024, 2024)),
    ("year:2020..2024", Years(2020, 2024)),
    ("year:2020-2024", Years(2020, 2024)),
    ("tahun:2024..2020", Years(2020, 2024)),
    ("tahun:>2020", Years(2021, 9999)),
    ("tahun:..2020", Years(0, 2020)),
    ("tahun:(2020 ATAU 2022)", AnyOf((Years(2020, 2020), Years(2022, 2022)))),
    ("2019..2021", Years(2019, 2021)),
    ("tanggal:2023-01..2023-06", Dates("2023-01", "2023-06")),
    ("tanggal:2023-1-5", Dates("2023-01-05", "2023-01-05")),
    ("date:>=2023", Dates("2023", None)),
    ("tanggal:05/01/2023", Dates("2023-01-05", "2023-01-05")),
    ("lembaga:bappeda", Value("institution", "bappeda")),
    ('institution:"Dinas Kesehatan"', Value("institution", "Dinas Kesehatan")),
    ("tokoh:person:ani", Value("official", "person:ani", ("person:ani",))),
    ("tempat:(serang ATAU lebak)",
     AnyOf((Value("place", "serang"), Value("place", "lebak")))),
    ("judul:rkpd", Word("rkpd", "title")),
    ('bagian:"bab ii"', Phrase("bab ii", 0, "section")),
    ("title:(rkpd 2025)", both(Word("rkpd", "title"), Word("2025", "title"))),
    ("4 Januari 2024", AnyOf((Word("2024-01-04", exact=True), Phrase("4 Januari 2024")))),
    ("http://contoh.id", Word("http://contoh.id")),
    ("10:30", Word("10:30")),
    ("4/2023", Word("4/2023")),
    ("a:b", Word("a:b")),
    ("", Everything()),
    ("   ", Everything()),
    ("*", Everything()),
    ('"', Everything()),
    ("ATAU", Word("ATAU")),
    ("( ) )(", Everything()),
    ('"dana desa', both(Word("dana"), Word("desa"))),
    ("((jalan", Word("jalan")),
    ("jalan))) rusak", both(Word("jalan"), Word("rusak"))),
    ("jalan ATAU", Word("jalan")),
    ("- jalan", Word("jalan")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[t for t, _ in TREES])
def test_trees(text: str, tree: Node) -> None:
    assert parse(text).root == tree


@pytest.mark.parametrize(
    ("text", "note"),
    [("*", "too_wide"), ("tahun:kapan", "bad_value"), ("tanggal:besok", "bad_value"),
     ("kata " * 1000, "too_long"), ("a " * 65, "too_long"), ("halaman:3", "unknown_field"),
     ('jalan tokh:"Sari Wulan"', "unknown_field"), ("-pejbat:(Sari Wulan)", "unknown_field")],
)  # fmt: skip
def test_what_was_not_read_is_said(text: str, note: str) -> None:
    assert note in parse(text).notes


@pytest.mark.parametrize(
    "text",
    ["Catatan: jalan", 'Kata dia: "rusak"', "https://a.go.id/x", "pukul 08:30", "judul:bab:2"],
)
def test_a_colon_of_ordinary_text_is_no_field(text: str) -> None:
    assert parse(text).notes == ()


PIECES = st.sampled_from(
    ['"', "(", ")", "-", "*", "?", "~", "~2", ":", "..", "/", "ATAU", "DAN", "BUKAN", "OR", "NOT",
     "tahun:", "tanggal:", "lembaga:", "judul:", "jalan", "rusak", "COVID-19", "4/2023", " ", "\n",
     "2024", "“", "”", "\x00", "\ue000", "é", "b?n", "a*", "4 Januari 2024", "Rp1.000"]
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join),
    st.lists(PIECES, max_size=20).map(" ".join),
)  # fmt: skip


@given(TYPED)
@settings(max_examples=150)
def test_parsing_never_fails(text: str) -> None:
    assert parse(text).text == text


@given(TYPED)
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_searching_never_fails(base: Base, text: str) -> None:
    result = base.ask(text)
    assert 0 <= len(result.hits) <= 10
    assert result.total >= len(result.hits)
    base.engine.suggest(text)
    for start, end in base.engine.match_spans(text, PASSAGES[4].text):
        assert 0 <= start < end <= len(PASSAGES[4].text)


@pytest.mark.parametrize(
    "text",
    ["(" * 5000, '"' * 5000, "- " * 3000, "a*" * 2000, "jalan " * 5000, "x" * 100_000,
     "ATAU " * 3000, "(a ATAU " * 500, "tahun:" * 1000, "~" * 5000, "a-" * 3000, "1." * 4000,
     "4 Januari 2024 " * 300, "*a*b*c*d*e*f*g*h*", "????????????a?a?a?a"],
    ids=range(15),
)  # fmt: skip
def test_nothing_takes_long(base: Base, text: str) -> None:
    work = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal work
        work += 1

    sys.setprofile(count)  # calls and returns: the same on a busy machine
    try:
        base.ask(text)
    finally:
        sys.setprofile(None)
    assert work < MOST_WORK
