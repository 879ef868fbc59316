# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""What somebody is called: one person in offices, links and statements; our own sentences."""

from __future__ import annotations

import pytest
from marked_statements import read, told

from kb.evidence import Sighting, StatedOffice
from kb.model import Mention
from kb.nlp.linking.across import settle
from kb.nlp.linking.persons import group_persons
from kb.nlp.names.conventions import apply_conventions
from kb.nlp.review.noise import drop_noise
from kb.nlp.same_person import blends


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


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("sudiwi", "sudiro wibowo", True),
        ("jonuran", "jono ranomulyo", False),
        ("wibowo", "sudiro wibowo", False),
        ("sudiro", "sudiro wibowo", False),
        ("suwir", "sudiro wibowo", False),
    ],
)
def test_a_blend_of_two_names(short: str, full: str, same: bool) -> None:
    assert blends((short,), tuple(full.split())) is same


def test_a_post_before_a_short_name_is_no_part_of_it() -> None:
    text = "Menpora Darmaji meminta atlet berlatih. “Siap,” kata Menpora Darmaji."
    found = apply_conventions(text, [Mention(0, 15, "Menpora Darmaji", "PER", confidence=0.8)])
    assert [(m.start, m.surface) for m in found] == [(8, "Darmaji")]


def test_the_post_they_share_joins_a_short_name_across_documents() -> None:
    def seen(number: int, name: str, *offices: StatedOffice) -> Sighting:
        local = f"person:{name.lower().replace(' ', '-')}"
        return Sighting(number, number, local, name, (), None, offices, None, f"h{number}", "")

    post = StatedOffice("Menteri Pemuda dan Olahraga", None, "")
    short = StatedOffice("Menpora", None, "")
    other = StatedOffice("Menteri Keuangan", None, "")
    found = settle(
        [
            seen(1, "Sudiro Wibowo", post),
            seen(2, "Wibowo", short),
            seen(3, "Sudiwi", post),
            seen(4, "Wibowo", other),
        ]
    )
    assert found[1].entity_id == found[2].entity_id == found[3].entity_id
    assert found[4].entity_id != found[1].entity_id
