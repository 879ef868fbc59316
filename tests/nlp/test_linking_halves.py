"""One body or place under a short and a long name of the text, and where a place lies."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.authority import load
from kb.model import Mention, TagContext
from kb.nlp import load_tagger
from kb.nlp.linking.halves import shortens, wholes, with_initials
from kb.nlp.linking.institutions import InstitutionLinker
from kb.nlp.linking.persons import group_persons
from kb.nlp.linking.places import PlaceLinker
from kb.nlp.linking.slips import misprints, overlong
from kb.nlp.linking.whereabouts import landmarks


def names(marked: str, region: str | None = "36") -> list[str]:
    """The id of the institution of each ORG mention, without its kind."""
    text, mentions = unmark(marked)
    linker = InstitutionLinker(region, {})
    linker.expect(with_initials(text, mentions, "ORG"), overlong(text, mentions))
    found = [linker.link(m.surface, text[m.end : m.end + 60]) for m in mentions if m.label == "ORG"]
    return [ref.entity_id.removeprefix("institution:") for ref in found]


def where(marked: str, region: str | None = "36") -> list[str | None]:
    """The id of the place of each LOC mention, without its kind."""
    text, mentions = unmark(marked)
    linker = PlaceLinker(mentions, region, text)
    found = [linker.link(m).ref for m in mentions if m.label == "LOC"]
    return [ref.entity_id.removeprefix("place:") if ref else None for ref in found]


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        # the region, the rest of the name, what stands in front
        ("{O:F2K}. Ketua {O:F2K Kota Serang}", ["f2k-kota-serang"] * 2),
        (
            "{O:Tirta Samudra Jaya} dan {O:Tirta Samudra Jaya Service Unit}",
            ["tirta-samudra-jaya-service-unit"] * 2,
        ),
        ("{O:Bank Lestari} ({O:PT BPR Bank Lestari})", ["pt-bpr-bank-lestari"] * 2),
        ("{O:tim PT BPR Bank Lestari}, {O:PT BPR Bank Lestari}", ["pt-bpr-bank-lestari"] * 2),
        ("{O:Komisi B} dan {O:Komisi B DPRD Banten}", ["komisi-b-dprd-banten"] * 2),
        ("{O:Garda Hijau Jabar} dan {O:Garda Hijau Jawa Barat}", ["garda-hijau-jawa-barat"] * 2),
        # initials, in brackets and without
        (
            "{O:LBN Indonesia}: {O:Liga Basket Nelayan (LBN) Indonesia}, {O:LBN}",
            ["liga-basket-nelayan-indonesia"] * 3,
        ),
        (
            "{O:ITKN Serang} di {O:Institut Teknologi Kelautan Nusantara Serang}",
            ["institut-teknologi-kelautan-nusantara-serang"] * 2,
        ),
        ("{O:PT SBK}, {O:PT Samudra Bakti Kencana (SBK)}", ["pt-samudra-bakti-kencana"] * 2),
        ("{O:Forum Warga Laut} ({O:FWL}) rapat. {O:FWL} puas", ["forum-warga-laut"] * 3),
        ("{O:Forlaut} dan {O:Forum Laut}", ["forum-laut"] * 2),
        ("{O:Bapas} dan {O:Bapas Anak}", ["bapas:anak"] * 2),
        ("{O:Polsek} dan {O:Polsek Curug}", ["polsek:curug"] * 2),
        ("{O:Kodam Samudra} dan {O:Kodam XX Samudra}", ["kodam:xx-samudra"] * 2),
        ("{O:Lapas Kelas IIA Serang}, {O:Lapas Serang}", ["lapas:serang"] * 2),
        ("{O:tim Dinkes} dan {O:Dinkes Kota Serang}", ["dinkes@36.73"] * 2),
        ("{O:Satpol PP Pemkot Serang}", ["satpolpp@36.73"]),
        ("{O:Pemerintah Jatim}, {O:Pemda Lebak}", ["pemprov@35", "pemkab@36.02"]),
    ],
)
def test_short_names_of_bodies(marked: str, ids: list[str]) -> None:
    assert names(marked) == ids


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        # two longer names, another one's name, a single word that goes on
        (
            "{O:F2K}, {O:F2K Kota Serang} dan {O:F2K Kota Cilegon}",
            ["f2k", "f2k-kota-serang", "f2k-kota-cilegon"],
        ),
        (
            "{O:Universitas Samudra} dan {O:Universitas Samudra Timur}",
            ["universitas-samudra", "universitas-samudra-timur"],
        ),
        ("{O:Samudra} dan {O:Samudra Global Summit}", ["samudra", "samudra-global-summit"]),
        ("{O:SMPN 1} dan {O:SMPN 1 2}", ["smpn-1", "smpn-1-2"]),
        # known to the authority file
        ("{O:Polri} dan {O:Polri Peduli Warga}", ["polri", "polri:peduli-warga"]),
        # the initials are of the end of the name alone
        (
            "{O:Senat Guru Besar Universitas Bahari (UB)}. {O:Rektor UB}. {O:UB Press}",
            ["senat-guru-besar-universitas-bahari", "rektor-ub", "ub-press"],
        ),
        # what is written longer is a headline, or has a person's name in it
        (
            "{O:Bank Bahari Jaya Naikkan Bunga}\n\n{O:Bank Bahari Jaya} menaikkan bunga.",
            ["bank-bahari-jaya-naikkan-bunga", "bank-bahari-jaya"],
        ),
        (
            "{O:Ponpes Al Bahari Adi Permana} geger. {O:Ponpes Al Bahari} diam, kata "
            "{P:Adi Permana}.",
            ["ponpes-al-bahari-adi-permana", "ponpes-al-bahari"],
        ),
        ("{O:Tim Dayung} dan {O:Dayung}", ["tim-dayung", "dayung"]),
        ("{O:Pemerintah Indonesia}", ["pemerintah-indonesia"]),
    ],
)
def test_names_of_bodies_that_stay_apart(marked: str, ids: list[str]) -> None:
    assert names(marked) == ids


def test_a_whole_name_brings_its_short_ones_to_other_texts_but_not_without_a_region() -> None:
    linker = InstitutionLinker("36", {})
    linker.expect(
        ["LBN Indonesia", "Liga Basket Nelayan (LBN) Indonesia", "F2K", "F2K Kota Serang"]
    )
    assert linker.link("Liga Basket Nelayan (LBN) Indonesia").aliases == ("LBN Indonesia",)
    assert linker.link("F2K Kota Serang").aliases == ()


def test_the_order_of_names_changes_nothing() -> None:
    listed = ["F2K", "F2K Kota Serang", "PT BPR Bank Lestari", "Bank Lestari", "tim Bank Lestari"]
    assert wholes(listed, ()) == wholes(listed[::-1], ())


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        # offices of national bodies have names of their own
        ("{O:BPK} dan {O:BPK Perwakilan Provinsi Banten}", ["bpk", "bpk@36"]),
        (
            "{O:BPOM}, {O:BPOM RI} dan {O:Balai Besar POM di Serang}",
            ["bpom", "bpom", "bpom:serang"],
        ),
        ("{O:BBPOM Surabaya}. Kata {O:BBPOM}", ["bpom@35.78"] * 2),
        ("{O:Balai POM} di Cilegon", ["bpom@36.72"]),
        # Bawaslu's have not
        ("{O:Bawaslu} dan {O:Bawaslu Kota Serang}", ["bawaslu@36.73"] * 2),
        # the PKK of a kecamatan is not the regency's
        ("{O:TP PKK} Kecamatan Curugbitung", ["pkk@36.02.23"]),
        ("{O:TP PKK} Desa/Kelurahan, {O:TP PKK Kabupaten Lebak}", ["pkk:desa", "pkk@36.02"]),
        ("{O:PKK}, {O:Dinkes} Kecamatan", ["pkk@36", "dinkes@36"]),
    ],
)
def test_offices_of_the_regions(marked: str, ids: list[str]) -> None:
    assert names(marked) == ids


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kodam III/Siliwangi", "Komando Daerah Militer III/Siliwangi"),
        ("kodam iii siliwangi", "Komando Daerah Militer III Siliwangi"),
        ("RSUD BUNGA LESTARI", "Rumah Sakit Umum Daerah Bunga Lestari"),
        ("Rutan Gedung Merah Putih KPK", "Rumah Tahanan Negara Gedung Merah Putih KPK"),
        ("BPK Perwakilan Provinsi Banten", "Badan Pemeriksa Keuangan Perwakilan Provinsi Banten"),
        ("BBPOM Surabaya", "Balai Besar Pengawas Obat dan Makanan di Surabaya"),
        (
            "Dinas Pendidikan, Pemuda dan Olahraga Kota Serang",
            "Dinas Pendidikan, Pemuda dan Olahraga Kota Serang",
        ),
    ],
)
def test_names_are_shown_as_they_are_written(name: str, shown: str) -> None:
    assert InstitutionLinker(None, {}).link(name).name == shown


def test_an_agency_with_a_longer_name_lies_in_the_region_at_its_end() -> None:
    linker = InstitutionLinker(None, {})
    assert linker.link("Dinas Pendidikan, Pemuda dan Olahraga Kulon Progo").region == "34.01"
    assert linker.link("RSUD Bunga Kota Serang").region == "36.73"
    assert linker.link("RSUD Bunga Banten").region is None


@pytest.mark.parametrize(
    ("marked", "ids"),
    [
        ("{L:kawasan Bukit Laras} dan {L:Bukit Laras}", ["bukit-laras@36"] * 2),
        ("{L:rumah dinas Wisma Laras}, {L:Wisma Laras}", ["wisma-laras@36"] * 2),
        ("{L:Geopark Laras} dan {L:Geopark Laras Samudra}", ["geopark-laras-samudra@36"] * 2),
        (
            "{L:Sirkuit GBL}: {L:Sirkuit Gelora Bukit Laras (GBL)}",
            ["sirkuit-gelora-bukit-laras@36"] * 2,
        ),
        (
            "{L:Sirkuit GBL} di {L:Sirkuit Gelora Bukit Laras (GBL) Banten}",
            ["sirkuit-gelora-bukit-laras-gbl-banten@36"] * 2,
        ),
        ("{L:Lebak Selatan} ({L:Lebsel}) mekar. {L:Lebsel} siap", ["lebak-selatan@36.02"] * 3),
        (
            "{L:Kampung Samlarsa}. {L:Kampung Samlaras}, {L:Kampung Samlaras}",
            ["kampung-samlaras@36"] * 3,
        ),
        ("{L:Indonesai}, {L:Indonesia}", ["indonesia"] * 2),
        # not: a road and a kampung, two regions, a direction, a letter of a short word, a region
        ("{L:Jalan Laras} dan {L:Kampung Samlaras}", ["jalan-laras@36", "kampung-samlaras@36"]),
        ("{L:Pasar Laras} dan {L:Pasar Laras Baru}", ["pasar-laras@36", "pasar-laras-baru@36"]),
        ("{L:Gua Alam}, {L:Gua Alar}, {L:Gua Alar}", ["gua-alam@36", "gua-alar@36", "gua-alar@36"]),
        ("{L:Tanah Landai (Kali Laras)}. {L:Kali Laras}", ["tanah-landai@36", "kali-laras@36"]),
        (
            "{L:Gedung A}, {L:Gedung A Selatan} dan {L:Gedung A Utara}",
            ["gedung-a@36", "gedung-a-selatan@36", "gedung-a-utara@36"],
        ),
        (
            "{L:Pulau Laras Banten Hancur}\n\n{L:Pulau Laras} hancur.",
            ["pulau-laras-banten-hancur@36", "pulau-laras@36"],
        ),
    ],
)
def test_short_names_of_places(marked: str, ids: list[str | None]) -> None:
    assert where(marked) == ids


@pytest.mark.parametrize(
    ("marked", "region", "ids"),
    [
        # the row behind says it, also over a kecamatan; a list says nothing
        (
            "{L:Desa Samlaras}, {L:Kecamatan Harian}, {L:Kabupaten Samosir}",
            "12.71",
            ["desa-samlaras@12.17", "12.17.05", "12.17"],
        ),
        (
            "terminal {L:Laras}, {L:Tanjung Priok}, {L:Kalideres} dan {L:Grogol}",
            "31",
            ["laras@31", "31.72.02", "31.73.06", "31.73.02.1001"],
        ),
        # another region or country in the sentence speaks against the text's own
        ("{L:Gua Laras} dekat {L:Serang}.", "36.72", ["gua-laras~36.72", None]),
        ("Toko di {L:Pasar Laras}, lalu ke {L:Tiongkok}.", "35", ["pasar-laras~35", "tiongkok"]),
        ("Warga {L:Palestina} ke {L:Gua Laras}.", "35", ["palestina", "gua-laras@35"]),
        ("{L:Gua Laras} ramai. Orang {L:Bali} suka.", "36", ["gua-laras@36", "51"]),
        ("Terdengar dari {L:Gua Laras} hingga {L:Bali}.", "36", ["gua-laras@36", "51"]),
        (
            "Jauh dari {L:Kota Cilegon} dan {L:Lebak}. Letaknya di {L:Gua Laras}.",
            "36.72",
            ["36.72", "36.02", "gua-laras~36.72"],
        ),
        # but not where its sentence elsewhere names the region
        (
            "{L:Gua Laras} di {L:Banten} ramai. {L:Gua Laras} seperti di {L:Bali}.",
            "36",
            ["gua-laras@36", "36", "gua-laras@36", "51"],
        ),
        # the dateline alone does not make it the place of what is told
        (
            "{L:AMBON}, KABAR - Banjir melanda {L:Buru Selatan}.\n\n{L:Muara Laras} meluap.",
            "81.71",
            ["81.71", "81.09", "muara-laras~81.71"],
        ),
        (
            "{L:AMBON}, KABAR - Banjir di {L:Ambon}.\n\n{L:Muara Laras} meluap.",
            "81.71",
            ["81.71", "81.71", "muara-laras@81.71"],
        ),
        # a place called after its region, a landmark, a road called after another town
        ("{L:Hotel Laras Makassar}", "33", ["hotel-laras-makassar@73.71"]),
        ("{L:Gedung Laras Sulawesi Selatan}", "33", ["gedung-laras-sulawesi-selatan@73"]),
        ("{L:Bandara Halim Perdanakusuma}", "11", ["bandara-halim-perdanakusuma@31.75"]),
        ("{L:Jalan Makassar}", "33", ["jalan-makassar@33"]),
        ("{L:Makassar Barat} dekat {L:Gowa}", "73.71", ["makassar-barat@73.71", "73.06"]),
        ("{L:Lebak-Makassar}", "36", ["lebak-makassar@36"]),
    ],
)
def test_where_a_place_lies(marked: str, region: str, ids: list[str | None]) -> None:
    assert where(marked, region) == ids


@pytest.mark.parametrize(
    ("marked", "region", "ids"),
    [
        (
            "{L:Kota Bandung}. Asal {L:Cicalengka} {L:Bandung}",
            "32.73",
            ["32.73", "32.04.25", "32.04"],
        ),
        ("{L:Kota Bandung}. Ke {L:Bandung}", "32", ["32.73", "32.73"]),
        # a row of villages, each with its kecamatan: one is called like the regency
        (
            "{L:Desa Puhu} {L:Payangan} dan {L:Desa Suwat} {L:Gianyar}",
            "51.04",
            ["51.04.07.2004", "51.04.07", "51.04.03.2011", "51.04.03"],
        ),
        ("{L:Desa Suwat} {L:Gianyar}", "51.04", ["51.04.03.2011", "51.04"]),
        ("{L:Desa Suwat}, {L:Gianyar}", "51.04", ["51.04.03.2011", "51.04"]),
        # what a village stands behind is none itself
        (
            "{L:Gang Buntu}, {L:Kelurahan Tegal Sari III}",
            "12.71",
            ["gang-buntu@12.71", "12.71.10.1012"],
        ),
        ("{L:Kabupaten Batang Hari}", None, ["15.04"]),
    ],
)
def test_which_region_of_a_name(marked: str, region: str | None, ids: list[str]) -> None:
    assert where(marked, region) == ids


@pytest.mark.parametrize(
    ("short", "name", "so"),
    [
        ("JakLar", "PT Jakarta Laras", True),
        ("Kali Laras", "Tanah Tinggi", False),
        ("Larasxx", "Laras Samudra Jaya", False),
        ("TL", "Samudra Tanah Laras", True),
        ("", "Laras", False),
    ],
)
def test_letters_of_a_name(short: str, name: str, so: bool) -> None:
    assert shortens(short, name) is so


def test_a_misprint_is_the_one_name_it_is_near_to() -> None:
    assert misprints({"larsa": 1, "laras": 2}, ()) == {"larsa": "laras"}
    assert misprints({"larsa": 1, "laras": 1}, ()) == {}
    assert misprints({"larsa": 1, "laras": 1}, {"laras"}) == {"larsa": "laras"}
    assert misprints({"larsa": 1, "laras": 2}, {"larsa"}) == {}
    assert misprints({"larasi": 1, "larasa": 2, "larase": 2}, ()) == {}
    assert misprints({"marasi": 1, "larasi": 2}, ()) == {}


def test_landmarks_lie_in_regions() -> None:
    assert all(code in load().places for code in landmarks().values())


def test_the_whole_tagger_joins_halves_in_any_order() -> None:
    text = (
        "SERANG - Bank Lestari Samudra memberi beasiswa di Kota Serang.\n\n"
        "Direktur PT BPR Bank Lestari Samudra, Ananda Wirawan, mengatakan beasiswa itu rutin."
    )
    result = load_tagger().tag(text, TagContext(region="Kota Serang"))
    ids = {m.entity_id for m in result.mentions if m.label == "ORG" and "Bank" in m.surface}
    assert ids == {"institution:pt-bpr-bank-lestari-samudra"}


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Dewan Keamanan bersidang. PBB meminta gencatan senjata.", "institution:pbb"),
        ("Presiden Suriah menolak laporan PBB.", "institution:pbb"),
        ("Ketua DPC Lebak mendaftarkan caleg. PBB optimistis.", "institution:pbb-partai"),
        ("Caleg pulang dari Suriah. PBB optimistis.", "institution:pbb-partai"),
        ("Partai Bulan Bintang ke Dewan Keamanan. PBB hadir.", "institution:pbb-partai"),
        ("Warga mendukung PBB.", "institution:pbb-partai"),
    ],
)
def test_letters_that_two_bodies_bear_are_told_apart_by_the_text(text: str, entity: str) -> None:
    found = [m.entity_id for m in load_tagger().tag(text).mentions if m.surface == "PBB"]
    assert found == [entity]


def test_who_has_two_whole_names_is_one() -> None:
    text = "Polisi menangkap Suryadi Masudi alias Abu Ridwan Hakim. Suryadi Masudi diam."
    first, second = text.index("Suryadi"), text.index("Abu")
    mentions = [
        Mention(first, first + 14, "Suryadi Masudi", "PER"),
        Mention(second, second + 16, "Abu Ridwan Hakim", "PER"),
    ]
    links = group_persons(mentions, text=text)
    assert links[first].person is links[second].person
    apart = text.replace(" alias ", " dan    ")
    assert len({id(link.person) for link in group_persons(mentions, text=apart).values()}) == 2


def test_a_listed_short_name_is_the_one_the_text_names_with_the_country() -> None:
    linker = InstitutionLinker(None, {})
    linker.expect(["Poltracking Indonesia", "Poltracking"])
    assert linker.link("Poltracking").entity_id == linker.link("Poltracking Indonesia").entity_id


def test_a_nickname_of_the_press_is_the_person_it_means() -> None:
    tags = load_tagger().tag("Kata Ahok di Jakarta. Basuki Tjahaja Purnama tersenyum.")
    found = {m.surface: m.entity_id for m in tags.mentions if m.label == "PER"}
    assert found["Ahok"] == found["Basuki Tjahaja Purnama"] == "person:basuki-tjahaja-purnama"
    mention = Mention(9, 13, "Ipul", "PER")
    assert group_persons([mention], text="kata Gus Ipul lagi")[9].person.name == "Saifullah Yusuf"
    assert group_persons([mention], text="kata Pak Ipul lagi")[9].person.name == "Ipul"
    alone = load_tagger().tag("Menurut Setnov, KPK keliru.")
    assert [m.entity_id for m in alone.mentions if m.surface == "Setnov"] == [
        "person:setya-novanto"
    ]


def test_a_country_is_one_by_its_letters_and_its_name() -> None:
    tags = load_tagger().tag("Presiden AS tiba. Amerika Serikat menyambut tamu dari China.")
    places = {m.surface: m.entity_id for m in tags.mentions if m.label == "LOC"}
    assert places["AS"] == places["Amerika Serikat"]


def test_a_body_bears_the_name_it_has_in_its_region() -> None:
    ref = load().institutions.resolve("Polda Metro Jaya")
    assert ref is not None
    assert ref.name == "Kepolisian Daerah Metro Jaya"
    other = load().institutions.resolve("Polda Banten")
    assert other is not None
    assert other.name == "Kepolisian Daerah Banten"
