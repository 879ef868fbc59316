"""Sites in the shapes of real kinds, with invented news: what each serves, by path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from served import Answer, Served

PEOPLE = ("Ratna Wulandari", "Hendra Saputro", "Siti Maryam", "Agus Priyono")


def prose(number: int, more: str = "") -> str:
    """Paragraphs of an invented release."""
    who = PEOPLE[number % len(PEOPLE)]
    return (
        f"<p>SERANG - Kepala Dinas Kesehatan Provinsi Banten {who} meresmikan posyandu nomor "
        f"{number} di Kecamatan Curug, Kota Serang, Senin (3/{number % 9 + 1}/2025).</p>"
        f'<p>"Pelayanan kesehatan harus dekat dengan warga," kata {who}.</p>'
        f"<p>Kegiatan ke-{number} itu dihadiri kader dan perangkat kelurahan setempat. {more}</p>"
    )


def article(title: str, number: int, more: str = "", views: int | None = None) -> str:
    """A page of a portal with one release."""
    read = f"<span>{views} dilihat</span>" if views is not None else ""
    return (
        f"<!doctype html><html><head><title>{title} | Portal</title>"
        f'<meta property="og:title" content="{title}"></head><body>'
        "<nav class='navbar'><ul><li><a href='/'>Beranda</a></li></ul></nav>"
        f"<div class='konten'><h1>{title}</h1><div>0{number % 9 + 1} Mar 2025 {read}</div>"
        f"{prose(number, more)}</div><footer>Hak cipta</footer></body></html>"
    )


def pdf(text: str) -> bytes:
    """A PDF of one page."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    for line, words in enumerate(text.split("\n")):
        canvas.drawString(72, 780 - 18 * line, words)
    canvas.save()
    return stream.getvalue()


# --- WordPress -----------------------------------------------------------------


def wordpress(site: Served, count: int, *, rest: bool = True) -> dict[int, dict[str, object]]:
    """WordPress with ``count`` posts; the posts, which a test may change or take out."""
    posts: dict[int, dict[str, object]] = {}
    for number in range(1, count + 1):
        posts[number] = {
            "id": number,
            "link": f"{site.base}/2025/03/posyandu-{number}/",
            "date": "2025-03-03T08:00:00",
            "modified_gmt": f"2025-03-03T00:{number // 60:02}:{number % 60:02}",
            "title": {"rendered": f"Posyandu Nomor {number} Diresmikan di Curug"},
            "categories": [7],
        }
        site.pages[f"/2025/03/posyandu-{number}/"] = Answer(
            article(f"Posyandu Nomor {number} Diresmikan di Curug", number), etag=f'"w{number}"'
        )
    link = {"link": f'<{site.base}/wp-json/>; rel="https://api.w.org/"'} if rest else {}
    feed = f'<link rel="alternate" type="application/rss+xml" href="{site.base}/feed/">'
    site.pages["/"] = Answer(
        f"<html><head><title>Dinas Kesehatan</title>{feed}</head><body><p>Selamat datang</p>"
        "<img src='/wp-content/logo.png'></body></html>",
        headers=link,
    )

    def listed(path: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/feed"):
            return _feed(site, posts, int(asked.get("paged", 1)))
        if not rest or not parts.path.startswith("/wp-json/wp/v2/"):
            return Answer("<h1>404</h1>", status=404)
        what = parts.path.rsplit("/", 1)[1]
        if what == "categories":
            return _json([{"id": 7, "name": "Press Release"}])
        rows = [dict(post) for post in posts.values()] if what == "posts" else []
        after = asked.get("modified_after", "")
        rows = [row for row in rows if str(row["modified_gmt"]) > after]
        rows.sort(key=lambda row: str(row["modified_gmt"]))
        per, page = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        pages = -(-len(rows) // per)
        if page > max(pages, 1):
            return _json({"code": "rest_post_invalid_page_number"}, status=400)
        told = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)}
        return _json(rows[(page - 1) * per : page * per], headers=told)

    site.otherwise = listed
    return posts


def _json(data: object, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return Answer(json.dumps(data), "application/json", status, headers or {})


def _feed(site: Served, posts: dict[int, dict[str, object]], page: int) -> Answer:
    rows = sorted(posts.values(), key=lambda p: -int(str(p["id"])))[(page - 1) * 10 : page * 10]
    if not rows:
        return Answer("<h1>404</h1>", status=404)
    items = "".join(
        f"<item><title>{row['title']['rendered']}</title><link>{row['link']}</link>"  # type: ignore[index]
        "<pubDate>Mon, 03 Mar 2025 08:00:00 +0000</pubDate><category>Berita</category></item>"
        for row in rows
    )
    return Answer(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Dinas</title>'
        f"<generator>https://wordpress.org/?v=6.5</generator>{items}</channel></rss>",
        "application/rss+xml",
    )


# --- a portal with a menu (the shape of bantenprov.go.id) -----------------------------


def portal(site: Served, releases: int = 12) -> None:
    """Menu with sections, lists with pages, a SAKIP menu of PDFs, boxes of popular news."""
    menu = (
        "<nav class='navbar'><ul>"
        "<li><a href='/'>Beranda</a></li>"
        "<li><a href='#'>Berita Update</a><ul>"
        "<li><a href='/press-release'>Press Release</a></li>"
        "<li><a href='/artikel'>Artikel</a></li>"
        "<li><a href='/gallery-video'>Gallery Video</a></li></ul></li>"
        "<li><a href='/pengumuman'>Pengumuman</a></li>"
        "<li><a href='#'>SAKIP</a><ul><li><a href='/sakip/rpjmd'>RPJMD</a></li>"
        "<li><a href='/sakip/lkpd'>LKPD</a></li></ul></li>"
        "<li><a href='/kalender'>Kalender</a></li><li><a href='/login'>Login</a></li>"
        "</ul></nav>"
    )
    popular = (
        "<div class='sidebar'><ul class='kabar-populer'>"
        "<li><a href='/read/press/1'>Posyandu Nomor 1 Diresmikan di Curug</a></li></ul></div>"
    )

    def page(main: str) -> Answer:
        return Answer(
            "<!doctype html><html><head><title>Provinsi Banten</title></head><body>"
            f"{menu}<main>{main}</main>{popular}<footer><a href='/kontak'>Kontak</a></footer>"
            "</body></html>"
        )

    site.pages["/"] = page("<h1>Selamat Datang</h1>")
    _pages_of(site, page, "/press-release", "press", releases)
    _pages_of(site, page, "/artikel", "artikel", 2)
    site.pages["/gallery-video"] = page("<h2>Gallery Video</h2><p>Belum ada video.</p>")
    site.pages["/pengumuman"] = page(
        "<h2>Pengumuman</h2><a href='/unduh/pengumuman-seleksi.pdf'>Unduh</a>"
    )
    site.pages["/unduh/pengumuman-seleksi.pdf"] = Answer(
        pdf("PENGUMUMAN\nSeleksi Terbuka Jabatan Tahun 2025"), "application/pdf"
    )
    for name in ("rpjmd", "lkpd"):
        site.pages[f"/sakip/{name}"] = page(
            f"<h2>{name.upper()}</h2><table><tr><td>1</td><td>{name.upper()} Provinsi Banten "
            f"Tahun 2023</td><td><a href='/storage/{name}-2023.pdf'>Unduh</a></td></tr></table>"
        )
        site.pages[f"/storage/{name}-2023.pdf"] = Answer(
            pdf(f"Dokumen {name} Pemerintah Provinsi Banten Tahun 2023\nKata Pengantar"),
            "application/pdf",
        )


def _pages_of(site: Served, page: object, start: str, kind: str, count: int) -> None:
    assert callable(page)
    per = 5
    last = -(-count // per)
    for number in range(1, last + 1):
        rows = "".join(
            f"<div class='card'><h4><a href='/read/{kind}/{n}'>Posyandu Nomor {n} Diresmikan di "
            f"Curug</a></h4><a href='/read/{kind}/{n}'>Selengkapnya</a></div>"
            for n in range((number - 1) * per + 1, min(number * per, count) + 1)
        )
        onward = (
            f"<ul class='pagination'><li><a href='{start}?page={number + 1}'>Berikutnya</a></li>"
            "</ul>"
            if number < last
            else ""
        )
        site.pages[start if number == 1 else f"{start}?page={number}"] = page(
            f"<h2>Daftar</h2>{rows}{onward}"
        )
    for n in range(1, count + 1):
        site.pages[f"/read/{kind}/{n}"] = Answer(
            article(f"Posyandu Nomor {n} Diresmikan di Curug", n, f"Tulisan {kind}.", views=100 + n)
        )


# --- others ------------------------------------------------------------------------


def joomla(site: Served, count: int = 9) -> None:
    """A blog of Joomla: ``?start=4``, addresses with ``index.php``, a print link."""
    per = 4
    for start in range(0, count, per):
        rows = "".join(
            f"<div class='item'><h2><a href='/index.php/berita/{n}-kabar-puskesmas-nomor-{n}'>"
            f"Kabar Puskesmas Nomor {n} Hari Ini</a></h2>"
            f"<a href='/index.php/berita/{n}-kabar?tmpl=component&amp;print=1'>Cetak kabar nomor "
            f"{n} ini</a></div>"
            for n in range(start + 1, min(start + per, count) + 1)
        )
        onward = (
            f"<div class='pagination'><a title='Selanjutnya' href='/index.php/berita?start="
            f"{start + per}'>Selanjutnya</a></div>"
            if start + per < count
            else ""
        )
        path = "/index.php/berita" + (f"?start={start}" if start else "")
        site.pages[path] = Answer(f"<html><body><main>{rows}{onward}</main></body></html>")
    for n in range(1, count + 1):
        site.pages[f"/index.php/berita/{n}-kabar-puskesmas-nomor-{n}"] = Answer(
            article(f"Kabar Puskesmas Nomor {n} Hari Ini", n)
        )


def laravel(site: Served, count: int = 7) -> None:
    """A list of a Laravel portal: numbers as links, session ids in addresses, a calendar."""
    per = 3
    last = -(-count // per)
    for number in range(1, last + 1):
        rows = "".join(
            f"<article><a href='/berita/{n}/kabar-desa?PHPSESSID=abc{number}{n}'>Kabar Desa Nomor "
            f"{n} dari Kecamatan</a></article>"
            for n in range((number - 1) * per + 1, min(number * per, count) + 1)
        )
        numbers = "".join(f"<a href='/berita?page={n}'>{n}</a>" for n in range(1, last + 1))
        path = "/berita" + (f"?page={number}" if number > 1 else "")
        site.pages[path] = Answer(
            f"<html><body><main>{rows}<div class='pagination'>{numbers}</div>"
            "<a href='/kalender/2025/04'>Agenda bulan depan kita semua</a></main></body></html>"
        )
    for n in range(1, count + 1):
        site.pages[f"/berita/{n}/kabar-desa"] = Answer(
            article(f"Kabar Desa Nomor {n} dari Kecamatan", n)
        )


def jdih(site: Served) -> None:
    """A member's feed; the second regulation's file stands only on its detail page."""
    rows = [
        {
            "idData": "11",
            "jenis": "Peraturan Daerah",
            "noPeraturan": "3",
            "tahun_pengundangan": "2024",
            "judul": "Peraturan Daerah Nomor 3 Tahun 2024 tentang Kawasan Tanpa Rokok",
            "tanggal_pengundangan": "2024-05-02",
            "status": "berlaku",
            "teuBadan": "Kota Serang",
            "urlDownload": f"{site.base}/common/dokumen/perda-3-2024.pdf",
            "urlDetailPeraturan": f"{site.base}/dokumen/view?id=11",
        },
        {
            "idData": "12",
            "jenis": "Peraturan Wali Kota",
            "noPeraturan": "9",
            "tahun_pengundangan": "2024",
            "judul": "Peraturan Wali Kota Nomor 9 Tahun 2024 tentang Hari Kerja",
            "tanggal_pengundangan": "2024-06-02",
            "status": "berlaku",
            "teuBadan": "Kota Serang",
            "urlDownload": "-",
            "urlDetailPeraturan": f"{site.base}/dokumen/view?id=12",
        },
    ]
    site.pages["/"] = Answer("<html><body><h1>JDIH Kota</h1></body></html>")
    site.pages["/feed/document.json"] = Answer(
        json.dumps(rows), "application/json", etag='"feed-1"'
    )
    site.pages["/common/dokumen/perda-3-2024.pdf"] = Answer(
        pdf("PERATURAN DAERAH KOTA SERANG\nNOMOR 3 TAHUN 2024\nTENTANG\nKAWASAN TANPA ROKOK"),
        "application/pdf",
    )
    site.pages["/dokumen/view?id=12"] = Answer(
        "<html><body><h1>Peraturan Wali Kota</h1><a href='/common/dokumen/abstrak-9.pdf'>Abstrak"
        "</a><a href='/common/dokumen/perwal-9-2024.pdf'>Unduh</a></body></html>"
    )
    site.pages["/common/dokumen/perwal-9-2024.pdf"] = Answer(
        pdf("PERATURAN WALI KOTA SERANG\nNOMOR 9 TAHUN 2024\nTENTANG\nHARI KERJA"),
        "application/pdf",
    )


def ppid(site: Served) -> None:
    """A PPID page: a table of PDFs whose links only say "Unduh", and a tag page."""
    names = ("Rencana Strategis 2021-2026", "Laporan Kinerja 2023", "Perjanjian Kinerja 2024")
    rows = "".join(
        f"<tr><td>{n}</td><td>{name}</td><td><a href='/files/dok-{n}.pdf'>Unduh</a></td></tr>"
        for n, name in enumerate(names, 1)
    )
    site.pages["/ppid/informasi-berkala"] = Answer(
        "<html><body><h1>Informasi Berkala</h1>"
        f"<table>{rows}</table><a href='/tag/ppid'>Semua tentang PPID ada di sini</a>"
        "</body></html>",
        etag='"ppid-1"',
    )
    for n, name in enumerate(names, 1):
        site.pages[f"/files/dok-{n}.pdf"] = Answer(
            pdf(f"{name}\nDinas Kesehatan Provinsi Banten"), "application/pdf", etag=f'"d{n}"'
        )


def sitemap(site: Served, count: int = 20_000, per: int = 1_000) -> None:
    """A sitemap index with many parts and many entries; pages are made when asked for."""
    parts = -(-count // per)
    inner = "".join(
        f"<sitemap><loc>{site.base}/sitemap-{n}.xml</loc><lastmod>2025-03-0{n % 9 + 1}</lastmod>"
        "</sitemap>"
        for n in range(1, parts + 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.pages["/robots.txt"] = Answer(
        f"User-agent: *\nAllow: /\nSitemap: {site.base}/sitemap.xml\n", "text/plain"
    )
    site.pages["/"] = Answer("<html><body><h1>Portal</h1></body></html>")
    site.pages["/sitemap.xml"] = Answer(
        f"{head}<sitemapindex {space}>{inner}</sitemapindex>", "application/xml"
    )
    for n in range(1, parts + 1):
        rows = "".join(
            f"<url><loc>{site.base}/berita/{k}-kabar</loc><lastmod>2025-03-01</lastmod></url>"
            for k in range((n - 1) * per + 1, min(n * per, count) + 1)
        )
        site.pages[f"/sitemap-{n}.xml"] = Answer(
            f"{head}<urlset {space}>{rows}</urlset>", "application/xml"
        )

    def page(path: str, headers: Mapping[str, str]) -> Answer:
        name = path.removeprefix("/berita/").partition("-")[0]
        if path.startswith("/berita/") and name.isdigit():
            return Answer(article(f"Kabar Nomor {name} dari Kecamatan", int(name)))
        return Answer("<h1>404</h1>", status=404)

    site.otherwise = page


def scripted(site: Served, count: int = 5) -> None:
    """A list drawn by a script from JSON in pages, as Laravel pages it."""
    per = 3
    last = -(-count // per)
    site.pages["/berita"] = Answer(
        "<html><body><h1>Berita</h1><div id='daftar'></div><script>"
        "fetch('/api/berita?page=' + halaman).then(r => r.json()).then(d => d.data.forEach(b => "
        'tambah(`<a href="/baca/${b.slug}">${b.judul}</a>`)));</script></body></html>'
    )
    for number in range(1, last + 1):
        rows = [
            {"id": n, "judul": f"Kabar Nomor {n} dari Kecamatan", "slug": f"kabar-{n}"}
            for n in range((number - 1) * per + 1, min(number * per, count) + 1)
        ]
        onward = f"{site.base}/api/berita?page={number + 1}" if number < last else None
        answer = _json({"data": rows, "next_page_url": onward})
        site.pages[f"/api/berita?page={number}"] = answer
        if number == 1:
            site.pages["/api/berita"] = answer
    for n in range(1, count + 1):
        site.pages[f"/baca/kabar-{n}"] = Answer(article(f"Kabar Nomor {n} dari Kecamatan", n))
