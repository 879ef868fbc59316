"""Quotation marks: every kind, and the ways newsrooms get them wrong."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.nlp.statements.cues import cues
from kb.nlp.statements.direct import cue_test
from kb.nlp.statements.quotes import find_quotes


def found(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, cue_test(text, cues()))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“Kami siap,” kata Budi.", ["Kami siap,"]),
        ('"Kami siap," kata Budi.', ["Kami siap,"]),
        ("”Kami siap,” kata Budi. ”Besok mulai.”", ["Kami siap,", "Besok mulai."]),
        ("„Kami siap,“ kata Budi.", ["Kami siap,"]),
        ("«Kami siap,» kata Budi.", ["Kami siap,"]),
        ("''Kami siap,'' kata Budi.", ["Kami siap,"]),
        ("‘’Kami siap,’’ kata Budi.", ["Kami siap,"]),
        ("‘Kami sudah siap,’ kata Budi.", ["Kami sudah siap,"]),
        ("'Kami sudah siap,' kata Budi.", ["Kami sudah siap,"]),
        ("“Kami siap,“ tegas Budi.", ["Kami siap,"]),
        ('“Kami siap," ujarnya.', ["Kami siap,"]),
        ('" Kami siap, " ujarnya', ["Kami siap,"]),
        ("“Kami siap, “bebernya.", ["Kami siap,"]),
        ('"Kami siap,"kata Budi. Ia berkata,"Besok mulai."', ["Kami siap,", "Besok mulai."]),
    ],
)
def test_marks_are_paired_in_order(text: str, inner: list[str]) -> None:
    assert found(text) == inner


@pytest.mark.parametrize(
    ("text", "inner", "method"),
    [
        ("Kami siap melayani,” kata Budi.", "Kami siap melayani,", "unopened"),
        ("“Kami siap melayani, kata Budi.", "Kami siap melayani,", "unclosed"),
        ("“Kami siap.\n\nBesok mulai,” katanya.", "Kami siap.\n\nBesok mulai,", "paragraphs"),
    ],
)
def test_a_missing_partner_is_made_up_for(text: str, inner: str, method: str) -> None:
    (quote,) = find_quotes(text, cue_test(text, cues()))
    assert (text[quote.start : quote.end], quote.method) == (inner, method)


def test_a_forgotten_closing_mark_does_not_turn_the_rest_inside_out() -> None:
    text = "“Kami siap, ujar Budi. “Besok mulai,” katanya.\n\n“Lusa selesai,” kata Ani."
    assert found(text) == ["Kami siap,", "Besok mulai,", "Lusa selesai,"]


def test_each_paragraph_that_opens_anew_is_one_quotation() -> None:
    text = "“Kami siap.\n\n“Besok mulai,” katanya."
    assert found(text) == ["Kami siap.", "Besok mulai,"]


def test_quotations_inside_quotations_stay_inside() -> None:
    assert found("“Kata beliau ‘jangan takut’ begitu,” kata Budi.") == [
        "Kata beliau ‘jangan takut’ begitu,"
    ]
    assert found('"Program "Desa Terang" jalan," kata Budi.') == ['Program "Desa Terang" jalan,']


@pytest.mark.parametrize(
    "text", ["Hari Jum'at pagi", "anak-anak hafal Qur’an dan Ma'ruf", "Dt. Ma’ruf"]
)
def test_apostrophes_are_no_quotations(text: str) -> None:
    assert found(text) == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab ,.\"“”‘’'\nK", max_size=60))
def test_any_text_gives_ordered_quotations_inside_the_text(text: str) -> None:
    quotes = find_quotes(text, cue_test(text, cues()))
    for quote in quotes:
        assert 0 <= quote.outer_start <= quote.start < quote.end <= quote.outer_end <= len(text)
    for one, two in pairwise(quotes):
        assert one.start <= two.start
