"""RPJPD 2025-2045 (the long view) and the Pedoman SAKIP (the rules of accountability)."""

from __future__ import annotations

from datetime import date

from samples.layout import Book
from samples.narrate import regions, sectors
from samples.world import capitals, governor_on, indicators, long_date, number, read_toml

STAGES = (
    (2029, "Penguatan Fondasi"),
    (2034, "Percepatan"),
    (2039, "Perluasan"),
    (2045, "Perwujudan"),
)
CEILING = {
    "ipm": 84.6,
    "lpe": 6.8,
    "tpt": 3.2,
    "miskin": 0.9,
    "gini": 0.298,
    "stunting": 4.5,
    "ahh": 76.8,
    "hls": 15.1,
    "rls": 12.4,
    "jalan": 99.5,
    "iklh": 81.5,
    "investasi": 410.0,
    "irb": 97.0,
    "ikp": 92.0,
    "irbi": 84.0,
    "pad": 26400.0,
}


def rpjpd() -> Book:
    """Rencana Pembangunan Jangka Panjang Daerah Provinsi Banten Tahun 2025-2045."""
    text = read_toml("data", "vision.toml")["rpjpd"]
    day = date(2024, 8, 12)
    office, name = governor_on(day)
    book = Book(
        title="Rencana Pembangunan Jangka Panjang Daerah (RPJPD) Provinsi Banten Tahun 2025-2045",
        header="RPJPD Provinsi Banten Tahun 2025-2045",
        day=day,
        author="Bappeda Provinsi Banten",
        subject="RPJPD (dokumen contoh)",
        spacious=True,
        keywords="RPJPD, 2025-2045, visi 2045",
    )
    book.cover(
        [
            "RENCANA PEMBANGUNAN",
            "JANGKA PANJANG DAERAH",
            "(RPJPD)",
            "PROVINSI BANTEN",
            "TAHUN 2025-2045",
        ],
        "PEMERINTAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.front("KATA PENGANTAR", text["preface"])
    book.signature(f"Serang, {long_date(day)}", f"{office},", name)
    book.contents()
    for roman, head, key in (
        ("I", "PENDAHULUAN", "introduction"),
        ("II", "GAMBARAN UMUM DAERAH", "overview"),
        ("III", "PERMASALAHAN DAN ISU STRATEGIS", "issues"),
    ):
        book.bab(roman, head)
        for n, (title, *paragraphs) in enumerate(text[key], 1):
            book.h1(f"{n_of(roman)}.{n} {title}")
            book.p(*paragraphs)
        if roman == "II":
            book.h1("2.4 Keadaan Kabupaten/Kota")
            for k, region in enumerate(regions(), 1):
                book.h2(f"2.4.{k} {region['name']}")
                book.p(region["about"][k % 3], text["regions"][k - 1])
        if roman == "III":
            book.h1("3.3 Ringkasan Masalah Menurut Urusan")
            book.table(
                "Masalah Pokok Menurut Urusan",
                ["No", "Urusan", "Masalah Pokok"],
                [
                    [str(k), s["name"], s["issues"][0][0].upper() + s["issues"][0][1:]]
                    for k, s in enumerate(sectors(), 1)
                ],
                [0.9, 5.5, 9.6],
            )
    book.bab("IV", "VISI DAN MISI DAERAH TAHUN 2045")
    book.p(*text["vision"])
    book.items(text["missions"])
    book.h1("4.1 Sasaran Pokok")
    chosen = [i for i in indicators() if i.key in CEILING]
    rows = []
    for n, i in enumerate(chosen, 1):
        start, end = i.target_in(2029), CEILING[i.key]
        later = [start + (end - start) * share for share in (0.0, 0.3, 0.65, 1.0)]
        steps = [i.target_in(2025), *later]
        rows.append([str(n), i.name, i.unit, *(i.show(value) for value in steps)])
    book.table(
        "Sasaran Pokok RPJPD Tahun 2025-2045",
        [
            "No",
            "Indikator",
            "Satuan",
            "Target 2025",
            "Target 2029",
            "Target 2034",
            "Target 2039",
            "Target 2045",
        ],
        rows,
        [0.9, 4.6, 1.8, *([1.75] * 5)],
        source="Bappeda Provinsi Banten",
    )
    book.bab("V", "ARAH KEBIJAKAN DAN TAHAPAN")
    for n, ((year, stage), paragraphs) in enumerate(zip(STAGES, text["stages"], strict=True), 1):
        begin = STAGES[n - 2][0] + 1 if n > 1 else 2025
        book.h1(f"5.{n} Tahap {n}: {stage} ({begin}-{year})")
        book.p(*paragraphs)
    book.bab("VI", "PENUTUP")
    book.p(*text["closing"])
    book.signature(f"Serang, {long_date(day)}", capitals(office), name.upper())
    return book


def n_of(roman: str) -> int:
    return {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}[roman]


def pedoman_sakip() -> Book:
    """Pedoman Penyelenggaraan SAKIP, 2022."""
    text = read_toml("data", "vision.toml")["sakip"]
    day = date(2022, 10, 3)
    office, name = governor_on(day)
    title = "Pedoman Penyelenggaraan Sistem Akuntabilitas Kinerja Instansi Pemerintah (SAKIP)"
    book = Book(
        title=f"{title} di Lingkungan Pemerintah Provinsi Banten",
        header="Pedoman SAKIP Pemerintah Provinsi Banten",
        day=day,
        author="Biro Organisasi dan Reformasi Birokrasi Sekretariat Daerah Provinsi Banten",
        subject="Pedoman SAKIP (dokumen contoh)",
        spacious=True,
        keywords="SAKIP, pedoman, akuntabilitas kinerja, pohon kinerja",
    )
    book.cover(
        [
            "PEDOMAN",
            "SISTEM AKUNTABILITAS KINERJA",
            "INSTANSI PEMERINTAH (SAKIP)",
            "PROVINSI BANTEN",
        ],
        "PEMERINTAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.front("KATA PENGANTAR", text["preface"])
    book.contents()
    for chapter in text["chapter"]:
        book.bab(chapter["roman"], chapter["head"])
        for n, (head, *paragraphs) in enumerate(chapter["parts"], 1):
            book.h1(f"{n_of(chapter['roman'])}.{n} {head}")
            book.p(*paragraphs)
        if "items" in chapter:
            book.items(chapter["items"])
        if "table" in chapter:
            head, *rows = chapter["table"]
            book.table(chapter["caption"], head, rows, chapter["widths"])
    last = indicators()[11]
    book.p(
        f"Nilai SAKIP Pemerintah Provinsi Banten pada 2021 sebesar "
        f"{last.show(last.realised_in(2021))} dan "
        f"ditargetkan {last.show(last.target_in(2026))} pada 2026, atau naik "
        f"{number(last.target_in(2026) - last.realised_in(2021))} poin."
    )
    book.signature(
        f"Ditetapkan di Serang<br/>pada tanggal {long_date(day)}", capitals(office), name.upper()
    )
    return book
