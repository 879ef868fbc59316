"""``kb eval statements`` counts as the guide's score does."""

from __future__ import annotations

from typing import Any

from kb.lab.scoring_statements import evaluate_statements, same_name

TEXT = '"Kami siap," kata Budi. "Besok mulai," ujarnya. Menurut Ani, dana sudah cair.'


def row(statements: list[dict[str, Any]], officials: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "x", "text": TEXT, "statements": statements, "officials": officials}


def statement(words: str, kind: str, speaker: str | None, cue: str | None) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "kind": kind, "start": start, "end": start + len(words), "speaker": speaker, "cue": cue,
    }  # fmt: skip


GOLD = row(
    [
        statement("Kami siap,", "direct", "Budi Harjo", "kata"),
        statement("Besok mulai,", "direct", "Budi Harjo", "ujarnya"),
        statement("dana sudah cair.", "indirect", "Ani", "Menurut"),
    ],
    [{"name": "Budi Harjo", "role": "Kepala Dinas", "institution": "Dinas Sosial Kota Serang"}],
)


def test_gold_against_itself_is_perfect() -> None:
    report = evaluate_statements([GOLD], [GOLD])
    for kind in ("direct", "indirect"):
        score = report.score(kind)
        assert (score.exact.f1, score.overlap.f1, score.speaker) == (100.0, 100.0, 100.0)
    assert report.officials.institution.f1 == 100.0
    assert report.errors == ()


def test_nothing_found_is_zero_and_listed() -> None:
    report = evaluate_statements([GOLD], [])
    assert report.score("direct").overlap.f1 == 0.0
    assert report.score("direct").speaker is None
    assert [e.what for e in report.errors] == ["missed"] * 3


def test_speakers_are_counted_by_the_kind_of_cue() -> None:
    got = row(
        [
            statement("Kami siap", "direct", "Budi", "kata"),
            statement("Besok mulai,", "direct", "Ani", "ujarnya"),
            statement("sudah cair.", "indirect", "Ani", "Menurut"),
            statement("dana", "indirect", "Ani", None),
        ],
        [{"name": "Budi", "role": "Kepala", "institution": None}],
    )
    report = evaluate_statements([GOLD], [got])
    direct = report.score("direct")
    assert (direct.exact.f1, direct.speaker_named, direct.speaker_nya) == (100.0, 100.0, 0.0)
    indirect = report.score("indirect")
    assert indirect.exact.f1 == 0.0
    assert (indirect.overlap.precision, indirect.overlap.recall) == (50.0, 100.0)
    assert (report.officials.role.f1, report.officials.institution.f1) == (100.0, 0.0)
    assert {e.what for e in report.errors} == {"speaker", "span", "invented"}
    assert "-nya" in report.table()
    assert report.as_dict()["direct"]["speaker_nya"] == 0.0


def test_a_name_is_the_same_with_fewer_words() -> None:
    assert same_name("Budi", "Budi Harjo")
    assert not same_name("Budi Santoso", "Budi Harjo")
    assert not same_name(None, "Budi")
