"""Offices through time: what belongs to one term and what does not."""

from __future__ import annotations

import pytest

from kb.catalog.reading.offices import Sighting
from kb.explore.terms import core, latest, merge
from kb.explore.views import OfficeTerm, with_institution


def seen(
    role: str,
    institution: str | None,
    *days: str,
    status: str = "definitif",
    institution_id: str | None = None,
) -> list[Sighting]:
    return [
        Sighting(
            "person:x",
            role,
            institution,
            institution_id,
            status,  # type: ignore[arg-type]
            "text",
            first=day,
            last=day,
            example=number,
            confidence=0.8,
        )
        for number, day in enumerate(days)
    ]


def stated(
    role: str, institution: str, begin: str | None, end: str | None, status: str = "definitif"
) -> Sighting:
    return Sighting(
        "person:x",
        role,
        institution,
        None,
        status,  # type: ignore[arg-type]
        "authority",
        source="decree",
        date_from=begin,
        date_to=end,
    )


def terms(*sightings: Sighting) -> list[OfficeTerm]:
    return [t for t, _ in merge(sightings)]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Gubernur", ("gubernur", "definitif")),
        ("Pj Gubernur", ("gubernur", "Pj")),
        ("Penjabat (Pj) Gubernur", ("gubernur", "Pj")),
        ("Plt. Kepala Dinas", ("kepala dinas", "Plt")),
        ("Pelaksana Tugas Bupati", ("bupati", "Plt")),
        ("mantan Wakil Gubernur", ("wakil gubernur", "mantan")),
        ("Bakal Calon Wali Kota", ("wali kota", "calon")),
        ("Pjs Bupati", ("bupati", "Pjs")),
    ],
)
def test_core_role_and_status(role: str, expected: tuple[str, str]) -> None:
    assert core(role) == expected


def test_many_sightings_are_one_term_from_first_to_last() -> None:
    (term,) = terms(*seen("Bupati", "Lebak", "2019-05-01", "2021-02-03", "2020-01-01"))
    assert (term.begin, term.end, term.evidence_count) == ("2019-05-01", "2021-02-03", 3)
    assert term.date_from is None
    assert term.confidence > 0.9


def test_sightings_inside_a_stated_term_belong_to_it() -> None:
    (term,) = terms(
        stated("Gubernur", "Banten", "2017-05-12", "2022-05-12"),
        *seen("Gubernur", "Provinsi Banten", "2019-01-01", "2022-06-01"),
    )
    assert (term.begin, term.end) == ("2017-05-12", "2022-05-12")
    assert term.evidence_count == 2
    assert term.source == "decree"


def test_a_dropped_prefix_is_the_acting_office() -> None:
    (term,) = terms(
        *seen("Pj Gubernur", "Banten", "2022-06-01", "2023-06-01", status="Pj"),
        *seen("Gubernur", "Banten", "2022-10-01"),
    )
    assert (term.status, term.evidence_count, term.label) == ("Pj", 3, "Pj Gubernur Banten")


@pytest.mark.parametrize(
    ("role", "status", "label"),
    [
        ("Calon Wali Kota", "calon", "calon Wali Kota Banten"),
        ("calon Wali Kota", "calon", "calon Wali Kota Banten"),
        ("Wali Kota", "mantan", "mantan Wali Kota Banten"),
        ("PJ. Wali Kota", "Pj", "Pj Wali Kota Banten"),
    ],
)
def test_status_words_are_written_in_one_way(role: str, status: str, label: str) -> None:
    (term,) = terms(*seen(role, "Banten", "2020-10-05", status=status))
    assert term.label == label


def test_the_narrowest_stated_term_takes_a_sighting() -> None:
    found = terms(
        stated("Gubernur", "Banten", None, "2024-05-17", "Plh"),
        stated("Gubernur", "Banten", "2023-05-12", "2024-05-12", "Pj"),
        *seen("Gubernur", "Banten", "2024-01-04"),
    )
    assert {t.status: t.evidence_count for t in found} == {"Plh": 0, "Pj": 1}


def test_former_and_would_be_offices_stay_apart() -> None:
    found = terms(
        *seen("Gubernur", "Banten", "2018-01-01"),
        *seen("mantan Gubernur", "Banten", "2024-01-01"),
        *seen("calon Gubernur", "Banten", "2016-01-01", status="calon"),
    )
    assert [t.status for t in found] == ["calon", "definitif", "mantan"]
    best = latest(found)
    assert best is not None
    assert best.status == "definitif"


def test_return_to_an_office_after_another_one_is_a_second_term() -> None:
    found = terms(
        *seen("Kepala Bappeda", "Banten", "2017-03-01", "2018-03-01"),
        *seen("Sekretaris Daerah", "Banten", "2019-06-01", "2020-06-01"),
        *seen("Kepala Bappeda", "Banten", "2022-01-01"),
    )
    assert [(t.role, t.begin) for t in found] == [
        ("Kepala Bappeda", "2017-03-01"),
        ("Sekretaris Daerah", "2019-06-01"),
        ("Kepala Bappeda", "2022-01-01"),
    ]


def test_an_office_without_institution_joins_the_nearest_of_that_role() -> None:
    found = terms(
        *seen("Kepala Dinas", "Dinas Sosial", "2018-01-01"),
        *seen("Kepala Dinas", "Dinas Kesehatan", "2023-01-01"),
        *seen("Kepala Dinas", None, "2023-02-01"),
    )
    assert [(t.institution, t.evidence_count) for t in found] == [
        ("Dinas Sosial", 1),
        ("Dinas Kesehatan", 2),
    ]


def test_institutions_meet_by_id_or_by_words() -> None:
    (term,) = terms(
        *seen("Kepala", "Bappeda Banten", "2020-01-01", institution_id="institution:bappeda@36"),
        *seen("Kepala", "Badan Perencanaan", "2020-02-01", institution_id="institution:bappeda@36"),
        *seen("Kepala", "Bappeda Provinsi Banten", "2020-03-01"),
    )
    assert term.evidence_count == 3


def test_same_role_elsewhere_is_another_office() -> None:
    found = terms(*seen("Bupati", "Lebak", "2020-01-01"), *seen("Bupati", "Serang", "2020-02-01"))
    assert len(found) == 2


def test_an_undated_stated_office_is_never_the_latest_over_a_dated_one() -> None:
    found = terms(
        stated("Sekretaris Daerah", "Banten", None, None),
        *seen("Gubernur", "Banten", "2024-01-01"),
    )
    best = latest(found)
    assert best is not None
    assert best.role == "Gubernur"


def test_the_office_on_a_day() -> None:
    found = terms(
        stated("Bupati", "Lebak", "2014-01-15", "2019-01-15"),
        stated("Gubernur", "Banten", "2022-05-12", None),
    )
    held = {
        day: [t.role for t in found if (t.begin or "") <= day <= (t.end or "9999")]
        for day in ("2015-06-01", "2020-06-01", "2023-06-01")
    }
    assert list(held.values()) == [["Bupati"], [], ["Gubernur"]]


@pytest.mark.parametrize(
    ("role", "institution", "expected"),
    [
        ("Kepala Dinas", "Dinas Kesehatan Banten", "Kepala Dinas Kesehatan Banten"),
        ("Ketua", "DPRD Kota Serang", "Ketua DPRD Kota Serang"),
        ("Gubernur Banten", "Banten", "Gubernur Banten"),
        ("Gubernur", None, "Gubernur"),
    ],
)
def test_role_and_institution_as_one_phrase(
    role: str, institution: str | None, expected: str
) -> None:
    assert with_institution(role, institution) == expected


def test_nothing_is_nothing() -> None:
    assert merge([]) == []
    assert latest([]) is None
