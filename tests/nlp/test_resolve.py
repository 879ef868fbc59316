"""One person or two of a name, across documents. All persons are invented."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from kb.evidence import Fixed, Sighting, StatedOffice
from kb.model import EntityRef, Office, TagContext
from kb.nlp.linking import across
from kb.nlp.linking.across import office_keys, settle


@dataclass(frozen=True)
class Post:
    role: str
    institution: str | None
    status: str = "definitif"


@dataclass(frozen=True)
class Stored:
    entity_id: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    offices: tuple[Post, ...] = ()
    type: str = "person"
    authority: bool = False
    merged_into: str | None = field(default=None)


def resolve(
    ref: EntityRef, offices: tuple[Office, ...], context: TagContext, known: list[Stored]
) -> str:
    """What the sighting ``ref`` of a later document is beside those of ``known``."""
    first = [
        Sighting(
            number,
            number,
            one.entity_id.partition("~")[0],
            one.name,
            (one.name, *one.aliases),
            one.region,
            tuple(StatedOffice(o.role, o.institution, o.status) for o in one.offices),
            f"2020-01-{number:02}",
            f"text {number}",
            one.entity_id,
        )
        for number, one in enumerate(known, 1)
    ]
    held_ = tuple(StatedOffice(o.role, o.institution, o.status) for o in offices)
    told = office_keys(ref, offices, context)
    later = Sighting(
        99, 99, ref.entity_id, ref.name, (ref.name,), told.region, held_, None, "t", ref.entity_id
    )
    found = settle([*first, later])
    assert found == settle([later, *reversed(first)]), "the order decides"
    return found[99].entity_id


def person(name: str, region: str | None = None) -> EntityRef:
    return EntityRef(f"person:{name.lower().replace(' ', '-')}", "person", name, region=region)


def held(role: str, institution: str | None) -> tuple[Office, ...]:
    return (Office("", role, institution),)


LEBAK = Stored(
    "person:hasan-fauzi", "Hasan Fauzi", region="36.02", offices=(Post("Bupati", "Lebak"),)
)


@pytest.mark.parametrize(
    ("ref", "offices", "known", "expected"),
    [
        (person("Hasan Fauzi"), held("Bupati", "Kabupaten Lebak"), LEBAK, LEBAK.entity_id),
        # promoted within the province
        (person("Hasan Fauzi"), held("Wakil Gubernur", "Banten"), LEBAK, LEBAK.entity_id),
        # no office, same region
        (person("Hasan Fauzi", "36.02"), (), LEBAK, LEBAK.entity_id),
        # another province: another person
        (
            person("Hasan Fauzi"),
            held("Kepala Dinas", "Dinas Sosial Kota Palu"),
            LEBAK,
            "person:hasan-fauzi~72.71",
        ),
        # a regent of a neighbouring kabupaten
        (
            person("Hasan Fauzi"),
            held("Bupati", "Pandeglang"),
            LEBAK,
            "person:hasan-fauzi~36.01",
        ),
        # spelling variants meet
        (person("Hassan Fauzie", "36"), held("Bupati", "Lebak"), LEBAK, LEBAK.entity_id),
        # an initial and a longer name
        (
            person("M Hasan Fauzi Rahman", "36.02"),
            held("Bupati", "Lebak"),
            LEBAK,
            LEBAK.entity_id,
        ),
        # one word in common is not enough
        (person("Hasan", "36.02"), (), LEBAK, "person:hasan"),
        # nobody of that name
        (person("Siti Rukmini", "36.02"), (), LEBAK, "person:siti-rukmini"),
    ],
)
def test_person(ref: EntityRef, offices: tuple[Office, ...], known: Stored, expected: str) -> None:
    assert resolve(ref, offices, TagContext(), [known]) == expected


CAMAT = Stored(
    "person:dadan-suryakarta",
    "Dadan Suryakarta",
    region="36",
    offices=(Post("Camat", "Malingping"),),
)
AGENCY = held("Kepala Dinas", "Dinas Perhubungan Kota Tangerang")


@pytest.mark.parametrize(
    ("name", "before", "now", "same"),
    [
        # a camat of one regency, an agency head of another: two men of a name
        ("Dadan Suryakarta", CAMAT.offices, AGENCY, False),
        ("Dadan Suryakarta", CAMAT.offices, held("Sekretaris", "DPRD Kota Tangerang"), False),
        # the same camat, written more fully, and promoted within the regency or the province
        ("Dadan Suryakarta", CAMAT.offices, held("Camat", "Kecamatan Malingping"), True),
        (
            "Dadan Suryakarta",
            CAMAT.offices,
            held("Kepala Dinas", "Dinas Sosial Kabupaten Lebak"),
            True,
        ),
        (
            "Dadan Suryakarta",
            CAMAT.offices,
            held("Kepala Dinas", "Dinas Sosial Provinsi Banten"),
            True,
        ),
        # from the province into a regency as acting head
        (
            "Dadan Suryakarta",
            (Post("Kepala Dinas", "Dinas Sosial Provinsi Banten"),),
            held("Pj Bupati", "Lebak"),
            True,
        ),
        # national bodies move their people from regency to regency
        (
            "Dadan Suryakarta",
            (Post("Kapolsek", "Polsek Malingping Kabupaten Lebak"),),
            held("Kasat Lantas", "Polres Tangerang Selatan"),
            True,
        ),
        # a name of three words is not shared by chance
        ("Dadan Surya Kartawira", CAMAT.offices, AGENCY, True),
    ],
)
def test_namesakes_and_careers(
    name: str, before: tuple[Post, ...], now: tuple[Office, ...], same: bool
) -> None:
    ref = person(name, "36")
    stored = Stored(ref.entity_id, name, region="36", offices=before)
    assert (resolve(ref, now, TagContext(), [stored]) == ref.entity_id) is same


def test_a_minister_is_one_person_in_every_province() -> None:
    stored = Stored(
        "person:tito-karnadi",
        "Tito Karnadi",
        region="16",
        offices=(Post("Menteri Dalam Negeri", None),),
    )
    assert resolve(person("Tito Karnadi", "36"), (), TagContext(), [stored]) == stored.entity_id
    plain = Stored("person:tito-karnadi", "Tito Karnadi", region="16")
    assert resolve(person("Tito Karnadi", "36"), (), TagContext(), [plain]) != plain.entity_id


def test_two_of_a_name_each_keep_their_own() -> None:
    palu = Stored(
        "person:hasan-fauzi~72.71",
        "Hasan Fauzi",
        region="72.71",
        offices=(Post("Kepala Dinas", "Dinas Sosial Kota Palu"),),
    )
    again = resolve(
        person("Hasan Fauzi"),
        held("Kepala Dinas", "Dinas Sosial Kota Palu"),
        TagContext(),
        [LEBAK, palu],
    )
    assert again == palu.entity_id
    assert (
        resolve(person("Hasan Fauzi"), held("Bupati", "Lebak"), TagContext(), [LEBAK, palu])
        == LEBAK.entity_id
    )


def test_authority_entities_stay_what_they_are() -> None:
    known = Fixed("person:al-muktabar", "Al Muktabar", ("Al Muktabar",), "36", ())
    seen = Sighting(
        1, 1, "person:al-muktabbar", "Al Muktabbar", ("Al Muktabbar",), "36", (), None, "t", "x"
    )
    assert settle([seen], [known])[1].entity_id == "person:al-muktabar"
    outright = Fixed(*(known.entity_id, known.name, known.names, "36", ()), frozenset({1}))
    assert settle([seen], [outright])[1].entity_id == "person:al-muktabbar", "two in one text"


@pytest.mark.parametrize(
    ("mine", "theirs", "same"), [("36", "36", True), ("36", None, True), ("36", "32", False)]
)
def test_institution_by_name_and_region(mine: str, theirs: str | None, same: bool) -> None:
    ref = EntityRef("institution:forum-a", "institution", "Forum Warga Sehat", region=mine)
    stored = Stored("institution:forum-b", "Forum Warga Sehat", region=theirs, type="institution")
    found = resolve(ref, (), TagContext(), [stored])
    assert found == ("institution:forum-b" if same else "institution:forum-a")


def test_documents_of_one_name_and_post_are_not_compared_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A regent of two thousand documents is as many groups as he has posts and regions."""
    judged = 0
    real = across._Groups._judge

    def counted(self: across._Groups, one: across._Group, two: across._Group) -> object:
        nonlocal judged
        judged += 1
        return real(self, one, two)

    monkeypatch.setattr(across._Groups, "_judge", counted)
    posts = ((), (StatedOffice("Bupati", "Lebak", "definitif"),))
    many = [
        Sighting(
            number,
            number,
            "person:hasan-fauzi",
            "Hasan Fauzi",
            ("Hasan Fauzi", f"H. Hasan Fauzi {'I' * (number % 3)}".strip()),
            ("36.02", "36")[number % 2],
            posts[number // 2 % 2],
            f"2020-01-{1 + number % 28:02}",
            f"text {number}",
            "person:hasan-fauzi",
        )
        for number in range(2000)
    ]
    found = settle(many)
    assert {one.entity_id for one in found.values()} == {"person:hasan-fauzi"}
    assert judged <= 12
