"""Within one text: who is one person, which institution and place is meant."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.authority import load
from kb.model import TagContext, TagResult
from kb.nlp import load_tagger
from kb.nlp.linking.institutions import InstitutionLinker, office_institution
from kb.nlp.linking.persons import group_persons
from kb.nlp.linking.places import PlaceLinker
from kb.nlp.linking.speakers import holder
from kb.nlp.regions import document_region, region_code
from kb.nlp.same_person import name_words, same_person, short_form

BANTEN = TagContext(region="Provinsi Banten", date="2024-01-04")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Mochamad Tranggono", "M. Trenggono", True),
        ("M. Tranggono", "Moch. Tranggono", True),
        ("H. Achmad Soekarno", "Ahmad Sukarno", True),
        ("Siti Nurbaya", "Siti Nur Baya", True),
        ("Tb. Entus Mahmudi", "Tubagus Entus Mahmudi", True),
        ("Deden Apriandi", "Deden Apriandhi Hartono", True),
        ("Dedy Irsan", "Dedy Irsani", True),
        ("Agus Salim", "Agus Salam", False),
        ("Agus Salim", "Agus Supriyatna", False),
        ("Ani Wulandari", "Uni Wulandari", False),
        ("Budi", "Budi Santosa", False),
    ],
)
def test_spelling(one: str, two: str, same: bool) -> None:
    assert (same_person(name_words(one), name_words(two)) >= 0.74) is same


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Faizal", "Ali Faizal", True),
        ("Ali", "Ali Faizal", True),
        ("WH", "Wahid Halimi", True),
        ("Halimi", "Wahid Halimi", True),
        ("Umar", "Ali Faizal", False),
        ("A", "Ali Faizal", False),
    ],
)
def test_short_form(short: str, full: str, fits: bool) -> None:
    assert (short_form(name_words(short), name_words(full)) > 0) is fits


def groups(marked: str) -> list[str]:
    """The fullest name of the person of each PER mention."""
    _, mentions = unmark(marked)
    links = group_persons(mentions)
    return [links[m.start].person.name for m in mentions if m.label == "PER"]


def test_short_names_go_to_the_person_named_last() -> None:
    marked = (
        "{P:Agus Salim} dan {P:Agus Wibowo} hadir. Kata {P:Salim}, siap. "
        "{P:Agus Wibowo} pulang. {P:Agus} senang."
    )
    assert groups(marked) == [
        "Agus Salim",
        "Agus Wibowo",
        "Agus Salim",
        "Agus Wibowo",
        "Agus Wibowo",
    ]


def test_a_short_name_before_the_full_one_is_found() -> None:
    assert groups("{P:Rukmini} hadir. Menurut {P:Siti Rukmini}, aman.") == [
        "Siti Rukmini",
        "Siti Rukmini",
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "{P:Rian Hidayat Kurnaini} ({P:RHK}) ditahan. Saudara {P:RHK} diam.",
        "{P:Rian Hidayat Kurnaini}, S.H. ({P:RHD}) ditahan. Saudara {P:RHD} diam.",
        "{P:RHK} (H. {P:Rian Hidayat Kurnaini}) ditahan. {P:RHK} diam.",
        "{P:RHK} ditahan. {P:Rian Hidayat Kurnaini} diam.",
    ],
)
def test_initials_are_the_person_they_stand_for(marked: str) -> None:
    text, mentions = unmark(marked)
    links = group_persons(mentions, text=text)
    assert {link.person.name for link in links.values()} == {"Rian Hidayat Kurnaini"}


def test_a_news_agency_is_named_with_and_without_what_it_is() -> None:
    linker = InstitutionLinker("36", {})
    long = linker.link("Kantor Berita Cahaya").entity_id
    assert long == linker.link("Cahaya").entity_id != linker.link("Kantor Desa").entity_id


def test_the_end_of_a_name_can_stand_for_it() -> None:
    marked = "{P:Hartono} datang. Kata {P:Tono}, siap. {P:Har} pulang, {P:Susi} tidak."
    assert groups(marked) == ["Hartono", "Hartono", "Hartono", "Susi"]
    assert groups("{P:Winarno} dan {P:Winarsih}. {P:Win} diam.")[2] == "Win"


def test_ambiguous_short_names_are_less_sure() -> None:
    _, mentions = unmark("{P:Agus Salim} dan {P:Agus Wibowo} hadir, {P:Agus} diam.")
    links = group_persons(mentions)
    assert links[mentions[2].start].confidence < 0.8 < links[mentions[0].start].confidence


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Provinsi Banten", "36"),
        ("Banten", "36"),
        ("Kota Serang", "36.73"),
        ("Kab. Serang", "36.04"),
        ("Serang", None),
        ("Tangsel", "36.74"),
        ("Sumsel", "16"),
        ("Dinas Kesehatan Kabupaten Muara Enim", "16.03"),
        ("Polres Serang", None),
        ("Bawaslu", None),
    ],
)
def test_region_code(name: str, code: str | None) -> None:
    assert region_code(name) == code


def test_region_of_a_text_by_what_it_names_most() -> None:
    _, mentions = unmark("{L:Kota Palu} - {O:Dinas Sosial Kota Palu} dan {L:Makassar}")
    assert document_region(None, mentions, None) == "72.71"
    assert document_region(BANTEN, mentions, None) == "36"


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (
            ["Badan Perencanaan Pembangunan Daerah Provinsi Banten", "Bappeda Banten", "Bappeda"],
            ["institution:bappeda@36"] * 3,
        ),
        (
            ["Dinas Kesehatan Kota Serang", "Dinkes", "Dinas Kesehatan Provinsi Banten", "Dinkes"],
            [
                "institution:dinkes@36.73",
                "institution:dinkes@36.73",
                "institution:dinkes@36",
                "institution:dinkes@36",
            ],
        ),
        (["Kemendagri", "Kementerian Dalam Negeri"], ["institution:kemendagri"] * 2),
        (
            ["Forum Warga Peduli Sungai (FWPS)", "FWPS"],
            ["institution:forum-warga-peduli-sungai"] * 2,
        ),
        (
            ["Polres Serang Kota", "Polres Serang"],
            ["institution:polres@36.73", "institution:polres@36.04"],
        ),
        (["Pemprov", "DPRD"], ["institution:pemprov@36", "institution:dprd@36"]),
        (["RSUD Berkah"], ["institution:rsud:berkah"]),
        (["DPR Papua Pegunungan", "DPR Papua"], ["institution:dprd@95", "institution:dprd@91"]),
    ],
)
def test_institutions(names: list[str], ids: list[str]) -> None:
    linker = InstitutionLinker("36", {})
    assert [linker.link(name).entity_id for name in names] == ids


def test_a_bare_regional_name_without_region_is_a_weak_guess() -> None:
    ref = InstitutionLinker(None, {}).link("Bappeda")
    assert ref.region is None
    assert ref.confidence < 0.5


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        ("{L:Kota Serang}", ["place:36.73"]),
        ("{L:Serang}", [None]),
        ("{L:Serang} di {L:Kabupaten Serang}", ["place:36.04", "place:36.04"]),
        ("{L:Banten}", ["place:36"]),
        (
            "{L:Desa Sukamaju}, {L:Kecamatan Cikeusal}, {L:Kabupaten Serang}",
            ["place:36.04.23.2004", "place:36.04.23", "place:36.04"],
        ),
        ("{L:Kecamatan Curug}, {L:Kota Serang}", ["place:36.73.04", "place:36.73"]),
        ("{L:Indonesia}", ["place:indonesia"]),
        (
            "{L:Republik Indonesia}, {L:Indonesia Timur}",
            ["place:indonesia", "place:indonesia-timur"],
        ),
        # a place stands in the region named right behind it, houses of the state in none
        ("{L:Hutan Tele}, {L:Kabupaten Samosir}", ["place:hutan-tele@12.17", "place:12.17"]),
        (
            "{L:Hutan Tele} dijaga dari {L:Kabupaten Samosir}",
            ["place:hutan-tele~36", "place:12.17"],
        ),
        ("{L:Kantor Kementerian Kominfo}", ["place:kantor-kementerian-kominfo"]),
        # places of other countries stand in no region of the text
        ("{L:Johor Bahru} dan {L:Thailand}", ["place:johor-bahru", "place:thailand"]),
        (
            "{L:Kudat}, {L:Malaysia}. Warga {L:Kudat} di {L:Pelabuhan Karangantu}",
            ["place:kudat", "place:malaysia", "place:kudat", "place:pelabuhan-karangantu@36"],
        ),
        ("{L:Kudat Malaysia}", ["place:kudat-malaysia"]),
        (
            "{L:Kawasan Pusat Kota Lama (KPKL)} dan {L:KPKL}",
            ["place:kawasan-pusat-kota-lama@36"] * 2,
        ),
        (
            "{L:Kelurahan Sukajaya}, {L:Kota Serang}. Lurah {L:Sukajaya} setuju.",
            ["place:36.73.04.1010", "place:36.73", "place:36.73.04.1010"],
        ),
    ],
)
def test_places(marked: str, ids: list[str | None]) -> None:
    text, mentions = unmark(marked)
    linker = PlaceLinker(mentions, "36", text)
    found = [linker.link(m).ref for m in mentions]
    assert [ref.entity_id if ref else None for ref in found] == ids


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        ("{L:Kabupaten Serang} rapat. Wali Kota {L:Serang} hadir", ["place:36.04", "place:36.73"]),
        ("{L:Kota Serang} rapat. Bupati {L:Serang} hadir", ["place:36.73", "place:36.04"]),
        ("{L:Kabupaten Lebak}. Camat {L:Curugbitung} hadir", ["place:36.02", "place:36.02.23"]),
        ("Wali Kota {L:Lebak}", ["place:36.02"]),
    ],
)
def test_the_head_of_a_region_tells_which_it_is(marked: str, ids: list[str]) -> None:
    text, mentions = unmark(marked)
    linker = PlaceLinker(mentions, "36", text)
    found = [linker.link(m).ref for m in mentions]
    assert [ref.entity_id if ref else None for ref in found] == ids


def test_a_village_of_the_text_s_own_town_comes_first() -> None:
    _, mentions = unmark("{L:Mojosongo}")
    linked = PlaceLinker(mentions, "33.72").link(mentions[0]).ref
    assert linked is not None
    assert linked.entity_id == "place:33.72.04.1011"


@pytest.mark.parametrize(
    ("role", "date", "expected"),
    [
        ("Gubernur", "2024-01-04", "person:al-muktabar"),
        ("Gubernur", "2019-05-01", "person:wahidin-halim"),
        ("Gubernur", "1999-01-01", None),
        ("Gubernur", None, None),
    ],
)
def test_holder_by_date(role: str, date: str | None, expected: str | None) -> None:
    assert holder(role, "36", date) == expected


# --- the whole pipeline ---------------------------------------------------------------


def tag(text: str, context: TagContext = BANTEN) -> TagResult:
    return load_tagger().tag(text, context)


def test_an_official_of_the_authority_file_is_one_person_however_named() -> None:
    result = tag(
        "Penjabat (Pj) Gubernur Banten Al Muktabar membuka rapat. Muktabar mengatakan, "
        "“Kita siap.”\n\nPj Gubernur Al Muktabar pulang."
    )
    ids = {m.entity_id for m in result.mentions if m.label == "PER"}
    assert ids == {"person:al-muktabar"}
    assert [(o.person_id, o.institution_id) for o in result.offices] == [
        ("person:al-muktabar", "institution:pemprov@36")
    ]


def test_a_namesake_in_another_province_is_somebody_else() -> None:
    result = tag(
        "Kepala Dinas Sosial Kota Palu Al Muktabar menyerahkan bantuan di Kota Palu.",
        TagContext(region="Kota Palu"),
    )
    assert all(not e.authority for e in result.entities if e.type == "person")


def test_names_of_one_page_are_known_on_the_next() -> None:
    first, second = load_tagger().tag_pages(
        [
            "Bupati Lebak Hasan Fauzi Rahman membuka acara di Rangkasbitung.",
            "“Kita bangun desa,” kata Fauzi kepada wartawan.",
        ],
        TagContext(region="Kabupaten Lebak"),
    )
    (known,) = {m.entity_id for m in first.mentions if m.label == "PER"}
    assert [m.entity_id for m in second.mentions if m.label == "PER"] == [known]


def test_every_link_says_how_and_how_sure() -> None:
    result = tag("Ketua Bawaslu Provinsi Banten Ali Umar menyambut Pj Gubernur. Menurut Ali, aman.")
    assert result.mentions
    for mention in result.mentions:
        assert ";" in mention.method
        assert 0 < mention.confidence <= 1
    for entity in result.entities:
        assert entity.method
        assert 0 < entity.confidence <= 1


def test_the_same_text_gives_the_same_ids() -> None:
    text = "Wali Kota Ambon Beni Pattinama dan Kepala Dinas Sosial Kota Ambon Ona Latu hadir."
    assert tag(text) == tag(text)


def test_a_title_that_speaks_is_the_official_of_that_day() -> None:
    text = (
        "SERANG - Pemerintah Provinsi Banten menambah anggaran jalan.\n\n"
        "“Jalan provinsi selesai tahun ini,” kata Gubernur Banten, Selasa."
    )
    spoken = {
        date: tag(text, TagContext(region="Provinsi Banten", date=date)).statements
        for date in ("2019-05-01", "2024-01-04", None)
    }
    assert [s.speaker_id for s in spoken["2019-05-01"]] == ["person:wahidin-halim"]
    assert [s.speaker_id for s in spoken["2024-01-04"]] == ["person:al-muktabar"]
    assert [s.speaker_id for s in spoken[None]] == [None]
    assert "office on that date" in spoken["2019-05-01"][0].method


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "(((", "A" * 5000, "1.2.3 . . .", "\ue000x"])
def test_odd_texts_do_not_break(text: str) -> None:
    result = tag(text)
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(
    ("dots", "level", "role", "body"),
    [
        (0, "provinsi", "Wagub", "pemprov"),
        (1, "kabupaten", "Pj Bupati", "pemkab"),
        (1, "kota", "Walikota", "pemkot"),
    ],
)
def test_every_head_of_region_belongs_to_its_government(
    dots: int, level: str, role: str, body: str
) -> None:
    places = load().places
    wrong = []
    for code in places.codes(dots):
        place = places.place(code)
        if place is None or place.level != level:
            continue
        for name in (place.bare, place.name, *places.aliases(code)):
            ref = office_institution(role, name, InstitutionLinker(None, {}))
            if ref is None or ref.entity_id != f"institution:{body}@{code}":
                wrong.append((name, ref.entity_id if ref else None))
    assert wrong == []


@pytest.mark.parametrize(
    ("role", "institution", "expected"),
    [
        ("Kapolda", "Sulsel", "institution:polda@73"),
        ("Kapolres", "Cilegon", "institution:polres@36.72"),
        ("Kapolrestabes", "Makassar", "institution:polrestabes@73.71"),
        ("Kajati", "Papua Barat", "institution:kejati@92"),
        ("Ketua", "Bawaslu Kabupaten Sleman", "institution:bawaslu@34.04"),
        ("Kepala Dinas", "Dinas Kesehatan Kota Ambon", "institution:dinkes@81.71"),
        ("Anggota", "DPR RI", "institution:dpr-ri"),
        ("Dandim", "0602/Serang", "institution:kodim:0602-serang"),
        ("Pangdam", "II/Sriwijaya", "institution:kodam:ii-sriwijaya"),
        ("Presiden", None, None),
        ("Camat", "Curug", None),
    ],
)
def test_institution_of_an_office(role: str, institution: str | None, expected: str | None) -> None:
    ref = office_institution(role, institution, InstitutionLinker(None, {}))
    assert (ref.entity_id if ref else None) == expected
