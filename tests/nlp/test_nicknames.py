# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""What somebody is called: one person in offices, links and statements; our own sentences."""

from __future__ import annotations

import pytest
from marked_statements import read, told

from kb.model import Mention
from kb.nlp.linking.persons import group_persons
from kb.nlp.names.conventions import apply_conventions
from kb.nlp.review.noise import drop_noise


@pytest.mark.parametrize(
    ("marked", "one"),
    [
        ("[Hesti Rahayu], yang kerap disapa Mbak [Iit], hadir. [Iit] pulang.", True),
        ("[Hesti Rahayu] (50), akrab disapa [Iit], hadir. [Iit] pulang.", True),
        ("[Hesti Rahayu] alias [Iit] hadir. [Iit] pulang.", True),
        ("[Hesti Rahayu], didampingi Mbak [Iit], hadir. [Iit] pulang.", False),
        ("[Hesti Rahayu] hadir. Warga menyapa yang akrab disapa [Iit]. [Iit] pulang.", False),
    ],
)
def test_a_nickname_is_linked_to_the_name_before_it(marked: str, one: bool) -> None:
    text, mentions = read(marked)
    links = group_persons(mentions, (), text)
    owner = links[mentions[0].start].person
    assert [links[m.start].person is owner for m in mentions[1:]] == [one, one]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("Walkot [Hesti Rahayu], yang kerap disapa Mbak [Iit], datang. Camat [Udin Noor] ikut. “Kami tidak tahu,” ungkap Mbak [Iit].", "Hesti Rahayu"),
        ("[Ardi] alias [Utuh Botol] menang. Wasit [Salman Noor] pulang. “Rezeki dari Tuhan,” ujar [Ardi].", "Ardi"),
    ],
)  # fmt: skip
def test_who_speaks_under_a_nickname(marked: str, speaker: str) -> None:
    assert told(marked)[0][1] == speaker


def test_who_denies_what_a_witness_says_goes_on_speaking() -> None:
    marked = (
        "[Hesti Rahayu] membantah keterangan saksi yang menyatakan bahwa ia membakar catatan.\n\n"
        "“Tidak ada perintah,” katanya."
    )
    assert [(who, cue) for _, who, cue in told(marked)] == [
        ("keterangan saksi", "menyatakan"),
        ("Hesti Rahayu", "katanya"),
    ]


def _spans(text: str, *names: tuple[str, str]) -> list[Mention]:
    return [
        Mention(text.index(n), text.index(n) + len(n), n, label)  # type: ignore[arg-type]
        for n, label in names
    ]


@pytest.mark.parametrize(
    ("text", "names", "last"),
    [
        ("Sekretaris Daerah Ciamis, Andang Firman Triyadi hadir.", (("Ciamis", "LOC"), ("Andang", "LOC"), ("Firman Triyadi", "PER")), "Andang Firman Triyadi"),
        # a regency before a name, and no office, change nothing
        ("Sekretaris Daerah Ciamis, Sumedang Firman Triyadi hadir.", (("Ciamis", "LOC"), ("Sumedang", "LOC"), ("Firman Triyadi", "PER")), "Firman Triyadi"),
        ("Warga Ciamis, Andang Firman Triyadi hadir.", (("Ciamis", "LOC"), ("Andang", "LOC"), ("Firman Triyadi", "PER")), "Firman Triyadi"),
    ],
)  # fmt: skip
def test_a_first_name_taken_for_a_place(
    text: str, names: tuple[tuple[str, str], ...], last: str
) -> None:
    assert apply_conventions(text, _spans(text, *names))[-1].surface == last


def test_a_link_word_with_a_capital_is_nobody() -> None:
    text = "Acara dibuka Pj Bupati Sekaligus melepas peserta."
    assert drop_noise(text, _spans(text, ("Sekaligus", "PER")), [], None, []) == []
