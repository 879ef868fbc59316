"""A report on the past does not keep a former holder in office."""

from __future__ import annotations

from kb.catalog.reading.offices import Sighting
from kb.explore.succession import by_office, ended
from kb.explore.terms import merge
from kb.explore.views import OfficeTerm
from kb.model import OfficeStatus


def seen(
    person: str,
    *days: str,
    role: str = "Gubernur",
    where: str | None = "place:36",
    status: OfficeStatus = "definitif",
) -> list[Sighting]:
    return [
        Sighting(person, role, "Banten", where, status, "text", first=day, last=day) for day in days
    ]


def last(own: list[Sighting], *others: Sighting) -> str | None:
    ((term, sightings),) = merge(own)
    found: OfficeTerm = ended(term, sightings, by_office([*own, *others]))
    return found.end


OWN = seen("person:a", "2019-01-01", "2021-12-01", "2023-03-27")


def test_the_term_ends_before_the_successor() -> None:
    assert last(OWN, *seen("person:b", "2022-05-20", "2022-08-09", "2023-01-01")) == "2021-12-01"


def test_an_acting_successor_counts() -> None:
    others = seen("person:b", "2022-05-20", "2022-08-09", role="Pj Gubernur", status="Pj")
    assert last(OWN, *others) == "2021-12-01"


def test_one_sighting_is_no_successor() -> None:
    assert last(OWN, *seen("person:b", "2022-05-20")) == "2023-03-27"


def test_fewer_sightings_than_the_holder_are_no_successor() -> None:
    own = seen("person:a", "2019-01-01", "2022-06-01", "2022-07-01", "2022-08-01")
    assert last(own, *seen("person:b", "2022-05-20", "2022-05-21")) == "2022-08-01"


def test_predecessors_former_and_would_be_holders_and_other_offices_do_not_count() -> None:
    for others in (
        seen("person:b", "2017-01-01", "2018-01-01"),
        seen("person:b", "2022-01-01", "2022-02-01", status="mantan"),
        seen("person:b", "2022-01-01", "2022-02-01", role="calon Gubernur"),
        seen("person:b", "2022-01-01", "2022-02-01", role="Wakil Gubernur"),
        seen("person:b", "2022-01-01", "2022-02-01", where="place:32"),
        seen("person:b", "2022-01-01", "2022-02-01", where=None),
    ):
        assert last(OWN, *others) == "2023-03-27"


def test_a_stated_term_stays() -> None:
    stated = Sighting(
        "person:a",
        "Gubernur",
        "Banten",
        "place:36",
        "definitif",
        "authority",
        date_from="2017-05-12",
        date_to="2023-05-12",
    )
    own = [stated, *seen("person:a", "2023-03-27")]
    assert last(own, *seen("person:b", "2022-01-01", "2022-02-01")) == "2023-05-12"


def test_a_predecessor_named_again_is_no_successor() -> None:
    others = [
        *seen("person:old", "2018-01-01", "2021-06-01"),
        *seen("person:new", "2024-01-01", "2024-02-01", "2024-03-01"),
    ]
    own = seen("person:a", "2020-01-01", "2022-01-01", "2024-02-15")
    assert last(own, *others) == "2022-01-01"
