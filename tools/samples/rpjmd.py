"""The RPJMD 2025-2029: the long document of the corpus (over 150 pages)."""

from __future__ import annotations

from datetime import date
from typing import Any

from samples.layout import Book
from samples.narrate import (
    YEARS,
    budget,
    lower_first,
    region_profile,
    regional_paragraph,
    regional_value,
    regions,
    regions_of,
    sector_table,
    sectors,
    spread,
)
from samples.world import indicators, number, read_toml

DAY = date(2025, 8, 20)
PHASES = {
    2026: (
        "penguatan fondasi",
        "melengkapi data, menyelesaikan pekerjaan yang tertunda, dan menyiapkan lahan",
    ),
    2027: ("perluasan layanan", "memperluas layanan dasar ke kecamatan yang belum terjangkau"),
    2028: ("percepatan", "mempercepat pembangunan bersama kabupaten/kota dan dunia usaha"),
    2029: ("pemantapan", "memantapkan mutu dan memastikan tidak ada kecamatan yang tertinggal"),
    2030: ("keberlanjutan", "menjaga hasil dan menyerahkannya ke periode perencanaan berikutnya"),
}
PHASES_CHECK = ("dua tahun berturut-turut", "pada pertengahan periode", "pada tahun berjalan")
LESS_IS_BETTER = ("kesehatan", "perumahan", "sosial", "tenagakerja")
DUTIES = (
    "menjadi penanggung jawab utama",
    "memimpin pelaksanaan dan melaporkan kemajuan setiap triwulan",
    "mengoordinasikan perangkat daerah kabupaten/kota yang membidangi urusan ini",
)


def rpjmd() -> Book:
    """Rencana Pembangunan Jangka Menengah Daerah Provinsi Banten Tahun 2025-2029."""
    text = read_toml("data", "plans.toml")["rpjmd"]
    book = Book(
        title="Rencana Pembangunan Jangka Menengah Daerah (RPJMD) Provinsi Banten Tahun 2025-2029",
        header="RPJMD Provinsi Banten Tahun 2025-2029",
        day=DAY,
        spacious=True,
        author="Bappeda Provinsi Banten",
        subject="RPJMD (dokumen contoh)",
        keywords="RPJMD, 2025-2029, rencana pembangunan, Provinsi Banten",
    )
    book.cover(
        [
            "RENCANA PEMBANGUNAN",
            "JANGKA MENENGAH DAERAH",
            "(RPJMD)",
            "PROVINSI BANTEN",
            "TAHUN 2025-2029",
        ],
        "PEMERINTAH PROVINSI BANTEN",
        "2025",
    )
    book.front("KATA PENGANTAR", text["preface"])
    book.signature("Serang, 20 Agustus 2025", "Gubernur Banten,", "Yudha Pranaraja")
    book.contents()
    _introduction(book, text)
    _overview(book)
    _direction(book, text)
    _programmes(book)
    book.bab("V", "PENUTUP")
    book.h1("5.1 Kaidah Pelaksanaan")
    book.p(*text["rules"])
    book.h1("5.2 Pengendalian dan Evaluasi")
    book.p(*text["control"])
    book.signature("Serang, 20 Agustus 2025", "GUBERNUR BANTEN,", "YUDHA PRANARAJA")
    return book


def _introduction(book: Book, text: dict[str, list[str]]) -> None:
    book.bab("I", "PENDAHULUAN")
    book.h1("1.1 Latar Belakang")
    book.p(*text["background"])
    book.h1("1.2 Dasar Hukum Penyusunan")
    book.items(text["laws"])
    book.h1("1.3 Hubungan Antardokumen")
    book.p(*text["relations"])
    book.h1("1.4 Maksud dan Tujuan")
    book.p(*text["purpose"])
    book.h1("1.5 Sistematika Penulisan")
    book.p(*text["order"])


def _overview(book: Book) -> None:
    book.bab("II", "GAMBARAN UMUM DAERAH")
    book.h1("2.1 Aspek Geografi dan Demografi")
    book.p(
        "Provinsi Banten terletak di ujung barat Pulau Jawa, terdiri atas empat kabupaten dan "
        "empat "
        "kota dengan 155 kecamatan. Uraian berikut menyajikan keadaan setiap kabupaten/kota."
    )
    for n, region in enumerate(regions(), 1):
        book.h2(f"2.1.{n} {region['name']}")
        region_profile(book, region)
    book.page_break()
    book.h1("2.2 Aspek Kesejahteraan dan Daya Saing")
    for n, item in enumerate(indicators(), 1):
        book.h2(f"2.2.{n} {item.name}")
        first, last = item.realised[0], item.realised_in(2024)
        word = "naik" if last > first else "turun"
        state = "melampaui" if item.met(2024) else "belum mencapai"
        book.p(
            f"Dalam lima tahun {item.name} {word} dari {item.show(first)} {item.unit} pada 2020 "
            f"menjadi "
            f"{item.show(last)} {item.unit} pada 2024, {state} target "
            f"{item.show(item.target_in(2024))} "
            f"{item.unit}. {item.reason}. Data dikumpulkan {item.agency} Provinsi Banten."
        )
        years = range(2021, 2025)
        book.table(
            f"Target dan Realisasi {item.name} 2021-2024",
            ["Uraian", "Satuan", *(str(y) for y in years)],
            [
                ["Target", item.unit, *(item.show(item.target_in(y)) for y in years)],
                ["Realisasi", item.unit, *(item.show(item.realised_in(y)) for y in years)],
            ],
            [3.5, 2.6, 2.4, 2.4, 2.4, 2.4],
            source=f"{item.agency} Provinsi Banten",
        )
    book.page_break()
    book.h1("2.3 Aspek Pelayanan Umum")
    for n, sector in enumerate(sectors(), 1):
        if n > 1:
            book.page_break()
        book.h2(f"2.3.{n} Urusan {sector['name']}")
        book.p(*sector["context"])
        for region in regions_of(sector):
            book.p(regional_paragraph(sector, region, 2024))
        book.table(
            f"{sector['measure']} menurut Kabupaten/Kota",
            ["No", "Kabupaten/Kota", "2022", "2023", "2024"],
            [
                [
                    str(k),
                    region["name"],
                    *(number(regional_value(sector, region, y)) for y in (2022, 2023, 2024)),
                ]
                for k, region in enumerate(regions_of(sector), 1)
            ],
            [0.9, 6, 2.6, 2.6, 2.6],
            source=f"{sector['agency']} Provinsi Banten",
        )
    book.h1("2.4 Permasalahan dan Isu Strategis")
    for n, sector in enumerate(sectors(), 1):
        book.h2(f"2.4.{n} Permasalahan Urusan {sector['name']}")
        book.p(
            f"Permasalahan pokok urusan {sector['name'].lower()} pada akhir 2024 adalah sebagai "
            f"berikut."
        )
        book.items([issue[0].upper() + issue[1:] + "." for issue in sector["issues"]], marks="a")
        worst = sorted(regions_of(sector), key=lambda r: regional_value(sector, r, 2024))
        book.p(
            f"Perbedaan antarwilayah terlihat dari jarak nilai {worst[0]['name']} "
            f"({number(regional_value(sector, worst[0], 2024))}) dan {worst[-1]['name']} "
            f"({number(regional_value(sector, worst[-1], 2024))}). Tanpa perubahan cara kerja, "
            f"{sector['issues'][0]} akan tetap menjadi beban sampai akhir periode."
        )


def _direction(book: Book, text: dict[str, list[str]]) -> None:
    book.bab("III", "VISI, MISI, TUJUAN, DAN STRATEGI")
    book.h1("3.1 Visi dan Misi")
    book.p(*text["vision"])
    book.items(text["missions"])
    book.h1("3.2 Tujuan, Sasaran, dan Indikator")
    book.table(
        "Indikator Kinerja Utama dan Target 2025-2030",
        [
            "No",
            "Indikator Kinerja Utama",
            "Satuan",
            "Kondisi Awal 2024",
            *(f"Target {y}" for y in range(2025, 2031)),
        ],
        [
            [
                str(n),
                i.name,
                i.unit,
                i.show(i.realised_in(2024)),
                *(i.show(i.target_in(y)) for y in range(2025, 2031)),
            ]
            for n, i in enumerate(indicators(), 1)
        ],
        [0.9, 3.9, 1.5, 1.5, *([1.42] * 6)],
        source="Bappeda Provinsi Banten",
    )
    book.h1("3.3 Strategi dan Arah Kebijakan")
    for n, sector in enumerate(sectors(), 1):
        book.h2(f"3.3.{n} Strategi Urusan {sector['name']}")
        book.p(
            f"Untuk menjawab masalah bahwa {sector['issues'][0]}, {sector['agency']} Provinsi "
            f"Banten "
            f"{DUTIES[n % 3]} dengan strategi berikut."
        )
        book.items([row[0].upper() + row[1:] + "." for row in sector["strategies"]])
        for k, (year, (phase, what)) in enumerate(PHASES.items()):
            focus = sector["strategies"][k % len(sector["strategies"])]
            places = regions_of(sector)
            place = places[(n * 3 + k * 5) % len(places)]
            kec = place["kecamatan"][(n + k) % len(place["kecamatan"])]
            book.p(
                f"Tahun {year} merupakan tahap {phase}: {what}. Pada urusan "
                f"{sector['name'].lower()} "
                f"tahap ini diisi dengan {focus}, dimulai dari Kecamatan {kec}, {place['name']}."
            )
    book.page_break()
    book.h1("3.4 Arah Kebijakan Kewilayahan")
    for n, region in enumerate(regions(), 1):
        book.h2(f"3.4.{n} {region['name']}")
        book.p(_territory(region))
        for k, (year, (phase, _)) in enumerate(PHASES.items()):
            book.p(_territory_year(region, year, phase, n + k * 3))
    book.h1("3.5 Program Prioritas Gubernur")
    book.items(text["priorities"])


def _territory(region: dict[str, Any]) -> str:
    ranked = sorted(_rows(region), key=lambda s: _standing(s, region))
    weak, strong = ranked[:3], ranked[-2:]
    return (
        f"{region['name']} paling tertinggal, dibandingkan dengan wilayah lain, pada urusan "
        f"{weak[0]['name'].lower()}, {weak[1]['name'].lower()}, dan {weak[2]['name'].lower()}; "
        f"keunggulannya terletak pada urusan {strong[0]['name'].lower()} dan "
        f"{strong[1]['name'].lower()}. Indeks pembangunan manusianya {number(region['hdi'])} dan "
        f"prevalensi stunting {number(region['stunting'], 1)} persen pada 2024 menjadi titik tolak "
        f"pembagian bantuan keuangan provinsi kepada {region['name']}."
    )


def _rows(region: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in sectors() if region["name"] not in s.get("without", ())]


def _standing(sector: dict[str, Any], region: dict[str, Any]) -> float:
    low, high = (float(edge) for edge in sector["scale"])
    share = (regional_value(sector, region, 2024) - low) / (high - low)
    return 1 - share if sector["key"] in LESS_IS_BETTER else share


def _territory_year(region: dict[str, Any], year: int, phase: str, turn: int) -> str:
    rows = _rows(region)
    first, second = rows[(turn * 5) % len(rows)], rows[(turn * 7 + 4) % len(rows)]
    kec = region["kecamatan"]
    a, b = kec[turn % len(kec)], kec[(turn + 2) % len(kec)]
    share = budget(first, 0, year) * region["people"] / 12323
    return (
        f"Tahun {year} ({phase}): di Kecamatan {a} dilaksanakan upaya "
        f"{first['strategies'][turn % 3]} "
        f"dengan perkiraan biaya Rp{number(share)} miliar melalui {first['programmes'][0]}, "
        f"sedangkan "
        f"{second['agency']} bekerja di Kecamatan {b} dengan "
        f"{second['strategies'][(turn + 1) % 3]}. "
        f"Keberhasilannya diukur dari {lower_first(first['indicator'][0][0])} dan "
        f"{lower_first(second['indicator'][-1][0])}."
    )


def _programmes(book: Book) -> None:
    book.bab("IV", "PROGRAM PERANGKAT DAERAH DAN KINERJA PENYELENGGARAAN PEMERINTAHAN")
    book.h1("4.1 Program dan Pagu Indikatif")
    book.p(
        "Pagu indikatif disajikan dalam miliar rupiah dan disesuaikan dengan kemampuan keuangan "
        "setiap tahun."
    )
    for n, sector in enumerate(sectors(), 1):
        if n > 1:
            book.page_break()
        book.h2(f"4.1.{n} Urusan {sector['name']}")
        rows = [
            [str(k + 1), name, *(number(budget(sector, k, y)) for y in YEARS)]
            for k, name in enumerate(sector["programmes"])
        ]
        totals = [
            sum(budget(sector, k, y) for k in range(len(sector["programmes"]))) for y in YEARS
        ]
        book.table(
            f"Program dan Pagu Indikatif Urusan {sector['name']} (Rp miliar)",
            ["No", "Program", *(str(y) for y in YEARS)],
            [*rows, ["", "Jumlah", *(number(value) for value in totals)]],
            [0.9, 6, 1.8, 1.8, 1.8, 1.8, 1.8],
            source=f"{sector['agency']} Provinsi Banten",
            bold_last=True,
        )
        sector_table(book, sector, YEARS)
        growth = (totals[-1] / totals[0] - 1) * 100
        book.p(
            f"Pagu urusan {sector['name'].lower()} naik {number(growth, 1)} persen selama "
            f"2026-2030, dari "
            f"Rp{number(totals[0])} miliar menjadi Rp{number(totals[-1])} miliar. Kenaikan itu "
            f"dikaitkan "
            f"dengan indikator {lower_first(sector['indicator'][0][0])}; apabila target dua "
            f"tahun berturut-turut "
            f"tidak tercapai, pagu ditinjau ulang oleh Bappeda bersama {sector['agency']}."
        )
        book.p(*_programme_story(sector))
    _performance(book)


def _programme_story(sector: dict[str, Any]) -> list[str]:
    """One paragraph a programme: what it does, where it starts, how much in 2026 and 2030."""
    out = []
    for k, name in enumerate(sector["programmes"]):
        places = regions_of(sector)
        region = places[(len(name) + k) % len(places)]
        kec = region["kecamatan"][(len(name) * 3 + k) % len(region["kecamatan"])]
        out.append(
            f"{name} dipakai untuk {sector['strategies'][k % len(sector['strategies'])]}. Lokasi "
            f"pertama "
            f"ialah Kecamatan {kec}, {region['name']}, dengan pagu "
            f"Rp{number(budget(sector, k, 2026))} "
            f"miliar pada 2026 dan Rp{number(budget(sector, k, 2030))} miliar pada 2030. Program "
            f"ini "
            f"menjawab masalah bahwa {sector['issues'][k % len(sector['issues'])]}."
        )
    return out


def _performance(book: Book) -> None:
    book.page_break()
    book.h1("4.2 Kinerja Penyelenggaraan Pemerintahan")
    book.p(
        "Bagian ini menyajikan setiap Indikator Kinerja Utama: cara menghitung, sumber data, "
        "target "
        "tahunan, dan pembagian target akhir periode kepada kabupaten/kota."
    )
    years = range(2025, 2031)
    for n, item in enumerate(indicators(), 1):
        if n > 1:
            book.page_break()
        book.h2(f"4.2.{n} {item.name}")
        formula, data = item.formula, item.source
        book.p(
            f"{item.name} dihitung dengan cara: {formula[0].lower()}{formula[1:]}. Sumber "
            f"datanya {data}. "
            f"Indikator ini menjadi tanggung jawab {item.agency} Provinsi Banten."
        )
        book.table(
            f"Target {item.name} Tahun 2025-2030",
            ["Satuan", "Kondisi Awal 2024", *(f"Target {y}" for y in years)],
            [
                [
                    item.unit,
                    item.show(item.realised_in(2024)),
                    *(item.show(item.target_in(y)) for y in years),
                ]
            ],
            [2.6, 2.2, *([1.9] * 6)],
            source="Bappeda Provinsi Banten",
        )
        start, end = item.realised_in(2024), item.target_in(2030)
        word = "menurunkan" if item.better == "down" else "menaikkan"
        book.p(
            f"Target akhir periode adalah {word} {item.name} dari {item.show(start)} menjadi "
            f"{item.show(end)} {item.unit}. {item.reason}. Apabila target {PHASES_CHECK[n % 3]} "
            f"tidak "
            f"tercapai, Gubernur meminta penjelasan tertulis {item.agency} dan mengumumkan "
            f"rencana perbaikannya."
        )
        rows = []
        for k, region in enumerate(regions(), 1):
            factor = spread(f"{item.key}{region['name']}", 0.86, 1.12, 4)
            rows.append(
                [
                    str(k),
                    region["name"],
                    *(item.show(v * factor) for v in (start, item.target_in(2027), end)),
                ]
            )
        book.table(
            f"Pembagian Target {item.name} menurut Kabupaten/Kota ({item.unit})",
            ["No", "Kabupaten/Kota", "Perkiraan 2024", "Sasaran 2027", "Sasaran 2030"],
            rows,
            [0.9, 6, 2.8, 2.8, 2.8],
            source="Perhitungan Bappeda Provinsi Banten",
        )
