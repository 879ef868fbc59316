# ruff: noqa: E501 - markup is kept as pages have it
"""Article pages in the markups of many sites: the article and nothing of its frame."""

from __future__ import annotations

import json
import re

import pytest

from kb.readers.html import read_html

TITLE = "Pj Sekda Kalbar: Penataan Tepian Sungai Harus Libatkan Warga"
BODY = [
    "PONTIANAK - Penjabat Sekda Kalimantan Barat Harisman Darmaputra menegaskan penataan tepian sungai harus melibatkan warga, Rabu (19/11/2025).",
    "“Jangan sampai warga jadi penonton di halaman rumahnya sendiri,” tegasnya.",
    "Ia menambahkan, anggaran tahap pertama Rp12,7 miliar sudah masuk dalam APBD Perubahan tahun ini.",
    "Kepala Dinas Perumahan Rakyat Kalbar Yulianti Sekar menjelaskan penataan meliputi 2,4 kilometer tepian di Kecamatan Pontianak Timur.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)
TEASERS = "".join(
    f"<div><a href='/b/{n}'><h4>Judul berita lain ke {n} soal pembangunan daerah</h4></a><small>{n} Nov 2025</small>"
    f"<p>Ringkasan singkat berita ke {n} yang hanya dua puluh kata saja dan berakhir dengan titik-titik...</p></div>"
    for n in range(1, 6)
)

PAGES = {
    "table layout with br": f"""<title>Pemkab Grobogan</title><table><tr><td colspan=2><img src=b.jpg></td></tr>
        <tr><td><b>Menu</b><br><a href=#>Home</a><br><a href=#>Profil</a></td><td><font size=4><b>{TITLE}</b></font><br>
        <font size=1>Rabu, 19 November 2025 10:15 WIB - Dibaca : 1.234 kali</font><br><br>{"<br><br>".join(BODY)}<br><br>(humas)<br><br>
        <a>[Kembali]</a></td></tr><tr><td colspan=2>Copyright 2025. Jumlah pengunjung: 882311</td></tr></table>""",
    "bootstrap with icons": f"""<title>Portal Resmi</title><ol class=breadcrumb><li><a>Beranda</a></li></ol><h3>{TITLE}</h3>
        <p><i class=fa-calendar></i> 19-11-2025 <i class=fa-user></i> Admin Prokopim <i class="fa fa-eye"></i> 241</p><div>{PARAGRAPHS}</div>
        <p>#Tepian #Kalbar</p><div class=tags>Tags: <a>sungai</a></div><h4>Berita Populer</h4>{TEASERS}""",
    "blog of a village": f"""<title>Desa Sukamaju: {TITLE}</title><div class=header><h1>Website Resmi Desa Sukamaju</h1></div>
        <div class=date-header>Rabu, 19 November 2025</div><h3 class=post-title>{TITLE}</h3><div class=post-body>
        {"".join(f"<div>{text}</div><div>&nbsp;</div>" for text in BODY)}</div><div>Diposting oleh Perangkat Desa di 08.14</div>""",
    "news desk": f"""<title>{TITLE}</title><script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-11-19T15:00:00+07:00"})}</script>
        <h1>{TITLE}</h1><div>Rahma Lestari - detikKalbar</div><div>Rabu, 19 Nov 2025 15:00 WIB</div>{PARAGRAPHS.replace("</p><p>Ia", "</p><p><strong>Baca juga: <a href=x>Daftar Kampung Tepian Sungai</a></strong></p><p>ADVERTISEMENT</p><p>Ia")}
        <p>(rhl/apl)</p><p>Dapatkan update berita pilihan setiap hari dari kami. Mari bergabung di grup kami.</p><div>Editor : Budi</div><div>TAG: <a>Sungai</a></div>{TEASERS}""",
    "sections with pictures": f"""<title>{TITLE} - Media</title><h1>{TITLE}</h1><div>Penulis: Rina Wati</div><div>Rabu, 19 November 2025 | 14:05 WIB</div>
        <section><p>{BODY[0]}</p><img><p class=wp-caption-text>Suasana tepian (foto: istimewa)</p></section><section><p>{BODY[1]}</p></section>
        <div><h4>BACA JUGA</h4><ul><li><a>Sungai Meluap Lagi, Warga Diminta Waspada</a></li></ul></div><section><p>{BODY[2]}</p><p>{BODY[3]}</p></section>
        <div>Sumber : Rilis Pemprov</div>{TEASERS}""",
    "one element, single br": f"""<title>{TITLE}</title><div class=title>{TITLE}</div><div class=meta>Redaksi, 19 Nov 2025</div>
        <div class=text>{"<br/>".join(BODY)}</div><div>Halaman: 1 2 Next</div>""",
    "drawn in the browser": f"""<title>{TITLE} | Portal</title><div id=__next></div><script id="__NEXT_DATA__" type="application/json">
        {json.dumps({"props": {"pageProps": {"site": {"title": "Portal"}, "post": {"title": TITLE, "content": PARAGRAPHS, "created_at": "2025-11-19T03:00:00Z"}}}})}</script>""",
    "plain text in JSON-LD": f"""<title>{TITLE} | Portal</title><script type="application/ld+json">
        {json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-11-19", "articleBody": chr(10).join(BODY)})}</script>""",
}
VIEWS = {"table layout with br": 1234, "bootstrap with icons": 241}


def _page(markup: str) -> bytes:
    head, _, body = markup.partition("</title>")
    return (
        f"<html><head><meta charset=utf-8>{head}</title></head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize("shape", PAGES)
def test_article_without_its_frame(shape: str) -> None:
    source = read_html("page.html", _page(PAGES[shape]))
    assert source.title == TITLE
    assert [line for line in source.pages[0].text.split("\n") if line] == BODY
    assert source.published is not None
    assert {"19", "2025"} <= set(re.findall(r"\d+", source.published))
    assert source.views == VIEWS.get(shape)


def test_rows_of_data_are_read_as_lines() -> None:
    rows = {"Nama": "Ir. Yulianti Sekar, M.T.", "Pangkat": "Pembina Utama Muda (IV/c)"}
    cells = "".join(
        f"<tr><td>{name}</td><td>:</td><td>{value}</td></tr>" for name, value in rows.items()
    )
    page = f"<title>Profil Kepala Dinas | Disperkim</title><a>Beranda</a><h2>Profil Kepala Dinas</h2><table>{cells}</table>"
    source = read_html("profil.html", _page(page))
    assert source.title == "Profil Kepala Dinas"
    assert source.pages[0].text.split("\n\n") == [
        f"{name} : {value}" for name, value in rows.items()
    ]
