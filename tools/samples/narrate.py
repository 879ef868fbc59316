"""Sentences that several plans share: indicator stories, regional paragraphs, sector tables."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

from samples.layout import Book
from samples.world import Indicator, number, read_toml

YEARS = (2026, 2027, 2028, 2029, 2030)


@cache
def sectors() -> tuple[dict[str, Any], ...]:
    return tuple(read_toml("data", "sectors.toml")["sector"])


@cache
def regions() -> tuple[dict[str, Any], ...]:
    return tuple(read_toml("data", "regions.toml")["region"])


def regions_of(sector: dict[str, Any]) -> list[dict[str, Any]]:
    """The kabupaten/kota a sector is about: fisheries leave out those without a coast."""
    return [r for r in regions() if r["name"] not in sector.get("without", ())]


def lower_first(text: str) -> str:
    """``Jumlah desa`` -> ``jumlah desa``; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def spread(key: str, low: float, high: float, decimals: int = 2) -> float:
    """A value between ``low`` and ``high`` that depends on ``key`` alone."""
    share = zlib.crc32(key.encode("utf-8")) % 10_007 / 10_007
    return round(low + share * (high - low), decimals)


def pick(key: str, rows: list[Any] | tuple[Any, ...]) -> Any:
    return rows[zlib.crc32(key.encode("utf-8")) % len(rows)]


def regional_value(sector: dict[str, Any], region: dict[str, Any], year: int) -> float:
    """The sector's measure in one kabupaten/kota in one year."""
    low, high = (float(edge) for edge in sector["scale"])
    if sector["key"] in ("tenagakerja", "sosial", "kesehatan"):
        exact = {"tenagakerja": "jobless", "sosial": "poor", "kesehatan": "stunting"}
        step = {"tenagakerja": 0.72, "sosial": 0.21, "kesehatan": 1.9}[sector["key"]]
        return round(float(region[exact[sector["key"]]]) + step * (2024 - year), 2)
    if "values" in sector:
        value = float(sector["values"][regions().index(region)])
    else:
        value = spread(f"{sector['key']}{region['name']}", low, high)
    drift = (high - low) * 0.02 * (year - 2024)
    return round(max(value + drift, low * 0.8), 2)


def regional_paragraph(sector: dict[str, Any], region: dict[str, Any], year: int) -> str:
    """Two or three sentences on one sector in one kabupaten/kota in one year."""
    key = f"{sector['key']}{region['name']}{year}"
    kec = region["kecamatan"]
    first = zlib.crc32(key.encode()) % len(kec)
    names = {"kec": kec[first], "kec2": kec[(first + 1 + len(key) % 3) % len(kec)]}
    value = number(regional_value(sector, region, year))
    lines = sector["regional"]
    turn = zlib.crc32(key.encode()[::-1]) % 2
    chosen = [lines[0], lines[1 + turn]]
    if zlib.crc32((key + "x").encode()) % 3 == 0:
        chosen = lines
    return " ".join(line.format(region=region["name"], value=value, **names) for line in chosen)


LEADS_MET = (
    "Target {year} terlampaui: {name} mencapai {got} {unit} dari target {target} {unit}.",
    "{name} terealisasi {got} {unit} pada {year}, lebih baik daripada target {target} {unit}.",
    "Pada {year} {name} berada pada angka {got} {unit}; target {target} {unit} terpenuhi.",
)
LEADS_MISSED = (
    "{name} pada {year} terealisasi {got} {unit}, belum mencapai target {target} {unit}.",
    "Target {name} tahun {year} sebesar {target} {unit} tidak tercapai; realisasinya {got} {unit}.",
    "Dengan realisasi {got} {unit}, {name} tahun {year} masih di bawah target {target} {unit}.",
)


def indicator_story(item: Indicator, year: int, *, other: bool = True) -> str:
    """What an annual report says about one indicator in one year."""
    name = item.other if other else item.name
    leads = LEADS_MET if item.met(year) else LEADS_MISSED
    lead = pick(f"{item.key}{year}", leads).format(
        name=name,
        year=year,
        unit=item.unit,
        got=item.show(item.realised_in(year)),
        target=item.show(item.target_in(year)),
    )
    before, got = item.realised_in(year - 1), item.realised_in(year)
    word = "naik" if got > before else "turun"
    change = f"Dibandingkan dengan {year - 1} angka itu {word} dari {item.show(before)}."
    reason = f"{item.reason}."
    tail = f"Penanggung jawab indikator ini adalah {item.agency} Provinsi Banten."
    return f"{lead} {change} {reason} {tail}"


def result_table(book: Book, items: tuple[Indicator, ...], year: int, source: str) -> None:
    """Target against realisation of ``year``, with the responsible agency."""
    book.table(
        f"Target dan Realisasi Indikator Kinerja Tahun {year}",
        [
            "No",
            "Indikator Kinerja",
            "Satuan",
            f"Target {year}",
            f"Realisasi {year}",
            "Capaian (%)",
            "Perangkat Daerah",
        ],
        [
            [
                str(n),
                i.other,
                i.unit,
                i.show(i.target_in(year)),
                i.show(i.realised_in(year)),
                number(i.achievement(year)),
                i.agency,
            ]
            for n, i in enumerate(items, 1)
        ],
        [0.9, 4.4, 1.7, 1.8, 1.8, 1.7, 3.9],
        source=source,
    )


def sector_table(book: Book, sector: dict[str, Any], years: tuple[int, ...]) -> None:
    """The sector's own indicators with yearly targets."""
    rows = []
    for n, (name, unit, decimals, start, step) in enumerate(sector["indicator"], 1):
        targets = [number(start + step * (year - 2024), decimals) for year in years]
        rows.append([str(n), name, unit, number(start, decimals), *targets])
    book.table(
        f"Indikator dan Target Urusan {sector['name']}",
        ["No", "Indikator", "Satuan", "Kondisi Awal 2024", *(f"Target {y}" for y in years)],
        rows,
        [0.9, 4.6, 1.9, 1.8, *([1.6] * len(years))],
        source=f"{sector['agency']} Provinsi Banten",
    )


def budget(sector: dict[str, Any], n: int, year: int) -> float:
    """Indicative budget of the sector's n-th programme in Rp billion."""
    parts = len(sector["programmes"])
    weights = [parts + 1 - k for k in range(1, parts + 1)]
    share = weights[n] / sum(weights)
    pace = spread(sector["key"] + "pagu", 0.025, 0.068, 4)
    return round(float(sector["base"]) * share * (1 + pace * (year - 2025)), 2)


def region_profile(book: Book, region: dict[str, Any], year: int = 2024) -> None:
    """Description and table of one kabupaten/kota."""
    density = region["people"] * 1000 / region["area"]
    book.p(*region["about"])
    book.p(
        f"Pada {year} penduduk {region['name']} berjumlah {number(region['people'], 0)} ribu jiwa "
        f"dengan kepadatan {number(density, 0)} jiwa per kilometer persegi. Ekonominya tumbuh "
        f"{number(region['growth'])} persen, kemiskinan {number(region['poor'])} persen, dan "
        f"pengangguran terbuka {number(region['jobless'])} persen. Pusat pemerintahannya berada di "
        f"{region['capital']}."
    )
    years = (2020, 2021, 2022, 2023, 2024)
    book.table(
        f"Perkembangan Indikator Pembangunan {region['name']}",
        ["Indikator", "Satuan", *(str(y) for y in years)],
        [
            [
                "Indeks Pembangunan Manusia",
                "poin",
                *(number(region["hdi"] - 0.58 * (2024 - y)) for y in years),
            ],
            [
                "Persentase penduduk miskin",
                "persen",
                *(
                    number(region["poor"] + 0.21 * (2024 - y) - (0.2 if y == 2020 else 0))
                    for y in years
                ),
            ],
            [
                "Tingkat pengangguran terbuka",
                "persen",
                *(number(region["jobless"] + 0.72 * (2024 - y)) for y in years),
            ],
            [
                "Prevalensi stunting",
                "persen",
                *(number(region["stunting"] + 1.9 * (2024 - y), 1) for y in years),
            ],
        ],
        [5.2, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8],
        source=f"Bappeda Provinsi Banten, diolah dari data {region['name']}",
    )
