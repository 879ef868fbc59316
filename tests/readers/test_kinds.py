# ruff: noqa: E501 - markup is kept as pages have it
"""Pages and tables as strangers' sites and offices make them, kinds that were once misread."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.describe import describe
from kb.model import SourceDocument
from kb.readers import ReadOptions, read
from kb.readers.html import read_html
from kb.readers.sniff import mended

PROSE = [
    "LEBAK - Bupati Lebak Surya Permana meninjau pembangunan jembatan gantung di Desa Sukamaju, Kecamatan Cijaku, bersama camat.",
    "Jembatan sepanjang 90 meter itu dibangun dengan anggaran daerah dan ditargetkan selesai akhir tahun ini.",
    "“Jembatan ini harus selesai sebelum musim hujan,” kata Surya Permana.",
]
BODY = "".join(f"<p>{text}</p>" for text in PROSE)
TITLE = "Jembatan Gantung Dikebut"


def page(inside: str, title: str = TITLE) -> SourceDocument:
    markup = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><nav>"
        f'<a href="/">Beranda</a> <a href="/b">Berita</a></nav>{inside}<footer>Diskominfo</footer></body></html>'
    )
    return read_html("a.html", markup.encode())


@pytest.mark.parametrize(
    "frame",
    [
        '<aside class="content-wrap"><h1>{}</h1>{}</aside>',
        '<form id="aspnetForm"><div><h1>{}</h1>{}</div></form>',
        '<div class="layout has-sidebar"><div class="related-layout"><h1>{}</h1>{}</div></div>',
    ],
)
def test_what_holds_the_article_is_no_frame(frame: str) -> None:
    found = page(frame.format(TITLE, BODY))
    assert (found.title, found.pages[0].text.split("\n\n")) == (TITLE, PROSE)


@pytest.mark.parametrize(
    "head",
    [
        f'<h2>{TITLE}</h2><div class="meta">4 April 2024</div>',
        f'<h3 class="title">{TITLE}</h3><div class="meta">4 April 2024</div>',
        f'<h2 itemprop="headline">{TITLE}</h2><dl><dd>Diterbitkan: 02 Agustus 2021</dd><dd>Dilihat: 1523</dd></dl>',
        f"<h2>{TITLE}</h2>",
    ],
)
def test_headline_before_the_name_of_the_site(head: str) -> None:
    inside = (
        f'<div class="col-md-8"><div class="detail">{head}<div class="isi">{BODY}</div></div></div>'
    )
    found = page(inside, "Website Resmi Kabupaten Lebak")
    assert (found.title, found.pages[0].text.split("\n\n")) == (TITLE, PROSE)


def test_subheads_lists_and_captions_of_news_are_text() -> None:
    inside = (
        f"<article><h1>{TITLE}</h1>{BODY}<figure><img><figcaption>Warga melintas di jembatan lama.</figcaption></figure>"
        f"<h2>Tahap berikutnya</h2><ul><li>pagar</li><li>lampu jalan</li></ul><p>Bagikan</p>{BODY.replace('90', '80')}"
        f"<p>{PROSE[0]} Lanjutan.</p></article>"
    )
    text = page(inside).pages[0].text
    for words in ("Warga melintas", "Tahap berikutnya", "pagar", "lampu jalan", "80 meter"):
        assert words in text
    assert "Bagikan" not in text


def test_calls_to_follow_and_read_further_are_left_out() -> None:
    calls = ["Ikuti kami di Google News", "Baca juga: Jembatan lain", "Follow us on X for more",
             "Dilarang keras mengambil dan/atau menayangkan ulang foto tanpa izin."]  # fmt: skip
    inside = (
        f"<article><h1>{TITLE}</h1>{BODY}{''.join(f'<p>{call}</p>' for call in calls)}</article>"
    )
    assert page(inside).pages[0].text.split("\n\n") == PROSE


def test_text_encoded_twice_is_mended() -> None:
    broken = PROSE[2].encode("utf-8").decode("latin-1").replace("\x80", "€").replace("\x9c", "œ")
    assert mended(broken) == PROSE[2]
    assert mended(f"{broken}\nHarga café — naik") == f"{PROSE[2]}\nHarga café — naik"
    lost = broken.replace("\x9d", "")  # no letter: some programs drop it
    assert mended(lost) == PROSE[2]
    found = page(
        f"<article><h1>{TITLE}</h1><p>{PROSE[0]}</p><p>{broken}</p><p>{PROSE[1]}</p></article>"
    )
    assert PROSE[2] in found.pages[0].text


def test_long_pages_are_cut() -> None:
    many = "".join(f"<p>{PROSE[1]} Nomor {n}.</p>" for n in range(3000))
    found = page(f"<article><h1>{TITLE}</h1>{many}</article>")
    assert len(found.pages) > 1
    assert all(len(one.text) <= ReadOptions().max_page_chars for one in found.pages)
    assert "".join(one.text for one in found.pages).count("Nomor") == 3000


def rows(path: Path, content: str) -> list[SourceDocument]:
    path.write_text(content, encoding="utf-8")
    return list(read(path, ReadOptions()))


def test_answer_of_wordpress(tmp_path: Path) -> None:
    post = {
        "id": 7,
        "date": "2024-08-03T23:30:00",
        "link": "https://lebak.example/?p=7",
        "title": {"rendered": "Judul WP &#8211; Jembatan"},
        "content": {"rendered": "<p>LEBAK &#8211; Isi <b>tebal</b>&nbsp;dari WordPress.</p>", "protected": False},
        "excerpt": {"rendered": "<p>ringkas</p>"},
    }  # fmt: skip
    for data in (
        [post],
        {"data": {"posts": [post]}},
        {
            "data": [
                {
                    "id": 1,
                    "attributes": {
                        "title": "Judul WP – Jembatan",
                        "body": post["content"]["rendered"],
                        "url": post["link"],
                        "date": post["date"],
                    },
                }
            ]
        },
    ):  # type: ignore[index]
        (found,) = rows(tmp_path / "a.json", json.dumps(data))
        assert found.title == "Judul WP – Jembatan"
        assert found.pages[0].text == "LEBAK – Isi tebal dari WordPress."
        assert (found.published, found.address) == (
            "2024-08-03T23:30:00",
            "https://lebak.example/?p=7",
        )


def test_dump_with_entities(tmp_path: Path) -> None:
    (found,) = rows(
        tmp_path / "a.csv",
        "judul,tanggal,Isi Berita\nSatu &amp; dua &quot;tiga&quot;,2024-01-02,"
        '"&lt;p&gt;Isi &amp;ndash; satu.&lt;/p&gt;&lt;p&gt;Alinea dua.&lt;/p&gt;"\n',
    )
    assert found.title == 'Satu & dua "tiga"'
    assert found.pages[0].text == "Isi – satu.\n\nAlinea dua."


def test_separator_line_of_excel(tmp_path: Path) -> None:
    (found,) = rows(
        tmp_path / "a.csv", "sep=;\nJudul;Tanggal;Isi\nBerita satu;3 Agt 2024;Isi, satu.\n"
    )
    assert (found.title, found.published, found.pages[0].text) == (
        "Berita satu",
        "3 Agt 2024",
        "Isi, satu.",
    )


def test_titles_above_the_header(tmp_path: Path) -> None:
    (found,) = rows(
        tmp_path / "a.csv",
        "DATA KEMISKINAN;;\nSumber: BPS;;\nTahun;Persentase;Jumlah\n2022;12,01;150.000\n2023;11,89;148.500\n",
    )
    assert found.tables[0].rows[0] == ("Tahun", "Persentase", "Jumlah")
    assert found.tables[0].caption == "DATA KEMISKINAN Sumber: BPS"
    assert "Tahun: 2022; Persentase: 12,01; Jumlah: 150.000" in found.pages[0].text
    found, *_ = rows(
        tmp_path / "b.csv", "EKSPOR BERITA;;\nJudul;Isi;Tanggal\nSatu;Isi satu;1/2/2024\n"
    )
    assert (found.title, found.pages[0].text) == ("Satu", "Isi satu")


def test_one_order_of_day_and_month_a_column(tmp_path: Path) -> None:
    head = "judul,isi,tanggal\n"
    american = rows(
        tmp_path / "a.csv", head + "a,isi a,03/04/2024\nb,isi b,03/25/2024\nc,isi c,45387\n"
    )
    assert [found.published for found in american] == ["2024-03-04", "2024-03-25", "2024-04-05"]
    local = rows(tmp_path / "b.csv", head + "a,isi a,03/04/2024\nb,isi b,25/03/2024\n")
    assert [found.published for found in local] == ["03/04/2024", "25/03/2024"]


def test_dates_of_address_and_file_name_come_last(tmp_path: Path) -> None:
    link = '<link rel="canonical" href="https://lebak.example/berita/2022/09/15/jembatan">'
    body = f"<article><h1>{TITLE}</h1>{BODY}</article>"

    def told(markup: str) -> tuple[str, str]:
        date = describe(
            read_html("a.html", f"<html><head>{link}</head><body>{markup}</body></html>".encode())
        ).date
        assert date is not None
        return date.value, date.rule

    assert told(body) == ("2022-09-15", "date in the address")
    dated = body.replace("LEBAK -", "LEBAK (4/1/2024) -")
    assert told(dated) == ("2024-01-04", "first date in the text")
    path = tmp_path / "2024-03-05 Siaran Pers Jembatan.txt"
    path.write_text("\n\n".join([TITLE, *PROSE]), encoding="utf-8")
    (found,) = read(path, ReadOptions())
    date = describe(found).date
    assert date is not None
    assert (date.value, date.rule) == ("2024-03-05", "date in the file name")
