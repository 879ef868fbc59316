"""Short papers: an announcement (scanned later), a governor's regulation, procurement, IPKD."""

from __future__ import annotations

from datetime import date

from samples.layout import Book
from samples.world import long_date, number, read_toml


def _letterhead(book: Book, office: str) -> None:
    book.add("centre_b", "PEMERINTAH PROVINSI BANTEN", office.upper())
    book.add(
        "centre",
        "Kawasan Pusat Pemerintahan Provinsi Banten (KP3B), Jl. Syech Nawawi Al-Bantani,<br/>"
        "Kecamatan Curug, Kota Serang, Provinsi Banten",
    )
    book.gap(0.3)


def announcement() -> Book:
    """Pengumuman of a staff selection; the corpus holds it as a scan."""
    text = read_toml("data", "letters.toml")["pengumuman"]
    book = Book(
        title=text["title"],
        header=text["header"],
        day=date(2024, 3, 4),
        author="Badan Kepegawaian Daerah Provinsi Banten",
        subject="Pengumuman (dokumen contoh)",
    )
    book.add("notice", "Dokumen contoh, bukan dokumen resmi.")
    _letterhead(book, "Panitia Seleksi Jabatan Pimpinan Tinggi Pratama")
    book.mark("PENGUMUMAN", f"NOMOR {text['number']}", "TENTANG", *text["about"])
    book.gap()
    book.flat(*text["opening"])
    book.table(
        "Jabatan yang Diseleksi",
        ["No", "Jabatan", "Perangkat Daerah"],
        [[str(n), *row] for n, row in enumerate(text["posts"], 1)],
        [0.9, 7, 8],
    )
    book.mark("A. PERSYARATAN")
    book.items(text["terms"])
    book.mark("B. JADWAL")
    book.table(
        "Jadwal Seleksi",
        ["No", "Tahapan", "Waktu"],
        [[str(n), *row] for n, row in enumerate(text["schedule"], 1)],
        [0.9, 9, 6],
    )
    book.mark("C. TATA CARA PENDAFTARAN")
    book.items(text["steps"])
    book.flat(*text["closing"])
    book.signature(
        "Serang, 4 Maret 2024",
        "Ketua Panitia Seleksi,",
        "Ratna Kusumaningsih",
        "Sekretaris Daerah Provinsi Banten",
    )
    return book


def regulation() -> Book:
    """Peraturan Gubernur Nomor 17 Tahun 2023 with chapters, articles and signatures."""
    text = read_toml("data", "letters.toml")["pergub"]
    book = Book(
        title=text["title"],
        header="Peraturan Gubernur Banten Nomor 17 Tahun 2023",
        day=date(2023, 6, 12),
        author="Biro Hukum Sekretariat Daerah Provinsi Banten",
        subject="Peraturan Gubernur (dokumen contoh)",
        keywords="Pergub, sistem pemerintahan berbasis elektronik, SPBE, satu data",
    )
    book.add(
        "notice", "Dokumen contoh, bukan dokumen resmi. Semua tokoh dan angka di dalamnya rekaan."
    )
    book.gap()
    book.mark("PERATURAN GUBERNUR BANTEN", "NOMOR 17 TAHUN 2023", "TENTANG", text["about"].upper())
    book.gap()
    book.add("centre_b", "DENGAN RAHMAT TUHAN YANG MAHA ESA", "GUBERNUR BANTEN,")
    book.gap()
    book.flat("Menimbang :")
    book.items(text["considering"], marks="a")
    book.flat("Mengingat :")
    book.items(text["recalling"])
    book.add("centre_b", "MEMUTUSKAN:")
    book.flat(f"Menetapkan : PERATURAN GUBERNUR TENTANG {text['about'].upper()}.")
    article = 0
    for chapter in text["chapter"]:
        book.gap(0.2)
        book.mark(f"BAB {chapter['roman']} {chapter['head']}")
        for body in chapter["articles"]:
            article += 1
            book.add("pasal", f"Pasal {article}")
            rows = body if isinstance(body, list) else [body]
            if len(rows) == 1:
                book.flat(rows[0])
            else:
                book.flat(*(f"({n}) {row}" for n, row in enumerate(rows, 1)))
    book.signature(
        "Ditetapkan di Serang<br/>pada tanggal 12 Juni 2023",
        "Pj. GUBERNUR BANTEN,",
        "BAGAS TIRTAMARTA",
    )
    book.gap()
    book.flat(
        "Diundangkan di Serang<br/>pada tanggal 13 Juni 2023<br/>SEKRETARIS DAERAH PROVINSI "
        "BANTEN,<br/><br/>ttd<br/><br/><b>RATNA KUSUMANINGSIH</b>",
        "BERITA DAERAH PROVINSI BANTEN TAHUN 2023 NOMOR 21",
    )
    return book


def procurement(year: int = 2024) -> Book:
    """Pengadaan Barang dan Jasa Strategis: packages, values, state of each."""
    text = read_toml("data", "letters.toml")["pengadaan"]
    day = date(2024, 7, 8)
    book = Book(
        title=f"Daftar Pengadaan Barang dan Jasa Strategis Provinsi Banten Tahun Anggaran {year}",
        header=f"Pengadaan Barang dan Jasa Strategis {year}",
        day=day,
        author="Biro Pengadaan Barang/Jasa Sekretariat Daerah Provinsi Banten",
        subject="Pengadaan barang dan jasa strategis (dokumen contoh)",
    )
    book.cover(
        ["PENGADAAN BARANG DAN JASA STRATEGIS", "PROVINSI BANTEN", f"TAHUN ANGGARAN {year}"],
        "BIRO PENGADAAN BARANG/JASA<br/>SEKRETARIAT DAERAH PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.mark("1. KETENTUAN UMUM")
    book.flat(*text["intro"])
    book.mark("2. DAFTAR PAKET STRATEGIS")
    rows = text["packages"]
    book.table(
        f"Paket Pengadaan Strategis Tahun Anggaran {year}",
        ["No", "Nama Paket", "Perangkat Daerah", "Pagu (Rp)", "Metode", "Status per 30 Juni 2024"],
        [[str(n), r[0], r[1], number(r[2], 0), r[3], r[4]] for n, r in enumerate(rows, 1)]
        + [["", "Jumlah", "", number(sum(r[2] for r in rows), 0), "", ""]],
        [0.9, 4.5, 3.1, 2.6, 2.3, 2.6],
        bold_last=True,
    )
    book.mark("3. URAIAN PAKET")
    for n, r in enumerate(rows, 1):
        book.add("flat", f"<b>Paket {n}. {r[0]}.</b> {r[5]}")
    book.mark("4. PENGAWASAN DAN PENGADUAN")
    book.flat(*text["outro"])
    book.signature(
        f"Serang, {long_date(day)}", "Kepala Biro Pengadaan Barang/Jasa,", "Soleh Adiprakarsa"
    )
    return book


def ipkd() -> Book:
    """Indeks Pengelolaan Keuangan Daerah 2023: six dimensions."""
    text = read_toml("data", "letters.toml")["ipkd"]
    day = date(2024, 8, 19)
    book = Book(
        title="Indeks Pengelolaan Keuangan Daerah (IPKD) Provinsi Banten Tahun 2023",
        header="IPKD Provinsi Banten Tahun 2023",
        day=day,
        author="Bappeda Provinsi Banten",
        subject="IPKD (dokumen contoh)",
    )
    book.cover(
        ["INDEKS PENGELOLAAN KEUANGAN DAERAH", "(IPKD)", "PROVINSI BANTEN TAHUN 2023"],
        "BADAN PERENCANAAN PEMBANGUNAN DAERAH<br/>PROVINSI BANTEN",
        f"Serang, {long_date(day)}",
    )
    book.mark("1. PENGANTAR")
    book.flat(*text["intro"])
    book.mark("2. HASIL PENGUKURAN")
    rows = text["dimensions"]
    book.table(
        "Nilai IPKD Provinsi Banten menurut Dimensi",
        ["No", "Dimensi", "Bobot", "Nilai 2022", "Nilai 2023"],
        [
            [str(n), r[0], number(r[1], 0), number(r[2], 4), number(r[3], 4)]
            for n, r in enumerate(rows, 1)
        ]
        + [
            [
                "",
                "IPKD",
                "100",
                number(sum(r[2] for r in rows), 4),
                number(sum(r[3] for r in rows), 4),
            ]
        ],
        [0.9, 8, 1.6, 2.4, 2.4],
        bold_last=True,
    )
    book.mark("3. PEMBAHASAN MENURUT DIMENSI")
    for n, r in enumerate(rows, 1):
        book.flat(f"<b>Dimensi {n}: {r[0]}.</b> {r[4]}")
    book.flat(*text["outro"])
    book.signature(
        f"Serang, {long_date(day)}", "Kepala Bappeda Provinsi Banten,", "Dimas Aryosembodo"
    )
    return book
