"""Each kind of site is recognised, listed to its end, and asked for little the second time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shapes
from served import Answer, Served

from kb.catalog import Catalog
from kb.catalog.reading import sources as reads
from kb.config import Settings
from kb.sources import book
from kb.sources.refusals import SourceError
from kb.sources.report import Outcome

pytestmark = pytest.mark.slow

Add = Callable[..., str]
Fetch = Callable[..., Outcome]


def finds(settings: Settings, state: str = "kept") -> dict[str, tuple[str | None, str | None]]:
    """Title and section of the finds in a state, by path."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        rows = reads.finds_of(connection, 1, [state])
    return {row.address.split("/", 3)[3]: (row.title, row.section) for row in rows}


def test_wordpress_by_its_interface(site: Served, settings: Settings, add: Add, fetch: Fetch):
    posts = shapes.wordpress(site, 250)
    assert add(site.base).startswith("wordpress: WordPress with its REST interface: 250")
    site.forget()
    first = fetch()
    assert (first.listed, len(finds(settings))) == (250, 250)
    assert finds(settings)["2025/03/posyandu-3/"] == (
        "Posyandu Nomor 3 Diresmikan di Curug",
        "Press Release",
    )
    lists = [path for path in site.asked if path.startswith("/wp-json/wp/v2/posts")]
    assert len(lists) == 3
    site.forget()
    assert fetch().listed == 0
    posts[7]["modified_gmt"] = "2025-04-01T00:00:00"
    posts[251] = {**posts[1], "id": 251, "link": f"{site.base}/baru/", "modified_gmt": "2025-04-02"}
    site.pages["/baru/"] = Answer(shapes.article("Berita yang Baru Datang", 5))
    site.pages["/2025/03/posyandu-7/"] = Answer(shapes.article("Posyandu Nomor 7", 7, "Ralat."))
    site.forget()
    assert fetch().listed == 2
    asked = [path for path in site.asked if not path.startswith("/wp-json")]
    assert sorted(asked) == ["/2025/03/posyandu-7/", "/baru/"]


def test_wordpress_without_its_interface_by_its_feed(
    site: Served, settings: Settings, add: Add, fetch: Fetch
):
    shapes.wordpress(site, 25, rest=False)
    assert add(site.base).startswith("feed: a WordPress feed")
    fetch()
    assert len(finds(settings)) == 25
    site.forget()
    assert fetch().listed == 10
    assert site.counts()["/feed/?paged=2"] == 0


def test_a_portal_by_its_menu(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.portal(site)
    assert add(site.base).startswith("portal: a portal with 6 menu entries: Berita Update > Press")
    fetch()
    found = finds(settings)
    assert len([path for path in found if path.startswith("read/press/")]) == 12
    assert found["read/press/12"][1] == "Berita Update > Press Release"
    assert found["read/artikel/2"][1] == "Berita Update > Artikel"
    assert found["storage/rpjmd-2023.pdf"] == ("RPJMD Provinsi Banten Tahun 2023", "SAKIP > RPJMD")
    assert found["unduh/pengumuman-seleksi.pdf"][1] == "Pengumuman"
    # The front page, the menu's own pages, calendar and login are no documents.
    assert set(found) == {
        *(f"read/press/{n}" for n in range(1, 13)),
        "read/artikel/1",
        "read/artikel/2",
        "storage/rpjmd-2023.pdf",
        "storage/lkpd-2023.pdf",
        "unduh/pengumuman-seleksi.pdf",
    }
    site.forget()
    second = fetch()
    assert second.requests <= 7
    assert site.counts()["/press-release?page=2"] == 0


def test_joomla_counts_items(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.joomla(site)
    assert add(f"{site.base}/index.php/berita").startswith("list: a list with 4 articles")
    fetch()
    assert len(finds(settings)) == 9
    assert not any("print" in path for path in site.asked)


def test_a_list_with_numbers(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.laravel(site)
    add(f"{site.base}/berita")
    fetch()
    found = finds(settings)
    # Session ids make no further pages, the calendar's link is no article.
    assert set(found) == {f"berita/{n}/kabar-desa" for n in range(1, 8)}


def test_a_jdih_member(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.jdih(site)
    assert add(site.base) == "jdih: a JDIH feed with 2 legal documents."
    fetch()
    found = finds(settings)
    assert found["common/dokumen/perda-3-2024.pdf"][1] == "Produk Hukum > Peraturan Daerah"
    # Where the download is "-", the detail page leads to the file: not to its abstract.
    assert site.counts()["/common/dokumen/perwal-9-2024.pdf"] == 1
    assert site.counts()["/common/dokumen/abstrak-9.pdf"] == 0
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        names = [row.path for row in reads.originals_of(connection)]
    assert sorted(name.rsplit("/", 1)[1] for name in names) == [
        "perda-3-2024.pdf",
        "perwal-9-2024.pdf",
    ]
    site.forget()
    assert fetch().listed == 0
    assert site.asked == ["/feed/document.json"]


def test_a_page_of_files(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.ppid(site)
    assert add(f"{site.base}/ppid/informasi-berkala").startswith("files: a page with 3 document")
    fetch()
    assert finds(settings)["files/dok-2.pdf"] == ("Laporan Kinerja 2023", "Informasi Berkala")
    site.forget()
    fetch()
    assert site.asked == ["/ppid/informasi-berkala"]


def test_a_sitemap_in_parts(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.sitemap(site, 20_000)
    assert add(site.base) == "sitemap: a sitemap in 20 parts."
    plan = fetch(dry_run=True)
    assert len(plan.planned) == 20_000
    assert plan.requests <= 22


def test_unchanged_parts_of_a_sitemap_are_left_alone(
    site: Served, settings: Settings, add: Add, fetch: Fetch
):
    shapes.sitemap(site, 40, per=10)
    add(site.base)
    fetch()
    assert len(finds(settings)) == 40
    site.forget()
    fetch()
    assert site.asked == ["/sitemap.xml"]


def test_a_list_drawn_by_a_script(site: Served, settings: Settings, add: Add, fetch: Fetch):
    shapes.scripted(site)
    assert add(f"{site.base}/berita").startswith("json: a list drawn by a script")
    fetch()
    assert finds(settings)["baca/kabar-5"][0] == "Kabar Nomor 5 dari Kecamatan"
    assert len(finds(settings)) == 5


def test_a_script_that_cannot_be_followed_is_said(site: Served, add: Add):
    site.pages["/berita"] = Answer(
        "<html><body><div id='app'></div><script>fetch('/api/x').then(lukis)</script></body></html>"
    )
    with pytest.raises(SourceError, match="draws its list by a script"):
        add(f"{site.base}/berita")


def test_what_is_no_source_is_said(site: Served, add: Add):
    site.pages["/"] = Answer("<html><body><p>Situs sedang dibangun</p></body></html>")
    with pytest.raises(SourceError, match="shows no list of articles or files"):
        add(site.base)
    with pytest.raises(SourceError, match="only http, https and folders"):
        add("ftp://arsip.contoh.id/berkas")


def test_a_public_drive_folder(site: Served, settings: Settings, fetch: Fetch):
    number = "1AbCdEfGhIjKlMnOpQrStUvWxYz01234"
    file = "1ZyXwVuTsRqPoNmLkJiHgFeDcBa98765"
    large = "1LaRgEtSrQpOnMlKjIhGfEdCbA000000"
    entry = (
        "<div class='flip-entry'><a href='https://drive.google.com/file/d/{0}/view'>"
        "<div class='flip-entry-title'>{1}</div></a></div>"
    )
    site.pages[f"/embeddedfolderview?id={number}"] = Answer(
        entry.format(file, "RPJMD 2023.pdf") + entry.format(large, "LKPD 2023.pdf")
    )
    site.pages[f"/uc?export=download&id={file}"] = Answer(shapes.pdf("RPJMD"), "application/pdf")
    site.pages[f"/uc?export=download&id={large}"] = Answer(
        f"<html><form id='download-form' action='{site.base}/download'>"
        f"<input name='id' value='{large}'><input name='confirm' value='t'></form></html>"
    )
    site.pages[f"/download?id={large}&confirm=t"] = Answer(shapes.pdf("LKPD"), "application/pdf")
    address = f"https://drive.google.com/drive/folders/{number}"
    finding = book.Finding("drive", address, "", {"site": site.base})
    book.add(settings, address, finding=finding)
    fetch()
    assert {title for title, _ in finds(settings).values()} == {"RPJMD 2023.pdf", "LKPD 2023.pdf"}


def test_an_rss_feed_that_did_not_change_is_a_304(
    site: Served, settings: Settings, add: Add, fetch: Fetch
):
    shapes.wordpress(site, 5, rest=False)
    made = shapes._feed(
        site,
        {
            1: {
                "id": 1,
                "link": f"{site.base}/2025/03/posyandu-1/",
                "title": {"rendered": "Posyandu Nomor 1"},
            }
        },
        1,
    )
    body = made.bytes.replace(b"https://wordpress.org/?v=6.5", b"Joomla!")
    site.pages["/rss.xml"] = Answer(body, "application/rss+xml", etag='"r1"')
    assert add(f"{site.base}/rss.xml").startswith("feed: a feed with 1 entries")
    fetch()
    site.forget()
    assert fetch().listed == 0
    assert site.asked == ["/rss.xml"]
