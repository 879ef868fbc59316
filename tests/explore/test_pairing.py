"""What may stand beside a figure: one test for each kind of near miss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.catalog.reading.claims import ClaimKey
from kb.catalog.reading.indicators import IndicatorNumber
from kb.describe.indicator_names import indicator_norm
from kb.explore.pairing import candidates, measured, pairs
from kb.explore.units import printed_unit

SAID = ClaimKey(
    id=1, document_id=1, subject="Stunting", value_text="14,2 persen", number=14.2,
    unit="persen", kind="reached", period="2024", year=2024, period_origin="stated",
    region_code="36.02", date="2025-03-12", text="",
)  # fmt: skip
PRINTED = IndicatorNumber(
    id=1, document_id=2, page=1, name="Prevalensi Stunting", norm="", unit="%",
    kind="realisation", year=2024, value=14.2, value_text="14,2", agency=None,
    table_position=None, row=None, quarter=None, title="LKjIP", doc_type=None, date=None,
    stage=None, institution=None, region="Kabupaten Lebak", page_label=None,
)  # fmt: skip


def beside(claim: ClaimKey, number: IndicatorNumber, sentence: str = "") -> list[str]:
    full = replace(number, norm=indicator_norm(number.name, number.region))
    return [pair.agreement for pair in pairs(replace(claim, text=sentence), [full])]


def test_a_year_told_from_the_sentence_before_accuses_nobody() -> None:
    carried = replace(SAID, period_origin="carried")
    assert beside(carried, PRINTED) == ["same"]
    assert beside(carried, replace(PRINTED, value=14.9, value_text="14,9")) == []


def test_one_figure_in_other_words() -> None:
    assert beside(SAID, PRINTED) == ["same"]
    assert beside(SAID, replace(PRINTED, value=14.9, value_text="14,9")) == ["differs"]


@pytest.mark.parametrize(
    "number",
    [
        replace(PRINTED, name="Prevalensi Wasting"),
        replace(PRINTED, kind="target"),
        replace(PRINTED, region="Kota Serang"),
        replace(PRINTED, name="Jumlah Balita Stunting", unit="orang"),
        replace(PRINTED, value=None),
    ],
)
def test_near_misses_stand_apart(number: IndicatorNumber) -> None:
    assert beside(SAID, number) == []


def test_another_year_is_shown_as_such() -> None:
    assert beside(SAID, replace(PRINTED, year=2023)) == ["other_year"]
    assert beside(replace(SAID, period=None, year=None), PRINTED) == ["year_unsaid"]


def test_changes_and_figures_of_no_region_stand_alone() -> None:
    assert beside(replace(SAID, kind="change"), PRINTED) == []
    assert beside(replace(SAID, region_code=None), PRINTED) == []


def test_a_share_of_the_target_is_not_the_value() -> None:
    claim = replace(SAID, subject="PAD", value_text="96 persen", number=96.0)
    number = replace(PRINTED, name="Persentase PAD", value=96.0)
    assert beside(claim, number, "PAD sudah 96 persen dari target.") == []
    assert beside(claim, number, "PAD sudah 96 persen.") == ["same"]


def test_what_is_done_to_things_makes_another_quantity() -> None:
    claim = replace(SAID, subject="UMKM", value_text="120", number=120.0, unit="unit")
    there = replace(PRINTED, name="Jumlah UMKM", unit="unit", value=4500.0, value_text="4.500")
    helped = replace(there, name="Jumlah UMKM yang difasilitasi", value=120.0, value_text="120")
    assert beside(claim, there, "Dinas telah memfasilitasi 120 UMKM.") == []
    assert beside(claim, helped, "Dinas telah memfasilitasi 120 UMKM.") == ["same"]
    assert beside(claim, there, "Kabupaten itu memiliki 120 UMKM.") == ["differs"]


def test_a_bound_that_holds_differs_from_nothing() -> None:
    claim = replace(SAID, value_text="27 persen", number=27.0)
    number = replace(PRINTED, value=27.7, value_text="27,7")
    assert beside(claim, number, "Stunting masih di atas 27 persen.") == ["within"]
    assert beside(claim, number, "Stunting di bawah 27 persen.") == ["differs"]
    assert beside(claim, replace(number, value=26.1), "Stunting di atas 27 persen.") == ["differs"]


def test_a_share_of_what_was_planned_is_none_of_all_money() -> None:
    claim = replace(SAID, subject="Belanja modal", value_text="88 persen", number=88.0)
    share = replace(PRINTED, name="Persentase belanja modal", value=28.4, value_text="28,4")
    spent = replace(PRINTED, name="Persentase realisasi belanja modal", value=88.0)
    sentence = "Belanja modal 2024 terserap 88 persen."
    assert beside(claim, share, sentence) == []
    assert beside(claim, spent, sentence) == ["same"]


def test_thousands_left_out_in_print_accuse_nobody() -> None:
    claim = replace(
        SAID, subject="PAD", value_text="Rp 187,4 miliar", number=187.4e9, unit="rupiah"
    )
    number = replace(
        PRINTED, name="Pendapatan Asli Daerah", unit="Rp (000)", value=187_412_650.0,
        value_text="187.412.650",
    )  # fmt: skip
    assert beside(claim, number) == ["same"]


def test_months_of_a_yearly_survey_are_its_year() -> None:
    poor = replace(SAID, subject="Kemiskinan", period="2024-03")
    number = replace(PRINTED, name="Persentase Penduduk Miskin")
    assert beside(poor, number) == ["same"]
    assert beside(replace(poor, period="2024-07"), number) == ["other_year"]
    inflation = replace(SAID, subject="Inflasi", period="2024-12")
    assert beside(inflation, replace(PRINTED, name="Tingkat Inflasi")) == ["other_year"]


def test_quarters_stand_beside_quarters() -> None:
    claim = replace(SAID, period="2024-Q3")
    assert beside(claim, PRINTED) == ["other_year"]
    assert beside(claim, replace(PRINTED, quarter=3)) == ["same"]
    assert beside(replace(SAID, period="2024-H1"), replace(PRINTED, quarter=2)) == ["same"]


def test_scales_and_the_coarser_precision() -> None:
    claim = replace(SAID, subject="PAD", value_text="Rp 1,2 triliun", number=1.2e12, unit="rupiah")
    number = replace(
        PRINTED, name="Pendapatan Asli Daerah", unit="Miliar Rupiah", value=1198.3,
        value_text="1.198,3",
    )  # fmt: skip
    assert beside(claim, number) == ["same"]
    assert beside(claim, replace(number, value=1120.0, value_text="1.120")) == ["differs"]
    assert beside(replace(SAID, value_text="14,23 persen", number=14.23), PRINTED) == ["same"]


def test_handled_things_are_not_those_there_are() -> None:
    claim = replace(
        SAID, subject="rumah tidak layak huni", value_text="487", number=487.0, unit="unit"
    )
    there = replace(PRINTED, name="Jumlah RTLH", unit="unit", value=487.0, value_text="487")
    handled = replace(there, name="Jumlah RTLH yang ditangani")
    sentence = "Kami merehab 487 rumah tidak layak huni."
    assert beside(claim, there, sentence) == []
    assert beside(claim, handled, sentence) == ["same"]
    assert beside(claim, there, "Masih ada 487 rumah tidak layak huni.") == ["same"]


@pytest.mark.parametrize(
    ("printed", "unit", "factor"),
    [
        ("Rp (Juta)", "rupiah", 1e6), ("Ribu Jiwa", "orang", 1e3), ("%", "persen", 1.0),
        ("Pelaku Usaha", "orang", 1.0), ("indeks", "", 1.0), ("meter", "km", 0.001),
        ("per 100.000 KH", "per 100.000 kelahiran hidup", 1.0),
    ],
)  # fmt: skip
def test_printed_units(printed: str, unit: str, factor: float) -> None:
    assert printed_unit(printed) == (unit, factor)


def test_candidates_are_found_by_other_names_too() -> None:
    by_word = {"lepas": ["x"], "silpa": ["silpa"], "pembiayaan": ["lebih pembiayaan sisa"]}
    found = candidates(measured("Silpa", "rupiah"), by_word)
    assert "lebih pembiayaan sisa" in found
    assert "x" not in found


BURNT = replace(
    SAID, subject="Luas sawah gagal panen", value_text="6.120 ha", number=6120.0, unit="hektare"
)
IN_OTHER_WORDS = replace(
    PRINTED, name="Luas sawah yang gagal panen akibat kekeringan", unit="ha", value=6120.0,
    value_text="6120",
)  # fmt: skip


def test_a_name_in_other_words_stands_there_where_the_number_is_equal() -> None:
    assert beside(BURNT, IN_OTHER_WORDS) == ["same"]
    assert beside(BURNT, replace(IN_OTHER_WORDS, value=6121.0, value_text="6121")) == []


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        (BURNT, replace(IN_OTHER_WORDS, name="Luas tanam jagung")),  # nothing in common
        (BURNT, replace(IN_OTHER_WORDS, region="Kota Serang")),
        (BURNT, replace(IN_OTHER_WORDS, year=2023)),
        (  # round numbers are equal by chance
            replace(BURNT, value_text="6.000 ha", number=6000.0),
            replace(IN_OTHER_WORDS, value=6000.0, value_text="6000"),
        ),
        (  # one more word makes another quantity
            replace(SAID, subject="Kemiskinan"),
            replace(PRINTED, name="Kemiskinan Ekstrem"),
        ),
    ],
)
def test_equal_numbers_of_other_things_stand_apart(
    claim: ClaimKey, number: IndicatorNumber
) -> None:
    assert "same" not in beside(claim, number)


@pytest.mark.parametrize(
    ("said", "printed", "unit"),
    [
        ("harapan lama sekolah (HLS)", "Rata-rata Lama Sekolah (RLS)", "tahun"),
        ("angka putus sekolah SMP", "Angka Partisipasi Murni (APM) SMP/MTS", "persen"),
        ("indeks pencemaran air", "Indeks Pencemaran Udara", "indeks"),
        ("anggaran Kecamatan Purworejo", "Anggaran Kecamatan Gadingrejo", "rupiah"),
    ],
)
def test_names_that_each_have_a_word_of_their_own_are_two_things(
    said: str, printed: str, unit: str
) -> None:
    claim = replace(SAID, subject=said, unit=unit, value_text="75,03", number=75.03)
    number = replace(PRINTED, name=printed, unit=unit, value=75.03, value_text="75,03")
    assert beside(claim, number) == []


def test_where_the_own_name_is_printed_of_another_year_none_like_it_is_meant() -> None:
    own = replace(IN_OTHER_WORDS, name="Luas sawah gagal panen", year=2023)
    both = [
        replace(n, id=at, norm=indicator_norm(n.name, n.region))
        for at, n in enumerate((own, IN_OTHER_WORDS))
    ]
    found = pairs(replace(BURNT, text=""), both)
    assert [(pair.number.id, pair.agreement) for pair in found] == [(0, "other_year")]


def test_of_other_years_the_nearest_to_a_claim_of_no_year_comes_first() -> None:
    said = replace(SAID, period=None, year=None)
    years = [
        replace(PRINTED, year=year, norm=indicator_norm(PRINTED.name, PRINTED.region))
        for year in (2021, 2024, 2026, 2030)
    ]
    assert [pair.number.year for pair in pairs(said, years)] == [2024, 2026, 2021, 2030]


def test_the_own_name_comes_before_one_like_it() -> None:
    own = replace(IN_OTHER_WORDS, name="Luas sawah gagal panen", value=7000.0, value_text="7000")
    both = [
        replace(n, id=at, norm=indicator_norm(n.name, n.region))
        for at, n in enumerate((own, IN_OTHER_WORDS))
    ]
    found = pairs(replace(BURNT, text=""), both)
    assert [(pair.number.id, pair.agreement) for pair in found] == [(0, "differs")]


def test_of_two_names_like_it_none_is_shown() -> None:
    names = (
        "Luas sawah yang gagal panen akibat kekeringan",
        "Luas sawah gagal panen karena wereng",
    )
    both = [
        replace(IN_OTHER_WORDS, id=at, name=name, norm=indicator_norm(name, "Kabupaten Lebak"))
        for at, name in enumerate(names)
    ]
    assert pairs(replace(BURNT, text=""), both) == ()


def test_a_rate_counts_nothing() -> None:
    deaths = replace(
        SAID, subject="angka kematian ibu", value_text="17 kasus", number=17.0, unit="kasus"
    )
    rate = replace(PRINTED, name="Angka Kematian Ibu", unit="per 100.000 KH", value=104.0)
    assert beside(deaths, rate) == []
    assert beside(deaths, replace(rate, unit="kasus", value=17.0, value_text="17")) == ["same"]


def test_urban_poverty_is_not_the_citys() -> None:
    urban = replace(SAID, subject="kemiskinan perkotaan", region_code="36.73")
    city = replace(PRINTED, name="Persentase Kemiskinan", region="Kota Serang")
    assert beside(urban, city) == []
    assert beside(replace(urban, subject="kemiskinan"), city) == ["same"]


def test_what_is_printed_with_its_abbreviation() -> None:
    said = replace(SAID, subject="layanan ibu hamil K6", value_text="71,3 persen", number=71.3)
    number = replace(
        PRINTED, name="Persentase ibu yang mendapat layanan antenatal (K6)", value=71.3,
        value_text="71,3",
    )  # fmt: skip
    assert beside(said, number) == ["same"]
