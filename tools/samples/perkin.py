"""Perjanjian Kinerja (yearly) and Indikator Kinerja Utama (for five years)."""

from __future__ import annotations

from datetime import date

from samples.layout import Book
from samples.world import capitals, governor_on, indicators, long_date, number

PERKIN_KEYS = [
    "ipm",
    "lpe",
    "tpt",
    "miskin",
    "gini",
    "stunting",
    "rls",
    "jalan",
    "irb",
    "sakip",
    "investasi",
    "iklh",
    "pad",
    "ikp",
    "ikm",
    "spbe",
]
PROGRAMMES = (
    ("Program Pengelolaan Pendidikan", 1_842.6, "APBD"),
    ("Program Pemenuhan Upaya Kesehatan Perorangan dan Masyarakat", 964.3, "APBD"),
    ("Program Penyelenggaraan Jalan", 1_120.8, "APBD"),
    ("Program Pengelolaan Sumber Daya Air", 286.4, "APBD"),
    ("Program Rehabilitasi Sosial", 148.9, "APBD"),
    ("Program Pelatihan Kerja dan Produktivitas Tenaga Kerja", 96.2, "APBD"),
    ("Program Peningkatan Diversifikasi dan Ketahanan Pangan", 74.5, "APBD"),
    ("Program Pengelolaan Persampahan", 61.7, "APBD"),
    ("Program Penanggulangan Bencana", 83.1, "APBD"),
    ("Program Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah", 42.8, "APBD"),
)
FOCUS = {
    2022: "pemulihan ekonomi setelah pandemi dan penyelesaian janji RPJMD 2017-2022",
    2023: "pemulihan layanan dasar dan kesiapan menghadapi tahun pemilihan umum",
    2024: "penurunan stunting, pemantapan jalan provinsi, dan kelancaran pemilihan serentak",
    2025: "awal pelaksanaan RPJMD 2025-2029 dengan tekanan pada lapangan kerja dan sekolah "
    "menengah",
    2026: "pembukaan sekolah baru di selatan, air minum desa lokus stunting, dan pusat data",
}


def perkin(year: int, day: date) -> Book:
    """Perjanjian Kinerja Gubernur of one year, signed at its start."""
    office, name = governor_on(day)
    book = Book(
        title=f"Perjanjian Kinerja Gubernur Banten Tahun {year}",
        header=f"Perjanjian Kinerja Gubernur Banten Tahun {year}",
        day=day,
        author="Biro Organisasi dan Reformasi Birokrasi Sekretariat Daerah Provinsi Banten",
        subject="Perjanjian Kinerja Gubernur (dokumen contoh)",
        keywords=f"SAKIP, perjanjian kinerja, perkin, {year}",
    )
    book.cover(
        ["PERJANJIAN KINERJA", "GUBERNUR BANTEN", f"TAHUN {year}"],
        "PEMERINTAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.mark(f"PERJANJIAN KINERJA TAHUN {year}", "PEMERINTAH PROVINSI BANTEN")
    book.gap()
    book.flat(
        "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan, dan akuntabel "
        "serta berorientasi pada hasil, yang bertanda tangan di bawah ini:",
        f"Nama : {name}<br/>Jabatan : {office}",
        f"berjanji akan mewujudkan target kinerja tahun {year} yang seharusnya sesuai dengan "
        "lampiran perjanjian ini, dalam rangka mencapai target kinerja jangka menengah "
        "sebagaimana telah ditetapkan dalam dokumen perencanaan.",
        f"Tekanan kinerja tahun {year} adalah {FOCUS[year]}. Keberhasilan dan kegagalan pencapaian "
        "target kinerja tersebut menjadi tanggung jawab kami. Dokumen pendukung disimpan oleh "
        "Badan Perencanaan Pembangunan Daerah (Bappeda) dan dievaluasi Inspektorat setiap "
        "triwulan.",
    )
    book.signature(f"Serang, {long_date(day)}", f"{office},", name)
    book.page_break()
    book.mark(f"LAMPIRAN PERJANJIAN KINERJA TAHUN {year}", "GUBERNUR BANTEN")
    book.gap()
    rows = [i for i in indicators() if i.key in PERKIN_KEYS]
    book.table(
        f"Sasaran, Indikator, dan Target Kinerja Tahun {year}",
        [
            "No",
            "Sasaran Strategis",
            "Indikator Kinerja",
            "Satuan",
            f"Target {year}",
            "Penanggung Jawab",
        ],
        [
            [str(n), i.goal, i.name, i.unit, i.show(i.target_in(year)), i.agency]
            for n, i in enumerate(rows, 1)
        ],
        [0.8, 3.6, 4, 1.6, 1.9, 4.1],
    )
    growth = 1 + 0.06 * (year - 2023)
    amounts = [round(amount * growth, 1) for _, amount, _ in PROGRAMMES]
    book.table(
        f"Program dan Anggaran Tahun {year} (Rp miliar)",
        ["No", "Program", "Anggaran", "Sumber"],
        [
            *(
                [str(n), title, number(amount, 1), fund]
                for n, ((title, _, fund), amount) in enumerate(
                    zip(PROGRAMMES, amounts, strict=True), 1
                )
            ),
            ["", "Jumlah", number(sum(amounts), 1), ""],
        ],
        [0.8, 10, 2.6, 2],
        bold_last=True,
    )
    book.flat(
        f"Target pada lampiran ini diukur dengan rumus dalam keputusan tentang Indikator Kinerja "
        f"Utama. Realisasinya dilaporkan dalam Laporan Penyelenggaraan Pemerintahan Daerah (LPPD) "
        f"Tahun {year}."
    )
    book.signature(f"Serang, {long_date(day)}", f"{office},", name)
    return book


def iku(year: int, last: int, day: date, number_text: str) -> Book:
    """Keputusan Gubernur on the IKU for ``year`` to ``last``."""
    office, name = governor_on(day)
    book = Book(
        title=f"Indikator Kinerja Utama (IKU) Pemerintah Provinsi Banten Tahun {year}-{last}",
        header=f"Indikator Kinerja Utama Pemerintah Provinsi Banten {year}-{last}",
        day=day,
        author="Biro Organisasi dan Reformasi Birokrasi Sekretariat Daerah Provinsi Banten",
        subject="Indikator Kinerja Utama (dokumen contoh)",
        keywords=f"SAKIP, IKU, indikator kinerja utama, {year}-{last}",
    )
    book.cover(
        ["INDIKATOR KINERJA UTAMA (IKU)", "PEMERINTAH PROVINSI BANTEN", f"TAHUN {year}-{last}"],
        "PEMERINTAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.mark(
        "KEPUTUSAN GUBERNUR BANTEN",
        f"NOMOR {number_text}",
        "TENTANG",
        "PENETAPAN INDIKATOR KINERJA UTAMA",
        f"PEMERINTAH PROVINSI BANTEN TAHUN {year}-{last}",
        "GUBERNUR BANTEN,",
    )
    book.gap()
    book.flat(
        "Menimbang : bahwa untuk mengukur keberhasilan pencapaian tujuan dan sasaran strategis "
        "pemerintah daerah perlu ditetapkan Indikator Kinerja Utama;",
        "Mengingat : Peraturan Presiden Nomor 29 Tahun 2014 tentang Sistem Akuntabilitas Kinerja "
        "Instansi Pemerintah;",
    )
    book.add("centre_b", "MEMUTUSKAN:")
    book.flat(
        f"KESATU : Menetapkan Indikator Kinerja Utama Pemerintah Provinsi Banten Tahun "
        f"{year}-{last} "
        "sebagaimana tercantum dalam Lampiran Keputusan ini.",
        "KEDUA : Indikator sebagaimana dimaksud pada Diktum KESATU menjadi acuan penyusunan RKPD, "
        "Perjanjian Kinerja, dan laporan kinerja.",
        "KETIGA : Kepala Bappeda Provinsi Banten mengoordinasikan pengukuran dan Inspektorat "
        "mengevaluasi pencapaian indikator setiap tahun.",
        "KEEMPAT : Keputusan ini berlaku pada tanggal ditetapkan.",
    )
    book.signature(
        f"Ditetapkan di Serang<br/>pada tanggal {long_date(day)}", capitals(office), name.upper()
    )
    book.page_break()
    book.mark("LAMPIRAN", f"KEPUTUSAN GUBERNUR BANTEN NOMOR {number_text}")
    book.gap()
    years = range(year, min(last, year + 4) + 1)
    book.table(
        f"Target Indikator Kinerja Utama Tahun {year}-{last}",
        [
            "No",
            "Indikator Kinerja Utama",
            "Satuan",
            f"Kondisi Awal {year - 1}",
            *(f"Target {y}" for y in years),
        ],
        [
            [
                str(n),
                i.name,
                i.unit,
                i.show(i.realised_in(year - 1)),
                *(i.show(i.target_in(y)) for y in years),
            ]
            for n, i in enumerate(indicators(), 1)
        ],
        [0.9, 4.1, 1.7, 1.6, *([1.55] * len(years))],
    )
    book.page_break()
    book.table(
        "Penjelasan Indikator Kinerja Utama",
        ["No", "Indikator", "Rumus Perhitungan", "Sumber Data", "Penanggung Jawab"],
        [[str(n), i.name, i.formula, i.source, i.agency] for n, i in enumerate(indicators(), 1)],
        [0.8, 3.4, 5, 3, 3.8],
    )
    book.signature("", capitals(office), name.upper())
    return book
