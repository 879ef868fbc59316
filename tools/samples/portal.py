"""Puts an article into the HTML shape of the provincial portal's release pages.

The chrome around the body (menu, date and views, share bar, sidebar, statistics,
footer) is what readers must leave out; its words are our own except for the
labels that make up the shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

NOTICE = "Naskah contoh, bukan dokumen resmi. Semua tokoh dan angka di dalamnya rekaan."
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]

MENU: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Profil Provinsi", ("Sejarah Banten", "Geografi", "Demografi", "Arti Lambang", "Kebudayaan")),
    (
        "Profil Pemerintah",
        (
            "Profil Pimpinan dan Pegawai",
            "Visi dan Misi Provinsi Banten",
            "Struktur Organisasi",
            "Organisasi Perangkat Daerah (OPD)",
            "Laporan Harta Kekayaan Pejabat Negara (LHKPN)",
        ),
    ),
    (
        "Informasi Publik",
        (
            "Informasi Publik",
            "Daftar Informasi Publik",
            "Permohonan Informasi",
            "Keberatan Informasi Publik",
            "Standar Pengumuman Informasi",
        ),
    ),
    ("Berita Update", ("Press Release", "Gallery Video", "Artikel")),
    ("Pengumuman", ()),
    ("IPKD", ("2023", "2024")),
    (
        "SAKIP",
        (
            "Pedoman SAKIP",
            "RPJPD",
            "RPJMD",
            "RKPD",
            "LPPD",
            "LKPD",
            "PERKIN GUBERNUR",
            "Indikator Kinerja Utama (IKU)",
            "Pengadaan Barang dan Jasa Strategis",
        ),
    ),
)
REGIONS = (
    "Kota Tangerang",
    "Kota Tangerang Selatan",
    "Kota Serang",
    "Kab. Pandeglang",
    "Kota Cilegon",
    "Kab. Lebak",
    "Kab. Tangerang",
    "Kab. Serang",
)
POPULAR = ("Press Release", "Struktur Organisasi", "Gallery Video", "Kebudayaan")


@dataclass(frozen=True, slots=True)
class Site:
    """The office that publishes: name, host (reserved for examples) and address."""

    name: str
    host: str
    address: str
    hours: str = "Senin - Jumat 9.00 - 17.00"


@dataclass(frozen=True, slots=True)
class Article:
    slug: str
    title: str
    date: date
    views: int
    site: str
    kind: str
    body: str
    caption: str = ""
    source: str = ""

    @property
    def printed_date(self) -> str:
        """The date as the portal prints it: ``04 Jan 2024``."""
        return f"{self.date.day:02d} {MONTHS[self.date.month - 1]} {self.date.year}"

    @property
    def file_name(self) -> str:
        return f"{self.date.isoformat()}-{self.slug}.html"

    def address(self, site: Site) -> str:
        return f"https://{site.host}/berita/{self.kind}/{self.slug}"

    def paragraphs(self) -> list[str]:
        """The body's blocks; a block of lines that start with ``- `` or ``1. `` is a list."""
        return [block.strip() for block in self.body.strip().split("\n\n") if block.strip()]


def article_text(article: Article) -> str:
    """The article as running text, paragraphs separated by blank lines, notice last."""
    return "\n\n".join([*(" ".join(p.split("\n")) for p in article.paragraphs()), NOTICE])


def _menu() -> list[str]:
    lines = ['<ul class="navbar-nav main-menu" id="menu-utama">']
    for head, items in MENU:
        if not items:
            lines.append(
                f'<li class="nav-item"><a class="nav-link" href="#">{escape(head)}</a></li>'
            )
            continue
        lines.append('<li class="nav-item dropdown">')
        lines.append(f'<a class="nav-link dropdown-toggle" href="#">{escape(head)}</a>')
        lines.append('<ul class="dropdown-menu">')
        lines += [
            f'<li><a class="dropdown-item" href="#">{escape(item)}</a></li>' for item in items
        ]
        lines.append("</ul></li>")
    lines.append("</ul>")
    return lines


def _block(text: str) -> str:
    rows = text.split("\n")
    if all(re.match(r"(- |\d+\. )", row) for row in rows):
        tag = "ul" if rows[0].startswith("- ") else "ol"
        items = "".join(
            f"<li>{escape(re.sub(r'^(- |[0-9]+[.] )', '', r), False)}</li>" for r in rows
        )
        return f"<{tag}>{items}</{tag}>"
    return f'<p style="text-align:justify">{escape(" ".join(rows), False)}</p>'


def portal_html(article: Article, site: Site, others: Sequence[tuple[str, str]]) -> str:
    """One page; ``others`` are (title, file name) pairs for the sidebar."""
    title = escape(article.title)
    address = article.address(site)
    kind = "Press Release" if article.kind == "press-release" else "Artikel"
    first = escape(" ".join(article.paragraphs()[0].split())[:155])
    initials = "".join(word[0] for word in site.name.split()[:2])
    out = [
        "<!DOCTYPE html>",
        '<html lang="id">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title} | {escape(site.name)}</title>",
        f'<meta name="description" content="{first}">',
        '<meta name="robots" content="noindex">',
        f'<meta property="og:title" content="{title}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(site.name)}">',
        f'<meta property="og:url" content="{address}">',
        f'<link rel="canonical" href="{address}">',
        "<style>body{font-family:sans-serif;max-width:70rem;margin:auto;color:#222}"
        ".navbar-nav,.list-unstyled{list-style:none;padding:0}.dropdown-menu{display:none}"
        ".main-menu>li{display:inline-block;margin-right:1rem}.row{display:flex;gap:2rem}"
        ".col-lg-8{flex:2}.col-lg-4{flex:1}</style>",
        "</head>",
        '<body class="single-post">',
        '<header class="header-area"><div class="container"><div class="navbar-brand">',
        f'<a href="/" title="{escape(site.name)}"><span class="logo">{escape(initials)}</span></a>',
        '</div><nav class="navbar navbar-expand-lg">',
        *_menu(),
        "</nav></div></header>",
        '<section class="breadcrumb-area"><div class="container">',
        f'<h2 class="page-title">{title}</h2>',
        "</div></section>",
        '<main class="blog-details-area"><div class="container"><div class="row">',
        '<div class="col-lg-8 col-md-12"><div class="blog-details-desc">',
        f'<div class="article-content"><h1 class="entry-title">{title}</h1>',
        '<div class="entry-meta"><ul class="list-unstyled">',
        f'<li><i class="bx bx-calendar"></i> {article.printed_date}</li>',
        f'<li><i class="bx bx-show"></i> {article.views} dilihat</li>',
        "</ul></div>",
        '<div class="article-image"><img src="data:," alt="">'
        f"<small>Sumber Gambar : {escape(article.source)}</small>",
    ]
    if article.caption:
        out.append(f'<p class="caption"><em>{escape(article.caption, False)}</em></p>')
    out += [
        "</div>",
        f'<div class="entry-content" data-kategori="{kind}">',
        *(_block(block) for block in article.paragraphs()),
        f'<p class="catatan"><em>{NOTICE}</em></p>',
        "</div></div>",
        '<div class="article-footer"><div class="article-share"><h3>Bagikan Artikel</h3>',
        f"<p>Isi halaman contoh ini boleh dikutip dengan menyebut sumbernya, {site.host}.</p>",
        '<ul class="social"><li><a href="#"><i class="bx bxl-facebook"></i> Facebook</a></li>'
        '<li><a href="#"><i class="bx bxl-twitter"></i> Twitter</a></li>'
        '<li><a href="#"><i class="bx bxl-whatsapp"></i> Whatsapp</a></li></ul>',
        "</div></div></div></div>",
        '<div class="col-lg-4 col-md-12"><aside class="widget-area"><section class="widget">',
        '<ul class="nav nav-tabs"><li class="active"><a href="#populer">Kabar Populer</a></li>'
        '<li><a href="#terkini">Kabar Terkini</a></li></ul>',
        '<div class="tab-content"><div id="populer"><ul class="list-unstyled">',
    ]
    half = (len(others) + 1) // 2
    links = [f'<li class="item"><a href="{name}">{escape(text)}</a></li>' for text, name in others]
    out += links[:half]
    out += ['</ul></div><div id="terkini"><ul class="list-unstyled">', *links[half:]]
    out += [
        "</ul></div></div></section></aside></div></div></div></main>",
        '<section class="statistik"><div class="container"><h3>Statistik Kunjungan</h3>',
        "<ul><li>Pengunjung Hari ini: <span>Loading...</span></li>"
        "<li>Pengunjung Kemarin: <span>Loading...</span></li>"
        "<li>Pengunjung Bulan ini: <span>Loading...</span></li>"
        "<li>Total Hits: <span>Loading...</span></li></ul></div></section>",
        '<footer class="footer-area"><div class="container"><div class="row">',
        '<div class="single-footer-widget"><h3>Kabupaten/Kota</h3><ul>',
        *(f'<li><a href="#">{region}</a></li>' for region in REGIONS),
        '</ul></div><div class="single-footer-widget"><h3>Popular Links</h3><ul>',
        *(f'<li><a href="#">{item}</a></li>' for item in POPULAR),
        '</ul></div><div class="single-footer-widget"><h3>Hubungi Kami</h3><ul>',
        f"<li><span>Alamat:</span> {escape(site.address)}</li>",
        f"<li>admin@{site.host}</li><li>{site.hours}</li></ul></div></div>",
        f'<div class="copyright-area"><p>{escape(site.name)} &copy; {article.date.year}. '
        "Dokumen contoh.</p></div>",
        "</div></footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(out) + "\n"


def theme_html(article: Article, site: Site) -> str:
    """The same article as a common blog theme prints it: not the portal's shape."""
    title, address = escape(article.title), article.address(site)
    iso = article.date.isoformat()
    out = [
        "<!DOCTYPE html>",
        '<html lang="id-ID"><head><meta charset="UTF-8">',
        f"<title>{title} - {escape(site.name)}</title>",
        f'<link rel="canonical" href="{address}">',
        f'<meta property="article:published_time" content="{iso}T09:00:00+07:00">',
        f'<meta property="og:site_name" content="{escape(site.name)}">',
        f'<meta property="og:title" content="{title}">',
        '</head><body class="post-template-default single">',
        '<div id="page" class="site"><header class="site-header"><p class="site-title">'
        f'<a href="/">{escape(site.name)}</a></p>',
        '<nav class="main-navigation"><ul><li><a href="/">Beranda</a></li>'
        '<li><a href="/profil">Profil</a></li><li><a href="/berita">Berita</a></li>'
        '<li><a href="/ppid">PPID</a></li><li><a '
        'href="/kontak">Kontak</a></li></ul></nav></header>',
        '<main id="main" class="site-main"><article class="post type-post">',
        f'<header class="entry-header"><h1 class="entry-title">{title}</h1>',
        f'<div class="entry-meta"><time class="entry-date published" datetime="{iso}">'
        f'{article.printed_date}</time> <span class="byline">oleh Humas</span></div></header>',
        '<div class="entry-content">',
    ]
    if article.caption:
        out.append(f"<figure><figcaption>{escape(article.caption, False)}</figcaption></figure>")
    out += [
        *(_block(block) for block in article.paragraphs()),
        f"<p><em>{NOTICE}</em></p>",
        "</div>",
        '<footer class="entry-footer"><span class="cat-links"><a '
        'href="#">Berita</a></span></footer>',
        '</article><nav class="post-navigation"><a href="#" rel="prev">Sebelumnya</a> '
        '<a href="#" rel="next">Berikutnya</a></nav></main>',
        '<aside id="secondary" class="widget-area"><section class="widget widget_search">'
        '<h2>Pencarian</h2></section><section class="widget"><h2>Arsip</h2><ul>'
        "<li>Januari</li><li>Februari</li><li>Maret</li></ul></section></aside>",
        f'<footer class="site-footer"><p>{escape(site.address)}</p>'
        f"<p>&copy; {article.date.year} {escape(site.name)}. Dokumen contoh.</p></footer>",
        "</div></body></html>",
    ]
    return "\n".join(out) + "\n"
