"""Every file of the sample corpus: name below ``sample_docs/`` and content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from samples import annual, letters, other, perkin, rpjmd, vision
from samples.layout import Book
from samples.portal import portal_html, theme_html
from samples.scan import scanned
from samples.world import articles, sites

THEME_SITES = ("bawaslu", "polda")

PDFS: dict[str, Callable[[], Book]] = {
    "perkin-gubernur-2022.pdf": lambda: perkin.perkin(2022, date(2022, 1, 31)),
    "perkin-gubernur-2023.pdf": lambda: perkin.perkin(2023, date(2023, 1, 30)),
    "perkin-gubernur-2024.pdf": lambda: perkin.perkin(2024, date(2024, 1, 29)),
    "perkin-gubernur-2025.pdf": lambda: perkin.perkin(2025, date(2025, 3, 10)),
    "perkin-gubernur-2026.pdf": lambda: perkin.perkin(2026, date(2026, 1, 30)),
    "iku-2022-2026.pdf": lambda: perkin.iku(2022, 2026, date(2022, 7, 4), "050/Kep.118-Huk/2022"),
    "iku-2025-2029.pdf": lambda: perkin.iku(2025, 2029, date(2025, 9, 1), "050/Kep.204-Huk/2025"),
    "pergub-17-2023-satu-data-spbe.pdf": letters.regulation,
    "pengadaan-strategis-2024.pdf": letters.procurement,
    "ipkd-2023.pdf": letters.ipkd,
    "pedoman-sakip-2022.pdf": vision.pedoman_sakip,
    "rpjpd-2025-2045.pdf": vision.rpjpd,
    "rpjmd-2025-2029.pdf": rpjmd.rpjmd,
    "rkpd-2024.pdf": lambda: annual.rkpd(
        2024, date(2023, 6, 26), "Peraturan Gubernur Banten Nomor 20 Tahun 2023"
    ),
    "rkpd-2025.pdf": lambda: annual.rkpd(
        2025, date(2024, 6, 28), "Peraturan Gubernur Banten Nomor 14 Tahun 2024"
    ),
    "rkpd-2025-perubahan.pdf": lambda: annual.rkpd(
        2025, date(2025, 7, 21), "Peraturan Gubernur Banten Nomor 22 Tahun 2025", changed=True
    ),
    "lppd-2022.pdf": lambda: annual.lppd(2022, date(2023, 3, 27)),
    "lppd-2023.pdf": lambda: annual.lppd(2023, date(2024, 3, 25)),
    "lppd-2024.pdf": lambda: annual.lppd(2024, date(2025, 3, 24)),
    "lppd-2025.pdf": lambda: annual.lppd(2025, date(2026, 3, 30)),
    "lkpd-2023.pdf": lambda: annual.lkpd(2023, date(2024, 3, 28)),
    "lkpd-2024.pdf": lambda: annual.lkpd(2024, date(2025, 3, 27)),
}


def article_files() -> Iterator[tuple[str, bytes]]:
    """The articles as HTML, in the portal's shape but for two offices with a theme of their own."""
    rows, known = articles(), sites()
    for n, article in enumerate(rows):
        others = [rows[(n + step) % len(rows)] for step in (3, 7, 11, 14, 18, 22, 26, 29)]
        links = [(other.title, other.file_name) for other in others]
        site = known[article.site]
        if article.site in THEME_SITES:
            text = theme_html(article, site)
        else:
            text = portal_html(article, site, links)
        yield f"artikel/{article.file_name}", text.encode("utf-8")


def pdf_files(skip: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """The planning documents; one of them is an image-only scan."""
    for name, make in PDFS.items():
        if name not in skip:
            yield f"dokumen/{name}", make().pdf()
    notice = letters.announcement()
    yield (
        "dokumen/pengumuman-seleksi-jpt-2024-scan.pdf",
        scanned(notice.pdf(), "Scan_20240304", notice.day),
    )


def other_files() -> Iterator[tuple[str, bytes]]:
    """A copied page, a CSV of short items, minutes and notes."""
    titles = [article.title for article in articles()[-10:]]
    yield "lain/halaman-salinan-gerai-pajak-malam.txt", other.copied_page(titles)
    yield "lain/berita-singkat.csv", other.short_items()
    yield "lain/notulen-kinerja-triwulan-2-2025.docx", other.minutes()
    yield "lain/cara-membaca-dokumen-sakip.md", other.notes()


def build() -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file of the corpus."""
    yield from article_files()
    yield from pdf_files()
    yield from other_files()
