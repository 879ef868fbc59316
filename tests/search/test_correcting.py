""" "Maksud Anda": what was most likely meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from kb.model import Passage
from kb.search.correcting import (
    MAX_DOUBTED,
    MAX_TRIES,
    allowed_cost,
    correct,
    new_spellings,
    slip_cost,
)
from kb.search.lexicon import Lexicon

from .conftest import Base, engines

TEXTS = [
    "Gubernur dan wakil gubernur meresmikan jembatan gantung di kecamatan.",
    "Sekretaris daerah membahas tata kelola keuangan daerah dan anggaran.",
    "Rakyat menanti infrastruktur jalan; nelayan menanti pelabuhan.",
    "Pembangunan rumah sakit rujukan di Rangkasbitung.",
    "Yudha Pranaraja dan Rosdianawati berkunjung.",
    "Segmen jalan diperbaiki. Jumlah segmen bertambah. Segmen terakhir.",
]


@pytest.fixture(scope="module", params=engines())
def corpus(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_base: Callable[[str, Path], Base],
) -> Base:
    base = make_base(request.param, tmp_path_factory.mktemp("ejaan"))
    base.put(*(Passage(n, n, 1, text) for n, text in enumerate(TEXTS, 1)))
    base.engine.commit()
    return base


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gubenur", "gubernur"),
        ("goebernoer", "gubernur"),
        ("sekertaris daerah", "sekretaris daerah"),
        ("angaran daerah", "anggaran daerah"),
        ("tatakelola keuangan", "tata kelola keuangan"),
        ("rumahsakit rujukan", "rumah sakit rujukan"),
        ("ke uangan daerah", "keuangan daerah"),
        ("rangkas bitung", "rangkasbitung"),
        ("rosdiana wati", "rosdianawati"),
        ("yuda pranaraja", "yudha pranaraja"),
        ("jembatn gantung", "jembatan gantung"),
        ("rakjat", "rakyat"),
        ("nelajan", "nelayan"),
        ("infratruktur jembatn", "infrastruktur jembatan"),
        ("pabrik semen", None),
        ("telat", None),
        ("zzzzzz", None),
        ("pilgub", None),
        ("gubernur", None),
        ("", None),
    ],
)
def test_corrections(corpus: Base, typed: str, meant: str | None) -> None:
    assert corpus.ask(typed).suggestion == meant


def test_a_rare_word_is_a_slip_where_no_page_has_all(
    empty: Base,
) -> None:
    texts = ["Gubernur Melati berkunjung."] * 60 + ["Gubenur lama pensiun."]
    empty.put(*(Passage(n, n, 1, text) for n, text in enumerate(texts, 1)))
    empty.engine.commit()
    assert empty.ask("gubenur melati").suggestion == "gubernur melati"
    assert empty.ask("gubenur lama").suggestion is None


@pytest.mark.parametrize(
    ("likelier", "other", "meant"),
    [
        ("kabuapten", "kabusaten", "kabupaten"),
        ("kabuppaten", "kabukpaten", "kabupaten"),
        ("kavupaten", "kaxupaten", "kabupaten"),
        ("yuda", "yufa", "yudha"),
        ("fropinsi", "xropinsi", "propinsi"),
    ],
)
def test_some_slips_are_likelier(likelier: str, other: str, meant: str) -> None:
    assert 0 < slip_cost(likelier, meant) < slip_cost(other, meant)
    assert slip_cost(meant, meant) == 0


def test_longer_words_may_have_more_slips() -> None:
    assert allowed_cost("jalan") < allowed_cost("gubernur") < allowed_cost("infrastruktur")


@pytest.mark.parametrize(
    ("old", "new"),
    [("tjilegon", "cilegon"), ("djalan", "jalan"), ("goebernoer", "gubernur"),
     ("rakjat", "rakyat"), ("njonja", "nyonya"), ("sjarat", "syarat"), ("jalan", "yalan")],
)  # fmt: skip
def test_spelling_before_1972(old: str, new: str) -> None:
    assert new in new_spellings(old)


def test_the_readings_of_a_long_query_are_few(corpus: Base) -> None:
    slips = "gubenur sekertaris angaran keuangaan jembatn gantungg rakjat nelajan pelabuhn"
    asked: list[str] = []

    def finds(query: str) -> bool:
        asked.append(query)
        return False

    source = corpus.engine._fresh()  # type: ignore[attr-defined]
    correct(slips, source, finds, doubtful=True)
    assert 0 < len(asked) <= 2 * (MAX_TRIES + MAX_DOUBTED)
    asked.clear()
    assert correct(f"{slips} {slips}", source, finds, doubtful=True) is None
    assert asked == []


def test_words_near_another_are_those_that_one_by_one_comparison_finds() -> None:
    words = ["jalan", "jalna", "jaln", "jalanan", "lajan", "naïf", "naif", "ab", "ba", "a", "dana"]
    lexicon = Lexicon(dict.fromkeys(words, 1))
    for typed in ("jalan", "naif", "ab", "dnaa"):
        for distance in (1, 2):
            found = dict(lexicon.near(typed, distance))
            away = {word: OSA.distance(typed, word) for word in words}
            assert found == {word: n for word, n in away.items() if n <= distance}
