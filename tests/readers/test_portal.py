# ruff: noqa: E501 - markup is kept as pages have it
"""Portal pages in several markups, and their text copied with menus and sidebars."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.readers import ReadOptions, read
from kb.readers.html import read_html
from kb.readers.portal_text import looks_copied, parse_copied

TITLE = "Wakil Gubernur Laras Widuri Tinjau Jembatan Cikeruh"
BODY = [
    "SERANG - Wakil Gubernur Laras Widuri meninjau pembangunan Jembatan Cikeruh yang ditargetkan "
    "rampung akhir tahun ini, Selasa (12/3/2024).",
    "“Pekerjaan sudah mencapai 62 persen. Kami minta kontraktor menjaga mutu,” kata Laras.",
    "Jembatan sepanjang 120 meter itu menghubungkan dua kecamatan dan dibiayai APBD provinsi.",
]
MENU = ["Beranda", "Profil Provinsi", "Informasi Publik", "Berita Update", "Press Release", "SAKIP"]
SIDE = [
    "Sepuluh Desa Terima Bantuan Internet dari Pemerintah Provinsi",
    "Harga Cabai Turun, Operasi Pasar Tetap Berlanjut hingga Akhir Pekan",
]


def _paragraphs(tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in BODY)


def _links(items: list[str]) -> str:
    return "".join(f'<li><a href="#">{item}</a></li>' for item in items)


BANTEN = f"""<!doctype html><html><head><title>{TITLE} - Provinsi Banten</title>
<link rel="canonical" href="https://www.bantenprov.go.id/berita/press-release/tinjau"></head><body>
<div class="navbar"><ul>{_links(MENU)}</ul></div>
<div class="page-title"><h2>{TITLE}</h2></div>
<div class="row"><div class="col-8"><h3>{TITLE}</h3>
<span><i class="fa"></i> 12 Mar 2024</span> <span>1.267 dilihat</span>
<p>Sumber Gambar : Dokumentasi Biro</p><div class="isi">{_paragraphs()}</div>
<h4>Bagikan Artikel</h4><p>Anda dapat menyiarkan ulang, menulis ulang, dan atau menyalin konten ini
dengan mencantumkan sumber bantenprov.go.id</p></div>
<div class="col-4"><h4>Kabar Populer</h4><ul>{_links(SIDE)}</ul><p>Statistik Kunjungan</p></div></div>
<div class="footer">Provinsi Banten © 2023. All Rights Reserved.</div></body></html>"""

WORDPRESS = f"""<!doctype html><html><head><title>{TITLE} | Portal Resmi</title>
<meta property="og:title" content="{TITLE}">
<meta property="og:url" content="https://diskominfo.contohprov.go.id/2024/03/tinjau/">
<meta property="article:published_time" content="2024-03-11T20:30:00+00:00"></head><body>
<header id="masthead"><nav><ul>{_links(MENU)}</ul></nav></header>
<main><article class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta">Oleh Admin | Dibaca: 88 kali</div></header>
<figure><img src="a.jpg"><figcaption>Laras di lokasi. Foto: Humas</figcaption></figure>
<div class="entry-content">{_paragraphs()}<p><strong>Baca juga: <a href="#">{SIDE[0]}</a></strong></p>
</div><div class="sharedaddy share-buttons"><ul>{_links(["Facebook", "Twitter"])}</ul></div></article>
<section class="related-posts"><h3>Berita Terkait</h3><ul>{_links(SIDE)}</ul></section></main>
<aside><h3>Terpopuler</h3><p>{SIDE[0]} {SIDE[1]} dan berita panjang lain yang bukan isi artikel
ini sama sekali karena hanya ringkasan di bilah samping.</p></aside></body></html>"""

BREAKS = f"""<html><head><title>Pemerintah Kabupaten Contoh :: {TITLE}</title></head><body>
<table><tr><td width=20%>{"<br>".join(f"<a href=x>{item}</a>" for item in MENU)}</td>
<td><div id=berita><b><font size=4>{TITLE}</font></b><h1>{TITLE}</h1>
<small>Selasa, 12 Maret 2024 - 09:15:00 WIB | Kategori: Berita | Hits: 302</small><br><br>
{"<br><br>".join(BODY)}<br><br>(hms/lw)<br><br>Komentar</div></td></tr></table>
<div>Hak Cipta 2024 contohkab.go.id</div></body></html>"""

JSON_LD = f"""<html><head><title>{TITLE}</title><script type="application/ld+json">
{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"x"}},{{"@type":"NewsArticle",
"headline":"{TITLE}","datePublished":"2024-03-12T08:00:00+07:00"}}]}}</script>
<link rel="canonical" href="https://banten.bawaslu.go.id/berita/1"></head><body>
<div id="sidebar-left"><ul>{_links(MENU)}</ul></div><section><h1>{TITLE}</h1>{_paragraphs("div")}
<ul class="social-share"><li>Whatsapp</li></ul></section><footer>Hubungi kami</footer></body></html>"""


@pytest.mark.parametrize(
    ("markup", "published", "views"),
    [
        (BANTEN, "12 Mar 2024", 1267),
        (WORDPRESS, "2024-03-11T20:30:00+00:00", 88),
        (BREAKS, "12 Maret 2024", 302),
        (JSON_LD, "2024-03-12T08:00:00+07:00", None),
    ],
    ids=["bantenprov", "wordpress", "breaks", "json-ld"],
)
def test_portal_page_gives_article_only(markup: str, published: str, views: int | None) -> None:
    document = read_html("a.html", markup.encode())
    assert document.format == "portal"
    assert document.title == TITLE
    assert document.published == published
    assert document.views == views
    text = document.pages[0].text
    assert text.split("\n\n")[: len(BODY)] == BODY
    for foreign in [
        *MENU,
        *SIDE,
        "Kabar Populer",
        "dilihat",
        "Bagikan",
        "Sumber Gambar",
        "Hubungi",
    ]:
        assert foreign not in text


def test_picture_source_and_host_are_kept_as_metadata() -> None:
    document = read_html("a.html", BANTEN.encode())
    assert "Dokumentasi Biro" in document.metadata["captions"]
    assert document.address == "https://www.bantenprov.go.id/berita/press-release/tinjau"


def test_other_sites_are_read_by_trafilatura() -> None:
    page = f"""<html><head><title>{TITLE}</title><meta property="og:url"
    content="https://koran.example/a"></head><body><nav>{_links(MENU)}</nav><article><h1>{TITLE}</h1>
    {_paragraphs()}{_paragraphs()}</article></body></html>"""
    document = read_html("a.html", page.encode())
    assert document.format == "html"
    assert BODY[0] in document.pages[0].text
    assert "Beranda" not in document.pages[0].text


def _copied(bullet: str, meta: str, blank: str) -> str:
    menu = blank.join(f"{bullet}{item}" for item in MENU)
    side = "\n".join(f"{bullet}{item}" for item in SIDE)
    body = ("\n\n" if blank != "\n\n\n" else "\n\n\n").join(BODY)
    return (
        f"{menu}\n\n{TITLE}\n\n{TITLE}\n\n{meta}\nSumber Gambar :\n\n{body}\n\nBagikan Artikel\n\n"
        f"Anda dapat menyiarkan ulang konten ini dengan mencantumkan sumber bantenprov.go.id\n\n"
        f"  Facebook   Twitter   Whatsapp\n{bullet}Kabar Populer\n{side}\nStatistik Kunjungan\n"
    )


@pytest.mark.parametrize(
    ("text", "published", "views"),
    [
        (_copied("  • ", " 12 Mar 2024   267 dilihat", "\n"), "12 Mar 2024", 267),
        (_copied("", "12 Agu 2024 | Dibaca 1.024 kali", "\n\n"), "12 Agu 2024", 1024),
        (_copied("* ", "Selasa, 12/03/2024 10:00 WIB\n31 views", "\n"), "12/03/2024", 31),
    ],
)
def test_copied_text_gives_article_only(text: str, published: str, views: int) -> None:
    assert looks_copied(text)
    article = parse_copied(text)
    assert article is not None
    assert article.title == TITLE
    assert article.published == published
    assert article.views == views
    assert article.site == "bantenprov.go.id"
    assert list(article.paragraphs) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(BODY),
        "Judul Berita yang Biasa\n\n" + "\n\n".join(BODY),
        "Catatan rapat\n- anggaran\n- jadwal\nSelesai pada 12 Maret 2024.",
    ],
)
def test_plain_articles_are_not_taken_for_copied_pages(text: str) -> None:
    assert not looks_copied(text)


def test_seed(material: Path) -> None:
    (file,) = (material / "seed").glob("*.txt")
    (document,) = read(file, ReadOptions())
    assert document.format == "portal-text"
    assert document.title.startswith("Kunjungi Bawaslu")
    assert (document.published, document.views) == ("04 Jan 2024", 267)
    paragraphs = document.pages[0].text.split("\n\n")
    assert len(paragraphs) == 10
    assert paragraphs[0].endswith("Kamis (4/1/2024).")
    assert paragraphs[-1].endswith("pungkasnya.")
