"""Yearly documents: RKPD (plan), LPPD (report to the minister), LKPD (accounts)."""

from __future__ import annotations

from datetime import date

from samples.layout import Book
from samples.narrate import (
    budget,
    indicator_story,
    regional_paragraph,
    regions_of,
    result_table,
    sectors,
    spread,
)
from samples.world import capitals, governor_on, indicators, long_date, number, read_toml


def rkpd(year: int, day: date, rule: str, *, changed: bool = False) -> Book:
    """Rencana Kerja Pemerintah Daerah of one year, or its change in the middle of the year."""
    text = read_toml("data", "annual.toml")["rkpd"][f"{year}p" if changed else str(year)]
    office, name = governor_on(day)
    kind = (
        "Perubahan Rencana Kerja Pemerintah Daerah"
        if changed
        else "Rencana Kerja Pemerintah Daerah"
    )
    short = "Perubahan RKPD" if changed else "RKPD"
    book = Book(
        title=f"{kind} ({short}) Provinsi Banten Tahun {year}",
        header=f"{short} Provinsi Banten Tahun {year}",
        day=day,
        author="Bappeda Provinsi Banten",
        subject="RKPD (dokumen contoh)",
        keywords=f"RKPD, {year}, rencana kerja pemerintah daerah"
        + (", perubahan" if changed else ""),
    )
    head = ["PERUBAHAN"] if changed else []
    book.cover(
        [*head, "RENCANA KERJA", "PEMERINTAH DAERAH (RKPD)", "PROVINSI BANTEN", f"TAHUN {year}"],
        "PEMERINTAH PROVINSI BANTEN",
        f"{rule}<br/>Serang, {long_date(day)}",
    )
    book.front("KATA PENGANTAR", text["preface"])
    book.contents()
    book.bab("I", "PENDAHULUAN")
    book.h1("1.1 Latar Belakang")
    book.p(*text["background"])
    book.h1("1.2 Tema Pembangunan")
    book.p(f'Tema pembangunan Provinsi Banten Tahun {year} adalah "{text["theme"]}".')
    book.items(text["priorities"])
    book.bab("II", "EVALUASI HASIL RKPD TAHUN LALU")
    last = year - 1 if changed else year - 2
    book.h1(f"2.1 Capaian Indikator Tahun {last}")
    missed = [i for i in indicators() if not i.met(last)]
    book.p(
        f"Dari {len(indicators())} indikator, {len(indicators()) - len(missed)} indikator "
        f"memenuhi target "
        f"tahun {last}. Indikator yang belum terpenuhi adalah "
        + ", ".join(i.other for i in missed[:-1])
        + (f", dan {missed[-1].other}." if len(missed) > 1 else f"{missed[-1].other}.")
    )
    result_table(book, indicators(), last, f"LPPD Provinsi Banten Tahun {last}")
    book.h1("2.2 Masalah yang Harus Diselesaikan")
    for item in missed:
        book.p(
            f"{item.other} terealisasi {item.show(item.realised_in(last))} {item.unit}, "
            f"sedangkan targetnya "
            f"{item.show(item.target_in(last))} {item.unit}. {item.reason}. Pekerjaan rumah ini "
            f"menjadi tugas {item.agency} pada {year}."
        )
    book.bab("III", "KERANGKA EKONOMI DAN KEUANGAN DAERAH")
    book.p(*text["economy"])
    book.table(
        f"Proyeksi Keuangan Daerah Tahun {year} (Rp miliar)",
        ["No", "Uraian", f"Proyeksi {year}"],
        [[str(n), row[0], number(row[1])] for n, row in enumerate(text["money"], 1)],
        [0.9, 10, 4],
        source="TAPD Provinsi Banten",
    )
    book.bab("IV", "SASARAN DAN PRIORITAS PEMBANGUNAN")
    revised: dict[str, float] = text.get("targets", {})
    book.h1(f"4.1 Target Kinerja Tahun {year}")
    book.table(
        f"Target Indikator Kinerja Daerah Tahun {year}",
        [
            "No",
            "Indikator Kinerja",
            "Satuan",
            f"Target {year - 1}",
            f"Target {year}",
            "Perangkat Daerah",
        ],
        [
            [
                str(n),
                i.other,
                i.unit,
                i.show(i.target_in(year - 1)),
                i.show(revised.get(i.key, i.target_in(year))),
                i.agency,
            ]
            for n, i in enumerate(indicators(), 1)
        ],
        [0.9, 5, 1.8, 1.9, 1.9, 4.5],
        source=f"{rule}",
    )
    book.h1("4.2 Rencana Kerja Menurut Urusan")
    chosen = [s for s in sectors() if s["key"] in text["sectors"]]
    for n, sector in enumerate(chosen, 1):
        book.h2(f"4.2.{n} Urusan {sector['name']}")
        book.p(
            f"Pada {year} {sector['agency']} Provinsi Banten mendahulukan "
            f"{sector['strategies'][(n + year) % len(sector['strategies'])]} karena "
            f"{sector['issues'][(n + year) % len(sector['issues'])]}."
        )
        places = regions_of(sector)
        for k in range(3):
            book.p(regional_paragraph(sector, places[(n + k * 2 + year) % len(places)], year - 2))
        rows = [
            [str(k + 1), title, number(budget(sector, k, year)), sector["agency"]]
            for k, title in enumerate(sector["programmes"])
        ]
        book.table(
            f"Program Urusan {sector['name']} Tahun {year} (Rp miliar)",
            ["No", "Program", f"Pagu {year}", "Perangkat Daerah"],
            rows,
            [0.9, 8, 2.4, 4.7],
        )
    book.bab("V", "PENUTUP")
    book.p(*text["closing"])
    book.signature(f"Serang, {long_date(day)}", capitals(office), name.upper())
    return book


def lppd(year: int, day: date) -> Book:
    """Laporan Penyelenggaraan Pemerintahan Daerah: what became of the year's targets."""
    text = read_toml("data", "annual.toml")["lppd"][str(year)]
    office, name = governor_on(day)
    book = Book(
        title=f"Laporan Penyelenggaraan Pemerintahan Daerah (LPPD) Provinsi Banten Tahun {year}",
        header=f"LPPD Provinsi Banten Tahun {year}",
        day=day,
        author="Biro Pemerintahan Sekretariat Daerah Provinsi Banten",
        subject="LPPD (dokumen contoh)",
        spacious=True,
        keywords=f"LPPD, {year}, laporan penyelenggaraan pemerintahan daerah",
    )
    book.cover(
        [
            "LAPORAN PENYELENGGARAAN",
            "PEMERINTAHAN DAERAH (LPPD)",
            "PROVINSI BANTEN",
            f"TAHUN {year}",
        ],
        "PEMERINTAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.front("KATA PENGANTAR", text["preface"])
    book.contents()
    book.bab("I", "PENDAHULUAN")
    book.h1("1.1 Gambaran Pemerintahan")
    book.p(*text["government"])
    book.h1("1.2 Perencanaan dan Anggaran")
    book.p(*text["planning"])
    book.bab("II", "CAPAIAN KINERJA PENYELENGGARAAN PEMERINTAHAN DAERAH")
    book.h1("2.1 Capaian Kinerja Makro dan Indikator Kinerja Utama")
    met = [i for i in indicators() if i.met(year)]
    book.p(
        f"Dari {len(indicators())} indikator dalam Perjanjian Kinerja dan RKPD Tahun {year}, "
        f"{len(met)} indikator memenuhi target dan {len(indicators()) - len(met)} indikator belum."
    )
    result_table(book, indicators(), year, "Bappeda Provinsi Banten, data perangkat daerah")
    book.h1("2.2 Uraian Capaian per Indikator")
    for n, item in enumerate(indicators(), 1):
        book.h2(f"2.2.{n} {item.other}")
        book.p(indicator_story(item, year))
    book.h1("2.3 Capaian Menurut Urusan")
    for n, sector in enumerate(sectors(), 1):
        if n % 2 == year % 2:
            continue
        book.h2(f"Urusan {sector['name']}")
        book.p(
            f"{sector['agency']} Provinsi Banten melaksanakan {sector['programmes'][0]} dan pada "
            f"{year} "
            f"menekankan upaya {sector['strategies'][(year + n) % len(sector['strategies'])]}. "
            f"Hambatan "
            f"yang dilaporkan: {sector['issues'][(year + n + 1) % len(sector['issues'])]}."
        )
        places = regions_of(sector)
        book.p(regional_paragraph(sector, places[(n + year) % len(places)], year))
    book.bab("III", "PENUTUP")
    book.p(*text["closing"])
    book.signature(f"Serang, {long_date(day)}", capitals(office), name.upper())
    return book


def lkpd(year: int, day: date) -> Book:
    """Laporan Keuangan Pemerintah Daerah: realised revenue and spending, with notes."""
    text = read_toml("data", "annual.toml")["lkpd"][str(year)]
    office, name = governor_on(day)
    book = Book(
        title=f"Laporan Keuangan Pemerintah Daerah (LKPD) Provinsi Banten Tahun Anggaran {year}",
        header=f"LKPD Provinsi Banten Tahun Anggaran {year}",
        day=day,
        author="BPKAD Provinsi Banten",
        subject="LKPD (dokumen contoh)",
        keywords=f"LKPD, {year}, laporan keuangan, realisasi anggaran",
    )
    book.cover(
        [
            "LAPORAN KEUANGAN",
            "PEMERINTAH DAERAH (LKPD)",
            "PROVINSI BANTEN",
            f"TAHUN ANGGARAN {year}",
        ],
        "BADAN PENGELOLAAN KEUANGAN DAN ASET DAERAH<br/>PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.front("PERNYATAAN TANGGUNG JAWAB", text["statement"])
    book.signature(f"Serang, {long_date(day)}", f"{office},", name)
    book.contents()
    book.bab("I", "LAPORAN REALISASI ANGGARAN")
    rows = [
        [r[0], r[1], _rupiah(r[2]), _rupiah(r[3]), number(r[3] / r[2] * 100)]
        for r in text["accounts"]
    ]
    book.table(
        f"Laporan Realisasi Anggaran Tahun {year} (rupiah)",
        ["Kode", "Uraian", f"Anggaran {year}", f"Realisasi {year}", "Persen"],
        rows,
        [1.5, 5.2, 3.7, 3.7, 1.6],
        source="BPKAD Provinsi Banten",
    )
    book.p(*text["result"])
    book.bab("II", "NERACA")
    book.table(
        f"Neraca per 31 Desember {year} dan {year - 1} (rupiah)",
        ["Uraian", f"31 Desember {year}", f"31 Desember {year - 1}"],
        [[r[0], _rupiah(r[1]), _rupiah(r[2])] for r in text["balance"]],
        [7, 4.5, 4.5],
        source="BPKAD Provinsi Banten",
    )
    book.bab("III", "CATATAN ATAS LAPORAN KEUANGAN")
    for n, (head, *paragraphs) in enumerate(text["notes"], 1):
        book.h1(f"3.{n} {head}")
        book.p(*paragraphs)
    book.h1(f"3.{len(text['notes']) + 1} Belanja Menurut Urusan")
    spent = spending_by_sector(year)
    book.table(
        f"Anggaran dan Realisasi Belanja Menurut Urusan Tahun {year} (Rp miliar)",
        ["No", "Urusan", "Anggaran", "Realisasi", "Persen"],
        [
            [str(n), title, number(a), number(b), number(b / a * 100)]
            for n, (title, a, b) in enumerate(spent, 1)
        ],
        [0.9, 7.5, 2.7, 2.7, 2],
        source="BPKAD Provinsi Banten",
    )
    for sector, (_, planned, got) in zip(sectors(), spent, strict=True):
        rate = got / planned * 100
        cause = sector["issues"][(year + 1) % len(sector["issues"])]
        verb = "terserap baik" if rate >= 92 else "tidak terserap seluruhnya"
        book.p(
            f"Belanja urusan {sector['name'].lower()} {verb}: Rp{number(got)} miliar dari "
            f"Rp{number(planned)} miliar atau {number(rate)} persen. Catatan {sector['agency']}: "
            f"{cause}."
        )
    book.bab("IV", "KINERJA KEUANGAN DAN INDIKATOR TERKAIT")
    keys = ("pad", "investasi", "sakip", "miskin", "jalan", "stunting")
    chosen = tuple(i for i in indicators() if i.key in keys)
    book.p(
        "Bagian ini memadankan belanja dengan hasil. Angkanya sama dengan Laporan Penyelenggaraan "
        f"Pemerintahan Daerah (LPPD) Tahun {year}."
    )
    result_table(book, chosen, year, f"LPPD Provinsi Banten Tahun {year}")
    for item in chosen:
        book.p(indicator_story(item, year))
    return book


def spending_by_sector(year: int) -> list[tuple[str, float, float]]:
    rows = []
    for sector in sectors():
        planned = sum(budget(sector, k, year) for k in range(len(sector["programmes"])))
        rate = spread(f"{sector['key']}serap{year}", 0.86, 0.985, 4)
        rows.append((sector["name"], planned, planned * rate))
    return rows


def _rupiah(million: float) -> str:
    """Millions of rupiah as full rupiah: ``8.104.370.000.000,00``."""
    return number(round(million * 1_000_000), 2)
